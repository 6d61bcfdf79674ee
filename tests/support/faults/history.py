"""Keep what processes asked of one ledger, and what they were told: a history, as Jepsen has it.

Each process writes a line before it calls the ledger and another when the call is over, so that
what was under way when it was killed is known, too. Times are of the machine's one monotonic clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

Outcome = Literal["ok", "failed", "unknown"]
"""Tells how a call ended. Unknown: the process died in it, or was told that nobody knows."""


class Value(NamedTuple):
    """A number that is recorded once, and the case that it is recorded in."""

    case: str
    number: str


class Append(NamedTuple):
    """One or several values that were to be recorded in one go.

    Attributes:
        expected: how many events the case had to have; None: however many.
        moved: it was refused because the case had more.
        positions: where they were recorded, by their receipts.
        versions: their places in their cases, by their receipts.
        size: how long the log was with them, by their receipts.
        root: its root then.
    """

    process: str
    begun: int
    ended: int | None
    outcome: Outcome
    values: tuple[Value, ...]
    expected: int | None = None
    moved: bool = False
    positions: tuple[int, ...] = ()
    versions: tuple[int, ...] = ()
    size: int = 0
    root: str = ""


class Look(NamedTuple):
    """A look at the log, or at a case of it, that was answered.

    Attributes:
        what: what was asked for: `log`, `case`, `head`, `signed`, `status`.
        case: the case, where it is about one.
        size: how long the log is said to be; None where it is not said.
        root: its root, where that is said.
        seen: the positions and numbers that were shown, None for a number that is not shown; None
            where nothing is.
    """

    process: str
    begun: int
    ended: int
    what: str
    case: str | None = None
    size: int | None = None
    root: str | None = None
    seen: tuple[tuple[int, str | None], ...] | None = None


class Logged(NamedTuple):
    """An entry of the log as it is in the end."""

    position: int
    version: int
    value: Value
    leaf: bytes


class History(NamedTuple):
    """Keep what all processes did."""

    appends: tuple[Append, ...]
    looks: tuple[Look, ...]

    @classmethod
    def read(cls, lines: Iterable[str]) -> History:
        """Read what processes wrote. A call without an end is one whose process died in it."""
        begun: dict[tuple[str, int], dict[str, Any]] = {}
        ended: dict[tuple[str, int], dict[str, Any]] = {}
        for line in lines:
            told = json.loads(line)
            key = (told["process"], told["call"])
            (begun if "asked" in told else ended)[key] = told
        appends, looks = [], []
        for key, asked in begun.items():
            end = ended.get(key)
            if asked["asked"] == "append":
                appends.append(_append(asked, end))
            elif end is not None and end["outcome"] == "ok":
                looks.append(_look(asked, end))
        return cls(tuple(appends), tuple(looks))


def _append(asked: dict[str, Any], end: dict[str, Any] | None) -> Append:
    values = tuple(Value(*each) for each in asked["values"])
    made = Append(asked["process"], asked["at"], None, "unknown", values, asked["expected"])
    if end is None or end["outcome"] == "unknown":
        # Whoever was told that nobody knows: it may yet come to pass.
        return made
    if end["outcome"] == "failed":
        return made._replace(ended=end["at"], outcome="failed", moved=end["moved"])
    return made._replace(
        ended=end["at"], outcome="ok", positions=tuple(end["positions"]),
        versions=tuple(end["versions"]), size=end["size"], root=end["root"],
    )  # fmt: skip


def _look(asked: dict[str, Any], end: dict[str, Any]) -> Look:
    seen = end.get("seen")
    return Look(
        asked["process"], asked["at"], end["at"], asked["asked"], asked.get("case"),
        end.get("size"), end.get("root"),
        None if seen is None else tuple((position, number) for position, number in seen),
    )  # fmt: skip
