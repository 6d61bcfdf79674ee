"""Reading lists a page at a time: each key is found from the one before, however many rows it has.

Nothing is counted from the first row, and nothing is read that the page does not show. Rows of a
view that say something else than what is asked for are passed over, in their own order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from answerable.domain.documents import DocumentRows
from answerable.domain.record import CaseSummary, Page, RecordedEvent
from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import rows_at
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.store.rows import NAMES_A_PARTY, PARTY

LAST = "\U0010ffff"
"""Sorts behind every sign that a key may have."""

QUOTE_AND_MORE = f'"{LAST}'
"""Sorts, behind a pseudonym, after every entry that has it, and before longer pseudonyms."""

NEXT_CASES = (
    "WITH RECURSIVE slugs (slug, number) AS (SELECT (SELECT originator_id FROM stored_events "
    "WHERE originator_id {than} ? AND originator_id < ? ORDER BY originator_id {order} LIMIT 1), 1 "
    "UNION ALL SELECT (SELECT originator_id FROM stored_events WHERE originator_id {behind} slug "
    "AND originator_id {other} ? ORDER BY originator_id {order} LIMIT 1), number + 1 FROM slugs "
    "WHERE slug IS NOT NULL AND number < ?) SELECT slug FROM slugs WHERE slug IS NOT NULL "
    "ORDER BY number LIMIT ?"
)
"""Finds each case from the one before, however many events it has."""

SUMMARIES = (
    "WITH wanted (slug) AS (VALUES {rows}), ends AS (SELECT slug, (SELECT max(originator_version) "
    "FROM stored_events WHERE originator_id = slug) AS version, (SELECT rowid - 1 FROM "
    "stored_events WHERE originator_id = slug ORDER BY originator_version LIMIT 1) AS first "
    "FROM wanted) SELECT slug, version, first, rowid - 1 FROM ends JOIN stored_events "
    "ON originator_id = slug AND originator_version = version ORDER BY originator_id {order}"
)

NEXT_KEY = (
    "SELECT key FROM documents WHERE view = ? AND key {than} ? AND key < ? "
    "ORDER BY key {order} LIMIT 1"
)

NEXT_PARTY = (
    f"SELECT {PARTY} FROM stored_events WHERE {NAMES_A_PARTY} AND {PARTY} >= ? AND {PARTY} < ? "
    f"ORDER BY {PARTY} {{order}} LIMIT 1"
)

ROWS = (
    "SELECT key, case_id, body FROM documents WHERE view = ? AND key >= ? AND key < ? "
    "AND case_id >= ? AND case_id < ? AND {behind} {also} ORDER BY key {order}, case_id {order} "
    "LIMIT ?"
)

EVENTS_AT = (
    "SELECT rowid - 1, topic, state FROM stored_events WHERE rowid IN ({places}) ORDER BY rowid"
)

CASE_EVENTS = (
    "SELECT rowid - 1, topic, state FROM stored_events WHERE originator_id = ? "
    "AND originator_version {than} ? ORDER BY originator_version {order} LIMIT ?"
)


def cases_page(reader: StoreReader, page: Page) -> list[CaseSummary]:
    """List cases by slug."""
    order = _order(page)
    than, low, high = _bounds(page)
    behind, other, end = ("<", ">=", page.begins) if page.backwards else (">", "<", high)
    following = NEXT_CASES.format(than=than, order=order, behind=behind, other=other)
    with reader._reading() as cursor:
        found = cursor.execute(following, (low, high, end, page.limit, page.limit)).fetchall()
        if not found:
            return []
        rows = ", ".join(["(?)"] * len(found))
        summaries = SUMMARIES.format(rows=rows, order=order)
        told = cursor.execute(summaries, [slug for (slug,) in found]).fetchall()
    return [CaseSummary(slug, events, first, last) for slug, events, first, last in told]


def keys_page(reader: StoreReader, view: str, page: Page) -> list[str]:
    """List the keys of a view."""
    order = _order(page)
    with reader._reading() as cursor:

        def following(than: str, low: str, high: str) -> str | None:
            statement = NEXT_KEY.format(than=than, order=order)
            key: str | None = _one(cursor, statement, (view, low, high))
            return key

        return list(_keys(page, following))


def parties_page(reader: StoreReader, page: Page) -> list[str]:
    """List the pseudonyms that registrations give, as recorded or as corrected."""
    statement = NEXT_PARTY.format(order=_order(page))

    def following(than: str, low: str, high: str) -> str | None:
        # In an entry a quotation mark follows the pseudonym, and sorts before all that it may have.
        first, end = (f"{low}{QUOTE_AND_MORE}" if than == ">" else low).encode(), high.encode()
        while (found := _one(cursor, statement, (first, end))) is not None:
            name, _, rest = bytes(found).partition(b'"')
            if not rest.startswith(b":"):
                return name.decode()
            # Where a correction names no party, the name of another key stands in that place.
            if page.backwards:
                end = name + b'":'
            else:
                first = name + b'":\xff'
        return None

    with reader._reading() as cursor:
        return list(_keys(page, following))


def rows_page(reader: StoreReader, rows: DocumentRows, page: Page) -> list[tuple[str, str, bytes]]:
    """List rows of a view; backwards, those of the first key alone."""
    if rows.bodies is not None and not rows.bodies:
        # SQLite takes a list of nothing, and a server does not.
        return []
    behind = "(key, case_id) > (?, ?)"
    at: tuple[str, ...] = (rows.first, page.after or "")
    if page.backwards:
        behind, at = "key = ? AND case_id < ?", (rows.first, page.after or LAST)
    also, told = "", list[bytes]()
    if rows.bodies is not None:
        also, told = f"AND body IN ({', '.join('?' * len(rows.bodies))})", sorted(rows.bodies)
    statement = ROWS.format(behind=behind, also=also, order=_order(page))
    keys = (rows.first, LAST if rows.end is None else rows.end)
    bounds = (page.begins, page.begins + LAST)
    with reader._reading() as cursor:
        found = cursor.execute(statement, (rows.view, *keys, *bounds, *at, *told, page.limit))
        return found.fetchall()


def case_events_page(reader: StoreReader, case_id: str, page: Page) -> list[RecordedEvent]:
    """List events of a case by their numbers within it."""
    statement = CASE_EVENTS.format(than="<" if page.backwards else ">", order=_order(page))
    at = int(page.after or (2**62 if page.backwards else 0))
    with reader._reading() as cursor:
        rows = cursor.execute(statement, (case_id, at, page.limit)).fetchall()
        return [decode(*row) for row in rows]


def events_at(reader: StoreReader, positions: Iterable[int]) -> list[RecordedEvent]:
    """List the events at some positions, in the order of the log."""
    wanted = sorted({each + 1 for each in positions})
    with reader._reading() as cursor:
        return [decode(*row) for row in rows_at(cursor, EVENTS_AT, wanted)]


def _order(page: Page) -> str:
    return "DESC" if page.backwards else "ASC"


def _keys(page: Page, following: Callable[[str, str, str], str | None]) -> Iterator[str]:
    """Yield the keys of a page, each found from the one before.

    Args:
        page: which.
        following: finds the first key from one on (`>=`) or behind it (`>`), and before another;
            backwards, the last.
    """
    at = page.after
    for _ in range(page.limit):
        at = following(*_bounds(page._replace(after=at)))
        if at is None:
            return
        yield at


def _bounds(page: Page) -> tuple[str, str, str]:
    """Return between which keys the first of a page lies: from one on, or behind it, to another."""
    low, high, at = page.begins, page.begins + LAST, page.after
    if at is not None and page.backwards:
        high = min(high, at)
    elif at is not None and at >= low:
        return ">", at, high
    return ">=", low, high


def _one(cursor: Cursor, statement: str, bound: tuple[Any, ...]) -> Any:
    row = cursor.execute(statement, bound).fetchone()
    return None if row is None else row[0]
