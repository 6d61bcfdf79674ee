"""The marks that stand in the matrix of an audit, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.domain.language.saying import say_as, to_say, to_say_as

if TYPE_CHECKING:
    from answerable.projections.auditing.audit import Cell

NOT_ASKED = "·"

MARKS = {
    "missing": to_say_as("mark", "none"),
    "wrong": "!",
    "untold": "?",
    "pending": to_say_as("mark", "due"),
    "not executed": to_say_as("mark", "not"),
}
"""The mark of each state that is no good end; `missing` has another where an event is named."""

LEGEND = (
    to_say("#n: that event. none: not on record. ?: not told. ·: not needed."),
    to_say("!: cannot bear what rests on it, or lacks something. due: not due yet."),
)


LEGEND_NOT_EXECUTED = to_say("not: not executed, for a cause on record.")


def mark(cell: Cell) -> str:
    """Say a cell in a few letters: "#17", "#17 +2", "#19 ?", "none"."""
    named = [f"#{position}" for position in cell.positions[:1]]
    if further := len(cell.positions) - len(named):
        named.append(f"+{further}")
    if cell.state == "not asked" or (cell.state == "backed" and not named):
        return NOT_ASKED
    if cell.state == "missing" and named:
        return " ".join((*named, MARKS["wrong"]))
    if cell.state in MARKS:
        named.append(say_as("mark", MARKS[cell.state]))
    return " ".join(named)
