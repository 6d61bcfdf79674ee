"""Why a finding was answered as it was, as far as reasons are on record.

Reasons are sealed. Each is told, not told, withheld from this reader, or erased; of the last two it
is known only that something may have been said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.reader import Reader
from answerable.projections.consistency.units import DecidedFinding
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import Text, disclose
from answerable.projections.facts.facts import Fact


class Reason(NamedTuple):
    """A field in which a reason could be told, and what it says."""

    event_id: str
    position: int
    kind: str
    field: str
    text: Text


class Reasons(NamedTuple):
    """The reasons for what was imposed, or was not.

    `on_record`: whether there is one; `unknown` where none is open to read and one may be withheld
    or was erased.
    """

    on_record: When
    fields: tuple[Reason, ...]


def reasons(reader: Reader, view: CaseView, unit: DecidedFinding) -> Reasons:
    """Gather the reasons for what was imposed for a finding, told by measures and decisions."""
    chosen = {fact.event_id: fact for fact in _telling(view, unit)}
    texts = disclose(reader, view.case, chosen.values())
    found = tuple(
        Reason(event_id, fact.event.position, fact.kind, field, texts[event_id].text(field))
        for event_id, fact in sorted(chosen.items(), key=lambda each: each[1].event.position)
        for field in CATALOGUE[fact.kind].reasons
    )
    states = {each.text.state for each in found}
    if "told" in states:
        return Reasons("yes", found)
    return Reasons("unknown" if states & {"withheld", "erased"} else "no", found)


def _telling(view: CaseView, unit: DecidedFinding) -> Iterator[Fact]:
    """Yield what can tell a reason: the measures, their lifting, the decisions behind them."""
    for measure in unit.measures:
        imposed = view.facts[measure.event_id]
        yield imposed
        yield from view.upon(imposed, "sanction-lifted")
        below = view.basis_in_case(imposed).of("decision-taken")
        yield from (fact for fact in below if fact.event_id in view.facts)
    for decision in view.standing("decision-taken"):
        if unit.event_id in view.basis_in_case(decision).facts:
            yield decision
