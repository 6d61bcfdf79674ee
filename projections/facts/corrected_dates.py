"""The dates of events, as corrected, told one by one without folding their cases.

Corrections come later in the log than what they correct, so those that bear on a date are read
first; there are few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from answerable.domain.kinds import REVISING
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.facts import fold
from answerable.projections.facts.known_by.day import known_by_then

Occurred = Callable[[RecordedEvent], str | None]
"""Tells when an event happened (EDTF), as corrected; None where that is not told."""


def occurred(reader: Reader, *, case: str | None = None, known_by: Asked | None = None) -> Occurred:
    """Return a function that tells when an event of a record, or of one case, happened."""
    corrected = dict(_corrected(*known_by_then(reader, known_by), case))
    return lambda event: corrected.get(event.event_id, event.occurred)


def _corrected(
    reader: Reader, known_by: datetime | None, case: str | None
) -> Iterator[tuple[str, str | None]]:
    """Yield the corrected dates, each with the id of its event; of several, the latest is last."""
    amendments = fold(case or "", reader.events(case=case, kinds=REVISING, known_by=known_by))
    for correction in amendments.standing("correction"):
        told = correction.event.fields.get("fields", {})
        if "occurred" in told:
            yield correction.event.fields["target"], told["occurred"]
