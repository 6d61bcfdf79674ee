"""Tell which row of a guideline holds for a finding, and what it says of a measure.

The first row that is for a finding holds. Of a field that is not told, each value that the rows
tell apart is possible, and one that none of them names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

from answerable.domain.dates import When
from answerable.domain.policy.rules import GuidelineRow
from answerable.projections.conformance.worlds import ANSWERED, FAILED, NONE, OPEN, Value

ANY = "*"
FIELDS = ("offence_class", "responsibility", "grade")

MOST_LIKENESSES = 4_096
"""The most sorts of findings of which is kept which rows may hold for them."""

OTHER = "other"
"""A measure that the vocabulary has no word for; which it is, its own words tell."""


class Rows:
    """The rows of a guideline; which may hold for findings alike is worked out once."""

    __slots__ = ("_possible", "_rows")

    def __init__(self, rows: Sequence[GuidelineRow]) -> None:
        self._rows = rows
        self._possible = lru_cache(maxsize=MOST_LIKENESSES)(self._for)

    def possible(self, finding: Mapping[str, Any]) -> Sequence[GuidelineRow | None]:
        """List the rows that may hold for a finding; None among them: that none does.

        Args:
            finding: the fields of the finding.
        """
        told = finding.get
        return self._possible(told("offence_class"), told("responsibility"), told("grade"))

    def untold(self, finding: Mapping[str, Any]) -> list[str]:
        """List the fields that are not told of a finding, and that decide which row holds."""
        if len(self.possible(finding)) < 2:
            return []
        return [
            name
            for name in FIELDS
            if finding.get(name) is None
            and any(ANY not in getattr(row, name) for row in self._rows)
        ]

    def _for(self, *told: str | None) -> Sequence[GuidelineRow | None]:
        rows = self._rows
        worlds = product(*(_values(rows, *each) for each in zip(FIELDS, told, strict=True)))
        at = dict.fromkeys(_first(rows, world) for world in worlds)
        return tuple(None if each is None else rows[each] for each in at)


def says(
    row: GuidelineRow | None, measure: str, aggravated: When, mitigated: When
) -> frozenset[Value]:
    """Tell what a row makes of a measure: it allows it, or not; nothing, where no row holds.

    Args:
        row: the row that holds.
        measure: what was imposed.
        aggravated: whether an aggravating factor is on record.
        mitigated: whether a mitigating factor is.
    """
    if row is None:
        return NONE
    if measure in row.excluded:
        return _allowed(aggravated if measure in row.unless_aggravated else "no")
    if measure in row.permitted:
        forbidden = mitigated if measure in row.unless_mitigated else "no"
        return FAILED if forbidden == "yes" else OPEN if forbidden == "unknown" else ANSWERED
    return OPEN if measure == OTHER else FAILED


def _allowed(answer: When) -> frozenset[Value]:
    return ANSWERED if answer == "yes" else OPEN if answer == "unknown" else FAILED


def _values(rows: Sequence[GuidelineRow], name: str, told: str | None) -> list[str | None]:
    if told is not None:
        return [told]
    named = dict.fromkeys(each for row in rows for each in getattr(row, name) if each != ANY)
    return [*named, None]


def _first(rows: Sequence[GuidelineRow], world: Sequence[str | None]) -> int | None:
    return next((at for at, row in enumerate(rows) if _is_for(row, world)), None)


def _is_for(row: GuidelineRow, world: Sequence[str | None]) -> bool:
    asked = (getattr(row, name) for name in FIELDS)
    return all(ANY in wanted or told in wanted for wanted, told in zip(asked, world, strict=True))
