"""Parts that pages share: sentences, links to the pages beside one, and a list's own form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from answerable.domain.language.saying import say
from answerable.projections.blocks.blocks import paragraph
from answerable.projections.blocks.spans import Words
from answerable.projections.listing.paged import Sought, Stretch
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.markup import Links

PAGES = Markup('<nav class="pages" aria-label="{}">{}</nav>')
LINK = Markup('<a href="{}">{}</a>')


def links(size: int) -> Links:
    """Return what writes blocks, and leads from the number of an event to its page.

    Args:
        size: the number of entries of the log.
    """
    return Links(range(size), to=addresses.EVENT)


def said(*words: Words) -> Markup:
    """Write a paragraph of one line, in which nothing is followed."""
    return Links().block(paragraph(*words))


def woven(sentence: str, **told: Markup) -> Markup:
    """Say a sentence in which pieces of HTML stand.

    Args:
        sentence: marked by `to_say`, with a name in braces for each piece.
        told: the pieces.
    """
    places = {name: _place(name, piece) for name, piece in told.items()}
    made = str(Markup.escape(say(sentence, **places)))
    for name, piece in told.items():
        made = made.replace(str(Markup.escape(places[name])), piece)
    return Markup(made)  # noqa: S704 - its words are escaped


def _place(name: str, piece: Markup) -> str:
    """Mark where a piece goes, between its first and its last letter: by these, a space is set."""
    text = piece.striptags() or " "
    return f"{text[0]}\ue000{name}\ue001{text[-1]}"


def link(address: str, words: str) -> Markup:
    """Lead somewhere."""
    return LINK.format(address, words)


def beside(found: Stretch[Any], address: str, asked: Mapping[str, str | None]) -> Markup:
    """Lead to the page before and the page after; nothing where the list has one page.

    Args:
        found: the page.
        address: of the list.
        asked: what else is asked for.
    """
    made = []
    if found.back is not None:
        made.append(
            link(addresses.asking(address, **asked, before=found.back), say("Previous page"))
        )
    if found.onward is not None:
        made.append(link(addresses.asking(address, **asked, after=found.onward), say("Next page")))
    if not made:
        return Markup()
    inner = Markup("\n").join(made)
    return Markup('<nav class="pages" aria-label="{}">{}</nav>').format(
        say("Pages of the list"), inner
    )


def asked_again(sought: Sought) -> dict[str, str | None]:
    """Return what is asked of a list beside its page, as parts of an address."""
    return {"begins": sought.begins, "order": "descending" if sought.descending else None}
