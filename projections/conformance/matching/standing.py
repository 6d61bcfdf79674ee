"""Index what stands in a case by its kind, each with whether it had happened: once a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
def by_kind(view: CaseView) -> Mapping[str, list[Standing]]:
    """Index the facts of a case that stand and are not merely alleged, whenever they happened."""
    found: dict[str, list[Standing]] = {}
    for fact in view.facts.values():
        kind = fact.event.kind
        if fact.retracted_by is None and (not fact.alleged or kind in CLAIMS):
            found.setdefault(kind, []).append(Standing(fact, view.when(fact)))
    return found


def standing(view: CaseView, kinds: Iterable[str]) -> Iterator[Standing]:
    """Yield the facts of some kinds that stand, kind by kind, in the order of their recording."""
    index = by_kind(view)
    for kind in kinds:
        yield from index.get(kind, ())
