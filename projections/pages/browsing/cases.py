"""The list of cases, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from markupsafe import Markup

from answerable.domain.language.saying import say, to_say
from answerable.projections.listing.cases import CaseListed, Which
from answerable.projections.listing.paged import Sought, Stretch
from answerable.projections.listing.record import Listed
from answerable.projections.output.register import Column, Party, Register, Row
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.choices import choices_of
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import asked_again, beside, said
from answerable.projections.pages.browsing.framing.times import NOW
from answerable.projections.pages.browsing.tables import register_table
from answerable.projections.pages.sections import Shown
from answerable.projections.registers.columns import CASE, TITLE, party
from answerable.projections.wording.vocabulary import state_words

CASES = Register(
    "cases",
    "Cases",
    (
        *(CASE, TITLE),
        Column("state", "State"),
        party("accountable", "Accountable, or perhaps", many=True),
        party("barred", "Barred, or perhaps", many=True),
        Column("open", "Things open", "whole"),
        Column("events", "Events", "whole"),
        Column("last_recorded", "Last recorded", "moment"),
    ),
)

TITLES: Mapping[Which, str] = {
    "all": to_say("All cases"),
    "open": to_say("Cases that are open, or may be"),
    "closed": to_say("Cases that are closed, or may be"),
    "accountable": to_say("Cases in which somebody is or may be accountable"),
    "owing": to_say("Cases in which something is or may be open"),
    "barred": to_say("Cases in which somebody is or may be barred"),
}
"""Name each choice of cases."""

ASK = Markup(
    '<form class="ask" action="/cases" method="get">'
    '<label for="which">{which}</label> <select id="which" name="which">{choices}</select> '
    '<span class="field"><label for="begins">{begins}</label> '
    '<input id="begins" type="text" name="begins" value="{told}" maxlength="64" size="16"></span> '
    '<span class="field"><label for="order">{order}</label> <select id="order" name="order">'
    '<option value="">{up}</option><option value="descending"{down_chosen}>{down}</option>'
    "</select></span> "
    '<button type="submit">{show}</button></form>'
)


def cases_page(
    found: Stretch[CaseListed], which: Which, sought: Sought, listed: Listed, frame: Frame
) -> str:
    """Write a page of the list of cases.

    Args:
        found: what is on it.
        which: the cases that were asked for.
        sought: which page of them.
        listed: the record, which tells what parties are called.
        frame: what all pages share.
    """
    title = say("Cases") if which == "all" else say(TITLES[which])
    made = _ask(which, sought) + _list(found, which, sought, listed)
    page = Page(
        at=addresses.CASES,
        kind=say("By their short names, a page at a time"),
        title=Markup.escape(title),
        title_text=title,
        sections=(Shown("list", title, made),),
        times=NOW,
    )
    return framed(page, frame)


def _ask(which: Which, sought: Sought) -> Markup:
    return ASK.format(
        which=say("Which"),
        choices=choices_of(TITLES, which),
        begins=say("Short name begins with"),
        told=sought.begins,
        order=say("Order"),
        up=say("A to Z"),
        down=say("Z to A"),
        down_chosen=Markup(" selected") if sought.descending else Markup(),
        show=say("Show"),
    )


def _list(found: Stretch[CaseListed], which: Which, sought: Sought, listed: Listed) -> Markup:
    if not found.items:
        if which == "all" and sought == Sought():
            return said(say("No case is on record yet."))
        return said(
            say("There is no such case. Ask for others, or search for a word of the title.")
        )
    named = ((*each.accountable[:MOST], *each.barred[:MOST]) for each in found.items)
    listed.known.read(chain.from_iterable(named))
    table = register_table(CASES, [_row(each, listed) for each in found.items], leading=True)
    asked = {**asked_again(sought), "which": None if which == "all" else which}
    return table + beside(found, addresses.CASES, asked)


MOST = 5
"""The most parties that a case is listed with; its page has all of them."""


def _row(case: CaseListed, listed: Listed) -> Row:
    return Row(
        CASES.name,
        (
            *(case.case_id, case.title, _state(case)),
            *(_parties(case.accountable, listed), _parties(case.barred, listed)),
            *(case.open, case.events, case.last_recorded),
        ),
    )


def _parties(parties: tuple[str, ...], listed: Listed) -> tuple[Party, ...]:
    return tuple(Party(each, listed.known.called(each)) for each in parties[:MOST])


def _state(case: CaseListed) -> str:
    return say("not opened") if case.state is None else state_words(case.state)
