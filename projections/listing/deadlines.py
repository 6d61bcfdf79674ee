"""List what falls due by rules and by events, in the cases of a page: the most urgent first.

What a rule asks for by a day is told by judging the case, so no list over all cases has it. A page
judges so many cases as it names, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from answerable.domain.record import Page
from answerable.domain.zone.day_end import Asked
from answerable.projections.conformance.in_force.versions import Unreadable
from answerable.projections.conformance.judging import Judges
from answerable.projections.due import Due, due_in
from answerable.projections.facts.record_view import RecordView
from answerable.projections.listed import Standing
from answerable.projections.listing.cases import standing_so
from answerable.projections.listing.paged import Sought, Stretch, stretch
from answerable.projections.listing.record import Listed

CASES = 20
"""The most cases that are judged for a page."""

Among = Literal["unsettled", "all"]
"""Name the cases that are looked at."""


class Deadlines(NamedTuple):
    """Hold what falls due in the cases of a page.

    Attributes:
        found: the things, the most urgent first.
        cases: the page: the slugs of the cases that were judged.
        unreadable: the adopted policies that judge nothing, since their text cannot be read.
    """

    found: tuple[Due, ...]
    cases: Stretch[str]
    unreadable: Sequence[Unreadable]


def deadlines(
    listed: Listed, among: Among, sought: Sought, as_of: Asked, known_by: Asked | None = None
) -> Deadlines:
    """List what falls due in the cases of a page.

    Args:
        listed: the record.
        among: which cases: those that are open now, or in which something is; or all.
        sought: which page of them.
        as_of: judges deadlines by this moment.
        known_by: reads the record as it was known by then.
    """
    record = RecordView(
        listed.reader,
        as_of,
        known_by,
        name_of=listed.known.called,
        type_of=listed.known.type_of,
        keep=CASES,
    )
    # How like cases were answered sets nobody a day, and is told by views of the present alone.
    judges = Judges(record, now=True)

    def read(page: Page) -> list[str]:
        if among == "all":
            return [each.case_id for each in listed.pages.cases_page(page)]
        return [each.case_id for each in standing_so(listed, is_unsettled)(page)]

    cases = stretch(read, str, sought, CASES)
    views = (view for view in record.each_of(cases.items) if view.facts)
    found = [
        each for view, outcomes in judges.outcomes_of_each(views) for each in due_in(view, outcomes)
    ]
    return Deadlines(
        tuple(sorted(found, key=lambda each: each.urgency)),
        cases,
        judges.versions.unreadable,
    )


def is_unsettled(standing: Standing) -> bool:
    """Tell whether a case is open, or may be, or something in it is."""
    return standing.open or standing.state in ("open", "indeterminate")
