"""Tell which row of a guideline holds for a finding, and what it says of a measure.

The first row that is for a finding holds. Of a field that is not told, each value that the rows
tell apart is possible, and one that none of them names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from answerable.domain.dates import When
from answerable.domain.policy.rules import GuidelineRow
from answerable.projections.conformance.worlds import ANSWERED, FAILED, NONE, OPEN, Value

ANY = "*"
FIELDS = ("offence_class", "responsibility", "grade")
OTHER = "other"
"""A measure that the vocabulary has no word for; which it is, its own words tell."""


def possible_rows(
    rows: Sequence[GuidelineRow], finding: Mapping[str, Any]
) -> list[GuidelineRow | None]:
    """List the rows that may hold for a finding; None among them: that none does.

    Args:
        rows: the guideline.
        finding: the fields of the finding.
    """
    worlds = product(*(_values(rows, name, finding.get(name)) for name in FIELDS))
    at = dict.fromkeys(_first(rows, world) for world in worlds)
    return [None if each is None else rows[each] for each in at]


def untold_fields(rows: Sequence[GuidelineRow], finding: Mapping[str, Any]) -> list[str]:
    """List the fields that are not told of a finding, and that decide which row holds."""
    if len(possible_rows(rows, finding)) < 2:
        return []
    return [
        name
        for name in FIELDS
        if finding.get(name) is None and any(ANY not in getattr(row, name) for row in rows)
    ]


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
