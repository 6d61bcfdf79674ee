"""Stating the rules of every kind that an entry is verified by, apart from the kinds' models.

They are worked out once, and handed to the processes that verify: to load the models takes longer
than to verify ten thousand entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from answerable.domain.kinds import FAMILY, model
from answerable.ledger.entry.about import PartyFields, party_fields
from answerable.ledger.entry.seals import sealable_fields


class KindRules(NamedTuple):
    """The fields that entries of a kind seal, name parties by, and tell in the open, in order."""

    sealable: frozenset[str]
    declared: PartyFields
    public: tuple[str, ...]


def kind_rules() -> Mapping[str, KindRules]:
    """Return the rules of every kind."""
    return {
        kind: KindRules(sealable_fields(kind), party_fields(kind), _public_fields(kind))
        for kind in FAMILY
    }


def _public_fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind that an entry tells behind its head, in the order it does."""
    from answerable.ledger.entry.codec import HEAD_FIELDS

    declared = model(kind)
    return tuple(
        name
        for name in declared.attributes
        if name not in declared.sealed and name not in HEAD_FIELDS
    )
