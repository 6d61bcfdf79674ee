"""Attacks on a signed ledger by one who has the file and all tools, but not the keys.

The clumsy ones leave the tree as it was. The thorough ones rewrite the history whole, tree and all:
to the tree it looks whole, so only what was signed tells. The last take the keys' place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support.oracles import raw
from tests.support.signed_ledger import ORIGIN, House, at, contact, forge, house, retold
from tests.support.tampering import altered_leaves

from answerable.ledger.checkpoints import rotation, signing
from answerable.ledger.checkpoints.memory import remember
from answerable.ledger.checkpoints.proving import prove_entry, prove_growth
from answerable.ledger.checkpoints.signing import adopt_first_keys, sign_head
from answerable.ledger.checkpoints.verify import CheckpointReport, verify_checkpoints
from answerable.ledger.errors import Forked
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog import private_keys
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.inclusion import verify_entry_proof
from answerable.ledger.tlog.merkle import leaf_hash
from answerable.ledger.tlog.note import ED25519, LOG_KEYS, Note, VerifierKey
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.ledger.verify.record import verify_record

NOBODY = Trust([])
SIGNED = 300
SIZE = 310

Lines = list[bytes]


@pytest.fixture(scope="module")
def true(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A ledger of two tiles, signed at a few sizes, with some entries that are not signed yet."""
    made = house(tmp_path_factory.mktemp("true"))
    with made.ledger:
        for more in (100, 156, SIGNED - 256):
            made.record(more)
            made.sign()
        made.record(SIZE - SIGNED)
        yield made


@pytest.fixture
def own(true: House) -> list[VerifierKey]:
    """The keys that whoever checks has got elsewhere."""
    return [signer.key for signer in true.signers]


@pytest.fixture
def copy(true: House, tmp_path: Path) -> Path:
    """The attacker's copy."""
    with raw(true.place) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(true.place, tmp_path / "a.db")
    return tmp_path / "a.db"


def found(place: Path, trust: Trust = NOBODY, memory: Path | None = None) -> list[str]:
    """What is found: by the tree, and by what was signed."""
    with Ledger.open(place) as ledger:
        problems = (
            *verify_record(ledger).problems,
            *verify_checkpoints(ledger, trust, memory).problems,
        )
    return [each.what for each in problems]


def test_the_true_ledger_is_verified(true: House, own: list[VerifierKey]) -> None:
    signed = verify_checkpoints(true.ledger, Trust(own), true.memory)
    assert signed.problems == ()
    assert signed.checkpoints == 3
    assert signed.last is not None
    assert signed.last.checkpoint.size == SIGNED
    assert list(signed.last.signers) == own
    assert verify_checkpoints(true.ledger, NOBODY) == signed


REWRITINGS: dict[str, Callable[[Lines], Lines]] = {
    "edit": lambda told: [*told[:9], retold(told[9], "p-9", "p-999"), *told[10:]],
    "edit of the last entry that is signed": lambda told: [
        *told[: SIGNED - 1],
        retold(told[SIGNED - 1], f"p-{SIGNED - 1}", "p-999"),
        *told[SIGNED:],
    ],
    "deletion": lambda told: renumbered([*told[:9], *told[10:]]),
    "insertion": lambda told: renumbered([*told[:9], other_id(told[9]), *told[9:]]),
    "reordering": lambda told: renumbered([*told[:9], told[10], told[9], *told[11:]]),
}


def renumbered(told: Lines) -> Lines:
    """Lines whose entries are numbered as if they had always stood so, at times that fit."""
    numbered = []
    for number, line in enumerate(told, 1):
        made = json.loads(line)
        entry = json.loads(made["entry"])
        for name, value in (("version", number), ("recorded_at", entry["recorded_at"])):
            before = f'"{name}":{json.dumps(entry[name])}'
            made["entry"] = made["entry"].replace(before, f'"{name}":{json.dumps(value)}')
        numbered.append(made)
    times = sorted(json.loads(made["entry"])["recorded_at"] for made in numbered)
    for made, time in zip(numbered, times, strict=True):
        own = json.loads(made["entry"])["recorded_at"]
        made["entry"] = made["entry"].replace(own, time)
    return [json.dumps(made).encode() for made in numbered]


def other_id(line: bytes) -> bytes:
    """The same entry under an id of its own."""
    event_id = json.loads(json.loads(line)["entry"])["event_id"]
    return retold(line, event_id, event_id[:-12] + "0" * 12)


@pytest.mark.parametrize("attack", REWRITINGS)
def test_a_history_rewritten_whole_is_found_by_what_was_signed(
    true: House, tmp_path: Path, attack: str
) -> None:
    forged = forge(true.place, tmp_path / "b.db", REWRITINGS[attack])
    with Ledger.open(forged) as ledger:
        assert verify_record(ledger).verified, "to the tree alone, it looks whole"
    assert any(f"the first {SIGNED} entries are not those that were signed" in what
               for what in found(forged))  # fmt: skip


def test_an_end_cut_off_is_found(true: House, own: list[VerifierKey], tmp_path: Path) -> None:
    forged = forge(true.place, tmp_path / "b.db", lambda told: told[: SIGNED - 1])
    (what,) = found(forged)
    assert what == f"is not there, though {SIGNED} entries were signed: the end was cut off"
    # Its checkpoints cut off too: then the memory beside the keys tells, or the one published.
    with raw(forged, guarded=False) as connection:
        connection.execute(f"DELETE FROM checkpoints WHERE size = {SIGNED}")
    assert found(forged) == []
    assert any("cut off" in what for what in found(forged, memory=true.memory))
    with Ledger.open(forged) as ledger, pytest.raises(Exception, match="are signed"):
        prove_growth(ledger, SIGNED)


def test_a_rollback_to_an_older_copy_is_found_by_the_memory(
    true: House, tmp_path: Path, copy: Path
) -> None:
    older = copy
    made = House(Ledger.open(copy), true.signers)
    memory = tmp_path / "signed"
    with made.ledger:
        newer = tmp_path / "newer.db"
        shutil.copy(copy, newer)
    with Ledger.open(newer) as ledger:
        ledger.append(contact(1), recorded_by="jane")
        sign_head(ledger, true.signers, memory)
    assert found(newer, memory=memory) == []
    assert any("cut off" in what for what in found(older, memory=memory))


def test_a_fork_is_found(true: House, tmp_path: Path, copy: Path) -> None:
    """Two histories of one size, each signed by the true keys: the memory was taken away."""
    other = tmp_path / "fork.db"
    shutil.copy(copy, other)
    notes = []
    for place, number in ((copy, 1), (other, 2)):
        with Ledger.open(place) as ledger:
            ledger.append(contact(number), recorded_by="jane")
            notes.append(sign_head(ledger, true.signers, tmp_path / f"{number}.signed").note)
        assert found(place) == []
    assert notes[0] != notes[1]
    assert any(
        "history was rewritten" in what for what in found(copy, memory=tmp_path / "2.signed")
    )
    with Ledger.open(copy) as ledger, pytest.raises(Forked):
        sign_head(ledger, true.signers, tmp_path / "2.signed")


def test_another_key_is_not_the_ledgers(
    true: House, own: list[VerifierKey], copy: Path, tmp_path: Path
) -> None:
    """Re-signed by the attacker, who put their keys in the place of the true ones."""
    thief = private_keys.generate(ORIGIN, LOG_KEYS)
    with raw(copy, guarded=False) as connection:
        connection.execute("DELETE FROM checkpoints")
        connection.execute("DELETE FROM keys")
    with Ledger.open(copy) as ledger:
        adopt_first_keys(ledger, [signer.key for signer in thief])
        sign_head(ledger, thief, tmp_path / "thief.signed")
    assert found(copy) == [], "by its own word it is whole"
    assert any("no key that you trust" in what for what in found(copy, Trust(own)))
    assert any("no key that you trust" in what for what in found(copy, memory=true.memory))


def test_a_checkpoint_that_another_key_signed_is_found(copy: Path) -> None:
    thief = Signer.generate(ORIGIN, ED25519)
    with raw(copy, guarded=False) as connection:
        (note,) = connection.execute(
            "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1"
        ).fetchone()
        text = Note.parse(note).text
        forged = bytes(Note(text, (thief.sign(text, at(0)),)))
        connection.execute("UPDATE checkpoints SET note = ? WHERE size = ?", (forged, SIGNED))
    assert any("is not one that this ledger signed" in what for what in found(copy))


@pytest.mark.parametrize("cut", [0, 30, -1])
def test_an_altered_checkpoint_is_found(copy: Path, cut: int) -> None:
    with raw(copy, guarded=False) as connection:
        (note,) = connection.execute("SELECT note FROM checkpoints WHERE size = 100").fetchone()
        altered = bytearray(note)
        altered[cut] ^= 1
        connection.execute("UPDATE checkpoints SET note = ? WHERE size = 100", (bytes(altered),))
    assert any(what.startswith("the checkpoint of 100 is not one") for what in found(copy))


def test_a_checkpoint_filed_under_another_size_is_found(copy: Path) -> None:
    with raw(copy, guarded=False) as connection:
        connection.execute("UPDATE checkpoints SET size = 101 WHERE size = 100")
    assert found(copy) == ["the checkpoint of 101 entries is of 100"]


def test_keys_that_came_by_no_rotation_are_found(copy: Path, tmp_path: Path) -> None:
    thief = Signer.generate(ORIGIN, ED25519)
    with raw(copy, guarded=False) as connection:
        connection.execute("INSERT INTO keys VALUES (?, 200, NULL)", (str(thief.key),))
    assert found(copy) == [f"the ledger's key {thief.key.id.hex()} came by no rotation on record"]


def test_a_retired_key_does_not_sign_any_more(true: House, tmp_path: Path) -> None:
    made = house(tmp_path)
    with made.ledger:
        made.record(3)
        rotation.rotate_keys(made.ledger, made.keys, recorded_by="jane")
        made.record(1)
        assert found(made.place, memory=made.memory) == []
        # The old keys leaked: what they sign of a larger log is not the ledger's word.
        head = made.ledger.head()
        text = Checkpoint(ORIGIN, *head).text
        note = bytes(Note(text, tuple(signer.sign(text, at(0)) for signer in made.signers)))
    with raw(made.place) as connection:
        connection.execute("INSERT INTO checkpoints VALUES (?, ?)", (head.size, note))
    assert any("is not one that this ledger signed" in what for what in found(made.place))


@pytest.mark.parametrize("retired", ["NULL", "9"])
def test_a_retired_key_that_was_taken_into_use_again_is_found(
    tmp_path: Path, retired: str, store: str
) -> None:
    made = house(tmp_path)
    with made.ledger:
        made.record(3)
        made.sign()
        rotation.rotate_keys(made.ledger, made.keys, recorded_by="jane")
        rotation.rotate_keys(made.ledger, made.keys, recorded_by="jane")
        assert found(made.place, memory=made.memory) == []
        if store == "sqlite":
            # The triggers that guard it do not see a row replaced.
            attack = "INSERT OR REPLACE INTO keys SELECT vkey, 0, {} FROM keys WHERE adopted = 0"
        else:
            attack = "UPDATE keys SET retired = {} WHERE adopted = 0"
        with raw(made.place, guarded=store == "sqlite") as connection:
            connection.execute(attack.format(retired))
    assert found(made.place) == [
        f"the ledger's key {signer.key.id.hex()} was retired at 4 entries, but could sign on"
        for signer in made.signers
    ]


def test_a_rotation_that_was_killed_and_finished_later_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(memory: Path, note: bytes) -> None:
        true(memory, note)
        raise KeyboardInterrupt

    made, true = house(tmp_path), remember
    with made.ledger:
        made.sign()
        with monkeypatch.context() as patched:
            patched.setattr(signing, "remember", killed)
            with pytest.raises(KeyboardInterrupt):
                rotation.rotate_keys(made.ledger, made.keys, recorded_by="jane")
        assert found(made.place, memory=made.memory) == []
        made.record(2)
        fresh = rotation.open_keys(made.ledger, made.keys)
        assert found(made.place, memory=made.memory) == []
        made.record(1)
        sign_head(made.ledger, fresh, made.memory)
        assert found(made.place, memory=made.memory) == []


@pytest.mark.parametrize("altered", [b"[]", b'{"adopted":[{}]}', b'{"adopted":5}'])
def test_a_rotation_that_was_altered_is_named(tmp_path: Path, altered: bytes) -> None:
    made = house(tmp_path)
    with made.ledger:
        rotation.rotate_keys(made.ledger, made.keys, recorded_by="jane")
    with raw(made.place, guarded=False) as connection:
        connection.execute("UPDATE stored_events SET state = ?", (altered,))
    with Ledger.open(made.place) as ledger:
        assert verify_ledger(ledger, NOBODY).problems[0].position == 0


@pytest.mark.parametrize("with_key", [True, False])
def test_a_ledger_that_lost_its_checkpoints_does_not_pass_for_signed(
    own: list[VerifierKey], copy: Path, with_key: bool
) -> None:
    with raw(copy, guarded=False) as connection:
        connection.execute("DELETE FROM checkpoints")
    with Ledger.open(copy) as ledger:
        signed: CheckpointReport = verify_checkpoints(ledger, Trust(own) if with_key else NOBODY)
    assert signed.last is None
    assert [each.what for each in signed.problems] == (
        ["no checkpoint is signed here, so the keys that you trust say nothing"] if with_key else []
    )


def test_a_proof_is_of_one_entry_at_one_place(true: House, own: list[VerifierKey]) -> None:
    trust = Trust(own)
    entries = {n: true.ledger.entry(n) or b"" for n in (0, 1, 255, 256, SIGNED - 1)}
    proofs = {n: prove_entry(true.ledger, n, entry) for n, entry in entries.items()}
    for position, proof in proofs.items():
        for other, entry in entries.items():
            if other == position:
                assert verify_entry_proof(proof, leaf_hash(entry), trust).checkpoint.size == SIGNED
                continue
            with pytest.raises(Exception, match="does not lead from this entry"):
                verify_entry_proof(proof, leaf_hash(entry), trust)


def test_no_proof_is_made_of_an_entry_that_was_altered(true: House, copy: Path) -> None:
    entry = (true.ledger.entry(9) or b"").replace(b"p-9", b"p-8")
    with Ledger.open(copy) as ledger, pytest.raises(Exception, match="does not lead"):
        prove_entry(ledger, 9, entry)
    with raw(copy, guarded=False) as connection:
        altered_leaves(connection, 0)
    with Ledger.open(copy) as ledger:
        with pytest.raises(Exception, match="does not lead"):
            prove_entry(ledger, 9, true.ledger.entry(9) or b"")
        with pytest.raises(Exception, match="not the one that was signed"):
            prove_growth(ledger, 100)
