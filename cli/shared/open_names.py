"""Telling whoever records of names: in the open, where nothing erases them, given anew, or none."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from answerable.cli.shared.output import note
from answerable.domain.mistyped.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from answerable.domain.event import Event
    from answerable.ledger.anonymity.open_names import OpenName
    from answerable.ledger.ledger import Ledger

MOST = 5
"""Names that are told one by one."""

AT_ONCE = 1_000
"""Parties whose names are read in one go."""


def remark_open_names(opened: Ledger, first: int) -> None:
    """Note the names that stand in the open, for what was recorded from a position on."""
    from answerable.ledger.anonymity.open_names import names_in_the_open

    if say_open_names(names_in_the_open(opened, first, opened.allowed_names)):
        note("The chain keeps that for ever, and no erasure reaches it.")


def say_open_names(names: Iterable[OpenName]) -> bool:
    """Note where names stand in the open; tells whether any does."""
    told: dict[tuple[str, str], list[OpenName]] = {}
    for each in names:
        told.setdefault((each.field, each.value), []).append(each)
    for found in list(told.values())[:MOST]:
        persons = " and ".join(dict.fromkeys(each.party for each in found))
        some = ", ".join(each.word for each in found)
        note(f"{_where(found[0])} tells part of the name of {persons} ({some}).")
    if len(told) > MOST:
        note(f"So do {len(told) - MOST:,} more.")
    return bool(told)


def remark_registered_before(opened: Ledger, party: str, position: int) -> None:
    """Note that a pseudonym was registered before a position: it may be somebody else's."""
    earlier = [each.position for each in opened.registrations([party]) if each.position < position]
    if earlier:
        note(
            f"{party} was registered before, at #{earlier[-1]}, and is called by the latest from "
            f"now on. If this is somebody else, retract #{position} and choose another pseudonym; "
            "a name that was wrong is mended by a correction."
        )


def unregistered(opened: Ledger, events: Iterable[Event]) -> list[str]:
    """List the parties that some events name and nobody registered, in their order."""
    return without_registration(opened, parties_named(opened, events))


def parties_named(opened: Ledger, events: Iterable[Event]) -> Iterator[str]:
    """Yield the parties that some events name."""
    from answerable.ledger.anonymity.told import told_by

    for event in events:
        yield from (told.value for told in told_by(event, opened.event) if told.is_party)


def without_registration(opened: Ledger, parties: Iterable[str]) -> list[str]:
    """List those of some parties that nobody registered, each once."""
    from answerable.projections.facts.names import names

    found: list[str] = []
    left = iter(dict.fromkeys(parties))
    while some := [*islice(left, AT_ONCE)]:
        told = names(opened).of_each(some)
        found += [name.party for name in told if name.state == "unregistered"]
    return found


def remark_unregistered(opened: Ledger, parties: Sequence[str]) -> None:
    """Note the parties that nobody registered, and whom each may have been meant for."""
    if not parties:
        return
    from answerable.cli.shared.mistyped.on_record import PartiesOnRecord

    known = PartiesOnRecord(opened)
    for party in parties[:MOST]:
        near = known.meant(party)
        note(f"Nobody is registered as {party}. {did_you_mean(near)}".rstrip())
    if len(parties) > MOST:
        note(f"Nor are {len(parties) - MOST:,} more.")
    note("`answerable append party-registered --party …` tells who somebody is.")


def _where(found: OpenName) -> str:
    if found.field == "case_id":
        return f"The case id {found.value}"
    name = found.field.removeprefix("fields.").replace("_", " ")
    return f"The {name} {found.value!r} at #{found.position}"
