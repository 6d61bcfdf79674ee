"""Evidence bundles: what is in one, and that every attack on one is found, by both verifiers."""

from __future__ import annotations

import ast
import json
import warnings
import zipfile
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.bundled import (
    STARTED,
    STEPS,
    everything_in,
    found_by_answerable,
    found_by_stranger,
    record,
    repacked,
    sign_head,
    signed_ledger,
)
from tests.signed import ORIGIN

from answerable.domain.kinds import FAMILY, model
from answerable.domain.kinds.record import DisclosureMade
from answerable.ledger import archives, bundles, exhibits, merkle, stranger
from answerable.ledger.bundling import (
    MOST_EVENTS,
    Made,
    Withheld,
    bundle,
    disclosures,
    sealed_fields,
)
from answerable.ledger.errors import MalformedBundle, NoCheckpoint, NotNamed, NotVerified
from answerable.ledger.ledger import Ledger
from answerable.ledger.notes import ED25519, Note, VerifierKey
from answerable.ledger.proofs import InclusionProof
from answerable.ledger.proofs import check as check_proof
from answerable.ledger.signatures import Signer
from answerable.ledger.trust import Trust
from answerable.ledger.vetting import check

Files = dict[str, bytes]


class Packed(NamedTuple):
    """A ledger, its keys, and the bundle of its case."""

    folder: Path
    ledger: Ledger
    signers: list[Signer]
    made: Made

    @property
    def keys(self) -> list[VerifierKey]:
        return [signer.key for signer in self.signers]

    def wrong(self, data: bytes, keys: list[VerifierKey] | None = None) -> dict[Any, set[str]]:
        """What is wrong with a bundle, after making sure that both verifiers say so."""
        given = self.keys if keys is None else keys
        found = found_by_answerable(data, given)
        assert found_by_stranger(data, given, self.folder) == found.keys()
        return found


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    folder = tmp_path_factory.mktemp("bundle")
    ledger, signers = signed_ledger(folder)
    with ledger:
        yield Packed(folder, ledger, signers, bundle(ledger, "acme", Withheld()))


def told(files: Files, name: str) -> Any:
    return json.loads(files[name])


def retold(files: Files, name: str, **changes: Any) -> None:
    files[name] = exhibits.written({**told(files, name), **changes})


# What is in a bundle.


def test_a_bundle_holds_the_case_and_what_it_takes_to_read_it(packed: Packed) -> None:
    assert [event.position for event in packed.made.case] == [4, 6, 7, 8, 9, 10]
    # Who p-9 is, the policy, the correction of the name, and what the finding rests on.
    assert [event.position for event in packed.made.others] == [0, 2, 3, 5]
    assert "Someone Else" not in everything_in(packed.made.data).decode()


def test_a_bundle_passes_both_verifiers(packed: Packed) -> None:
    assert packed.wrong(packed.made.data) == {}
    found = check(packed.made.data, Trust(packed.keys))
    assert found.verified
    assert found.trusted
    assert found.signed is not None
    assert list(found.signed.signers) == packed.keys
    assert found.texts[8]["conduct"] == "took a watch"


def test_texts_of_other_cases_stay_shut(packed: Packed) -> None:
    inside = everything_in(packed.made.data).decode()
    assert "Not to be told" not in inside
    assert "Jane Ravenscroft" in inside
    assert packed.made.withheld == {"recorded_by": 1, "title": 1}


def test_each_entry_and_each_proof_are_what_other_tools_read(packed: Packed) -> None:
    files = archives.unpacked(packed.made.data)
    for event in (*packed.made.case, *packed.made.others):
        entry = files[bundles.entry_name(event.position)]
        assert entry == packed.ledger.entry(event.position)
        whole = files[bundles.proof_name(event.position)] + files["checkpoint"]
        proof = InclusionProof.parse(whole)
        assert bytes(proof) == whole
        check_proof(proof, merkle.leaf_hash(entry), Trust(packed.keys))


def test_the_evidence_is_listed_with_who_kept_it_and_what_was_said_of_it(packed: Packed) -> None:
    (exhibit,) = json.loads(archives.unpacked(packed.made.data)["evidence.json"])
    assert exhibit["location"] == "Room 5"
    assert exhibit["media_type"] == "application/pdf"
    (passed,) = exhibit["custody"]
    assert (passed["from"], passed["to"], passed["location"]) == ("p-9", "p-8", "Room 6")
    assert exhibit["amended_by"] == [packed.made.case[4].event_id]


def test_the_policies_are_listed(packed: Packed) -> None:
    (policy,) = json.loads(archives.unpacked(packed.made.data)["policies.json"])
    assert (policy["policy"], policy["policy_version"]) == ("conduct", "1")
    assert policy["text"] == "Nobody takes gifts."


def test_the_same_ledger_makes_the_same_bytes(packed: Packed) -> None:
    assert bundle(packed.ledger, "acme", Withheld()).data == packed.made.data
    with Ledger.open(packed.ledger.path) as again:
        assert bundle(again, "acme", Withheld()).data == packed.made.data


def test_every_file_in_it_has_one_date_and_plain_rights(packed: Packed) -> None:
    with zipfile.ZipFile(BytesIO(packed.made.data)) as archive:
        members = archive.infolist()
    assert [member.filename for member in members] == sorted(member.filename for member in members)
    assert {member.date_time for member in members} == {archives.EPOCH}
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
    assert {member.external_attr for member in members} == {0o100644 << 16}


def test_the_readme_fits_a_terminal_and_names_the_keys(packed: Packed) -> None:
    readme = archives.unpacked(packed.made.data)["README.txt"].decode()
    assert max(map(len, readme.splitlines())) <= 80
    for key in packed.keys:
        assert key.fingerprint in readme
    assert "does not prove" in readme.lower()


def test_the_verifier_inside_is_the_one_of_this_version(packed: Packed) -> None:
    inside = archives.unpacked(packed.made.data)["verify.py"]
    assert inside == Path(stranger.__file__).read_bytes()
    assert b"import answerable" not in inside
    assert b"from answerable" not in inside


def test_the_verifier_inside_knows_every_field_that_refers_to_an_event() -> None:
    fields = {name for kind in FAMILY for name in model(kind).references}
    assert set(exhibits.REFERENCES) == fields
    assert set(stranger.REFERENCES) == fields


# What is withheld.


def test_a_field_that_is_withheld_is_nowhere_in_the_bundle(packed: Packed) -> None:
    made = bundle(packed.ledger, "acme", Withheld(fields={"name", "recorded_by"}))
    inside = everything_in(made.data)
    for name in (b"Ravenscroft", b"Quill"):
        assert name not in inside
        assert name in everything_in(packed.made.data)
    assert made.withheld["name"] == 1
    assert made.withheld["sealed_fields"] == 1  # a correction of the name
    assert made.withheld["recorded_by"] == 10
    assert packed.wrong(made.data) == {}


def test_what_is_about_a_party_that_is_withheld_is_nowhere_in_the_bundle(packed: Packed) -> None:
    made = bundle(packed.ledger, "acme", Withheld(parties={"p-9"}))
    inside = everything_in(made.data)
    assert b"Ravenscroft" not in inside
    assert b"took a watch" not in inside
    assert b"Room 6" not in inside
    assert b"Gifts from a supplier" in inside
    assert packed.wrong(made.data) == {}


def test_everything_can_be_withheld(packed: Packed) -> None:
    made = bundle(packed.ledger, "acme", Withheld(everything=True))
    assert made.disclosed == 0
    assert set(told(archives.unpacked(made.data), "disclosures.json")["8"]) == {None}
    assert packed.wrong(made.data) == {}


def test_a_party_that_nothing_is_about_is_not_withheld_silently(packed: Packed) -> None:
    with pytest.raises(NotNamed, match="p-10"):
        bundle(packed.ledger, "acme", Withheld(parties={"p-9", "p-10"}))


def test_a_text_that_was_erased_is_counted_and_the_rest_holds(tmp_path: Path) -> None:
    ledger, signers = signed_ledger(tmp_path, sign=False)
    erasing = {
        "case_id": "acme",
        "kind": "personal-data-erased",
        "subject": "p-9",
        "legal_basis": "gdpr art. 17(1)(a)",
    }
    with ledger:
        record(ledger, [erasing])
        sign_head(ledger, tmp_path, signers)
        made = bundle(ledger, "acme", Withheld(fields={"recorded_by"}))
        keys = [signer.key for signer in signers]
        assert made.erased["conduct"] == 1
        assert "conduct" not in made.withheld
        assert b"took a watch" not in everything_in(made.data)
        assert found_by_answerable(made.data, keys) == {}
        assert found_by_stranger(made.data, keys, tmp_path) == set()


def test_every_sealed_field_can_be_named() -> None:
    assert {"recorded_by", "signature", "name", "conduct", "sources"} <= sealed_fields()
    assert "subject" not in sealed_fields()


# What cannot be packed.


def test_what_is_under_no_checkpoint_is_not_packed(tmp_path: Path) -> None:
    ledger, signers = signed_ledger(tmp_path, sign=False)
    with ledger:
        with pytest.raises(NoCheckpoint):
            bundle(ledger, "acme", Withheld())
        sign_head(ledger, tmp_path, signers)
        record(ledger, [{"case_id": "late", "kind": "case-opened", "title": "Late"}])
        with pytest.raises(NoCheckpoint, match="late"):
            bundle(ledger, "late", Withheld())
        record(ledger, [{"case_id": "acme", "kind": "case-closed", "disposition": "sanctioned"}])
        made = bundle(ledger, "acme", Withheld())
        assert made.later == 1
        assert len(made.case) == 6


def test_a_damaged_ledger_makes_no_bundle(tmp_path: Path) -> None:
    ledger, _ = signed_ledger(tmp_path)
    with ledger:
        with ledger.writing() as cursor:
            cursor.execute("DROP TRIGGER events_are_not_changed")
            cursor.execute(
                "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), "
                "'written-warning', 'dismissal') AS BLOB) WHERE rowid = 11"
            )
        with pytest.raises(NotVerified, match="entries/00000010"):
            bundle(ledger, "acme", Withheld())


# What is recorded of it.


def test_a_disclosure_tells_what_left_the_house(packed: Packed) -> None:
    made = bundle(packed.ledger, "acme", Withheld(fields={"name"}))
    (event,) = disclosures(
        made, to=None, recipient="the court", legal_basis="zpo § 142", occurred="2026-02-02"
    )
    assert isinstance(event, DisclosureMade)
    assert len(event.events) == 10
    assert event.withheld == ("name", "recorded_by", "sealed_fields", "title")
    assert event.sources[0].digest == f"sha256:{sha256(made.data).hexdigest()}"
    assert event.recipient == "the court"


def test_a_long_disclosure_takes_several_events(packed: Packed) -> None:
    many = packed.made._replace(case=[packed.made.case[0]] * (MOST_EVENTS + 5), others=())
    first, second = disclosures(
        many, to="p-9", recipient=None, legal_basis="x", occurred="2026-02-02"
    )
    assert isinstance(first, DisclosureMade)
    assert isinstance(second, DisclosureMade)
    assert (len(first.events), len(second.events)) == (MOST_EVENTS, 5)


# Attacks. The attacker knows the format, and mends the manifest's list of files.


def edit(files: Files) -> None:
    name = bundles.entry_name(10)
    files[name] = files[name].replace(b"written-warning", b"dismissal")


def cut_short(files: Files) -> None:
    files[bundles.entry_name(10)] = files[bundles.entry_name(10)][:-9]


def empty(files: Files) -> None:
    files[bundles.entry_name(10)] = b""


def delete(files: Files) -> None:
    """The transfer of custody never was."""
    del files[bundles.entry_name(7)], files[bundles.proof_name(7)]
    texts = told(files, "disclosures.json")
    opened = sum(text is not None for text in texts.pop("7"))
    files["disclosures.json"] = exhibits.written(texts)
    manifest = told(files, "manifest.json")
    retold(
        files,
        "manifest.json",
        positions=[4, 6, 8, 9, 10],
        disclosed=manifest["disclosed"] - opened,
    )
    (exhibit,) = told(files, "evidence.json")
    files["evidence.json"] = exhibits.written([{**exhibit, "custody": []}])


def delete_what_it_rests_on(files: Files) -> None:
    del files[bundles.entry_name(5)], files[bundles.proof_name(5)]
    texts = told(files, "disclosures.json")
    del texts["5"]
    files["disclosures.json"] = exhibits.written(texts)
    retold(files, "manifest.json", others=[0, 2, 3], withheld={})


def delete_an_entry_but_not_its_proof(files: Files) -> None:
    delete(files)
    files[bundles.proof_name(7)] = files[bundles.proof_name(6)]


def insert(files: Files) -> None:
    forged = files[bundles.entry_name(10)].replace(b'"version":6', b'"version":7')
    files[bundles.entry_name(11)] = forged
    files[bundles.proof_name(11)] = files[bundles.proof_name(10)].replace(b"x 10", b"x 11")
    texts = told(files, "disclosures.json")
    retold(files, "disclosures.json", **{"11": texts["10"]})
    retold(files, "manifest.json", positions=[4, 6, 7, 8, 9, 10, 11], disclosed=19)


def reorder(files: Files) -> None:
    one, other = bundles.entry_name(6), bundles.entry_name(7)
    files[one], files[other] = files[other], files[one]


def swap_texts(files: Files) -> None:
    texts = told(files, "disclosures.json")
    texts["8"], texts["10"] = texts["8"][:1] + texts["10"][:1], texts["8"][1:]
    files["disclosures.json"] = exhibits.written(texts)


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
    del files[bundles.proof_name(8)]


def proof_of_another(files: Files) -> None:
    files[bundles.proof_name(8)] = files[bundles.proof_name(9)]


def proof_with_more(files: Files) -> None:
    proof = InclusionProof.parse(files[bundles.proof_name(8)] + files["checkpoint"])
    files[bundles.proof_name(8)] = bytes(
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
    files["entries/000000008.json"] = files.pop(bundles.entry_name(8))


def not_an_entry(files: Files) -> None:
    files[bundles.entry_name(8)] = b'{"event_id":"x"}'


def deep(files: Files) -> None:
    files[bundles.entry_name(8)] = b"[" * 100_000


def twice_said(files: Files) -> None:
    name = bundles.entry_name(8)
    files[name] = files[name].replace(b'"subject":"p-9"', b'"subject":"p-1","subject":"p-9"')


ATTACKS: list[tuple[Callable[[Files], None], tuple[str, int | None], str]] = [
    (edit, (bundles.entry_name(10), 10), "ProofFails"),
    (cut_short, (bundles.entry_name(10), 10), "MalformedBundle"),
    (empty, (bundles.entry_name(10), 10), "MalformedBundle"),
    (delete, (bundles.entry_name(8), 8), "EntriesMissing"),
    (delete_what_it_rests_on, (bundles.entry_name(8), 8), "EntriesMissing"),
    (delete_an_entry_but_not_its_proof, (bundles.proof_name(7), None), "MalformedBundle"),
    (insert, (bundles.entry_name(11), 11), "ProofFails"),
    (reorder, (bundles.entry_name(6), 6), "ProofFails"),
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
    (no_proof, (bundles.entry_name(8), 8), "MalformedBundle"),
    (proof_of_another, (bundles.entry_name(8), 8), "ProofFails"),
    (proof_with_more, (bundles.entry_name(8), 8), "ProofFails"),
    (stranger_key, ("keys.txt", None), "UnknownSigner"),
    (key_of_another_log, ("keys.txt", None), "UnknownSigner"),
    (junk_keys, ("keys.txt", None), "MalformedNote"),
    (entry_under_another_name, (bundles.entry_name(8), 8), "MalformedBundle"),
    (not_an_entry, (bundles.entry_name(8), 8), "MalformedBundle"),
    (deep, (bundles.entry_name(8), 8), "MalformedBundle"),
    (twice_said, (bundles.entry_name(8), 8), "MalformedBundle"),
]


@pytest.mark.parametrize(
    ("attack", "place", "name"), ATTACKS, ids=[attack.__name__ for attack, _, _ in ATTACKS]
)
def test_an_attack_is_found_and_named(
    packed: Packed, attack: Callable[[Files], None], place: tuple[str, int | None], name: str
) -> None:
    found = packed.wrong(repacked(packed.made.data, attack, relist=True))
    assert name in found[place]


@pytest.mark.parametrize(
    ("attack", "place"),
    [(attack, place) for attack, place, _ in ATTACKS],
    ids=[attack.__name__ for attack, _, _ in ATTACKS],
)
def test_a_clumsy_attack_shows_in_the_list_of_files_too(
    packed: Packed, attack: Callable[[Files], None], place: tuple[str, int | None]
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


@pytest.mark.parametrize("name", bundles.ALWAYS)
def test_a_file_that_is_missing_is_found(packed: Packed, name: str) -> None:
    def remove(files: Files) -> None:
        del files[name]

    found = packed.wrong(repacked(packed.made.data, remove, relist=name != "manifest.json"))
    place = (None, None) if name == "manifest.json" else (name, None)
    assert "MalformedBundle" in found[place]


@pytest.mark.parametrize("name", bundles.ALWAYS)
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
    assert not check(forged, Trust([])).trusted


def test_a_signature_that_fits_no_more_is_found_without_a_key_too(packed: Packed) -> None:
    found = packed.wrong(repacked(packed.made.data, alter_head, relist=True), [])
    assert "BadSignature" in found["checkpoint", None]
    assert "BadSignature" in found["keys.txt", None]


def test_an_older_checkpoint_is_found(tmp_path: Path) -> None:
    ledger, signers = signed_ledger(tmp_path, STEPS[:9])
    keys = [signer.key for signer in signers]
    with ledger:
        old = bundle(ledger, "acme", Withheld()).data
        record(ledger, [{"case_id": "acme", "kind": "case-closed", "disposition": "sanctioned"}])
        sign_head(ledger, tmp_path, signers)
        new = bundle(ledger, "acme", Withheld()).data

    def swap(files: Files) -> None:
        files["checkpoint"] = archives.unpacked(old)["checkpoint"]

    rolled = repacked(new, swap, relist=True)
    found = found_by_answerable(rolled, keys)
    assert found.keys() == found_by_stranger(rolled, keys, tmp_path)
    assert "ProofFails" in found[bundles.entry_name(9), 9]
    assert ("manifest.json", None) in found
    # A bundle that was whole under the older head stays so: it says how far it reaches.
    assert found_by_answerable(old, keys) == {}
    assert check(old, Trust(keys)).bundle.manifest["size"] == 9


def test_signatures_of_unknown_keys_are_passed_over_and_said(packed: Packed) -> None:
    witness = Signer.generate("witness.example", 4)

    def cosign(files: Files) -> None:
        note = Note.parse(files["checkpoint"])
        files["checkpoint"] = bytes(note.signed([witness.sign(note.text, STARTED)]))

    data = repacked(packed.made.data, cosign, relist=True)
    assert packed.wrong(data) == {}
    assert any("witness.example" in each for each in check(data, Trust(packed.keys)).unchecked)
    found = check(data, Trust(packed.keys, [witness.key]))
    assert found.signed is not None
    assert found.signed.witnesses == {"witness.example": STARTED}


def test_another_verifier_or_readme_is_told_of(packed: Packed) -> None:
    def replace(files: Files) -> None:
        files["verify.py"] = b"print('All is well.')\n"

    found = check(repacked(packed.made.data, replace, relist=True), Trust(packed.keys))
    assert found.verified
    assert any("verify.py" in each for each in found.unchecked)


# Zips that are not what they should be.


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def members(packed: Packed) -> list[tuple[str, bytes]]:
    return list(archives.unpacked(packed.made.data).items())


NOTHING = {(None, None): {"MalformedBundle"}}


def test_a_bundle_that_was_packed_again_passes_and_that_is_said(packed: Packed) -> None:
    data = zipped(*reversed(members(packed)), method=zipfile.ZIP_DEFLATED)
    assert packed.wrong(data) == {}
    assert any("packed again" in each for each in check(data, Trust(packed.keys)).unchecked)


@pytest.mark.parametrize(
    "name",
    [
        "checkpoint",
        "../evil.json",
        "/etc/passwd",
        "entries/../../evil.json",
        "entries\\00000001.json",
        "entries/",
        "C:evil",
        "",
        "manifest.json\x00.txt",
        "README.TXT",
        "entries/1.json",
        "entries/0000000٣.json",
        "timestamps/0.tst",
        "x" * 60_000,
    ],
)
def test_a_file_twice_or_of_a_strange_name_is_refused(packed: Packed, name: str) -> None:
    assert packed.wrong(zipped(*members(packed), (name, b"x"))) == NOTHING


def test_a_zip_bomb_is_refused_before_it_goes_off(
    packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = zipped(*members(packed), ("timestamps/1.tst", bytes(5_000_000)), method=8)
    assert len(bomb) < 200_000
    monkeypatch.setattr(archives, "LARGEST", 1_000_000)
    monkeypatch.setattr(stranger, "LARGEST", 1_000_000)
    assert packed.wrong(bomb) == NOTHING
    assert packed.wrong(packed.made.data) == {}
    place = packed.folder / "large.zip"
    place.write_bytes(packed.made.data + bytes(1_000_000))
    with pytest.raises(MalformedBundle, match="larger"):
        archives.read(place)


def test_a_zip_of_too_many_files_is_refused(
    packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 20)
    monkeypatch.setattr(stranger, "MOST_FILES", 20)
    assert packed.wrong(packed.made.data) == NOTHING


def test_a_zip_bomb_that_lies_of_its_size_is_refused(packed: Packed) -> None:
    bomb = zipped(*members(packed), ("timestamps/1.tst", bytes(5_000_000)), method=8)
    size = (5_000_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert packed.wrong(bomb.replace(size, (10).to_bytes(4, "little"))) == NOTHING


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_refused(packed: Packed, method: int) -> None:
    assert packed.wrong(zipped(*members(packed), method=method)) == NOTHING


def test_an_encrypted_file_is_refused(packed: Packed) -> None:
    data = bytearray(packed.made.data)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert packed.wrong(bytes(data)) == NOTHING


@pytest.mark.parametrize("end", [0, 1, 21, 22, 100, 25_000, -10_000, -30, -22, -1])
def test_a_zip_that_was_cut_short_is_refused(packed: Packed, end: int) -> None:
    assert packed.wrong(packed.made.data[:end]) == NOTHING


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"\0" * 9_999, b"{}"])
def test_junk_is_refused(packed: Packed, data: bytes) -> None:
    assert packed.wrong(data) == NOTHING


def test_the_verifier_inside_is_written_for_older_pythons() -> None:
    ast.parse(Path(stranger.__file__).read_bytes(), feature_version=(3, 9))
