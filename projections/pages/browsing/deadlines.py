"""Write what falls due in a page of cases, by rules of policies and by events, as of some day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from answerable.domain.dates import When
from answerable.domain.language.saying import punctuation, say, say_count, to_say
from answerable.projections.listing.deadlines import Among, Deadlines
from answerable.projections.listing.paged import Sought
from answerable.projections.listing.record import Listed
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.choices import choices_of
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import beside, said
from answerable.projections.pages.browsing.framing.times import AS_OF, Times, TimesForm
from answerable.projections.pages.browsing.tables import register_table
from answerable.projections.pages.sections import Shown
from answerable.projections.registers.judging.due import DUE, due_register

AMONG: Mapping[Among, str] = {
    "unsettled": to_say("Cases that are open, or in which something is"),
    "all": to_say("All cases"),
}
"""Name the cases that are looked at."""

ASK = Markup(
    '<form class="ask" action="/due" method="get">'
    '<label for="among">{among}</label> <select id="among" name="among">{choices}</select> '
    '<span class="field"><label for="as_of">{as_of}</label> '
    '<input id="as_of" type="text" name="as_of" value="{told}" '
    'placeholder="{now}" maxlength="64" size="12" autocomplete="off" spellcheck="false"></span> '
    '<button type="submit">{show}</button></form>'
)

TITLES: Mapping[When, tuple[str, str]] = {
    "yes": ("overdue", to_say("Overdue")),
    "unknown": ("perhaps-overdue", to_say("Perhaps overdue: a date leaves it open")),
    "no": ("falls-due", to_say("Falls due")),
}
"""Name each section, by whether what stands in it is overdue."""

WITHOUT = ("overdue", "role", "policy_title", "version")
"""Name the columns that are left out: the source names the rule to a reader."""


def deadlines_page(
    found: Deadlines, among: Among, sought: Sought, times: Times, listed: Listed, frame: Frame
) -> str:
    """Write a page of what falls due.

    Args:
        found: what does.
        among: the cases that were asked for.
        sought: which page of them.
        times: those that are asked about.
        listed: the record, which tells what things are called.
        frame: what all pages share.
    """
    several = found.cases.back is not None or found.cases.onward is not None
    title = _title(found, several=several)
    asked = {"among": among, AS_OF: times.asked[AS_OF]}
    page = Page(
        at=addresses.DUE,
        kind=say("What falls due, by rules of policies and by due dates on record"),
        title=Markup.escape(title),
        title_text=title,
        lead=_ask(among, times) + _which(found, several=several),
        sections=[
            *_sections(found, listed),
            *_pages(beside(found.cases, addresses.DUE, asked)),
        ],
        times=TimesForm(times),
    )
    return framed(page, frame)


def _title(found: Deadlines, *, several: bool) -> str:
    number = Counter(each.overdue for each in found.found)
    told = []
    if number["yes"]:
        told.append(
            say_count("{number} thing is overdue", "{number} things are overdue", number["yes"])
        )
    if number["unknown"]:
        told.append(
            say_count(
                "{number} thing may be overdue", "{number} things may be overdue", number["unknown"]
            )
        )
    if number["no"]:
        told.append(say_count("{number} thing falls due", "{number} things fall due", number["no"]))
    if not told:
        return say("Nothing falls due in these cases.") if several else say("Nothing falls due.")
    return say("{told}.", told=punctuation(", ").join(told))


def _which(found: Deadlines, *, several: bool) -> Markup:
    """Say which cases were judged, where it is not all that are asked for."""
    if not several or not found.cases.items:
        return Markup()
    return said(
        say(
            "In the cases from {first} to {last}, which were judged for this page. "
            "`answerable due` judges all.",
            first=found.cases.items[0],
            last=found.cases.items[-1],
        )
    )


def _ask(among: Among, times: Times) -> Markup:
    return ASK.format(
        among=say("Which"),
        choices=choices_of(AMONG, among),
        as_of=say("As of"),
        told=times.as_of_told,
        now=say("now"),
        show=say("Show"),
    )


def _sections(found: Deadlines, listed: Listed) -> Iterator[Shown]:
    if found.unreadable:
        told = (
            said(
                say(
                    "The policy {policy} {version} (#{position}) judges nothing: {why}.",
                    policy=each.policy,
                    version=each.version,
                    position=each.position,
                    why=each.why,
                )
            )
            for each in found.unreadable
        )
        yield Shown("unreadable", say("Policies that judge nothing"), Markup("").join(told))
    listed.known.read(each.whom for each in found.found if each.whom is not None)
    for overdue, (name, title) in TITLES.items():
        own = [each for each in found.found if each.overdue == overdue]
        if own:
            rows = due_register(own, listed.known.called, listed.titles.of, {}).rows
            yield Shown(name, say(title), register_table(DUE, rows, without=WITHOUT))


def _pages(made: Markup) -> Iterator[Shown]:
    if made:
        yield Shown("cases", say("Other cases"), made)
