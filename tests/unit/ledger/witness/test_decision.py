"""What a witness decides: each attack by its name, and what is kept of it."""

from datetime import timedelta

import pytest
from tests.support.growing_log import NOW, Growing, altered, leaves

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import (
    BadSignature,
    Forked,
    MalformedNote,
    ProofFails,
    RolledBack,
    UnknownSigner,
)
from answerable.ledger.tlog.errors import EmptyRootWrong
from answerable.ledger.tlog.note import COSIGNATURE_ML_DSA_44, ED25519, Note, VerifierKey
from answerable.ledger.witness.decision import (
    FORK,
    ROLLBACK,
    SHORTER,
    AddCheckpointRequest,
    Grant,
    Refusal,
    Watched,
    decide,
    other_beginning,
)
from answerable.ledger.witness.errors import NotWatched, StaleSize

LOG = Growing(kinds=(ED25519, COSIGNATURE_ML_DSA_44))


def watched(size: int | None, log: Growing = LOG) -> Watched:
    keys = tuple(VerifierKey.parse(key) for key in log.keys)
    if size is None:
        return Watched(log.origin, keys)
    return Watched(log.origin, keys, Note.parse(log.note(leaves(size))), int(NOW.timestamp()))


def refused(
    log: Watched | None, asked: AddCheckpointRequest
) -> tuple[type[AnswerableError], str | None]:
    verdict = decide(log, asked)
    assert isinstance(verdict, Refusal)
    assert verdict.error.message
    return type(verdict.error), verdict.misbehaviour.kind if verdict.misbehaviour else None


@pytest.mark.parametrize(
    ("known", "old", "size"),
    [(None, 0, 0), (None, 0, 1), (None, 0, 9), (0, 0, 5), (5, 5, 5), (5, 5, 9), (8, 8, 9)],
)
def test_a_log_that_grew_is_cosigned(known: int | None, old: int, size: int) -> None:
    verdict = decide(watched(known), LOG.request(old, leaves(size)))
    assert isinstance(verdict, Grant)
    assert [signature.key_id for signature in verdict.signatures] == [
        signer.key.id for signer in LOG.signers
    ]


def test_one_good_signature_is_enough_and_unknown_ones_are_passed_over() -> None:
    other = Growing()
    asked = LOG.request(0, leaves(3))
    note = asked.note
    mixed = Note(note.text, ()).signed((other.signers[0].sign(note.text, NOW), note.signatures[1]))
    verdict = decide(watched(None), asked._replace(note=mixed))
    assert isinstance(verdict, Grant)
    assert verdict.signatures == (note.signatures[1],)


def test_a_log_that_is_not_watched() -> None:
    assert refused(None, LOG.request(0, leaves(3))) == (NotWatched, None)


def test_a_bad_signature_rejects_the_note_though_another_is_good() -> None:
    asked = LOG.request(0, leaves(3))
    first, second = asked.note.signatures
    bad = first._replace(made=altered(first.made) * 2)
    note = Note(asked.note.text, (bad, second))
    assert refused(watched(None), asked._replace(note=note)) == (BadSignature, None)


def test_a_signature_by_none_that_is_trusted() -> None:
    assert refused(watched(5), Growing().request(5, leaves(9))) == (UnknownSigner, None)
    assert refused(Watched(LOG.origin, ()), LOG.request(0, leaves(9))) == (UnknownSigner, None)


def test_who_cannot_sign_for_the_log_cannot_leave_evidence_against_it() -> None:
    mallory = Growing()
    assert refused(watched(5), mallory.request(5, leaves(5, "other"))) == (UnknownSigner, None)
    assert refused(watched(5), mallory.request(3, leaves(3))) == (UnknownSigner, None)


@pytest.mark.parametrize("old", [6, 7, 2**62])
def test_an_old_size_above_the_new_one(old: int) -> None:
    asked = LOG.request(0, leaves(5))
    asked = asked._replace(proof=asked.proof._replace(old=old))
    assert refused(watched(None), asked)[0] is RolledBack


@pytest.mark.parametrize(("known", "old"), [(None, 3), (5, 0), (5, 4), (5, 6)])
def test_a_stale_old_size_tells_the_one_known(known: int | None, old: int) -> None:
    verdict = decide(watched(known), LOG.request(old, leaves(9)))
    assert isinstance(verdict, Refusal)
    assert isinstance(verdict.error, StaleSize)
    assert verdict.error.size == (known or 0)
    assert verdict.misbehaviour is None


def test_a_proof_for_the_beginning_of_nothing() -> None:
    asked = LOG.request(0, leaves(5))
    asked = asked._replace(proof=asked.proof._replace(hashes=(bytes(32),)))
    assert refused(watched(None), asked) == (ProofFails, None)


def test_a_wrong_proof_of_a_true_log_says_nothing_against_it() -> None:
    true = LOG.request(5, leaves(9))
    right = true.proof.hashes
    for hashes in ((), right[1:], right[::-1], (*right, right[0]), (altered(right[0]), *right[1:])):
        asked = true._replace(proof=true.proof._replace(hashes=hashes))
        assert refused(watched(5), asked) == (ProofFails, None)


def test_a_needless_proof_at_the_same_size() -> None:
    asked = LOG.request(5, leaves(5))
    asked = asked._replace(proof=asked.proof._replace(hashes=(bytes(32),)))
    assert refused(watched(5), asked) == (ProofFails, None)


def test_a_fork_at_the_same_size() -> None:
    assert refused(watched(5), LOG.request(5, leaves(5, "other"))) == (Forked, FORK)


def test_a_fork_at_the_same_size_is_kept_though_the_old_size_is_stale() -> None:
    assert refused(watched(5), LOG.request(3, leaves(5, "other"))) == (StaleSize, FORK)


def test_a_fork_that_its_own_proof_shows() -> None:
    other = leaves(9, "other")
    verdict = decide(watched(5), LOG.request(5, other))
    assert isinstance(verdict, Refusal)
    assert isinstance(verdict.error, Forked)
    assert verdict.misbehaviour is not None
    assert verdict.misbehaviour.kind == FORK
    # It is the root of the other history's first five, as its own checkpoint of them would say.
    assert verdict.misbehaviour.beginning == LOG.request(0, other[:5]).head.root


def test_a_fork_that_a_proof_cannot_show_is_shown_by_its_tiles() -> None:
    # The first four leaves are a node of the new tree: the proof leaves their root out.
    asked = LOG.request(4, leaves(9, "other"))
    assert refused(watched(4), asked) == (ProofFails, None)
    read = asked._replace(beginning=LOG.request(0, leaves(4, "other")).head.root)
    assert refused(watched(4), read) == (Forked, FORK)


def test_a_beginning_that_the_proof_does_not_lead_from_shows_nothing() -> None:
    asked = LOG.request(4, leaves(9))._replace(beginning=bytes(32))
    verdict = decide(watched(4), asked)
    assert isinstance(verdict, Grant), "what it says of itself is not what decides"
    broken = asked._replace(proof=asked.proof._replace(hashes=(bytes(32),)))
    assert refused(watched(4), broken) == (ProofFails, None)


def test_a_log_that_only_grew_has_no_other_beginning() -> None:
    for old in range(10):
        assert other_beginning(watched(old).head, LOG.request(old, leaves(9))) is None


def test_a_shorter_tree_is_a_rollback_only_if_it_was_signed_later() -> None:
    later, earlier = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)
    assert refused(watched(5), LOG.request(3, leaves(3), later)) == (StaleSize, ROLLBACK)
    assert refused(watched(5), LOG.request(3, leaves(3), earlier)) == (StaleSize, SHORTER)
    assert refused(watched(5), LOG.request(3, leaves(3), NOW)) == (StaleSize, SHORTER)


def test_without_times_a_shorter_tree_is_only_shorter() -> None:
    log = Growing()
    assert refused(watched(5, log), log.request(0, leaves(3))) == (StaleSize, SHORTER)


def test_a_shorter_tree_after_the_keys_were_changed_is_only_shorter() -> None:
    new = Growing(kinds=(COSIGNATURE_ML_DSA_44,))
    log = watched(5)._replace(keys=tuple(VerifierKey.parse(key) for key in new.keys))
    later = NOW + timedelta(seconds=1)
    assert refused(log, new.request(3, leaves(3), later)) == (StaleSize, SHORTER)


def test_an_empty_tree_with_another_root() -> None:
    text = f"{LOG.origin}\n0\n{'A' * 43}=\n"
    signed = bytes(Note(text, ()).signed([LOG.signers[0].sign(text, NOW)]))
    with pytest.raises(EmptyRootWrong):
        AddCheckpointRequest.of(LOG.proof(0, [])._replace(checkpoint_note=signed))


@pytest.mark.parametrize("note", [b"", b"x", b"a\n1\n\n", LOG.note([])[:-1], b"\xff\n\n"])
def test_what_is_no_checkpoint(note: bytes) -> None:
    with pytest.raises(MalformedNote):
        AddCheckpointRequest.of(LOG.proof(0, [])._replace(checkpoint_note=note))
