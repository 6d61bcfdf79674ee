"""Look a whole sheet over, before anything of it is recorded: what fits, and what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import NamedTuple

from answerable.domain.errors import AnswerableError
from answerable.ledger.transfer.drafts import Drafting
from answerable.ledger.transfer.sheet.errors import Misfit
from answerable.ledger.transfer.sheet.files.cells import Sheet
from answerable.ledger.transfer.sheet.mapping import MappedRow, SheetMapping, names_by_id
from answerable.ledger.transfer.sheet.maps.columns import unmentioned
from answerable.ledger.transfer.sheet.maps.model import SheetMap
from answerable.ledger.transfer.sheet.parties import OnRecord
from answerable.ledger.transfer.sheet.rows import SheetRow, as_misfit, sheet_rows

SHOWN_ROWS = 3
"""The rows that a trial shows as events."""

MOST_KEPT = 1_000
"""The misfits that are kept, to be told; all are counted."""


class Work:
    """A sheet with its map, and what it is held against.

    Attributes:
        sheet: the sheet.
        map: its map.
        drafting: makes something that makes events of drafts, each time anew.
    """

    def __init__(
        self, sheet: Sheet, map_: SheetMap, ledger: OnRecord, drafting: Callable[[], Drafting]
    ) -> None:
        self.sheet = sheet
        self.map = map_
        self.drafting = drafting
        self._ledger = ledger

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, int]]:
        return names_by_id(self.map, self.sheet.rows())

    def rows(self, without: Container[int] = ()) -> Iterator[SheetRow]:
        """Yield the rows from the first on, mapped."""
        mapping = SheetMapping(self.map, self.sheet.columns, self._ledger, self._names)
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
        strange: the parties on record that it calls by names not on record: pseudonym, name.
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
    strange: list[tuple[str, str]]
    unmentioned: list[str]
    comments: int
    first: list[MappedRow]
    names: dict[str, str]


Check = Callable[[Iterable[SheetRow]], Iterable[AnswerableError]]
"""Makes events of rows, and tries to record them; gives what is wrong with any, by `line`."""


def survey(work: Work, check: Check, without: Set[int] = frozenset()) -> Survey:
    """Look a sheet over: what does not fit its map, its kinds or the ledger.

    Args:
        work: the sheet.
        check: tries to record its rows.
        without: the numbers of rows to leave out.
    """
    seen = _Seen()
    errors = [*check(seen.watch(work.rows(without)))]
    wrong: dict[int, list[AnswerableError]] = {}
    for error in errors:
        if error.line is not None:
            wrong.setdefault(error.line, []).append(error)
    for row in work.rows(without) if wrong else ():
        if row.mark.lines in wrong:
            seen.take_back(row, wrong[row.mark.lines])
    return seen.survey(work)


class _Seen:
    """Remember what is seen of a sheet while its rows pass by."""

    def __init__(self) -> None:
        self._misfits: list[Misfit] = []
        self._misfit_count = 0
        self._unfit: set[int] = set()
        self._rows = 0
        self._kinds: Counter[str] = Counter()
        self._guessed: Counter[tuple[str, str]] = Counter()
        self._strange: list[tuple[str, str]] = []
        self._idle: list[int] = []
        self._first: list[MappedRow] = []

    def watch(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """Pass on the rows that fit their map, and see what they come to."""
        for row in rows:
            self._rows += 1
            mapped = row.mapped
            self._guessed.update(mapped.guessed)
            self._strange += mapped.strange
            if mapped.misfits:
                self._note(mapped.misfits)
                continue
            if mapped.drafts:
                self._kinds.update(each.fields["kind"] for each in mapped.drafts)
                if len(self._first) < SHOWN_ROWS:
                    self._first.append(mapped)
            else:
                self._idle.append(row.mark.lines)
            yield row

    def take_back(self, row: SheetRow, errors: Iterable[AnswerableError]) -> None:
        """Take note that a row does not fit after all."""
        self._note([as_misfit(row, error) for error in errors])
        self._kinds.subtract(each.fields["kind"] for each in row.mapped.drafts)
        self._first = [each for each in self._first if each.row.number != row.mark.lines]

    def _note(self, misfits: list[Misfit]) -> None:
        self._misfit_count += len(misfits)
        self._unfit.update(misfit.row for misfit in misfits)
        self._misfits += misfits[: max(0, MOST_KEPT - len(self._misfits))]

    def survey(self, work: Work) -> Survey:
        """Return what was seen."""
        return Survey(
            self._rows,
            +self._kinds,
            sorted(self._misfits, key=lambda misfit: misfit.row),
            self._misfit_count,
            self._unfit,
            self._idle,
            self._guessed,
            self._strange,
            unmentioned(work.map, work.sheet.columns),
            work.sheet.comments,
            self._first,
            {
                each.fields["party"]: each.fields["name"]
                for row in self._first
                for each in row.drafts
                if each.name == "party"
            },
        )


def survey_what_fits(work: Work, check: Check) -> tuple[Survey, Survey]:
    """Look a sheet over, and then what is left of it without the rows that do not fit.

    A row may fit only because of another one that does not: it is left out as well.

    Returns:
        The sheet as a whole, with all that does not fit; and the rest of it, in which all fits.
    """
    whole = rest = survey(work, check)
    unfit = {*whole.unfit}
    while rest.unfit:
        rest = survey(work, check, frozenset(unfit))
        unfit |= rest.unfit
        whole = whole._replace(
            unfit=unfit,
            misfits=[*whole.misfits, *rest.misfits][:MOST_KEPT],
            misfit_count=whole.misfit_count + rest.misfit_count,
        )
    return whole, rest
