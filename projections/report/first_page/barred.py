"""Who is barred, and who dealt with them nevertheless, in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answerable.domain.language.saying import say, say_count
from answerable.projections.accountability.bars import Bar
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, say_line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.answers import by_the_day, whether
from answerable.projections.wording.bar import bar_words, runs_out
from answerable.projections.wording.counts import capital
from answerable.projections.wording.party import SPELT, parties_words


def barred(lookup: Lookup) -> Iterator[Block]:
    """Say who is barred, who may be, and who is only alleged to be."""
    bars = [each for each in lookup.report.bars if each.may_hold]
    sure = {each.counterparty for each in bars if each.in_force == "yes"}
    if sure:
        yield paragraph(strong(say("{sentence}.", sentence=capital(_those_barred(lookup, sure)))))
    open_ = [each for each in bars if each.in_force == "unknown"]
    timed = {each.counterparty for each in open_ if runs_out(each)} - sure
    if timed:
        doubt = by_the_day(_those_barred(lookup, timed))
        yield paragraph(strong(say("{sentence}.", sentence=capital(doubt))))
    perhaps = {each.counterparty for each in open_} - sure - timed
    if perhaps:
        doubt = whether("unknown", _those_barred(lookup, perhaps))
        yield paragraph(strong(say("{sentence}.", sentence=capital(doubt))))
    known = [each for each in bars if each.in_force != "no"]
    if known:
        yield bullets(_bar(lookup, each) for each in known)
    alleged = [each for each in bars if each.in_force_as_alleged != "no"]
    if alleged:
        who = _those_barred(lookup, {each.counterparty for each in alleged})
        yield paragraph(strong(say("It is only alleged that {who}:", who=who)))
        yield bullets(_bar(lookup, each) for each in alleged)


def _those_barred(lookup: Lookup, parties: Iterable[str]) -> str:
    """Say how many are barred, by what they are: "two people and one organisation are barred"."""
    names = tuple(map(lookup.name, sorted(parties)))
    who = parties_words(names, SPELT)
    return say_count("{who} is barred", "{who} are barred", len(names), who=who)


def _bar(lookup: Lookup, bar: Bar) -> Line:
    how, cited = lookup.said(bar_words(bar, lookup.called)), lookup.cite(bar.event_id)
    party = lookup.party(bar.counterparty)
    said = say_line("{party}: {how} ({events}).", party=party, how=how, events=cited)
    inside = [each.event_id for each in bar.contacts if each.breach == "yes"]
    if not inside:
        return said
    number = say_count(
        "{letters} contact lies inside the bar",
        "{letters} contacts lie inside the bar",
        len(inside),
    )
    what, cited = strong(capital(number)), lookup.cite(*inside)
    then = say_line("{what} ({events}).", what=what, events=cited)
    return say_line("{first} {then}", first=said, then=then)
