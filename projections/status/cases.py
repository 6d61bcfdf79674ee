"""The cases of a record in short, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked, moment_in
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.corrected_dates import Occurred, occurred
from answerable.projections.facts.facts import fold
from answerable.projections.facts.known_by.day import known_by_then, zone_then
from answerable.projections.facts.lifecycle import case_status
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.time import beginning, happened
from answerable.projections.titles import TITLED, title_in


class Case(NamedTuple):
    """A case in short, at the moment asked about.

    Attributes:
        events: how many of its events had or may have happened.
        state: `open`, `closed`, `not opened`, or `indeterminate`, where dates do not tell.
        first_recorded: when the first of its events was recorded.
        last_recorded: when the last of them was.
        title: as corrected; None where it is not told, or not open to read.
    """

    case_id: str
    events: int
    state: str
    first_recorded: str
    last_recorded: str
    title: str | None


def each_in_short(
    reader: Reader, *, as_of: Asked | None = None, known_by: Asked | None = None
) -> Iterator[Case]:
    """Yield every case of which anything had or may have happened by then, by its slug.

    Of each, only what bears on its beginning and end is held in memory.
    """
    # Without a moment, nobody asks for dates.
    told = _undated if as_of is None else occurred(reader, known_by=known_by)
    by, moment = known_by_then(reader, known_by)
    record = RecordView(by, as_of, moment, keep=1)
    events = by.events_by_case(known_by=moment)
    for case_id, own in groupby(events, key=lambda event: event.case_id):
        zone = UNTOLD if as_of is None else zone_then(by, case_id, known_by=moment)
        case = _case(reader, record, case_id, own, told, zone)
        if case is not None:
            yield case


def _case(
    reader: Reader,
    record: RecordView,
    case_id: str,
    events: Iterator[RecordedEvent],
    told: Occurred,
    zone: Zone,
) -> Case | None:
    as_of = moment_in(record.as_of, zone)
    kept: list[RecordedEvent] = []
    first = last = None
    count, unsure = 0, False
    for event in events:
        if event.kind in TITLED:
            kept.append(event)
        began = beginning(event.kind, told(event))
        answer = happened(began, event.recorded_at, as_of, zone)
        unsure |= answer == "unknown"
        if record.settled(event, answer) != "no":
            first, last, count = first or event, event, count + 1
    if first is None or last is None:
        return None
    view = record.case(case_id) if unsure else CaseView(fold(case_id, kept, zone), as_of)
    return Case(
        case_id,
        count,
        case_status(view) or "not opened",
        first.recorded_at,
        last.recorded_at,
        title_in(reader, view),
    )


def _undated(_: RecordedEvent) -> None:
    return None
