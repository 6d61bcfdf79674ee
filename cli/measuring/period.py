"""The days from which and until which a question asks, as `--from` and `--to` give them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.zone.asked import zone_asked
from answerable.domain.zone.day_end import DayByNow

if TYPE_CHECKING:
    from answerable.projections.metrics.metrics import Period


class Day(click.ParamType[Any]):
    """A day in EDTF: of a month or a year the first or the last."""

    name = "DATE"

    def __init__(self, last: bool) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day that the text means; today and yesterday as they are asked about."""
        from answerable.domain import edtf
        from answerable.domain.zone.day_end import asked_by_now
        from answerable.ledger.system.clock import checked

        if value[:1].isalpha():
            asked = asked_by_now(value, checked(None)())
            if isinstance(asked, DayByNow):
                return asked
        try:
            edtf.moment(value)
            span = edtf.parse(value)
        except edtf.DateError as error:
            self.fail(str(error), param, ctx)
        day = span.last_day if self.last else span.first_day
        return day if day is not None else self.fail("it is open at one end", param, ctx)


def period(first: date | DayByNow | None, last: date | DayByNow | None) -> Period:
    """Return the period from one day to another.

    Raises:
        UsageError: it ends before it begins.
    """
    from answerable.projections.metrics.metrics import Period

    found = Period(*map(_day, (first, last)))
    if found.first is not None and found.last is not None and found.last < found.first:
        raise click.UsageError(f"--to ({found.last}) lies before --from ({found.first}).")
    return found


def _day(asked: date | DayByNow | None) -> date | None:
    """Find the day that is meant where who asks is: `--zone` may stand after it."""
    return asked.day(zone_asked()) if isinstance(asked, DayByNow) else asked


def period_json(asked: Period) -> dict[str, str | None]:
    """Write a period for programs."""
    first, last = (None if day is None else day.isoformat() for day in asked)
    return {"from": first, "to": last}
