"""Searches: what is shown of a query asks for the same, and it finds what a reader finds."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from answerable.domain.parsing import parse
from answerable.domain.search.query import BadQuery, Query, Term, query
from answerable.domain.search.request import SearchRequest
from answerable.domain.search.tokenizer import words
from answerable.ledger.ledger import Ledger

LONGEST = 512

TEXTS = (
    "A late gift of 300 € was taken, and a gift was late.",
    "道歉于2026年1月5日发布，歉道。",
    "naïve NAÏVE person-9 wrote to a@b.org: don't",
    'OR NEAR AND NOT ^ * ( ) { } : " -',
)


def _ledger() -> Ledger:
    ledger = Ledger.create(Path(mkdtemp()) / "answerable.db")
    contact = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
    for text in TEXTS:
        ledger.append(parse({**contact, "purpose": text}), recorded_by="jane")
    return ledger


LEDGER = _ledger()


def take(data: bytes) -> None:
    """Read a query, show it, and search for it."""
    text = data.decode(errors="replace")
    try:
        asked = query(text)
    except BadQuery:
        return
    assert query(str(asked)) == asked
    found = LEDGER.found(SearchRequest(asked))
    assert found.total == len([*found.hits])
    assert found.total == sum(_fits(asked, [words(each)]) for each in TEXTS), text


def _fits(asked: Query, pieces: list[list[str]]) -> bool:
    return all(any(_stands(term, pieces) for term in group) for group in asked.groups) and not any(
        _stands(term, pieces) for term in asked.without
    )


def _stands(term: Term, pieces: list[list[str]]) -> bool:
    for piece in pieces:
        for start in range(len(piece) - len(term.words) + 1):
            *before, last = piece[start : start + len(term.words)]
            wanted = term.words[-1]
            if before == list(term.words[:-1]) and (
                last == wanted or (term.prefix and last.startswith(wanted))
            ):
                return True
    return False
