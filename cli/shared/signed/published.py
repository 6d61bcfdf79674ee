"""The options that say how far to go for a log that is published at a URL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.options import Command

if TYPE_CHECKING:
    from answerable.ledger.publish.reader import PublishedLog

UNITS = {"s": 1, "m": 60, "h": 3600}
WRITTEN = re.compile(r"([0-9]{1,6})([smh])")


class Duration(click.ParamType[float]):
    """A time of some hours, minutes or seconds."""

    name = "TIME"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return it in seconds."""
        if isinstance(value, float):
            return value
        found = WRITTEN.fullmatch(str(value))
        if found is None or not int(found[1]):
            self.fail(f"{value!r} is no time, as 30m or 6h is.", param, ctx)
        return float(int(found[1]) * UNITS[found[2]])


def reach_options(command: Command) -> Command:
    """Add `--follow` and `--max-time`."""
    follow = click.option(
        "--follow",
        is_flag=True,
        help="Follow redirects of a URL to other origins, too. From https to http none is.",
    )
    most = click.option(
        "--max-time",
        type=Duration(),
        metavar="TIME",
        help="How long all that is fetched from a URL may take: 90s, 30m, 12h. [default: 6h]",
    )
    return follow(most(command))


def published_log(source: str, *, follow: bool, max_time: float | None) -> PublishedLog:
    """Return the log published at a URL or in a folder, to be read as far as the options say.

    Raises:
        PublishedNotFound: it is neither.
    """
    from answerable.ledger.publish.reader import open_published

    check_reach(source, follow=follow, max_time=max_time)
    return open_published(source, follow=follow, seconds=max_time)


def check_reach(source: str, *, follow: bool, max_time: float | None) -> None:
    """Refuse options that would be passed over, since nothing is fetched from a URL."""
    if "://" not in source and (follow or max_time is not None):
        option = "--follow" if follow else "--max-time"
        raise click.UsageError(f"{option} goes with a URL, and {source} is none.")
