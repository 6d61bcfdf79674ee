"""Verdicts, and the points that they add up from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from answerable.domain.answers import judging
from answerable.domain.dates import When
from answerable.projections.accountability.sanctions import terms_now
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of
from answerable.projections.wording.vocabulary import measure

Judgement = Literal["pass", "fail", "indeterminate", "pending", "not-applicable"]

ORDER: tuple[Judgement, ...] = ("fail", "indeterminate", "pending", "pass", "not-applicable")

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "conflict": "Nobody judges their own matter, or the same one twice",
        "evidence": "Every finding rests on evidence",
        "managerial": "Responsibility above is considered",
        "execution": "Every sanction is carried out",
        "deadlines": "Every due date is kept",
        "traceability": "Every sanction traces to a decision and a finding",
        "grounds": "Every act against somebody has its grounds",
        "custody": "The custody of evidence has no gaps",
        "signed": "Every event is signed where a policy demanded it",
    }
)
"""The rules of the checks, in words."""


@judging("title")
class Verdict(NamedTuple):
    """The verdict of one check on a case.

    Attributes:
        verdict: `indeterminate` where something is missing, `pending` where it is too early,
            `not-applicable` where there is nothing to judge.
        warning: whether something short of a failure deserves a look; `warnings` says what.
        witnesses: the events that the verdict rests on, by id.
        missing: what is not on record, without which one cannot tell, or which makes it fail.
        explanation: the verdict in plain sentences.
    """

    rule: str
    verdict: Judgement
    warning: bool
    witnesses: tuple[str, ...]
    missing: tuple[str, ...]
    explanation: str
    warnings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the rule in words."""
        return TITLES[self.rule]

    @property
    def applies(self) -> bool:
        """Tell whether there was anything to judge."""
        return self.verdict != "not-applicable"


class Point(NamedTuple):
    """One thing that a check found: a judgement on some events, in words.

    Attributes:
        text: a sentence without its full stop; or, where there is an item, what is said of it and
            of all items that the same is said of.
        missing: what is not on record, where that is the point.
    """

    verdict: Judgement
    events: tuple[str, ...]
    text: str
    item: str | None = None
    missing: str | None = None
    warning: bool = False


def verdict(
    rule: str, points: Iterable[Point], otherwise: str, witnesses: Iterable[str] = ()
) -> Verdict:
    """Add some points up to a verdict: the gravest of theirs.

    Args:
        rule: the check.
        points: what it found.
        otherwise: what to say where it found nothing.
        witnesses: the events that this rests on, by id.
    """
    found = list(points)
    if not found:
        return Verdict(rule, "pass", False, tuple(dict.fromkeys(witnesses)), (), otherwise)
    return Verdict(
        rule,
        min((point.verdict for point in found), key=ORDER.index),
        any(point.warning for point in found),
        tuple(dict.fromkeys(event_id for point in found for event_id in point.events)),
        tuple(dict.fromkeys(point.missing for point in found if point.missing)),
        _explained(sorted(found, key=lambda point: ORDER.index(point.verdict))),
        tuple(dict.fromkeys(f"{point.text}." for point in found if point.warning)),
    )


def _explained(points: Iterable[Point]) -> str:
    """Put the points into sentences; what is said of several items is said once."""
    said: dict[str, dict[str, None]] = {}
    for point in points:
        items = said.setdefault(point.text, {})
        if point.item:
            items[point.item] = None
    return " ".join(
        f"{text}: {'; '.join(items)}." if items else f"{text}." for text, items in said.items()
    )


def unless_told(point: Point, *answers: When) -> Point:
    """Return the point; a failure as indeterminate, unless all of some answers are yes.

    What fails only if something had happened by the moment asked about is indeterminate where
    its date does not tell.
    """
    if point.verdict != "fail" or all_of(answers) == "yes":
        return point
    text = f"{point.text} (whether that was so by then, a date does not tell)"
    return point._replace(verdict="indeterminate", text=text)


def nothing(rule: str, why: str) -> Verdict:
    """Give the verdict of a check that finds nothing to judge."""
    return Verdict(rule, "not-applicable", False, (), (), f"Nothing to judge: {why}")


def numbered(fact: Fact) -> str:
    """Name an event by its position in the log: #12."""
    return f"#{fact.event.position}"


def sanction_named(view: CaseView, fact: Fact) -> str:
    """Name a sanction: "dismissal of person-4 (#20)"."""
    whose = view.name_of(fact.fields["subject"])
    return f"{measure(terms_now(view, fact))} of {whose} ({numbered(fact)})"
