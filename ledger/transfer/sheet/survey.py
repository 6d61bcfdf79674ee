"""Look a whole sheet over, before anything of it is recorded: what fits, and what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Set
from typing import NamedTuple

from answerable.ledger.transfer.drafts import Drafting
from answerable.ledger.transfer.sheet.errors import Misfit
from answerable.ledger.transfer.sheet.files.cells import Sheet
from answerable.ledger.transfer.sheet.mapping import MappedRow, SheetMapping
from answerable.ledger.transfer.sheet.maps.columns import unmentioned
from answerable.ledger.transfer.sheet.maps.model import SheetMap
from answerable.ledger.transfer.sheet.parties import OnRecord
from answerable.ledger.transfer.sheet.rows import SheetRow, misfits_of, sheet_rows

SHOWN_ROWS = 3
"""The rows that a trial shows as events."""

MOST_KEPT = 1_000
"""The misfits that are kept, to be told; all are counted."""


class Work(NamedTuple):
    """A sheet with its map, and what it is held against.

    Attributes:
        sheet: the sheet.
        map: its map.
        ledger: how parties are looked up.
        drafting: makes something that makes events of drafts, each time anew.
    """

    sheet: Sheet
    map: SheetMap
    ledger: OnRecord
    drafting: Callable[[], Drafting]

    def rows(self, without: Container[int] = ()) -> Iterator[SheetRow]:
        """Yield the rows from the first on, mapped."""
        mapping = SheetMapping(self.map, self.sheet.columns, self.ledger)
        mapping.gather(self.sheet.rows())
        return sheet_rows(self.sheet, mapping, without)


class Survey(NamedTuple):
    """A sheet, looked over.

    Attributes:
        rows: how many rows it has.
        kinds: how many events of each kind its rows tell.
        misfits: what does not fit, the first of it.
        misfit_count: how much does not fit.
        unfit: the numbers of the rows in which something does not fit.
        idle: the numbers of the rows that tell nothing.
        guessed: how often which word was taken for a table's `*`: table, word.
        unmentioned: the columns that the map neither reads nor ignores.
        comments: how many rows say that they are none.
        first: the first rows that fit.
        names: the names of the parties that it registers, by their pseudonyms.
    """

    rows: int
    kinds: Counter[str]
    misfits: list[Misfit]
    misfit_count: int
    unfit: set[int]
    idle: list[int]
    guessed: Counter[tuple[str, str]]
    unmentioned: list[str]
    comments: int
    first: list[MappedRow]
    names: dict[str, str]


Refusals = Callable[[Container[int]], list[Misfit]]
"""Tells what a ledger refuses of a sheet, but for the rows of these numbers."""


def survey(work: Work, refusals: Refusals, without: Set[int] = frozenset()) -> Survey:
    """Look a sheet over: what does not fit its map, its kinds or the ledger.

    Args:
        work: the sheet.
        refusals: what the ledger refuses of the rows that fit otherwise.
        without: the numbers of rows to leave out.
    """
    found = _look(work, without)
    refused = refusals(found.unfit | without)
    found.unfit.update(misfit.row for misfit in refused)
    misfits = sorted([*found.misfits, *refused[:MOST_KEPT]], key=lambda misfit: misfit.row)
    return found._replace(
        misfits=misfits[:MOST_KEPT], misfit_count=found.misfit_count + len(refused)
    )


def _look(work: Work, without: Set[int]) -> Survey:
    drafting = work.drafting()
    kinds: Counter[str] = Counter()
    guessed: Counter[tuple[str, str]] = Counter()
    misfits: list[Misfit] = []
    unfit: set[int] = set()
    idle: list[int] = []
    first: list[MappedRow] = []
    names: dict[str, str] = {}
    count = rows = 0
    for row in work.rows(without):
        rows += 1
        guessed.update(row.mapped.guessed)
        if found := misfits_of(row, drafting):
            unfit.add(row.mark.lines)
            count += len(found)
            misfits += found[: MOST_KEPT - len(misfits)]
            continue
        if not row.mapped.drafts:
            idle.append(row.mark.lines)
        elif len(first) < SHOWN_ROWS:
            first.append(row.mapped)
            names.update(
                (each.fields["party"], each.fields["name"])
                for each in row.mapped.drafts
                if each.name == "party"
            )
        kinds.update(each.fields["kind"] for each in row.mapped.drafts)
    left = unmentioned(work.map, work.sheet.columns)
    comments = work.sheet.comments
    return Survey(rows, kinds, misfits, count, unfit, idle, guessed, left, comments, first, names)


def survey_what_fits(work: Work, refusals: Refusals) -> tuple[Survey, Survey]:
    """Look a sheet over, and then what is left of it without the rows that do not fit.

    A row may fit only because of another one that does not: it is left out as well.

    Returns:
        The sheet as a whole, with all that does not fit; and the rest of it, in which all fits.
    """
    whole = rest = survey(work, refusals)
    unfit = {*whole.unfit}
    while rest.unfit:
        rest = survey(work, refusals, frozenset(unfit))
        unfit |= rest.unfit
        whole = whole._replace(
            unfit=unfit,
            misfits=[*whole.misfits, *rest.misfits][:MOST_KEPT],
            misfit_count=whole.misfit_count + rest.misfit_count,
        )
    return whole, rest
