"""A witness against a slow, obvious one that holds every leaf of what it cosigned.

The obvious one compares leaves, where the real one checks proofs over hashes. Logs grow, replay
what they were, fork at any point, and are asked for with proofs and signatures that were altered.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.growing_log import Clock, Growing, altered, consistency
from tests.support.lengths import examples
from tests.support.oracles import leaf, root

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import BadSignature, Forked, ProofFails, RolledBack, UnknownSigner
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.witness.decision import AddCheckpointRequest, Grant, Watched, decide
from answerable.ledger.witness.errors import NotWatched, StaleSize
from answerable.ledger.witness.witness import Witness

MOST = 40
LOG = Growing()
STRANGER = Growing()
UNWATCHED = Growing("example.com/another")
KEYS = tuple(VerifierKey.parse(key) for key in LOG.keys)

Leaves = tuple[bytes, ...]


class Ask(NamedTuple):
    """One request: a tree that is the honest log up to a leaf, and from there another."""

    size: int
    forked_at: int | None
    old: int | None
    signer: str
    proof: str
    own_reading: bool

    @property
    def leaves(self) -> Leaves:
        fork = self.size if self.forked_at is None else self.forked_at
        return tuple(leaf(b"%d" % n if n < fork else b"other %d" % n) for n in range(self.size))


asks = st.builds(
    Ask,
    size=st.integers(0, MOST),
    forked_at=st.none() | st.integers(0, MOST),
    old=st.none() | st.none() | st.integers(0, MOST),
    signer=st.sampled_from(["log", "log", "log", "bad", "stranger", "unwatched"]),
    proof=st.sampled_from(["right", "right", "right", "altered", "longer", "shorter", "none"]),
    own_reading=st.booleans(),
)


def request(ask: Ask, known: int) -> AddCheckpointRequest:
    """The request, with the size that the witness knows unless another is said."""
    log = {"stranger": STRANGER, "unwatched": UNWATCHED}.get(ask.signer, LOG)
    old = known if ask.old is None else ask.old
    asked = log.request(old, ask.leaves)
    if ask.signer == "bad":
        (signature,) = asked.note.signatures
        bad = signature._replace(made=altered(signature.made) * 2)
        asked = asked._replace(note=Note(asked.note.text, (bad,)))
    hashes = asked.proof.hashes
    wrong = {
        "altered": tuple(altered(each) if at == 0 else each for at, each in enumerate(hashes)),
        "longer": (*hashes, bytes(32)),
        "shorter": hashes[1:],
        "none": (),
    }
    asked = asked._replace(proof=asked.proof._replace(hashes=wrong.get(ask.proof, hashes)))
    if ask.own_reading and 0 < old < ask.size:
        asked = asked._replace(beginning=root(ask.leaves[:old]))
    return asked


def obvious(
    seen: Leaves | None, ask: Ask, asked: AddCheckpointRequest
) -> type[AnswerableError] | None:
    """Why to refuse, from the leaves themselves; None to cosign."""
    known, (old, hashes, _) = seen or (), asked.proof
    wrong_signer = {"unwatched": NotWatched, "stranger": UnknownSigner, "bad": BadSignature}
    if ask.signer in wrong_signer:
        return wrong_signer[ask.signer]
    if old > ask.size:
        return RolledBack
    if old != len(known):
        return StaleSize
    right = list(hashes) == consistency(old, ask.leaves)
    if ask.leaves[:old] == known:
        return None if right else ProofFails
    if old == ask.size:
        return Forked
    tells = old & (old - 1) != 0 or asked.beginning is not None
    return Forked if right and tells else ProofFails


@given(st.lists(asks, max_size=12))
@example([Ask(4, None, None, "log", "right", False), Ask(9, 2, None, "log", "right", False)])
@example([Ask(5, None, None, "log", "right", False), Ask(9, 2, None, "log", "right", False)])
def test_it_decides_as_the_obvious_one(history: list[Ask]) -> None:
    log, seen = Watched(LOG.origin, KEYS), None
    for ask in history:
        asked = request(ask, len(seen or ()))
        verdict = decide(None if asked.head.origin != LOG.origin else log, asked)
        expected = obvious(seen, ask, asked)
        if isinstance(verdict, Grant):
            assert expected is None
            log, seen = log._replace(note=asked.note), ask.leaves
            continue
        assert type(verdict.error) is expected
        shown = verdict.misbehaviour
        signed = ask.signer in ("log",) and seen is not None
        if shown is not None and shown.kind == "fork":
            # Never against a log that only grew: some leaf that was cosigned is another now.
            assert signed
            assert ask.leaves[: len(seen or ())] != seen
        if signed and expected is Forked:
            assert shown is not None
            assert shown.kind == "fork"


@settings(max_examples=examples(15))
@given(st.lists(asks, max_size=8))
def test_what_is_cosigned_is_one_growing_log(history: list[Ask]) -> None:
    with TemporaryDirectory() as folder:
        place, clock = Path(folder), Clock()
        witness = Witness.create(place, "witness.example/w1")
        witness.watch(KEYS)
        seen: Leaves | None = None
        kept = 0
        for ask in history:
            clock.now += timedelta(seconds=1)
            # Each time another process, so that nothing but the file remembers.
            witness = Witness(place, witness.signers, clock)
            asked = request(ask, len(seen or ()))
            expected = obvious(seen, ask, asked)
            refused: type[AnswerableError] | None = None
            try:
                witness.cosign(asked, own_reading=ask.own_reading)
            except AnswerableError as error:
                refused = type(error)
            assert refused is expected
            if refused is None:
                assert ask.leaves[: len(seen or ())] == (seen or ())
                seen = ask.leaves
            log = witness.log(LOG.origin)
            assert log is not None
            assert (log.head.size, log.head.root) == (len(seen or ()), root(seen or ()))
            assert len(witness.evidence()) >= kept
            kept = len(witness.evidence())
