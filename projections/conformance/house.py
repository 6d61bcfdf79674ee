"""Define what judges are given: a case, the policy, and what the house's record tells beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from answerable.domain.dates import When
from answerable.domain.policy.document import Policy
from answerable.domain.record import RecordedEvent
from answerable.domain.signature_demands import PoliciesInForce, read
from answerable.projections.accountability.reporting_lines import ever_above
from answerable.projections.facts.case_view import CaseView, FactInCase, once
from answerable.projections.facts.disclosed import DisclosedTexts, disclose
from answerable.projections.facts.facts import CaseFacts, Fact, fold
from answerable.projections.facts.record_view import RecordView
from answerable.projections.like_findings import (
    Comparing,
    EveryFinding,
    LikeFindings,
    every_finding,
)

MOST_OPENED = 1_000

ASSIGNED = "role-assigned"

OPENED = "opened"
"""The place, among what was chosen in a case, that tells whether a sealed text was asked for."""

Answer = TypeVar("Answer")
Held = TypeVar("Held")


class House:
    """The record of the house, as the judges of one question ask it.

    Attributes:
        record: the record, as known by and as of the moment asked about.
        consulted: how often it told what may differ from case to case. An empty register does not.
    """

    def __init__(
        self,
        record: RecordView,
        *,
        every: bool = False,
        now: bool = False,
        comparing: Comparing | None = None,
        altered: frozenset[int] | None = None,
    ) -> None:
        """Look at a record.

        Args:
            record: the record, as known by and as of the moment asked about.
            every: whether every case is judged, so that what all tell is read in one pass.
            now: whether no moment was asked about, and deadlines alone are judged by one.
            comparing: what finds comparators, where that was made already.
            altered: the positions of entries that are not what the tree was made of, where they
                were looked for already.
        """
        self.record = record
        self.consulted = 0
        self._comparing = comparing
        self._known_altered = altered
        self._every = every
        self._now = now
        self._answers: dict[object, Any] = {}
        self._registers: dict[str, Sequence[FactInCase]] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._texts: dict[str, DisclosedTexts] = {}
        self._opened_kinds: set[str] = set()

    def answer(self, question: Callable[[House], Answer]) -> Answer:
        """Answer a question about the house; each is worked out once, and kept."""
        if question not in self._answers:
            self._answers[question] = question(self)
        known: Answer = self._answers[question]
        self.consulted += bool(known)
        return known

    def register(self, kind: str) -> Sequence[FactInCase]:
        """List the entries of a register that stand, by their kind; it is read once, and kept.

        Whenever they were made: from when they hold, their own dates tell.
        """
        found = self._registers.get(kind)
        if found is None:
            found = self._registers[kind] = tuple(self._entries(kind))
        self.consulted += bool(found)
        return found

    @property
    def comparing(self) -> Comparing:
        """Return what finds comparators: one pass over the record, where every case is judged."""
        if self._comparing is None:
            record = self.record
            if self._now:
                record = RecordView(record.reader, None, record.known_by, type_of=record.type_of)
            self._comparing = every_finding(record) if self._every else LikeFindings(record)
        self.consulted += not isinstance(self._comparing, EveryFinding)
        return self._comparing

    def compared(self, view: CaseView) -> CaseView:
        """Look at a case as its comparators are: as of no moment, where none was asked about."""
        return _at_present(view) if self._now else view

    def _entries(self, kind: str) -> Iterator[FactInCase]:
        entered = list(self.record.events(kinds=(kind,)))
        by_case: dict[str, list[RecordedEvent]] = {}
        for event in self.record.reader.amended(entered, known_by=self.record.known_by):
            by_case.setdefault(event.case_id, []).append(event)
        for case_id, own in by_case.items():
            view = self.record.look_at(fold(case_id, own, self.record.zone_of(case_id)))
            for fact in view.case.standing(kind):
                if not fact.alleged:
                    yield FactInCase(view, fact)

    def may_report_to(self, view: CaseView, party: str, above: str) -> bool:
        """Tell whether a party may ever have reported to another; who did is worked out once."""
        self.consulted += self._any_roles
        if ASSIGNED in view.kinds:
            return True  # The case tells of roles itself, perhaps of one that is only thought of.
        found = self._above.get(party)
        if found is None:
            found = self._above[party] = ever_above(view, party)
        return above in found

    @cached_property
    def _any_roles(self) -> bool:
        """Tell whether anybody reports to anybody, or may."""
        return not self._every or any(self.record.events(kinds=(ASSIGNED,)))

    def texts(self, case: CaseFacts, fact: Fact) -> DisclosedTexts:
        """Return the sealed texts of a fact, as corrected, as far as they are at hand.

        Those that the judges will ask for next are read with them: of the case, all of the kinds
        that were ever asked for.
        """
        self.consulted += 1
        found = self._texts.get(fact.event_id)
        if found is None:
            if len(self._texts) >= MOST_OPENED:
                self._texts.clear()
            self._opened_kinds.add(fact.event.kind)
            asked = [each for each in case.facts.values() if each.event.kind in self._opened_kinds]
            self._texts.update(disclose(self.record.reader, case, (fact, *asked[:MOST_OPENED])))
            found = self._texts[fact.event_id]
        return found

    @cached_property
    def signature_demands(self) -> list[PoliciesInForce]:
        """Return which versions of policies stood, and demanded a signature, over the record."""
        return read(self.record.reader, known_by=self.record.known_by)

    def altered(self, case: CaseFacts) -> Sequence[int]:
        """List the positions of events of a case that are not what the tree was made of."""
        if self._every and not self._altered:
            return ()
        self.consulted += 1
        positions = [fact.event.position for fact in case.facts.values()]
        if not self._every:
            return self.record.reader.altered(positions)
        return [each for each in positions if each in self._altered]

    @cached_property
    def _altered(self) -> frozenset[int]:
        known = self._known_altered
        return frozenset(self.record.reader.altered()) if known is None else known


@once
def _at_present(view: CaseView) -> CaseView:
    return view.at_present()


class Situation:
    """A case to be judged by a policy.

    Attributes:
        view: the case, as of the moment of judgement.
        policy: the document.
        house: the record of the house.
        moment: the moment of judgement; None: all that is recorded has happened.
        chosen: what was chosen in the case so far, by what chose it: rules that choose alike share
            it, of whatever policies.
    """

    __slots__ = ("chosen", "house", "moment", "policy", "view")

    def __init__(
        self, view: CaseView, policy: Policy, house: House, chosen: dict[object, Any] | None = None
    ) -> None:
        self.view = view
        self.policy = policy
        self.house = house
        self.moment = view.as_of
        self.chosen: dict[object, Any] = {} if chosen is None else chosen

    def tell(self, question: Callable[..., Answer], *about: Any) -> Answer:
        """Answer a question that the dates of the case decide: see `CaseView.tell`.

        Args:
            question: answers it, of a situation and of what it is about.
            about: what it is about.
        """
        if not self.view.watched:
            return question(self, *about)
        found: Answer = self.view.tell(
            _in_situation, Same(self.policy), self.house, question, *about
        )
        return found

    def told(self, fact: Fact, name: str) -> When:
        """Tell whether anything is on record in a field, also where its text was erased.

        `unknown` where it may be among the texts that this reader may not see.
        """
        told = fact.fields.get(name)
        if isinstance(told, str) or told not in (None, (), []):
            return "yes"
        if name not in sealed_names(fact.event.kind):
            return "no"
        self.chosen[OPENED] = True
        state = self.house.texts(self.view.case, fact).text(name).state
        return "unknown" if state == "withheld" else "no" if state == "not told" else "yes"


class Same(Generic[Held]):
    """Holds what is the same as itself alone, so that it can be looked up."""

    __slots__ = ("it",)

    def __init__(self, it: Held) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it

    def __hash__(self) -> int:
        return id(self.it)


def _in_situation(
    view: CaseView,
    policy: Same[Policy],
    house: House,
    question: Callable[..., Answer],
    *about: Any,
) -> Answer:
    return question(Situation(view, policy.it, house), *about)


@lru_cache(maxsize=256)
def sealed_names(kind: str) -> frozenset[str]:
    """Return the fields of a kind whose texts are sealed."""
    from answerable.domain.kinds import model

    return frozenset(model(kind).sealed)
