"""Signed ledgers for tests: filled fast, straight into the store, with entries that look real."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.support.oracles import event_id
from tests.support.signed_ledger import ORIGIN, House, first_keys

from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.queries import log_size
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.trust import Trust

NOW = datetime(2026, 1, 6, tzinfo=UTC)
AT_ONCE = 4096


class Log(House):
    """A ledger with keys of its own, which grows fast and signs always at the same time."""

    @property
    def trust(self) -> Trust:
        return Trust([signer.key for signer in self.signers])

    @property
    def vkey(self) -> str:
        """Its Ed25519 key, as one hands it out."""
        return str(self.signers[0].key)

    def grow(self, to: int, salt: str = "") -> None:
        """Record entries until there are so many."""
        fill(self.ledger, to, salt)

    def sign(self) -> SignedCheckpoint:
        return sign_head(self.ledger, self.signers, self.memory, clock=lambda: NOW)


def new_log(path: Path, size: int = 0, *, origin: str = ORIGIN) -> Log:
    """A ledger of so many entries, with new keys, nothing signed yet."""
    ledger = Ledger.create(path)
    log = Log(ledger, first_keys(ledger, origin))
    log.grow(size)
    return log


def entry(position: int, salt: str = "") -> bytes:
    """An entry as the ledger would write it, about as long as they are."""
    return (
        f'{{"event_id":"{event_id(position)}","case_id":"c","version":{position + 1},'
        f'"kind":"contact-made","schema":1,"standing":"asserted","occurred":"../2026-01-05",'
        f'"counterparty":"kol-{position}{salt}","recorded_at":"2026-01-06T00:00:00.000000Z",'
        f'"_sd":["{position:043}","{position + 1:043}","{position + 2:043}"]}}'
    ).encode()


def fill(ledger: Ledger, to: int, salt: str = "") -> None:
    """Put entries straight into the store, with the tree over them, until there are so many."""
    with ledger._writing() as cursor:
        for first in range(log_size(cursor), to, AT_ONCE):
            last = min(to, first + AT_ONCE)
            entries = [entry(at, salt) for at in range(first, last)]
            rows = [
                (at + 1, "c", at + 1, "contact-made", state)
                for at, state in zip(range(first, last), entries, strict=True)
            ]
            leaves = [merkle.leaf_hash(state) for state in entries]
            ledger._store.record(cursor, first, rows, [], leaves)
