"""Everything on record in a ledger's file, read past the ledger."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.support.in_hand import owners_hand
from tests.support.server_site.ledgers_on_server import database_at

RECORD = ("stored_events", "disclosures", "tiles", "keys", "checkpoints", "timestamps", "imports")


def dumped(place: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each table of the record, in an order."""
    if database_at(place) is not None:
        with owners_hand(place) as hand:
            return {
                table: sorted(hand.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
                for table in RECORD
            }
    with closing(sqlite3.connect(place)) as file:
        return {table: sorted(file.execute(f"SELECT * FROM {table}"), key=repr) for table in RECORD}
