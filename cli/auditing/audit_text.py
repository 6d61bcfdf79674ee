"""The matrix of `answerable audit` as text: a table where there is room for one, else a list."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.auditing.marks import LEGEND, LEGEND_NOT_EXECUTED, NOT_ASKED, mark
from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.projections.auditing.audit import COLUMNS
from answerable.projections.grounds.proposals import proposal_words
from answerable.projections.titles import title_in
from answerable.projections.wording.counts import counted
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.sentence import sentence

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.auditing.audit import CaseAudit, Row
    from answerable.projections.facts.case_view import CaseView

NARROW = 60
"""The number of columns below which the matrix is a list."""

SHOWN = 60
"""The most consequences, over several cases, of which the rows are shown; else a line a case."""

GAP = "  "

SORTS = {
    "sanction-imposed": ("sanction", "sanctions"),
    "counterparty-barred": ("bar", "bars"),
    "engagement-terminated": ("termination", "terminations"),
}
"""Name the consequences of each kind."""

STYLES = {"no": "red", "unknown": "yellow", "yes": "green"}


class _Case(NamedTuple):
    """A case in short."""

    case_id: str
    title: str | None
    backed: int
    counted: int
    lacking: Counter[str]

    @property
    def named(self) -> str:
        return case_words(self.case_id, self.title)


class _Whole(NamedTuple):
    """A case whose rows are shown."""

    case: _Case
    view: CaseView
    audited: CaseAudit


def lines(
    reader: Reader,
    found: Iterable[tuple[CaseView, CaseAudit]],
    *,
    alone: bool,
    times: Sequence[str] = (),
) -> Iterator[TextLine]:
    """Lay out an audit: how many are fully backed, then each with its links, or each case.

    Args:
        reader: the record, for the titles of cases.
        found: the cases.
        alone: whether only one was asked about, which is then shown whole.
        times: the two times asked about, as options.
    """
    cases: list[_Case] = []
    whole: list[_Whole] = []
    tally: Counter[str] = Counter()
    good: Counter[str] = Counter()
    fallen = foreign = unexecuted = 0
    for view, audited in found:
        case = _in_short(reader, view, audited)
        cases.append(case)
        tally.update(row.kind for row in audited.own)
        good.update(row.kind for row in audited.own if row.backed == "yes")
        fallen += audited.fallen
        foreign += len(audited.rows) - audited.counted
        unexecuted += audited.not_executed
        if alone or (len(whole) + 1 == len(cases) and tally.total() <= SHOWN):
            whole.append(_Whole(case, view, audited))
    yield from _counts(tally, good)
    if unexecuted:
        yield TextLine(f"Of these, not executed for a cause on record: {unexecuted:,}.")
    yield from _left_out(fallen, foreign)
    if len(whole) < len(cases):
        yield from _register(cases, times)
        return
    narrow = shutil.get_terminal_size().columns < NARROW
    for each in whole:
        if each.audited.rows:
            yield from _matrix(each, narrow=narrow, alone=len(whole) == 1)
    if any(each.audited.rows for each in whole):
        yield TextLine("")
        yield from (TextLine(each, "dim") for each in LEGEND)
        if unexecuted:
            yield TextLine(LEGEND_NOT_EXECUTED, "dim")
        yield from _next(whole, times)


def _in_short(reader: Reader, view: CaseView, audited: CaseAudit) -> _Case:
    lacking: Counter[str] = Counter()
    for row in audited.own:
        lacking.update(name for name in COLUMNS if row.cells[name].problems)
    title = title_in(reader, view)
    return _Case(view.case_id, title, audited.backed, audited.counted, lacking)


def _counts(tally: Counter[str], good: Counter[str]) -> Iterator[TextLine]:
    """Say how many are fully backed: of all, and of each sort where there are several."""
    if not tally:
        yield TextLine("No sanction, bar or termination of this house stands.")
        return
    sorts = [kind for kind in SORTS if tally[kind]]
    each = [_of(good[kind], tally[kind], *SORTS[kind]) for kind in sorts]
    verb = "is" if tally.total() == 1 else "are"
    if len(sorts) == 1:
        said = each[0]
    else:
        said = _of(good.total(), tally.total(), "consequence", "consequences")
    sound = good.total() == tally.total()
    yield TextLine(f"{said} {verb} fully backed.", "bold green" if sound else "bold red")
    if len(sorts) > 1:
        yield TextLine(f"{GAP}{', '.join(each)}")


def _of(part: int, whole: int, one: str, several: str) -> str:
    return f"{part:,} of {whole:,} {one if whole == 1 else several}"


def _left_out(fallen: int, foreign: int) -> Iterator[TextLine]:
    if foreign:
        yield TextLine(f"Not counted, for another house imposed them: {foreign:,}.", "dim")
    if fallen:
        yield TextLine(f"Left out, for they fell or are only alleged: {fallen:,}.", "dim")


def _register(cases: list[_Case], times: Sequence[str]) -> Iterator[TextLine]:
    """List the cases in which one is not fully backed."""
    wanting = [case for case in cases if case.backed < case.counted]
    yield TextLine(
        f"{counted(len(cases), 'case', 'cases')} with consequences; "
        f"not fully backed in {len(wanting):,}:"
    )
    for case in wanting:
        lacking = ", ".join(f"{name} {number:,}" for name, number in case.lacking.items())
        yield TextLine(f"{GAP}{case.backed:,} of {case.counted:,}  {case.named}")
        yield TextLine(f"{GAP * 3}wanting: {lacking}", "dim")
    if wanting:
        yield TextLine(f"Each of a case: {suggested('audit', wanting[0].case_id, *times)}", "dim")


def _matrix(shown: _Whole, *, narrow: bool, alone: bool) -> Iterator[TextLine]:
    case, _, audited = shown
    yield TextLine("")
    own = "" if alone else f": {case.backed:,} of {case.counted:,} fully backed"
    yield TextLine(f"{case.named}{own}", "bold")
    table = [[mark(row.cells[name]) for name in COLUMNS] for row in audited.rows]
    widths = [max(len(name), *(len(line[at]) for line in table)) for at, name in enumerate(COLUMNS)]
    if narrow or sum(widths) + len(GAP) * len(widths) > shutil.get_terminal_size().columns:
        yield from _list(audited)
    else:
        yield TextLine(_line(COLUMNS, widths), "dim")
        for row, marks in zip(audited.rows, table, strict=True):
            yield TextLine(_heading(row))
            yield from _against_proposal(row)
            yield TextLine(_line(marks, widths), "dim" if row.other_house else STYLES[row.backed])
    yield from _wanting(shown)


def _line(cells: Iterable[str], widths: list[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"{GAP}{GAP.join(padded)}".rstrip()


def _heading(row: Row) -> str:
    marks = [
        "another house's" if row.other_house else None,
        "indeterminate: its date does not tell" if row.as_of == "unknown" else None,
    ]
    said = "".join(f", {each}" for each in marks if each)
    return f"#{row.position} {row.gist}{said}"


def _against_proposal(row: Row) -> Iterator[TextLine]:
    """Say what was proposed, where the consequence is another, and whether it is told why."""
    found = row.proposed
    if found is not None and found.differs:
        told = {"told": "the reason is told", "not told": "no reason is told"}
        why = told.get(found.reason or "", f"the reason is {found.reason}")
        yield TextLine(f"{GAP}{proposal_words(found)} ({why})")


def _list(audited: CaseAudit) -> Iterator[TextLine]:
    for row in audited.rows:
        yield TextLine(_heading(row))
        yield from _against_proposal(row)
        for name in COLUMNS:
            said = mark(row.cells[name])
            if said != NOT_ASKED:
                yield TextLine(f"{GAP}{name.ljust(9)}  {said}")


def _wanting(shown: _Whole) -> Iterator[TextLine]:
    """Say each thing that is missing, wrong or not told once, with all that wants it."""
    _, view, audited = shown
    texts: dict[str, dict[str, None]] = {}
    behind: dict[str, dict[int, None]] = {}
    unexecuted: dict[str, list[int]] = {}
    for row in audited.own:
        for problem in row.problems:
            texts.setdefault(problem.event_id, {})[problem.text] = None
            behind.setdefault(problem.event_id, {})[row.position] = None
        told = {problem.text for problem in row.problems}
        for text in row.cells["execution"].problems:
            if text not in told:
                unexecuted.setdefault(text, []).append(row.position)
    if texts or unexecuted:
        yield TextLine("")
        yield TextLine("Missing, wrong or not told", "bold")
    found = (placed.fact for placed in map(view.placed, texts) if placed is not None)
    for fact in sorted(found, key=lambda each: each.event.position):
        rows = [each for each in behind[fact.event_id] if each != fact.event.position]
        aside = f" (behind {_numbers(rows)})" if rows else ""
        gist = sentence(fact.kind, fact.fields, view.name_of)
        yield TextLine(f"{GAP}#{fact.event.position} {gist}{aside}")
        yield from (TextLine(f"{GAP * 3}{text}") for text in texts[fact.event_id])
    for text, rows in unexecuted.items():
        yield TextLine(f"{GAP}{_numbers(rows)}: {text}")


def _numbers(positions: list[int]) -> str:
    """Name events by their numbers, those in a row by the first and the last: "#3, #7 to #9"."""
    runs = [
        [position for _, position in run]
        for _, run in groupby(enumerate(positions), key=lambda each: each[1] - each[0])
    ]
    return ", ".join(
        ", ".join(f"#{each}" for each in run) if len(run) < 3 else f"#{run[0]} to #{run[-1]}"
        for run in runs
    )


def _next(whole: list[_Whole], times: Sequence[str]) -> Iterator[TextLine]:
    """Say what shows more, where something is missing."""
    for case, _, audited in whole:
        wanting = next((row for row in audited.own if row.backed != "yes"), None)
        if wanting is not None:
            whom = suggested("gaps", "--case", case.case_id, *times)
            yield TextLine(f"Whom to ask: {whom}", "dim")
            yield TextLine(f"All behind one: {suggested('why', wanting.position, *times)}", "dim")
            return
