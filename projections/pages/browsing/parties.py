"""People and parties: the list of them, and what is said of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from answerable.domain.dates import When
from answerable.domain.language.saying import punctuation, say, say_count, term_words, to_say
from answerable.projections.blocks.blocks import paragraph
from answerable.projections.facts.three_valued import any_of
from answerable.projections.listing.paged import Sought, Stretch
from answerable.projections.listing.parties import PartyListed, PartyPage
from answerable.projections.listing.record import Listed
from answerable.projections.output.register import Column, Party, Register, Row
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import asked_again, beside, links, said
from answerable.projections.pages.browsing.framing.times import NOW, PRESENT, Times, TimesForm
from answerable.projections.pages.browsing.tables import (
    MORE,
    case_link,
    heading,
    register_table,
    visible,
)
from answerable.projections.pages.sections import Shown
from answerable.projections.registers.asking.said import Naming
from answerable.projections.registers.asking.status import party_registers
from answerable.projections.registers.columns import party
from answerable.projections.wording.bar import runs_out
from answerable.projections.wording.counts import capital, number_words
from answerable.projections.wording.party import party_words, titles_words
from answerable.projections.wording.person import accountable_words

PARTIES = Register(
    "parties",
    "People and parties",
    (
        party("party", "Who"),
        Column("type", "What they are", "term"),
        Column("name", "Name"),
        Column("cases", "Cases that say something of them", many=True),
    ),
)

ASK = Markup(
    '<form class="ask" action="/parties" method="get"><label for="begins">{begins}</label> '
    '<input id="begins" type="text" name="begins" value="{told}" maxlength="64" size="16"> '
    '<button type="submit">{show}</button></form>'
)

STATES = {
    "told": None,
    "not told": to_say("not told"),
    "withheld": to_say("withheld"),
    "erased": to_say("erased"),
    "unregistered": to_say("not registered"),
}
"""Say why a name is not shown."""


def parties_page(found: Stretch[PartyListed], sought: Sought, listed: Listed, frame: Frame) -> str:
    """Write a page of the list of people and parties.

    Args:
        found: what is on it.
        sought: which page.
        listed: the record, which tells what cases are called.
        frame: what all pages share.
    """
    title = say("People and parties")
    ask = ASK.format(begins=say("Pseudonym begins with"), told=sought.begins, show=say("Show"))
    page = Page(
        at=addresses.PARTIES,
        kind=say("By their pseudonyms, a page at a time"),
        title=Markup.escape(title),
        title_text=title,
        lead=said(say("Whoever is looked for by a name is found by the search above.")),
        sections=(Shown("list", title, ask + _list(found, sought, listed)),),
        times=NOW,
    )
    return framed(page, frame)


def _list(found: Stretch[PartyListed], sought: Sought, listed: Listed) -> Markup:
    if not found.items:
        if sought == Sought():
            return said(say("Nobody is registered yet, and no case says anything of anybody."))
        return said(say("There is nobody of such a pseudonym."))
    rows = [_row(each) for each in found.items]
    table = register_table(PARTIES, rows, leading=True, title_of=listed.titles.of)
    return table + beside(found, addresses.PARTIES, asked_again(sought))


def _row(each: PartyListed) -> Row:
    name = each.name
    cases = (*each.cases, MORE) if each.more else each.cases
    who = Party(name.party, name.shown)
    why = STATES[name.state]
    state = None if why is None else say(why)
    return Row(PARTIES.name, (who, name.type, state, cases))


def party_page(
    found: PartyPage, size: int, listed: Listed, frame: Frame, times: Times = PRESENT
) -> str:
    """Write the page of a party: who they are, and what cases say of them.

    Args:
        found: what is said of them.
        size: the number of entries of the log.
        listed: the record.
        frame: what all pages share.
        times: those that are asked about.
    """
    name = found.name
    page = Page(
        at=addresses.PARTIES,
        kind=capital(term_words(name.type)) if name.type else say("Party"),
        title=heading(party_words(name), name.party),
        title_text=visible(party_words(name)),
        lead=_lead(found, size),
        sections=[*_sections(found, listed, times)],
        times=TimesForm(times, addresses.party(name.party)),
    )
    return framed(page, frame)


def _lead(found: PartyPage, size: int) -> Markup:
    name = found.name
    told = [said(_answer(found))]
    if name.aliases:
        others = visible(punctuation("; ").join(name.aliases))
        told.append(said(say("Also called: {names}.", names=others)))
    if titles := titles_words(name):
        told.append(said(capital(visible(titles)), punctuation(".")))
    if found.registered_at:
        words = say("Registered by {events}.", events=number_words(found.registered_at))
        told.append(links(size).block(paragraph(words)))
    return Markup("\n").join(told)


def _answer(found: PartyPage) -> str:
    """Say what the cases come to, first."""
    if not found.cases.items:
        return say(NOTHING)
    several = found.cases.back is not None or found.cases.onward is not None
    accountable = any_of(each.accountable for each in found.said.cases)
    told = [say(ACCOUNTABLE[accountable, several and accountable == "no"])]
    if accountable == "yes" and not several:
        told = [_accountable(found)]
    if found.said.bars:
        barred = any_of(each.in_force for each in found.said.bars)
        by_day = barred == "unknown" and all(map(runs_out, found.said.bars))
        told.append(say(BY_DAY if by_day else BARRED[barred, several and barred == "no"]))
    return say("{first} {then}", first=told[0], then=told[1]) if len(told) > 1 else told[0]


def _accountable(found: PartyPage) -> str:
    """Say in how many cases a party is accountable; of one case, in which way."""
    blamed = [each for each in found.said.cases if each.accountable == "yes"]
    if len(blamed) > 1:
        return say_count(
            "Accountable in {letters} case.", "Accountable in {letters} cases.", len(blamed)
        )
    how = accountable_words(blamed[0], lambda _: found.name.type)
    return say("{sentence}.", sentence=capital(how))


BY_DAY = to_say("Barred or no longer, depending on the day.")

ACCOUNTABLE: Mapping[tuple[When, bool], str] = {
    ("yes", False): to_say("Accountable."),
    ("unknown", False): to_say("Indeterminate whether accountable."),
    ("no", False): to_say("Not accountable in any case."),
    ("no", True): to_say("Not accountable in the cases of this page."),
}
"""Say whether a party is accountable, and where there are more cases than were looked at."""

BARRED: Mapping[tuple[When, bool], str] = {
    ("yes", False): to_say("Barred."),
    ("unknown", False): to_say("Indeterminate whether barred."),
    ("no", False): to_say("Not barred in any case."),
    ("no", True): to_say("Not barred in the cases of this page."),
}
"""Say whether a party is barred, and where there are more cases than were looked at."""

NOTHING = to_say(
    "No case holds anything against them, bars them, was in contact with them, or has them owe "
    "anything."
)


def _sections(found: PartyPage, listed: Listed, times: Times) -> Iterator[Shown]:
    naming = Naming(listed.known, listed.titles.of)
    made = party_registers(found.said, naming)
    rows = list(made.rows)
    for register in made.every:
        own = [row for row in rows if row.register == register.name]
        if own:
            table = register_table(register, own, without=("party", "type"))
            yield Shown(f"table-{register.name}", say(register.title), table)
    if found.cases.items:
        listed_cases = Markup("").join(
            Markup("<li>{}</li>").format(case_link(each, listed.titles.of(each)))
            for each in found.cases.items
        )
        pages = beside(found.cases, addresses.party(found.name.party), times.asked)
        body = Markup("<ul>{}</ul>").format(listed_cases) + pages
        yield Shown("in-cases", say("In which cases"), body)
