"""One grammar: good and bad bundles, each judged alike by both verifiers."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.support.bundles import (
    STARTED,
    Files,
    Packed,
    found_by_answerable,
    found_by_stranger,
    packed_case,
    repacked,
    retold,
    told,
)
from tests.support.oracles import event_id
from tests.support.signed_ledger import ORIGIN, first_keys

from answerable.domain.kinds import FAMILY, model
from answerable.domain.record import SEALED_BESIDE
from answerable.ledger.bundle import bounded_json, inventory, layout, verify, zip_file
from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle.writer import Withheld, make_bundle
from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.entry import codec
from answerable.ledger.entry.disclosure import commitment, disclosure_text
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog import note, note_signatures
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.merkle import leaf_hash
from answerable.ledger.tlog.note import Note
from answerable.ledger.tlog.note_signatures import Signer


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


def test_the_kinds_and_what_they_seal_are_those_of_the_models() -> None:
    for kind in FAMILY:
        assert stranger.sealed_by(kind) == SEALED_BESIDE.union(model(kind).sealed)
    assert stranger.SEALED.keys() == FAMILY.keys()


def test_what_both_verifiers_are_told_is_the_same() -> None:
    for module, names in (
        (inventory, ("WHICH", "EXHIBIT", "CUSTODY", "POLICY")),
        (zip_file, ("LARGEST", "MOST_FILES")),
        (note, ("MAX_NOTE", "MAX_SIGNATURES")),
        (bounded_json, ("DEEPEST", "LONGEST_NUMBER")),
        (note_signatures, ("LATEST",)),
        (codec, ("MAX_ENTRY",)),
        (verify, ("MOST_PROBLEMS",)),
    ):
        for name in names:
            assert getattr(stranger, name) == getattr(module, name)
    assert {kind: size for kind, (_, size) in stranger.KINDS.items()} == note.KEY_SIZES


# Files.

Change = Callable[[Files], None]


def put(name: str, old: bytes, new: bytes) -> Change:
    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return change


def append(name: str, more: bytes) -> Change:
    def change(files: Files) -> None:
        files[name] += more

    return change


def prefix(name: str, more: bytes) -> Change:
    def change(files: Files) -> None:
        files[name] = more + files[name]

    return change


def signature(name: str, number: int = 0) -> bytes:
    """A line under the checkpoint by a key that nobody knows."""
    return f"— {name} {b64encode(number.to_bytes(4, 'big') + bytes(64)).decode()}\n".encode()


def sized(size: int) -> Change:
    """Another size in the checkpoint and in the manifest."""

    def change(files: Files) -> None:
        lines = files["checkpoint"].split(b"\n")
        lines[1] = str(size).encode()
        files["checkpoint"] = b"\n".join(lines)
        retold(files, "manifest.json", size=size)

    return change


ENTRY, PROOF = layout.entry_name(10), layout.proof_name(10)

GOOD: dict[str, Change] = {
    "as it was": lambda files: None,
    "remarks and empty lines among the keys": prefix("keys.txt", b"# of the house\n\n#\n"),
    "keys without a line feed behind the last": lambda files: files.update(
        {"keys.txt": files["keys.txt"].rstrip(b"\n")}
    ),
    "64 signatures": append("checkpoint", b"".join(signature("x", n) for n in range(62))),
    "a strange name that can be read": append("checkpoint", signature("été.例え")),
    "numbers of 40 digits, and 60 levels": lambda files: retold(
        files, "manifest.json", note=json.loads("[" * 60 + "9" * 40 + "]" * 60)
    ),
}

BAD: dict[str, Change] = {
    "spaces behind a key": put("keys.txt", b"\n", b" \n"),
    "a carriage return behind a key": put("keys.txt", b"\n", b"\r\n"),
    "a line of spaces among the keys": prefix("keys.txt", b"  \n"),
    "a form feed for a line feed": put("keys.txt", b"\n", b"\x0c"),
    "keys that are not ASCII": append("keys.txt", "# é\n".encode()),
    "keys with a BOM": prefix("keys.txt", b"\xef\xbb\xbf"),
    "a key by no name that signed": append("keys.txt", b"x\n"),
    "65 signatures": append("checkpoint", b"".join(signature("x", n) for n in range(63))),
    "a name that cannot be seen": append("checkpoint", signature("x\u200b")),
    "a name with a space in it": append("checkpoint", signature("x\u00a0y")),
    "a checkpoint that is not UTF-8": append("checkpoint", b"\xff\n"),
    "a checkpoint without end": append("checkpoint", b"\n"),
    "a checkpoint of a million letters": append("checkpoint", b"x" * 1_000_000 + b"\n"),
    "a size of 2^63": sized(2**63),
    "a size of 2^64": sized(2**64),
    "a size of nothing": sized(0),
    "a blank line behind a proof": append(PROOF, b"\n"),
    "two": append(PROOF, b"\n\n"),
    "a hash more in a proof": put(PROOF, b"\n\n", b"\n" + b64encode(bytes(32)) + b"\n\n"),
    "what is extra in a proof": put(PROOF, b"index", b"extra eA==\nindex"),
    "an index with a zero before it": put(PROOF, b"index ", b"index 0"),
    "a space behind an index": put(PROOF, b"\n\n", b" \n\n"),
    "a proof with carriage returns": put(PROOF, b"\n", b"\r\n"),
    "an empty proof": lambda files: files.update({PROOF: b""}),
    "an entry with a BOM": prefix(ENTRY, b"\xef\xbb\xbf"),
    "an entry in UTF-16": lambda files: files.update(
        {ENTRY: files[ENTRY].decode().encode("utf-16")}
    ),
    "an entry that is too long": put(ENTRY, b"{", b"{" + b" " * 65_536),
    "texts that are a list": lambda files: files.update({"disclosures.json": b"[]"}),
}  # fmt: skip


def noted(value: bytes) -> Change:
    """A manifest that says something more."""
    return put("manifest.json", b"{", b'{"note":' + value + b",")


BAD_MANIFESTS: dict[str, Change] = {
    "a name twice": put("manifest.json", b"{", b'{"case":"acme",'),
    "NaN": noted(b"NaN"),
    "Infinity": noted(b"-Infinity"),
    "a number of 41 digits": noted(b"9" * 41),
    "a number of 5,000 digits": noted(b"9" * 5_000),
    "a fraction without end": noted(b"0." + b"1" * 50),
    "65 levels": noted(b"[" * 64 + b"]" * 64),
    "5,000 levels": noted(b"[" * 5_000 + b"]" * 5_000),
    "100,000 levels": noted(b"[" * 100_000 + b"]" * 100_000),
    "a lone surrogate": noted(b'"\\ud800"'),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_the_grammar_has_is_taken_by_both(packed: Packed, name: str) -> None:
    assert packed.wrong(repacked(packed.made.data, GOOD[name], relist=True)) == {}
    assert packed.wrong(repacked(packed.made.data, GOOD[name], relist=True), []) == {}


@pytest.mark.parametrize("name", [*BAD, *BAD_MANIFESTS])
def test_what_the_grammar_has_not_is_refused_by_both(packed: Packed, name: str) -> None:
    for keys in (packed.keys, []):
        change = {**BAD, **BAD_MANIFESTS}[name]
        data = repacked(packed.made.data, change, relist=name in BAD)
        found = found_by_answerable(data, keys)
        assert found
        assert found_by_stranger(data, keys, packed.folder)


# Seals: bundles of a log of one entry, signed by its keys.


def bundle_of(
    folder: Path, texts: Sequence[tuple[str, bytes]], public: str = "", kind: str = "contact-made"
) -> tuple[bytes, list[Signer]]:
    """A bundle of a log of one entry that seals these, and the keys that signed it."""
    ledger = Ledger.create(folder / "a.db")
    with ledger:
        signers = first_keys(ledger)
        fields = {"kind": "lesson-recorded", "case_id": "acme", "lesson": "none"}
        ledger.append(fields, recorded_by="jane")
        sign_head(ledger, signers, folder / "memory", clock=lambda: STARTED)
        data = make_bundle(ledger, "acme", Withheld()).data
    made = sorted(
        (disclosure_text(b"%022d" % number, *each) for number, each in enumerate(texts)),
        key=commitment,
    )
    committed = '","'.join(commitment(text).decode() for text in made)
    entry = (
        f'{{"event_id":"{event_id(1)}","case_id":"acme","version":1,"kind":"{kind}","schema":1,'
        f'"standing":"asserted",{public}"recorded_at":"2026-01-06T00:00:00.000000Z",'
        f'"_sd":["{committed}"]}}'
    ).encode()
    head = Checkpoint(ORIGIN, 1, leaf_hash(entry))
    signed = Note(head.text, tuple(signer.sign(head.text, STARTED) for signer in signers))

    def change(files: Files) -> None:
        files[layout.entry_name(0)] = entry
        files["checkpoint"] = bytes(signed)
        files["disclosures.json"] = json.dumps({"0": [text.decode() for text in made]}).encode()
        opened = len({field for field, _ in texts})
        root = b64encode(head.root).decode()
        retold(files, "manifest.json", root=root, disclosed=opened)

    return repacked(data, change, relist=True), signers


WHO = ("recorded_by", b'"jane"')
TALKS, BRIBES = ("purpose", b'"talks"'), ("purpose", b'"bribes"')

EQUIVOCAL: dict[str, tuple[Sequence[tuple[str, bytes]], str, str]] = {
    "two texts of a field": ((WHO, TALKS, BRIBES), "", "contact-made"),
    "a field of another kind": ((WHO, ("measure_text", b'"x"')), "", "contact-made"),
    "a field in the open": ((WHO, TALKS), '"purpose":"bribes",', "contact-made"),
    "a field in the open, that is not told": ((WHO,), '"purpose":"bribes",', "contact-made"),
    "a public key twice": ((WHO,), '"channel":"a","channel":"b",', "contact-made"),
    "a kind that there is not": ((WHO,), "", "gift-taken"),
    "a text that is no array": ((WHO, ("purpose", b'"a","b"')), "", "contact-made"),
    "a text with a long number": ((WHO, ("purpose", b"9" * 41)), "", "contact-made"),
    "a text that goes deep": ((WHO, ("purpose", b"[" * 64 + b"]" * 64)), "", "contact-made"),
}


@pytest.mark.parametrize("name", EQUIVOCAL)
def test_an_entry_that_equivocates_is_refused_by_both(tmp_path: Path, name: str) -> None:
    texts, public, kind = EQUIVOCAL[name]
    data, signers = bundle_of(tmp_path, texts, public, kind)
    keys = [signer.key for signer in signers]
    places = {place for place in found_by_answerable(data, keys) if place[1] == 0}
    assert places
    assert places == {place for place in found_by_stranger(data, keys, tmp_path) if place[1] == 0}


def test_an_entry_that_says_one_thing_is_taken_by_both(tmp_path: Path) -> None:
    data, signers = bundle_of(tmp_path, [WHO, TALKS])
    keys = [signer.key for signer in signers]
    assert found_by_answerable(data, keys) == {}
    assert found_by_stranger(data, keys, tmp_path) == set()


def test_more_commitments_than_a_kind_can_have_are_refused(tmp_path: Path) -> None:
    """No second text hides among those that are withheld."""
    data, signers = bundle_of(tmp_path, [WHO, *[("purpose", b'"%d"' % n) for n in range(4)]])
    keys = [signer.key for signer in signers]

    def withhold(files: Files) -> None:
        texts = told(files, "disclosures.json")["0"]
        files["disclosures.json"] = json.dumps({"0": [None for _ in texts]}).encode()
        retold(files, "manifest.json", disclosed=0, withheld={"purpose": len(texts)})

    hidden = repacked(data, withhold, relist=True)
    assert (layout.entry_name(0), 0) in found_by_answerable(hidden, keys)
    assert (layout.entry_name(0), 0) in found_by_stranger(hidden, keys, tmp_path)
