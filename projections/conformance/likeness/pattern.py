"""Tell the pattern of a case: all that a rule may turn on, but for which events and parties it is.

Two cases of one pattern have the same events in the same order; what is told of them stands in the
same fields, names the same of its own events and parties, has its dates in the same order, and is
else the same to the letter. So a rule that asks nothing beside the case, and counts no days, finds
the same in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from answerable.domain.kinds import AMENDING, HOUSE_CASE, model
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Authority, Separation
from answerable.projections.conformance.likeness.dates import (
    Ends,
    ends_recorded,
    ends_told,
    in_order,
)
from answerable.projections.facts.case_view import CaseView

Pattern = tuple[object, ...]

UNREAD = frozenset(("kind", "case_id", "version", "recorded_at", "_sd"))
"""The fields of an entry that no rule reads as they stand, or that the pattern tells otherwise."""

OWN_NAME = "event_id"

FILE = "digest"
"""The field that names a file, by what it holds."""


class _Fields:
    """The fields of a kind of event that are told, by how they enter a pattern.

    Attributes:
        names: those that name parties, files or events, the event itself among them.
        references: those of them that name other events.
        dates: those that tell a date.
        letters: all others: these enter to the letter.
    """

    def __init__(self, kind: str, told: Sequence[str]) -> None:
        of = model(kind)
        naming = {OWN_NAME, FILE, *of.parties, *of.references}
        self.names = tuple([name for name in told if name in naming])
        self.references = tuple([name for name in told if name in of.references])
        self.dates = tuple([name for name in told if name in of.dates])
        self.letters = tuple([name for name in told if name not in naming.union(of.dates, UNREAD)])


fields_of = lru_cache(maxsize=4_096)(_Fields)
"""Return the fields of a kind that are told, by how they enter a pattern; the same ones once."""


class Patterns:
    """Tells the patterns of cases, as far as some policies can tell cases apart."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        """Make ready to tell patterns.

        Args:
            policies: those that judge: what they say to the letter is no mere name.
        """
        known = tuple(policies)
        self._said = frozenset(each for policy in known for each in _said(policy.model_dump()))
        self._doing = frozenset(each for policy in known for each in _doing(policy))

    def __call__(self, view: CaseView, fixed: Ends) -> Pattern | None:
        """Tell the pattern of a case; None where it has something that no pattern tells.

        That is a correction, a time of day, a rough date, or a reference to another case.

        Args:
            view: the case.
            fixed: the dates that its dates are held against, whatever the case.
        """
        told = _Told(self._said, self._doing)
        for fact in view.facts.values():
            if not told.take_in(fact.event.kind, fact.event.fields):
                return None
        if view.case_id == HOUSE_CASE or not told.whole(view):
            return None
        dates = [ends_told(each, view.zone) for each in told.dates]
        known = [each for each in dates if each is not None]
        if len(known) < len(dates):
            return None
        known.extend([ends_recorded(each, view.zone) for each in told.recorded])
        types = [view.type_of(each) for each in told.doers]
        return (view.zone, *told.told, *types, in_order(known, fixed))


class _Told:
    """Collects what is told in a case, names and dates by their numbers.

    Attributes:
        told: it, in the order of recording.
        dates: the dates by their numbers.
        recorded: when the events without a date were recorded.
        doers: who did what a rule asks of, in the order in which they are named.
    """

    def __init__(self, said: frozenset[str], doing: frozenset[str]) -> None:
        self.told: list[object] = []
        self.dates: dict[str, int] = {}
        self.recorded: list[str] = []
        self.doers: dict[str, None] = {}
        self._said = said
        self._doing = doing
        self._numbers: dict[str, object] = {}
        self._referred_to: list[str] = []
        self._letters: list[object] = []

    def take_in(self, kind: str, fields: Mapping[str, Any]) -> bool:
        """Take in an event; tell whether a pattern can tell it."""
        told, by = self.told, fields_of(kind, tuple(fields))
        told.append(by)
        for name in by.letters:
            value = fields[name]
            if isinstance(value, str):
                told.append(value)
                self._letters.append(value)
            elif not self._take_in_several(value):
                return False
        for name in by.dates:
            told.append(self.dates.setdefault(fields[name], len(self.dates)))
        for name in by.names:
            value = fields[name]
            named = (value,) if isinstance(value, str) else value
            told.append(len(named))
            told.extend(map(self._number, named))
            if name in self._doing:
                self.doers.update(dict.fromkeys(named))
            elif name in by.references:
                self._referred_to.extend(named)
        if kind in AMENDING or fields.get("occurred") is None:
            self.recorded.append(fields["recorded_at"])
        return True

    def _take_in_several(self, value: Any) -> bool:
        """Take in what is told to the letter, and is no text; an object is more than that."""
        letters = tuple(value) if isinstance(value, list) else (value,)
        if any(isinstance(each, dict | list) for each in letters):
            return False
        self.told.append(letters)
        self._letters.extend(letters)
        return True

    def whole(self, view: CaseView) -> bool:
        """Tell whether all that is referred to is in the case, and each name and date a mere one.

        What else is told of an event may not be a name, too; and a policy may name no date.
        """
        return (
            view.facts.keys() >= set(self._referred_to)
            and self._numbers.keys().isdisjoint(self._letters)
            and self._said.isdisjoint(self.dates)
        )

    def _number(self, name: str) -> object:
        found = self._numbers.get(name)
        if found is None:
            found = name if name in self._said else len(self._numbers)
            self._numbers[name] = found
        return found


def _doing(policy: Policy) -> Iterator[str]:
    """Yield the fields that name who did something, where a rule asks what they are: a person."""
    for rule in policy.rule:
        if isinstance(rule, Separation):
            yield from (each.partition(".")[2] for each in (*rule.acts, *rule.of, *rule.near))
        elif isinstance(rule, Authority):
            yield rule.by.partition(".")[2]


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
