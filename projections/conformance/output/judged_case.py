"""Define a case as judged: its verdicts, and what is asked of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict, judging
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.conformance.judgement import Outcome, RuleHead, Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.worlds import ORDER, Judgement
from answerable.projections.facts.case_view import CaseView
from answerable.projections.titles import TitleOf

ERROR = "error"
"""The severity of a rule whose failure is a fault; that of another is worth a look."""


GRAVE = frozenset[Judgement](("fail", "indeterminate"))
"""The verdicts that are counted where many cases are judged."""


class Event(NamedTuple):
    """An event that a verdict rests on.

    Attributes:
        position: its number in the log.
        case_id: the case that it lies in.
    """

    position: int
    case_id: str


@judging("fails", "counts")
class JudgedCase(NamedTuple):
    """A case, judged by each rule of each policy that is for it.

    Attributes:
        title: what the case is called; None where that is not told, or names are left out.
        verdicts: one a rule of the policies that are for the case.
        not_for_it: the policies that are not for it, each with why.
        events: the events that the verdicts rest on, by id.
        zone: where its days are days: a day asked about ends there.
    """

    case_id: str
    title: str | None
    verdicts: tuple[Verdict, ...]
    not_for_it: Mapping[str, str]
    events: Mapping[str, Event]
    zone: Zone = UNTOLD

    @property
    def counts(self) -> Mapping[Judgement, int]:
        """Count the verdicts of each sort, the gravest first."""
        return {each: sum(v.verdict == each for v in self.verdicts) for each in ORDER}

    @property
    def fails(self) -> int:
        """Count the rules that fail, and whose failure is a fault."""
        return sum(is_fault(each) for each in self.verdicts)

    @property
    def unsure(self) -> bool:
        """Tell whether some rule whose failure is a fault cannot be told."""
        return any(
            each.verdict == "indeterminate" and each.severity == ERROR for each in self.verdicts
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the case as JSON has it."""
        return as_dict(self)


class InShort(NamedTuple):
    """A case, judged, and not put into words.

    Attributes:
        applied: the rules that have something to judge in the case.
        found: each of them that fails or cannot be told, and which it is.
    """

    case_id: str
    applied: tuple[RuleHead, ...]
    found: tuple[tuple[RuleHead, Judgement], ...]

    def count(self, verdict: Judgement, severity: str | None = None) -> int:
        """Count the rules that fail, or cannot be told: those of a severity, or all."""
        return sum(
            each == verdict and severity in (None, head.severity) for head, each in self.found
        )

    @property
    def fails(self) -> int:
        """Count the rules that fail, and whose failure is a fault."""
        return self.count("fail", ERROR)

    @property
    def unsure(self) -> bool:
        """Tell whether some rule whose failure is a fault cannot be told."""
        return self.count("indeterminate", ERROR) > 0


def is_fault(verdict: Verdict) -> bool:
    """Tell whether a verdict is a failure that counts: its rule is none that only warns."""
    return verdict.verdict == "fail" and verdict.severity == ERROR


def judge_case(judges: Judges, view: CaseView, title: str | None) -> JudgedCase:
    """Judge a case by every policy that is for it.

    Args:
        judges: what judges.
        view: the case.
        title: what it is called.
    """
    return _judged_case(judges, view, title, judges.outcomes(view))


def judge_cases(
    judges: Judges, views: Iterable[CaseView], *, titled: TitleOf
) -> Iterator[JudgedCase]:
    """Judge cases as `judge_case` does each.

    Args:
        judges: what judges.
        views: the cases.
        titled: tells what a case is called.
    """
    for view, outcomes in judges.outcomes_of_each(views):
        yield _judged_case(judges, view, titled(view.case_id), outcomes)


def _judged_case(
    judges: Judges, view: CaseView, title: str | None, outcomes: Iterable[Outcome]
) -> JudgedCase:
    apart = judges.not_for(view)
    verdicts = tuple([each.in_words() for each in outcomes if each.head.policy not in apart])
    events = dict(_events(view, verdicts))
    return JudgedCase(view.case_id, title, verdicts, apart, events, view.zone)


def judge_in_short(judges: Judges, views: Iterable[CaseView]) -> Iterator[InShort]:
    """Judge cases as `judge_case` does each, without putting the verdicts into words."""
    for view, outcomes in judges.outcomes_of_each(views):
        judged = [(each.head, each.verdict) for each in outcomes]
        applied = tuple([head for head, each in judged if each != "not-applicable"])
        found = tuple([(head, each) for head, each in judged if each in GRAVE])
        yield InShort(view.case_id, applied, found)


def _events(view: CaseView, verdicts: tuple[Verdict, ...]) -> Iterator[tuple[str, Event]]:
    """Place the events that verdicts rest on."""
    ids = {
        event_id
        for verdict in verdicts
        for told in (verdict.witnesses, *(each.events for each in verdict.activations))
        for event_id in told
    }
    for event_id in sorted(ids):
        placed = view.placed(event_id)
        if placed is not None:
            event = placed.fact.event
            yield event_id, Event(event.position, placed.view.case_id)
