"""Blocks as HTML: texts are inert, events are links, and a drawing stands in its row."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from answerable.projections.blocks.blocks import (
    Block,
    Quotation,
    Section,
    Written,
    bullets,
    cell,
    paragraph,
    row,
    table,
)
from answerable.projections.blocks.markdown import markdown
from answerable.projections.blocks.spans import (
    code,
    emphasised,
    line,
    plain,
    recorded,
    strong,
    struck,
)
from answerable.projections.blocks.text import text_lines
from answerable.projections.output.markdown_text import seen
from answerable.projections.pages.answer import MOST, answer
from answerable.projections.pages.drawing.tracks import Tracks
from answerable.projections.pages.markup import Links
from answerable.projections.pages.sealed_page import content_policy, data

LINKS = Links({12})


class Read(HTMLParser):
    """Reads a page back: its text, and the elements in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.elements: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (line("see #12"), 'see <a class="event" href="#event-12">#12</a>'),
        (line("see #13"), "see #13"),
        (recorded("see #12"), "<bdi>see #12</bdi>"),
        (line("on 2026-01-05"), "on <time>2026-01-05</time>"),
        (line("2026年1月5日或之前"), "<time>2026年1月5日或之前</time>"),
        (line("of 9: 12.5 %"), 'of 9: <span class="whole">12.5 %</span>'),
        (strong("Xu (", code("p-2"), ")"), None),
        (struck("gone"), "<s>gone</s>"),
        (emphasised("erased"), "<em>erased</em>"),
        (recorded("<script>alert(1)</script>"), None),
        (recorded("a\u202eb"), "<bdi>a[U+202E]b</bdi>"),
        (line("one\ntwo"), "one<br>two"),
    ],
)
def test_a_line(said: tuple[object, ...], written: str | None) -> None:
    made = LINKS.line(said)  # type: ignore[arg-type]
    if written is not None:
        assert made == written
    assert "script" not in Read(made).elements


@given(st.text())
def test_a_recorded_text_reads_as_it_is_and_is_no_markup(text: str) -> None:
    made = Read(LINKS.line(recorded(text)))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    assert "".join(made.text) == "".join(map(seen, lines))
    assert set(made.elements) <= {"bdi", "br", "wbr"}


def test_blocks() -> None:
    blocks: list[Block] = [
        paragraph("one"),
        bullets(["a", "b"]),
        table(("#", "What"), [row("#12", cell("up", "down"), position=12)], "moves"),
        Quotation(line("#12 statement"), "We are\nsorry."),
        Quotation(line("#13: erased"), None),
    ]
    made = LINKS.blocks(blocks)
    assert "<ul><li>a</li><li>b</li></ul>" in made
    assert '<tr data-position="12"><td data-head="#">' in made
    assert '<td data-head="What">up<br>down</td>' in made
    assert "<caption>moves</caption>" in made
    assert "<blockquote>We are<br>sorry.</blockquote>" in made
    assert made.endswith("<p>#13: erased</p>")


def test_a_list_that_may_be_folded_away_is_whole_elsewhere() -> None:
    folded = bullets(["a", "b"], fold="Which <two>")
    assert LINKS.block(folded) == (
        "<details><summary>Which &lt;two&gt;</summary><ul><li>a</li><li>b</li></ul></details>"
    )
    said = Written(line("T"), (), (Section("s", "S", (folded,)),))
    assert markdown(said).endswith("- a\n- b\n")
    assert [each.text.strip() for each in text_lines(said, 80)][-2:] == ["- a", "- b"]


def test_a_drawing_stands_in_the_row_of_its_event() -> None:
    drawn = Tracks(Markup("<svg>axis</svg>"), {12: Markup("<svg>twelve</svg>")})
    made = Links({12}, drawn).block(table(("#",), [row("#12", position=12), row("all")]))
    assert made.count('class="drawn"') == 2
    assert made.index("axis") < made.index("#event-12") < made.index("twelve")


def test_the_answer_is_a_headline_and_groups_of_which_none_is_long() -> None:
    items = [f"item {number}" for number in range(MOST + 3)]
    made = answer(
        LINKS, [paragraph(strong("Two")), bullets(["x"]), paragraph("Not told:"), bullets(items)]
    )
    assert (
        made.index("headline") < made.index("Two") < made.index("groups") < made.index("Not told")
    )
    assert f"<summary>{4} more</summary>" in made
    assert all(item in made for item in items)


@given(st.recursive(st.text() | st.integers(), lambda each: st.lists(each), max_leaves=5))
def test_data_reads_back_and_ends_no_script(value: object) -> None:
    made = data(value)
    assert json.loads(made) == value
    assert not set(made) & set("<>&\u2028\u2029")


def test_the_policy_names_each_script_by_its_hash() -> None:
    # openssl dgst -sha256 -binary | base64, of "alert(1)"
    said = content_policy(["alert(1)"], [])
    assert "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in said
    assert "style-src 'none'" in said
    assert said.startswith("default-src 'none'")


def test_words_are_kept() -> None:
    said = strong("Xu (", code("p-2"), ")")
    assert "".join(Read(LINKS.line(said)).text) == plain(said)


def test_a_column_without_a_name_has_no_head() -> None:
    made = LINKS.block(table(("Step", ""), [row("report", "3")]))
    assert '<thead><tr><th scope="col">Step</th><td></td></tr></thead>' in made


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "Y" * 41, "ß" * 60, "e\u0301" * 60, "雷" * 90, "/deep" * 60]
)
def test_a_line_may_end_within_a_long_word_which_stays_as_it_is(text: str) -> None:
    """Else one word makes a column of a table wider than any screen."""
    made = LINKS.line(line(recorded(text), " ", strong(text)))
    assert "".join(Read(made).text) == f"{text} {text}"
    longest = max(re.findall(r"\S+", re.sub(r"<[^>]*>", "\n", made)), key=len)
    assert len(longest) < 42
    assert not re.search("<wbr>\u0301", made)


def test_no_line_ends_within_a_word_that_is_not_long() -> None:
    word = "Aufsichtsratsvorsitzender"
    assert LINKS.line(line(recorded(word))) == f"<bdi>{word}</bdi>"
