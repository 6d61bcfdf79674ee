"""Whether events had happened by a moment, told one by one, without folding their cases.

A date counts as corrected. Corrections come later in the log than what they correct, so those that
bear on a date are read first; there are few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.domain.recorded import Reader, RecordedEvent

Occurred = Callable[[RecordedEvent], str | None]
"""When an event happened (EDTF), as corrected; None where that is not told."""


def occurred(
    reader: Reader, *, case: str | None = None, known_by: datetime | None = None
) -> Occurred:
    """Tells of the events of a record, or of one case, when they happened."""
    corrected = _corrected(reader, case, known_by)
    return lambda event: corrected.get(event.event_id, event.occurred)


def happened(told: str | None, moment: datetime | None) -> When:
    """Whether what is dated so had happened by a moment; without one, what is recorded has."""
    if moment is None:
        return "yes"
    return dates.by(None if told is None else dates.parse(told), moment)


def _corrected(
    reader: Reader, case: str | None, known_by: datetime | None
) -> Mapping[str, str | None]:
    """The dates that corrections changed, by the id of the event; retracted corrections do not."""
    standing: dict[str, tuple[str, str | None]] = {}
    kinds = ("correction", "retraction")
    for event in reader.events(case=case, kinds=kinds, known_by=known_by):
        if event.kind == "retraction":
            standing.pop(event.fields["target"], None)
        elif "occurred" in event.fields.get("fields", {}):
            told = event.fields["fields"]["occurred"]
            standing[event.event_id] = (event.fields["target"], told)
    return dict(standing.values())
