"""Name the columns that registers share, so that one thing is called alike in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from answerable.projections.output.register import OF_CASE, Cell, Column, Kind, One, Party

if TYPE_CHECKING:
    from answerable.domain.dates import When
    from answerable.projections.facts.disclosed import Text
    from answerable.projections.facts.names import NameOf

CASE = Column(OF_CASE, "Case")

TITLE = Column("title", "Title of the case")

POSITION = Column("position", "Event", "event")

EVENT_ID = Column("event_id", "Event id", "id")

KIND = Column("kind", "Kind", "term")

OCCURRED = Column("occurred", "Happened", "date")

STANDING = Column("standing", "Standing", "word", usual="asserted")

HAPPENED = Column("happened", "Had happened by then", "truth", usual="yes")

RECORDED = Column("recorded", "Recorded", "moment")

SAYS = Column("says", "What it says")

RETRACTED = Column("retracted", "Retracted", "truth")

DISPUTED = Column("disputed", "Disputed", "truth")

CORRECTED_BY = Column("corrected_by", "Corrected by", "event", many=True)

DISPUTED_BY = Column("disputed_by", "Disputed by", "event", many=True)

RESTS_ON = Column("rests_on", "Rests on", "event", many=True)

APPEAL = Column("appeal", "Appeal", "word", usual="none")

IN_FORCE = Column("in_force", "In force", "truth")

IN_FORCE_AS_ALLEGED = Column("in_force_as_alleged", "In force, as alleged", "truth")

FROM = Column("from", "From", "date")

UNTIL = Column("until", "Until", "date")

DUE_BY = Column("due", "Due", "date")

OVERDUE = Column("overdue", "Overdue", "truth")

IS_OPEN = Column("open", "Open", "truth")

BROKEN = Column("breached", "Broken", "truth")

MEASURE = Column("measure", "Measure", "term")

OUTCOME = Column("outcome", "Outcome", "term")

RESPONSIBILITY = Column("responsibility", "Responsibility", "term")

OFFENCE = Column("offence_class", "Offence", "term")

GRADE = Column("grade", "Grade", "word")

CURRENCY = Column("currency", "Currency")

STATE = Column("state", "State", "word")

VERDICT = Column("verdict", "Verdict", "term")

SORT = Column("sort", "Sort", "word")

WHAT = Column("what", "What", "word")

IN_WORDS = Column("text", "In words")

FIELD = Column("field", "Field", "word")

PLACE = Column("place", "Place")

DIGEST = Column("digest", "Digest")

DESCRIPTION = Column("description", "Description")

BYTES = Column("size", "Bytes", "whole")

STANDS = (STANDING, DISPUTED, HAPPENED, EVENT_ID)
"""The last columns of what is said: how it stands, and which event says it."""


class Said(Protocol):
    """Something that an event says."""

    @property
    def standing(self) -> str:
        """Tell how far it is vouched for."""

    @property
    def disputed_by(self) -> tuple[str, ...]:
        """List what disputes it, by event id."""

    @property
    def as_of(self) -> When:
        """Tell whether it had happened by the moment asked about."""

    @property
    def event_id(self) -> str:
        """Tell which event says it."""


def stands(said: Said) -> tuple[Cell, ...]:
    """Return what the columns of `STANDS` hold."""
    return (said.standing, bool(said.disputed_by), said.as_of, said.event_id)


def party(name: str, title: str, *, many: bool = False) -> Column:
    """Return the column of a party, or of several."""
    return Column(name, title, "party", many)


def limits(
    name: str, title: str, kind: Kind = "whole", *, usual: One = None
) -> tuple[Column, Column]:
    """Return the columns of a number that lies between a least and a most."""
    least = Column(f"{name}_least", f"{title}, at least", kind, usual=usual)
    return least, Column(f"{name}_most", f"{title}, at most", kind, usual=usual)


def called(party: str | None, name_of: NameOf) -> Party | None:
    """Return what the column of a party holds."""
    return None if party is None else Party(party, name_of(party))


def sealed(text: Text) -> str | None:
    """Return a sealed text, or in brackets why there is none; nothing where none was told."""
    if text.state == "told":
        return str(text.value)
    return None if text.state == "not told" else f"({text.state})"


def numbers(events: Iterable[str], positions: Mapping[str, int]) -> Sequence[int]:
    """Return the numbers of some events, ascending; of those of which one is known.

    Args:
        events: their ids.
        positions: the numbers that are known, by id.
    """
    return sorted({positions[each] for each in events if each in positions})
