"""Signed ledgers for tests, and what an attacker makes of one who has the file and not the keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from tests.support.oracles import raw

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.signing import adopt_first_keys, key_file, sign_head
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog import private_keys as keys
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.note import LOG_KEYS
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore

ORIGIN = "example.com/ledger"


def contact(number: int, case_id: str = "acme") -> Event:
    """An event that tells its number."""
    return parse({"kind": "contact-made", "case_id": case_id, "counterparty": f"p-{number}"})


class House(NamedTuple):
    """A ledger with keys, and where its files are."""

    ledger: Ledger
    signers: list[Signer]

    @property
    def place(self) -> Path:
        return self.ledger.path

    @property
    def keys(self) -> Path:
        return key_file(self.place)

    @property
    def memory(self) -> Path:
        return memory_file(self.keys)

    def record(self, count: int) -> None:
        """Record so many contacts more."""
        first = len(self.ledger)
        events = [contact(number) for number in range(first, first + count)]
        self.ledger.append_all(events, recorded_by="jane")

    def sign(self) -> SignedCheckpoint:
        return sign_head(self.ledger, self.signers, self.memory)


def first_keys(ledger: Ledger, origin: str = ORIGIN) -> list[Signer]:
    """New keys that a ledger signs with from now on."""
    made = keys.generate(origin, LOG_KEYS)
    adopt_first_keys(ledger, [signer.key for signer in made])
    return made


def house(folder: Path, *, clock: Callable[[], datetime] | None = None) -> House:
    """A ledger with keys and no entries."""
    ledger = Ledger.create(folder / "a.db", clock=clock)
    made = House(ledger, first_keys(ledger))
    keys.write(made.keys, made.signers)
    return made


def forge(place: Path, into: Path, change: Callable[[list[bytes]], Sequence[bytes]]) -> Path:
    """A ledger whose history was rewritten, tree and all, with the signed checkpoints of the true.

    Args:
        place: the true ledger.
        into: where to.
        change: makes the forged log's lines from the true one's, as `export --entries` has them.
    """
    with Ledger.open(place) as ledger:
        told = list(exported_entries(ledger))
    with Ledger.create(into) as forged:
        restore(forged, lines(BytesIO(b"".join(line + b"\n" for line in change(told)))))
    with raw(place) as true:
        rows = {
            told: true.execute(f"SELECT {told[1]} FROM {told[0]}").fetchall()
            for told in (("keys", "vkey, adopted, retired"), ("checkpoints", "size, note"))
        }
    with raw(into) as connection:
        for (table, columns), found in rows.items():
            for row in found:
                marks = ",".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)
    return into


def retold(line: bytes, old: str, new: str) -> bytes:
    """A line of an export of entries in which the entry says something else."""
    told = json.loads(line)
    assert old in told["entry"]
    told["entry"] = told["entry"].replace(old, new)
    return json.dumps(told).encode()


def at(second: int) -> datetime:
    """A moment of a day of tests."""
    return datetime.fromtimestamp(1_767_600_000 + second, UTC)
