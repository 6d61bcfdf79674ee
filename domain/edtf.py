"""Read when something happened, as precisely as is known: EDTF into bounds.

EDTF is the extended date/time format of ISO 8601-2:2019, https://www.loc.gov/standards/datetime/.
An event's `occurred` is such a text, stored as given and never rewritten. What it leaves open
stays open (`None`). Accepted:

- level 0: `2026`, `2026-01`, `2026-01-05`, `2026-01-05T14:03:00` with `Z`, `+08:00` or no zone,
  and with up to six digits of a second's fraction (`14:03:00.250`: ISO 8601-1's, not EDTF's own),
  and intervals, `2026-01/2026-03`, whose ends may (unlike plain EDTF's) have a time of day;
- level 1: `2026-01-05~` (about; here of a time of day, too), `2026?` (uncertain), `2026%` (both),
  `202X`, `2026-XX`, `2026-21` (a season), `../2026-01-05` (on or before), `2026-01-05/..`, `/2026`
  (start unknown);
- level 2: `2026-1X-05`, `2026-?01-05`, `2026S2`, `2026-33` (a quarter), `[2026,2028]` (one of),
  `{2026-01..2026-03}` (all of). At every level, only the years 0001 to 9999.

The package `edtf` judges the syntax of sets and of qualifiers inside a date; importing it takes
200 ms, which the rest need not pay. Bounds are always computed here: the package's drop time and
zone, allow 29 February in any year, and place every season in the north.
"""

import re
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from itertools import product
from typing import Literal, TypeVar

from answerable.domain.dates import Precision, Rough, Span, days_between, wholly_before
from answerable.domain.errors import AnswerableError
from answerable.domain.zone.day_end import Asked, DayEnd
from answerable.domain.zone.days import begins, ends, local, readings
from answerable.domain.zone.zone import UNTOLD, Zone

_Time = TypeVar("_Time", date, datetime)

_LONGEST = 100  # characters; it bounds the time that a hostile text can take
_PARTS_OF_DATE: tuple[Precision, ...] = ("year", "month", "day")
_COARSER: tuple[Precision, ...] = ("instant", "day", "month", "year", "other")
_HINT = (
    "Write a date as EDTF: 2026-01-05, 2026-01, ../2026-01-05 (on or before), "
    "2026-01-05T14:03:00+08:00"
)
_FORM = "it has no form of EDTF that can be recorded"
_CLOCK = (
    "after a whole date, a time is hh:mm:ss (or hh:mm:ss.ffffff, with at most six digits; no "
    "24:00:00), then Z, +08:00 or none"
)
_RANGE = "the years 0001 to 9999 can be recorded"
_DATE = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?")
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{1,6})?"
    r"(Z|(?!-00:00)[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_SEASON = re.compile(r"([0-9]{4})-(2[1-9]|3[0-9]|4[01])")
_ESTIMATE = re.compile(r"([0-9]{4})S([1-4])")
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2012\u2013\u2014\u2212", "-"))
_QUALIFIER = re.compile(r"[?~%]")

# First and last month that a season may touch (-1: the November before; 15: the March after), by
# the widest of the astronomical, meteorological and solar-term (East Asian) seasons. 21 to 24 tell
# no hemisphere and cover both; 25 to 28 are northern, 29 to 32 southern, 33 to 41 parts of a year.
_SPRING, _SUMMER, _AUTUMN, _WINTER = _NORTH = ((2, 6), (5, 9), (8, 12), (-1, 15))
_EITHER = ((2, 12), (-1, 15), (2, 12), (-1, 15))
_PARTS = *((n, n + 2) for n in (1, 4, 7, 10)), *((n, n + 3) for n in (1, 5, 9)), (1, 6), (7, 12)
_SEASONS = (*_EITHER, *_NORTH, _AUTUMN, _WINTER, _SPRING, _SUMMER, *_PARTS)


class DateError(ValueError):
    """A text that is not a date the ledger can record: what is wrong, and what to write instead."""


def parse(text: str, zone: Zone = UNTOLD) -> Span:
    """Read an EDTF text (ISO 8601-2, levels 0 to 2). Raises DateError, and nothing else.

    Args:
        text: the date.
        zone: where its days are days, and its clock is read, as far as it writes no offset. Any
            text that is a date is one in every zone.
    """
    return _parse(text, zone)


def check(text: str) -> str:
    """Return the text, unchanged, when it is a date; else raise DateError."""
    _parse(text, UNTOLD)
    return text


def moment(text: str, zone: Zone = UNTOLD) -> datetime:
    """Find the last moment that a date allows, in UTC: where `--as-of` and `--known-by` look from.

    `2026-01-05` is the last microsecond of that day, `2026-01` of that month, and an instant is
    itself. Raises DateError for no date, and for one that is open at either end.
    """
    span = _parse(text, zone)
    if span.earliest is None or span.latest is None:
        raise _error(text, "it is open at one end", "a definite date")
    return span.latest


def asked(text: str) -> Asked:
    """Read what `--as-of` and `--known-by` mean: a moment, or the end of a day where a case is.

    Raises DateError for no date, and for one that is open at either end.
    """
    at = moment(text)
    return at if _parse(text, UNTOLD).zoned else DayEnd(text, at.replace(tzinfo=None))


def check_moment(moment: object, name: str) -> None:
    """Check that a moment asked about is one: a `datetime` that knows its zone, or None.

    Raises:
        AnswerableError: it is something else; `field` has the name.
    """
    if moment is not None and getattr(moment, "tzinfo", None) is None:
        raise AnswerableError(
            f"{name} is {moment!r:.80}, which is no moment.",
            field=name,
            hint="Give a datetime with a zone: datetime(2026, 3, 31, tzinfo=UTC).",
        )


def _error(text: str, reason: str, what: str = "a date") -> DateError:
    shown = text if len(text) <= _LONGEST else text[:40] + "..."
    return DateError(f"{shown!r} is not {what}: {reason}. {_HINT}")


@lru_cache(maxsize=8192)
def _parse(text: str, zone: Zone) -> Span:
    try:
        return _read(text, zone)._replace(text=text)
    except ValueError as flaw:
        raise _error(text, str(flaw)) from None


# The functions below raise ValueError with the reason alone, and _parse makes a message of it.


def _read(text: str, zone: Zone) -> Span:
    if not text or len(text) > _LONGEST:
        raise ValueError(f"it has {len(text)} characters, not 1 to {_LONGEST}")
    if not text.isascii() and (typed := _in_ascii(text)):
        raise ValueError(f"its digits or signs are not those of ASCII: in these, it is {typed}")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("it has spaces or characters that no date has; a time follows a T")
    if text[0] in "[{":
        return _set(text, zone)
    if text.count("/") > 1:
        raise ValueError("a / parts the start of an interval from its end; a date has hyphens")
    start, slash, end = text.partition("/")
    return _range(start, end, zone) if slash else _single(text, zone)


def _range(start: str, end: str, zone: Zone) -> Span:
    """Read an interval. Either end may be open (`..`) or unknown (nothing), but not both."""
    a = None if start in ("", "..") else _part("start", start, zone)
    b = None if end in ("", "..") else _part("end", end, zone)
    if a is None and b is None:
        raise ValueError("it gives neither start nor end; leave out what is not known")
    if a and b and not zone.known:  # whether a text is a date, no zone has a say in
        days = days_between(a.first_day, b.last_day) or 0
        if wholly_before(b, a) or (a.zoned != b.zoned and days < 0):
            raise ValueError("its end lies before its start")
    return _cover([a], [b])


def _in_ascii(text: str) -> str | None:
    """Return a text with digits and signs of ASCII for those of other widths and scripts."""
    from unicodedata import decimal, normalize

    plain = "".join(str(decimal(sign, sign)) for sign in normalize("NFKC", text)).translate(
        _HYPHENS
    )
    return plain if plain.isascii() and plain.isprintable() and " " not in plain else None


def _set(text: str, zone: Zone) -> Span:
    """Read one of several dates, `[...]`, or all of them, `{...}`: from earliest to latest."""
    members = [
        _range(start, end, zone) if dots else _part("member", start, zone)
        for start, dots, end in (member.partition("..") for member in text[1:-1].split(","))
    ]
    _judge(text)
    return _cover(members, members)._replace(precision="other")


def _cover(starts: Sequence[Span | None], ends: Sequence[Span | None]) -> Span:
    given = [span for span in (*starts, *ends) if span]
    low = _bound(min, [span and span.earliest for span in starts])
    high = _bound(max, [span and span.latest for span in ends])
    first = _bound(min, [span and span.first_day for span in starts])
    last = _bound(max, [span and span.last_day for span in ends])
    if low and high and high < low:
        high = None  # an end without a zone, on the day of a start that has one
    if first and last:
        last = max(first, last)  # ends in zones a day apart
    precision = max((span.precision for span in given), key=_COARSER.index)
    qualified, zoned = any(span.qualified for span in given), any(span.zoned for span in given)
    early = _roughest([span and span.early for span in starts])
    late = _roughest([span and span.late for span in ends])
    return Span("", low, high, first, last, precision, qualified, zoned, early, late)


def _bound(pick: Callable[[list[_Time]], _Time], values: list[_Time | None]) -> _Time | None:
    known = [value for value in values if value is not None]
    return pick(known) if len(known) == len(values) else None


def _roughest(ends: Sequence[Rough | None]) -> Rough | None:
    return max(filter(None, ends), key=lambda end: _COARSER.index(end.precision), default=None)


def _part(name: str, text: str, zone: Zone) -> Span:
    try:
        return _single(text, zone)
    except ValueError as flaw:
        raise ValueError(f"its {name} {text!r} is none ({flaw})") from None


def _single(text: str, zone: Zone) -> Span:
    """Read one date, date and time, or season: what is neither an interval nor a set."""
    if season := _SEASON.fullmatch(text):
        first, last = _SEASONS[int(season[2]) - 21]
        begin, end = _month(season[1], first), _month(season[1], last, order=-1)
        return _whole(begin, end, "other", zone)
    if parts := _DATE.fullmatch(text):
        year, month, day = parts.groups("XX")
        exact: Precision = "day" if day != "XX" else "month" if month != "XX" else "year"
        known = (year + month + day).removesuffix("XX").removesuffix("XX")
        first_day, last_day = _day(year, month, day), _day(year, month, day, order=-1)
        return _whole(first_day, last_day, "other" if "X" in known else exact, zone)
    if "T" in text and _QUALIFIER.match(text[-1]):
        return _rough(text, _instant(text[:-1], zone), time.fromisoformat(text[11:19]))
    if "T" in text:
        return _instant(text, zone)
    if text.startswith(("-", "Y")):
        raise ValueError(_RANGE)
    if estimate := _ESTIMATE.fullmatch(text):
        masked = estimate[1][: int(estimate[2])].ljust(4, "X")
        return _single(masked, zone)._replace(qualified=True)
    bare = _QUALIFIER.sub("", text)
    if not _DATE.fullmatch(bare):
        raise ValueError(_FORM)
    if bare != text[:-1]:  # more than one qualifier, or not at the end
        _judge(text)
    return _rough(text, _single(bare, zone))


def _rough(text: str, bare: Span, clock: time | None = None) -> Span:
    """Mark a date as its qualifiers do: the coarsest part that one stands beside."""
    times = 2 if "%" in text or {"~", "?"} <= set(text) else 1
    part = bare.precision
    if part not in ("instant", "other"):
        marked = map(_QUALIFIER.search, text.split("-"))
        part = next(each for each, mark in zip(_PARTS_OF_DATE, marked, strict=False) if mark)
    mark = Rough(part, times, clock)
    return bare._replace(qualified=True, early=mark, late=mark)


def _instant(text: str, zone: Zone) -> Span:
    parts = _TIME.fullmatch(text)
    if not parts:
        raise ValueError(_CLOCK)
    day = _day(parts[1], parts[2], parts[3])
    clock = datetime.fromisoformat(text)
    if not parts[4]:
        first, last = readings(clock, zone.tz)
        return Span("", first, last, day, day, "instant", qualified=False, zoned=zone.known)
    try:
        at = clock.astimezone(UTC)
    except OverflowError:
        raise ValueError(_RANGE) from None
    if zone.known:
        day = local(at, zone.tz).date()
    return Span("", at, at, day, day, "instant", qualified=False, zoned=True)


def _whole(first: date, last: date, precision: Precision, zone: Zone) -> Span:
    low, high = begins(first, zone.tz), ends(last, zone.tz)
    return Span("", low, high, first, last, precision, qualified=False, zoned=zone.known)


def _day(year: str, month: str, day: str = "XX", order: Literal[1, -1] = 1) -> date:
    """Find the first day that the masks allow, X being any digit; in the order -1, the last."""
    years, months, days = _numbers(year, 9999), _numbers(month, 12), _numbers(day, 31)
    if not years:
        raise ValueError(_RANGE)
    if not months or not days:
        raise ValueError(f"there is no {f'day {day}' if months else f'month {month}'}")
    for y, m, d in product(years[::order], months[::order], days[::order]):
        if d <= _length(y, m):
            return date(y, m, d)
    if len(years) > 1 or len(months) > 1:
        raise ValueError(f"no month that it allows has a day {day}")
    length = _length(years[0], months[0])
    raise ValueError(f"{date(years[0], months[0], 1):%B} {year} has {length} days")


@lru_cache(maxsize=256)
def _numbers(mask: str, most: int) -> tuple[int, ...]:
    """List the numbers from 1 to `most` that a mask allows, ascending."""
    choices = product(*("0123456789" if sign == "X" else sign for sign in mask))
    return tuple(n for choice in choices if 1 <= (n := int("".join(choice))) <= most)


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _month(year: str, number: int, order: Literal[1, -1] = 1) -> date:
    """Find the first day (in the order -1, the last) of a month; January of `year` is month 1."""
    years, months = divmod(int(year) * 12 + number - 1, 12)
    return _day(f"{years:04}", f"{months + 1:02}", order=order)


def _judge(text: str) -> None:
    """Refuse what the package edtf refuses, with whatever exception."""
    try:
        _grammar()(text)
    except Exception:
        raise ValueError(_FORM) from None


@lru_cache(maxsize=1)
def _grammar() -> Callable[[str], object]:
    with warnings.catch_warnings():
        # Under `python -W`, pyparsing warns of how edtf's grammar names its results.
        warnings.filterwarnings("ignore", module=r"edtf\.")
        from edtf.parser import grammar, parser_classes
    # It prints to stdout where an alternative of its grammar fails.
    vars(parser_classes)["print"] = lambda *_: None
    parse: Callable[[str], object] = grammar.parse_edtf
    return parse
