"""Make registers of exhibits: what they are, who kept them, and the gaps in that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    BYTES,
    CASE,
    DESCRIPTION,
    DIGEST,
    DISPUTED,
    EVENT_ID,
    HAPPENED,
    IN_WORDS,
    OCCURRED,
    PLACE,
    POSITION,
    RETRACTED,
    STANDING,
    TITLE,
    VERDICT,
    called,
    party,
    sealed,
)

if TYPE_CHECKING:
    from answerable.projections.evidence.exhibits import Exhibit
    from answerable.projections.facts.names import NameOf

EXHIBIT = Column("exhibit", "Exhibit", "event")

EXHIBITS = Register(
    "exhibits",
    "Exhibits",
    (
        *(CASE, TITLE, POSITION, DESCRIPTION, DIGEST, BYTES),
        Column("media_type", "Media type"),
        party("collected_by", "Collected by"),
        Column("collected", "Collected", "date"),
        party("keeper", "Kept by"),
        Column("keeper_certain", "Certainly by nobody else", "truth"),
        PLACE,
        Column("gaps", "Gaps in custody", "whole"),
        Column("findings", "Findings that rest on it", "event", many=True),
        *(STANDING, RETRACTED, DISPUTED),
        Column("corrected", "Corrected", "truth"),
        *(HAPPENED, EVENT_ID),
    ),
)

CUSTODY = Register(
    "custody",
    "Who kept them",
    (
        *(EXHIBIT, CASE, POSITION, OCCURRED),
        party("from", "From"),
        party("to", "To"),
        Column("after", "After the step before", "truth"),
        *(DISPUTED, HAPPENED, EVENT_ID),
    ),
)

GAPS = Register(
    "gaps",
    "Gaps in custody",
    (
        *(EXHIBIT, CASE, POSITION, VERDICT, IN_WORDS),
        Column("missing", "Not on record"),
        EVENT_ID,
    ),
)


def exhibit_registers(
    exhibits: Iterable[Exhibit], name_of: NameOf, title_of: Callable[[str], str | None]
) -> Registers:
    """Make registers of exhibits.

    Args:
        exhibits: the exhibits.
        name_of: what to call a party.
        title_of: tells the title of a case.
    """
    return Registers((EXHIBITS, CUSTODY, GAPS), _rows(exhibits, name_of, title_of))


def _rows(
    exhibits: Iterable[Exhibit], name_of: NameOf, title_of: Callable[[str], str | None]
) -> Iterator[Row]:
    for each in exhibits:
        yield from exhibit_rows(each, name_of, title_of(each.case_id))


def exhibit_rows(each: Exhibit, name_of: NameOf, title: str | None) -> Iterator[Row]:
    """Yield the rows of an exhibit: its own, who kept it, and the gaps in that.

    Args:
        each: the exhibit.
        name_of: what to call a party.
        title: what its case is called.
    """
    yield _exhibit(each, name_of, title)
    yield from _custody(each, name_of)
    for gap in each.custody.gaps:
        said = (gap.position, gap.verdict, gap.text, gap.missing, gap.event_id)
        yield Row(GAPS.name, (each.position, each.case_id, *said))


def _exhibit(each: Exhibit, name_of: NameOf, title: str | None) -> Row:
    kept = each.custody
    return Row(
        EXHIBITS.name,
        (
            *(each.case_id, title, each.position, sealed(each.description), each.digest),
            *(each.size, each.media_type),
            *(called(kept.collection.to, name_of), kept.collection.occurred),
            *(called(kept.keeper, name_of), kept.certain, sealed(each.place.text)),
            *(len(kept.gaps), tuple(finding.position for finding in each.findings)),
            *(each.standing, each.retracted_by is not None, bool(each.disputed_by)),
            *(bool(each.corrected_by), each.happened, each.event_id),
        ),
    )


def _custody(each: Exhibit, name_of: NameOf) -> Iterator[Row]:
    """Yield the steps of a chain of custody: the collection, and the transfers in their order."""
    collected = (each.custody.collection, None)
    for step, after in (collected, *each.custody.links):
        cells = (
            *(each.position, each.case_id, step.position, step.occurred),
            *(called(step.from_, name_of), called(step.to, name_of), after),
            *(bool(step.disputed_by), step.happened, step.event_id),
        )
        yield Row(CUSTODY.name, cells)
