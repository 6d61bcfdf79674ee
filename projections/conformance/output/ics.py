"""Write what falls due as a calendar: RFC 5545, iCalendar.

Each deadline is an event of a whole day, since many calendars take no to-dos; it takes no time in
which one would be busy. Texts are the caller's, who names parties by their pseudonyms: a calendar
is shared, and copied to servers of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

SPACE = UUID("6b1a9a4e-3f0e-5d0c-9c57-4d7a1c0f5e2b")
"""The name space of the identifiers made here (RFC 9562, version 5)."""

LONGEST_LINE = 75
"""The most octets of a line, without its end (section 3.1)."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class CalendarEntry(NamedTuple):
    """The entry of one thing that falls due.

    Attributes:
        policy: the id of the policy. Its version is left out of the identifier, so that a new one
            moves the same entry.
        rule: the id of the rule.
        activation: the event that calls for an answer, by id.
        earliest: the earliest that its deadline may be: a day, or a moment with its offset (ISO
            8601); None: not told.
        latest: the latest that it may be.
        summary: what is due, in a line.
        description: the rest, in plain text.
    """

    policy: str
    rule: str
    activation: str
    earliest: str | None
    latest: str | None
    summary: str
    description: str = ""

    @property
    def uid(self) -> str:
        """Return its identifier: of one rule and one activation always the same."""
        return str(uuid5(SPACE, f"{self.policy}/{self.rule}/{self.activation}"))

    @property
    def shown_at(self) -> str | None:
        """Return the day or moment at which it stands: the earliest deadline, else the latest."""
        return self.earliest or self.latest


def calendar_of(
    due: Iterable[CalendarEntry], *, stamp: datetime, name: str = "What falls due"
) -> str:
    """Write a calendar. What has no deadline that is told stands in none.

    Args:
        due: what falls due; of two with one identifier, the earlier stands.
        stamp: when the calendar is made.
        name: the calendar's name.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//answerable//due//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        *(line for each in _in_order(due) for line in _event(each, stamp)),
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _in_order(due: Iterable[CalendarEntry]) -> Iterator[CalendarEntry]:
    """Yield what has a deadline, ascending, each identifier once."""
    told = [each for each in due if each.shown_at is not None]
    seen: set[str] = set()
    for each in sorted(told, key=lambda one: (_when(one), one.uid)):
        if each.uid not in seen:
            seen.add(each.uid)
            yield each


def _event(due: CalendarEntry, stamp: datetime) -> Iterator[str]:
    when = _when(due)
    yield "BEGIN:VEVENT"
    yield f"UID:{due.uid}"
    yield f"DTSTAMP:{_moment(stamp)}"
    yield f"DTSTART:{when}" if "T" in when else f"DTSTART;VALUE=DATE:{when}"
    yield f"SUMMARY:{_text(due.summary)}"
    if due.description:
        yield f"DESCRIPTION:{_text(due.description)}"
    yield f"CATEGORIES:{_text(due.policy)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(due: CalendarEntry) -> str:
    """Return when something is due as a value of DTSTART: a date, or a moment in UTC."""
    told = due.shown_at or ""
    if "T" in told:
        return _moment(datetime.fromisoformat(told))
    return date.fromisoformat(told).isoformat().replace("-", "")


def _moment(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{at.year:04}{at:%m%dT%H%M%S}Z"


def _text(text: str) -> str:
    """Escape a text (section 3.3.11); control characters, which none may have, are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign for sign in lines if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    return plain.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Fold a line into parts of 75 octets at most, never within a character (section 3.1)."""
    part: list[str] = []
    size = 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST_LINE:
            yield "".join(part)
            part, size = [" "], 1
        part.append(sign)
        size += octets
    yield "".join(part)
