"""Telling whoever records of names: in the open, where nothing erases them, or given anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from answerable.ledger.anonymity.open_names import OpenName
    from answerable.ledger.ledger import Ledger

MOST = 5
"""Names that are told one by one."""


def remark_open_names(opened: Ledger, first: int) -> None:
    """Note the names that stand in the open, for what was recorded from a position on."""
    from answerable.ledger.anonymity.open_names import names_in_the_open

    told: dict[tuple[str, str], list[OpenName]] = {}
    for each in names_in_the_open(opened, first, opened.allowed_names):
        told.setdefault((each.field, each.value), []).append(each)
    for found in list(told.values())[:MOST]:
        persons = " and ".join(dict.fromkeys(each.party for each in found))
        some = ", ".join(each.word for each in found)
        note(f"{_where(found[0])} tells part of the name of {persons} ({some}).")
    if len(told) > MOST:
        note(f"So do {len(told) - MOST:,} more.")
    if told:
        note("The chain keeps that for ever, and no erasure reaches it.")


def remark_registered_before(opened: Ledger, party: str, position: int) -> None:
    """Note that a pseudonym was registered before a position: it may be somebody else's."""
    earlier = [each.position for each in opened.registrations([party]) if each.position < position]
    if earlier:
        note(
            f"{party} was registered before, at #{earlier[-1]}, and is called by the latest from "
            f"now on. If this is somebody else, retract #{position} and choose another pseudonym; "
            "a name that was wrong is mended by a correction."
        )


def _where(found: OpenName) -> str:
    if found.field == "case_id":
        return f"The case id {found.value}"
    name = found.field.removeprefix("fields.").replace("_", " ")
    return f"The {name} {found.value!r} at #{found.position}"
