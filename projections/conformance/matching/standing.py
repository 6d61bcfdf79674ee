"""Index what stands in a case by its kind, each with whether it had happened: once a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact

CLAIMS = frozenset(row.name for row in CATALOGUE.values() if row.claim)
"""The kinds that are what someone says: being alleged takes nothing from them."""


class Standing(NamedTuple):
    """A fact that stands and is not merely alleged, and whether it had happened by the moment."""

    fact: Fact
    happened: When


@once
def facts_standing(view: CaseView) -> Sequence[Fact]:
    """List the facts of a case that stand and are not merely alleged, whenever they happened."""
    return [
        fact
        for fact in view.facts.values()
        if fact.retracted_by is None
        and (fact.event.kind in CLAIMS or fact.fields.get("standing") != "alleged")
    ]


@once
def by_kind(view: CaseView) -> Mapping[str, list[Fact]]:
    """Index the facts of a case that stand and are not merely alleged by their kind."""
    found: dict[str, list[Fact]] = {}
    for fact in facts_standing(view):
        found.setdefault(fact.event.kind, []).append(fact)
    return found


def standing(view: CaseView, kind: str) -> Sequence[Standing]:
    """List the facts of a kind that stand, in the order of their recording; once a case."""
    if kind not in view.kinds:
        return ()
    known = _known(view)
    found = known.get(kind)
    if found is None:
        when = view.when
        found = known[kind] = [Standing(each, when(each)) for each in by_kind(view).get(kind, ())]
    return found


@once
def _known(_: CaseView) -> dict[str, list[Standing]]:
    """Keep what was told of each kind that was asked about."""
    return {}
