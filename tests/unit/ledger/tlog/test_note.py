"""Signed notes and checkpoints: published vectors, what is refused, and what each key signs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from hypothesis import given
from hypothesis import strategies as st

from answerable.ledger.errors import BadSignature, MalformedNote, NotVerified, UnknownSigner
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.errors import TooFewWitnesses
from answerable.ledger.tlog.merkle import EMPTY_ROOT
from answerable.ledger.tlog.note import (
    COSIGNATURE_ED25519,
    COSIGNATURE_ML_DSA_44,
    ED25519,
    MAX_NOTE,
    Note,
    Signature,
    VerifierKey,
    parse_signature,
)
from answerable.ledger.tlog.note_signatures import Signer, open_note, signed_message
from answerable.ledger.tlog.trust import Trust, verify_checkpoint

# The example of C2SP signed-note.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONnc"
    "AlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
# The example of C2SP tlog-checkpoint.
CHECKPOINT = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
"""

NOW = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)
ORIGIN = "example.com/ledger"
TEXT = Checkpoint(ORIGIN, 5, bytes(range(32))).text
KINDS = (ED25519, COSIGNATURE_ED25519, COSIGNATURE_ML_DSA_44)


@pytest.fixture(scope="module")
def signers() -> dict[int, Signer]:
    return {kind: Signer.generate(ORIGIN, kind) for kind in KINDS}


def signed(*signers: Signer, text: str = TEXT) -> bytes:
    return bytes(Note(text, tuple(signer.sign(text, NOW) for signer in signers)))


def test_the_published_example_verifies_and_is_written_as_it_was_read() -> None:
    key = VerifierKey.parse(EXAMPLE_KEY)
    assert str(key) == EXAMPLE_KEY
    assert (key.name, key.id.hex()) == ("example.com/foo", "530d903a")
    assert open_note(EXAMPLE, [key]).text == "This is an example message.\n"
    assert bytes(Note.parse(EXAMPLE)) == EXAMPLE


def test_the_published_checkpoint_is_read_and_written() -> None:
    found = Checkpoint.parse(CHECKPOINT)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert found.text == CHECKPOINT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/l\n",
        "example.com/l\n5\n",
        "example.com/l\n5\nnot base64\n",
        f"example.com/l\n05\n{b64encode(bytes(32)).decode()}\n",
        f"example.com/l\n-5\n{b64encode(bytes(32)).decode()}\n",
        f"example.com/l\n5\n{b64encode(bytes(31)).decode()}\n",
        f"example.com/l\n5\n{b64encode(bytes(32)).decode()}",
        f"\n5\n{b64encode(bytes(32)).decode()}\n",
        f"example.com/l\n0\n{b64encode(bytes(32)).decode()}\n",
        f"example.com/l\n5\n{b64encode(bytes(32)).decode()}\n\n",
        f"example.com/l\n{'9' * 20}\n{b64encode(bytes(32)).decode()}\n",
        f"example.com/l\n{2**63}\n{b64encode(bytes(32)).decode()}\n",
    ],
)
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(MalformedNote, match="not a checkpoint"):
        Checkpoint.parse(text)


def test_the_checkpoint_of_an_empty_log() -> None:
    head = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert Checkpoint.parse(head.text) == head


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"text\n",
        b"text\n\n",
        b"text\n\n\n",
        "text\n\n— name\n".encode(),
        "text\n\n— name !!!\n".encode(),
        "text\n\n— name AAAA\n".encode(),
        "text\n\n— na+me AAAAAAAA\n".encode(),
        "text\n\n—  AAAAAAAA\n".encode(),
        "text\n\n— name AAAAAAAA".encode(),
        b"text\n\n- name AAAAAAAA\n",
        "te\txt\n\n— name AAAAAAAA\n".encode(),
        "text\r\n\r\n— name AAAAAAAA\r\n".encode(),
        "text\n\n— name AAAAAAAA\nmore\n".encode(),
        # Base64 whose last letter carries bits that mean nothing: another spelling of the same.
        "text\n\n— name AAAAAAB=\n".encode(),
        b"\xff\xfe\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"x" * (MAX_NOTE + 1),
        b"text\n\n" + "— name AAAAAAAA\n".encode() * 65,
    ],
)
def test_what_is_no_note(data: bytes) -> None:
    with pytest.raises(MalformedNote):
        Note.parse(data)


def test_text_and_signatures_part_at_the_last_blank_line(signers: dict[int, Signer]) -> None:
    text = "one\n\n— two AAAAAAAA\n\nthree\n"
    note = signed(signers[ED25519], text=text)
    assert open_note(note, [signers[ED25519].key]).text == text


def test_sixteen_signatures_and_more_are_read(signers: dict[int, Signer]) -> None:
    strange = [Signature(f"w{n}.example", bytes(4), bytes(2_428)) for n in range(20)]
    note = Note.parse(signed(*signers.values())).signed(strange)
    assert len(open_note(bytes(note), [s.key for s in signers.values()]).by) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_signs_what_its_type_says(signers: dict[int, Signer], kind: int) -> None:
    signer = signers[kind]
    signature = signer.sign(TEXT, NOW)
    raw = b"\x00\x00\x00\x00" + NOW.timestamp().__int__().to_bytes(4, "big")
    if kind == ED25519:
        Ed25519PublicKey.from_public_bytes(signer.key.public).verify(signature.made, TEXT.encode())
        return
    assert signature.made[:8] == raw
    if kind == COSIGNATURE_ED25519:
        expected = f"cosignature/v1\ntime {int(NOW.timestamp())}\n{TEXT}".encode()
        Ed25519PublicKey.from_public_bytes(signer.key.public).verify(signature.made[8:], expected)
        return
    name = ORIGIN.encode()
    expected = (
        b"subtree/v1\n\x00" + bytes([len(name)]) + name + raw + bytes([len(name)]) + name
        + bytes(8) + (5).to_bytes(8, "big") + bytes(range(32))
    )  # fmt: skip
    assert len(signer.key.public) == 1312
    assert len(signature.made) == 8 + 2420
    MLDSA44PublicKey.from_public_bytes(signer.key.public).verify(signature.made[8:], expected)


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_id_is_as_the_specification_has_it(signers: dict[int, Signer], kind: int) -> None:
    key = signers[kind].key
    expected = sha256(f"{ORIGIN}\n".encode() + bytes([kind]) + key.public).digest()[:4]
    assert key.id == expected
    name, key_id, material = str(key).split("+", 2)
    assert (name, key_id) == (ORIGIN, expected.hex())
    assert b64decode(material) == bytes([kind]) + key.public


def test_the_published_key_id_of_the_same_key_differs_by_type() -> None:
    key = VerifierKey.parse(EXAMPLE_KEY)
    assert VerifierKey(key.name, COSIGNATURE_ED25519, key.public).id != key.id


@pytest.mark.parametrize("kind", KINDS)
def test_an_altered_signature_rejects_the_note(signers: dict[int, Signer], kind: int) -> None:
    signer = signers[kind]
    made = bytearray(signer.sign(TEXT, NOW).made)
    for at in {0, 7, 8, len(made) // 2, len(made) - 1}:
        altered = bytes(made[:at]) + bytes([made[at] ^ 1]) + bytes(made[at + 1 :])
        note = Note(TEXT, (Signature(ORIGIN, signer.key.id, altered),))
        with pytest.raises(BadSignature, match=signer.key.id.hex()):
            open_note(note, [signer.key])
    for cut in (b"\0", bytes(made[:-1]), bytes(made) + b"\0"):
        with pytest.raises(BadSignature):
            open_note(Note(TEXT, (Signature(ORIGIN, signer.key.id, cut),)), [signer.key])


@pytest.mark.parametrize("kind", [COSIGNATURE_ED25519, COSIGNATURE_ML_DSA_44])
@pytest.mark.parametrize("time", [0, 2**63, 2**63 - 1])
def test_a_cosignature_of_no_possible_time_is_bad(
    signers: dict[int, Signer], kind: int, time: int
) -> None:
    signer = signers[kind]
    made = time.to_bytes(8, "big") + signer.private.sign(signed_message(signer.key, TEXT, time))
    with pytest.raises(BadSignature):
        open_note(Note(TEXT, (Signature(ORIGIN, signer.key.id, made),)), [signer.key])


def test_one_bad_signature_of_a_known_key_rejects_a_note_with_good_ones(
    signers: dict[int, Signer],
) -> None:
    good = Note.parse(signed(signers[ED25519]))
    bad = Signature(ORIGIN, signers[COSIGNATURE_ML_DSA_44].key.id, bytes(2_428))
    note = bytes(good.signed([bad]))
    with pytest.raises(BadSignature):
        open_note(note, [signer.key for signer in signers.values()])
    # Who does not know the other key passes over it.
    assert list(open_note(note, [signers[ED25519].key]).by) == [signers[ED25519].key]


def test_each_signature_of_a_known_key_has_to_be_good(signers: dict[int, Signer]) -> None:
    signer = signers[COSIGNATURE_ML_DSA_44]
    twice = Note(TEXT, (signer.sign(TEXT, NOW), signer.sign(TEXT, NOW)))
    assert len(twice.signatures) == 2
    assert list(open_note(twice, [signer.key]).by) == [signer.key]
    bad = Signature(ORIGIN, signer.key.id, bytes(2_428))
    with pytest.raises(BadSignature):
        open_note(twice.signed([bad]), [signer.key])


def test_a_note_that_no_known_key_signed_is_rejected(signers: dict[int, Signer]) -> None:
    other = Signer.generate(ORIGIN, ED25519)
    with pytest.raises(UnknownSigner, match=other.key.id.hex()):
        open_note(signed(other), [signers[ED25519].key])
    with pytest.raises(UnknownSigner):
        open_note(signed(signers[ED25519]), [])


def test_a_key_of_the_same_id_but_another_name_is_not_asked(signers: dict[int, Signer]) -> None:
    signer = signers[ED25519]
    note = Note(TEXT, (Signature("other.example", signer.key.id, bytes(64)),))
    with pytest.raises(UnknownSigner):
        open_note(note, [signer.key])


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_does_not_fit_another_text(signers: dict[int, Signer], kind: int) -> None:
    signer = signers[kind]
    signature = signer.sign(TEXT, NOW)
    for other in (
        Checkpoint(ORIGIN, 6, bytes(range(32))),
        Checkpoint(ORIGIN, 5, bytes(32)),
        Checkpoint("example.com/other", 5, bytes(range(32))),
    ):
        with pytest.raises(BadSignature):
            open_note(Note(other.text, (signature,)), [signer.key])


def test_ml_dsa_cosigns_checkpoints_alone(signers: dict[int, Signer]) -> None:
    with pytest.raises(MalformedNote):
        signers[COSIGNATURE_ML_DSA_44].sign("no checkpoint\n", NOW)
    note = Note("text\n", (Signature(ORIGIN, signers[COSIGNATURE_ML_DSA_44].key.id, b"x" * 99),))
    with pytest.raises(BadSignature):
        open_note(note, [signers[COSIGNATURE_ML_DSA_44].key])


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "example.com/foo+530d903a+",
        "example.com/foo+530d903a+AA==",
        EXAMPLE_KEY[:-1],
        EXAMPLE_KEY.replace("530d903a", "530d903b"),
        EXAMPLE_KEY.replace("foo", "fox"),
        EXAMPLE_KEY.replace("/foo", "/ foo"),
        EXAMPLE_KEY.replace("+Aek", "+AuK"),
        EXAMPLE_KEY.replace("530d903a", "530D903A"),
    ],
)
def test_what_is_no_key(vkey: str) -> None:
    with pytest.raises(MalformedNote):
        VerifierKey.parse(vkey)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_read_as_a_note_is_one_or_is_refused(data: bytes) -> None:
    try:
        note = Note.parse(data)
    except MalformedNote:
        return
    assert Note.parse(bytes(note)) == note


@given(st.text(max_size=120))
def test_whatever_is_read_as_a_key_is_one_or_is_refused(text: str) -> None:
    try:
        key = VerifierKey.parse(text)
    except MalformedNote:
        return
    assert str(key) == text.strip()


@given(
    at=st.integers(0, len(EXAMPLE) - 1),
    sign=st.integers(0, 255),
)
def test_no_byte_of_a_note_can_be_another(at: int, sign: int) -> None:
    altered = EXAMPLE[:at] + bytes([sign]) + EXAMPLE[at + 1 :]
    key = VerifierKey.parse(EXAMPLE_KEY)
    if altered == EXAMPLE:
        return
    with pytest.raises(NotVerified):
        open_note(altered, [key])


def test_a_line_of_a_signature_is_read_back(signers: dict[int, Signer]) -> None:
    signature = signers[ED25519].sign(TEXT, NOW)
    assert parse_signature(signature.line.removesuffix("\n")) == signature


@pytest.fixture(scope="module")
def log() -> Signer:
    return Signer.generate(ORIGIN, ED25519)


@pytest.fixture(scope="module")
def witnesses() -> list[Signer]:
    return [
        Signer.generate(f"witness.example/{name}", kind)
        for name in ("w1", "w2")
        for kind in (COSIGNATURE_ED25519, COSIGNATURE_ML_DSA_44)
    ]


def test_a_key_speaks_for_the_log_of_its_own_name(log: Signer) -> None:
    assert verify_checkpoint(signed(log), Trust([log.key])).signers == (log.key,)
    other = Signer.generate("example.com/other", ED25519)
    # It signed what it should not; and whoever trusts it does not trust it in this.
    with pytest.raises(UnknownSigner, match=r"are of example\.com/other"):
        verify_checkpoint(signed(log, other), Trust([other.key]))


def test_a_witness_cannot_stand_in_for_the_log(log: Signer, witnesses: list[Signer]) -> None:
    with pytest.raises(UnknownSigner, match="none of the keys"):
        verify_checkpoint(
            signed(*witnesses), Trust([log.key], [witness.key for witness in witnesses])
        )


def test_a_log_is_no_witness_of_its_own(log: Signer) -> None:
    own = Signer.generate(ORIGIN, COSIGNATURE_ML_DSA_44)
    with pytest.raises(TooFewWitnesses, match=f"missing: {ORIGIN}"):
        verify_checkpoint(signed(log, own), Trust([log.key], [own.key]))


def test_each_witness_counts_once(log: Signer, witnesses: list[Signer]) -> None:
    keys = [witness.key for witness in witnesses]
    both_keys_of_one = signed(log, *witnesses[:2])
    assert set(verify_checkpoint(both_keys_of_one, Trust([log.key], keys, 1)).witnesses) == {
        "witness.example/w1"
    }
    with pytest.raises(TooFewWitnesses, match=r"missing: witness\.example/w2"):
        verify_checkpoint(both_keys_of_one, Trust([log.key], keys))
    all_of_them = verify_checkpoint(signed(log, witnesses[0], witnesses[3]), Trust([log.key], keys))
    assert all_of_them.witnesses == {"witness.example/w1": NOW, "witness.example/w2": NOW}


def test_without_any_key_nothing_is_vouched_for(log: Signer) -> None:
    with pytest.raises(UnknownSigner, match="are of no log"):
        verify_checkpoint(signed(log), Trust([]))
