"""An answer in registers as a document: a section a register, in tables that can be read."""

from __future__ import annotations

from answerable.projections.blocks.blocks import Table, Written
from answerable.projections.blocks.markdown import markdown
from answerable.projections.output.register import About, Column, Register, Registers, Row
from answerable.projections.pages.document import Document, document_page
from answerable.projections.registers import written

ABOUT = About("status", None, None, 28, b"\x01\x02", None, "1.2.3")
WIDE = Register("wide", "Wide", tuple(Column(f"c{at}", f"Column {at}") for at in range(12)))
NARROW = Register("narrow", "Narrow", (Column("what", "What"), Column("at", "Where", "event")))


def tables(told: Written) -> list[Table]:
    """Return the tables of a document, but for the one that tells what it was made from."""
    every = (block for section in told.sections[:-1] for block in section.blocks)
    return [each for each in every if isinstance(each, Table)]


def test_what_has_no_room_beside_the_rest_stands_in_the_last_cell_by_name() -> None:
    told = [Row("wide", [f"{row}.{at}" for at in range(12)]) for row in range(2)]
    (found,) = tables(written.document_of(Registers((WIDE,), told), ABOUT))
    assert len(found.heads) == written.MOST_COLUMNS
    said = markdown(written.document_of(Registers((WIDE,), told), ABOUT))
    assert all(f"{row}.{at}" in said for row in range(2) for at in range(12))
    assert "Column 11: 1.11" in said


def test_what_is_beyond_what_can_be_read_is_counted() -> None:
    told = (Row("narrow", (f"thing {at}", at)) for at in range(5))
    document = written.document_of(Registers((NARROW,), told), ABOUT, most=3)
    (found,) = tables(document)
    assert len(found.rows) == 3
    assert "2 rows more: --format xlsx has them." in markdown(document)


def test_its_title_is_said_once_and_hashes_stand_at_its_foot() -> None:
    document = written.document_of(Registers((NARROW,), [Row("narrow", ("<b>", 1))]), ABOUT)
    page = document_page(Document("Answer", document, "1.2.3", "head"))
    assert page.count(">Narrow</h1>") == 1
    assert 'class="unseen">Narrow</h2>' in page
    assert "&lt;b&gt;" in page
    assert page.index("0102") > page.index("<footer")


def test_a_register_in_which_nothing_stands_is_named_once() -> None:
    document = written.document_of(
        Registers((NARROW, WIDE), [Row("narrow", ("a", 1))], "All of it"), ABOUT
    )
    said = markdown(document)
    assert said.startswith("# All of it\n\nNone: Wide.\n")
    assert "## Wide" not in said
