"""Evidence bundles: what is in one, what is withheld of it, and what is recorded of it."""

from __future__ import annotations

import ast
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from tests.support.bundles import (
    STARTED,
    Packed,
    everything_in,
    found_by_answerable,
    found_by_stranger,
    packed_case,
    record,
    sign_head,
    signed_ledger,
    told,
)
from tests.support.oracles import raw

from answerable.domain.kinds import FAMILY, model, sealed_fields
from answerable.domain.kinds.record import DisclosureMade
from answerable.domain.record import SEALED_BESIDE
from answerable.ledger.bundle import inventory, layout, zip_file
from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle.errors import NotNamed
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.bundle.writer import Withheld, given_away, make_bundle
from answerable.ledger.errors import NoCheckpoint, NotVerified
from answerable.ledger.given_away import MOST_EVENTS, disclosures
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.inclusion import InclusionProof
from answerable.ledger.tlog.inclusion import verify_entry_proof as check_proof
from answerable.ledger.tlog.trust import Trust


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


# What is in a bundle.


def test_a_bundle_holds_the_case_and_what_it_takes_to_read_it(packed: Packed) -> None:
    assert [event.position for event in packed.made.case] == [4, 6, 7, 8, 9, 10]
    # Who p-9 is, the policy, the correction of the name, and what the finding rests on.
    assert [event.position for event in packed.made.others] == [0, 2, 3, 5]
    assert "Someone Else" not in everything_in(packed.made.data).decode()


def test_a_bundle_passes_both_verifiers(packed: Packed) -> None:
    assert packed.wrong(packed.made.data) == {}
    found = verify_bundle(packed.made.data, Trust(packed.keys))
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
    files = zip_file.unpack(packed.made.data)
    for event in (*packed.made.case, *packed.made.others):
        entry = files[layout.entry_name(event.position)]
        assert entry == packed.ledger.entry(event.position)
        whole = files[layout.proof_name(event.position)] + files["checkpoint"]
        proof = InclusionProof.parse(whole)
        assert bytes(proof) == whole
        check_proof(proof, merkle.leaf_hash(entry), Trust(packed.keys))


def test_the_evidence_is_listed_with_who_kept_it_and_what_was_said_of_it(packed: Packed) -> None:
    (exhibit,) = json.loads(zip_file.unpack(packed.made.data)["evidence.json"])
    assert exhibit["location"] == "Room 5"
    assert exhibit["media_type"] == "application/pdf"
    (passed,) = exhibit["custody"]
    assert (passed["from"], passed["to"], passed["location"]) == ("p-9", "p-8", "Room 6")
    assert exhibit["amended_by"] == [packed.made.case[4].event_id]


def test_the_policies_are_listed(packed: Packed) -> None:
    (policy,) = json.loads(zip_file.unpack(packed.made.data)["policies.json"])
    assert (policy["policy"], policy["policy_version"]) == ("conduct", "1")
    assert policy["text"] == "Nobody takes gifts."


def test_the_same_ledger_makes_the_same_bytes(packed: Packed) -> None:
    assert make_bundle(packed.ledger, "acme", Withheld()).data == packed.made.data
    with Ledger.open(packed.ledger.path) as again:
        assert make_bundle(again, "acme", Withheld()).data == packed.made.data


def test_every_file_in_it_has_one_date_and_plain_rights(packed: Packed) -> None:
    with zipfile.ZipFile(BytesIO(packed.made.data)) as archive:
        members = archive.infolist()
    assert [member.filename for member in members] == sorted(member.filename for member in members)
    assert {member.date_time for member in members} == {zip_file.EPOCH}
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
    assert {member.external_attr for member in members} == {0o100644 << 16}


def test_the_readme_fits_a_terminal_and_names_the_keys(packed: Packed) -> None:
    readme = zip_file.unpack(packed.made.data)["README.txt"].decode()
    assert max(map(len, readme.splitlines())) <= 80
    for key in packed.keys:
        assert key.fingerprint in readme
    assert "does not prove" in readme.lower()


def test_the_verifier_inside_is_the_one_of_this_version(packed: Packed) -> None:
    inside = zip_file.unpack(packed.made.data)["verify.py"]
    assert inside == Path(stranger.__file__).read_bytes()
    assert b"import answerable" not in inside
    assert b"from answerable" not in inside


def test_the_verifier_inside_knows_every_field_that_refers_to_an_event() -> None:
    fields = {name for kind in FAMILY for name in model(kind).references}
    assert set(inventory.REFERENCES) == fields
    assert set(stranger.REFERENCES) == fields


# What is withheld.


def test_a_field_that_is_withheld_is_nowhere_in_the_bundle(packed: Packed) -> None:
    made = make_bundle(packed.ledger, "acme", Withheld(fields={"name", "recorded_by"}))
    inside = everything_in(made.data)
    for name in (b"Ravenscroft", b"Quill"):
        assert name not in inside
        assert name in everything_in(packed.made.data)
    assert made.withheld["name"] == 1
    assert made.withheld["sealed_fields"] == 1  # a correction of the name
    assert made.withheld["recorded_by"] == 10
    assert packed.wrong(made.data) == {}


def test_what_is_about_a_party_that_is_withheld_is_nowhere_in_the_bundle(packed: Packed) -> None:
    made = make_bundle(packed.ledger, "acme", Withheld(parties={"p-9"}))
    inside = everything_in(made.data)
    assert b"Ravenscroft" not in inside
    assert b"took a watch" not in inside
    assert b"Room 6" not in inside
    assert b"Gifts from a supplier" in inside
    assert packed.wrong(made.data) == {}


def test_everything_can_be_withheld(packed: Packed) -> None:
    made = make_bundle(packed.ledger, "acme", Withheld(everything=True))
    assert made.disclosed == 0
    assert set(told(zip_file.unpack(made.data), "disclosures.json")["8"]) == {None}
    assert packed.wrong(made.data) == {}


def test_a_party_that_nothing_is_about_is_not_withheld_silently(packed: Packed) -> None:
    with pytest.raises(NotNamed, match="p-10"):
        make_bundle(packed.ledger, "acme", Withheld(parties={"p-9", "p-10"}))


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
        made = make_bundle(ledger, "acme", Withheld(fields={"recorded_by"}))
        keys = [signer.key for signer in signers]
        assert made.erased["conduct"] == 1
        assert "conduct" not in made.withheld
        assert b"took a watch" not in everything_in(made.data)
        assert found_by_answerable(made.data, keys) == {}
        assert found_by_stranger(made.data, keys, tmp_path) == set()


def test_every_sealed_field_can_be_named() -> None:
    assert {"recorded_by", "signature", "name", "conduct", "sources"} <= sealed_fields()
    assert "subject" not in sealed_fields()
    assert sealed_fields() >= SEALED_BESIDE


# What cannot be packed.


def test_what_is_under_no_checkpoint_is_not_packed(tmp_path: Path) -> None:
    ledger, signers = signed_ledger(tmp_path, sign=False)
    with ledger:
        with pytest.raises(NoCheckpoint):
            make_bundle(ledger, "acme", Withheld())
        sign_head(ledger, tmp_path, signers)
        record(ledger, [{"case_id": "late", "kind": "case-opened", "title": "Late"}])
        with pytest.raises(NoCheckpoint, match="late"):
            make_bundle(ledger, "late", Withheld())
        record(ledger, [{"case_id": "acme", "kind": "case-closed", "disposition": "sanctioned"}])
        made = make_bundle(ledger, "acme", Withheld())
        assert made.later == 1
        assert len(made.case) == 6


@pytest.mark.parametrize("seconds", range(-1, 12 * 60, 60))
def test_what_was_not_known_by_then_is_not_packed(packed: Packed, seconds: int) -> None:
    """Of every moment: what was recorded up to it, and nothing that came later."""
    moment = STARTED + timedelta(seconds=seconds)
    own = [4, 6, 7, 8, 9, 10]
    known = [at for at in own if STARTED + timedelta(minutes=at) <= moment]
    if not known:
        with pytest.raises(NoCheckpoint):
            make_bundle(packed.ledger, "acme", Withheld(), known_by=moment)
        return
    made = make_bundle(packed.ledger, "acme", Withheld(), known_by=moment)
    assert [event.position for event in made.case] == known
    assert all(STARTED + timedelta(minutes=each.position) <= moment for each in made.others)
    assert packed.wrong(made.data) == {}
    assert made.later == 0


def test_a_damaged_ledger_makes_no_bundle(tmp_path: Path) -> None:
    ledger, _ = signed_ledger(tmp_path)
    with ledger:
        with raw(ledger.path, guarded=False) as hand:
            hand.execute(
                "UPDATE stored_events SET state = "
                "CAST(replace(state, 'written-warning', 'dismissal') AS BLOB) WHERE rowid = 11"
            )
        with pytest.raises(NotVerified, match="entries/00000010"):
            make_bundle(ledger, "acme", Withheld())


# What is recorded of it.


def test_a_disclosure_tells_what_left_the_house(packed: Packed) -> None:
    made = make_bundle(packed.ledger, "acme", Withheld(fields={"name"}))
    (event,) = disclosures(
        given_away(made),
        to=None,
        recipient="the court",
        legal_basis="zpo § 142",
        occurred="2026-02-02",
    )
    assert isinstance(event, DisclosureMade)
    assert len(event.events) == 10
    assert event.withheld == ("name", "recorded_by", "sealed_fields", "title")
    assert event.sources[0].digest == f"sha256:{sha256(made.data).hexdigest()}"
    assert event.recipient == "the court"


def test_a_long_disclosure_takes_several_events(packed: Packed) -> None:
    many = packed.made._replace(case=[packed.made.case[0]] * (MOST_EVENTS + 5), others=())
    first, second = disclosures(
        given_away(many), to="p-9", recipient=None, legal_basis="x", occurred="2026-02-02"
    )
    assert isinstance(first, DisclosureMade)
    assert isinstance(second, DisclosureMade)
    assert (len(first.events), len(second.events)) == (MOST_EVENTS, 5)


def test_the_verifier_inside_is_written_for_older_pythons() -> None:
    ast.parse(Path(stranger.__file__).read_bytes(), feature_version=(3, 9))
