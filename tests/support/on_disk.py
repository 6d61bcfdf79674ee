"""Read what is on disk of a ledger, wherever it is stored."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.in_hand import owners_hand
from tests.support.server_site import ledgers_on_server

DATABASE = "SELECT oid::text FROM pg_database WHERE datname = current_database()"


def on_disk(place: Path) -> bytes:
    """Return the bytes of a ledger's files; of one on a server, those of its database.

    The server's write-ahead log is not among them: it keeps what was erased until it is recycled.
    """
    if ledgers_on_server.database_at(place) is None:
        return b"".join(each.read_bytes() for each in sorted(place.parent.glob(f"{place.name}*")))
    with owners_hand(place) as hand:
        ((number,),) = hand.execute(DATABASE).fetchall()
    ledgers_on_server.run("CHECKPOINT")
    folder = Path(os.environ[ledgers_on_server.SERVER], "data", "base", number)
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file())
