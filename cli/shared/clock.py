"""Recording by the clock: the option that accepts it as it is, and how long a ledger may rest."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.options import Command, open_ledger

if TYPE_CHECKING:
    from answerable.ledger.entry.intent import Intent
    from answerable.ledger.ledger import Durability, Ledger

MAX_GAP = "ANSWERABLE_MAX_GAP"
"""Tells how far the clock may be ahead of the last entry, in the environment."""

DURABILITY = "ANSWERABLE_DURABILITY"
"""Tells how an append on a server waits for the disk, in the environment."""

DAYS = re.compile(r"[0-9]{1,7}(\.[0-9]{1,9})?", re.ASCII)

DURATION = re.compile(
    r"P(?=[0-9T])((?P<years>[0-9]{1,4})Y)?((?P<months>[0-9]{1,5})M)?((?P<weeks>[0-9]{1,6})W)?"
    r"((?P<days>[0-9]{1,7})D)?(T(?=[0-9])((?P<hours>[0-9]{1,8})H)?((?P<minutes>[0-9]{1,9})M)?"
    r"((?P<seconds>[0-9]{1,9})S)?)?",
    re.ASCII,
)
"""A duration in whole units (ISO 8601)."""

DAYS_OF = {"years": 365, "months": 30}


def clock_option(command: Command) -> Command:
    """Add `--accept-clock`, of every command that records by the clock."""
    option = click.option(
        "--accept-clock",
        is_flag=True,
        help="Record though the clock is far from the last entry; the entry then tells so.",
    )
    return option(command)


def open_to_record(given: str | None, *, accept_clock: bool) -> Ledger:
    """Open the ledger to record in it. Use it in a `with` statement.

    What is likely mistyped is refused, unless `intent_options` say that it is meant.

    Args:
        given: where it is, as `--ledger` says.
        accept_clock: whether whoever records vouches for the clock.

    Raises:
        UsageError: `ANSWERABLE_MAX_GAP` is no length of time, or `ANSWERABLE_DURABILITY` no way to
            wait for the disk.
    """
    return open_ledger(
        given,
        max_gap=_max_gap(),
        accept_clock=accept_clock,
        intent=_intent(),
        durability=_durability(),
    )


def _durability() -> Durability:
    """Return how an append on a server waits for the disk, as the environment says."""
    told = os.environ.get(DURABILITY, "").strip()
    if told == "group":
        return "group"
    if told in ("", "each"):
        return "each"
    raise click.UsageError(
        f"{DURABILITY} is {told!r:.40}: it may be each, or group, where many record on one server "
        "and wait for its disk together."
    )


def _intent() -> Intent:
    """Return what whoever records says that they mean, by `intent_options`."""
    from answerable.ledger.entry.intent import CAREFUL, Intent

    context = click.get_current_context(silent=True)
    said = (context.find_root().obj or {}) if context else {}
    return Intent(
        None if said.get("new_case") else CAREFUL.new_cases,
        planned=bool(said.get("planned")),
        again=bool(said.get("again", True)),
    )


def _max_gap() -> timedelta | None:
    """Return how far the clock may be ahead; None where the environment does not say."""
    told = os.environ.get(MAX_GAP, "").strip()
    if not told:
        return None
    gap = _length(told)
    if not gap:
        raise click.UsageError(
            f"{MAX_GAP} is {told!r:.40}, which is no length of time: give a number of days, as in "
            "400, or an ISO 8601 duration, as in P400D."
        )
    return gap


def _length(told: str) -> timedelta | None:
    if DAYS.fullmatch(told):
        return timedelta(days=float(told))
    found = DURATION.fullmatch(told)
    if found is None:
        return None
    parts = {unit: int(number) for unit, number in found.groupdict().items() if number}
    days = sum(parts.pop(unit, 0) * length for unit, length in DAYS_OF.items())
    return timedelta(days=days) + timedelta(**parts)
