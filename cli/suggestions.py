"""Commands that an output suggests, written so that they run as they stand.

They stand in backticks, their words quoted for a shell, and name the ledger that was named on the
command line; else they would be answered from another one. In capitals, or as an ellipsis, stands
what only the reader knows: FILE.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.domain.zone.zone import Zone

LEDGERLESS = ("witness ", "completion ")
"""The commands that ask no ledger."""

_NAMED: ContextVar[str | None] = ContextVar("ledger named on the command line", default=None)

_TOLD = re.compile(r"`answerable (?=[a-z])([^`]*)`")


def name_ledger(place: str | None) -> None:
    """Keep which ledger the command line named; None where it names none."""
    _NAMED.set(place)


def suggested(*words: object) -> str:
    """Write a command to run next: "`answerable why 20`"."""
    return upon_the_ledger(f"`{shlex.join(('answerable', *map(str, words)))}`")


def upon_the_ledger(text: str) -> str:
    """Have the commands that a text suggests name the ledger that was named."""
    place = _NAMED.get()
    if place is None:
        return text
    return _TOLD.sub(lambda told: _naming(told[1], shlex.quote(place)), text)


def _naming(words: str, place: str) -> str:
    asks_none = words.startswith(LEDGERLESS) or "--help" in words or "--ledger" in words
    return f"`answerable {words}{'' if asks_none else f' --ledger {place}'}`"


def times_words(as_of: Asked | None, known_by: Asked | None, zone: Zone) -> Iterator[str]:
    """Write the two times of a question as options, and the zone by which their days are days.

    Args:
        as_of: what had happened by then.
        known_by: what was known by then.
        zone: that of who asked.
    """
    for option, asked in (("--as-of", as_of), ("--known-by", known_by)):
        if asked is not None:
            yield option
            yield asked.text if isinstance(asked, tuple) else _written(asked)
    if zone.known and (isinstance(as_of, tuple) or isinstance(known_by, tuple)):
        yield from ("--zone", zone.name)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
