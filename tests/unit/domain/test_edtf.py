import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest

from answerable.domain import edtf
from answerable.domain.dates import Span, precedes
from answerable.domain.edtf import DateError, check, moment, parse


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def bounds(text: str) -> tuple[str | None, str | None]:
    span = parse(text)
    return second(span.earliest), second(span.latest)


def second(moment: datetime | None) -> str | None:
    return moment.isoformat()[:19] if moment else None


def through(first: str | None, last: str | None) -> tuple[str | None, str | None]:
    return first and f"{first}T00:00:00", last and f"{last}T23:59:59"


def refusal(text: str) -> str:
    with pytest.raises(DateError) as caught:
        parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "qualified"),
    [
        ("2026-01-05", "2026-01-05", "2026-01-05", "day", False),
        ("2026-01", "2026-01-01", "2026-01-31", "month", False),
        ("2024-02", "2024-02-01", "2024-02-29", "month", False),
        ("2026", "2026-01-01", "2026-12-31", "year", False),
        ("0001", "0001-01-01", "0001-12-31", "year", False),
        ("9999-12-31", "9999-12-31", "9999-12-31", "day", False),
        # Open, unknown and plain intervals
        ("../2026-01-05", None, "2026-01-05", "day", False),
        ("/2026", None, "2026-12-31", "year", False),
        ("2026-01-05/..", "2026-01-05", None, "day", False),
        ("2026-01-05/", "2026-01-05", None, "day", False),
        ("2026-01/2026-03", "2026-01-01", "2026-03-31", "month", False),
        ("2026-01-05/2026", "2026-01-05", "2026-12-31", "year", False),
        ("2026-01-05/2026-01", "2026-01-05", "2026-01-31", "month", False),
        # Qualified
        ("2026-01-05~", "2026-01-05", "2026-01-05", "day", True),
        ("2026?", "2026-01-01", "2026-12-31", "year", True),
        ("2026-01%", "2026-01-01", "2026-01-31", "month", True),
        ("2026-?01-05", "2026-01-05", "2026-01-05", "day", True),
        ("2026~-01-05", "2026-01-05", "2026-01-05", "day", True),
        ("2026-01~/2026-03", "2026-01-01", "2026-03-31", "month", True),
        ("2026S2", "2000-01-01", "2099-12-31", "other", True),
        # Unspecified digits
        ("202X", "2020-01-01", "2029-12-31", "other", False),
        ("000X", "0001-01-01", "0009-12-31", "other", False),
        ("XXXX", "0001-01-01", "9999-12-31", "other", False),
        ("2026-XX", "2026-01-01", "2026-12-31", "year", False),
        ("2026-02-XX", "2026-02-01", "2026-02-28", "month", False),
        ("2026-0X", "2026-01-01", "2026-09-30", "other", False),
        ("2026-XX-31", "2026-01-31", "2026-12-31", "other", False),
        ("2026-02-2X", "2026-02-20", "2026-02-28", "other", False),
        ("202X-02-29", "2020-02-29", "2028-02-29", "other", False),
        ("202X~", "2020-01-01", "2029-12-31", "other", True),
        # Seasons: no hemisphere told, northern, southern; quarter, third and half of a year
        ("2026-21", "2026-02-01", "2026-12-31", "other", False),
        ("2026-24", "2025-11-01", "2027-03-31", "other", False),
        ("2026-25", "2026-02-01", "2026-06-30", "other", False),
        ("2026-30", "2025-11-01", "2027-03-31", "other", False),
        ("2026-32", "2026-05-01", "2026-09-30", "other", False),
        ("2026-33", "2026-01-01", "2026-03-31", "other", False),
        ("2026-39", "2026-09-01", "2026-12-31", "other", False),
        ("2026-41", "2026-07-01", "2026-12-31", "other", False),
        ("2026-33~", "2026-01-01", "2026-03-31", "other", True),
        ("2026-33/2026-34", "2026-01-01", "2026-06-30", "other", False),
        # Sets
        ("[2026-01-01,2026-01-02]", "2026-01-01", "2026-01-02", "other", False),
        ("[2027,2026]", "2026-01-01", "2027-12-31", "other", False),
        ("{2026-01..2026-03}", "2026-01-01", "2026-03-31", "other", False),
        ("[..2026-01-02]", None, "2026-01-02", "other", False),
        ("{2024,2026..}", "2024-01-01", None, "other", False),
        ("[2026~,2027]", "2026-01-01", "2027-12-31", "other", True),
    ],
)
def test_whole_days(
    text: str, first: str | None, last: str | None, precision: str, qualified: bool
) -> None:
    span = parse(text)
    assert span.text == text
    assert bounds(text) == through(first, last)
    assert span.first_day == (first and date.fromisoformat(first))
    assert span.last_day == (last and date.fromisoformat(last))
    assert (span.precision, span.qualified, span.zoned) == (precision, qualified, False)
    assert span.latest is None or span.latest.microsecond == 999_999


@pytest.mark.parametrize(
    ("text", "utc", "day", "zoned"),
    [
        ("2026-01-05T14:03:00", "2026-01-05T14:03:00+00:00", "2026-01-05", False),
        ("2026-01-05T14:03:00Z", "2026-01-05T14:03:00+00:00", "2026-01-05", True),
        ("2026-01-05T14:03:00+00:00", "2026-01-05T14:03:00+00:00", "2026-01-05", True),
        ("2026-01-05T14:03:00+08:00", "2026-01-05T06:03:00+00:00", "2026-01-05", True),
        ("2026-01-05T01:00:00+08:00", "2026-01-04T17:00:00+00:00", "2026-01-05", True),
        ("2026-01-05T23:00:00-03:30", "2026-01-06T02:30:00+00:00", "2026-01-05", True),
        ("2026-01-05T00:00:00+14:00", "2026-01-04T10:00:00+00:00", "2026-01-05", True),
        ("2026-01-05T14:03:00.250+08:00", "2026-01-05T06:03:00.250+00:00", "2026-01-05", True),
        ("2026-01-05T14:03:00.5", "2026-01-05T14:03:00.500+00:00", "2026-01-05", False),
        ("2026-01-05T23:59:59.999999Z", "2026-01-05T23:59:59.999999+00:00", "2026-01-05", True),
    ],
)
def test_an_instant_is_a_point_on_its_local_day(text: str, utc: str, day: str, zoned: bool) -> None:
    when, local = at(utc), date.fromisoformat(day)
    assert parse(text) == Span(text, when, when, local, local, "instant", False, zoned)
    assert parse(text).earliest == parse(text).latest
    assert str(parse(text).earliest).endswith("+00:00")


def test_fractions_of_a_second_tell_what_came_first() -> None:
    earlier, later = parse("2026-01-05T14:03:00.250+08:00"), parse("2026-01-05T06:03:00.251Z")
    assert (precedes(earlier, later), precedes(later, earlier)) == ("yes", "no")
    assert precedes(parse("2026-01-05T06:03:00Z"), earlier) == "yes"
    assert moment("2026-01-05T06:03:00.25Z") == earlier.latest


def test_intervals_may_end_at_a_time() -> None:
    assert bounds("../2026-01-05T14:03:00Z") == (None, "2026-01-05T14:03:00")
    assert parse("../2026-01-05T14:03:00Z").precision == "instant"
    text = "2026-01-05T14:03:00+08:00/2026-01-06"
    assert bounds(text) == ("2026-01-05T06:03:00", "2026-01-06T23:59:59")
    assert (parse(text).precision, parse(text).zoned) == ("day", True)


def test_an_end_without_a_zone_is_not_known_where_utc_would_put_it_before_the_start() -> None:
    # Still 5 January in California when it is the 6th in UTC.
    span = parse("2026-01-05T20:00:00-08:00/2026-01-05")
    assert (span.earliest, span.latest) == (at("2026-01-06T04:00:00+00:00"), None)
    assert (span.first_day, span.last_day) == (date(2026, 1, 5), date(2026, 1, 5))


def test_the_days_of_an_interval_keep_their_order_across_zones() -> None:
    span = parse("2026-01-06T00:30:00+14:00/2026-01-05T23:00:00-10:00")
    assert span.first_day == span.last_day == date(2026, 1, 6)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "0 characters"),
        ("2026" * 26, "104 characters"),
        ("2026-02-30", "February 2026 has 28 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("2026-02-29~", "February 2026 has 28 days"),
        ("2026-04-31T10:00:00Z", "April 2026 has 30 days"),
        ("XXXX-02-30", "no month that it allows has a day 30"),
        ("2026-13", "no month 13"),
        ("2026-00-01", "no month 00"),
        ("2026-01-32", "no day 32"),
        ("2026-42", "no month 42"),
        ("0000", "years 0001 to 9999"),
        ("-2026", "years 0001 to 9999"),
        ("Y17E8", "years 0001 to 9999"),
        ("Y1E9999999999", "years 0001 to 9999"),
        ("0001-24", "years 0001 to 9999"),
        ("9999-22", "years 0001 to 9999"),
        ("0001-01-01T00:00:00+08:00", "years 0001 to 9999"),
        ("9999-12-31T23:59:59-08:00", "years 0001 to 9999"),
        ("2026-01-05T24:00:00", "hh:mm:ss"),
        ("2026-01-05T25:00:00", "hh:mm:ss"),
        ("2026-01-05T10:60:00", "hh:mm:ss"),
        ("2026-01-05T23:59:60Z", "hh:mm:ss"),
        ("2026-01-05T14:03", "hh:mm:ss"),
        ("2026-01-05T14:03:00.1234567Z", "at most six digits"),
        ("2026-01-05T14:03:00.Z", "hh:mm:ss.ffffff"),
        ("2026-01-05T14:03:00,5Z", "hh:mm:ss.ffffff"),
        ("2026-01-05T14:03.5Z", "hh:mm:ss.ffffff"),
        ("2026-01-05T14:03:00+08", "+08:00"),
        ("2026-01-05T14:03:00-00:00", "+08:00"),
        ("2026-01-05T14:03:00+14:01", "+08:00"),
        ("2026-01-05T14:03:00~~", "hh:mm:ss"),
        ("2026-01-05~T14:03:00", "hh:mm:ss"),
        ("2026T10:00:00", "whole date"),
        ("2026-01-05 14:03:00", "follows a T"),
        (" 2026-01-05", "spaces"),
        ("2026-01-05\n", "spaces or characters"),
        ("٢٠٢٦", "in these, it is 2026"),
        ("2026-01-05\ud800", "spaces or characters"),
        ("2026/01/05", "a date has hyphens"),
        ("2026/01", "its end '01' is none"),
        ("2026-01-05/2026-02-30", "its end '2026-02-30' is none (February 2026 has 28 days)"),
        ("2026-13/..", "its start '2026-13' is none (there is no month 13)"),
        ("2026-01-05/2026-01-01", "its end lies before its start"),
        ("2026~/2025~", "its end lies before its start"),
        ("2026-01-05T10:00:00/2026-01-05T09:00:00", "its end lies before its start"),
        ("2026-01-05T01:00:00+08:00/2026-01-04", "its end lies before its start"),
        ("../..", "neither start nor end"),
        ("/", "neither start nor end"),
        ("/..", "neither start nor end"),
        ("[2026-02-30,2027]", "its member '2026-02-30' is none"),
        ("{2026-03..2026-01}", "its end lies before its start"),
        ("[2026]", "no form of EDTF"),
        ("[2026,2027", "no form of EDTF"),
        ("[2026,2027}", "no form of EDTF"),
        ("[2026,..2027]", "no form of EDTF"),
        ("[2026,2027]/2028", "no form of EDTF"),
        ("2028/[2026,2027]", "no form of EDTF"),
        ("20260105", "no form of EDTF"),
        ("2026-1-5", "no form of EDTF"),
        ("5 January 2026", "spaces"),
        ("yesterday", "no form of EDTF"),
        ("2026??", "no form of EDTF"),
        ("~", "no form of EDTF"),
        ("2026-21^x", "no form of EDTF"),
        ("2026S5", "no form of EDTF"),
    ],
)
def test_refusals_say_what_is_wrong_and_what_to_write(text: str, why: str) -> None:
    message = refusal(text)
    assert why in message
    assert message.endswith(
        "Write a date as EDTF: 2026-01-05, 2026-01, ../2026-01-05 (on or before), "
        "2026-01-05T14:03:00+08:00"
    )
    assert len(message.splitlines()) == 1
    message.encode()


def test_the_whole_of_a_refusal() -> None:
    assert refusal("2026-02-30") == (
        "'2026-02-30' is not a date: February 2026 has 28 days. Write a date as EDTF: "
        "2026-01-05, 2026-01, ../2026-01-05 (on or before), 2026-01-05T14:03:00+08:00"
    )
    assert refusal("x" * 5000).startswith(f"'{'x' * 40}...' is not a date: it has 5000 characters")


def test_check_returns_the_text_or_refuses() -> None:
    assert check("2026-01-05~") == "2026-01-05~"
    with pytest.raises(DateError):
        check("soon")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026-01-05", "2026-01-05T23:59:59.999999+00:00"),
        ("2026-01", "2026-01-31T23:59:59.999999+00:00"),
        ("2026", "2026-12-31T23:59:59.999999+00:00"),
        ("2026-01-05T14:03:00+08:00", "2026-01-05T06:03:00+00:00"),
        ("2026-01/2026-03", "2026-03-31T23:59:59.999999+00:00"),
    ],
)
def test_moment_is_the_end_of_what_is_named(text: str, end: str) -> None:
    assert moment(text) == at(end)


@pytest.mark.parametrize("text", ["../2026-01-05", "2026-01-05/..", "/2026", "[2026..]"])
def test_moment_refuses_what_is_open(text: str) -> None:
    with pytest.raises(DateError, match="is not a definite date: it is open at one end"):
        moment(text)


def test_moment_refuses_what_is_no_date() -> None:
    with pytest.raises(DateError, match="no month 13"):
        moment("2026-13")


def run(code: str, *options: str) -> str:
    root = Path(edtf.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, *options, "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_plain_dates_do_not_load_the_grammar() -> None:
    code = """
from answerable.domain.edtf import DateError, parse
for text in ("2026", "2026-01-05", "2026-01-05T14:03:00+08:00", "../2026-01", "2026~", "202X",
             "2026-21", "2026-33/2026-34"):
    parse(text)
for text in ("yesterday", "20260105", "2026-13"):
    try: parse(text)
    except DateError: pass
print(sorted(set(sys.modules) & {"edtf", "pyparsing", "dateutil", "pydantic"}))
"""
    assert run(code) == "[]"


def test_the_grammar_loads_without_a_warning_and_prints_nothing() -> None:
    code = """
from answerable.domain.edtf import DateError, parse
print(parse("[2026-01-01,2026-01-02]").precision)
try: parse("[2026-0X,2027]")
except DateError: print("refused", "edtf" in sys.modules)
"""
    assert run(code, "-W", "error") == "other\nrefused True"


HOSTILE = [
    "[" + ",".join(["2026-01"] * 12) + "]",
    "{" + ",".join(["2026"] * 19) + "}",
    "[..2026," + "?2026," * 14 + "2026..]",
    "[" + "?2026-?01-?05," * 6 + "2026]",
    "[" + "XXXX-02-30," * 8 + "2026]",
    "[" + "XXXX-02-29," * 8 + "2026]",
    "[" * 100,
    "?" * 100,
    "2026/" * 20,
    "XXXX-XX-3X/XXXX-02-3X",
]


def seconds_for(text: str) -> float:
    """Return the seconds of this process's own time that a text takes."""
    start = process_time()
    with suppress(DateError):
        parse(text)
    return process_time() - start


@pytest.fixture(scope="module")
def ordinary() -> float:
    """Return the seconds that a list of six months takes: a text that one may well write."""
    parse("[2026,2027]")
    return seconds_for("[2001-01,2002-02,2003-03,2004-04,2005-05,2006-06]")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_answered_soon(text: str, ordinary: float) -> None:
    assert seconds_for(text) < 20 * ordinary  # three times at most where this was written
