"""Keep what rules found in cases of one pattern, for the next case of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple, overload

from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Outcome, RuleHead, Telling
from answerable.projections.conformance.worlds import Judgement, Value
from answerable.projections.facts.case_view import CaseView


class _Activation(NamedTuple):
    """An activation of a rule in any case of a pattern: see `Judged`.

    Attributes:
        events: the events that it rests on, by their numbers in the case.
    """

    values: frozenset[Value]
    events: tuple[int, ...]
    versions: tuple[str, ...]
    whole: bool


class Shared(NamedTuple):
    """Hold the outcome of a rule in any case of a pattern: see `Outcome`."""

    head: RuleHead
    verdict: Judgement
    activations: tuple[_Activation, ...]
    otherwise: str
    known: tuple[str, ...]
    witnesses: tuple[int, ...]

    @classmethod
    def of(cls, outcome: Outcome, view: CaseView) -> Shared | None:
        """Take from a case what holds for others; None where it rests on events of others."""
        at = {event_id: number for number, event_id in enumerate(view.facts)}
        found = []
        for each in outcome.judged:
            if not at.keys() >= set(each.events):
                return None
            events = tuple([at[event_id] for event_id in each.events])
            found.append(_Activation(each.values, events, each.versions, each.whole))
        head, verdict, _, otherwise, known = outcome
        witnesses = tuple([at[event_id] for event_id in outcome.witnesses])
        return cls(head, verdict, tuple(found), otherwise, known, witnesses)

    def outcome(self, anew: Anew, rule: int) -> Outcome:
        """Return what a rule amounts to in a case.

        Args:
            anew: the case: what is told of it in words is worked out once it is read.
            rule: the number of the rule.
        """
        head, verdict, activations, otherwise, known, _ = self
        judged = _InCase(self, anew, rule) if activations else ()
        return OUTCOME((head, verdict, judged, otherwise, known))


OUTCOME: Callable[[tuple[object, ...]], Outcome] = partial(tuple.__new__, Outcome)
"""Make an outcome of all its values in their order: twice as fast as by its name."""


class Anew:
    """A case that is judged once more, by itself, where somebody reads what is told of it."""

    def __init__(
        self,
        view: CaseView,
        situations: Callable[[CaseView], Sequence[Situation]],
        judge: Callable[[int], Outcome],
    ) -> None:
        """Be ready to judge a case.

        Args:
            view: the case.
            situations: makes it ready for each policy.
            judge: judges it by the rule of a number.
        """
        self._view = view
        self._situations = situations
        self._judge = judge
        self._outcomes: dict[int, Outcome] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """List the events of the case by their numbers."""
        return tuple(self._view.facts)

    @cached_property
    def on(self) -> Sequence[Situation]:
        """Return the case as each policy is to judge it."""
        return self._situations(self._view)

    def judged(self, rule: int) -> Sequence[Judged]:
        """Return what a rule finds in the case by itself; it judges it once."""
        if rule not in self._outcomes:
            self._outcomes[rule] = self._judge(rule)
        return self._outcomes[rule].judged


class _InCase(Sequence[Judged]):
    """The activations of a rule in a case, as another case of its pattern has them."""

    __slots__ = ("_anew", "_judged", "_rule", "_shared")

    def __init__(self, shared: Shared, anew: Anew, rule: int) -> None:
        self._shared = shared
        self._anew = anew
        self._rule = rule
        self._judged: Sequence[Judged] | None = None

    def __len__(self) -> int:
        return len(self._shared.activations)

    @overload
    def __getitem__(self, at: int) -> Judged: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Judged]: ...

    def __getitem__(self, at: int | slice) -> Judged | Sequence[Judged]:
        return self._found[at]

    def __iter__(self) -> Iterator[Judged]:
        return iter(self._found)

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Return the events that the verdict rests on, by id."""
        ids = self._anew.ids
        return tuple([ids[number] for number in self._shared.witnesses])

    @property
    def _found(self) -> Sequence[Judged]:
        if self._judged is None:
            ids = self._anew.ids
            self._judged = [
                Judged(
                    values,
                    tuple([ids[number] for number in events]),
                    partial(self._told, at),
                    versions,
                    whole=whole,
                )
                for at, (values, events, versions, whole) in enumerate(self._shared.activations)
            ]
        return self._judged

    def _told(self, at: int) -> Telling:
        return self._anew.judged(self._rule)[at].telling
