"""Frame a page: where one can go from it, what it is, and what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from answerable.domain.language.saying import figures, say, to_say
from answerable.domain.record import TreeHead
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.times import TimesForm
from answerable.projections.pages.environment import asset, environment
from answerable.projections.pages.sealed_page import content_policy
from answerable.projections.pages.sections import Shown, page_language

PLACES = (
    (addresses.HOME, to_say("Home")),
    (addresses.CASES, to_say("Cases")),
    (addresses.DUE, to_say("What falls due")),
    (addresses.PARTIES, to_say("People and parties")),
    (addresses.VERIFICATION, to_say("Verification")),
)
"""Name the places that each page leads to."""

HERE = "'self'"
"""Allow the forms of a page to be sent to where it came from."""


class Frame(NamedTuple):
    """Hold what all pages of one answer share.

    Attributes:
        version: of this program.
        head: the size and the root of the log; None where it was not read.
        made_for: for whom texts are withheld, in words; None: nothing is.
        whole: whether those who read may see whole cases; else they are led to cases alone.
    """

    version: str
    head: TreeHead | None = None
    made_for: str | None = None
    whole: bool = True


class Page(NamedTuple):
    """Hold a page before it is framed.

    Attributes:
        at: the address of the place that it belongs to.
        kind: what it is, in a line above its title.
        title: its title.
        title_text: the same as plain text.
        lead: what stands below the title.
        sections: what follows.
        beside: other pages on the same thing: address, name, and whether it is this one.
        sought: what stands in the search box.
        seeking: whether the search box is where one types first.
        scripts: scripts that it runs beside that of every page.
        templated: what templates of its sections know.
        times: of when it tells, and where to ask of other times; None: of nothing that changes.
    """

    at: str
    kind: str
    title: Markup
    title_text: str
    lead: Markup = Markup()
    sections: Sequence[Shown] = ()
    beside: Sequence[tuple[str, str, bool]] = ()
    sought: str = ""
    seeking: bool = False
    scripts: Sequence[str] = ()
    templated: Mapping[str, object] = MappingProxyType({})
    times: TimesForm | None = None


@cache
def style() -> str:
    """Return the style of every page: that of a report, and what goes beyond it."""
    return asset("page.css") + asset("browse.css")


@cache
def policy(scripts: tuple[str, ...] = ()) -> str:
    """Return the content policy of a page.

    Args:
        scripts: those that it runs beside that of every page.
    """
    return content_policy((*scripts, asset("browse.js")), (style(),), forms=HERE)


def framed(page: Page, frame: Frame) -> str:
    """Write a page as HTML.

    Args:
        page: what it says.
        frame: what all pages share.
    """
    scripts = tuple(page.scripts)
    return (
        environment()
        .get_template("browse.html")
        .render(
            page.templated,
            language=page_language(),
            version=frame.version,
            content_policy=policy(scripts),
            style=Markup(style()),  # noqa: S704 - our own
            scripts=[Markup(each) for each in (*scripts, asset("browse.js"))],  # noqa: S704 - our own
            page=page,
            kind=page.kind,
            title=page.title,
            title_text=page.title_text,
            lead=page.lead,
            sections=page.sections,
            places=[
                (address, say(name))
                for address, name in PLACES
                if frame.whole or address == addresses.CASES
            ],
            whole=frame.whole,
            head=frame.head,
            figures=figures,
            made_for=frame.made_for,
        )
    )
