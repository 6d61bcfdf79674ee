"""A ledger whose every byte is the same on each run: fixed ids, times, salts and keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256, shake_256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from answerable.domain.parsing import parse_line
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.signing import adopt_first_keys, key_file, sign_head
from answerable.ledger.entry import disclosure
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog import private_keys
from answerable.ledger.tlog.note import COSIGNATURE_ML_DSA_44, LOG_KEYS
from answerable.ledger.tlog.note_signatures import Signer

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "xiaomi-kol.jsonl"
LATER = ROOT / "tests" / "end_to_end" / "golden" / "later.jsonl"
PUBLIC_CASES = ROOT / "examples" / "cases"
REPORTS = ROOT / "examples" / "speak-up" / "reports.jsonl"
ORIGIN = "example.com/ledger"
WRITING = os.environ.get("ANSWERABLE_GOLDEN") == "write"
"""Tell whether golden files are to be written, not compared."""

Recorded = Sequence[tuple[int, Callable[[], datetime]]]
RECORDED: Recorded = (
    (14, partial(datetime, 2026, 1, 5, 20, tzinfo=UTC)),
    (28, partial(datetime, 2026, 1, 8, 9, 30, tzinfo=UTC)),
    (40, partial(datetime, 2026, 2, 4, 12, tzinfo=UTC)),
    (45, partial(datetime, 2026, 2, 9, tzinfo=UTC)),
)
"""The number of events on record by each moment."""


def told() -> list[bytes]:
    """The lines of the example, and of what came later."""
    return EXAMPLE.read_bytes().splitlines() + LATER.read_bytes().splitlines()


def salts() -> Callable[[int], bytes]:
    """Salts that are the same on every run, however many are drawn at a time."""
    drawn = 0

    def draw(count: int) -> bytes:
        nonlocal drawn
        drawn += count
        return shake_256(b"golden").digest(drawn)[drawn - count :]

    return draw


def fill(place: Path | str, lines: Iterable[bytes], recorded: Recorded) -> None:
    """Make a ledger of these events, recorded by these moments, under fixed salts."""
    events = [parse_line(line) for line in lines]
    first = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disclosure, "urandom", salts())
        Ledger.create(place).close()
        for last, clock in recorded:
            with Ledger.open(place, clock=clock) as ledger:
                ledger.append_all(events[first:last], recorded_by="recorder-1")
            first = last
    assert first == len(events)


def sign(place: Path, clock: Callable[[], datetime]) -> None:
    """Give a ledger keys that are the same on every run, and have it sign its head."""
    signers = [fixed_signer(ORIGIN, kind) for kind in LOG_KEYS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disclosure, "urandom", salts())
        with Ledger.open(place, clock=clock) as ledger:
            adopt_first_keys(ledger, [signer.key for signer in signers])
            private_keys.write(key_file(place), signers)
            sign_head(ledger, signers, memory_file(key_file(place)))


def fixed_signer(name: str, kind: int) -> Signer:
    """A signer whose key follows from its name and kind."""
    seed = sha256(f"{name} {kind}".encode()).digest()
    if kind == COSIGNATURE_ML_DSA_44:
        return Signer.of(name, kind, MLDSA44PrivateKey.from_seed_bytes(seed))
    return Signer.of(name, kind, Ed25519PrivateKey.from_private_bytes(seed))
