"""Say an event that was just recorded, in words: what happened, when, and where it stands."""

from __future__ import annotations

from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.names import Names
from answerable.projections.titles import title_of
from answerable.projections.wording.dates import date
from answerable.projections.wording.lines.things import Told
from answerable.projections.wording.sentence import sentence


def recorded_words(reader: Reader, event: RecordedEvent, known: Names, zone: Zone) -> str:
    """Say an event and its place: "contact with the KOL, on or before 2026-01-05 (#6 in …)".

    Only the event, what it acts upon and the title of its case are read.

    Args:
        reader: the record.
        event: the event.
        known: the registered parties.
        zone: that of the case.
    """
    return f"{happening(reader, event, known, zone)} ({place_words(reader, event)})"


def happening(reader: Reader, event: RecordedEvent, known: Names, zone: Zone) -> str:
    """Say what happened and when, to stand in a sentence: "backlash, on or before 2026-01-05"."""

    def find(event_id: str) -> Told | None:
        other = reader.event(event_id)
        return None if other is None else Told(other.kind, other.fields)

    called: list[str] = []

    def name_of(party: str) -> str:
        called.append(known.called(party))
        return called[-1]

    line = in_a_sentence(sentence(event.kind, event.fields, name_of, find), called)
    occurred = event.fields.get("occurred")
    return line if occurred is None else f"{line}, {date(occurred, zone)}"


def in_a_sentence(line: str, names: list[str]) -> str:
    """Begin a line with a small letter, unless it begins with a name.

    Args:
        line: what an event says.
        names: the names that it may begin with.
    """
    if any(line.casefold().startswith(name.casefold()) for name in names):
        return line
    return f"{line[:1].lower()}{line[1:]}"


def place_words(reader: Reader, event: RecordedEvent) -> str:
    """Say where an event stands: "#6 in Contact with a KOL"."""
    return f"#{event.position} in {title_of(reader, event.case_id)}"
