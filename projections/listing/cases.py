"""The cases a page at a time: all of them, or those that stand in some way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from answerable.domain.documents import DocumentRows, beyond
from answerable.domain.record import CaseSummary, Page
from answerable.projections import documents as views
from answerable.projections.listed import ALL, STANDING, Standing, read_standing
from answerable.projections.listing.paged import Sought, Stretch, stretch
from answerable.projections.listing.record import Listed

Which = Literal["all", "open", "closed", "accountable", "owing", "barred"]
"""Name the cases that are asked for."""

CHOSEN: Mapping[Which, Callable[[Standing], bool]] = {
    "open": lambda each: each.state in ("open", "indeterminate"),
    "closed": lambda each: each.state in ("closed", "indeterminate"),
    "accountable": lambda each: each.accountable,
    "owing": lambda each: each.open,
    "barred": lambda each: each.barred,
}
"""Tell which cases each choice takes; one that may be so is taken, too."""


class CaseListed(NamedTuple):
    """Hold a case as a list has it.

    Attributes:
        title: as corrected; None where it is not told, or not open to read.
        state: open, closed or indeterminate; None where it was never opened, or is not kept.
        accountable: who is accountable in it, or may be, by pseudonym.
        barred: who is barred in it, or may be.
        open: how many things are open in it; None where that is not kept.
        last_recorded: when the last of its events was recorded.
    """

    case_id: str
    title: str | None
    state: str | None
    accountable: tuple[str, ...]
    barred: tuple[str, ...]
    open: int | None
    events: int
    last_recorded: str


class Counts(NamedTuple):
    """Hold how many cases stand how.

    Attributes:
        cases: all but those that only hold registers of the house.
        open: those that are open, or may be.
        closed: those that are closed, or may be.
        accountable: those in which somebody is accountable, or may be.
        owing: those in which something is open, or may be.
        barred: those in which somebody is barred, or may be.
    """

    cases: int
    open: int
    closed: int
    accountable: int
    owing: int
    barred: int


def counts(listed: Listed) -> Counts | None:
    """Count the cases by how they stand; None where no views are kept."""
    standings = _standings(listed)
    if standings is None:
        return None
    told = [(read_standing(body), cases) for body, cases in standings.items()]
    chosen = {
        which: sum(cases for standing, cases in told if takes(standing))
        for which, takes in CHOSEN.items()
    }
    every = sum(cases for standing, cases in told if _is_a_matter(standing))
    return Counts(every, **chosen)


def cases_listed(listed: Listed, which: Which, sought: Sought) -> Stretch[CaseListed]:
    """List a page of the cases, by their slugs.

    Args:
        listed: the record.
        which: those that are asked for.
        sought: which page of them.
    """
    read = listed.pages.cases_page if which == "all" else standing_so(listed, CHOSEN[which])
    found = stretch(read, lambda each: each.case_id, sought)
    last = {
        event.position: event.recorded_at
        for event in listed.pages.events_at(each.last for each in found.items)
    }
    items = [_case(listed, each, last[each.last]) for each in found.items]
    return Stretch(items, found.back, found.onward)


def _is_a_matter(standing: Standing) -> bool:
    """Tell whether a case is more than a register of the house."""
    return standing != Standing(None, False, False, False)


def _standings(listed: Listed) -> Mapping[bytes, int] | None:
    # The keys are asked for so that the view is caught up.
    if listed.pages.keys_page(views.VIEWS, STANDING, Page(1)) is None:
        return None
    return listed.reader.document_parts(views.VIEWS, STANDING, ALL, but="")


def standing_so(
    listed: Listed, takes: Callable[[Standing], bool]
) -> Callable[[Page], Sequence[CaseSummary]]:
    """Return what reads pages of those cases that stand in some way.

    Args:
        listed: the record.
        takes: tells which ways those are.
    """
    told = _standings(listed) or {}
    bodies = [body for body in told if takes(read_standing(body))]
    rows = DocumentRows(STANDING, ALL, beyond(ALL), bodies=bodies)

    def read(page: Page) -> Sequence[CaseSummary]:
        found = listed.pages.rows_page(views.VIEWS, rows, page) or ()
        return [
            case
            for _, case_id, _ in found
            for case in listed.pages.cases_page(Page(1, begins=case_id))
        ]

    return read


def _case(listed: Listed, case: CaseSummary, last_recorded: str) -> CaseListed:
    standing = views.case(listed.reader, case.case_id)
    return CaseListed(
        case.case_id,
        # A register of the house has no title, and may be as large as the house.
        None if standing is None else listed.titles.of(case.case_id),
        None if standing is None else standing.state,
        () if standing is None else standing.accountable,
        () if standing is None else standing.barred,
        None if standing is None else len(standing.open),
        case.events,
        last_recorded,
    )
