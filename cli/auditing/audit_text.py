"""The matrix of `answerable audit` as text: a table where there is room for one, else a list."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.auditing.marks import LEGEND, LEGEND_NOT_EXECUTED, NOT_ASKED, mark
from answerable.cli.shared.terminal.screen import columns, padded
from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.domain.language.saying import (
    figures,
    punctuation,
    say,
    say_as,
    say_count,
    to_say_as,
    to_say_count,
)
from answerable.projections.auditing.audit import COLUMNS
from answerable.projections.grounds.proposals import proposal_words
from answerable.projections.titles import title_in
from answerable.projections.wording.answers import ITS_DATE
from answerable.projections.wording.counts import number_words
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.sentence import sentence
from answerable.projections.wording.vocabulary import state_words

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.auditing.audit import CaseAudit, Column, Row
    from answerable.projections.facts.case_view import CaseView

NARROW = 60
"""The number of columns below which the matrix is a list."""

SHOWN = 60
"""The most consequences, over several cases, of which the rows are shown; else a line a case."""

GAP = "  "

SORTS = {
    "sanction-imposed": to_say_count("{number} sanction", "{number} sanctions"),
    "counterparty-barred": to_say_count("{number} bar", "{number} bars"),
    "engagement-terminated": to_say_count("{number} termination", "{number} terminations"),
}
"""Count the consequences of each kind."""

HEADS: Mapping[Column, str] = {
    "decision": to_say_as("column", "decision"),
    "finding": to_say_as("column", "finding"),
    "evidence": to_say_as("column", "evidence"),
    "authority": to_say_as("column", "authority"),
    "clause": to_say_as("column", "clause"),
    "hearing": to_say_as("column", "hearing"),
    "execution": to_say_as("column", "execution"),
}
"""The head of each column."""

STYLES = {"no": "red", "unknown": "yellow", "yes": "green"}


class _Case(NamedTuple):
    """A case in short."""

    case_id: str
    title: str | None
    backed: int
    counted: int
    lacking: Counter[Column]

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
        number = figures(unexecuted)
        said = say("Of these, not executed for a cause on record: {number}.", number=number)
        yield TextLine(said)
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
        yield from (TextLine(say(each), "dim") for each in LEGEND)
        if unexecuted:
            yield TextLine(say(LEGEND_NOT_EXECUTED), "dim")
        yield from _next(whole, times)


def _in_short(reader: Reader, view: CaseView, audited: CaseAudit) -> _Case:
    lacking: Counter[Column] = Counter()
    for row in audited.own:
        lacking.update(name for name in COLUMNS if row.cells[name].problems)
    title = title_in(reader, view)
    return _Case(view.case_id, title, audited.backed, audited.counted, lacking)


def _counts(tally: Counter[str], good: Counter[str]) -> Iterator[TextLine]:
    """Say how many are fully backed: of all, and of each sort where there are several."""
    if not tally:
        yield TextLine(say("No sanction, bar or termination of this house stands."))
        return
    sorts = [kind for kind in SORTS if tally[kind]]
    each = [_of(good[kind], say_count(*SORTS[kind], tally[kind])) for kind in sorts]
    if len(sorts) == 1:
        said = each[0]
    else:
        whole = say_count("{number} consequence", "{number} consequences", tally.total())
        said = _of(good.total(), whole)
    sound = good.total() == tally.total()
    backed = say_count(
        "{what} is fully backed.", "{what} are fully backed.", tally.total(), what=said
    )
    yield TextLine(backed, "bold green" if sound else "bold red")
    if len(sorts) > 1:
        yield TextLine(f"{GAP}{punctuation(', ').join(each)}")


def _of(part: int, whole: str) -> str:
    """Say how many of some consequences: "2 of 8 sanctions"."""
    return say("{number} of {consequences}", number=figures(part), consequences=whole)


def _left_out(fallen: int, foreign: int) -> Iterator[TextLine]:
    if foreign:
        number = figures(foreign)
        said = say("Not counted, for another house imposed them: {number}.", number=number)
        yield TextLine(said, "dim")
    if fallen:
        number = figures(fallen)
        said = say("Left out, for they fell or are only alleged: {number}.", number=number)
        yield TextLine(said, "dim")


def _register(cases: list[_Case], times: Sequence[str]) -> Iterator[TextLine]:
    """List the cases in which one is not fully backed."""
    wanting = [case for case in cases if case.backed < case.counted]
    said = say_count(
        "{number} case with consequences; not fully backed in {wanting}:",
        "{number} cases with consequences; not fully backed in {wanting}:",
        len(cases),
        wanting=figures(len(wanting)),
    )
    yield TextLine(said)
    for case in wanting:
        lacking = punctuation(", ").join(
            f"{say_as('column', HEADS[name])} {figures(number)}"
            for name, number in case.lacking.items()
        )
        backed = say("{part} of {whole}", part=figures(case.backed), whole=figures(case.counted))
        yield TextLine(f"{GAP}{backed}  {case.named}")
        wants = say("wanting: {links}", links=lacking)
        yield TextLine(f"{GAP * 3}{wants}", "dim")
    if wanting:
        command = suggested("audit", wanting[0].case_id, *times)
        yield TextLine(say("Each of a case: {command}", command=command), "dim")


def _matrix(shown: _Whole, *, narrow: bool, alone: bool) -> Iterator[TextLine]:
    case, _, audited = shown
    yield TextLine("")
    named = case.named
    if not alone:
        backed, whole = figures(case.backed), figures(case.counted)
        own = say("{number} of {whole} fully backed", number=backed, whole=whole)
        named = say("{title}: {told}", title=named, told=own)
    yield TextLine(named, "bold")
    table = [[mark(row.cells[name]) for name in COLUMNS] for row in audited.rows]
    heads = [say_as("column", HEADS[name]) for name in COLUMNS]
    widths = [
        max(columns(head), *(columns(line[at]) for line in table)) for at, head in enumerate(heads)
    ]
    if narrow or sum(widths) + len(GAP) * len(widths) > shutil.get_terminal_size().columns:
        yield from _list(audited)
    else:
        yield TextLine(_line(heads, widths), "dim")
        for row, marks in zip(audited.rows, table, strict=True):
            yield TextLine(_heading(row))
            yield from _against_proposal(row)
            yield TextLine(_line(marks, widths), "dim" if row.other_house else STYLES[row.backed])
    yield from _wanting(shown)


def _line(cells: Iterable[str], widths: list[int]) -> str:
    filled = (padded(cell, width) for cell, width in zip(cells, widths, strict=True))
    return f"{GAP}{GAP.join(filled)}".rstrip()


def _heading(row: Row) -> str:
    marks = [
        row.gist,
        say("another house's") if row.other_house else None,
        say(ITS_DATE) if row.as_of == "unknown" else None,
    ]
    said = punctuation(", ").join(each for each in marks if each)
    return f"#{row.position} {said}"


def _against_proposal(row: Row) -> Iterator[TextLine]:
    """Say what was proposed, where the consequence is another, and whether it is told why."""
    found = row.proposed
    if found is not None and found.differs:
        told = {"told": say("the reason is told"), "not told": say("no reason is told")}
        state = state_words(found.reason or "")
        why = told.get(found.reason or "") or say("the reason is {state}", state=state)
        said = say("{what} ({marks})", what=proposal_words(found), marks=why)
        yield TextLine(f"{GAP}{said}")


def _list(audited: CaseAudit) -> Iterator[TextLine]:
    for row in audited.rows:
        yield TextLine(_heading(row))
        yield from _against_proposal(row)
        for name in COLUMNS:
            said = mark(row.cells[name])
            if said != NOT_ASKED:
                yield TextLine(f"{GAP}{padded(say_as('column', HEADS[name]), 9)}  {said}")


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
        yield TextLine(say("Missing, wrong or not told"), "bold")
    found = (placed.fact for placed in map(view.placed, texts) if placed is not None)
    for fact in sorted(found, key=lambda each: each.event.position):
        rows = [each for each in behind[fact.event_id] if each != fact.event.position]
        gist = sentence(fact.kind, fact.fields, view.name_of)
        if rows:
            gist = say("{what} (behind {events})", what=gist, events=number_words(rows))
        yield TextLine(f"{GAP}#{fact.event.position} {gist}")
        yield from (TextLine(f"{GAP * 3}{text}") for text in texts[fact.event_id])
    for text, rows in unexecuted.items():
        said = say("{what}: {detail}", what=number_words(rows), detail=text)
        yield TextLine(f"{GAP}{said}")


def _next(whole: list[_Whole], times: Sequence[str]) -> Iterator[TextLine]:
    """Say what shows more, where something is missing."""
    for case, _, audited in whole:
        wanting = next((row for row in audited.own if row.backed != "yes"), None)
        if wanting is not None:
            whom = suggested("gaps", "--case", case.case_id, *times)
            behind = suggested("why", wanting.position, *times)
            yield TextLine(say("Whom to ask: {command}", command=whom), "dim")
            yield TextLine(say("All behind one: {command}", command=behind), "dim")
            return
