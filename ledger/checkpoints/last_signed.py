"""Hold the last signed head against the tree, without reading an entry.

That is far less than `answerable.ledger.verify` does: entries could have been altered since, and
the keys are those that the ledger itself says are its own.
"""

from __future__ import annotations

from typing import NamedTuple

from answerable.domain.errors import AnswerableError
from answerable.ledger.checkpoints.signing import latest_checkpoint
from answerable.ledger.store.log_keys import read_keys
from answerable.ledger.store.queries import log_size, tile_reader, tree_errors
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.trust import Trust, verify_checkpoint

SHORTER = "the log is shorter than the {size:,} entries that were signed of it."
OTHER = "the tree over the first {size:,} entries is another than was signed."


class LastSigned(NamedTuple):
    """The last head that was signed of a log.

    Attributes:
        origin: the name of the log, as it was signed.
        size: how many entries were signed.
        wrong: what does not hold of it; empty where its signature and its root do.
    """

    origin: str
    size: int
    wrong: str = ""


def last_signed(ledger: StoreReader) -> LastSigned | None:
    """Return the last head that was signed, and what does not hold of it; None: none was."""
    try:
        signed = latest_checkpoint(ledger)
    except AnswerableError as error:
        return LastSigned("", 0, error.message)
    if signed is None:
        return None
    origin, size, root = signed.checkpoint
    try:
        with ledger._reading() as cursor, tree_errors():
            keys = [each.key for each in read_keys(cursor)]
            if size > log_size(cursor):
                return LastSigned(origin, size, SHORTER.format(size=size))
            whole = merkle.tree_root(size, tile_reader(cursor)) == root
        verify_checkpoint(signed.note, Trust(keys))
    except AnswerableError as error:
        return LastSigned(origin, size, error.message)
    return LastSigned(origin, size, "" if whole else OTHER.format(size=size))
