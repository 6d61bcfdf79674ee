"""Write the section that is the answer: who is accountable, and what all cases come to."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import in_letters
from answerable.projections.across.across import AcrossCases
from answerable.projections.blocks.blocks import Section, bullets, paragraph
from answerable.projections.blocks.spans import strong
from answerable.projections.extents import PARTIES
from answerable.projections.figures.wording import answer_words
from answerable.projections.intervals import Range, in_words
from answerable.projections.metrics.counts import ACCOUNTABLE
from answerable.projections.metrics.metrics import Count
from answerable.projections.wording.counts import capital, listed, spelt

SINGLE = {several: one for one, several in PARTIES.values()}
"""Names one party by what several are called."""


def in_short(across: AcrossCases) -> Section:
    """Write the section: its first sentence leads, as in the report on a case."""
    lead = paragraph(strong(_accountable(across)))
    return Section("in-short", "In short", (lead, bullets(_said(across))))


def _said(across: AcrossCases) -> Iterator[str]:
    counts = {each.name: each for each in across.metrics.counts}
    yield answer_words(across.figures)
    still = _number(counts["open, besides cases"])
    overdue = counts.get("overdue, of all kinds")
    late = "no date to judge by" if overdue is None else f"overdue: {_number(overdue)}"
    yield f"Still to be done: {still}; {late}."
    yield _alike(across)
    number = len(across.bars) + across.more_bars
    yield f"{capital(spelt(number, 'bar'))} {'is' if number == 1 else 'are'}, or may be, in force."


def _accountable(across: AcrossCases) -> str:
    found = [
        (each, f"{_leading(each)} {_noun(name, each)}")
        for name in ACCOUNTABLE.values()
        for each in across.metrics.counts
        if each.name == name and each.most
    ]
    if not found:
        return "Nobody is accountable."
    said = capital(listed(words for _, words in found))
    single = [each.most for each, _ in found] == [1]
    return f"{said} {'is' if single else 'are'} accountable."


def _leading(count: Count) -> str:
    """Say a number as a sentence that leads has it: in letters, where it is one and small."""
    return in_letters(count.most) if count.least == count.most else _number(count)


def _noun(name: str, count: Count) -> str:
    """Say what those accountable are: "people", or of a single one "person"."""
    several = name.removesuffix(" accountable")
    return SINGLE.get(several, several) if count.most == 1 else several


def _alike(across: AcrossCases) -> str:
    if not across.groups:
        return "No finding holds anyone responsible, so none can be compared."
    outside = len(across.unusual) + across.more_unusual
    groups = spelt(len(across.groups), "group")
    said = "none" if not outside else f"{outside:,}"
    return f"{capital(groups)} of like findings; answered otherwise than is usual: {said}."


def _number(count: Count) -> str:
    return in_words(Range(count.least, count.most))
