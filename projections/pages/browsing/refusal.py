"""Pages that say why there is no answer, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from markupsafe import Markup

from answerable.domain.language.saying import say, spoken, to_say
from answerable.projections.errors import Sought
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed, policy, style
from answerable.projections.pages.browsing.framing.parts import link, said
from answerable.projections.pages.browsing.tables import visible
from answerable.projections.pages.browsing.verification import IN_ENGLISH
from answerable.projections.pages.environment import environment
from answerable.projections.pages.sections import Shown, page_language
from answerable.projections.wording.counts import capital


def not_there_page(path: str, frame: Frame) -> str:
    """Write that there is no page at a path."""
    told = say("There is no page at {path}.", path=path)
    return _refusal(say("There is no such page."), said(told), say(ELSEWHERE), frame)


MISSING: Mapping[str, tuple[str, str]] = {
    "case": (to_say("There is no case {sought}."), to_say("Go on from the cases, or search.")),
    "party": (
        to_say("Nobody is registered as {sought}, and no case says anything of them."),
        to_say("Search for the name, or look through people and parties."),
    ),
    "event": (
        to_say("There is no event {sought}."),
        to_say("An event is led to by its number, as #12, or by its id. Search for what it says."),
    ),
}
"""Says what is not on record, or was not by then, and what to do next."""

LONGEST = 80
"""The most letters of what was asked for that are repeated."""


def missing_page(sought: Sought, frame: Frame) -> str:
    """Write that what was asked for is not on record."""
    told, next_ = MISSING[sought.what]
    text = visible(sought.text)[:LONGEST]
    return _refusal(say("This is not on record."), said(say(told, sought=text)), say(next_), frame)


def no_moment_page(message: str, hint: str, frame: Frame) -> str:
    """Write that what was asked about is no moment.

    Args:
        message: which text is none.
        hint: what can be asked about.
        frame: what all pages share.
    """
    return _refusal(say("This cannot be answered."), said(capital(message)), hint, frame)


def failed_page(message: str, hint: str, frame: Frame) -> str:
    """Write what is wrong, and what to do next: in English, as errors are, and marked as that.

    Args:
        message: what is wrong.
        hint: what to do next; empty where that is not known.
        frame: what all pages share.
    """
    told = Markup('<div lang="en">{}</div>').format(said(*(capital(message), " ", hint)))
    if spoken() is not None:
        told = said(say(IN_ENGLISH)) + told
    return _refusal(say("This cannot be answered."), told, say(ELSEWHERE), frame)


def broken_page(frame: Frame) -> str:
    """Write that this program failed, and nothing of how."""
    told = say("This program failed at this address, and says how where it was started.")
    return _refusal(say("This cannot be answered."), said(told), say(ELSEWHERE), frame)


def busy_page(frame: Frame) -> str:
    """Write that a check goes on already."""
    told, next_ = say("There is one check at a time."), say("Wait until it has ended, then check.")
    return _refusal(say("A check goes on."), said(told), next_, frame)


def in_part_page(frame: Frame) -> str:
    """Write that a page is not for those who may see a part of each case."""
    told = say("This page shows whole cases, and {whom} may see a part.", whom=frame.made_for)
    return _refusal(say("This is not shown."), said(told), say("Go on from the cases."), frame)


WAYS = Markup("<p>{} · {}</p>")
ELSEWHERE = to_say("Go on from the first page, or search.")


def _refusal(title: str, told: Markup, next_: str, frame: Frame) -> str:
    ways = WAYS.format(link(addresses.HOME, say("Home")), link(addresses.CASES, say("Cases")))
    page = Page(
        at="",
        kind=say("No answer"),
        title=Markup.escape(title),
        title_text=title,
        lead=told,
        sections=(Shown("next", say("What to do next"), said(next_) + ways),),
    )
    return framed(page, frame)


Reason = Literal["host", "origin", "method", "token"]
"""Name why somebody is not let in."""

_OPEN = to_say(
    "Open the address that `answerable browse` printed, in a new tab of this machine's browser."
)

CLOSED: Mapping[Reason, tuple[str, str]] = {
    "host": (to_say("This is not the address of this server."), _OPEN),
    "origin": (to_say("Another page asked for this."), _OPEN),
    "method": (
        to_say("Nothing is changed from here."),
        to_say("`answerable append --help` tells how one records, and `answerable new` asks."),
    ),
    "token": (to_say("This takes the token."), _OPEN),
}
"""Say why somebody is not let in, and what to do next."""


def closed_page(reason: Reason, version: str) -> str:
    """Write a page for somebody who was not let in: nothing on it tells of the record.

    Args:
        reason: why.
        version: of this program.
    """
    title, told = CLOSED[reason]
    return _bare(version, title=say(title), told=said(say(told)), address="")


def onward_page(address: str, version: str) -> str:
    """Write a page that leads on by itself to another of ours.

    Args:
        address: of that.
        version: of this program.
    """
    return _bare(version, title=say("Go on"), told=Markup(), address=address)


def _bare(version: str, **told: str | Markup) -> str:
    return (
        environment()
        .get_template("closed.html")
        .render(
            language=page_language(),
            version=version,
            content_policy=policy(),
            style=Markup(style()),  # noqa: S704 - our own
            scripts=(),
            **told,
        )
    )
