"""Finding what was meant by what is mistyped: a case by its id or title, a party by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from answerable.domain.kinds import HOUSE_CASE
from answerable.domain.mistyped.nearest import did_you_mean, nearest
from answerable.domain.search.folding import plain_key
from answerable.domain.search.name_words import words_told
from answerable.ledger.entry.errors import UnknownCase
from answerable.ledger.errors import NotVerified
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import sealed_value

MOST = 3
"""The most that are offered."""

MOST_TITLES = 5_000
"""The most titles that are read: those of the cases that were opened last."""

ALIKE = 0.7
"""Sets how alike two texts are, from 0 to 1, of which one may be the other mistyped."""

TITLES = """
    SELECT originator_id, position, disclosure FROM stored_events
    JOIN disclosures ON position = rowid - 1 AND field = 'title'
    WHERE topic = 'case-opened' AND disclosure IS NOT NULL ORDER BY rowid DESC LIMIT ?"""


def meant(text: str, called: Mapping[str, str]) -> list[str]:
    """Find what a text may have been meant for, the likeliest first.

    Args:
        text: what was typed.
        called: names and words by which things are called, and what each stands for.
    """
    if not called:
        return []
    typed = plain_key(text)
    lowered: dict[str, str] = {}
    for name, thing in called.items():
        lowered.setdefault(plain_key(name), thing)
    found = [lowered[each] for each in nearest(typed, lowered, MOST, ALIKE)]
    words = set(words_told(text.replace("-", " ").replace("_", " ")))
    if words:
        found += [thing for name, thing in called.items() if words <= set(words_told(name))]
    return [*dict.fromkeys(each for each in found if each != text)][:MOST]


def cases_meant(cursor: Cursor, text: str) -> dict[str, str | None]:
    """Find the cases that a text may have been meant for, each with its title, where it has one."""
    rows = cursor.execute("SELECT DISTINCT originator_id FROM stored_events").fetchall()
    called = {HOUSE_CASE: HOUSE_CASE} | {case_id: case_id for (case_id,) in rows}
    titles: dict[str, str] = {}
    for case_id, title in _titles(cursor):
        titles.setdefault(case_id, title)
        called.setdefault(title, case_id)
    return {case_id: titles.get(case_id) for case_id in meant(text, called)}


def _titles(cursor: Cursor) -> Iterable[tuple[str, str]]:
    for case_id, position, text in cursor.execute(TITLES, (MOST_TITLES,)).fetchall():
        try:
            title = sealed_value(position, text)
        except NotVerified:
            continue  # What is wrong with it, `verify` says: here nothing is recorded.
        if isinstance(title, str):
            yield case_id, title


@contextmanager
def suggesting(cursor: Cursor) -> Iterator[None]:
    """Add to the refusal of a case that is not there which ones may have been meant."""
    try:
        yield
    except UnknownCase as error:
        found = cases_meant(cursor, error.case_id)
        if found:
            shown = [f"{each} ({title})" if title else each for each, title in found.items()]
            error.hint = f"{did_you_mean(found)} {error.hint}"
            # A title is sealed: it is shown to whoever types, and kept out of what programs log.
            error.cli_hint = f"{did_you_mean(shown)} {error.cli_hint}"
        raise
