"""Blocks as text: nothing is too wide, nothing is lost, and nothing is a mark."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.projections.blocks.blocks import (
    Block,
    Quotation,
    Section,
    Table,
    Written,
    bullets,
    cell,
    paragraph,
    row,
    table,
)
from answerable.projections.blocks.spans import code, line, recorded, strong, struck
from answerable.projections.blocks.text import text, text_lines
from answerable.projections.output.folding import columns

SIGNS = "xyz王é́ "
"""Name the letters of texts of the record; heads and titles are made of others."""

WORDS = st.text(SIGNS, max_size=60).map(lambda said: " ".join(said.split()))
RECORDED = WORDS.map(recorded)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    wide = draw(st.integers(1, 5))
    cells = st.lists(RECORDED, max_size=3).map(lambda lines: cell(*lines))
    rows = draw(st.lists(st.lists(cells, min_size=wide, max_size=wide), max_size=3))
    heads = ["#", "What", "When it was", "Who", "Told"][:wide]
    return table(heads, [row(*each) for each in rows])


BLOCKS = (
    RECORDED.map(paragraph)
    | st.lists(RECORDED, min_size=1, max_size=3).map(bullets)
    | tables()
    | st.builds(Quotation, RECORDED, st.none() | WORDS)
)


def texts(block: Block) -> list[str]:
    match block:
        case Table():
            lines = [each for row in block.rows for cell in row.cells for each in cell.lines]
        case Quotation(head, quoted):
            return ["".join(span.text for span in head), quoted or ""]
        case _:
            lines = list(block[0])
    return ["".join(span.text for span in each) for each in lines]


def is_within(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(sign in rest for sign in part)


@settings(max_examples=examples(30))
@given(RECORDED, st.lists(BLOCKS, max_size=4), st.integers(20, 100))
def test_no_line_is_wider_and_every_letter_is_there_in_order(
    title: tuple[object, ...], blocks: list[Block], width: int
) -> None:
    written = Written(line(*title), (), (Section("all", "Told", tuple(blocks)),))  # type: ignore[arg-type]
    said = text(written, width)
    assert max(map(columns, said.splitlines()), default=0) <= width
    letters = "".join(said.split())
    told = ["".join(each.split()) for block in blocks for each in texts(block)]
    assert all(is_within(each, letters) for each in told)
    counted = Counter("".join((*told, *(span.text for span in line(*title)))))  # type: ignore[arg-type]
    assert all(letters.count(sign) == counted[sign] for sign in SIGNS if sign.strip())


def answer(*blocks: Block) -> Written:
    return Written(line("A case"), (), (Section("all", "All of it", blocks),))


def said(*blocks: Block, width: int = 40) -> list[str]:
    return text(answer(*blocks), width).splitlines()[4:]


def test_a_title_and_headings_stand_at_the_beginning_of_a_line_and_say_what_they_are() -> None:
    lines = list(text_lines(answer(paragraph("Told.")), 40))
    assert [(each.text, each.part) for each in lines if each.text] == [
        ("A case", "title"),
        ("All of it", "heading"),
        ("  Told.", "body"),
    ]


def test_no_marks_are_left_and_what_was_taken_back_says_so() -> None:
    assert said(
        bullets([line(strong("Xu"), " (", code("p-1"), ")"), struck("a ", recorded("b"))])
    ) == [
        "  - Xu (p-1)",
        "  - [struck through: a b]",
    ]


def test_a_table_that_fits_stands_in_columns() -> None:
    rows = [row("#1", "道歉", "on the first day"), row("#12", cell("one", "two"), "later")]
    assert said(table(("#", "What", "When"), rows)) == [
        "  #    What  When",
        "  #1   道歉  on the first day",
        "",
        "  #12  one   later",
        "       two",
    ]


def test_a_table_that_does_not_fit_becomes_a_block_a_row() -> None:
    long = "a sentence that is longer than what fits beside the others, however it is folded"
    rows = [row("#1", "Dismissal", "2026-01-05", long), row("#2", "Fine", cell("a", "b"), "")]
    assert said(table(("#", "What", "When", "Why"), rows)) == [
        "  #1 Dismissal",
        "    When: 2026-01-05",
        "    Why: a sentence that is longer than",
        "      what fits beside the others,",
        "      however it is folded",
        "",
        "  #2 Fine",
        "    When: a",
        "      b",
    ]


def test_a_table_without_heads_tells_by_its_first_cells() -> None:
    assert said(table(("", ""), [row("Case", "acme"), row("Root", "0" * 8)]), width=70) == [
        "  Case  acme",
        "  Root  00000000",
    ]


def test_a_quotation_keeps_its_lines() -> None:
    assert said(Quotation(line("#3 statement"), "We are\r\nsorry.")) == [
        "  #3 statement:",
        "    “We are",
        "    sorry.”",
    ]
    assert said(Quotation(line("#3 statement: erased"), None)) == ["  #3 statement: erased"]


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred", "[U+001B][31mred"),
        ("turned \u202eround", "turned [U+202E]round"),
        ("a\tb", "a b"),
        ("<b>|`x`|**y**", "<b>|`x`|**y**"),
    ],
)
def test_hostile_texts_are_shown_as_they_are_and_do_nothing(hostile: str, shown: str) -> None:
    assert said(paragraph(recorded(hostile))) == [f"  {shown}"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    lines = said(paragraph(recorded("w" * 10_000)))
    assert "".join(each.strip() for each in lines) == "w" * 10_000
    assert max(map(len, lines)) == 40


def test_only_rows_of_several_lines_are_set_apart() -> None:
    rows = [row("1", "a"), row("2", "b"), row("3", cell("c", "d")), row("4", "e")]
    assert said(table(("#", "What"), rows)) == [
        "  #  What",
        "  1  a",
        "  2  b",
        "",
        "  3  c",
        "     d",
        "",
        "  4  e",
    ]
