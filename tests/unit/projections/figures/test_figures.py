"""The figures over all cases, against plain counting over cases whose dates are exact."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.lengths import examples

from answerable.projections.figures.catalogue import DEFINITIONS
from answerable.projections.figures.figures import Figure, Figures, Wanted, figures_of
from answerable.projections.figures.wording import answer_words, count_words, value_words
from answerable.projections.intervals import Range
from answerable.projections.metrics.metrics import Period

START = date(2025, 1, 6)
MARCH = datetime(2026, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)
OUTCOMES = ("substantiated", "unsubstantiated", "inconclusive")


def one(found: Figures, name: str, of: str | None = None) -> Figure:
    (figure,) = (each for each in found.figures if (each.name, each.of) == (name, of))
    return figure


def reported(
    *outcomes: str,
    log: Memory | None = None,
    case: str = "c",
    received: str | None = "2025-01-06",
    heard: str | None = None,
    answered: str | None = None,
    closed: str | None = None,
    organisation: str | None = None,
    **report: Any,
) -> Memory:
    """A case of one report: what the reporter heard, what was found, and when it was closed."""
    log = Memory() if log is None else log
    whose = {} if organisation is None else {"organisation": organisation}
    log.add(case, kind="case-opened", title="A report", **whose)
    r = log.add(case, kind="report-received", **_at(received), **report)
    if heard is not None:
        log.add(case, kind="report-acknowledged", report=r, **_at(heard))
    if answered is not None:
        log.add(case, kind="feedback-given", report=r, **_at(answered))
    for at, outcome in enumerate(outcomes):
        log.add(
            case,
            kind="finding-made",
            subject=f"p-{at}",
            outcome=outcome,
            responsibility="direct" if outcome == "substantiated" else "none",
        )
    if closed is not None:
        log.add(case, kind="case-closed", disposition="other", **_at(closed))
    return log


def _at(day: str | None) -> dict[str, str]:
    return {} if day is None else {"occurred": day}


Told = tuple[int, str | None, int | None, int | None, tuple[str, ...]]


@settings(max_examples=examples(20))
@given(
    st.lists(
        st.tuples(
            st.integers(0, 700),
            st.sampled_from((None, "named", "confidential", "anonymous")),
            st.none() | st.integers(0, 20),
            st.none() | st.integers(0, 200),
            st.lists(st.sampled_from(OUTCOMES), max_size=2).map(tuple),
        ),
        max_size=8,
    )
)
def test_where_dates_are_exact_plain_counting_says_the_same(cases: list[Told]) -> None:
    log = Memory()
    for at, (day, who, heard, closed, outcomes) in enumerate(cases):
        received = START + timedelta(day)
        reported(
            *outcomes,
            log=log,
            case=f"c-{at}",
            received=received.isoformat(),
            heard=None if heard is None else (received + timedelta(heard)).isoformat(),
            closed=None if closed is None else (received + timedelta(closed)).isoformat(),
            **({} if who is None else {"reporter_is": who}),
        )
    found = figures_of(log)

    def is_share(name: str, part: int, whole: int) -> None:
        figure = one(found, name)
        assert (figure.numerator, figure.denominator) == ((part, part), (whole, whole))
        share = round(100 * part / whole, 1) if whole else None
        assert figure.value == (None if share is None else (share, share))

    is_share(
        "anonymous-share",
        sum(who == "anonymous" for _, who, *_ in cases),
        sum(who is not None for _, who, *_ in cases),
    )
    ended = [set(outcomes) for *_, closed, outcomes in cases if closed is not None]
    proved, cleared = "substantiated", "unsubstantiated"
    told = [each for each in ended if each & {proved, cleared}]
    is_share(
        "substantiation-rate",
        sum(proved in each and cleared not in each for each in told),
        len(told),
    )
    is_share(
        "partial-substantiation-rate", sum({proved, cleared} <= each for each in told), len(told)
    )
    is_share("full-or-partial-substantiation-rate", sum(proved in each for each in told), len(told))
    for name, days in (
        ("days-to-acknowledge", [heard for _, _, heard, *_ in cases if heard is not None]),
        ("report-to-close", [closed for *_, closed, _ in cases if closed is not None]),
    ):
        figure = one(found, name)
        assert figure.value == ((median(days), median(days)) if days else None)
        assert figure.denominator == (len(days), len(days))
    number = one(found, "reports-received")
    assert number.denominator == (len(cases), len(cases))
    by_year = [(START + timedelta(day)).year for day, *_ in cases]
    assert {each.part: each.denominator.least for each in number.years} == {
        str(year): by_year.count(year) for year in by_year
    }


@pytest.mark.parametrize(
    ("told", "counted", "value"),
    [
        ({"heard": "2025-01-13"}, (1, 1), (100, 100)),
        ({"heard": "2025-01-14"}, (1, 1), (0, 0)),
        ({"heard": "2025-01"}, (1, 1), (0, 100)),
        ({"received": "2025-01", "heard": "2025-02-05"}, (1, 1), (0, 100)),
        ({}, (1, 1), (0, 0)),
        ({"received": "2026-03-24"}, (0, 0), None),
        ({"received": "2026-03-23"}, (1, 1), (0, 0)),
        ({"received": "2026-03"}, (0, 1), (0, 0)),
        ({"received": None}, (0, 1), (0, 0)),
    ],
)
def test_whether_it_was_acknowledged_in_time(
    told: dict[str, Any], counted: tuple[int, int], value: tuple[int, int] | None
) -> None:
    figure = one(figures_of(reported(**told), as_of=MARCH), "acknowledged-in-time")
    assert (figure.denominator, figure.value) == (counted, value)


def test_without_a_moment_nobody_can_tell_whether_its_time_has_passed() -> None:
    figure = one(figures_of(reported()), "acknowledged-in-time")
    assert (figure.numerator, figure.denominator, figure.value) == ((0, 0), (0, 1), (0, 0))


@pytest.mark.parametrize(
    ("heard", "answered", "value"),
    [
        ("2025-01-10", "2025-04-10", 100),
        ("2025-01-10", "2025-04-11", 0),
        ("2025-01-31", "2025-04-30", 100),
        ("2025-01-31", "2025-05-01", 0),
        (None, "2025-04-13", 100),
        (None, "2025-04-14", 0),
    ],
)
def test_feedback_is_due_three_months_after_the_acknowledgement(
    heard: str | None, answered: str, value: int
) -> None:
    figure = one(figures_of(reported(heard=heard, answered=answered)), "feedback-in-time")
    assert figure.value == (value, value)


def test_a_case_may_be_closed_by_then_and_what_was_found_may_be_undone() -> None:
    log = reported("substantiated", closed="2026-03", received="2025-01-06")
    figure = one(figures_of(log), "substantiation-rate")
    assert (count_words(figure), value_words(figure)) == ("1 of 1", "100 %")
    early = one(figures_of(log, as_of=datetime(2026, 3, 10, tzinfo=UTC)), "substantiation-rate")
    assert (early.denominator, early.sure, early.perhaps) == ((0, 1), (), ("c",))
    assert one(figures_of(log), "report-to-close").value == (419, 449)


def test_a_finding_overturned_is_not_substantiated() -> None:
    log = reported("substantiated")
    finding = next(each.event_id for each in log.log if each.kind == "finding-made")
    appeal = log.add(kind="appeal-lodged", against=finding)
    log.add(kind="appeal-decided", appeal=appeal, outcome="allowed")
    log.add(kind="case-closed", disposition="no-action")
    assert one(figures_of(log), "substantiation-rate").value == (0, 0)
    assert one(figures_of(log), "case-substantiation-rate").denominator == (1, 1)


def test_what_does_not_count_is_told_with_why() -> None:
    log = reported()
    reported("inconclusive", log=log, case="d", closed="2025-03")
    figure = one(figures_of(log), "substantiation-rate")
    assert figure.value is None
    assert figure.left_out == (("not closed", ("c",)), ("closed without outcome", ("d",)))


def test_the_gravest_measure_of_a_case() -> None:
    log = reported("substantiated")
    for measure, when in (("training", "2025-02"), ("dismissal", "2026-04")):
        log.add(kind="sanction-imposed", subject="p-0", measure=measure, occurred=when)
    log.add(kind="case-closed", disposition="sanctioned", occurred="2025-05")
    assert one(figures_of(log), "outcome-share", "place lost").value == (100, 100)
    assert one(figures_of(log, as_of=MARCH), "outcome-share", "training").value == (100, 100)
    none = figures_of(reported("substantiated", closed="2025-03"))
    assert one(none, "outcome-share", "none").value == (100, 100)


def test_money_is_summed_by_currency_and_told_as_recovered_once_carried_out() -> None:
    log = reported("substantiated")
    for amount in ("100.10 EUR", "0.20 EUR", "5 USD"):
        log.add(kind="sanction-imposed", subject="p-0", measure="fine", amount=amount)
    log.add(kind="sanction-executed", sanction=log.log[-1].event_id)
    found = figures_of(log)
    imposed = one(found, "money-imposed", "EUR")
    assert (imposed.value, imposed.denominator) == (("100.30", "100.30"), (2, 2))
    assert value_words(imposed) == "100.30 EUR"
    assert one(found, "money-recovered", "USD").value == ("5", "5")


def test_a_rate_is_by_the_year_and_of_the_people_of_the_organisation() -> None:
    log = Memory()
    for at in range(3):
        reported(log=log, case=f"c-{at}", organisation="org-1" if at else "org-2")
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    found = figures_of(log, Wanted(year, people={"": 200, "org-1": 80}))
    figure = one(found, "reports-per-100-people")
    assert figure.value == (1.5, 1.5)
    assert [(each.part, each.value) for each in figure.by_organisation] == [
        ("org-1", (2.5, 2.5)),
        ("org-2", None),
    ]
    assert one(figures_of(log), "reports-per-100-people").value is None
    whole = one(figures_of(log, Wanted(people={"": 200})), "reports-per-100-people")
    assert (whole.value, [each.value for each in whole.years]) == (None, [(1.5, 1.5)])


def test_the_median_is_over_organisations_that_rest_on_enough() -> None:
    log = Memory()
    for org, anonymous, number in (("org-1", 1, 4), ("org-2", 3, 4), ("org-3", 1, 1)):
        for at in range(number):
            who = "anonymous" if at < anonymous else "named"
            reported(log=log, case=f"{org}-{at}", organisation=org, reporter_is=who)
    figure = one(figures_of(log, Wanted(fewest=4)), "anonymous-share")
    assert tuple(figure.over_organisations or ()) == (Range(50, 50), (2, 2), 1)
    assert not figure.few
    assert one(figures_of(log), "anonymous-share").few
    ours = figures_of(log, Wanted(organisation="org-2"))
    assert one(ours, "anonymous-share").value == (75, 75)


def test_a_period_takes_what_falls_into_it_by_its_own_date() -> None:
    log = reported("substantiated", received="2024-12-30", closed="2025-02-03")
    year = Wanted(Period(date(2025, 1, 1), date(2025, 12, 31)))
    found = figures_of(log, year)
    assert one(found, "reports-received").value == (0, 0)
    assert one(found, "substantiation-rate").value == (100, 100)
    loose = figures_of(reported(received="../2025-02"), year)
    assert one(loose, "reports-received").value == (0, 1)


def test_a_follow_up_is_a_step_upon_the_report() -> None:
    log = reported(reporter_is="anonymous")
    report = next(each.event_id for each in log.log if each.kind == "report-received")
    assert one(figures_of(log), "anonymous-follow-up-rate").value == (0, 0)
    log.add(kind="step-taken", upon=report, term="follow-up")
    assert one(figures_of(log), "anonymous-follow-up-rate").value == (100, 100)


def test_the_register_of_the_house_is_no_case() -> None:
    log = Memory()
    log.add("house", kind="party-registered", party="p-1", type="person", name="A")
    assert one(figures_of(log), "cases").value == (0, 0)
    assert answer_words(figures_of(log)) == "No report was received; there is no case."


def test_names_of_figures_are_what_benchmarks_rest_on() -> None:
    assert len({each.name for each in DEFINITIONS}) == len(DEFINITIONS)
    for each in DEFINITIONS:
        assert each.definition.endswith(".")
        assert each.source
