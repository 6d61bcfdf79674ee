"""Opening and making ledgers: which store it is, its address tells."""

from __future__ import annotations

import os
from pathlib import Path

from answerable.domain.errors import AnswerableError
from answerable.ledger.store.protocol import Store
from answerable.ledger.store.sqlite.database import check_is_ledger
from answerable.ledger.store.sqlite.recorder import make_ledger_file
from answerable.ledger.store.sqlite.store import SqliteStore

Address = str | os.PathLike[str]
"""Where a ledger is: the place of a file."""


def open_store(address: Address) -> Store:
    """Open the store of a ledger that is there. It is not upgraded.

    Raises:
        LedgerNotFound: there is none.
        NotALedger: what is there is something else.
        StorageFailed: others hold it for too long, or it is where there are no locks.
    """
    return SqliteStore.open(address)


def make_store(address: Address) -> Path:
    """Make an empty ledger; return its place. It appears whole or not at all.

    Raises:
        LedgerExists: there is something at this place already.
        NotALedger: the path is SQLite's name for a database in memory.
        StorageFailed: the folder does not exist, cannot be written, or is full.
    """
    return make_ledger_file(address)


def is_ledger(place: Path) -> bool:
    """Tell whether there is a ledger at a place, without opening it."""
    try:
        check_is_ledger(place)
    except AnswerableError:
        return False
    return True
