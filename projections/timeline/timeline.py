"""The timeline of a case: what happened when, as far as is told, and when it was recorded.

Nothing is left out: what was retracted is there, marked, and what was corrected has its first
value beside the present one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from answerable.domain import dates
from answerable.domain.answers import Rows, as_dict
from answerable.domain.kinds import FAMILY, TARGETS
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.bounds.bound import Bound
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.time import recorded
from answerable.projections.wording.sentence import sentence_in

UNDATED_FAMILIES = frozenset(("house", "record"))
"""Of these families' events, the time of recording is the time that matters."""


class Reading(NamedTuple):
    """A public field that reads otherwise than at first; None where nothing stands or stood."""

    field: str
    was: Any
    now: Any


class Entry(NamedTuple):
    """One event on the timeline.

    Attributes:
        gist: the event in one line, as it was first recorded.
        now: the same as corrected; None where corrections change nothing in it.
        upon: the event that it acts upon, by id: what is executed, appealed, corrected …
        occurred: when it happened (EDTF), as corrected; None where that is not told.
        precision: of `occurred`.
        qualified: whether `occurred` is approximate or uncertain.
        lag: whole days from the event to its recording, by the calendar days as written. `least`
            counts from the latest day on which it can have happened. None: not known.
        readings: the fields that corrections changed.
        retracted_by: the retraction that struck it through, by event id.
        as_of: whether it had happened by the moment asked about.
        bounds: what bounds its date beside itself, and what would if the dates did not contradict.
    """

    position: int
    event_id: str
    kind: str
    gist: str
    now: str | None
    upon: str | None
    occurred: str | None
    precision: dates.Precision | None
    qualified: bool
    recorded_at: str
    lag: dates.Days | None
    standing: str
    readings: tuple[Reading, ...]
    corrected_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    retracted_by: str | None
    as_of: dates.When
    bounds: tuple[Bound, ...] = ()

    @property
    def struck(self) -> bool:
        """Tell whether the entry no longer stands."""
        return self.retracted_by is not None

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as JSON has it."""
        return as_dict(self)


class DateGap(NamedTuple):
    """A date that is missing, or open at one end."""

    event_id: str
    position: int
    kind: str
    told: Literal["nothing", "only the latest", "only the earliest"]


@once
def timeline_of(view: CaseView) -> Rows[Entry]:
    """List every event of a case, in the order of recording, but for what had not happened."""
    entries = (_entry(view, fact) for fact in view.happened())
    return Rows(entries, ("position", "occurred", "recorded_at", "gist"))


def date_gaps(view: CaseView) -> tuple[DateGap, ...]:
    """List the events of a case whose date is not told, or not bounded at both ends."""
    return tuple(_gaps(view))


def readings(fact: Fact) -> Iterator[Reading]:
    """Yield the public fields of a fact that corrections changed."""
    first = fact.event.fields
    if fact.fields is first:
        return
    for name in dict.fromkeys((*first, *fact.fields)):
        was, now = first.get(name), fact.fields.get(name)
        if was != now:
            yield Reading(name, was, now)


def _entry(view: CaseView, fact: Fact) -> Entry:
    event = fact.event
    when = fact.span()
    was, now = (sentence_in(view, fact, fields) for fields in (event.fields, fact.fields))
    return Entry(
        position=event.position,
        event_id=fact.event_id,
        kind=fact.kind,
        gist=was,
        now=None if now == was else now,
        upon=fact.fields.get(TARGETS.get(fact.kind, "")),
        occurred=fact.fields.get("occurred"),
        precision=None if when is None else when.precision,
        qualified=when is not None and when.qualified,
        recorded_at=event.recorded_at,
        lag=_lag(when, event.recorded_at, view.zone),
        standing=fact.fields["standing"],
        readings=tuple(readings(fact)),
        corrected_by=fact.corrections,
        disputed_by=fact.disputes,
        retracted_by=fact.retracted_by,
        as_of=view.when(fact),
        bounds=view.bounds.told(fact),
    )


def _lag(when: dates.Span | None, recorded_at: str, zone: Zone) -> dates.Days | None:
    """Count the days from when something happened to its recording, both by one calendar."""
    return dates.elapsed(when, recorded(recorded_at, zone))


def _gaps(view: CaseView) -> Iterator[DateGap]:
    for fact in view.standing():
        if FAMILY[fact.kind] in UNDATED_FAMILIES:
            continue
        when = fact.span()
        if when is None:
            yield DateGap(fact.event_id, fact.event.position, fact.kind, "nothing")
        elif when.first_day is None:
            yield DateGap(fact.event_id, fact.event.position, fact.kind, "only the latest")
        elif when.last_day is None:
            yield DateGap(fact.event_id, fact.event.position, fact.kind, "only the earliest")
