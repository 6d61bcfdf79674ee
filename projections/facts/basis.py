"""What a fact rests on, however deep: the facts that it names, and those that they name.

An event names its ground in `basis`, and in the field by which it answers another one (the
allegation of a finding). What was retracted carries nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from answerable.domain.kinds import (
    FAMILY,
    TARGETS,
)
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.projections.facts.facts import (
    CaseFacts,
    Fact,
    fold,
    of_case,
)

Elsewhere = Callable[[str], Fact | None]
"""Finds a fact of another case by its event id; None where there is none."""


class Basis(NamedTuple):
    """All that stands in the ground of a fact, and the ids that lead nowhere."""

    facts: Mapping[str, Fact]
    absent: tuple[str, ...]

    def of(self, kind: str) -> list[Fact]:
        """The facts of one kind."""
        return [fact for fact in self.facts.values() if fact.kind == kind]


def nowhere(_: str) -> Fact | None:
    """Of other cases nothing is known."""
    return None


def case_lookup(
    reader: Reader, *, known_by: datetime | None = None, keep: int | None = None
) -> Elsewhere:
    """Finds facts in any case of a record. Each case is read once, when something leads there.

    Args:
        reader: the record.
        known_by: reads the record as it was known by then.
        keep: how many cases are kept, those that were asked for last; all, if left out.
    """

    @lru_cache(maxsize=keep)
    def case(case_id: str) -> CaseFacts:
        return of_case(reader, case_id, known_by=known_by)

    def find(event_id: str) -> Fact | None:
        event = reader.event(event_id)
        if event is None:
            return None
        if FAMILY[event.kind] == "house":
            return registered(reader, event, known_by=known_by).facts.get(event_id)
        return case(event.case_id).facts.get(event_id)

    return find


def registered(
    reader: Reader, event: RecordedEvent, *, known_by: datetime | None = None
) -> CaseFacts:
    """An entry of the house's registers with what amends or ends it.

    The case that it lies in can be as large as the house, and says nothing more of it.
    """
    return fold(event.case_id, reader.amended([event], known_by=known_by))


def direct_basis(fact: Fact) -> tuple[str, ...]:
    """The ids of the events that a fact names as its ground, each once."""
    target = fact.fields.get(TARGETS.get(fact.kind, ""))
    return tuple(dict.fromkeys(filter(None, (target, *fact.fields.get("basis", ())))))


def full_basis(
    facts: CaseFacts, fact: Fact, find: Elsewhere = nowhere, *, as_of: datetime | None = None
) -> Basis:
    """The ground of a fact; what had not happened by a moment is none of it."""
    found: dict[str, Fact] = {}
    absent: dict[str, None] = {}
    waiting = list(direct_basis(fact))
    while waiting:
        event_id = waiting.pop()
        other = facts.facts.get(event_id) or find(event_id)
        if other is None:
            absent[event_id] = None
        elif event_id not in found and other.stands and other.when(as_of) != "no":
            found[event_id] = other
            waiting.extend(direct_basis(other))
    return Basis(found, tuple(absent))
