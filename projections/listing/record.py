"""The record as lists look at it: who reads it, by pages, and what things are called."""

from __future__ import annotations

from typing import NamedTuple

from answerable.domain.reader import PagingReader, Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.names import Names, names
from answerable.projections.titles import Titles
from answerable.projections.wording.lines.things import Told
from answerable.projections.wording.sentence import sentence


class Listed(NamedTuple):
    """Hold what lists are made of.

    Attributes:
        reader: the record, as whoever reads may see it: texts are opened by it alone.
        pages: the same record by pages, which hold nothing that is sealed.
        known: what parties are called.
        titles: what cases are called.
    """

    reader: Reader
    pages: PagingReader
    known: Names
    titles: Titles

    def said(self, event: RecordedEvent) -> str:
        """Say an event in one line, as it was first recorded."""
        return sentence(event.kind, event.fields, self.known.called, self._told)

    def _told(self, event_id: str) -> Told | None:
        event = self.reader.event(event_id)
        return None if event is None else Told(event.kind, event.fields)


def listed_by(reader: Reader, pages: PagingReader, known_by: Asked | None = None) -> Listed:
    """Look at a record for lists.

    Args:
        reader: the record, as whoever reads may see it.
        pages: the same record by pages.
        known_by: calls things as they were known by then.
    """
    return Listed(reader, pages, names(reader, known_by=known_by), Titles(reader, known_by))
