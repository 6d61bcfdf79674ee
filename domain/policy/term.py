"""Define a term of time, as a rule of a policy tells it: within seven days, from when.

How a term is counted is in `answerable.domain.policy.counting`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from answerable.domain.language.saying import say_count, to_say_count
from answerable.domain.policy.form import Name

Unit = Literal["hours", "days", "weeks", "months", "years", "working_days"]
"""Names what a term is counted in."""

UNITS: tuple[Unit, ...] = ("hours", "days", "weeks", "months", "years", "working_days")


def _at_most(most: int) -> object:
    return Field(strict=True, gt=0, le=most)


Hours: TypeAlias = Annotated[int, _at_most(87_600)]
Days: TypeAlias = Annotated[int, _at_most(36_525)]
Weeks: TypeAlias = Annotated[int, _at_most(5_217)]
Months: TypeAlias = Annotated[int, _at_most(1_200)]
Years: TypeAlias = Annotated[int, _at_most(100)]
WorkingDays: TypeAlias = Annotated[int, _at_most(10_000)]


class Start(BaseModel):
    """Tell what a term runs from, where that is not the event that the rule is about.

    Attributes:
        event: a kind of event, or a named selector; several: the first of any of them.
        link: the field of that event which names the event that the rule is about.
        else_days: where there is no such event, the term runs from the end of so many days after
            the event that the rule is about. None: without the event the term does not run.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: Name | Annotated[tuple[Name, ...], Field(min_length=1)]
    link: Name | None = None
    else_days: Days | None = None


class Term(BaseModel):
    """A term: exactly one number of one unit, and what it runs from.

    Attributes:
        hours: counted from the instant.
        days: calendar days; so many after the day of the event, which is not counted.
        weeks: of seven calendar days.
        months: to the same date of the month, or the month's last day.
        years: of twelve months.
        working_days: by the calendar of the policy.
        start: what it runs from (`from`); None: the event that the rule is about.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )

    hours: Hours | None = None
    days: Days | None = None
    weeks: Weeks | None = None
    months: Months | None = None
    years: Years | None = None
    working_days: WorkingDays | None = None
    start: Start | None = Field(default=None, alias="from")

    @model_validator(mode="after")
    def _one_unit(self) -> Term:
        """Refuse a term of no unit, or of several.

        Raises:
            ValueError: it is one.
        """
        told = [unit for unit in UNITS if getattr(self, unit) is not None]
        if len(told) != 1:
            several = f", not {' and '.join(told)}" if told else ""
            raise ValueError(f"a term has exactly one of {', '.join(UNITS)}{several}")
        return self

    @cached_property
    def unit(self) -> Unit:
        """Return what it is counted in."""
        return next(unit for unit in UNITS if getattr(self, unit) is not None)

    @cached_property
    def number(self) -> int:
        """Return how many of its unit it has."""
        number: int = getattr(self, self.unit)
        return number


def describe(term: Term) -> str:
    """Say a term in words: "7 days", "1 working day", "3 months"."""
    return say_count(*COUNTED[term.unit], term.number)


COUNTED: Mapping[Unit, tuple[str, str]] = {
    "hours": to_say_count("{number} hour", "{number} hours"),
    "days": to_say_count("{number} day", "{number} days"),
    "weeks": to_say_count("{number} week", "{number} weeks"),
    "months": to_say_count("{number} month", "{number} months"),
    "years": to_say_count("{number} year", "{number} years"),
    "working_days": to_say_count("{number} working day", "{number} working days"),
}
"""Says how many there are of each unit."""
