"""Attacks on evidence bundles: every one is found, by both verifiers, and in the same place."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.bundles import (
    STARTED,
    STEPS,
    Files,
    Packed,
    Place,
    found_by_answerable,
    found_by_stranger,
    packed_case,
    record,
    repacked,
    retold,
    sign_head,
    signed_ledger,
    told,
)
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.bundle import inventory, layout, zip_file
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.bundle.writer import Withheld, make_bundle
from answerable.ledger.tlog.inclusion import InclusionProof
from answerable.ledger.tlog.note import ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.trust import Trust


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


# Attacks. The attacker knows the format, and mends the manifest's list of files.


def edit(files: Files) -> None:
    name = layout.entry_name(10)
    files[name] = files[name].replace(b"written-warning", b"dismissal")


def cut_short(files: Files) -> None:
    files[layout.entry_name(10)] = files[layout.entry_name(10)][:-9]


def empty(files: Files) -> None:
    files[layout.entry_name(10)] = b""


def delete(files: Files) -> None:
    """The transfer of custody never was."""
    del files[layout.entry_name(7)], files[layout.proof_name(7)]
    texts = told(files, "disclosures.json")
    opened = sum(text is not None for text in texts.pop("7"))
    files["disclosures.json"] = inventory.json_file(texts)
    manifest = told(files, "manifest.json")
    retold(
        files,
        "manifest.json",
        positions=[4, 6, 8, 9, 10],
        disclosed=manifest["disclosed"] - opened,
    )
    (exhibit,) = told(files, "evidence.json")
    files["evidence.json"] = inventory.json_file([{**exhibit, "custody": []}])


def delete_what_it_rests_on(files: Files) -> None:
    del files[layout.entry_name(5)], files[layout.proof_name(5)]
    texts = told(files, "disclosures.json")
    del texts["5"]
    files["disclosures.json"] = inventory.json_file(texts)
    retold(files, "manifest.json", others=[0, 2, 3], withheld={})


def delete_an_entry_but_not_its_proof(files: Files) -> None:
    delete(files)
    files[layout.proof_name(7)] = files[layout.proof_name(6)]


def insert(files: Files) -> None:
    forged = files[layout.entry_name(10)].replace(b'"version":6', b'"version":7')
    forged = forged.replace(b'"event_id":"0', b'"event_id":"1')
    files[layout.entry_name(11)] = forged
    files[layout.proof_name(11)] = files[layout.proof_name(10)].replace(b"x 10", b"x 11")
    texts = told(files, "disclosures.json")
    retold(files, "disclosures.json", **{"11": texts["10"]})
    retold(files, "manifest.json", positions=[4, 6, 7, 8, 9, 10, 11], disclosed=19)


def reorder(files: Files) -> None:
    one, other = layout.entry_name(6), layout.entry_name(7)
    files[one], files[other] = files[other], files[one]


def swap_texts(files: Files) -> None:
    texts = told(files, "disclosures.json")
    texts["8"], texts["10"] = texts["8"][:1] + texts["10"][:1], texts["8"][1:]
    files["disclosures.json"] = inventory.json_file(texts)


def turn_texts_round(files: Files) -> None:
    retold(files, "disclosures.json", **{"8": told(files, "disclosures.json")["8"][::-1]})


def alter_a_text(files: Files) -> None:
    texts = told(files, "disclosures.json")["8"]
    at = next(n for n, text in enumerate(texts) if b"watch" in urlsafe_b64decode(text + "=="))
    texts[at] = (
        b64encode(urlsafe_b64decode(texts[at] + "==").replace(b"watch", b"bribe"))
        .decode()
        .rstrip("=")
    )
    retold(files, "disclosures.json", **{"8": texts})


def add_a_text(files: Files) -> None:
    texts = told(files, "disclosures.json")["8"]
    retold(files, "disclosures.json", **{"8": [*texts, texts[0]]})


def text_of_nothing(files: Files) -> None:
    retold(files, "disclosures.json", **{"99": []})


def no_texts(files: Files) -> None:
    files["disclosures.json"] = b"[]"


def hide_a_text(files: Files) -> None:
    texts = told(files, "disclosures.json")["8"]
    retold(files, "disclosures.json", **{"8": [None, *texts[1:]]})


def alter_evidence(files: Files) -> None:
    files["evidence.json"] = files["evidence.json"].replace(b"Room 6", b"Room 7")


def alter_policies(files: Files) -> None:
    files["policies.json"] = files["policies.json"].replace(b"Nobody", b"Anybody")


def alter_head(files: Files) -> None:
    files["checkpoint"] = files["checkpoint"].replace(b"\n11\n", b"\n12\n")
    retold(files, "manifest.json", size=12)


def unsigned(files: Files) -> None:
    files["checkpoint"] = files["checkpoint"].partition(b"\n\n")[0] + b"\n"


def no_proof(files: Files) -> None:
    del files[layout.proof_name(8)]


def proof_of_another(files: Files) -> None:
    files[layout.proof_name(8)] = files[layout.proof_name(9)]


def proof_with_more(files: Files) -> None:
    proof = InclusionProof.parse(files[layout.proof_name(8)] + files["checkpoint"])
    files[layout.proof_name(8)] = bytes(
        InclusionProof(proof.index, proof.hashes, b"", extra=b"believe me")
    )


def stranger_key(files: Files) -> None:
    files["keys.txt"] += f"{Signer.generate(ORIGIN, ED25519).key}\n".encode()


def key_of_another_log(files: Files) -> None:
    signer = Signer.generate("example.org/other", ED25519)
    note = Note.parse(files["checkpoint"])
    files["checkpoint"] = bytes(note.signed([signer.sign(note.text, STARTED)]))
    files["keys.txt"] += f"{signer.key}\n".encode()


def junk_keys(files: Files) -> None:
    files["keys.txt"] = b"\xff\xfe not a key\n"


def entry_under_another_name(files: Files) -> None:
    files["entries/000000008.json"] = files.pop(layout.entry_name(8))


def not_an_entry(files: Files) -> None:
    files[layout.entry_name(8)] = b'{"event_id":"x"}'


def deep(files: Files) -> None:
    files[layout.entry_name(8)] = b"[" * 100_000


def twice_said(files: Files) -> None:
    name = layout.entry_name(8)
    files[name] = files[name].replace(b'"subject":"p-9"', b'"subject":"p-1","subject":"p-9"')


ATTACKS: list[tuple[Callable[[Files], None], Place, str]] = [
    (edit, (layout.entry_name(10), 10), "ProofFails"),
    (cut_short, (layout.entry_name(10), 10), "MalformedBundle"),
    (empty, (layout.entry_name(10), 10), "MalformedBundle"),
    (delete, (layout.entry_name(8), 8), "EntriesMissing"),
    (delete_what_it_rests_on, (layout.entry_name(8), 8), "EntriesMissing"),
    (delete_an_entry_but_not_its_proof, (layout.proof_name(7), None), "MalformedBundle"),
    (insert, (layout.entry_name(11), 11), "ProofFails"),
    (reorder, (layout.entry_name(6), 6), "ProofFails"),
    (swap_texts, ("disclosures.json", 8), "TextAltered"),
    (turn_texts_round, ("disclosures.json", 8), "TextAltered"),
    (alter_a_text, ("disclosures.json", 8), "TextAltered"),
    (add_a_text, ("disclosures.json", 8), "TextAltered"),
    (text_of_nothing, ("disclosures.json", None), "MalformedBundle"),
    (no_texts, ("disclosures.json", None), "MalformedBundle"),
    (hide_a_text, ("manifest.json", None), "ManifestDiffers"),
    (alter_evidence, ("evidence.json", None), "ManifestDiffers"),
    (alter_policies, ("policies.json", None), "ManifestDiffers"),
    (alter_head, ("checkpoint", None), "BadSignature"),
    (unsigned, ("checkpoint", None), "MalformedNote"),
    (no_proof, (layout.entry_name(8), 8), "MalformedBundle"),
    (proof_of_another, (layout.entry_name(8), 8), "ProofFails"),
    (proof_with_more, (layout.entry_name(8), 8), "ProofFails"),
    (stranger_key, ("keys.txt", None), "UnknownSigner"),
    (key_of_another_log, ("keys.txt", None), "UnknownSigner"),
    (junk_keys, ("keys.txt", None), "MalformedNote"),
    (entry_under_another_name, (None, None), "MalformedBundle"),
    (not_an_entry, (layout.entry_name(8), 8), "MalformedBundle"),
    (deep, (layout.entry_name(8), 8), "MalformedBundle"),
    (twice_said, (layout.entry_name(8), 8), "MalformedBundle"),
]


@pytest.mark.parametrize(
    ("attack", "place", "name"), ATTACKS, ids=[attack.__name__ for attack, _, _ in ATTACKS]
)
def test_an_attack_is_found_and_named(
    packed: Packed, attack: Callable[[Files], None], place: Place, name: str
) -> None:
    found = packed.wrong(repacked(packed.made.data, attack, relist=True))
    assert name in found[place]


@pytest.mark.parametrize(
    ("attack", "place"),
    [(attack, place) for attack, place, _ in ATTACKS],
    ids=[attack.__name__ for attack, _, _ in ATTACKS],
)
def test_a_clumsy_attack_shows_in_the_list_of_files_too(
    packed: Packed, attack: Callable[[Files], None], place: Place
) -> None:
    found = packed.wrong(repacked(packed.made.data, attack, relist=False))
    assert place in found
    if attack not in (hide_a_text,):
        assert {name for names in found.values() for name in names} & {
            "FileAltered",
            "MalformedBundle",
        }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("origin", "example.org/another"),
        ("size", 12),
        ("root", b64encode(bytes(32)).decode()),
        ("positions", [4, 6, 7, 8, 9]),
        ("others", []),
        ("disclosed", 17),
        ("disclosed", True),
        ("withheld", {}),
        ("withheld", {"title": 3, "recorded_by": -1}),
        ("withheld", {"title": "2"}),
        ("erased", {"conduct": 1}),
    ],
)
def test_a_manifest_that_says_otherwise_is_found(packed: Packed, field: str, value: Any) -> None:
    def lie(files: Files) -> None:
        retold(files, "manifest.json", **{field: value})

    found = packed.wrong(repacked(packed.made.data, lie, relist=False))
    assert found in (
        {("manifest.json", None): {"ManifestDiffers"}},
        {(None, None): {"MalformedBundle"}},
    )


@pytest.mark.parametrize("case", ["other", "house", "nowhere"])
def test_a_bundle_that_claims_to_be_of_another_case_is_found(packed: Packed, case: str) -> None:
    def lie(files: Files) -> None:
        retold(files, "manifest.json", case=case)

    assert packed.wrong(repacked(packed.made.data, lie, relist=True))


@pytest.mark.parametrize("name", layout.ALWAYS)
def test_a_file_that_is_missing_is_found(packed: Packed, name: str) -> None:
    def remove(files: Files) -> None:
        del files[name]

    found = packed.wrong(repacked(packed.made.data, remove, relist=name != "manifest.json"))
    place = (None, None) if name == "manifest.json" else (name, None)
    assert "MalformedBundle" in found[place]


@pytest.mark.parametrize("name", layout.ALWAYS)
def test_a_file_that_is_altered_is_found(packed: Packed, name: str) -> None:
    def spoil(files: Files) -> None:
        files[name] += b"\n\n"

    found = packed.wrong(repacked(packed.made.data, spoil, relist=False))
    # White space behind the manifest says nothing else.
    assert found == {} if name == "manifest.json" else "FileAltered" in found[name, None]


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"format":"answerable-bundle","version":2}',
        b'{"format":"answerable-bundle","version":1}',
        b'{"format":"answerable-bundle","format":"answerable-bundle","version":1}',
    ],
)
def test_a_manifest_that_is_none_is_refused(packed: Packed, manifest: bytes) -> None:
    def replace(files: Files) -> None:
        files["manifest.json"] = manifest

    data = repacked(packed.made.data, replace, relist=False)
    assert packed.wrong(data) == {(None, None): {"MalformedBundle"}}


def resigned(files: Files, *signers: Signer) -> None:
    """Another key signs the same head, and the bundle names it."""
    text = Note.parse(files["checkpoint"]).text
    files["checkpoint"] = bytes(Note(text, ()).signed(s.sign(text, STARTED) for s in signers))
    files["keys.txt"] = "".join(f"{signer.key}\n" for signer in signers).encode()


def test_another_key_is_found_by_whoever_knows_the_right_one(packed: Packed) -> None:
    forger = Signer.generate(ORIGIN, ED25519)
    forged = repacked(packed.made.data, lambda files: resigned(files, forger), relist=True)
    assert packed.wrong(forged) == {("checkpoint", None): {"UnknownSigner"}}


def test_without_a_key_a_forgery_passes_and_is_not_called_trusted(packed: Packed) -> None:
    forger = Signer.generate(ORIGIN, ED25519)
    forged = repacked(packed.made.data, lambda files: resigned(files, forger), relist=True)
    assert packed.wrong(forged, []) == {}
    assert not verify_bundle(forged, Trust([])).trusted


def test_a_signature_that_fits_no_more_is_found_without_a_key_too(packed: Packed) -> None:
    found = packed.wrong(repacked(packed.made.data, alter_head, relist=True), [])
    assert "BadSignature" in found["checkpoint", None]
    assert "BadSignature" in found["keys.txt", None]


def test_an_older_checkpoint_is_found(tmp_path: Path) -> None:
    ledger, signers = signed_ledger(tmp_path, STEPS[:9])
    keys = [signer.key for signer in signers]
    with ledger:
        old = make_bundle(ledger, "acme", Withheld()).data
        record(ledger, [{"case_id": "acme", "kind": "case-closed", "disposition": "sanctioned"}])
        sign_head(ledger, tmp_path, signers)
        new = make_bundle(ledger, "acme", Withheld()).data

    def swap(files: Files) -> None:
        files["checkpoint"] = zip_file.unpack(old)["checkpoint"]

    rolled = repacked(new, swap, relist=True)
    found = found_by_answerable(rolled, keys)
    assert found.keys() == found_by_stranger(rolled, keys, tmp_path)
    assert "ProofFails" in found[layout.entry_name(9), 9]
    assert ("manifest.json", None) in found
    # A bundle that was whole under the older head stays so: it says how far it reaches.
    assert found_by_answerable(old, keys) == {}
    assert verify_bundle(old, Trust(keys)).bundle.manifest["size"] == 9


def test_signatures_of_unknown_keys_are_passed_over_and_said(packed: Packed) -> None:
    witness = Signer.generate("witness.example", 4)

    def cosign(files: Files) -> None:
        note = Note.parse(files["checkpoint"])
        files["checkpoint"] = bytes(note.signed([witness.sign(note.text, STARTED)]))

    data = repacked(packed.made.data, cosign, relist=True)
    assert packed.wrong(data) == {}
    assert any(
        "witness.example" in each for each in verify_bundle(data, Trust(packed.keys)).unchecked
    )
    found = verify_bundle(data, Trust(packed.keys, [witness.key]))
    assert found.signed is not None
    assert found.signed.witnesses == {"witness.example": STARTED}


def test_another_verifier_or_readme_is_told_of(packed: Packed) -> None:
    def replace(files: Files) -> None:
        files["verify.py"] = b"print('All is well.')\n"

    found = verify_bundle(repacked(packed.made.data, replace, relist=True), Trust(packed.keys))
    assert found.verified
    assert any("verify.py" in each for each in found.unchecked)
