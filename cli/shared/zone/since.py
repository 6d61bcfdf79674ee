"""From where on the log is read: a position, or what was recorded from a date on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.zone.asked import zones_of
from answerable.domain.zone.day_end import DayByNow, asked_by_now

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger

MOST_DIGITS = 15
"""The most digits that a position has."""


class SincePoint(click.ParamType[Any]):
    """A position, or a date: from its first moment on. Or a word: today, yesterday, now."""

    name = "POSITION|DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a position, a date that has a beginning, or what a word asks about."""
        text = str(value).removeprefix("#")
        if text.isdecimal() and (len(text) != len("2026") or text != str(value)):
            if len(text) > MOST_DIGITS:
                self.fail(f"{text[:MOST_DIGITS]}… is beyond any position.", param, ctx)
            return int(text)
        from answerable.domain import edtf
        from answerable.ledger.system.clock import checked

        if text[:1].isalpha() and (asked := asked_by_now(text, checked(None)())) is not None:
            return asked
        try:
            earliest = edtf.parse(text).earliest
        except edtf.DateError as error:
            self.fail(f"{error}, or give a position", param, ctx)
        if earliest is None:
            self.fail(f"{text!r} has no beginning.", param, ctx)
        return text


def first_position(
    opened: Ledger, since: int | str | datetime | DayByNow | None, case: str | None
) -> int:
    """Find a position, or the first recorded on a date: a day of the case, else of who asks."""
    if since is None or isinstance(since, int):
        return since or 0
    if isinstance(since, datetime):
        return opened.size_before(since)
    zone = opened.zone if case is None else zones_of(opened)(case)
    if isinstance(since, DayByNow):
        return opened.size_before(since.begin(zone))
    from answerable.domain.edtf import parse

    earliest = parse(since, zone).earliest
    return 0 if earliest is None else opened.size_before(earliest)
