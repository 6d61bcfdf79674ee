"""Over many cases: how long the steps took, and how many things stand how."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.domain.dates import Days
from answerable.domain.parsing import parse_line
from answerable.projections.errors import NotFound
from answerable.projections.intervals import Range
from answerable.projections.metrics.metrics import Count, Length, Metrics, Period, metrics_of

MARCH = datetime(2026, 3, 15, 23, 59, 59, 999999, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"


def count(found: Metrics, name: str) -> Count:
    (one,) = (each for each in found.counts if each.name == name)
    return one


def number(found: Metrics, name: str) -> tuple[int, int]:
    return count(found, name)[1:3]


def length(found: Metrics, name: str) -> Length:
    (one,) = (each for each in found.lengths if each.name == name)
    return one


def apologies(*gaps: int | str | None) -> Memory:
    """Cases that were signalled on the first of January, each with an apology so many days on.

    A text is when it was; None: at a time not told.
    """
    log = Memory()
    for at, gap in enumerate(gaps):
        log.add(f"c-{at}", kind="backlash-observed", occurred="2026-01-01")
        when = f"2026-01-{1 + gap:02}" if isinstance(gap, int) else gap
        log.add(f"c-{at}", kind="apology-issued", **({} if when is None else {"occurred": when}))
    return log


def test_the_median_of_exact_lengths_is_the_median() -> None:
    gaps = (9, 2, 4, 4, 0, 7)
    found = length(metrics_of(apologies(*gaps)), "first signal to apology")
    assert found.median == Range(median(gaps), median(gaps))
    assert (found.shortest, found.longest) == (Range(0, 0), Range(9, 9))
    assert found.known[1:3] == (6, 6)
    assert [(each.days, each.sure) for each in found.days][2] == (Days(4, 4), ("c-2", "c-3"))


def test_lengths_that_are_not_known_widen_the_median_and_are_never_averaged() -> None:
    found = length(metrics_of(apologies(3, 5, 4, None)), "first signal to apology")
    assert (found.known[1:3], found.unknown[1:3]) == ((3, 3), (1, 1))
    assert found.median == Range(3.5, 4.5)
    assert (found.shortest, found.longest) == (Range(None, 3), Range(5, None))
    loose = length(metrics_of(apologies(3, "2026-01", "2026-01-05/..")), "first signal to apology")
    assert loose.median == Range(3.0, 30.0)
    assert loose.longest == Range(4, None)


def test_a_step_without_an_end_has_no_length() -> None:
    log = apologies(3)
    log.add("z", kind="report-received", occurred="2026-01-01")
    found = length(metrics_of(log), "first signal to apology")
    assert found.not_reached == Count("not reached", 1, 1, ("z",), ())
    assert found.median == Range(3, 3)


def test_what_may_not_have_happened_by_then_may_not_count() -> None:
    found = metrics_of(apologies(3, "2026-03"), as_of=MARCH)
    apology = length(found, "first signal to apology")
    assert (apology.known[1:3], apology.not_reached[1:3]) == ((1, 2), (0, 1))
    assert apology.known.perhaps == ("c-1",)
    assert apology.median == Range(3.0, 46.0)
    assert apology.shortest == Range(3, 3)


CLOSED = {"kind": "case-closed", "disposition": "other"}


def test_cases_open_closed_and_reopened() -> None:
    log = Memory()
    for at in range(3):
        log.add(f"c-{at}", kind="case-opened", title="t", occurred="2026-01-01")
        log.add(f"c-{at}", kind="contact-made", counterparty="k", occurred="2026-01-01")
    log.add("c-1", **CLOSED, occurred="2026-02-01")
    log.add("c-2", **CLOSED, occurred="2026-03")
    log.add("d", kind="contact-made", counterparty="k", occurred="2026-01-01")
    now, then = metrics_of(log), metrics_of(log, as_of=MARCH)
    assert (number(now, "cases open"), number(now, "cases closed")) == ((1, 1), (2, 2))
    assert (number(then, "cases open"), number(then, "cases closed")) == ((1, 2), (1, 2))
    assert count(then, "cases open").perhaps == ("c-2",)
    assert number(now, "cases never opened") == (1, 1)
    log.add("c-1", kind="case-reopened", reason="r", occurred="2026-03")
    again = metrics_of(log, as_of=MARCH)
    assert number(again, "cases reopened") == (0, 1)
    assert number(metrics_of(log), "cases reopened") == (1, 1)


def test_registers_are_no_case() -> None:
    log = case({"kind": "party-registered", "party": "o-1", "type": "organisation", "name": "n"})
    assert metrics_of(log).cases[1:3] == (0, 0)


def sanctioned(**fields: Any) -> Memory:
    return case(
        {"as": "s", "kind": "sanction-imposed", "subject": "p-1", "measure": "fine",
         "occurred": "2026-01-05", **fields}
    )  # fmt: skip


def test_overdue_is_judged_only_by_a_deadline_on_record_and_as_of_a_moment() -> None:
    def overdue(log: Memory, as_of: datetime | None = MARCH) -> tuple[int, int]:
        return number(metrics_of(log, as_of=as_of), "overdue: sanction to execute")

    assert overdue(sanctioned(due="2026-02-01")) == (1, 1)
    assert overdue(sanctioned(due="2026-03")) == (0, 1)
    assert overdue(sanctioned(due="2026-04-01")) == (0, 0)
    assert overdue(sanctioned()) == (0, 0)
    assert number(metrics_of(sanctioned()), "open without a deadline") == (1, 1)
    assert not [each for each in metrics_of(sanctioned()).counts if each.name.startswith("overdue")]
    late = sanctioned(due="2026-02-01")
    late.add(kind="sanction-executed", sanction="@s", occurred="2026-03")
    assert overdue(late) == (0, 1)


def test_sanctions_and_appeals() -> None:
    log = sanctioned()
    log.add(**{"as": "a", "kind": "appeal-lodged", "against": "@s", "occurred": "2026-01-20"})
    assert number(metrics_of(log), "appeals pending") == (1, 1)
    log.add(kind="appeal-decided", appeal="@a", outcome="allowed", occurred="2026-03")
    now, then = metrics_of(log), metrics_of(log, as_of=MARCH)
    assert number(now, "sanctions overturned on appeal") == (1, 1)
    assert number(then, "sanctions overturned on appeal") == (0, 1)
    assert (number(then, "appeals pending"), number(then, "appeals allowed")) == ((0, 1), (0, 1))
    assert (number(now, "appeals pending"), number(now, "appeals allowed")) == ((0, 0), (1, 1))
    assert (number(now, "sanctions imposed"), number(now, "sanctions executed")) == ((1, 1), (0, 0))


def test_what_is_not_executed_counts_apart_and_is_no_longer_due() -> None:
    log = sanctioned(due="2026-02-01")
    log.add(
        kind="sanction-not-executed", sanction="@s", cause="resigned-first", occurred="2026-01-25"
    )
    found = metrics_of(log, as_of=MARCH)
    assert number(found, "sanctions not executed") == (1, 1)
    assert number(found, "sanctions executed") == (0, 0)
    assert number(found, "sanctions imposed") == (1, 1)
    assert number(found, "open: sanction to execute") == (0, 0)


@pytest.mark.parametrize(
    ("signal", "held"),
    [
        ("2026-02-10", (1, 1)),
        ("2026-02", (1, 1)),
        ("2026-01-31", (0, 0)),
        ("2026-03-01/..", (0, 0)),
        ("2026", (0, 1)),
        ("../2026-02-10", (0, 1)),
        (None, (0, 1)),
    ],
)
def test_a_period_of_first_signals(signal: str | None, held: tuple[int, int]) -> None:
    when = {} if signal is None else {"occurred": signal}
    log = case({"kind": "backlash-observed", **when})
    log.add("other", kind="contact-made", counterparty="k")
    period = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert metrics_of(log, period=period).cases[1:3] == held
    assert metrics_of(log).cases[1:3] == (2, 2)


def test_executions_that_may_all_have_come_by_then() -> None:
    log = sanctioned()
    log.add(kind="backlash-observed", occurred="2026-01-01")
    log.add(kind="sanction-executed", sanction="@s", occurred="2026-03")
    name = "first signal to all sanctions executed"
    now, then = length(metrics_of(log), name), length(metrics_of(log, as_of=MARCH), name)
    assert (now.known[1:3], now.median) == ((1, 1), Range(59, 89))
    assert (then.unknown[1:3], then.not_reached[1:3]) == ((0, 1), (0, 1))


def test_numbers_of_one_case_cite_its_events() -> None:
    log = sanctioned()
    found = count(metrics_of(log, case="c"), "sanctions imposed")
    assert found.sure == (log.ids["s"],)
    with pytest.raises(NotFound, match="no case 'd'"):
        metrics_of(log, case="d")


def example() -> Iterator[Memory]:
    log = Memory()
    for line in EXAMPLE.read_bytes().splitlines():
        log.record(parse_line(line))
    yield log


def test_the_example() -> None:
    (log,) = example()
    found = metrics_of(log)
    assert found.cases == Count("cases", 1, 1, ("xiaomi-kol",), ())
    assert length(found, "apology to sanctions").median == Range(1, 1)
    assert length(found, "first signal to sanctions").median == Range(1, None)
    assert length(found, "contact to backlash").unknown[1:3] == (1, 1)
    assert number(found, "sanctions imposed") == (7, 7)
    assert number(found, "sanctions executed") == (0, 0)
    early = metrics_of(log, as_of=datetime(2026, 1, 5, 23, 59, 59, 999999, tzinfo=UTC))
    assert number(early, "sanctions imposed") == (0, 7)
    assert length(early, "apology to sanctions").known[1:3] == (0, 1)
    assert metrics_of(log, known_by=datetime(2025, 1, 1, tzinfo=UTC)).cases[1:3] == (0, 0)
