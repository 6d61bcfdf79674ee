"""Proofs that a log only grew: one is accepted of the two heads it is of alone."""

from __future__ import annotations

from tests.fuzz.surface import material

from answerable.ledger.errors import NotVerified
from answerable.ledger.tlog.consistency import ConsistencyProof, verify_growth_proof
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.trust import Trust

LONGEST = 8_192

TRUST = Trust([VerifierKey.parse(each) for each in material("keys").decode().split()])
EARLIER = material("earlier-checkpoint")
GOOD = ConsistencyProof.parse(material("consistency"))
HEADS = {Note.parse(each).text for each in (EARLIER, GOOD.checkpoint_note)}


def take(data: bytes) -> None:
    """Read a proof, and hold it against the earlier head."""
    try:
        proof = ConsistencyProof.parse(data)
        assert bytes(proof) == data
        found = verify_growth_proof(proof, EARLIER, TRUST)
    except NotVerified:
        return
    assert Note.parse(proof.checkpoint_note).text in HEADS
    if found.checkpoint.size > proof.old:
        assert (proof.old, proof.hashes) == (GOOD.old, GOOD.hashes)
