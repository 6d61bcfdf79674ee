"""Telling whoever records that a name stands in the open, where nothing erases it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from answerable.ledger.anonymity import OpenName
    from answerable.ledger.ledger import Ledger

MOST = 5
"""Names that are told one by one."""


def remark_open_names(opened: Ledger, first: int) -> None:
    """Note the names that stand in the open, for what was recorded from a position on."""
    from answerable.ledger.anonymity import names_in_the_open

    found = names_in_the_open(opened, first)
    for each in found[:MOST]:
        note(f"{_where(each)} tells part of the name of {each.party} ({each.word}).")
    if len(found) > MOST:
        note(f"So do {len(found) - MOST:,} more.")
    if found:
        note("The chain keeps that for ever, and no erasure reaches it.")


def _where(found: OpenName) -> str:
    if found.field == "case_id":
        return f"The case id {found.value}"
    name = found.field.removeprefix("fields.").replace("_", " ")
    return f"The {name} {found.value!r} at #{found.position}"
