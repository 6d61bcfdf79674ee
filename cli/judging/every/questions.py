"""Define what is asked of every case: how it is judged, and what another policy would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from answerable.cli.judging.what_if_json import case_json
from answerable.projections.conformance.house import House
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.output.judged_case import judge_case, judge_in_short
from answerable.projections.conformance.preparing import Preparing
from answerable.projections.conformance.saying.comparing import in_short, switches
from answerable.projections.registers.judging.what_if import case_rows
from answerable.projections.titles import Titles, untitled

if TYPE_CHECKING:
    from answerable.cli.shared.options import Times
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.in_force.versions import Versions
    from answerable.projections.conformance.output.judged_case import InShort, JudgedCase
    from answerable.projections.conformance.saying.comparing import DiffersInShort, Switch
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.like_findings import Comparing
    from answerable.projections.output.register import Row

Answer = TypeVar("Answer")


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

    def begin(
        self, opened: Ledger, record: RecordView
    ) -> Callable[[Iterable[CaseView]], Iterator[JudgedCase]]:
        """Make ready to judge the cases of a record."""
        return _one_by_one(self.answering(opened, _judges(self, record)))

    def answering(self, opened: Ledger, judges: Judges) -> Callable[[CaseView], JudgedCase]:
        """Return what judges a case, by judges that are ready."""
        titled = Titles(opened, self.times.known_by).of if self.named else untitled
        return lambda view: judge_case(judges, view, titled(view.case_id))


class AtAGlance(NamedTuple):
    """Ask what each rule comes to in a case: see `AtLength`."""

    times: Times
    versions: Versions
    comparing: Comparing | None
    now: bool
    named: bool = False

    def begin(
        self, _: Ledger, record: RecordView
    ) -> Callable[[Iterable[CaseView]], Iterator[InShort]]:
        """Make ready to judge the cases of a record."""
        return partial(judge_in_short, _judges(self, record))


def _one_by_one(
    answer: Callable[[CaseView], Answer],
) -> Callable[[Iterable[CaseView]], Iterator[Answer]]:
    """Answer of many cases by what answers of one."""
    return lambda views: map(answer, views)


def _judges(asked: AtLength | AtAGlance, record: RecordView) -> Judges:
    house = House(record, every=True, now=asked.now, comparing=asked.comparing)
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

    def begin(self, record: RecordView, *, every: bool) -> Callable[[CaseView], tuple[Switch, ...]]:
        """Make ready to compare what they find in a case, upon one fold of its events.

        Args:
            record: the record.
            every: whether every case is asked about.
        """
        house = House(record, every=every, now=self.now, comparing=self.comparing)
        preparing = Preparing()
        old, new = (
            Judges(record, versions, house=house, preparing=preparing)
            for versions in (self.old, self.new)
        )
        return lambda view: switches(old.outcomes(view), new.outcomes(view))


class Differences(NamedTuple):
    """Ask what differs in a case under another policy, without words.

    Attributes:
        times: the two times asked about.
        between: the policies.
    """

    times: Times
    between: Between
    named: bool = False

    def begin(
        self, _: Ledger, record: RecordView
    ) -> Callable[[Iterable[CaseView]], Iterator[DiffersInShort]]:
        """Make ready to compare what the policies find in the cases of a record."""
        compared = self.between.begin(record, every=True)
        return _one_by_one(lambda view: in_short(view.case_id, compared(view)))


class DifferencesAtLength(NamedTuple):
    """Ask what differs in a case under another policy, as JSON; None: nothing does."""

    times: Times
    between: Between
    named: bool = True

    def begin(
        self, _: Ledger, record: RecordView
    ) -> Callable[[Iterable[CaseView]], Iterator[dict[str, Any] | None]]:
        """Make ready to compare what the policies find in the cases of a record."""
        compared = self.between.begin(record, every=True)

        def answer(view: CaseView) -> dict[str, Any] | None:
            found = compared(view)
            return case_json(view.case_id, found) if found else None

        return _one_by_one(answer)


class DifferencesAsRows(NamedTuple):
    """Ask what differs in a case under another policy, as rows of a table."""

    times: Times
    between: Between
    named: bool = True

    def begin(
        self, opened: Ledger, record: RecordView
    ) -> Callable[[Iterable[CaseView]], Iterator[list[Row]]]:
        """Make ready to compare what the policies find in the cases of a record."""
        compared = self.between.begin(record, every=True)
        title_of = Titles(opened, self.times.known_by).of

        def answer(view: CaseView) -> list[Row]:
            found = compared(view)
            return [*case_rows(view, found, title_of(view.case_id))] if found else []

        return _one_by_one(answer)
