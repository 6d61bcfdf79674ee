"""List the events of a case as process mining takes them: in a row, each with plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from json import dumps
from typing import Any, NamedTuple, TypeAlias

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.record import LEDGERS_OWN
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.roles import PartyRole, parts
from answerable.projections.interchange.moments import Dated, dated

Value: TypeAlias = str | bool | int | float | datetime

APART = frozenset((*LEDGERS_OWN, "event_id", "case_id", "kind", "occurred", "standing"))
"""The fields of an entry that are not the kind's own."""

COMMON = ("standing", "occurred", "precision", "not_before", "not_after", "recorded_at", "position")
"""The names of the values that are told of every event, whatever its kind."""


class ProcessEvent(NamedTuple):
    """An event with its one time.

    Attributes:
        fact: as it stands, corrected.
        dated: its time, and what is told of it.
        parties: whom it names, each in a role, or as whom it is about.
    """

    fact: Fact
    dated: Dated
    parties: tuple[PartyRole, ...]

    @property
    def own(self) -> dict[str, Value]:
        """Return the values of the kind's own public fields; of parties, `parties` tells."""
        row = CATALOGUE[self.fact.kind]
        return {
            name: plain(value)
            for name, value in self.fact.fields.items()
            if name not in APART
            and name not in row.doers
            and name not in row.about
            and value not in ((), [], None)
        }

    @property
    def common(self) -> dict[str, Value]:
        """Return what is told of every event: how it stands, when it happened and was recorded."""
        told: dict[str, Value | None] = {
            "standing": self.fact.fields.get("standing", "asserted"),
            "occurred": self.fact.fields.get("occurred"),
            "precision": self.dated.precision,
            "not_before": self.dated.not_before,
            "not_after": self.dated.not_after,
            "recorded_at": self.dated.recorded_at,
            "position": self.fact.event.position,
        }
        return {name: value for name, value in told.items() if value is not None}


def plain(value: Any) -> Value:
    """Return a value as process mining takes it: what is no text, number or truth, as JSON."""
    if isinstance(value, str | bool | int | float):
        return value
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


def events_in(view: CaseView) -> list[ProcessEvent]:
    """List the events of a case that stand and had or may have happened, by time and position.

    Where one of two dates alone tells its zone, they lie up to a day apart for all that is known;
    then, too, nothing is given a time after that of what rests on it.
    """
    found = {
        fact.event_id: ProcessEvent(fact, dated(view, fact), parts(fact.kind, fact.fields))
        for fact in view.standing()
    }
    links = [
        (above, below)
        for above, event in reversed(found.items())
        for below in direct_basis(event.fact)
        if below in found
    ]
    while astray := [link for link in links if _astray(view, found, *link)]:
        for above, below in astray:
            event = found[below]
            at = min(event.dated.at, found[above].dated.at.astimezone(event.dated.at.tzinfo))
            found[below] = event._replace(dated=event.dated._replace(at=at))
    return sorted(found.values(), key=lambda event: (event.dated.at, event.fact.event.position))


def _astray(view: CaseView, found: Mapping[str, ProcessEvent], above: str, below: str) -> bool:
    """Tell whether an event has a time before that of what it certainly did not come before."""
    one, other = found[above], found[below]
    return one.dated.at < other.dated.at and view.bounds.follows(one.fact, other.fact)
