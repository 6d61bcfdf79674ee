"""Write dates as they are recorded, in EDTF (ISO 8601-2), for who reads them.

English keeps years, months and days as they are recorded, letter for letter. How precise a date is,
and that it is about so or uncertain, is said in words; what cannot be said so is written as it is
recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Protocol

from answerable.domain.language.saying import say_as, to_say_as

QUALIFIERS = {"~": "about", "?": "uncertain", "%": "both"}

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?")
_ROUGH_YEAR = re.compile(r"\d{2}XX|\d{3}X")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?P<zone>.*)"
)

SEASONS: Mapping[str, str] = {
    "21": to_say_as("date", "spring of {year}"),
    "22": to_say_as("date", "summer of {year}"),
    "23": to_say_as("date", "autumn of {year}"),
    "24": to_say_as("date", "winter of {year}"),
}
"""The seasons that EDTF has, by their numbers."""


class Calendar(Protocol):
    """Write years, months and days."""

    def day(self, day: date) -> str:
        """Write a day."""

    def month(self, day: date) -> str:
        """Write the month that a day is in, with its year."""

    def year(self, day: date) -> str:
        """Write the year that a day is in."""


class _English:
    """Writes years, months and days as they are recorded."""

    def day(self, day: date) -> str:
        return day.isoformat()

    def month(self, day: date) -> str:
        return day.isoformat()[:7]

    def year(self, day: date) -> str:
        return day.isoformat()[:4]


def date_words(language: Calendar | None, edtf: str) -> str:
    """Write one date, with no interval in it: "about March 2025" for `2025-03~`.

    Args:
        language: how it is written; None: in English.
        edtf: the date as recorded, or a moment with its offset.
    """
    language = language or _English()
    bare = edtf.translate(dict.fromkeys(map(ord, QUALIFIERS)))
    said = _bare_words(language, bare)
    if said is None:
        return edtf
    marks = {QUALIFIERS[sign] for sign in edtf if sign in QUALIFIERS}
    if "both" in marks or len(marks) > 1:
        return say_as("date", "about {date}, uncertain", date=said)
    if "about" in marks:
        return say_as("date", "about {date}", date=said)
    return say_as("date", "{date}, uncertain", date=said) if marks else said


def _bare_words(language: Calendar, text: str) -> str | None:
    """Write a date without marks; None where it has a form that is told by no words."""
    if moment := _MOMENT.fullmatch(text):
        day = _bare_words(language, moment["day"])
        zone = moment["zone"].strip()
        if day is None:
            return None
        time = f"{moment['time']} {'UTC' if zone == 'Z' else zone}".rstrip()
        return say_as("date", "{day} {time}", day=day, time=time)
    if _ROUGH_YEAR.fullmatch(text):
        years = text.replace("X", "0")
        if text.endswith("XX"):
            return say_as(
                "date", "some year from {first} to {last}", first=years, last=text[:2] + "99"
            )
        return say_as("date", "the {first}s", first=years)
    found = _DATE.fullmatch(text)
    try:
        return None if found is None else _told(language, **found.groupdict())
    except ValueError:  # a day that no calendar has
        return None


def _told(language: Calendar, year: str, month: str | None, day: str | None) -> str:
    """Write a date of which the year is told."""
    whole = language.year(date(int(year), 1, 1))
    if month is None:
        return whole
    if month == "XX":
        return say_as("date", "{year}, month not told", year=whole)
    if month in SEASONS:
        return say_as("date", SEASONS[month], year=whole)
    first = date(int(year), int(month), 1)
    if day is None:
        return language.month(first)
    if day == "XX":
        return say_as("date", "{month}, day not told", month=language.month(first))
    return language.day(date(int(year), int(month), int(day)))
