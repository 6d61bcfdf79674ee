"""Add up what was found in many cases: counts, and the few cases that are named in the end.

A stretch of cases is added up where it is judged, so that no more than that is handed over by the
process that judged it. What is made of stretches, one after another, is what is made of all cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from answerable.projections.conformance.output.judged_case import InShort
    from answerable.projections.conformance.saying.comparing import Switch
    from answerable.projections.conformance.worlds import Judgement

WORST = 10
"""The most cases, and the most measures, that are named of several cases."""

Course = tuple["Judgement | None", "Judgement | None"]
"""The verdict of a rule that there is, and the one that there would be; None: no rule judges."""


class Short(NamedTuple):
    """A case in short.

    Attributes:
        badness: how many rules fail, only warn, and cannot be told.
        rules: how many have something to judge in it.
    """

    badness: tuple[int, int, int]
    case_id: str
    rules: int


class Checked:
    """Adds up the verdicts on many cases. Only the worst cases are kept.

    Attributes:
        cases: how many there are.
        fails: in how many of them a rule fails whose failure is a fault.
        listed: in how many any rule fails.
        unsure: whether such a rule cannot be told of some case.
        applied: the rules that have something to judge in some case, by policy and id.
        failed: in how many cases a rule fails, by its policy and its id.
        untold: in how many it cannot be told, by the same.
    """

    def __init__(self) -> None:
        self.cases = self.fails = self.listed = 0
        self.unsure = False
        self.applied: set[tuple[str, str]] = set()
        self.failed: Counter[tuple[str, str]] = Counter()
        self.untold: Counter[tuple[str, str]] = Counter()
        self._worst: list[Short] = []

    def add(self, case: InShort) -> None:
        """Add a case."""
        self.cases += 1
        faults = case.fails
        self.fails += faults > 0
        self.unsure = self.unsure or case.unsure
        self.applied.update([(head.policy, head.rule) for head in case.applied])
        for head, verdict in case.found:
            by_rule = self.failed if verdict == "fail" else self.untold
            by_rule[head.policy, head.rule] += 1
        if failing := case.count("fail"):
            self.listed += 1
            badness = (faults, failing - faults, len(case.found) - failing)
            self._keep((Short(badness, case.case_id, len(case.applied)),))

    def join(self, later: Checked) -> None:
        """Add what was made of the cases that come after these."""
        self.cases += later.cases
        self.fails += later.fails
        self.listed += later.listed
        self.unsure = self.unsure or later.unsure
        self.applied |= later.applied
        self.failed.update(later.failed)
        self.untold.update(later.untold)
        self._keep(later.worst())

    def _keep(self, cases: Iterable[Short]) -> None:
        self._worst.extend(cases)
        if len(self._worst) > 4 * WORST:
            self._worst = self.worst()

    def worst(self) -> list[Short]:
        """Return the worst cases, the worst first; of those alike, the first by slug."""
        return nlargest(WORST, self._worst, key=lambda each: each.badness)


class Differing:
    """Adds up what differs over many cases. Only the cases in which most does are kept.

    Attributes:
        cases: how many there are.
        differing: in how many of them something differs.
        leaves: how many measures leave what a guideline allows.
        enters: how many come within it.
        courses: how often the verdict of a rule differs in which way, by its id and its text.
        left: the first cases that have such a measure.
    """

    def __init__(self) -> None:
        self.cases = self.differing = self.leaves = self.enters = 0
        self.courses: dict[tuple[str, str], Counter[Course]] = {}
        self.left: list[str] = []
        self._most: list[tuple[int, str]] = []

    def add(self, case_id: str, found: Sequence[Switch]) -> None:
        """Add a case, by what differs in it."""
        self.cases += 1
        if not found:
            return
        self.differing += 1
        self._keep(((len(found), case_id),))
        leaves = 0
        for each in found:
            course = (each.was and each.was.verdict, each.now and each.now.verdict)
            self.courses.setdefault((each.rule, each.text), Counter())[course] += 1
            leaves += len(each.leaves)
            self.enters += len(each.enters)
        if leaves and len(self.left) < WORST:
            self.left.append(case_id)
        self.leaves += leaves

    def join(self, later: Differing) -> None:
        """Add what was made of the cases that come after these."""
        self.cases += later.cases
        self.differing += later.differing
        self.leaves += later.leaves
        self.enters += later.enters
        for rule, found in later.courses.items():
            self.courses.setdefault(rule, Counter()).update(found)
        self.left = [*self.left, *later.left][:WORST]
        self._keep(later.most())

    def _keep(self, cases: Iterable[tuple[int, str]]) -> None:
        self._most.extend(cases)
        if len(self._most) > 4 * WORST:
            self._most = self.most()

    def most(self) -> list[tuple[int, str]]:
        """Return the cases in which most differs, and in how many verdicts, the most first."""
        return nlargest(WORST, self._most)
