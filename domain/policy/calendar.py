"""Define a calendar of working days, as a policy holds it.

A calendar is data: it is adopted with its policy, hashed with it, and the same for whoever replays
a decision. Where its lists end, it says so (`known_from`, `known_until`): a holiday that nobody has
announced yet is unknown, not a working day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from answerable.domain.zone.zone import check_zone

DayName = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""Names a day of the week."""

DAY_NAMES: tuple[DayName, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week, at their `date.weekday`."""

Roll = Literal["none", "next-working-day", "previous-working-day"]
"""Names where a term moves whose last day is no working day."""


def _plain_day(value: Any) -> Any:
    """Return a day as it is, or read it from its text; refuse moments and numbers.

    Raises:
        ValueError: it is no day.
    """
    day = value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
    if type(day) is not date:
        told = value.isoformat() if isinstance(value, datetime) else value
        raise ValueError(f"{told!r:.80} is no day: give a date without a time, as 2026-01-01")
    return day


def _once_each(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return values of which none is told twice.

    Raises:
        ValueError: one is.
    """
    for place, value in enumerate(values):
        if value in values[:place]:
            raise ValueError(f"{value} is listed twice: take one of the two out")
    return values


Day: TypeAlias = Annotated[date, BeforeValidator(_plain_day)]
"""A calendar day: a local date of TOML, or a text as 2026-01-01."""


def _in_order(days: tuple[date, ...]) -> tuple[date, ...]:
    """Return days in order, of which none is told twice.

    Raises:
        ValueError: one is.
    """
    ordered = tuple(sorted(days))
    for day, following in pairwise(ordered):
        if day == following:
            raise ValueError(f"{day} is listed twice: take one of the two out")
    return ordered


DayList: TypeAlias = Annotated[tuple[Day, ...], AfterValidator(_in_order)]
"""Days, ascending."""


class Calendar(BaseModel):
    """A calendar: which days are worked, as far as that is known.

    Attributes:
        zone: where its days are days, unless a case tells its own (IANA: Europe/Brussels).
        weekend: the days of the week that are not worked.
        holidays: further days that are not worked.
        workdays: days of the weekend that are worked all the same (make-up days).
        known_from: the first day that the lists cover; None: all days before.
        known_until: the last day that they cover; None: all days after.
        roll: where a term moves whose last day is no working day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zone: Annotated[str, AfterValidator(check_zone)] = "UTC"
    weekend: Annotated[tuple[DayName, ...], AfterValidator(_once_each)] = ("sat", "sun")
    holidays: DayList = ()
    workdays: DayList = ()
    known_from: Day | None = None
    known_until: Day | None = None
    roll: Roll = "none"

    @model_validator(mode="after")
    def _consistent(self) -> Calendar:
        """Refuse lists that contradict one another.

        Raises:
            ValueError: they do.
        """
        if len(self.weekend) == len(DAY_NAMES):
            raise ValueError("weekend: no day of the week is left to work on; name fewer")
        if self.known_from and self.known_until and self.known_until < self.known_from:
            raise ValueError(
                f"known_until: {self.known_until} is before known_from, {self.known_from}"
            )
        for day in self.workdays:
            if day in self.holidays:
                raise ValueError(
                    f"workdays: {day} is among the holidays, too; take it out of one of the lists"
                )
            if DAY_NAMES[day.weekday()] not in self.weekend:
                raise ValueError(
                    f"workdays: {day} is a {DAY_NAMES[day.weekday()]}, which is worked in any "
                    "week; only days of the weekend are make-up days"
                )
        for name, day in self._listed():
            if not knows(self, day):
                raise ValueError(
                    f"{name}: {day} lies beyond what the calendar knows; move known_from or "
                    "known_until, or take the day out"
                )
        return self

    def _listed(self) -> Iterator[tuple[str, date]]:
        yield from (("holidays", day) for day in self.holidays)
        yield from (("workdays", day) for day in self.workdays)

    @cached_property
    def rest_days(self) -> frozenset[int]:
        """Return the days of the weekend by their `date.weekday`."""
        return frozenset(DAY_NAMES.index(name) for name in self.weekend)

    @cached_property
    def exceptions(self) -> dict[date, bool]:
        """Return the days that are told one by one, each with whether it is worked."""
        return {**dict.fromkeys(self.holidays, False), **dict.fromkeys(self.workdays, True)}


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Tell whether a day is worked, by the lists alone; `knows` tells whether they cover it."""
    told = calendar.exceptions.get(day)
    return day.weekday() not in calendar.rest_days if told is None else told


def knows(calendar: Calendar, day: date) -> bool:
    """Tell whether the lists of a calendar cover a day."""
    first, last = calendar.known_from, calendar.known_until
    return (first is None or first <= day) and (last is None or day <= last)
