"""Define what is asked of every case: how it is judged, and what another policy would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.judging.every.adding_up import Checked, Differing
from answerable.cli.judging.what_if_json import case_json
from answerable.projections.conformance.house import House
from answerable.projections.conformance.judging import Judges, outcomes_by_each
from answerable.projections.conformance.output.judged_case import judge_cases, judge_in_short
from answerable.projections.conformance.preparing import Preparing
from answerable.projections.conformance.saying.comparing import switches
from answerable.projections.registers.judging.what_if import case_rows
from answerable.projections.titles import Titles, untitled

if TYPE_CHECKING:
    from answerable.cli.shared.options import Times
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.in_force.versions import Versions
    from answerable.projections.conformance.output.judged_case import JudgedCase
    from answerable.projections.conformance.saying.comparing import Switch
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.like_findings import Comparing
    from answerable.projections.output.register import Row

Compared = Callable[[Iterable["CaseView"]], Iterator[tuple["CaseView", tuple["Switch", ...]]]]
"""Compares what two sets of policies find in cases, in their order."""


def comparing_for(
    record: RecordView, versions: Iterable[Versions], *, now: bool
) -> Comparing | None:
    """Make what finds comparators for the findings of all cases; None: no policy asks for any.

    Args:
        record: the record.
        versions: the policies that judge.
        now: whether no moment was asked about.
    """
    documents = (each.document for some in versions for each in some.readable)
    if all(rule.kind != "comparators" for each in documents for rule in each.policy.rule):
        return None
    return House(record, every=True, now=now).comparing


def _holds_entries(*versions: Versions) -> bool:
    """Tell whether a rule of some policies holds entries against the tree."""
    documents = (each.document for some in versions for each in some.readable)
    return any(
        "chain-verifies" in rule.holds
        for each in documents
        for rule in each.policy.rule
        if rule.kind == "record"
    )


class AtLength(NamedTuple):
    """Ask how a case is judged, in words.

    Attributes:
        times: the two times asked about.
        versions: the policies that judge.
        comparing: what finds comparators, where the policies ask for some.
        now: whether no moment was asked about.
        named: whether cases and parties are called by their names.
    """

    times: Times
    versions: Versions
    comparing: Comparing | None
    now: bool
    named: bool

    @property
    def holds_entries(self) -> bool:
        """Tell whether a rule holds entries against the tree."""
        return _holds_entries(self.versions)

    def begin(
        self, opened: Ledger, record: RecordView, altered: frozenset[int] | None = None
    ) -> Callable[[Iterable[CaseView]], Iterator[JudgedCase]]:
        """Make ready to judge the cases of a record."""
        return self.answering(opened, _judges(self, record, altered))

    def answering(
        self, opened: Ledger, judges: Judges
    ) -> Callable[[Iterable[CaseView]], Iterator[JudgedCase]]:
        """Return what judges cases, by judges that are ready."""
        titled = Titles(opened, self.times.known_by).of if self.named else untitled
        return partial(judge_cases, judges, titled=titled)


class AtAGlance(NamedTuple):
    """Ask what each rule comes to, added up over cases: see `AtLength`."""

    times: Times
    versions: Versions
    comparing: Comparing | None
    now: bool
    named: bool = False

    @property
    def holds_entries(self) -> bool:
        """Tell whether a rule holds entries against the tree."""
        return _holds_entries(self.versions)

    def begin(
        self, _: Ledger, record: RecordView, altered: frozenset[int] | None = None
    ) -> Callable[[Iterable[CaseView]], Iterator[Checked]]:
        """Make ready to judge the cases of a record."""
        judges = _judges(self, record, altered)

        def answer(views: Iterable[CaseView]) -> Iterator[Checked]:
            checked = Checked()
            for case in judge_in_short(judges, views):
                checked.add(case)
            yield checked

        return answer


def _judges(
    asked: AtLength | AtAGlance, record: RecordView, altered: frozenset[int] | None
) -> Judges:
    house = House(record, every=True, now=asked.now, comparing=asked.comparing, altered=altered)
    return Judges(record, asked.versions, house=house)


class Between(NamedTuple):
    """Two sets of policies to be compared.

    Attributes:
        old: those in force, as far as they are replaced.
        new: the policy that would be in force instead.
        comparing: what finds comparators, where one of them asks for some.
        now: whether no moment was asked about.
    """

    old: Versions
    new: Versions
    comparing: Comparing | None
    now: bool

    @property
    def holds_entries(self) -> bool:
        """Tell whether a rule of either holds entries against the tree."""
        return _holds_entries(self.old, self.new)

    def begin(
        self, record: RecordView, *, every: bool, altered: frozenset[int] | None = None
    ) -> Compared:
        """Make ready to compare what they find in cases, upon one fold of the events of each.

        Args:
            record: the record.
            every: whether every case is asked about.
            altered: the entries that are not what the tree was made of, where that is known.
        """
        house = House(record, every=every, now=self.now, comparing=self.comparing, altered=altered)
        preparing = Preparing()
        judging = [
            Judges(record, versions, house=house, preparing=preparing)
            for versions in (self.old, self.new)
        ]

        def compared(views: Iterable[CaseView]) -> Iterator[tuple[CaseView, tuple[Switch, ...]]]:
            for view, (old, new) in outcomes_by_each(judging, views):
                yield view, switches(old, new)

        return compared


class Differences(NamedTuple):
    """Ask what differs under another policy, added up over cases.

    Attributes:
        times: the two times asked about.
        between: the policies.
    """

    times: Times
    between: Between
    named: bool = False

    @property
    def holds_entries(self) -> bool:
        """Tell whether a rule holds entries against the tree."""
        return self.between.holds_entries

    def begin(
        self, _: Ledger, record: RecordView, altered: frozenset[int] | None = None
    ) -> Callable[[Iterable[CaseView]], Iterator[Differing]]:
        """Make ready to compare what the policies find in the cases of a record."""
        compared = self.between.begin(record, every=True, altered=altered)

        def answer(views: Iterable[CaseView]) -> Iterator[Differing]:
            differing = Differing()
            for view, found in compared(views):
                differing.add(view.case_id, found)
            yield differing

        return answer


class DifferencesAtLength(NamedTuple):
    """Ask what differs in each case under another policy, as JSON, where something does.

    Each case comes with where its days are days.
    """

    times: Times
    between: Between
    named: bool = True

    @property
    def holds_entries(self) -> bool:
        """Tell whether a rule holds entries against the tree."""
        return self.between.holds_entries

    def begin(
        self, _: Ledger, record: RecordView, altered: frozenset[int] | None = None
    ) -> Callable[[Iterable[CaseView]], Iterator[tuple[Zone, dict[str, Any]]]]:
        """Make ready to compare what the policies find in the cases of a record."""
        compared = self.between.begin(record, every=True, altered=altered)
        return lambda views: (
            (view.zone, case_json(view.case_id, found)) for view, found in compared(views) if found
        )


class DifferencesAsRows(NamedTuple):
    """Ask what differs in each case under another policy, as rows of a table."""

    times: Times
    between: Between
    named: bool = True

    @property
    def holds_entries(self) -> bool:
        """Tell whether a rule holds entries against the tree."""
        return self.between.holds_entries

    def begin(
        self, opened: Ledger, record: RecordView, altered: frozenset[int] | None = None
    ) -> Callable[[Iterable[CaseView]], Iterator[list[Row]]]:
        """Make ready to compare what the policies find in the cases of a record."""
        compared = self.between.begin(record, every=True, altered=altered)
        title_of = Titles(opened, self.times.known_by).of
        return lambda views: (
            [*case_rows(view, found, title_of(view.case_id))]
            for view, found in compared(views)
            if found
        )
