"""Put in words what differs between two policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from answerable.cli.shared.text import TextLine
from answerable.projections.wording.counts import counted, listed

if TYPE_CHECKING:
    from answerable.domain.policy.document import Policy
    from answerable.projections.conformance.saying.changes import Changed

STYLES = {"added": "green", "removed": "red", "changed": "yellow"}


def changes_lines(old: Policy, new: Policy, found: Sequence[Changed]) -> Iterator[TextLine]:
    """Lay out what differs between two policies: how much, then each thing.

    Args:
        old: the one that it is compared with.
        new: the other.
        found: what differs.
    """
    names = f"{old.id} {old.version} and {new.id} {new.version}"
    if not found:
        yield TextLine(f"{names} ask the same.", "bold")
        return
    rules = [each for each in found if each.part == "rule"]
    told = [
        f"{counted(number, 'rule')} {how}"
        for how in ("added", "removed", "changed")
        if (number := sum(each.how == how for each in rules))
    ]
    yield TextLine(f"{names}: {listed(told) if told else 'no rule differs'}.", "bold")
    for each in found:
        yield from _changed(each)


def _changed(each: Changed) -> Iterator[TextLine]:
    name = {"policy": "the policy itself", "select": f"selection {each.name}"}.get(
        each.part, each.text or each.name
    )
    aside = f" ({each.name})" if each.part == "rule" else ""
    yield TextLine(f"  {each.how}: {name}{aside}", STYLES[each.how])
    for field in each.fields:
        yield TextLine(f"      {field.path} was {told(field.was)}, is now {told(field.now)}")


def told(value: Any) -> str:
    """Say what a field of a document holds."""
    if value is None or value in ({}, []):
        return "not there"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {told(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(told, value))
    return f"“{value}”" if isinstance(value, str) and " " in value else str(value)
