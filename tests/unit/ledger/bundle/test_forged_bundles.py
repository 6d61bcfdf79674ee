"""Bundles by whoever has the keys: proofs and signatures fit, and what they say breaks a rule.

Both verifiers judge each of them alike, in the same places.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import pytest
from tests.support import time_stamp_authority as tsa
from tests.support.bundles import STARTED, Files, Packed, packed_case, retold
from tests.support.forged_bundles import entries_of, forged, retell, texts_of
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.bundle import inventory, layout, zip_file
from answerable.ledger.bundle.verify import MOST_PROBLEMS, verify_bundle
from answerable.ledger.entry.disclosure import commitment
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import (
    COSIGNATURE_ED25519,
    COSIGNATURE_ML_DSA_44,
    ED25519,
    Note,
    Signature,
)
from answerable.ledger.tlog.note_signatures import LATEST, Signer
from answerable.ledger.tlog.trust import Trust

Found = dict[Any, set[str]]
Edit = Callable[[dict[int, dict[str, Any]]], None]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


def files_of(packed: Packed) -> Files:
    return zip_file.unpack(packed.made.data)


def wrong(packed: Packed, files: Files) -> Found:
    """What is wrong with these files, as both verifiers see it, with keys and without."""
    data = zip_file.pack(files)
    found = packed.wrong(data)
    assert bool(packed.wrong(data, [])) == bool(found)
    return found


def with_entries(packed: Packed, edit: Edit, **more: Any) -> Files:
    """The bundle of a log whose entries are edited."""
    files = files_of(packed)
    told = {at: json.loads(entry) for at, entry in entries_of(files).items()}
    edit(told)
    entries = {
        at: json.dumps(each, separators=(",", ":")).encode() for at, each in sorted(told.items())
    }
    texts = texts_of(files)
    given = {at: texts.get(at, [None for _ in told[at]["_sd"]]) for at in entries}
    return forged(files, entries, given, packed.signers, **more)


def another(told: dict[int, dict[str, Any]], of: int, at: int, **fields: Any) -> None:
    """Add an entry that is like another, but for its id."""
    told[at] = {**told[of], "event_id": f"019b8c00-0000-7000-8000-{at:012d}", "_sd": [], **fields}


def test_a_forged_bundle_that_breaks_no_rule_passes(packed: Packed) -> None:
    assert wrong(packed, with_entries(packed, lambda told: None)) == {}
    assert (
        wrong(packed, with_entries(packed, lambda told: None, extension="more\nand more\n")) == {}
    )


# Entries.


def test_entries_come_in_the_order_of_the_log_whatever_the_length_of_their_names(
    packed: Packed,
) -> None:
    def edit(told: dict[int, dict[str, Any]]) -> None:
        another(told, 10, 99_999_999, version=7)
        another(told, 10, 100_000_000, version=8)
        another(told, 10, 2**62, version=9)

    files = with_entries(packed, edit)
    assert wrong(packed, files) == {}
    assert json.loads(files["manifest.json"])["positions"][-3:] == [99_999_999, 10**8, 2**62]


def test_what_another_case_says_of_an_exhibit_is_not_in_its_list(packed: Packed) -> None:
    def edit(told: dict[int, dict[str, Any]]) -> None:
        another(told, 7, 11, case_id="other", version=2)
        another(told, 9, 12, case_id="other", version=3)

    files = with_entries(packed, edit)
    assert files["evidence.json"] == files_of(packed)["evidence.json"]
    assert wrong(packed, files) == {}


def test_an_event_is_in_a_bundle_once(packed: Packed) -> None:
    def edit(told: dict[int, dict[str, Any]]) -> None:
        another(told, 10, 11, event_id=told[10]["event_id"], version=7)

    assert "MalformedBundle" in wrong(packed, with_entries(packed, edit))[layout.entry_name(11), 11]


@pytest.mark.parametrize("value", ["1e999", "-1E400", '{"a":1,"a":1}', '"\\ud800"', "NaN"])
def test_an_entry_says_nothing_that_json_has_not(packed: Packed, value: str) -> None:
    files = with_entries(packed, lambda told: told[10].update(occurred="?"))
    entries = entries_of(files)
    entries[10] = entries[10].replace(b'"?"', value.encode())
    found = wrong(packed, forged(files, entries, texts_of(files), packed.signers))
    assert "MalformedBundle" in found[layout.entry_name(10), 10]


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (f"[{','.join(['[]'] * 63)}]", True),
        (f"[{','.join(['[]'] * 400)}]", False),
        (f"[{','.join(['[' * 9 + ']' * 9] * 40)}]", False),
        (f"[{','.join(['{}'] * 400)}]", False),
        (json.dumps("[[{{" * 400), True),
        (json.dumps('\\"[' * 400), True),
        (json.dumps('[\\\\"' * 400), True),
    ],
)
def test_an_entry_holds_few_arrays_and_objects_for_its_length(
    packed: Packed, value: str, taken: bool
) -> None:
    files = with_entries(packed, lambda told: told[10].update(occurred="?"))
    entries = entries_of(files)
    entries[10] = entries[10].replace(b'"?"', value.encode())
    found = wrong(packed, forged(files, entries, texts_of(files), packed.signers))
    assert ((layout.entry_name(10), 10) not in found) == taken


def test_what_is_wrong_is_listed_up_to_a_bound(packed: Packed) -> None:
    def edit(told: dict[int, dict[str, Any]]) -> None:
        told[10]["basis"] = [f"{number}" for number in range(MOST_PROBLEMS + 1)]

    files = with_entries(packed, edit)
    found = wrong(packed, files)
    assert found[layout.entry_name(10), 10] == {"EntriesMissing"}
    assert found["manifest.json", None] == {"MalformedBundle"}


# Texts.


def with_text(packed: Packed, text: str) -> Files:
    """The bundle of a log in which an entry commits to a text, and to nothing else."""
    files = files_of(packed)
    entries, texts = entries_of(files), texts_of(files)
    told = {**json.loads(entries[10]), "_sd": [commitment(text.encode()).decode()]}
    entries[10] = json.dumps(told).encode()
    texts[10] = [text]
    return forged(files, entries, texts, packed.signers)


def opening(value: bytes) -> str:
    """A text of who recorded, its bytes of whole groups of base64."""
    array = b'["0","recorded_by",%b]' % value
    return urlsafe_b64encode(array + b" " * (-len(array) % 3)).decode()


JANE = opening(b'"jane \xc3\xbf\xc3\xbf\xc3\xbf>?"')

TEXTS: dict[str, tuple[str, bool]] = {
    "as it should be": (JANE, True),
    "padded": (urlsafe_b64encode(b'["0","recorded_by","j"]  ').decode(), False),
    "not padded": (urlsafe_b64encode(b'["0","recorded_by","j"]  ').decode().rstrip("="), True),
    "base64 of the other alphabet": (JANE.replace("_", "/").replace("-", "+"), False),
    "a line feed behind": (JANE + "\n", False),
    "a sign between": (JANE[:4] + "!" + JANE[4:], False),
    "bits that mean nothing": (
        urlsafe_b64encode(b'["0","recorded_by","j"]  ').decode().rstrip("=")[:-1] + "B",
        False,
    ),
    "a name twice": (opening(b'{"a":1,"a":2}'), False),
    "half a pair": (opening(b'"\\ud83d"'), False),
    "a whole pair": (opening(b'"\\ud83d\\ude00"'), True),
    "a number beyond": (opening(b"1e309"), False),
    "a large number": (opening(b"1e308"), True),
    "arrays upon arrays": (opening(b"[" + b"[]," * 400 + b"[]]"), False),
    "a byte-order mark": (
        urlsafe_b64encode(b'\xef\xbb\xbf["0","recorded_by","j"] ').decode(),
        False,
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_written_in_one_way(packed: Packed, name: str) -> None:
    text, taken = TEXTS[name]
    found = wrong(packed, with_text(packed, text))
    assert (found == {}) == taken
    assert taken or found["disclosures.json", 10] == {"TextAltered"}


# Signatures, keys and stamps.


def signed(packed: Packed, *signers: Signer, at: int | None = None) -> Files:
    """The bundle under another head of the same tree, signed by these at a POSIX time."""
    files = files_of(packed)
    text = Note.parse(files["checkpoint"]).text
    text = signers[0].key.name + text.removeprefix(ORIGIN)
    made = [signature(signer, text, at) for signer in signers]
    files["checkpoint"] = bytes(Note(text, tuple(made)))
    files["keys.txt"] = "".join(f"{signer.key}\n" for signer in signers).encode()
    return retell(files)


def signature(signer: Signer, text: str, at: int | None) -> Signature:
    """A signature as whoever holds the key can make it, whatever the format allows."""
    if at is None:
        return signer.sign(text, STARTED)
    name, lines = signer.key.name.encode()[:255], text.split("\n")
    message = b"cosignature/v1\ntime %d\n" % at + text.encode()
    if signer.key.kind == COSIGNATURE_ML_DSA_44:
        head = Checkpoint.parse(text)
        origin = lines[0].encode()[:255]
        message = b"subtree/v1\n\0" + bytes([len(name)]) + name + at.to_bytes(8, "big")
        message += bytes([len(origin)]) + origin + bytes(8) + head.size.to_bytes(8, "big")
        message += head.root
    made = at.to_bytes(8, "big") + signer.private.sign(message)
    return Signature(signer.key.name, signer.key.id, made)


@pytest.mark.parametrize("kind", [COSIGNATURE_ED25519, COSIGNATURE_ML_DSA_44])
@pytest.mark.parametrize(
    ("at", "taken"),
    [
        (1, True),
        (LATEST, True),
        (LATEST + 1, False),
        (0, False),
        (2**63, False),
        (2**64 - 1, False),
    ],
)
def test_a_cosignature_is_of_a_time_that_a_date_can_tell(
    packed: Packed, kind: int, at: int, taken: bool
) -> None:
    files = signed(packed, Signer.generate(ORIGIN, kind), at=at)
    found = packed.wrong(zip_file.pack(files), [])
    assert found == ({} if taken else {place: {"BadSignature"} for place in SIGNED})


SIGNED = (("checkpoint", None), ("keys.txt", None))


@pytest.mark.parametrize(("length", "taken"), [(255, True), (256, False)])
def test_a_name_that_is_cosigned_has_255_bytes(packed: Packed, length: int, taken: bool) -> None:
    signer = Signer.generate("n" * length, COSIGNATURE_ML_DSA_44)
    found = packed.wrong(zip_file.pack(signed(packed, signer, at=1)), [])
    assert (found == {}) == taken


def test_every_signature_of_a_key_has_to_be_good(packed: Packed) -> None:
    """The first of a key that only the bundle names, and one behind it that is none."""
    files = files_of(packed)
    second = Signer.generate(ORIGIN, ED25519)
    note = Note.parse(files["checkpoint"])
    good = second.sign(note.text, STARTED)
    files["checkpoint"] = bytes(note.signed([good, good._replace(made=bytes(64))]))
    files["keys.txt"] += f"{second.key}\n".encode()
    found = packed.wrong(zip_file.pack(retell(files)))
    assert found == {("keys.txt", None): {"BadSignature"}}


def test_a_trusted_key_of_another_name_may_not_have_signed_badly(packed: Packed) -> None:
    witness = Signer.generate("witness.example", COSIGNATURE_ED25519)
    files = files_of(packed)
    note = Note.parse(files["checkpoint"])
    bad = witness.sign(note.text, STARTED)._replace(made=bytes(72))
    files["checkpoint"] = bytes(note.signed([bad]))
    data = zip_file.pack(retell(files))
    assert packed.wrong(data) == {}
    found = packed.wrong(data, [*packed.keys, witness.key])
    assert found == {("checkpoint", None): {"BadSignature"}}


@pytest.mark.parametrize(("times", "taken"), [(64, True), (65, False)])
def test_no_more_keys_are_named_than_can_have_signed(
    packed: Packed, times: int, taken: bool
) -> None:
    files = files_of(packed)
    files["keys.txt"] = f"{packed.keys[0]}\n".encode() * times
    assert (wrong(packed, retell(files)) == {}) == taken


def test_a_key_of_nothing_is_none(packed: Packed) -> None:
    """A vkey whose id fits, and that holds no key."""
    files = files_of(packed)
    files["keys.txt"] += b"x+%b+\n" % sha256(b"x\n").hexdigest()[:8].encode()
    assert wrong(packed, retell(files)).keys() >= {("keys.txt", None)}


def test_keys_under_a_head_that_cannot_be_read_are_named_by_both(packed: Packed) -> None:
    files = files_of(packed)
    text = f"{ORIGIN}\n{2**63}\n" + "A" * 43 + "=\n"
    signer = packed.signers[0]
    files["checkpoint"] = bytes(Note(text, (signer.sign(text, STARTED),)))
    files["keys.txt"] = f"{signer.key}\n".encode()
    assert wrong(packed, retell(files)).keys() >= {*SIGNED}


@pytest.mark.parametrize(("extension", "taken"), [("", True), ("more\n", False)])
def test_a_stamp_is_over_the_text_of_this_head(packed: Packed, extension: str, taken: bool) -> None:
    files = files_of(packed)
    text = Note.parse(files["checkpoint"]).text + extension
    note = bytes(Note(text, (packed.signers[0].sign(text, STARTED),)))
    files["timestamps/1.note"] = note
    files["timestamps/1.tst"] = tsa.token(note, tsa.issue("authority"))
    found = wrong(packed, retell(files))
    assert found == ({} if taken else {("timestamps/1.tst", None): {"StampOfOther"}})


def test_a_list_is_compared_without_being_written(packed: Packed) -> None:
    """What is wrong with it shows at its first byte that differs."""
    files = files_of(packed)
    listed = json.loads(files["evidence.json"])
    for other in (
        files["evidence.json"][:-1],
        files["evidence.json"] + b"\n",
        json.dumps(listed).encode() + b"\n",
        b"[]\n",
        b"",
    ):
        assert not inventory.is_json_file(other, listed)
        retold(files, "manifest.json")
        changed = retell(files) | {"evidence.json": other}
        assert ("evidence.json", None) in wrong(packed, changed)


def test_what_stands_in_a_stamp_bears_on_neither_verdict(packed: Packed) -> None:
    files = files_of(packed)
    note = files["checkpoint"]
    files["timestamps/1.note"] = note
    for token, unread in (
        (b"no token, but " + sha256(note).digest(), True),
        (tsa.token(note, tsa.issue("authority")), False),
    ):
        files["timestamps/1.tst"] = token
        made = retell(files)
        assert wrong(packed, made) == {}
        found = verify_bundle(made, Trust(packed.keys))
        assert any("tells no time" in each for each in found.unchecked) == unread
        assert len(found.stamps) == (not unread)
