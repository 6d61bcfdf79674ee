"""The parties of an event: those who did something, and those whom it is merely about.

Announcing is not deciding, and being accused is not acting: an event names its parties in fields
of their own, and each field tells in which role.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from answerable.domain.kinds.catalogue import CATALOGUE


class PartyRole(NamedTuple):
    """A party that an event names: in which field, and in which role; None: it is about them."""

    field: str
    party: str
    role: str | None


def parts(kind: str, fields: Mapping[str, Any]) -> tuple[PartyRole, ...]:
    """List the parties that an event names, each once a field."""
    return tuple(dict.fromkeys(_parts(kind, fields)))


def _parts(kind: str, fields: Mapping[str, Any]) -> Iterator[PartyRole]:
    row = CATALOGUE[kind]
    for field in (*row.doers, *row.about):
        named = fields.get(field, ())
        for party in (named,) if isinstance(named, str) else named:
            yield PartyRole(field, party, row.doers.get(field))
