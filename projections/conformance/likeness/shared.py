"""Keep what rules found in cases of one pattern, for the next case of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, overload

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
        return cls(head, verdict, tuple(found), otherwise, known)

    def outcome(self, view: CaseView, judge: Callable[[], Outcome]) -> Outcome:
        """Return what the rule amounts to in a case.

        Args:
            view: the case.
            judge: judges it: what is told of it in words is worked out once it is read.
        """
        judged = _InCase(self.activations, view, judge) if self.activations else ()
        return Outcome(self.head, self.verdict, judged, self.otherwise, self.known)


class _InCase(Sequence[Judged]):
    """The activations of a rule in a case, as another case of its pattern has them."""

    __slots__ = ("_activations", "_anew", "_judge", "_judged", "_view")

    def __init__(
        self, activations: Sequence[_Activation], view: CaseView, judge: Callable[[], Outcome]
    ) -> None:
        self._activations = activations
        self._view = view
        self._judge = judge
        self._judged: Sequence[Judged] | None = None
        self._anew: Sequence[Judged] | None = None

    def __len__(self) -> int:
        return len(self._activations)

    @overload
    def __getitem__(self, at: int) -> Judged: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Judged]: ...

    def __getitem__(self, at: int | slice) -> Judged | Sequence[Judged]:
        return self._found[at]

    def __iter__(self) -> Iterator[Judged]:
        return iter(self._found)

    @property
    def _found(self) -> Sequence[Judged]:
        if self._judged is None:
            ids = tuple(self._view.facts)
            self._judged = [
                Judged(
                    values,
                    tuple([ids[number] for number in events]),
                    partial(self._told, at),
                    versions,
                    whole=whole,
                )
                for at, (values, events, versions, whole) in enumerate(self._activations)
            ]
        return self._judged

    def _told(self, at: int) -> Telling:
        return self._alone[at].telling

    @property
    def _alone(self) -> Sequence[Judged]:
        """Return what is found in the case itself, judged alone."""
        if self._anew is None:
            self._anew = self._judge().judged
        return self._anew
