"""Tell the pattern of a case: its events, what they name of it, and which of them had happened.

Two cases of one pattern have events of the same kinds in the same order, of which the same had
happened, and which name the same of their own events and parties. What else is told of them may
differ: rules that read it are asked about it (`deciding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from answerable.domain import dates
from answerable.domain.dates import Margins, When
from answerable.domain.kinds import HOUSE_CASE
from answerable.domain.policy.document import Policy
from answerable.domain.zone.zone import Zone
from answerable.projections.conformance.likeness.at_hand import AtHand
from answerable.projections.conformance.likeness.watching import naming
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact

Pattern = tuple[object, ...]

MOST_PAST = 16_384
"""The most dates that are remembered as past."""


class _Read(NamedTuple):
    """The fields of a kind of event that rules read, by how they enter a pattern."""

    references: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


class Patterns:
    """Tells the patterns of cases, as far as some policies were seen to tell cases apart.

    Attributes:
        readings: how often it was learned what rules read.
    """

    def __init__(self, policies: Iterable[Policy]) -> None:
        """Make ready to tell patterns.

        Args:
            policies: those that judge: what they say to the letter is no mere name.
        """
        self._said = frozenset(each for policy in policies for each in _said(policy.model_dump()))
        self._read: dict[str, _Read] = {}
        self._known: set[tuple[str, str]] = set()
        self.readings = 0
        self._past: dict[tuple[datetime | None, Zone, Margins], set[str]] = {}

    def learn(self, read: set[tuple[str, str]]) -> bool:
        """Have patterns tell fields that were read; tell whether any of them was new."""
        new = read - self._known
        if not new:
            return False
        self._known |= new
        self.readings += 1
        for kind in {kind for kind, _ in new}:
            fields = sorted(name for of, name in self._known if of == kind)
            told = naming(kind)
            self._read[kind] = _Read(
                *[
                    tuple(name for name in fields if name in among)
                    for among in (told.references, told.names, told.dates)
                ]
            )
        return True

    def __call__(self, view: CaseView) -> tuple[Pattern, AtHand] | None:
        """Tell the pattern of a case, and hold the case by it; None where it has none.

        That is where it names an event of another case, and where it is the house's own.
        """
        facts = view.facts
        if view.case_id == HOUSE_CASE:
            return None
        events = len(facts)
        numbers: dict[str, int] = dict(zip(facts, range(events), strict=True))
        told: list[object] = [view.zone]
        had: list[When] = []
        tell = told.append
        past = self._past.setdefault((view.as_of, view.zone, view.margins), set())
        read = self._read
        at_hand = [*facts.values()]
        for fact in at_hand:
            event, fields, corrections, retracted_by, disputes, upon, _ = fact
            kind = event.kind
            happened: When = "yes"
            if fields.get("occurred") not in past:
                happened = view.when(fact)
                self._remember(view, fact, past)
            had.append(happened)
            tell(kind)
            tell(happened)
            tell(fields.get("standing"))
            tell(tuple([numbers[each] for each in upon]) if upon else None)
            known = read.get(kind)
            if known is not None and not _take_in(tell, fields, known, numbers, events):
                return None
            if fields is not event.fields or retracted_by or disputes:
                amended = (*corrections, None, *disputes, None, retracted_by)
                tell(tuple([each and numbers[each] for each in amended]))
                tell(event.fields.get("standing"))
                if known is not None and not _take_in(tell, event.fields, known, numbers, events):
                    return None
        if not self._said.isdisjoint(numbers):
            tell(tuple([(name, numbers[name]) for name in numbers if name in self._said]))
        return tuple(told), AtHand(view, at_hand, had, numbers)

    def _remember(self, view: CaseView, fact: Fact, past: set[str]) -> None:
        """Remember a date that lies before the moment asked about, whatever it is told of."""
        occurred, moment = fact.fields.get("occurred"), view.as_of
        if occurred is None or moment is None or "/" in occurred:
            return
        if dates.by(fact.span(margins=view.margins), moment) == "yes":
            if len(past) >= MOST_PAST:
                past.clear()
            past.add(occurred)


def _take_in(
    tell: Any, fields: Mapping[str, Any], known: _Read, numbers: dict[str, int], events: int
) -> bool:
    """Take in the fields of an event; tell whether all events that it names are of the case."""
    for name in known.references:
        value = fields.get(name)
        if value is None:
            tell(None)
        elif isinstance(value, str):
            number = numbers.get(value, events)
            if number >= events:
                return False
            tell(number)
        else:
            named = tuple([numbers.get(each, events) for each in value])
            if named and max(named) >= events:
                return False
            tell(named)
    for name in known.names:
        value = fields.get(name)
        if value is None:
            tell(None)
        elif isinstance(value, str):
            tell(numbers.setdefault(value, len(numbers)))
        else:
            tell(tuple([numbers.setdefault(each, len(numbers)) for each in value]))
    for name in known.dates:
        tell(name in fields)
    return True


def _said(told: object) -> Iterable[str]:
    """Yield the texts in a document."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for each in told.values():
            yield from _said(each)
    elif isinstance(told, list | tuple | set | frozenset):
        for each in told:
            yield from _said(each)
