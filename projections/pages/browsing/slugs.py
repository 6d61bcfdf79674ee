"""The list of cases for those who may see a part of each: by their slugs alone."""

from __future__ import annotations

from markupsafe import Markup

from answerable.domain.language.saying import say
from answerable.projections.listing.paged import Sought, Stretch
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import asked_again, beside, link, said
from answerable.projections.pages.sections import Shown


def slugs_page(found: Stretch[str], sought: Sought, frame: Frame) -> str:
    """Write a page of the list of cases.

    Args:
        found: the slugs.
        sought: which page of them.
        frame: what all pages share.
    """
    items = Markup("").join(
        Markup("<li>{}</li>").format(link(addresses.case(each), each)) for each in found.items
    )
    made = (
        Markup("<ul>{}</ul>").format(items) if found.items else said(say("There is no such case."))
    )
    pages = beside(found, addresses.CASES, asked_again(sought))
    page = Page(
        at=addresses.CASES,
        kind=say("By their short names, a page at a time"),
        title=Markup.escape(say("Cases")),
        title_text=say("Cases"),
        sections=(Shown("list", say("Cases"), made + pages),),
    )
    return framed(page, frame)
