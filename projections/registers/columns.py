"""Name the columns that registers share, so that one thing is called alike in all of them."""

from __future__ import annotations

from answerable.projections.output.register import Column

CASE = Column("case", "Case")

TITLE = Column("title", "Title of the case")

POSITION = Column("position", "Event", "event")

EVENT_ID = Column("event_id", "Event id")

KIND = Column("kind", "Kind")

OCCURRED = Column("occurred", "Happened", "date")

STANDING = Column("standing", "Standing")

HAPPENED = Column("happened", "Had happened by then", "truth")


def party(name: str, title: str) -> tuple[Column, Column]:
    """Return the columns of a party: its pseudonym, and what it is called."""
    return Column(name, title), Column(f"{name}_name", f"{title}, by name")
