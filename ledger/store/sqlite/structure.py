"""Verifying the structure of a ledger's file, as the database that questions are answered from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import closing

from answerable.ledger.store.sqlite.access import connect
from answerable.ledger.store.sqlite.schema import APPLICATION_ID, FORMAT, READABLE_FORMAT

HEADER: Mapping[str, Collection[object]] = {
    "encoding": ("UTF-8",),
    "application_id": (APPLICATION_ID,),
    "user_version": range(READABLE_FORMAT, FORMAT + 1),
}
"""The values of a ledger's header, whether the file or the log beside it holds it."""


def check_structure(uri: str) -> str | None:
    """Return what is wrong with the file as a database; None if nothing is.

    Every index is held against its table, the storage class of every column against its type, and
    the order of the rows against their keys: https://sqlite.org/pragma.html#pragma_integrity_check.
    """
    with closing(connect(uri)) as connection:
        # Where texts are kept otherwise, what is looked up by the bytes of a text is not found.
        for pragma, expected in HEADER.items():
            (there,) = connection.execute(f"PRAGMA {pragma}").fetchone()
            if there not in expected:
                return f"its {pragma} is {there!r:.40}, which no ledger's is"
        found: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        return None if found == "ok" else found
