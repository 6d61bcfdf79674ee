"""Telling whom the sealed texts of an event are about: who can have them erased.

It follows from what stands in the open: the parties that the event names, those that the event
which it acts upon names, and so on; and those that a correction puts in the place of others. So it
is derived, in the one way that is here, when an event is recorded, restored and verified. Only who
recorded an event is known from a text: whoever is named there by a pseudonym.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from answerable.domain.kinds import TARGETS, model

PSEUDONYM = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class PartyFields(NamedTuple):
    """The fields by which a kind names parties, and the event that it acts upon."""

    parties: tuple[str, ...]
    target: str | None


class Naming(NamedTuple):
    """The parties that an event itself names, spaces between them, and what it acts upon."""

    kind: str
    parties: str
    target: str | None


@cache
def party_fields(kind: str) -> PartyFields:
    """Return the fields by which a kind names parties and its target."""
    return PartyFields(model(kind).parties, TARGETS.get(kind))


def join_parties(*named: str | None) -> str:
    """Join lists of parties into one: each party once, spaces between them."""
    return " ".join(dict.fromkeys(" ".join(filter(None, named)).split()))


def naming_of(kind: str, fields: Mapping[str, Any], declared: PartyFields) -> Naming:
    """Return whom an entry itself names.

    Args:
        kind: its kind.
        fields: its public fields.
        declared: by which of them its kind names parties.
    """
    parties = join_parties(*parties_in(fields, declared.parties))
    target = fields.get(declared.target) if declared.target else None
    return Naming(kind, parties, target if isinstance(target, str) else None)


def parties_in(fields: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    """Yield the parties that some fields name."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from map(str, value)


def whom_texts_are_about(
    own: Naming,
    find: Callable[[str], Naming | None],
    replaced: Mapping[str, Any] | None = None,
    declared: Callable[[str], PartyFields] = party_fields,
) -> str:
    """Return the parties that an event's sealed texts are about, spaces between them.

    Args:
        own: whom the event itself names.
        find: returns whom an event names, by its id; None where it is not on record.
        replaced: what a correction says that fields of its target should say.
        declared: returns the fields by which a kind names parties.
    """
    about = own.parties
    target = find(own.target) if own.target is not None else None
    corrected = () if target is None or not replaced else declared(target.kind).parties
    seen = {own.target}
    while target is not None:
        about = join_parties(about, target.parties)
        # No ledger lets an event in whose target is later, but a file can be made to hold one.
        further = None if target.target in seen else target.target
        seen.add(further)
        target = find(further) if further is not None else None
    return join_parties(about, *parties_in(replaced or {}, corrected))


def recorder_about(who: Any) -> str:
    """Return whom the text of who recorded an event is about: who is named by a pseudonym."""
    return who if isinstance(who, str) and PSEUDONYM.fullmatch(who) else ""
