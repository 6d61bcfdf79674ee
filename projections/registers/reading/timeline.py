"""Make registers of the timeline of a case: its events, and the dates that it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    CORRECTED_BY,
    DISPUTED_BY,
    EVENT_ID,
    HAPPENED,
    KIND,
    OCCURRED,
    POSITION,
    RECORDED,
    RETRACTED,
    STANDING,
    limits,
    numbers,
)

if TYPE_CHECKING:
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.timeline.order import Reason
    from answerable.projections.timeline.timeline import DateGap, Entry

TIMELINE = Register(
    "timeline",
    "What happened",
    (
        *(CASE, POSITION, OCCURRED),
        Column("gist", "What happened"),
        Column("as_corrected", "What happened, as corrected"),
        KIND,
        Column("upon", "Acts upon", "event"),
        RECORDED,
        *limits("days_to_recording", "Days until it was recorded"),
        *(STANDING, RETRACTED),
        Column("retracted_by", "Retracted by", "event"),
        *(CORRECTED_BY, DISPUTED_BY),
        Column("placed", "Stands here, undated, by what it", "word"),
        Column("announced", "Announced"),
        *(HAPPENED, EVENT_ID),
    ),
)

DATE_GAPS = Register(
    "date_gaps",
    "Dates that are not told",
    (CASE, POSITION, KIND, Column("told", "What is told", "word"), EVENT_ID),
)


def timeline_registers(
    view: CaseView,
    entries: Iterable[Entry],
    gaps: Iterable[DateGap],
    placed: Mapping[str, Reason],
    announced: Mapping[str, str],
) -> Registers:
    """Make registers of a timeline.

    Args:
        view: the case.
        entries: its events, in the order asked for.
        gaps: the dates that are missing, or open at one end.
        placed: why each undated event stands where it does, by id.
        announced: who announced an event and when, in words, by id.
    """
    positions = {event_id: fact.event.position for event_id, fact in view.facts.items()}
    rows = timeline_rows(view.case_id, positions, entries, placed, announced)
    return Registers((TIMELINE, DATE_GAPS), chain(rows, gap_rows(view.case_id, gaps)))


def timeline_rows(
    case_id: str,
    positions: Mapping[str, int],
    entries: Iterable[Entry],
    placed: Mapping[str, Reason],
    announced: Mapping[str, str],
) -> Iterator[Row]:
    """Yield the rows of the events of a case.

    Args:
        case_id: which case.
        positions: the numbers of its events, by id.
        entries: its events, in the order asked for.
        placed: why each undated event stands where it does, by id.
        announced: who announced an event and when, in words, by id.
    """
    for each in entries:
        cells = (
            *(case_id, each.position, each.occurred, each.gist, each.now, each.kind),
            *(positions.get(each.upon or ""), each.recorded_at, *(each.lag or (None, None))),
            *(each.standing, each.struck, positions.get(each.retracted_by or "")),
            *(numbers(each.corrected_by, positions), numbers(each.disputed_by, positions)),
            *(placed.get(each.event_id), announced.get(each.event_id), each.as_of, each.event_id),
        )
        yield Row(TIMELINE.name, cells)


def gap_rows(case_id: str, gaps: Iterable[DateGap]) -> Iterator[Row]:
    """Yield the rows of the dates that are missing in a case, or open at one end."""
    for gap in gaps:
        told = (gap.position, gap.kind, gap.told, gap.event_id)
        yield Row(DATE_GAPS.name, (case_id, *told))
