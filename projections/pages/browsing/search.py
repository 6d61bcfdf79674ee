"""Show what a search found: each text with what stands around it, and where it is from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from answerable.domain.language.saying import figures, say, say_count, to_say
from answerable.projections.listing.record import Listed
from answerable.projections.output.register import Party
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import PAGES, link, said
from answerable.projections.pages.browsing.framing.times import NOW
from answerable.projections.pages.browsing.tables import case_link, party_link, visible
from answerable.projections.pages.markup import breakable
from answerable.projections.pages.sections import Shown
from answerable.projections.search.search import Result, SearchAnswer
from answerable.projections.search.unsearched import unsearched_words
from answerable.projections.wording.dates import date
from answerable.projections.wording.lines.nouns import noun
from answerable.projections.wording.vocabulary import label

RESULT = Markup(
    '<li><a href="{address}" data-result><bdi>{excerpt}</bdi></a><p class="where">{where}</p></li>'
)


class Searched(NamedTuple):
    """Hold what a search came to.

    Attributes:
        text: what was asked for.
        answer: what was found; None where nothing was asked for, or what was asked is no query.
        wrong: what is wrong with what was asked.
        more: whether there is more than was counted.
        first: the place, among all that was found, of the first result shown.
        onward: the place of the first result on the next page; None: there is none.
    """

    text: str
    answer: SearchAnswer | None = None
    wrong: str = ""
    more: bool = False
    first: int = 0
    onward: int | None = None


UNKEPT = to_say(
    "The index of words cannot be used: the file cannot be written just now, or the index is "
    "damaged. `answerable search` reads every text itself."
)
NO_QUERY = to_say(
    "Nothing was searched for: it takes one word at least that a text has to have, and at most "
    "{words} words and {letters} letters."
)
HOW = to_say(
    'Words are found whole, in any order: apolog* finds what begins so, "bonus cancelled" the '
    "words beside each other, OR one of two, and - before a word leaves out the texts that have it."
)
KEYS = to_say(
    "The keys / and Ctrl+K lead to the search box from any page; the arrow keys go through what "
    "was found."
)


def search_page(found: Searched, listed: Listed, frame: Frame) -> str:
    """Write what a search found.

    Args:
        found: what it came to.
        listed: the record, which tells what things are called.
        frame: what all pages share.
    """
    title = _title(found)
    page = Page(
        at=addresses.SEARCH,
        kind=say("Names and narratives that are open to read"),
        title=Markup.escape(title),
        title_text=title,
        lead=_lead(found),
        sections=[*_sections(found, listed)],
        sought=found.text,
        seeking=True,
        times=NOW,
    )
    return framed(page, frame)


def _title(found: Searched) -> str:
    if found.wrong:
        return say("This cannot be searched for.")
    if found.answer is None:
        return say("Search")
    if not found.answer.total:
        return say("Nothing was found.")
    if found.more:
        return say("More than {number} texts were found.", number=figures(found.answer.total))
    return say_count("{number} text was found.", "{number} texts were found.", found.answer.total)


def _lead(found: Searched) -> Markup:
    told = []
    if found.wrong:
        told.append(said(found.wrong))
    if found.answer is None or not found.answer.total:
        told += [said(say(HOW)), said(say(KEYS))]
    if found.answer is not None:
        if not found.answer.ranked:
            told.append(said(say("Those recorded last come first: there are too many to rank.")))
        erased, withheld = found.answer.erased, found.answer.withheld
        if gone := unsearched_words(erased, withheld):
            told.append(said(gone))
    return Markup("\n").join(told)


def _sections(found: Searched, listed: Listed) -> Iterator[Shown]:
    if found.answer is None or not found.answer.results:
        return
    listed.known.read(party for each in found.answer.results for party in each.about)
    made = Markup("\n").join(_result(each, listed) for each in found.answer.results)
    body = Markup('<ol class="results" start="{}">{}</ol>').format(found.first + 1, made)
    if found.onward is not None:
        address = addresses.asking(addresses.SEARCH, q=found.text, from_=str(found.onward))
        body += PAGES.format(say("Pages of what was found"), link(address, say("Next page")))
    yield Shown("found", say("What was found"), body)


def _result(each: Result, listed: Listed) -> Markup:
    excerpt = Markup("").join(
        Markup("<mark>{}</mark>").format(_kept(piece.text)) if piece.hit else _kept(piece.text)
        for piece in each.excerpt
    )
    where = [
        Markup.escape(
            say(
                "#{position} {field} of {kind}, {when}",
                position=each.position,
                field=label(each.field),
                kind=noun(each.kind),
                when=date(each.occurred),
            )
        ),
        case_link(each.case_id, listed.titles.of(each.case_id)),
        *(party_link(Party(party, listed.known.called(party))) for party in each.about),
        *map(Markup.escape, _marks(each)),
    ]
    return RESULT.format(
        address=addresses.event(each.position), excerpt=excerpt, where=Markup(" · ").join(where)
    )


def _kept(text: str) -> Markup:
    """Write a piece of an excerpt; the spaces at its ends stay."""
    before = " " if text[:1].isspace() else ""
    behind = " " if text[-1:].isspace() else ""
    return breakable(f"{before}{visible(text)}{behind}")


def _marks(each: Result) -> Iterator[str]:
    if each.corrected == "yes":
        yield say("later corrected")
    if each.corrected == "unknown":
        yield say("indeterminate: a correction of it is not at hand")
    if each.retracted_by:
        yield say("retracted")
    if each.disputed_by:
        yield say("disputed")
