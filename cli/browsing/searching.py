"""Search as a page: what is asked for, a page of what is found, and what is on the next."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from answerable.domain.language.saying import figures, say
from answerable.domain.search.query import LONGEST, MOST_WORDS, BadQuery, query
from answerable.domain.search.request import FoundPage, SearchRequest, SearchResult
from answerable.projections.facts.known_by.passing import PassingReader
from answerable.projections.pages.browsing.search import NO_QUERY, UNKEPT, Searched
from answerable.projections.search.search import search

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.ledger.ledger import Ledger

LENGTH = 20
"""The number of texts on a page."""


class _FoundReader(PassingReader):
    """A reader by which a search finds one page of texts, and no more."""

    def __init__(self, reader: Reader, page: FoundPage) -> None:
        super().__init__(reader)
        self._page = page

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find the texts of the page."""
        page = self._page
        return SearchResult(page.total, page.hits, page.erased, page.withheld, page.ranked)


def searched(
    ledger: Ledger, reader: Reader, text: str, first: str, withheld: Collection[str]
) -> Searched:
    """Search for a text.

    Args:
        ledger: whose index is asked.
        reader: the record as whoever asks may see it.
        text: what is asked for.
        first: the place of the first text that is shown, as the address tells it.
        withheld: the sealed fields that are not searched.
    """
    text = " ".join(text.split())
    if not text:
        return Searched("")
    try:
        asked = query(text)
    except BadQuery:
        return Searched(text, wrong=say(NO_QUERY, words=MOST_WORDS, letters=figures(LONGEST)))
    skip = int(first) if first.isascii() and first.isdigit() and len(first) < 5 else 0
    page = ledger.found_page(asked, without=withheld, skip=skip, limit=LENGTH)
    if page is None:
        return Searched(text, wrong=say(UNKEPT))
    answer = search(_FoundReader(reader, page), SearchRequest(asked), limit=LENGTH)
    onward = skip + LENGTH if skip + LENGTH < page.total else None
    return Searched(text, answer, more=page.more, first=skip, onward=onward)
