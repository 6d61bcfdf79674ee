"""Tell what a case is called: its title, as corrected, where that is open to read."""

from __future__ import annotations

from answerable.domain.kinds import REVISING
from answerable.domain.reader import Reader
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import disclose
from answerable.projections.facts.facts import fold
from answerable.projections.facts.lifecycle import LIFECYCLE

TITLED = frozenset((*LIFECYCLE, *REVISING))
"""The kinds that tell whether a case is open, and its title."""


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
