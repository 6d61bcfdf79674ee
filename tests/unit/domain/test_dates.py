from datetime import UTC, datetime, timedelta

import pytest

from answerable.domain import dates
from answerable.domain.dates import Days, Margins, by, describe, elapsed, precedes, widened
from answerable.domain.edtf import parse


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("2026-01-05", "2026-01-04T23:59:59.999999+00:00", "no"),
        ("2026-01-05", "2026-01-05T00:00:00+00:00", "unknown"),
        ("2026-01-05", "2026-01-05T23:59:59.999998+00:00", "unknown"),
        ("2026-01-05", "2026-01-05T23:59:59.999999+00:00", "yes"),
        ("2026-01-05T14:03:00Z", "2026-01-05T14:03:00+00:00", "yes"),
        ("2026-01-05T14:03:00Z", "2026-01-05T22:02:59+08:00", "no"),
        ("../2026-01-05", "2020-01-01T00:00:00+00:00", "unknown"),
        ("../2026-01-05", "2026-01-06T00:00:00+00:00", "yes"),
        ("2026-01-05/..", "2026-01-04T00:00:00+00:00", "no"),
        ("2026-01-05/..", "2030-01-01T00:00:00+00:00", "unknown"),
    ],
)
def test_by(text: str, moment: str, expected: str) -> None:
    assert by(parse(text), at(moment)) == expected


def test_by_of_nothing_is_unknown() -> None:
    assert by(None, datetime.now(UTC)) == "unknown"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2026-01-05", "2026-01-06", "yes"),
        ("2026-01-06", "2026-01-05", "no"),
        ("2026-01-05", "2026-01-05", "unknown"),
        ("2026-01", "2026-01-05", "unknown"),
        ("../2026-01-05", "2026-01-06", "yes"),
        ("../2026-01-06", "../2026-01-05", "unknown"),
        ("2026-01-06/..", "2026-01-05", "no"),
        ("2026-01-05/..", "2026-01-06", "unknown"),
        ("2026-01-05T10:00:00Z", "2026-01-05T10:00:00Z", "yes"),
        ("2026-01-05T10:00:00Z", "2026-01-05T10:00:01Z", "yes"),
        ("2026-01-05T10:00:01Z", "2026-01-05T10:00:00Z", "no"),
        ("2026-01-05T10:00:00+08:00", "2026-01-05T03:00:00Z", "yes"),
        ("2026-01-05T10:00:00", "2026-01-05T11:00:00", "yes"),
        # Where one alone tells its zone, one calendar day as written settles nothing.
        ("2026-01-05T05:00:00+08:00", "2026-01-05", "unknown"),
        ("2026-01-05T20:00:00-08:00", "2026-01-05", "unknown"),
        ("2026-01-05T10:00:00", "2026-01-05T10:00:00Z", "unknown"),
        ("2026-01-05T10:00:00", "2026-01-06T10:00:00Z", "yes"),
    ],
)
def test_precedes(a: str, b: str, expected: str) -> None:
    assert precedes(parse(a), parse(b)) == expected


def test_precedes_of_nothing_is_unknown() -> None:
    span = parse("2026")
    assert precedes(None, span) == precedes(span, None) == precedes(None, None) == "unknown"


@pytest.mark.parametrize(
    ("start", "end", "days", "words"),
    [
        ("2026-01-05", "2026-01-06", Days(1, 1), "1 day"),
        ("2026-01-05", "2026-01-05", Days(0, 0), "0 days"),
        ("2026-01-06", "2026-01-05", Days(-1, -1), "−1 day"),
        ("2026-02-27", "2026-03-01/2026-03-04", Days(2, 5), "2 to 5 days"),
        ("../2026-01-05", "2026-01-06", Days(1, None), "at least 1 day"),
        ("../2026-01-03", "2026-01-06", Days(3, None), "at least 3 days"),
        ("2026-01-02", "../2026-01-06", Days(None, 4), "at most 4 days"),
        ("2026-01-05/2026-01-07", "2026-01-06/2026-01-08", Days(-1, 3), "−1 to 3 days"),
        ("2026-01-05/..", "2026-01-08", Days(None, 3), "at most 3 days"),
        ("../2026-01-05", "../2026-01-06", None, "unknown"),
        # Calendar days as written, whatever the day in UTC
        ("2026-01-04", "2026-01-05T01:00:00+08:00", Days(1, 1), "1 day"),
        (None, "2026-01-06", None, "unknown"),
        ("2026-01-06", None, None, "unknown"),
    ],
)
def test_elapsed(start: str | None, end: str | None, days: Days | None, words: str) -> None:
    first, last = (parse(text) if text else None for text in (start, end))
    assert elapsed(first, last) == days
    assert describe(days) == words


def test_no_limits_are_unknown() -> None:
    assert describe(Days(None, None)) == "unknown"


def test_many_days_are_written_so_that_they_can_be_read() -> None:
    assert dates.describe(dates.Days(1000, 11608)) == "1,000 to 11,608 days"
    assert dates.describe(dates.Days(11608, None)) == "at least 11,608 days"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-05", "2026-01-05", "2026-01-05"),
        ("2026-01-05~", "2026-01-04", "2026-01-06"),
        ("2026-01-05?", "2026-01-04", "2026-01-06"),
        ("2026-01-05%", "2026-01-03", "2026-01-07"),
        ("2026-03~", "2026-01-29", "2026-05-01"),
        ("2026~", "2024-12-31", "2028-01-01"),
        ("2026~-01-05", "2025-01-04", "2027-01-06"),
        ("2026-01~-05", "2025-12-05", "2026-02-05"),
        ("2026-01-?05", "2026-01-04", "2026-01-06"),
        ("2026-33~", "2025-10-03", "2026-06-29"),
        ("202X~", "2009-12-31", "2040-01-01"),
        ("2026S2", "2000-01-01", "2099-12-31"),
        ("../2026-01-05~", None, "2026-01-06"),
        ("2026-01-05~/..", "2026-01-04", None),
        ("2026-01-05~/2026-01-10", "2026-01-04", "2026-01-10"),
        ("2026-01-05/2026-01?", "2026-01-05", "2026-03-03"),
        ("[2026-01-05~,2026-02-01]", "2026-01-04", "2026-02-02"),
        ("0001~", "0001-01-01", "0003-01-01"),
        ("9999?", "9997-12-31", "9999-12-31"),
        ("2026-01-05T00:30:00~", "2026-01-04", "2026-01-05"),
        ("2026-01-05T23:30:00+08:00~", "2026-01-05", "2026-01-06"),
    ],
)
def test_approximate_and_uncertain_dates_have_margins(
    text: str, first: str | None, last: str | None
) -> None:
    span = widened(parse(text))
    days = [None if day is None else f"{day}" for day in (span.first_day, span.last_day)]
    assert days == [first, last]


def test_the_margins_are_those_that_are_given() -> None:
    margins = Margins(day=timedelta(days=3), moment=timedelta(minutes=10))
    span = widened(parse("2026-01-05~"), margins)
    assert (span.earliest, span.latest) == (
        at("2026-01-02T00:00:00+00:00"),
        at("2026-01-08T23:59:59.999999+00:00"),
    )
    moment = widened(parse("2026-01-05T14:03:00Z?"), margins)
    assert (moment.earliest, moment.latest) == (
        at("2026-01-05T13:53:00+00:00"),
        at("2026-01-05T14:13:00+00:00"),
    )


def test_what_straddles_by_its_margin_is_unknown() -> None:
    about = widened(parse("2026-01-05~"))
    assert by(about, at("2026-01-05T23:59:59.999999+00:00")) == "unknown"
    assert by(about, at("2026-01-06T23:59:59.999999+00:00")) == "yes"
    assert precedes(about, parse("2026-01-06")) == "unknown"
    assert elapsed(about, parse("2026-01-10")) == Days(4, 6)
