"""Offline proofs as files: what is written is read again, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.ledger.errors import BadSignature, MalformedNote, ProofFails, UnknownSigner
from answerable.ledger.tlog import inclusion as proofs
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.inclusion import InclusionProof
from answerable.ledger.tlog.note import ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.trust import Trust

SIGNER = Signer.generate("example.com/log", ED25519)
TRUST = Trust([SIGNER.key])
NOW = datetime(2026, 1, 6, tzinfo=UTC)
LEAVES = [merkle.leaf_hash(b"%d" % number) for number in range(300)]
TREE = merkle.grow(0, LEAVES, lambda level, number: b"")


def read(level: int, number: int) -> bytes:
    return TREE.tiles[level, number]


def proof(index: int, size: int = 300) -> InclusionProof:
    text = Checkpoint(SIGNER.key.name, size, merkle.tree_root(size, read)).text
    note = bytes(Note(text, (SIGNER.sign(text, NOW),)))
    return InclusionProof(index, tuple(merkle.inclusion_proof(index, size, read)), note)


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 300), (255, 300), (299, 300), (6, 7)])
def test_a_proof_is_read_as_it_was_written_and_holds(index: int, size: int) -> None:
    written = bytes(proof(index, size))
    parsed = InclusionProof.parse(written)
    assert parsed == proof(index, size)
    assert bytes(parsed) == written
    assert proofs.verify_entry_proof(parsed, LEAVES[index], TRUST).checkpoint.size == size


def test_a_proof_has_the_lines_that_the_specification_shows() -> None:
    lines = bytes(replace(proof(2, 3), extra=b"more")).split(b"\n")
    assert lines[:3] == [b"c2sp.org/tlog-proof@v1", b"extra bW9yZQ==", b"index 2"]
    assert lines[4:7] == [b"", b"example.com/log", b"3"]


@given(st.binary(max_size=40) | st.none())
def test_extra_data_goes_through_and_changes_nothing(extra: bytes | None) -> None:
    given = InclusionProof.parse(bytes(replace(proof(9), extra=extra)))
    assert given.extra == extra
    proofs.verify_entry_proof(given, LEAVES[9], TRUST)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"proof@v1", b"proof@v2"),
        (b"index 9", b"index 09"),
        (b"index 9", b"index -9"),
        (b"index 9", b"index 9 "),
        (b"index 9", b"index 99999999999999999999"),
        (b"index 9\n", b""),
        (b"index 9\n", b"index 9\nindex 9\n"),
        (b"index 9", b"extra a\nindex 9"),
        (b"index 9", b"extra YQ==\nextra YQ==\nindex 9"),
        (b"index 9\n", b"index 9\r\n"),
        (b"=\n", b"\n"),
        (b"index 9\n", b"index 9\nYQ==\n"),
        (b"index 9\n", b"index 9\n" + (b"A" * 43 + b"=\n") * 64),
        (b"\n\n", b"\n"),
        (b"index 9", "index ٩".encode()),
    ],
)
def test_what_is_no_proof_is_not_read(old: bytes, new: bytes) -> None:
    written = bytes(proof(9))
    assert old in written
    with pytest.raises(MalformedNote):
        proofs.verify_entry_proof(InclusionProof.parse(written.replace(old, new)), LEAVES[9], TRUST)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff" * 90, b"A" * (proofs.MAX_PROOF + 1)])
def test_junk_is_not_read(data: bytes) -> None:
    with pytest.raises(MalformedNote):
        InclusionProof.parse(data)


def test_a_proof_of_another_entry_place_or_tree_fails() -> None:
    right = proof(9)
    for wrong, leaf in (
        (right, LEAVES[10]),
        (replace(right, index=10), LEAVES[9]),
        (replace(right, index=300), LEAVES[9]),
        (replace(right, hashes=right.hashes[1:]), LEAVES[9]),
        (replace(right, hashes=right.hashes[::-1]), LEAVES[9]),
        (replace(right, note=proof(9, 299).note), LEAVES[9]),
    ):
        with pytest.raises(ProofFails):
            proofs.verify_entry_proof(wrong, leaf, TRUST)


def test_a_proof_under_an_altered_or_a_strangers_checkpoint_fails() -> None:
    right = proof(9)
    altered = replace(right, note=right.note.replace(b"\n300\n", b"\n301\n"))
    with pytest.raises(BadSignature):
        proofs.verify_entry_proof(altered, LEAVES[9], TRUST)
    with pytest.raises(UnknownSigner):
        proofs.verify_entry_proof(
            right, LEAVES[9], Trust([Signer.generate("example.com/log", ED25519).key])
        )


@given(st.data())
def test_no_flipped_bit_is_passed(data: st.DataObject) -> None:
    written = bytearray(bytes(proof(9)))
    at = data.draw(st.integers(0, len(written) * 8 - 1))
    written[at // 8] ^= 1 << at % 8
    with pytest.raises((MalformedNote, ProofFails, BadSignature, UnknownSigner)):
        proofs.verify_entry_proof(InclusionProof.parse(bytes(written)), LEAVES[9], TRUST)
