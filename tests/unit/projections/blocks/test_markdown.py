"""Blocks as Markdown: styles, cells, quotations, and texts that would be markup."""

import pytest

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
from answerable.projections.blocks.markdown import markdown, markdown_line
from answerable.projections.blocks.spans import (
    Line,
    code,
    emphasised,
    joined,
    line,
    plain,
    recorded,
    strong,
    struck,
)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (line("as it is"), "as it is"),
        (strong("Xu Fei (", code("person-2"), ")"), "**Xu Fei (`person-2`)**"),
        (line(struck("taken back"), " ", emphasised("erased")), "~~taken back~~ *erased*"),
        (struck("fine of ", recorded("Xu"), "; ", strong("due")), "~~fine of Xu; **due**~~"),
        (line(strong("One: "), strong(struck("two "), "three")), "**One:** ~~**two**~~ **three**"),
        (line(recorded("<b>*bold*</b>")), r"&lt;b&gt;\*bold\*&lt;/b&gt;"),
        (code("a`b|c"), r"a\`b\|c"),
        (line("two", "\n", "lines"), "two<br>lines"),
    ],
)
def test_a_line(said: Line, written: str) -> None:
    assert markdown_line(said) == written


def test_neighbours_of_one_style_are_one_span_and_nothing_is_lost() -> None:
    said = line("a", "", "b", strong("c"), strong("d"), joined(", ", ("e", strong("f"))))
    assert [span.text for span in said] == ["ab", "cd", "e, ", "f"]
    assert plain(said) == "abcde, f"
    assert [span.text for span in strong("a", strong("b"))] == ["ab"]
    assert (line(""), line(said)) == ((), said)


def test_sections_follow_in_order() -> None:
    blocks: tuple[Block, ...] = (
        bullets(["one", strong("two")]),
        table(("What", "#"), [row(cell("up", "down"), "#12", position=12)]),
        Quotation(line("#3 statement"), "We are\nsorry."),
        Quotation(line("#4 statement: ", emphasised("erased")), None),
    )
    written = Written(line("A case"), (paragraph("Lead."),), (Section("all", "All", blocks),))
    assert markdown(written) == (
        "# A case\n\nLead.\n\n## All\n\n- one\n- **two**\n\n"
        "| What | # |\n| --- | --- |\n| up<br>down | #12 |\n\n"
        "#3 statement:\n\n> We are<br>\n> sorry.\n\n#4 statement: *erased*\n"
    )
