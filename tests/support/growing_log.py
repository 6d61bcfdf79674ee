"""A log that grows, and a witness that watches it: leaves, keys, RFC 6962 as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self

from tests.support.oracles import leaf, root
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.note import COSIGNATURE_ML_DSA_44, ED25519, Note, VerifierKey
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.tiles import tile_path
from answerable.ledger.witness.decision import AddCheckpointRequest
from answerable.ledger.witness.witness import Cosigned, Witness

NAME = "witness.example/w1"
NOW = datetime(2026, 1, 6, 12, 0, 0, tzinfo=UTC)


def leaves(count: int, world: str = "") -> list[bytes]:
    """The leaf hashes of a log of so many entries. In another world they are others."""
    return [leaf(f"{world}{number}".encode()) for number in range(count)]


def consistency(old: int, new: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.2: PROOF(old, D[n])."""
    return _subproof(old, new, whole=True) if 0 < old < len(new) else []


def _subproof(old: int, new: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if old == len(new):
        return [] if whole else [root(new)]
    split = 1
    while split * 2 < len(new):
        split *= 2
    if old <= split:
        return [*_subproof(old, new[:split], whole=whole), root(new[split:])]
    return [*_subproof(old - split, new[split:], whole=False), root(new[:split])]


class Growing:
    """A log with keys of its own."""

    def __init__(self, origin: str = ORIGIN, kinds: Sequence[int] = (ED25519,)) -> None:
        self.origin = origin
        self.signers = [Signer.generate(origin, kind) for kind in kinds]

    @property
    def keys(self) -> list[str]:
        return [str(signer.key) for signer in self.signers]

    def note(self, tree: Sequence[bytes], now: datetime = NOW) -> bytes:
        """The signed checkpoint of a tree over leaves."""
        return self.signed(Checkpoint(self.origin, len(tree), root(tree)).text, now)

    def signed(self, text: str, now: datetime = NOW) -> bytes:
        return bytes(Note(text, ()).signed(signer.sign(text, now) for signer in self.signers))

    def proof(self, old: int, tree: Sequence[bytes], now: datetime = NOW) -> ConsistencyProof:
        """What to ask a witness with that saw the first `old` leaves."""
        return ConsistencyProof(old, tuple(consistency(old, tree)), self.note(tree, now))

    def request(self, old: int, tree: Sequence[bytes], now: datetime = NOW) -> AddCheckpointRequest:
        return AddCheckpointRequest.of(self.proof(old, tree, now))


def altered(data: bytes) -> bytes:
    """Another hash."""
    return sha256(data).digest()


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Watching(NamedTuple):
    """A witness that watches a log."""

    witness: Witness
    log: Growing
    clock: Clock

    def cosign(self, old: int, size: int, world: str = "", **how: bool) -> Cosigned:
        asked = self.log.request(old, leaves(size, world), self.clock.now)
        return self.witness.cosign(asked, **how)

    @classmethod
    def make(cls, folder: Path) -> Self:
        clock, log = Clock(), Growing(kinds=(ED25519, COSIGNATURE_ML_DSA_44))
        made = Witness.create(folder, NAME)
        witness = Witness(folder, made.signers, clock)
        witness.watch([VerifierKey.parse(key) for key in log.keys])
        return cls(witness, log, clock)

    @property
    def size(self) -> int | None:
        log = self.witness.log(ORIGIN)
        return None if log is None or log.note is None else log.head.size


def publish(folder: Path, log: Growing, size: int, world: str = "") -> str:
    """Tiles of a tree, and its checkpoint, in a folder."""
    tree = leaves(size, world)
    for (level, number), hashes in merkle.grow(0, tree, lambda *_: b"").tiles.items():
        place = folder / tile_path(level, number, len(hashes) // 32)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(hashes)
    folder.mkdir(exist_ok=True)
    (folder / "checkpoint").write_bytes(log.note(tree))
    return str(folder)
