"""Proofs that an entry is in the log: one is accepted of the entry and the place it is of alone."""

from __future__ import annotations

from tests.fuzz.surface import material

from answerable.ledger.errors import NotVerified
from answerable.ledger.tlog.inclusion import InclusionProof, verify_entry_proof
from answerable.ledger.tlog.merkle import leaf_hash
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.trust import Trust

LONGEST = 8_192

TRUST = Trust([VerifierKey.parse(each) for each in material("keys").decode().split()])
LEAF = leaf_hash(material("entry"))
GOOD = InclusionProof.parse(material("inclusion"))


def take(data: bytes) -> None:
    """Read a proof, and hold it against the entry."""
    try:
        proof = InclusionProof.parse(data)
        assert bytes(proof) == data
        verify_entry_proof(proof, LEAF, TRUST)
    except NotVerified:
        return
    assert (proof.index, proof.hashes) == (GOOD.index, GOOD.hashes)
    assert Note.parse(proof.note).text == Note.parse(GOOD.note).text
