"""What proving costs, on a log of a million entries: proofs, publishing, and auditing.

The entries are put straight into the store, as long and as many as real ones, with the tree over
them; how fast real ones are appended is measured elsewhere.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from tests.benchmarks.conftest import SMOKE, Race
from tests.support.bulk_ledger import Log, new_log

from answerable.ledger.publish.audit import verify_published
from answerable.ledger.publish.reader import published_in
from answerable.ledger.publish.writer import publish
from answerable.ledger.store.queries import tile_reader
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.tiles import ENTRIES, tile_path

MILLION = 20_000 if SMOKE else 1_000_000
TEN_THOUSAND = 1_000 if SMOKE else 10_000
PROOFS = 1 if SMOKE else 200
"""How many proofs are made in a turn, each of another entry or from another size."""

NEW_PAGES = 5
"""What 256 new entries are: the tile and the bundle that they fill, those that they begin, and a
tile of level 1."""

ROWS = "SELECT hashes FROM tiles WHERE level = ? AND number = ?"


class Publisher:
    """A log that is published, and goes on."""

    def __init__(self, folder: Path, size: int) -> None:
        self.log = new_log(folder / "a.db", size)
        self.folder = folder / "log"
        self.log.sign()
        publish(self.log.ledger, self.folder)

    def grow(self) -> None:
        """Record and sign 256 entries."""
        self.log.grow(len(self.log.ledger) + 256)
        self.log.sign()

    def publish(self) -> None:
        assert publish(self.log.ledger, self.folder).pages == NEW_PAGES


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    made = Publisher(tmp_path_factory.mktemp("million"), MILLION)
    with made.log.ledger:
        yield made


def _tiles_read(proof: Callable[[merkle.TileReader], object], log: Log) -> list[tuple[int, int]]:
    """The tiles that making a proof reads."""
    asked: list[tuple[int, int]] = []
    with log.ledger._reading() as cursor:
        read = tile_reader(cursor)

        def noting(level: int, number: int) -> bytes:
            asked.append((level, number))
            return read(level, number)

        proof(noting)
    return asked


def _race_proofs(
    race: Race, log: Log, name: str, proofs: list[Callable[[merkle.TileReader], list[bytes]]]
) -> None:
    """Ours: the proofs, one transaction each. The floor: the same tiles, bare, to their roots."""
    rows = [_tiles_read(proof, log) for proof in proofs]

    def ours() -> None:
        for proof in proofs:
            with log.ledger._reading() as cursor:
                proof(tile_reader(cursor))

    with closing(sqlite3.connect(log.ledger.path)) as bare:

        def floor() -> None:
            for places in rows:
                for place in places:
                    (tile,) = bare.execute(ROWS, place).fetchone()
                    row = [tile[at : at + 32] for at in range(0, len(tile), 32)]
                    while len(row) > 1:
                        pairs = zip(row[::2], row[1::2], strict=False)
                        row = [sha256(b"\1" + left + right).digest() for left, right in pairs]

        race(
            ours,
            floor,
            name=f"{len(proofs)} {name} at {len(log.ledger):,} events",
            against="reading the same tiles by `sqlite3` and hashing each to its root",
            target=f"under {len(proofs)} ms (1 ms each)",
            rounds=9,
        )


def test_inclusion_proofs(race: Race, million: Publisher) -> None:
    size = len(million.log.ledger)
    chosen = random.Random(6962).sample(range(size), PROOFS)
    _race_proofs(
        race,
        million.log,
        "inclusion proofs",
        [lambda read, at=at: merkle.inclusion_proof(at, size, read) for at in chosen],  # type: ignore[misc]
    )


def test_consistency_proofs(race: Race, million: Publisher) -> None:
    size = len(million.log.ledger)
    chosen = random.Random(6962).sample(range(1, size), PROOFS)
    _race_proofs(
        race,
        million.log,
        "consistency proofs",
        [lambda read, at=at: merkle.consistency_proof(at, size, read) for at in chosen],  # type: ignore[misc]
    )


def test_audit(race: Race, million: Publisher) -> None:
    size = len(million.log.ledger)
    kept = million.log.sign()
    publish(million.log.ledger, million.folder)

    def floor() -> None:
        for number in range(-(-size // 256)):
            width = min(256, size - number * 256)
            page = (million.folder / tile_path(ENTRIES, number, width)).read_bytes()
            at = 0
            while at < len(page):
                end = at + 2 + int.from_bytes(page[at : at + 2], "big")
                sha256(page[at + 2 : end]).digest()
                at = end

    def ours() -> None:
        found = verify_published(published_in(million.folder), million.log.trust)
        assert found.checkpoint == kept.checkpoint

    race(
        ours,
        floor,
        name=f"audit of a published log of {size:,} events",
        against="reading its bundles and hashing each entry, one process",
        target="at most 2",
        rounds=5,
    )


def test_publish_what_is_new(race: Race, million: Publisher, tmp_path: Path) -> None:
    small = Publisher(tmp_path, TEN_THOUSAND)
    with small.log.ledger:

        def ready() -> None:
            million.grow()
            small.grow()

        race(
            million.publish,
            small.publish,
            name=f"`publish` of 256 new events at {MILLION:,}",
            against=f"the same at {TEN_THOUSAND:,}",
            target="about 1",
            rounds=25,
            ready=ready,
        )
