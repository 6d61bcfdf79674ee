"""Index what may answer by what links it to what asks, so that few are held against each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answerable.projections.conformance.matching.chosen import Chosen
from answerable.projections.conformance.matching.correlation import Correlation
from answerable.projections.facts.facts import Fact

FEW = 4
"""So few are looked at quicker than they are indexed."""


class Pool:
    """Index what may answer by the field that a rule links by, or the first that has to be alike.

    What does not tell that field may belong to anything.
    """

    __slots__ = ("_all", "_field", "_link", "_loose", "_told")

    def __init__(self, correlation: Correlation, answers: Sequence[Chosen]) -> None:
        self._all = answers
        self._link = correlation.link
        self._field = None
        if len(answers) > FEW:
            self._field = correlation.link or next(iter(correlation.same), None)
        self._told: dict[str, list[int]] = {}
        self._loose: list[int] = []
        if self._field is None:
            return
        for at, each in enumerate(answers):
            values = _texts(each.fact.fields.get(self._field))
            if values is None:
                self._loose.append(at)
            for value in values or ():
                self._told.setdefault(value, []).append(at)

    def __len__(self) -> int:
        """Count all that may answer anything."""
        return len(self._all)

    def near(self, fact: Fact) -> Sequence[Chosen]:
        """List all that may answer a fact, and perhaps some that may not, in their order."""
        if self._field is None:
            return self._all
        own = _texts(fact.fields.get(self._field))
        if self._link is None:
            if own is None:
                return self._all
            found = {*self._loose, *(at for each in own for at in self._told.get(each, ()))}
        else:
            named = self._loose
            if own is not None:
                named = [at for at in named if self._all[at].fact.event_id in own]
            found = {*named, *self._told.get(fact.event_id, ())}
        return [self._all[at] for at in sorted(found)]


def _texts(told: Any) -> Sequence[str] | None:
    """Return what a field tells as texts; None where it tells nothing that can be looked up."""
    if isinstance(told, str):
        return (told,)
    if isinstance(told, list | tuple) and all(isinstance(each, str) for each in told):
        return told
    return None
