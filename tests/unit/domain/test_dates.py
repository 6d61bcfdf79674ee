from datetime import UTC, datetime

import pytest

from answerable.domain import dates
from answerable.domain.dates import Days, by, describe, elapsed, precedes
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
        ("2026-01-06", "2026-01-05", Days(-1, -1), "-1 day"),
        ("2026-02-27", "2026-03-01/2026-03-04", Days(2, 5), "2 to 5 days"),
        ("../2026-01-05", "2026-01-06", Days(1, None), "at least 1 day"),
        ("../2026-01-03", "2026-01-06", Days(3, None), "at least 3 days"),
        ("2026-01-02", "../2026-01-06", Days(None, 4), "at most 4 days"),
        ("2026-01-05/2026-01-07", "2026-01-06/2026-01-08", Days(-1, 3), "-1 to 3 days"),
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
