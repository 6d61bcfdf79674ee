"""Index what may answer by what links it to what asks, so that few are held against each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from answerable.projections.conformance.matching.chosen import Chosen
from answerable.projections.conformance.matching.correlation import BASIS, Correlation
from answerable.projections.conformance.templates.order import Candidate
from answerable.projections.facts.basis import Basis
from answerable.projections.facts.facts import Fact

FEW = 4
"""So few are looked at quicker than they are indexed."""


class Pool:
    """Index what may answer by what a rule links by: a basis, a field, or one that has to be alike.

    What does not tell that field may belong to anything.

    Attributes:
        candidates: what may answer, held against what asks, by what that tells.
    """

    __slots__ = (
        "_all",
        "_basis",
        "_field",
        "_link",
        "_loose",
        "_places",
        "_told",
        "candidates",
    )

    def __init__(
        self,
        correlation: Correlation,
        answers: Sequence[Chosen],
        basis: Callable[[Fact], Basis] | None = None,
    ) -> None:
        """Index what may answer.

        Args:
            correlation: what links it to what asks.
            answers: it.
            basis: tells what a fact rests on, where one of the two may have to rest on the other.
        """
        self.candidates: dict[tuple[str | None, ...], Sequence[Candidate]] = {}
        self._all = answers
        self._link = correlation.link
        self._basis = basis if correlation.via == BASIS and len(answers) > FEW else None
        self._field = None
        if len(answers) > FEW and self._basis is None:
            self._field = correlation.link or next(iter(correlation.same), None)
        self._told: dict[str, list[int]] = {}
        self._loose: list[int] = []
        self._places: dict[str, int] = {}
        for at, each in enumerate(answers):
            if self._basis is not None:
                self._places[each.fact.event_id] = at
                for event_id in self._basis(each.fact).facts:
                    self._told.setdefault(event_id, []).append(at)
            elif self._field is not None:
                self._index(at, _texts(each.fact.fields.get(self._field)))

    def _index(self, at: int, values: Sequence[str] | None) -> None:
        if values is None:
            self._loose.append(at)
        for value in values or ():
            self._told.setdefault(value, []).append(at)

    def __len__(self) -> int:
        """Count all that may answer anything."""
        return len(self._all)

    def near(self, fact: Fact) -> Sequence[Chosen]:
        """List all that may answer a fact, and perhaps some that may not, in their order."""
        if self._basis is not None:
            below = {self._places[each] for each in self._basis(fact).facts if each in self._places}
            found = below.union(self._told.get(fact.event_id, ()))
            return [self._all[at] for at in sorted(found)]
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
