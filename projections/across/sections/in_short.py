"""Write the section that is the answer: who is accountable, and what all cases come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from answerable.domain.language.saying import (
    figures,
    in_letters,
    say,
    say_count,
    to_say,
    to_say_count,
)
from answerable.projections.across.across import AcrossCases
from answerable.projections.blocks.blocks import Paragraph, Section, bullets, paragraph
from answerable.projections.blocks.spans import strong
from answerable.projections.figures.wording import answer_words
from answerable.projections.intervals import Range, in_words
from answerable.projections.metrics.counts import ACCOUNTABLE
from answerable.projections.metrics.metrics import Count
from answerable.projections.wording.counts import capital, listed

PARTIES: Mapping[str | None, tuple[str, str]] = {
    "person": to_say_count("{count} person", "{count} people"),
    "organisation": to_say_count("{count} organisation", "{count} organisations"),
    "body": to_say_count("{count} body", "{count} bodies"),
    "group": to_say_count("{count} group", "{count} groups"),
    None: to_say_count("{count} party of a type not told", "{count} parties of a type not told"),
}
"""Counts those who are accountable, by what they are."""


def in_short(across: AcrossCases) -> Section:
    """Write the section: its first sentence leads, as in the report on a case."""
    if across.in_steps is not None:
        return Section("in-short", say("In short"), (_published(across), paragraph(say(PUBLISHED))))
    if not across.metrics.cases.most:
        return Section("in-short", say("In short"), (paragraph(strong(say(NO_CASE))),))
    lead = paragraph(strong(_accountable(across)))
    return Section("in-short", say("In short"), (lead, bullets(_said(across))))


NO_CASE = to_say("No case is on record.")


def _published(across: AcrossCases) -> Paragraph:
    """Say to the public how many are accountable; who, and in which case, is withheld."""
    if not across.in_steps:
        return paragraph(strong(say("No person is accountable.")))
    lead = say("{people} are accountable", people=capital(across.in_steps))
    return paragraph(strong(lead), say("; who they are is withheld."))


PUBLISHED = to_say(
    "What rests on fewer than five cases or reports is left out, and so is a share that holds, or "
    "leaves, fewer than five of them."
)


def _said(across: AcrossCases) -> Iterator[str]:
    counts = {each.name: each for each in across.metrics.counts}
    yield answer_words(across.figures)
    still = _number(counts["open, besides cases"])
    overdue = counts.get("overdue, of all kinds")
    if overdue is None:
        yield say(
            "Still to be done: {number}. No day was asked about, so nothing is judged to be "
            "overdue (--as-of gives one).",
            number=still,
        )
    else:
        late = _number(overdue)
        yield say("Still to be done: {number}; overdue: {overdue}.", number=still, overdue=late)
    yield _alike(across)
    number = len(across.bars) + across.more_bars
    yield capital(
        say_count(
            "{letters} bar is, or may be, in force.",
            "{letters} bars are, or may be, in force.",
            number,
        )
    )


def _accountable(across: AcrossCases) -> str:
    found = [
        (each, say_count(*PARTIES[type_], each.most, count=_leading(each)))
        for type_, name in ACCOUNTABLE.items()
        for each in across.metrics.counts
        if each.name == name and each.most
    ]
    if not found:
        return say("Nobody is accountable.")
    who = capital(listed(words for _, words in found))
    number = 1 if [each.most for each, _ in found] == [1] else len(found) + 1
    return say_count("{who} is accountable.", "{who} are accountable.", number, who=who)


def _leading(count: Count) -> str:
    """Say a number as a sentence that leads has it: in letters, where it is one and small."""
    return in_letters(count.most) if count.least == count.most else _number(count)


def _alike(across: AcrossCases) -> str:
    if not across.groups:
        return say("No finding holds anyone responsible, so none can be compared.")
    outside = len(across.unusual) + across.more_unusual
    said = say_count(
        "{letters} group of like findings; answered otherwise than is usual: {outside}.",
        "{letters} groups of like findings; answered otherwise than is usual: {outside}.",
        len(across.groups),
        outside=figures(outside) if outside else say("none"),
    )
    return capital(said)


def _number(count: Count) -> str:
    return in_words(Range(count.least, count.most))
