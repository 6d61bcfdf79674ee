"""Worlds of dates: a day for each event as its date allows, so that an answer over loose dates can
be held against the answers over exact ones."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.support.builders import Memory

from answerable.domain import edtf
from answerable.domain.event import Event
from answerable.domain.kinds import FAMILIES
from answerable.projections.intervals import Range

FIRST, LAST = date(2025, 6, 1), date(2026, 9, 1)
"""The days between which what has no limit is taken to lie."""

APART: dict[str, object] = {
    "basis": (),
    "contradicts": (),
    **dict.fromkeys(("until", "zone", "jurisdiction", "earliest")),
}
"""Leave out what events rest on, so that cases can be taken in any order; an end that nobody can
tell has come, where no moment is asked about; and when the days of a case are."""


def recorded(events: list[Event]) -> Memory:
    """A record of events that rest on nothing but what they answer, in cases of no zone."""
    log = Memory()
    for event in events:
        told = {name: value for name, value in APART.items() if name in type(event).model_fields}
        log.record(event.model_copy(update=told))
    return log


def answered(event: Event) -> list[str]:
    """The events that one refers to, its basis apart."""
    fields = event.model_dump(by_alias=True)
    return [fields[name] for name in event.references if isinstance(fields.get(name), str)]


def world(events: list[Event], data: DataObject) -> list[Event]:
    """The events with a day for each, as its date allows, and no step before what it answers."""
    days: dict[str, date] = {}
    lived: dict[str, date] = {}
    made: list[Event] = []
    for event in events:
        span = None if event.occurred is None else edtf.parse(event.occurred)
        first, last = (span.first_day, span.last_day) if span else (None, None)
        exact = {}
        for name in ("announced", "due"):
            if (text := getattr(event, name, None)) is not None:
                exact[name] = day_of(text, data).isoformat()
        if "announced" in exact:
            last = min(last or LAST, date.fromisoformat(exact["announced"]))
        earliest = max((first or FIRST, *(days.get(each, FIRST) for each in answered(event))))
        if event.kind in FAMILIES["case"]:
            earliest = max(earliest, lived.get(event.case_id, FIRST))
        latest = last or max(LAST, earliest)
        assume(earliest <= latest)
        day = earliest + timedelta(data.draw(st.integers(0, min(400, (latest - earliest).days))))
        if event.kind in FAMILIES["case"]:
            lived[event.case_id] = day
        days[event.event_id or ""] = day
        made.append(event.model_copy(update={**exact, "occurred": day.isoformat()}))
    return made


def day_of(text: str, data: DataObject) -> date:
    """A day that a date allows."""
    span = edtf.parse(text)
    first, last = span.first_day or FIRST, span.last_day or LAST
    return first + timedelta(data.draw(st.integers(0, (last - first).days)))


def within(one: Range[float] | None, other: Range[float] | None) -> bool:
    """Tell whether one lies within the other's limits. What may be of nothing says nothing."""
    if one is None:
        return True
    assert other is not None
    low = other.least is None or (one.least is not None and one.least >= other.least)
    return low and (other.most is None or (one.most is not None and one.most <= other.most))
