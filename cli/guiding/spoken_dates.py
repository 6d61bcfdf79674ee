"""Reading a date as people write it into EDTF, where it can mean one thing only."""

from __future__ import annotations

import re
from datetime import date

from answerable.domain import edtf

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)

ENDS = (
    (re.compile(r"(?:on or before|by|until|not later than|no later than)\s+(.+)", re.I), "../{}"),
    (re.compile(r"(?:on or after|since|from|not before|no earlier than)\s+(.+)", re.I), "{}/.."),
    (re.compile(r"(?:about|around|circa|ca\.?|c\.)\s+(.+)", re.I), "{}~"),
)
"""Match how the two ends of a time are told, and a date that is not sure."""

DAY = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.? (?:of )?(?P<month>[a-z]+)\.?,? (?P<year>[0-9]{4})"
)
TURNED = re.compile(
    r"(?P<month>[a-z]+)\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})"
)
MONTH = re.compile(r"(?P<month>[a-z]+)\.?,? (?P<year>[0-9]{4})")

SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")

EXAMPLES = "2026-01-05, 5 January 2026, January 2026, 2026, by 2026-01-05"


def spoken_date(text: str) -> str:
    """Return a date in EDTF: `../2026-01-05` for "by 5 January 2026".

    A date of which it is not plain which number is the day, as 5/1/2026, is not read.

    Raises:
        DateError: it is none that can be read.
    """
    told = " ".join(text.split())
    for form, said in ENDS:
        if found := form.fullmatch(told):
            return edtf.check(said.format(_single(found[1])))
    return edtf.check(_single(told))


def slashed_days(text: str) -> list[date]:
    """List the days that three numbers between slashes can mean: 13/06/2026 is one, 05/06 two."""
    found = SLASHED.fullmatch(text.strip())
    if found is None:
        return []
    first, second, year = map(int, found.groups())
    days = []
    for day, month in dict.fromkeys(((first, second), (second, first))):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return days


def _single(text: str) -> str:
    lowered = text.strip().casefold()
    for form in (DAY, TURNED, MONTH):
        found = form.fullmatch(lowered)
        month = None if found is None else _month(found["month"])
        if found and month:
            day = found.groupdict().get("day")
            return f"{found['year']}-{month:02}" + ("" if day is None else f"-{int(day):02}")
    return text.strip()


def _month(word: str) -> int | None:
    """Find a month by its name, or by three letters of it or more."""
    found = [at for at, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else None
