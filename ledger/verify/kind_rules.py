"""Stating the rules of every kind that an entry is verified by, apart from the kinds' models.

They are worked out once, and handed to the processes that verify: to load the models takes longer
than to verify ten thousand entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from answerable.domain.kinds import FAMILY
from answerable.ledger.entry.about import PartyFields, party_fields
from answerable.ledger.entry.seals import sealable_fields


class KindRules(NamedTuple):
    """What entries of one kind may commit to, and by which fields they name parties."""

    sealable: frozenset[str]
    declared: PartyFields


def kind_rules() -> Mapping[str, KindRules]:
    """Return the rules of every kind."""
    return {kind: KindRules(sealable_fields(kind), party_fields(kind)) for kind in FAMILY}
