"""Make the report on a case for those who are to read it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.errors import NotFound
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.report.audience.audiences import AUDIENCES, For
from answerable.projections.report.audience.gate import WHOLE, in_part
from answerable.projections.report.audience.gated_reader import GatedReader
from answerable.projections.report.audience.matter import Matter, Since, matter_of
from answerable.projections.report.audience.narrowed import (
    for_the_public,
    for_the_subject,
    people_words,
)
from answerable.projections.report.audience.others import words_of_others
from answerable.projections.report.audience.part import Part
from answerable.projections.report.looked import Looked, look
from answerable.projections.report.report import Report, Withheld, parties, report_of


class Gated(NamedTuple):
    """Hold a report, and the case as it was looked at for it.

    Attributes:
        looked: withholds the same texts; whoever shows more of the case reads by it.
        part: what may be shown of the case beside the report; None: the whole.
    """

    report: Report
    looked: Looked
    part: Part | None = None


def report_for(
    reader: Reader,
    case_id: str,
    whom: For,
    *,
    version: str,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    most: int | None = None,
) -> Gated:
    """Make the report on a case, with what its readers may not see withheld and counted.

    Args:
        reader: the record.
        case_id: which case.
        whom: those who are to read it.
        version: of answerable.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.
        most: how many times another case is folded, at the most (`report_of`).

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then; or the subject is not
            named in it.
    """
    matter = None if whom.audience in WHOLE else _matter(reader, case_id, whom, as_of, known_by)
    allows = WHOLE[whom.audience] if matter is None else in_part(whom, matter)
    gated = GatedReader(reader, allows)
    looked = look(gated, case_id, as_of=as_of, known_by=known_by)
    made = report_of(looked, version=version, most=most)
    shown = made
    if matter is not None:
        shown = (
            for_the_public(made, matter)
            if whom.subject is None
            else for_the_subject(made, matter, whom.subject)
        )
    withheld = Withheld(
        texts=len(gated.withheld),
        of_events=len({position for position, _ in gated.withheld}),
        fields=tuple(sorted({field for _, field in gated.withheld})),
        events=len(made.timeline) - len(shown.timeline),
        people=people_words(made) if whom.audience == "public" else None,
    )
    header = shown.header._replace(
        made_for=AUDIENCES[whom.audience], subject=whom.subject, withheld=withheld
    )
    part = None if matter is None else Part(case_id, matter, whom.subject)
    return Gated(shown._replace(header=header), looked, part)


def _matter(
    reader: Reader, case_id: str, whom: For, as_of: Asked | None, known_by: Asked | None
) -> Matter:
    known = names(reader, known_by=known_by)
    case = RecordView(reader, as_of, known_by).recorded_case(case_id).case
    if whom.subject is not None and whom.subject not in parties(case):
        raise NotFound(
            f"{whom.subject} is not named in {case_id}, so nothing in it is about them.",
            hint="Give somebody whom the case names.",
        )
    since = None
    if known_by is not None:
        whole = RecordView(reader).recorded_case(case_id).case
        since = Since(names(reader), tuple(parties(whole)))
    return matter_of(case, known, whom, since, partial(words_of_others, reader, case))
