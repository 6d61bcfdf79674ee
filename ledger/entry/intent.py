"""Refusing what is possible, and likely no more than a slip: a new case, a far date, a repetition.

A case id that is mistyped would start a case for ever, and a year that is mistyped is found when
it comes; a command that is run again because its answer was lost records twice. Whoever means it
says so: that is their intent. By default a program is taken to mean what it records; the command
line asks.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from answerable.domain import edtf
from answerable.domain.event import Event
from answerable.domain.kinds import ERASURE, HOUSE_CASE, model
from answerable.ledger.entry.errors import FarAhead, UnknownCase

OPENING = "case-opened"

AHEAD = timedelta(days=366)
"""Limits how far after now what happens may be dated, unless it is said to be planned."""

FAR_AHEAD = timedelta(days=36_525)
"""The same of an end or a due date: a hundred years."""

ENDS = frozenset(("until", "due", "retain_until"))
"""The fields that tell an end, a due date, or for how long something is kept."""

YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
"""A year in a date of EDTF. What is longer, as in Y170000, is no date of this millennium."""


class Intent(NamedTuple):
    """What whoever records says that they mean.

    Attributes:
        new_cases: the cases that may start without being opened; None: any may.
        planned: whether dates may be far in the future.
        again: whether an event without an id may say what one on record says.
        drawn: fields of it whose values are drawn at random, and so tell nothing.
        renames: whether a registration may give a registered pseudonym another name, be it with an
            id of its own or not; None: as `again`.
    """

    new_cases: Container[str] | None = None
    planned: bool = True
    again: bool = True
    drawn: frozenset[str] = frozenset()
    renames: bool | None = None

    @property
    def may_rename(self) -> bool:
        """Tell whether a registration may give a registered pseudonym another name."""
        return self.again if self.renames is None else self.renames

    def asks_about(self, event: Event) -> bool:
        """Tell whether an event is to be held against those on record, for it may repeat one.

        Its id tells an event from another. To erase once more is to erase what came since.
        """
        return not self.again and event.event_id is None and event.kind != ERASURE

    def check_case(self, event: Event, version: int) -> None:
        """Check that an event starts no case by mistake.

        Args:
            event: the event.
            version: how many events its case has.

        Raises:
            UnknownCase: there is no such case, and it is not said that it starts here.
        """
        started = version or self.new_cases is None or event.kind == OPENING
        if started or event.case_id == HOUSE_CASE or event.case_id in (self.new_cases or ()):
            return
        raise UnknownCase(event.case_id)

    def check_dates(self, event: Event, corrected: str | None, now: datetime) -> None:
        """Check that an event tells no date that is far in the future by mistake.

        Args:
            event: the event.
            corrected: the kind of the event that it corrects, if it is a correction.
            now: the time of recording.

        Raises:
            FarAhead: it tells one; the field is named.
        """
        if self.planned:
            return
        for field, name, date in _dates(event, corrected):
            most = now + (FAR_AHEAD if name in ENDS else AHEAD)
            if _is_after(date, most):
                raise FarAhead(field, date, most)


ANYTHING = Intent()
"""Takes whoever records to mean what they record."""

CAREFUL = Intent(frozenset(), planned=False, again=False)
"""Refuses what is likely mistyped, or recorded twice."""


def _dates(event: Event, corrected: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield the dates that an event tells: the field as an error names it, its name, the date."""
    held = event.__dict__
    for name in event.dates:
        date = held[event.attributes[name]]
        if date is not None:
            yield name, name, date
    if corrected is not None:
        for name in model(corrected).dates:
            date = held["fields"].get(name)
            if date is not None:
                yield f"fields.{name}", name, date


def _is_after(date: str, most: datetime) -> bool:
    """Tell whether a date is later than a moment, by the earliest or else the latest it can be."""
    years = YEAR.findall(date)
    if years and max(years) < str(most.year):
        return False
    span = edtf.parse(date)
    first = span.earliest or span.latest
    return first is not None and first > most
