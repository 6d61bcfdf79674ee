"""Telling which registrations gave a registered party another name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.search.folding import name_key
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.known_by.day import known_by_then
from answerable.projections.facts.names import registrations_read

REGISTRATION = "party-registered"


class Renaming(NamedTuple):
    """A registration that gave a party another name than the one before.

    Attributes:
        party: the pseudonym.
        case_id: the case that it was recorded in.
        position: where it stands in the log.
        registered_by: the registration that told the name before, by event id.
        registered_at: where that stands in the log.
        before: the name before.
        after: the name since.
    """

    party: str
    case_id: str
    position: int
    registered_by: str
    registered_at: int
    before: str
    after: str


def renamings(
    reader: Reader, parties: Collection[str] | None, known_by: Asked | None
) -> Mapping[str, Renaming]:
    """Map the registrations that gave a party another name, by event id.

    Names are read as corrected, and compared as a reader does (`name_key`).

    Args:
        reader: the record.
        parties: only these; None: every one.
        known_by: reads the record as it was known by then.
    """
    reader, moment = known_by_then(reader, known_by)
    chosen = _registered_again(reader, parties, moment)
    found: dict[str, Renaming] = {}
    last: dict[str, tuple[RecordedEvent, str]] = {}
    given = reader.registrations(chosen, known_by=moment)
    for fact, told in registrations_read(reader, given, known_by=moment):
        if told.name is None:
            continue
        event = fact.event
        before, called = last.get(told.party, (event, told.name))
        if name_key(called) != name_key(told.name):
            found[event.event_id] = Renaming(
                told.party,
                event.case_id,
                event.position,
                before.event_id,
                before.position,
                called,
                told.name,
            )
        last[told.party] = event, told.name
    return found


def _registered_again(
    reader: Reader, parties: Collection[str] | None, known_by: datetime | None
) -> list[str]:
    """List the parties, of some or of all, that several registrations name.

    Of some, theirs alone are read: a house may have registered a hundred thousand others.
    """
    if parties is None:
        told = reader.events(kinds=(REGISTRATION,), known_by=known_by)
    else:
        told = reader.registrations(parties, known_by=known_by)
    named = Counter(event.fields["party"] for event in told)
    return [
        party
        for party, times in named.items()
        if times > 1 and (parties is None or party in parties)
    ]
