"""Tests of whether something had happened, and of whether a term had begun, lasted, or passed.

A term's first and last days belong to it: what is due on 2026-03-31 is not overdue on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from answerable.domain import dates, edtf
from answerable.domain.dates import MARGINS, Margins, widened
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.zone.days import local
from answerable.domain.zone.zone import UNTOLD, Zone


def span(
    fields: Mapping[str, Any],
    name: str,
    zone: Zone,
    *,
    margins: Margins = MARGINS,
) -> dates.Span | None:
    """Read the span that a date field allows; None where the date is not told.

    Args:
        fields: those of an event.
        name: the field that holds the date.
        zone: the zone of the event's case.
        margins: those that approximate and uncertain dates are read with.
    """
    return read(fields.get(name), zone, margins=margins)


def read(text: str | None, zone: Zone = UNTOLD, *, margins: Margins = MARGINS) -> dates.Span | None:
    """Read a date (EDTF), approximate and uncertain ones with their margins; None where none is.

    Args:
        text: the date.
        zone: the zone of the case that it is of.
        margins: those that approximate and uncertain dates are read with.
    """
    return None if text is None else _read(str(text), zone, margins)


# A text that is watched (`conformance/likeness/watching.py`) is noted by `str`, and not kept.
@lru_cache(maxsize=16_384)
def _read(text: str, zone: Zone, margins: Margins) -> dates.Span:
    return widened(edtf.parse(text, zone), margins, zone)


@lru_cache(maxsize=8_192)
def whole_day(text: str) -> str | None:
    """Return a date (EDTF) if it is told as one whole day, and exactly: `2026-01-05`."""
    plain = len(text) == 10 and text[4] == text[7] == "-"
    return text if plain and text.replace("-", "").isdigit() else None


def beginning(kind: str, occurred: str | None) -> str | None:
    """Tell from when an event happened (EDTF).

    Of what lasts (a contact, a backlash), an interval tells when it began and when it ended; and it
    had happened once it had begun. Of any other event it says that it was on some day within.

    Args:
        kind: its kind.
        occurred: its date, as it is told.
    """
    if occurred is None or "/" not in occurred:
        return occurred
    return _run(kind, occurred)[0]


def ending(kind: str, occurred: str | None) -> str | None:
    """Tell until when an event went on; see `beginning`."""
    return _run(kind, occurred)[1]


def _run(kind: str, occurred: str | None) -> tuple[str | None, str | None]:
    if occurred is not None and "/" in occurred and CATALOGUE[kind].lasts:
        start, _, end = occurred.partition("/")
        if start[0:1].isdigit() and end[0:1].isdigit():
            return start, end
    return occurred, occurred


def happened(
    occurred: str | None,
    recorded_at: str,
    moment: datetime | None,
    zone: Zone,
    *,
    margins: Margins = MARGINS,
) -> dates.When:
    """Tell whether something had happened by a moment; `unknown` where its date does not tell.

    What is not dated had happened when it was recorded, and so had what is dated roughly, as far as
    its margin alone goes beyond. Without a moment the question is about the
    present, and what is recorded has happened.

    Args:
        occurred: when it happened (EDTF); None where that is not told.
        recorded_at: when it was recorded (RFC 3339).
        moment: by when.
        zone: the zone of its case.
        margins: those that approximate and uncertain dates are read with.
    """
    if moment is None:
        return "yes"
    if occurred is None:
        return "yes" if datetime.fromisoformat(recorded_at) <= moment else "unknown"
    answer = _by(str(occurred), zone, margins, moment)
    if answer != "roughly":
        return answer
    # Where its margin alone reaches beyond the recording, it had happened when recorded.
    at = datetime.fromisoformat(recorded_at)
    by_then = at <= moment and dates.by(edtf.parse(occurred, zone), at) == "yes"
    return "yes" if by_then else "unknown"


@lru_cache(maxsize=16_384)
def _by(
    occurred: str, zone: Zone, margins: Margins, moment: datetime
) -> dates.When | Literal["roughly"]:
    """Tell whether a date lies by a moment; of one that is told roughly, its margin decides."""
    told = edtf.parse(occurred, zone)
    answer = dates.by(widened(told, margins, zone), moment)
    return "roughly" if answer == "unknown" and told.qualified else answer


def recorded(recorded_at: str, zone: Zone = UNTOLD) -> dates.Span:
    """Return when something was recorded, with the day on which it was in a zone.

    Args:
        recorded_at: as the ledger writes it (RFC 3339).
        zone: the zone of its case.
    """
    at = datetime.fromisoformat(recorded_at)
    day = local(at, zone.tz).date()
    return dates.Span(recorded_at, at, at, day, day, "instant", qualified=False, zoned=True)


def passed(term: dates.Span | None, moment: datetime) -> dates.When:
    """Tell whether a term has passed by a moment; `unknown` where not told, or too loosely.

    Args:
        term: in the zone of its case.
        moment: by when, said in that zone (`CaseView.as_of` is): its day is that of the moment.
    """
    if term is None:
        return "unknown"
    if term.latest is not None and term.latest < moment:
        return "yes"
    return "no" if term.first_day is not None and moment.date() <= term.first_day else "unknown"


def begun(start: dates.Span | None, when: dates.Span | None) -> dates.When:
    """Tell whether a term had begun when something happened."""
    return _in_order(start, when, start)


def lasted(end: dates.Span | None, when: dates.Span | None) -> dates.When:
    """Tell whether a term had not passed when something happened."""
    return _in_order(when, end, end)


def _in_order(
    one: dates.Span | None, other: dates.Span | None, term: dates.Span | None
) -> dates.When:
    """Tell whether one came no later than the other; a shared day belongs to a term of days."""
    answer = dates.precedes(one, other)
    if answer != "unknown" or one is None or other is None or term is None:
        return answer
    told_by_days = term.precision != "instant"
    same_day = one.last_day and other.first_day and one.last_day <= other.first_day
    return "yes" if told_by_days and same_day else "unknown"
