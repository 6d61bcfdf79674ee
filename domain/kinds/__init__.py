"""Find the kinds of events, by family: one module a family, loaded when it is asked for.

A kind's name is what is stored, never a Python path, so that code can move without touching
history. Imports the fields and the event of the domain; anyone may import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from answerable.domain.errors import InvalidEvent
from answerable.domain.kinds.catalogue import ROWS

if TYPE_CHECKING:
    from answerable.domain.event import Event

FAMILY: Mapping[str, str] = MappingProxyType({row.name: row.family for row in ROWS})

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        family: tuple(row.name for row in ROWS if row.family == family)
        for family in dict.fromkeys(FAMILY.values())
    }
)

STEPS: Mapping[str, str] = MappingProxyType({row.family: row.name for row in ROWS if row.step})
"""The six steps of an incident by their everyday words, and the kind that each word means."""

TARGETS: Mapping[str, str] = MappingProxyType(
    {row.name: row.acts_upon for row in ROWS if row.acts_upon}
)
"""The field by which a kind acts upon another event of its case."""

LINKS: Mapping[str, str] = MappingProxyType(
    {row.linked_as: row.name for row in ROWS if row.linked_as}
)
"""The words by which a link says what it is, and the kind of event that each means."""

AMENDING = tuple(kind for kind, field in TARGETS.items() if field == "target")
"""The kinds that say something of an earlier event of whatever kind."""

REVISING = tuple(row.name for row in ROWS if row.revises)
"""Those of them that change how the event reads, or whether the event stands."""

SEALED_ALWAYS = frozenset(("recorded_by", "signature"))
"""The fields that the ledger seals beside those of a kind (`answerable.domain.record`)."""

ERASURE = "personal-data-erased"
"""The kind that records an erasure: texts about somebody are destroyed, by record."""

HOUSE_CASE = "house"
"""The case that the house's own registers belong to, unless another is named."""


def kind_named(word: str) -> str:
    """Find the kind that a word means: a kind's own name, or one of the six steps.

    Raises:
        InvalidEvent: there is no such kind; the nearest ones are named.
    """
    kind = STEPS.get(word, word)
    if kind in FAMILY:
        return kind
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    near = nearest(word, [*FAMILY, *STEPS], alike=0.5)
    raise InvalidEvent(
        f"there is no kind {word!r}.",
        field="kind",
        hint=did_you_mean(near) or "`answerable.domain.FAMILIES` has them.",
        cli_hint=None if near else "`answerable append --help` has them.",
    )


@cache
def model(kind: str) -> type[Event]:
    """Return the model of a kind, and load its family.

    Raises:
        InvalidEvent: there is no such kind.
    """
    family = FAMILY.get(kind)
    if family is None:
        kind_named(kind)
        raise InvalidEvent(f"there is no kind {kind!r}.", field="kind")
    module = import_module(f"answerable.domain.kinds.{family}")
    name = "".join(part.capitalize() for part in kind.split("-"))
    found: type[Event] = getattr(module, name)
    return found


@cache
def sealed_fields() -> frozenset[str]:
    """Return the names of all fields that are sealed in events of some kind. Loads every kind."""
    return SEALED_ALWAYS.union(*(model(kind).sealed for kind in FAMILY))
