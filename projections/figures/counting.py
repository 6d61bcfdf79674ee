"""Count what one case adds to each figure: whether it counts, what holds of it, and why not."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from answerable.domain.dates import Days, When
from answerable.domain.language.saying import to_say_as
from answerable.projections.caseload.dated import Dated, elapsed
from answerable.projections.caseload.part import POINTS, CasePart
from answerable.projections.caseload.reports import ReportPart
from answerable.projections.facts.three_valued import all_of, opposite
from answerable.projections.figures.definition import (
    ACKNOWLEDGED_WITHIN,
    FEEDBACK_WITHIN,
    RETALIATION,
)

STEPS = (
    (
        "days-to-investigate",
        "first signal",
        "investigation",
        to_say_as("left out", "no investigation on record"),
    ),
    (
        "days-of-investigation",
        "investigation",
        "investigation's end",
        to_say_as("left out", "not concluded"),
    ),
    ("days-to-find", "first signal", "findings", to_say_as("left out", "no finding on record")),
    ("days-to-apologise", "first signal", "apology", to_say_as("left out", "no apology on record")),
    (
        "days-to-end-engagement",
        "first signal",
        "termination",
        to_say_as("left out", "no engagement was ended"),
    ),
    (
        "days-to-sanction",
        "first signal",
        "sanctions",
        to_say_as("left out", "no sanction on record"),
    ),
)
"""The figure of each step, its beginning, its end, and why a case without an end does not count."""

NOT_TOLD = to_say_as("left out", "not told")


class Added(NamedTuple):
    """One thing that a case adds to a figure, or would.

    Attributes:
        figure: its name.
        when: by when it falls into a year.
        counts: whether it counts.
        why: why it does not, where it does not.
        holds: whether what the figure asks holds of it, if it counts.
        among: the classes that it can be of.
        days: how long it took.
        amount: how much it is: the currency, the least, the most.
    """

    figure: str
    when: Dated
    counts: When = "yes"
    why: str = ""
    holds: When = "yes"
    among: tuple[str, ...] = ()
    days: Days | None = None
    amount: tuple[str, str, str] | None = None


def added(part: CasePart, today: int | None) -> Iterator[Added]:
    """Yield what a case adds to the figures.

    Args:
        part: the case.
        today: the day asked about, as an ordinal; None: no deadline is judged.
    """
    for report in part.reports:
        for each in _of_report(part, report, today):
            yield each._replace(counts=all_of((report.received.happened, each.counts)))
    yield from _of_case(part)


def _of_report(part: CasePart, report: ReportPart, today: int | None) -> Iterator[Added]:
    at = report.received
    yield Added("reports-received", at)
    yield Added("reports-per-100-people", at)
    yield from _of_reporter(report)
    for figure, told in (
        ("route-share", report.route),
        ("channel-share", report.channel),
        ("issue-share", report.issue),
    ):
        yield _told(figure, at, told)._replace(among=() if told is None else (told,))
    yield _length(
        "incident-to-report", at, part.happened, at, to_say_as("left out", "no incident on record")
    )
    heard = report.acknowledged
    yield _length("days-to-acknowledge", at, at, heard, to_say_as("left out", "not acknowledged"))
    first, last = _moved(at, ACKNOWLEDGED_WITHIN)
    yield _in_time("acknowledged-in-time", at, heard, first, last, today)
    yield _length(
        "days-to-feedback", at, at, report.answered, to_say_as("left out", "no feedback on record")
    )
    first, last = _feedback_due(report)
    yield _in_time("feedback-in-time", at, report.answered, first, last, today)
    yield from _of_closure(part, report)


def _told(figure: str, at: Dated, told: str | None) -> Added:
    """Count a report of which something is told; one of which it is not does not count."""
    return Added(figure, at, "no" if told is None else "yes", NOT_TOLD)


def _of_reporter(report: ReportPart) -> Iterator[Added]:
    at, anonymous = report.received, report.reporter_is == "anonymous"
    holds: When = "yes" if anonymous else "no"
    yield _told("anonymous-share", at, report.reporter_is)._replace(holds=holds)
    if anonymous:
        yield Added("anonymous-follow-up-rate", at, holds=report.followed_up)


def _of_closure(part: CasePart, report: ReportPart) -> Iterator[Added]:
    closed = part.closed
    days = elapsed(report.received, closed)
    yield Added(
        "report-to-close", closed, closed.happened, to_say_as("left out", "not closed"), days=days
    )
    counts, why = _has_outcome(part)
    wholly = _can_be(part, "substantiated")
    partly = _can_be(part, "partly substantiated")
    either = _can_be(part, "substantiated", "partly substantiated")
    rates = [
        ("substantiation-rate", wholly),
        ("partial-substantiation-rate", partly),
        ("full-or-partial-substantiation-rate", either),
    ]
    if report.reporter_is == "anonymous":
        rates.append(("anonymous-substantiation-rate", either))
    elif report.reporter_is is not None:
        rates.append(("named-substantiation-rate", either))
    if report.issue == RETALIATION:
        rates.append(("retaliation-substantiation-rate", either))
    for figure, holds in rates:
        yield Added(figure, closed, counts, why, holds)


def _of_case(part: CasePart) -> Iterator[Added]:
    closed = part.closed
    at = dict(zip(POINTS, part.points, strict=True))
    signal = at["first signal"]
    yield Added("cases", signal)
    yield Added("cases-closed", closed, closed.happened, to_say_as("left out", "not closed"))
    counts, why = _has_outcome(part)
    either = _can_be(part, "substantiated", "partly substantiated")
    yield Added("case-substantiation-rate", closed, counts, why, either)
    yield Added(
        "outcome-share",
        closed,
        all_of((counts, either)),
        why if counts == "no" else to_say_as("left out", "not substantiated"),
        among=part.gravest,
    )
    for of, blames, found_at in part.confirmed:
        yield Added("confirmed-cases", found_at, blames, among=(of or NOT_TOLD,))
    for figure, found in (
        ("investigations-opened", part.investigations),
        ("proceedings-opened", part.proceedings),
        ("engagements-ended", part.endings),
    ):
        for each in found:
            yield Added(figure, each, each.happened)
    for figure, start, end, why in STEPS:
        if at[start].happened != "no":
            yield _length(figure, signal, at[start], at[end], why)
    for sum_ in part.money:
        amount = (sum_.currency, sum_.least, sum_.most)
        yield Added("money-imposed", sum_.imposed, sum_.in_force, amount=amount)
        yield Added(
            "money-recovered",
            sum_.imposed,
            sum_.paid,
            to_say_as("left out", "not carried out"),
            amount=amount,
        )


def _has_outcome(part: CasePart) -> tuple[When, str]:
    """Tell whether a case is closed with an outcome, and why not."""
    outcome = opposite(_can_be(part, "no outcome", but=()))
    closed = part.closed.happened
    return all_of((closed, outcome)), to_say_as(
        "left out", "not closed"
    ) if closed == "no" else to_say_as("left out", "closed without outcome")


def _can_be(part: CasePart, *results: str, but: tuple[str, ...] = ("no outcome",)) -> When:
    """Tell whether the result of a case is one of some, given that it is none of others."""
    among = set(part.results) - set(but)
    if among.isdisjoint(results):
        return "no"
    return "yes" if among <= set(results) else "unknown"


def _length(figure: str, at: Dated, start: Dated, end: Dated, why: str) -> Added:
    counts = all_of((start.happened, end.happened))
    return Added(figure, at, counts, why, days=elapsed(start, end))


def _moved(at: Dated, days: int) -> tuple[int | None, int | None]:
    return (
        None if at.first is None else at.first + days,
        None if at.last is None else at.last + days,
    )


def _feedback_due(report: ReportPart) -> tuple[int | None, int | None]:
    """Find between which days the term for feedback ends, as ordinals."""
    heard = report.acknowledged
    ends: list[tuple[int | None, int | None]] = []
    if heard.happened != "no":
        ends.append((heard.first, heard.last))
    if heard.happened != "yes":
        ends.append(_moved(report.received, ACKNOWLEDGED_WITHIN))
    firsts = [first for first, _ in ends if first is not None]
    lasts = [last for _, last in ends if last is not None]
    return (
        _months_later(min(firsts)) if len(firsts) == len(ends) else None,
        _months_later(max(lasts)) if len(lasts) == len(ends) else None,
    )


def _months_later(day: int, months: int = FEEDBACK_WITHIN) -> int:
    """Find the same date some months later, or the last day of a month that has no such date."""
    start = date.fromordinal(day)
    years, month = divmod(start.month - 1 + months, 12)
    year = min(start.year + years, date.max.year)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def _in_time(
    figure: str,
    at: Dated,
    done: Dated,
    first_due: int | None,
    last_due: int | None,
    today: int | None,
) -> Added:
    """Count something that is due by a day, where it was done, or its time has passed.

    Args:
        figure: the figure.
        at: by when it falls into a year.
        done: when it was done.
        first_due: the earliest that its last day can be, as an ordinal.
        last_due: the latest that it can be.
        today: the day asked about.
    """
    in_time = _no_later(done, first_due, last_due)
    if done.happened == "yes":
        return Added(figure, at, "yes", "", in_time)
    passed: When = "unknown"
    if today is not None and last_due is not None and last_due < today:
        passed = "yes"
    elif today is not None and first_due is not None and first_due >= today:
        passed = "no"
    if done.happened == "no":
        return Added(figure, at, passed, to_say_as("left out", "its time has not passed"), "no")
    holds: When = "no" if in_time == "no" else "unknown"
    return Added(figure, at, "yes" if passed == "yes" else "unknown", "", holds)


def _no_later(done: Dated, first_due: int | None, last_due: int | None) -> When:
    if done.last is not None and first_due is not None and done.last <= first_due:
        return "yes"
    if done.first is not None and last_due is not None and done.first > last_due:
        return "no"
    return "unknown"
