"""Tell what a case is called: its title, as corrected, where that is open to read."""

from __future__ import annotations

from collections.abc import Callable

from answerable.domain.kinds import REVISING
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import disclose
from answerable.projections.facts.facts import fold
from answerable.projections.facts.known_by.day import known_by_then
from answerable.projections.facts.lifecycle import LIFECYCLE

TITLED = frozenset((*LIFECYCLE, *REVISING))
"""The kinds that tell whether a case is open, and its title."""

TitleOf = Callable[[str], str | None]
"""Tells the title of a case; None where it is not told, or not open to read."""

KEPT = 4096
"""The number of titles kept in memory, once read."""


def untitled(_: str) -> str | None:
    """Tell the title of no case."""
    return None


class Titles:
    """The titles of cases. Each is read when it is first asked for.

    Args:
        reader: the record; it must be open for as long as there is a case to ask for.
        known_by: reads the record as it was known by then.
    """

    def __init__(self, reader: Reader, known_by: Asked | None = None) -> None:
        self._reader, self._known_by = known_by_then(reader, known_by)
        self._known: dict[str, str | None] = {}

    def of(self, case_id: str) -> str | None:
        """Tell the title of a case; None where it is not told, or not open to read."""
        if case_id not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[case_id] = self._read(case_id)
        return self._known[case_id]

    def _read(self, case_id: str) -> str | None:
        opening = self._reader.events(case=case_id, kinds=("case-opened",), known_by=self._known_by)
        amended = self._reader.amended(opening, known_by=self._known_by)
        return title_in(self._reader, CaseView(fold(case_id, amended))) if amended else None


def title_in(reader: Reader, view: CaseView) -> str | None:
    """Return the title of a case; None where it is not told, or not open to read."""
    titled = next(view.standing("case-opened"), None)
    if titled is None:
        return None
    title: str | None = disclose(reader, view.case, [titled])[titled.event_id].text("title").value
    return title


def title_of(reader: Reader, case_id: str) -> str:
    """Return what to call a case: its title, or else its id. The rest of the case is not read."""
    found = title_in(reader, CaseView(fold(case_id, reader.events(case=case_id, kinds=TITLED))))
    return found or case_id
