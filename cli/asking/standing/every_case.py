"""The sums over all cases, and then the state of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from answerable.cli.asking.standing.case import case_lines
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import figures, punctuation, say
from answerable.projections.accountability.numbers import THING
from answerable.projections.extents import amounts_words
from answerable.projections.status.totals import Tally, Totals, problem_totals
from answerable.projections.titles import TitleOf, untitled
from answerable.projections.wording.answers import marked
from answerable.projections.wording.counts import repeated
from answerable.projections.wording.obligation import BREACHED, OVERDUE, item_words, open_words
from answerable.projections.wording.party import parties_words

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.facts.names import Names
    from answerable.projections.status.status import CaseOverview


HELD_BACK = 50
"""The most cases that are held back, so that the sums stand above them."""


def everything(
    reader: Reader,
    cases: Iterator[CaseOverview],
    known: Names,
    title_of: TitleOf = untitled,
    *,
    chosen: bool = False,
) -> Iterator[TextLine]:
    """Say how many things stand how in all cases, and then how each case stands.

    Where there are more cases than are held back for that, the sums follow them.

    Args:
        reader: the record.
        cases: those asked about.
        known: what to call the parties.
        title_of: tells the title of a case.
        chosen: whether there may be other cases, which were not asked about.
    """
    totals = Totals()
    held: list[TextLine] | None = []
    for each in cases:
        totals.take_in(each, known.type_of)
        lines = (TextLine(""), *case_lines(reader, each, known, title_of), *_in_short(each))
        if held is None:
            yield from lines
            continue
        held += lines
        if totals.cases > HELD_BACK:
            yield TextLine(
                say("There are more than {most} cases: the sums follow them.", most=HELD_BACK)
            )
            yield from held
            held = None
    if not totals.cases:
        none = say("There is no such case.")
        yield TextLine(
            none if chosen else say("Nobody is accountable, nobody is barred, and nothing is open.")
        )
        return
    if held is None:
        yield TextLine("")
    yield from _sums(totals, known)
    yield from held or ()


def _sums(totals: Totals, known: Names) -> Iterator[TextLine]:
    said = say(
        "Accountable: {accountable}. Barred: {barred}. Open: {open}. Cases: {cases}.",
        accountable=_with_alleged(
            _parties_total(totals.accountable, known, {THING}), totals, known
        ),
        barred=_parties_total(totals.barred, known),
        open=_total(totals.open),
        cases=figures(totals.cases),
    )
    yield TextLine(said, "bold")
    if summed := amounts_words(totals.amounts):
        yield TextLine(say("Amounts: {amounts}.", amounts=summed))


def _in_short(case: CaseOverview) -> Iterator[TextLine]:
    if case.open:
        said = say("open: {what}", what=_open_in_short(case.open))
        yield TextLine(f"  {said}", "yellow")
    if case.problems:
        missing, wrong = problem_totals(case.problems)
        counts = [say("{number} missing", number=figures(missing))] if missing else []
        counts += [say("{number} wrong", number=figures(wrong))] if wrong else []
        said = say("grounds: {counts}", counts=punctuation(", ").join(counts))
        yield TextLine(f"  {said}", "red" if wrong else "yellow")


def _open_in_short(open_: tuple[Obligation, ...]) -> str:
    counts: dict[str, int] = {}
    for each in open_:
        overdue = say(OVERDUE) if each.overdue == "yes" else None
        breached = say(BREACHED) if each.breached == "yes" else None
        doubt = open_words(each.open) if each.open == "unknown" else None
        what = marked(item_words(each.what), (breached, overdue, doubt))
        counts[what] = counts.get(what, 0) + 1
    return punctuation("; ").join(repeated(number, what) for what, number in counts.items())


def _parties_total(tally: Tally, known: Names, without: Collection[str] = ()) -> str:
    """Say how many parties of each type there are, and how many more there may be.

    Args:
        tally: of which parties it is so.
        known: what they are.
        without: the types that are left out.
    """
    sure, perhaps = (
        [name for name in known.of_each(those) if name.type not in without]
        for those in (tally.sure_ones, tally.perhaps_ones)
    )
    said = parties_words(sure) if sure else "0"
    if not perhaps:
        return said
    more = parties_words(perhaps)
    return say("{sure} (indeterminate: {perhaps})", sure=said, perhaps=more)


def _with_alleged(accountable: str, totals: Totals, known: Names) -> str:
    """Say how many are accountable only by what is alleged, and by nothing else in any case."""
    held = totals.accountable.sure_ones | totals.accountable.perhaps_ones
    alleged = known.of_each(totals.alleged.sure_ones - held)
    if not alleged:
        return accountable
    more = parties_words(alleged)
    return say("{accountable} (only alleged: {parties})", accountable=accountable, parties=more)


def _total(tally: Tally) -> str:
    sure = figures(tally.sure)
    if not tally.perhaps:
        return sure
    return say("{sure} (indeterminate: {perhaps} more)", sure=sure, perhaps=figures(tally.perhaps))
