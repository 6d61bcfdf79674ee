"""Reading single rows of a ledger through the cursor of a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from answerable.domain.record import Disclosed, RecordedEvent
from answerable.ledger.entry.codec import decode
from answerable.ledger.entry.destroyed import Coverage
from answerable.ledger.entry.disclosure import open_disclosure
from answerable.ledger.errors import NotVerified
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.rows import EVENT_ID, NAMES_A_PARTY, PARTY, DisclosureRow, Last
from answerable.ledger.tlog import merkle

AT_HAND = (
    "SELECT position, number, field, about, disclosure FROM disclosures WHERE position < ? "
    "AND disclosure IS NOT NULL AND (instr(' ' || about || ' ', ' ' || ? || ' ') > 0 "
    "OR position IN ({events})) ORDER BY position, number"
)
"""The texts at hand before an entry that are about a party, or of some events."""

ENTRIES_AT = "SELECT rowid - 1, state FROM stored_events WHERE rowid IN ({places})"
TEXTS_AT = (
    "SELECT position, field, about, disclosure FROM disclosures WHERE position IN ({places}) "
    "ORDER BY position, number"
)

MOST_BOUND = 500
"""The most values that are bound in one statement."""


def log_size(cursor: Cursor) -> int:
    """Return how many entries there are."""
    row = cursor.execute("SELECT coalesce(max(rowid), 0) FROM stored_events").fetchone()
    # In a file that was tampered with, all of them may be numbered below the first.
    size: int = max(0, row[0])
    return size


def last_of(size: int, read: merkle.TileReader) -> Last | None:
    """Return the last entry of a log of some size, as its tree has it; None where it has none.

    What the entry says now may be altered, and it is the last one all the same.
    """
    if not size:
        return None
    number, at = divmod(size - 1, merkle.TILE_WIDTH)
    first = at * merkle.HASH_SIZE
    return Last(size - 1, read(0, number)[first : first + merkle.HASH_SIZE])


def timestamp(moment: datetime) -> str:
    """Write a moment as the ledger does: UTC, microseconds, `Z`.

    Such texts sort as the times do.
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def recorded_at(cursor: Cursor, position: int) -> str:
    """Return when an entry was recorded."""
    row = cursor.execute("SELECT state FROM stored_events WHERE rowid = ?", (position + 1,))
    value: str = decode(position, "", row.fetchone()[0]).recorded_at
    return value


@contextmanager
def tree_errors() -> Iterator[None]:
    """Turn a tile that is cut short or gone into an error that a user can act on.

    Raises:
        NotVerified: a tile of it is cut short or gone.
    """
    try:
        yield
    except merkle.ShortTileError:
        raise NotVerified(
            "the tree holds less than the entries of the log.",
            hint="Keep the file as evidence, and restore a copy.",
            cli_hint="`answerable verify` says more. Keep the file as evidence, and restore a "
            "copy.",
        ) from None


def tile_reader(cursor: Cursor) -> Callable[[int, int], bytes]:
    """Return a function that reads the tiles of the tree."""
    return partial(cursor.dialect.read_tile, cursor)


def rows_at(cursor: Cursor, statement: str, places: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that a statement finds at many places, asked for some at a time.

    Args:
        cursor: reads the ledger.
        statement: with `{places}` where the marks of the places stand.
        places: the places; rows of later ones come later where the statement orders them.
    """
    for first in range(0, len(places), MOST_BOUND):
        some = places[first : first + MOST_BOUND]
        marks = ",".join("?" * len(some))
        yield from cursor.execute(statement.format(places=marks), some).fetchall()


def entries_at(cursor: Cursor, positions: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the bytes of the entries at some positions, as far as there are any."""
    yield from rows_at(cursor, ENTRIES_AT, [each + 1 for each in positions])


def find_event(cursor: Cursor, event_id: str) -> RecordedEvent | None:
    """Find the event with this id; None where there is none."""
    row = cursor.execute(
        f"SELECT rowid - 1, topic, state FROM stored_events WHERE {EVENT_ID} = ?",
        (event_id.encode(),),
    ).fetchone()
    return None if row is None else decode(*row)


def position_of(cursor: Cursor, event_id: str) -> int | None:
    """Return the position of the event with this id; None where there is none."""
    row = cursor.execute(
        f"SELECT rowid - 1 FROM stored_events WHERE {EVENT_ID} = ?", (event_id.encode(),)
    ).fetchone()
    return None if row is None else row[0]


def covered_texts(cursor: Cursor, position: int, coverage: Coverage) -> Iterator[DisclosureRow]:
    """Yield the texts at hand that an erasure covers, in the order of the log.

    Args:
        cursor: the transaction; it may be used for something else meanwhile.
        position: the entry that records the erasure.
        coverage: what it covers.
    """
    events = ",".join(map(str, sorted(coverage.events))) or "NULL"
    statement = AT_HAND.format(events=events)
    for row in cursor.stream(statement, (position, coverage.subject)):
        at, _, field, about, _ = row
        if coverage.covers(at, field, about):
            yield row


def events_of_case(cursor: Cursor, case: str, size: int) -> list[RecordedEvent]:
    """Return the events of a case among the first `size` entries of the log."""
    # By the index of the case: without the sign, a server may take all first entries for the way.
    rows = cursor.execute(
        "SELECT rowid - 1, topic, state FROM stored_events WHERE originator_id = ? "
        "AND +rowid <= ? ORDER BY originator_version",
        (case, size),
    )
    return [decode(*row) for row in rows.fetchall()]


def events_of_kind(cursor: Cursor, kind: str, size: int) -> list[RecordedEvent]:
    """Return the events of a kind among the first `size` entries of the log."""
    # The kind is written out, not bound, so that SQLite finds the index of one kind.
    rows = cursor.execute(
        f"SELECT rowid - 1, topic, state FROM stored_events WHERE topic = '{kind}' "
        "AND rowid <= ? ORDER BY rowid",
        (size,),
    )
    return [decode(*row) for row in rows.fetchall()]


def registrations_naming(cursor: Cursor, parties: Iterable[str], size: int) -> list[RecordedEvent]:
    """List the registrations that ever named some parties, recorded or corrected, in log order.

    Args:
        cursor: reads the ledger.
        parties: their pseudonyms.
        size: how many entries of the log there are to choose from.
    """
    found: dict[int, RecordedEvent] = {}
    for party in parties:
        name = f'{party}"'.encode()
        rows = cursor.execute(
            f"SELECT rowid - 1, topic, state FROM stored_events WHERE {NAMES_A_PARTY} "
            f"AND {PARTY} >= ? AND {PARTY} < ? AND +rowid <= ?",
            (name, name + b"\xff", size),
        ).fetchall()
        for event in (decode(*row) for row in rows):
            target = event.fields.get("target")
            corrected = None if target is None else find_event(cursor, target)
            for each in (event, corrected):
                if each is not None and each.kind == "party-registered":
                    found[each.position] = each
    return [found[position] for position in sorted(found)]


def disclosed_at(cursor: Cursor, position: int) -> Disclosed:
    """Return what is sealed in one entry, as far as it is at hand."""
    rows = cursor.execute(
        "SELECT field, disclosure FROM disclosures WHERE position = ?", (position,)
    ).fetchall()
    return _disclosed(position, rows)


def disclosed_at_each(cursor: Cursor, positions: Iterable[int]) -> dict[int, Disclosed]:
    """Return what is sealed in some entries, as far as it is at hand, each by its position."""
    return {
        position: _disclosed(position, [(field, text) for field, _, text in rows])
        for position, rows in texts_at(cursor, positions).items()
    }


def texts_at(
    cursor: Cursor, positions: Iterable[int]
) -> dict[int, list[tuple[str, str, bytes | None]]]:
    """Return what is sealed in some entries, each by its position: field, about whom, and text.

    They stand in the order of their commitments; of one that was destroyed, the text is None.
    """
    found: dict[int, list[tuple[str, str, bytes | None]]] = {each: [] for each in positions}
    for position, field, about, text in rows_at(cursor, TEXTS_AT, sorted(found)):
        found[position].append((field, about, text))
    return found


def _disclosed(position: int, rows: Sequence[tuple[str, bytes | None]]) -> Disclosed:
    with text_errors(position):
        opened = [open_disclosure(text) for _, text in rows if text is not None]
    fields = dict(opened)
    if len(fields) < len(opened):
        raise NotVerified(
            f"the entry at position {position} commits to two texts of one field, so none of them "
            "is shown.",
            hint="`verify_ledger` says more.",
            cli_hint="`answerable verify` says more.",
        )
    return Disclosed(fields, tuple(field for field, text in rows if text is None))


def sealed_value(position: int, text: bytes) -> Any:
    """Return the value that a text of the entry at this position discloses."""
    with text_errors(position):
        return open_disclosure(text)[1]


@contextmanager
def text_errors(position: int) -> Iterator[None]:
    """Turn a text that discloses nothing into an error that a user can act on.

    Raises:
        NotVerified: it is not what was sealed.
    """
    try:
        yield
    except (ValueError, TypeError):
        raise NotVerified(
            f"a text of the entry at position {position} is not what was recorded there.",
            hint="`verify_ledger` says more.",
            cli_hint="`answerable verify` says more.",
        ) from None
