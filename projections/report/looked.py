"""A case as a report looks at it, and a page of the report once more."""

from __future__ import annotations

from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView


class Looked(NamedTuple):
    """Hold a case as it was looked at, and what it was read by.

    Attributes:
        reader: the record.
        as_of: the moment that was asked about.
        known_by: the moment by which the record was asked about.
        known: tells who a party is.
        record: the record as of and as known by these moments.
        view: the case.
    """

    reader: Reader
    as_of: Asked | None
    known_by: Asked | None
    known: Names
    record: RecordView
    view: CaseView


def look(
    reader: Reader,
    case_id: str,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Looked:
    """Look at a case.

    Args:
        reader: the record.
        case_id: which case.
        as_of: leaves out what had not happened by then.
        known_by: reads the record as it was known by then.

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then.
    """
    known = names(reader, known_by=known_by)
    record = RecordView(reader, as_of, known_by, name_of=known.called, type_of=known.type_of)
    return Looked(reader, as_of, known_by, known, record, record.recorded_case(case_id))
