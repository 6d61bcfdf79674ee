"""A witness and its memory: what it cosigns, what it keeps, and what it answers over HTTP."""

from __future__ import annotations

import json
import sqlite3
import struct
from base64 import b64decode
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from tests.support.growing_log import NAME, NOW, Growing, Watching, leaves, publish
from tests.support.oracles import root
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.errors import (
    FileRefused,
    Forked,
    KeysUnusable,
    LedgerNotFound,
    MalformedNote,
    NotALedger,
    NotVerified,
    ProofFails,
    RolledBack,
    StorageFailed,
    UnknownSigner,
)
from answerable.ledger.publish.errors import PageMissing
from answerable.ledger.publish.reader import open_published
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.note import (
    COSIGNATURE_ED25519,
    COSIGNATURE_ML_DSA_44,
    ED25519,
    Note,
    VerifierKey,
)
from answerable.ledger.tlog.note_signatures import (
    Signer,
    check_signature,
    open_note,
    signed_message,
)
from answerable.ledger.tlog.tiles import tile_path
from answerable.ledger.witness import store
from answerable.ledger.witness.decision import AddCheckpointRequest
from answerable.ledger.witness.errors import ClockBehind, NotWatched, StaleSize
from answerable.ledger.witness.witness import Witness, export_evidence, key_file


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching.make(tmp_path / "w1")


EXAMPLE = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501
"""C2SP tlog-cosignature: the example of a checkpoint that contains a cosignature."""

# What it signs


def test_a_cosignature_is_over_the_bytes_that_the_specification_has(watching: Watching) -> None:
    cosigned = watching.cosign(0, 5)
    text = f"{ORIGIN}\n5\n{watching.log.note(leaves(5)).decode().splitlines()[2]}\n"
    time = int(NOW.timestamp())
    by_kind = dict(
        zip(
            (signer.key.kind for signer in watching.witness.signers),
            cosigned.signatures,
            strict=True,
        )
    )
    ed25519, ml_dsa = by_kind[COSIGNATURE_ED25519], by_kind[COSIGNATURE_ML_DSA_44]
    public = {signer.key.kind: signer.key.public for signer in watching.witness.signers}

    # The key id is SHA-256(<name> || "\n" || type || public key)[:4], the time comes first.
    for kind, signature in by_kind.items():
        named = NAME.encode() + b"\n" + bytes([kind]) + public[kind]
        blob = b64decode(signature.line.removeprefix(f"— {NAME} "))
        assert blob[:4] == sha256(named).digest()[:4]
        assert struct.unpack(">Q", blob[4:12]) == (time,)
        assert signature.line.endswith("\n")
        assert len(blob) == 4 + 8 + (64 if kind == COSIGNATURE_ED25519 else 2420)

    Ed25519PublicKey.from_public_bytes(public[COSIGNATURE_ED25519]).verify(
        ed25519.made[8:], b"cosignature/v1\ntime %d\n" % time + text.encode()
    )
    name, origin = NAME.encode(), ORIGIN.encode()
    MLDSA44PublicKey.from_public_bytes(public[COSIGNATURE_ML_DSA_44]).verify(
        ml_dsa.made[8:],
        struct.pack(
            f">12sB{len(name)}sQB{len(origin)}sQQ32s",
            b"subtree/v1\n\0",
            len(name),
            name,
            time,
            len(origin),
            origin,
            0,
            5,
            root(leaves(5)),
        ),
    )


def test_the_example_of_the_specification() -> None:
    # The witness's key is not told, so the signature cannot be checked.
    note = Note.parse(EXAMPLE.encode())
    assert struct.unpack(">Q", note.signatures[1].made[:8]) == (1679315147,)
    key = Signer.generate("witness.example.com/w1", COSIGNATURE_ED25519).key
    assert signed_message(key, note.text, 1679315147) == (
        b"cosignature/v1\n"
        b"time 1679315147\n"
        b"example.com/behind-the-sofa\n"
        b"20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_vector_of_a_known_key() -> None:
    # Ed25519 is deterministic: the same seed, time and text give the same cosignature for ever.
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signer = Signer.of("witness.example.com/w1", COSIGNATURE_ED25519, private)
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    made = signer.sign(text, datetime.fromtimestamp(1679315147, UTC))
    assert made.line == VECTOR
    assert check_signature(signer.key, text, made) == datetime(2023, 3, 20, 12, 25, 47, tzinfo=UTC)


VECTOR = (
    "— witness.example.com/w1 oAWfEQAAAABkGFDLBuRDazBLVac2NE+Y+IjbjQOcXLfF9"
    "CSDZVUIoS83rE1nFZsVE8YiWV6Ngr7lV8H6bdoBQGP/l73euDMQ9k+bBQ==\n"
)
"""Made with `openssl pkeyutl -sign -rawin`, from bytes put together by hand."""


def test_what_is_kept_bears_the_signatures_of_the_log_and_of_the_witness(
    watching: Watching,
) -> None:
    stranger = Growing()
    asked = watching.log.request(0, leaves(3))
    strange = asked.note.signed([stranger.signers[0].sign(asked.note.text, NOW)])
    cosigned = watching.witness.cosign(asked._replace(note=strange))
    kept = watching.witness.latest(sha256(ORIGIN.encode()).hexdigest())
    assert kept == bytes(cosigned.note)
    signers = [each.key for each in (*watching.log.signers, *watching.witness.signers)]
    note = Note.parse(kept)
    assert [each.key_id for each in note.signatures] == [key.id for key in signers]
    assert set(open_note(note, signers).by) == set(signers)


def test_who_asks_with_fewer_signatures_takes_none_away(watching: Watching) -> None:
    watching.cosign(0, 3)
    asked = watching.log.request(3, leaves(3))
    fewer = asked.note._replace(signatures=asked.note.signatures[:1])
    watching.clock.now += timedelta(seconds=5)
    cosigned = watching.witness.cosign(asked._replace(note=fewer))
    names = [each.name for each in cosigned.note.signatures]
    assert names == [ORIGIN, ORIGIN, NAME, NAME]
    assert cosigned.signatures == cosigned.note.signatures[2:]


def test_asking_again_gives_a_later_time(watching: Watching) -> None:
    first = watching.cosign(0, 3)
    watching.clock.now += timedelta(hours=1)
    again = watching.cosign(3, 3)
    key = watching.witness.signers[0].key
    times = [check_signature(key, each.note.text, each.signatures[0]) for each in (first, again)]
    assert times == [NOW, NOW + timedelta(hours=1)]


# Times


def test_a_clock_set_back_a_little_does_not_make_times_run_backwards(watching: Watching) -> None:
    watching.cosign(0, 3)
    watching.clock.now -= timedelta(seconds=30)
    cosigned = watching.cosign(3, 5)
    assert (
        check_signature(watching.witness.signers[0].key, cosigned.note.text, cosigned.signatures[0])
        == NOW
    )


@pytest.mark.parametrize(
    "moment",
    [
        NOW - timedelta(hours=1),
        datetime.fromtimestamp(0, UTC),
        datetime.fromtimestamp(-1, UTC),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=1))),
    ],
)
def test_a_clock_far_behind_cosigns_nothing(watching: Watching, moment: datetime) -> None:
    watching.cosign(0, 3)
    watching.clock.now = moment
    asked = watching.log.request(3, leaves(5))
    with pytest.raises(ClockBehind):
        watching.witness.cosign(asked)
    assert watching.size == 3


def test_a_time_of_zero_is_never_signed(watching: Watching) -> None:
    watching.clock.now = datetime.fromtimestamp(0.9, UTC)
    with pytest.raises(ClockBehind):
        watching.witness.cosign(watching.log.request(0, leaves(5)))
    assert watching.size is None


# Whom it watches


def test_keys_are_added_and_retired(watching: Watching) -> None:
    watching.cosign(0, 3)
    new = Growing(kinds=(ED25519, COSIGNATURE_ML_DSA_44))
    with pytest.raises(UnknownSigner):
        watching.witness.cosign(new.request(3, leaves(5)))
    old_keys = [VerifierKey.parse(key) for key in watching.log.keys]
    watching.witness.watch([VerifierKey.parse(key) for key in new.keys])
    assert watching.witness.cosign(new.request(3, leaves(5))).head.size == 5
    watching.witness.watch([], old_keys)
    with pytest.raises(UnknownSigner):
        watching.cosign(5, 6)
    watching.witness.watch(old_keys)
    assert watching.cosign(5, 6).head.size == 6


def test_watching_again_forgets_nothing(watching: Watching) -> None:
    watching.cosign(0, 3)
    watching.witness.watch([VerifierKey.parse(key) for key in watching.log.keys])
    assert watching.size == 3
    assert len(watching.witness.logs()) == 1


def test_keys_that_cannot_be_watched(watching: Watching) -> None:
    witness = watching.witness
    mixed = [Signer.generate(name, ED25519).key for name in ("example.com/a", "example.com/b")]
    for given in (
        [],
        mixed,
        [Signer.generate(ORIGIN, COSIGNATURE_ED25519).key],
        [Signer.generate("é" * 128, ED25519).key],
    ):
        with pytest.raises(MalformedNote):
            witness.watch(given)
    with pytest.raises(NotWatched):
        witness.watch([], [Signer.generate(ORIGIN, ED25519).key])
    with pytest.raises(NotWatched):
        witness.watch([], mixed[:1])
    assert [log.origin for log in witness.logs()] == [ORIGIN]


def test_two_logs_do_not_touch_each_other(watching: Watching) -> None:
    other = Growing("example.com/another")
    with pytest.raises(NotWatched):
        watching.witness.cosign(other.request(0, leaves(9)))
    watching.witness.watch([VerifierKey.parse(key) for key in other.keys])
    watching.cosign(0, 3)
    watching.witness.cosign(other.request(0, leaves(9)))
    assert [(log.origin, log.head.size) for log in watching.witness.logs()] == [
        ("example.com/another", 9),
        (ORIGIN, 3),
    ]


# The folder


def test_a_witness_is_made_once_and_its_keys_are_its_owners(tmp_path: Path) -> None:
    Witness.create(tmp_path / "deep" / "w1", NAME, "secret")
    place = tmp_path / "deep" / "w1"
    assert key_file(place).stat().st_mode & 0o777 == 0o600
    assert place.stat().st_mode & 0o777 == 0o700
    before = key_file(place).read_bytes()
    with pytest.raises(FileRefused):
        Witness.create(place, NAME)
    assert key_file(place).read_bytes() == before
    witness = Witness(place)
    with pytest.raises(KeysUnusable):
        witness.unlock("wrong")
    witness.unlock("secret")
    assert [signer.key.kind for signer in witness.signers] == [4, 6]


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "x" * 256])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(MalformedNote):
        Witness.create(tmp_path / "w1", name)
    assert not (tmp_path / "w1").exists()


def test_a_folder_without_a_witness(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound):
        Witness(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileRefused):
        Witness.create(tmp_path / "file", NAME)
    (tmp_path / "witness.db").write_bytes(b"")
    with pytest.raises(NotALedger):
        Witness(tmp_path)
    (tmp_path / "witness.db").write_bytes(b"no database" * 100)
    with pytest.raises(NotVerified):
        Witness(tmp_path)


def test_the_memory_refuses_to_shrink_whoever_writes_it(watching: Watching) -> None:
    watching.cosign(0, 5)
    with pytest.raises(Forked):
        watching.cosign(5, 5, "other")
    place = watching.witness.folder / "witness.db"
    with closing(sqlite3.connect(place)) as connection:
        for statement in (
            "UPDATE logs SET size = 4",
            "UPDATE logs SET cosigned = cosigned - 1",
            "UPDATE logs SET note = NULL",
            "UPDATE logs SET origin = 'x'",
            "DELETE FROM logs",
            "UPDATE evidence SET kind = 'x'",
            "DELETE FROM evidence",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert watching.size == 5


def test_nothing_is_cosigned_that_cannot_be_remembered(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.cosign(0, 3)
    monkeypatch.setattr(store, "PATIENCE", 0.0)
    asked = watching.log.request(3, leaves(5))
    with closing(sqlite3.connect(watching.witness.folder / "witness.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed):
            watching.witness.cosign(asked)
    assert watching.size == 3


# Evidence


def test_a_fork_is_refused_again_and_again_and_kept_once(
    watching: Watching, tmp_path: Path
) -> None:
    watching.cosign(0, 5)
    for _ in range(3):
        with pytest.raises(Forked):
            watching.cosign(5, 9, "other")
    assert watching.cosign(5, 6).head.size == 6
    (found,) = watching.witness.evidence()
    assert (found.number, found.origin, found.kind, found.found) == (1, ORIGIN, "fork", NOW)
    (place,) = export_evidence([found], watching.witness.logs(), tmp_path / "out")
    assert sorted(file.name for file in place.iterdir()) == [
        "about.json",
        "cosigned.txt",
        "log.vkey",
        "proof.txt",
        "refused.txt",
    ]

    # A stranger, with the files alone.
    trusted = [VerifierKey.parse(key) for key in (place / "log.vkey").read_text().splitlines()]
    cosigned = AddCheckpointRequest.of(
        ConsistencyProof(0, (), (place / "cosigned.txt").read_bytes())
    )
    proof = ConsistencyProof.parse((place / "proof.txt").read_bytes())
    refused = AddCheckpointRequest.of(proof)
    assert proof.checkpoint_note == (place / "refused.txt").read_bytes()
    assert (
        len(open_note(cosigned.note, trusted).by) == len(open_note(refused.note, trusted).by) == 2
    )
    beginning = b64decode(json.loads((place / "about.json").read_text())["beginning"])
    assert proof.old == cosigned.head.size == 5
    assert beginning != cosigned.head.root
    assert merkle.verify_consistency(5, 9, beginning, refused.head.root, proof.hashes)


def test_a_rollback_is_kept_if_it_was_signed_later(watching: Watching) -> None:
    watching.cosign(0, 5)
    with pytest.raises(StaleSize):
        watching.witness.cosign(watching.log.request(3, leaves(3), NOW - timedelta(seconds=9)))
    assert watching.witness.evidence() == []
    with pytest.raises(StaleSize):
        watching.witness.cosign(watching.log.request(3, leaves(3), NOW + timedelta(seconds=9)))
    assert [found.kind for found in watching.witness.evidence()] == ["rollback"]


def test_evidence_that_can_be_made_without_end_is_kept_up_to_a_limit(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_EVIDENCE", 3)
    watching.cosign(0, 5)
    for number in range(5):
        with pytest.raises(Forked):
            watching.cosign(5, 5, f"other {number}")
    assert len(watching.witness.evidence()) == 3


# A published log


def read_and_cosign(watching: Watching, source: str) -> int:
    asked = watching.witness.read(open_published(source))
    return watching.witness.cosign(asked, own_reading=True).head.size


def test_a_published_log_is_read_and_cosigned_as_it_grows(
    watching: Watching, tmp_path: Path
) -> None:
    for size in (0, 1, 4, 4, 300, 70_000 // 50):
        source = publish(tmp_path / str(size), watching.log, size)
        assert read_and_cosign(watching, source) == size


@pytest.mark.parametrize("known", [4, 5])
def test_a_published_fork_is_shown_by_its_tiles(
    watching: Watching, tmp_path: Path, known: int
) -> None:
    read_and_cosign(watching, publish(tmp_path / "true", watching.log, known))
    other = publish(tmp_path / "other", watching.log, 9, "other")
    with pytest.raises(Forked):
        read_and_cosign(watching, other)
    (found,) = watching.witness.evidence()
    assert (found.kind, found.beginning) == ("fork", root(leaves(known, "other")))


def test_a_published_rollback_is_kept_though_no_times_tell(
    watching: Watching, tmp_path: Path
) -> None:
    read_and_cosign(watching, publish(tmp_path / "later", watching.log, 9))
    earlier = publish(tmp_path / "earlier", watching.log, 5)
    with pytest.raises(RolledBack):
        read_and_cosign(watching, earlier)
    assert [found.kind for found in watching.witness.evidence()] == ["shorter"]
    assert watching.size == 9


def test_a_published_log_that_lacks_tiles_or_has_others(watching: Watching, tmp_path: Path) -> None:
    read_and_cosign(watching, publish(tmp_path / "a", watching.log, 5))
    source = publish(tmp_path / "b", watching.log, 9)
    tile = tmp_path / "b" / tile_path(0, 0, 9)
    whole = tile.read_bytes()
    tile.write_bytes(bytes(32) + whole[32:])
    with pytest.raises(ProofFails):
        read_and_cosign(watching, source)
    tile.unlink()
    with pytest.raises(PageMissing):
        read_and_cosign(watching, source)
    assert (watching.size, watching.witness.evidence()) == (5, [])


def test_no_tile_is_fetched_for_a_checkpoint_that_nobody_trusted_signed(
    watching: Watching, tmp_path: Path
) -> None:
    read_and_cosign(watching, publish(tmp_path / "a", watching.log, 5))
    mallory, stranger = Growing(), Growing("example.com/another")
    for log, error in ((mallory, UnknownSigner), (stranger, NotWatched)):
        (tmp_path / log.origin.replace("/", "-")).mkdir()
        source = tmp_path / log.origin.replace("/", "-")
        (source / "checkpoint").write_bytes(log.note(leaves(9)))
        with pytest.raises(error):
            watching.witness.read(open_published(str(source)))
