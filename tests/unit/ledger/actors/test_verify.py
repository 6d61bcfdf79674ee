"""What actors sign: at append, in the record, under attack, and what policies demand."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import from_json, to_json
from tests.support.openssh import Key
from tests.support.oracles import contents, event_id, raw

from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.event import Event
from answerable.domain.kinds import FAMILY, model
from answerable.domain.parsing import parse
from answerable.domain.record import LEDGERS_OWN
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.errors import SignatureRefused
from answerable.ledger.actors.prepared import Prepared
from answerable.ledger.actors.sshsig import SshSignature
from answerable.ledger.actors.verify import (
    SignatureReport,
    check_signature,
    check_signatures,
    unsigned_though_required,
)
from answerable.ledger.entry.disclosure import commitment, disclosure_text, open_disclosure
from answerable.ledger.entry.statement import statement
from answerable.ledger.errors import NotVerified
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.errors import CaseMoved, DuplicateId
from answerable.ledger.transfer import export
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.record import verify_record

JANE = "Jane Doe <jane@example.com>"
KEY = Key.generate("ssh-ed25519")
OTHER = Key.generate("ecdsa-sha2-nistp256")
ALLOWED = f"""
jane@example.com namespaces="answerable",valid-before="20260701Z" {KEY.line}
bob@example.com {OTHER.line}
p-7k2m {KEY.line}
"""
SIGNERS = AllowedSigners.parse(ALLOWED.encode())
START = datetime(2026, 6, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db", clock=clock) as made:
        yield made


def step(number: int, kind: str = "contact-made", **fields: Any) -> Event:
    told = {"counterparty": f"p-{number}", "purpose": f"talk {number}"}
    return parse(
        {"kind": kind, "case_id": "acme", "event_id": event_id(number),
         **(told if kind == "contact-made" else {}), **fields}
    )  # fmt: skip


def sign(ledger: Ledger, event: Event, key: Key = KEY, who: str = JANE, **options: Any) -> int:
    prepared = ledger.prepare(event, recorded_by=who)
    signature = key.sign(prepared.statement, **options)
    return ledger.append_prepared(prepared, signature, SIGNERS).position


def refused(ledger: Ledger, prepared: Prepared, signature: str) -> str:
    before = contents(ledger.path)
    with pytest.raises(SignatureRefused) as refusal:
        ledger.append_prepared(prepared, signature, SIGNERS)
    assert refusal.value.exit_code == 3
    assert contents(ledger.path) == before
    return refusal.value.message


def problems(ledger: Ledger, signers: AllowedSigners | None = SIGNERS) -> dict[int | None, str]:
    return {each.position: each.what for each in check_signatures(ledger, signers).problems}


def counts(ledger: Ledger, signers: AllowedSigners | None = SIGNERS) -> SignatureReport:
    found = check_signatures(ledger, signers)
    assert not found.problems
    return found


class TestAtAppend:
    def test_the_statement_is_the_entry_without_what_the_ledger_adds(self, ledger: Ledger) -> None:
        prepared = ledger.prepare(step(1), recorded_by=JANE)
        position = sign(ledger, step(1))
        entry = ledger.entry(position) or b""
        texts = ledger.disclosures(position)
        (own,) = (each for each in texts if open_disclosure(each)[0] == "signature")
        told = json.loads(statement(entry, commitment(own)))
        whole = json.loads(entry)
        assert told.pop("_sd") == [
            each for each in whole["_sd"] if each != commitment(own).decode()
        ]
        del whole["version"], whole["recorded_at"], whole["_sd"]
        assert told == whole
        assert b"recorded_at" not in prepared.statement
        assert b"talk 1" not in prepared.statement
        assert verify_record(ledger).verified
        assert counts(ledger) == (1, 0, 0, 0, 0, ())

    def test_a_prepared_event_waits_in_a_file(self, ledger: Ledger) -> None:
        written = bytes(ledger.prepare(step(1), recorded_by=JANE))
        sign(ledger, step(2))
        prepared = Prepared.parse(written)
        assert bytes(prepared) == written
        receipt = ledger.append_prepared(prepared, KEY.sign(prepared.statement), SIGNERS)
        assert (receipt.position, receipt.version) == (1, 2)
        opened = ledger.opened([1])[1].fields
        assert (opened["purpose"], opened["recorded_by"]) == ("talk 1", JANE)
        assert SshSignature.parse(opened["signature"]).key.blob == KEY.blob

    def test_an_event_without_an_id_is_given_one(self, ledger: Ledger) -> None:
        event = step(1).model_copy(update={"event_id": None})
        prepared = ledger.prepare(event, recorded_by=JANE)
        assert prepared.event.event_id is not None
        receipt = ledger.append_prepared(prepared, KEY.sign(prepared.statement), SIGNERS)
        assert receipt.event_id == prepared.event.event_id

    def test_a_correction_is_settled_before_it_is_signed(self, ledger: Ledger) -> None:
        sign(ledger, step(1))
        correction = step(
            2,
            "correction",
            target=event_id(1),
            fields={"purpose": "another talk", "counterparty": "p-9", "occurred": None},
        )
        prepared = Prepared.parse(bytes(ledger.prepare(correction, recorded_by=JANE)))
        assert b"another talk" not in prepared.statement
        assert b'"occurred":null' in prepared.statement
        receipt = ledger.append_prepared(prepared, KEY.sign(prepared.statement), SIGNERS)
        opened = ledger.opened([receipt.position])[receipt.position].fields
        assert opened["sealed_fields"] == {"purpose": "another talk"}
        assert counts(ledger).signed == 2

    @pytest.mark.parametrize(
        ("make", "why"),
        [
            (lambda said: KEY.sign(said + b" "), "did not sign this"),
            (lambda said: KEY.sign(said, namespace="file"), "was made for 'file'"),
            (lambda said: OTHER.sign(said), "may not sign for jane@example.com: no line allows"),
            (lambda _: "", "not an OpenSSH signature"),
            (lambda _: "x" * 1_000_000, "not an OpenSSH signature"),
        ],
    )
    def test_a_signature_that_is_not_good_is_refused(
        self, ledger: Ledger, make: Callable[[bytes], str], why: str
    ) -> None:
        prepared = ledger.prepare(step(1), recorded_by=JANE)
        message = refused(ledger, prepared, make(prepared.statement))
        assert why in message
        assert message.endswith("Nothing is recorded.")

    def test_a_key_is_judged_at_the_time_of_recording(self, ledger: Ledger, clock: Clock) -> None:
        sign(ledger, step(1))
        clock.now = datetime(2026, 7, 1, 0, 0, 1, tzinfo=UTC)
        prepared = ledger.prepare(step(2), recorded_by=JANE)
        assert "no longer valid" in refused(ledger, prepared, KEY.sign(prepared.statement))
        clock.now = datetime(2036, 1, 1, tzinfo=UTC)
        assert counts(ledger).signed == 1

    def test_a_signature_for_another_event_is_refused(self, ledger: Ledger) -> None:
        first = ledger.prepare(step(1), recorded_by=JANE)
        for other in (
            ledger.prepare(step(2), recorded_by=JANE),
            ledger.prepare(step(1), recorded_by=JANE),
            ledger.prepare(step(1), recorded_by="p-7k2m"),
            ledger.prepare(step(1, standing="verified"), recorded_by=JANE),
        ):
            assert "did not sign this" in refused(ledger, other, KEY.sign(first.statement))

    def test_an_altered_file_is_refused(self, ledger: Ledger) -> None:
        told = json.loads(bytes(ledger.prepare(step(1), recorded_by=JANE)))
        changes: list[dict[str, Any]] = [
            {"recorded_by": "Bob <bob@example.com>"},
            {"event": {**told["event"], "purpose": "another"}},
            {"event": {name: each for name, each in told["event"].items() if name != "purpose"}},
            {"event": {name: each for name, each in told["event"].items() if name != "event_id"}},
            {"event": {**told["event"], "signature": "x"}},
            {"disclosures": told["disclosures"][::-1]},
            {"disclosures": []},
            {"disclosures": ["", "x"]},
            {"disclosures": None},
            {"more": 1},
        ]
        for change in changes:
            with pytest.raises(InvalidEvent):
                Prepared.parse(json.dumps({**told, **change}).encode())
        for text in (b"", b"{}", b"[]", b"\xff", bytes(100)):
            with pytest.raises(InvalidEvent):
                Prepared.parse(text)

    def test_what_is_impossible_is_refused_before_and_after_it_is_signed(
        self, ledger: Ledger
    ) -> None:
        with pytest.raises(Refused, match="there is no event"):
            ledger.prepare(step(1, "retraction", target=event_id(9)), recorded_by=JANE)
        prepared = ledger.prepare(step(1), recorded_by=JANE)
        signature = KEY.sign(prepared.statement)
        ledger.append(step(2), recorded_by=JANE)
        with pytest.raises(CaseMoved):
            ledger.append_prepared(prepared, signature, SIGNERS, expected_version=0)
        ledger.append(step(3, "case-opened", title="A talk"), recorded_by=JANE)
        ledger.append(step(4, "case-closed", disposition="no-action"), recorded_by=JANE)
        with pytest.raises(Refused, match="is closed"):
            ledger.append_prepared(prepared, signature, SIGNERS)

    def test_the_same_event_twice_is_one_event(self, ledger: Ledger) -> None:
        prepared = ledger.prepare(step(1), recorded_by=JANE)
        signature = KEY.sign(prepared.statement)
        first = ledger.append_prepared(prepared, signature, SIGNERS)
        again = ledger.append_prepared(prepared, signature, SIGNERS)
        unsigned = ledger.append(step(1), recorded_by="someone else")
        assert (first.duplicate, again.duplicate, unsigned.duplicate) == (False, True, True)
        assert len(ledger) == 1
        with pytest.raises(DuplicateId, match="on record already"):
            ledger.prepare(step(1), recorded_by=JANE)

    def test_an_event_on_record_without_a_signature_cannot_be_given_one(
        self, ledger: Ledger
    ) -> None:
        prepared = ledger.prepare(step(1), recorded_by=JANE)
        ledger.append(step(1), recorded_by=JANE)
        message = refused(ledger, prepared, KEY.sign(prepared.statement))
        assert "at position 0, without a signature" in message

    def test_an_erasure_can_be_signed(self, ledger: Ledger) -> None:
        sign(ledger, step(1))
        sign(ledger, step(2, "personal-data-erased", subject="p-1", legal_basis="gdpr 17"))
        assert ledger.opened([0])[0].erased == ("purpose",)
        assert verify_record(ledger).verified
        assert counts(ledger).signed == 2

    def test_no_kind_has_a_field_of_the_ledgers_own(self) -> None:
        for kind in FAMILY:
            assert not LEDGERS_OWN & set(model(kind).attributes)


class TestInTheRecord:
    def test_signatures_are_counted(self, ledger: Ledger) -> None:
        assert counts(ledger) == (0, 0, 0, 0, 0, ())
        sign(ledger, step(1))
        ledger.append(step(2), recorded_by=JANE)
        sign(ledger, step(3), OTHER, "Bob <bob@example.com>")
        assert counts(ledger) == (2, 1, 0, 0, 0, ())
        assert counts(ledger, None) == (2, 1, 0, 2, 0, ())

    def test_a_signature_outlives_other_texts_and_goes_with_its_signer(
        self, ledger: Ledger
    ) -> None:
        sign(ledger, step(1), who="p-7k2m")
        erase = {"legal_basis": "gdpr art. 17"}
        ledger.append(step(2, "personal-data-erased", subject="p-1", **erase), recorded_by="x")
        assert ledger.opened([0])[0].erased == ("purpose",)
        assert counts(ledger) == (1, 1, 0, 0, 0, ())
        ledger.append(step(3, "personal-data-erased", subject="p-7k2m", **erase), recorded_by="x")
        assert set(ledger.opened([0])[0].erased) == {"purpose", "recorded_by", "signature"}
        assert counts(ledger) == (0, 2, 1, 0, 0, ())
        assert verify_record(ledger).verified

    def test_whom_it_is_of_cannot_be_told_once_that_is_erased(self, ledger: Ledger) -> None:
        sign(ledger, step(1))
        with raw(ledger.path) as connection:
            connection.execute("UPDATE disclosures SET disclosure = NULL WHERE field='recorded_by'")
        assert counts(ledger) == (1, 0, 0, 0, 1, ())
        assert [each.position for each in verify_record(ledger).problems] == [0]

    def test_keys_that_may_not_sign_are_found(self, ledger: Ledger) -> None:
        sign(ledger, step(1))
        sign(ledger, step(2), OTHER, "bob@example.com")
        only_bob = AllowedSigners.parse(f"bob@example.com {OTHER.line}".encode())
        assert list(problems(ledger, only_bob)) == [0]
        assert "may not sign for jane@example.com: no line" in problems(ledger, only_bob)[0]
        expired = AllowedSigners.parse(
            f'* valid-before="20260101Z" {KEY.line}\n* {OTHER.line}'.encode()
        )
        assert "no longer valid" in problems(ledger, expired)[0]
        elsewhere = AllowedSigners.parse(f'* namespaces="git" {OTHER.line}'.encode())
        assert "to sign for 'answerable'" in problems(ledger, elsewhere)[1]
        assert problems(ledger, None) == {}

    def test_an_export_of_entries_keeps_signatures_and_one_of_events_does_not(
        self, ledger: Ledger, tmp_path: Path
    ) -> None:
        sign(ledger, step(1))
        ledger.append(step(2), recorded_by=JANE)
        entries = list(export.exported_entries(ledger))
        assert b"signature" not in b"".join(each.line for each in export.exported_events(ledger))
        assert all(each.whole and not each.withheld for each in export.exported_events(ledger))
        with restored(tmp_path / "b.db", entries) as copy:
            assert contents(copy.path)["disclosures"] == contents(ledger.path)["disclosures"]
            assert copy.head() == ledger.head()
            assert counts(copy) == (1, 1, 0, 0, 0, ())


def restored(place: Path, entries: list[bytes]) -> Ledger:
    """Another ledger with these entries: what an attacker makes who can write everything."""
    source = place.with_suffix(".jsonl")
    source.write_bytes(b"\n".join(entries))
    ledger = Ledger.create(place)
    with source.open("rb") as file:
        restore(ledger, lines(file))
    assert verify_record(ledger).verified
    return ledger


class Forger:
    """Rewrites the export of a ledger, so that it is in order but for the signatures."""

    def __init__(self, ledger: Ledger) -> None:
        self.lines: list[dict[str, Any]] = [
            json.loads(each) for each in export.exported_entries(ledger)
        ]

    def signature(self, at: int) -> str:
        for text in self.lines[at]["disclosures"]:
            field, value = open_disclosure(text.encode())
            if field == "signature":
                return str(value)
        raise LookupError(at)

    def put(self, at: int, field: str, value: Any) -> None:
        """Have a text say something else, or be there, under a commitment of its own."""
        line = self.lines[at]
        kept = [t for t in line["disclosures"] if open_disclosure(t.encode())[0] != field]
        if value is not None:
            kept.append(disclosure_text(b"A" * 22, field, to_json(value)).decode())
        kept.sort(key=lambda text: commitment(text.encode()))
        line["disclosures"] = kept
        line["about"] = [""] * len(kept)
        told = "".join((line["entry"].rpartition('"_sd":')[0], '"_sd":'))
        line["entry"] = (
            told
            + json.dumps(
                [commitment(text.encode()).decode() for text in kept], separators=(",", ":")
            )
            + "}"
        )

    def replace(self, at: int, old: str, new: str) -> None:
        assert old in self.lines[at]["entry"]
        self.lines[at]["entry"] = self.lines[at]["entry"].replace(old, new)

    def forge(self, place: Path) -> Ledger:
        return restored(place, [to_json(line) for line in self.lines])


@pytest.fixture
def signed(ledger: Ledger) -> Ledger:
    """Six events, all but the last signed."""
    for number in range(3):
        sign(ledger, step(number))
    sign(ledger, step(3), OTHER, "bob@example.com")
    sign(ledger, step(4), who="p-7k2m")
    ledger.append(step(5), recorded_by=JANE)
    return ledger


class TestUnderAttack:
    @pytest.fixture
    def forger(self, signed: Ledger) -> Forger:
        return Forger(signed)

    def found(self, forger: Forger, tmp_path: Path) -> dict[int | None, str]:
        with forger.forge(tmp_path / "forged.db") as ledger:
            return problems(ledger)

    def test_nothing_forged(self, forger: Forger, tmp_path: Path) -> None:
        assert self.found(forger, tmp_path) == {}

    def test_a_signature_replayed_on_another_entry(self, forger: Forger, tmp_path: Path) -> None:
        forger.put(1, "signature", forger.signature(0))
        forger.put(5, "signature", forger.signature(0))
        found = self.found(forger, tmp_path)
        assert list(found) == [1, 5]
        assert "belongs to something else" in found[1]

    def test_signatures_swapped(self, forger: Forger, tmp_path: Path) -> None:
        first, second = forger.signature(0), forger.signature(2)
        forger.put(0, "signature", second)
        forger.put(2, "signature", first)
        assert list(self.found(forger, tmp_path)) == [0, 2]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            # In quotation marks, which no commitment beside it can hold.
            ('"p-1"', '"p-2"'),
            ('"asserted"', '"verified"'),
            ('"case_id":"acme"', '"case_id":"acne"'),
            (event_id(1), event_id(99)),
        ],
    )
    def test_an_altered_statement(self, forger: Forger, tmp_path: Path, old: str, new: str) -> None:
        forger.lines = forger.lines[:2]
        forger.replace(1, old, new)
        if "case" in old:
            forger.replace(1, '"version":2', '"version":1')
        assert list(self.found(forger, tmp_path)) == [1]

    @pytest.mark.parametrize("field", ["purpose", "recorded_by"])
    def test_an_altered_text(self, forger: Forger, tmp_path: Path, field: str) -> None:
        forger.put(1, field, "Bob <bob@example.com>")
        assert list(self.found(forger, tmp_path)) == [1]

    def test_another_key(self, forger: Forger, signed: Ledger, tmp_path: Path) -> None:
        said = statement_of(signed, 1)
        forger.put(1, "signature", OTHER.sign(said))
        found = self.found(forger, tmp_path)
        assert list(found) == [1]
        assert "is signed by a key that may not" in found[1]

    def test_another_namespace(self, forger: Forger, signed: Ledger, tmp_path: Path) -> None:
        forger.put(1, "signature", KEY.sign(statement_of(signed, 1), namespace="git"))
        assert "was made for 'git'" in self.found(forger, tmp_path)[1]

    @pytest.mark.parametrize(
        "value", ["", "x", 7, ["x"], {"x": 1}, "-----BEGIN SSH SIGNATURE-----"]
    )
    def test_what_is_no_signature(self, forger: Forger, tmp_path: Path, value: Any) -> None:
        forger.put(1, "signature", value)
        assert "a signature that is none" in self.found(forger, tmp_path)[1]

    def test_a_time_moved_beyond_the_keys_end(self, forger: Forger, tmp_path: Path) -> None:
        forger.replace(4, "2026-06-01T", "2026-07-02T")
        forger.replace(5, "2026-06-01T", "2026-07-02T")
        assert self.found(forger, tmp_path) == {}
        forger.replace(2, "2026-06-01T", "2026-07-02T")
        forger.replace(3, "2026-06-01T", "2026-07-02T")
        with forger.forge(tmp_path / "second.db") as ledger:
            assert "no longer valid" in problems(ledger)[2]

    def test_a_time_that_is_none(self, forger: Forger, tmp_path: Path) -> None:
        forger.lines = forger.lines[:1]
        with restored(tmp_path / "b.db", [to_json(line) for line in forger.lines]) as ledger:
            with raw(ledger.path, guarded=False) as connection:
                connection.execute(
                    "UPDATE stored_events SET state = "
                    "CAST(replace(state, '2026-06-01T00', '2026-99-99T99') AS BLOB)"
                )
            assert "does not tell when" in problems(ledger)[0]

    def test_texts_swapped_in_the_file(self, signed: Ledger) -> None:
        with raw(signed.path, guarded=False) as connection:
            texts = dict(
                connection.execute(
                    "SELECT position, disclosure FROM disclosures WHERE field = 'signature'"
                ).fetchall()
            )
            for at, other in ((0, 2), (2, 0)):
                connection.execute(
                    "UPDATE disclosures SET disclosure = ? WHERE position = ? AND "
                    "field = 'signature'",
                    (texts[other], at),
                )
        assert [each.position for each in verify_record(signed).problems] == [0, 2]
        found = problems(signed)
        assert list(found) == [0, 2]
        assert "no commitment to this signature" in found[0]

    @pytest.mark.parametrize(
        ("position", "of", "filed"), [(1, "signature", "purpose"), (5, "purpose", "signature")]
    )
    def test_a_text_filed_under_another_field(
        self, signed: Ledger, position: int, of: str, filed: str
    ) -> None:
        with raw(signed.path, guarded=False) as connection:
            connection.execute(
                "UPDATE disclosures SET field = ? WHERE position = ? AND field = ?",
                (filed, position, of),
            )
        problems = verify_record(signed).problems
        assert (position, "has a text that is filed under a field not its own") in problems

    def test_who_recorded_filed_as_something_else_hides_nobody(self, signed: Ledger) -> None:
        with raw(signed.path, guarded=False) as connection:
            connection.execute(
                "UPDATE disclosures SET field = 'purpose' WHERE field = 'recorded_by'"
            )
        nobody = AllowedSigners.parse(b"")
        assert len(check_signatures(signed, nobody).problems) == 5

    def test_signatures_taken_away(self, signed: Ledger) -> None:
        with raw(signed.path, guarded=False) as connection:
            connection.execute("DELETE FROM disclosures WHERE position = 1 AND field='signature'")
            connection.execute(
                "UPDATE disclosures SET disclosure = NULL WHERE position = 2 AND field='signature'"
            )
        assert {each.position for each in verify_record(signed).problems} >= {1}

    def test_two_signatures_on_one_entry(self, signed: Ledger) -> None:
        entry, texts = signed.entry(1) or b"", signed.disclosures(1)
        more = disclosure_text(b"A" * 22, "signature", b'"x"')
        found = check_signature(entry, [*texts, more], SIGNERS)
        assert found is not None
        assert found.problem == "has more than one signature"

    def test_who_recorded_is_not_believed_without_a_commitment(self, signed: Ledger) -> None:
        entry, texts = signed.entry(1) or b"", signed.disclosures(1)
        own = [each for each in texts if open_disclosure(each)[0] == "signature"]
        posing = disclosure_text(b"A" * 22, "recorded_by", b'"bob@example.com"')
        found = check_signature(entry, [posing, *own], SIGNERS)
        assert found is not None
        assert (found.principal, found.allowed, found.problem) == (None, None, None)
        assert check_signature(entry, [b"", b"!", b"W10", *texts], SIGNERS) == check_signature(
            entry, texts, SIGNERS
        )
        assert check_signature(entry, [], SIGNERS) is None


def statement_of(ledger: Ledger, position: int) -> bytes:
    (own,) = (t for t in ledger.disclosures(position) if open_disclosure(t)[0] == "signature")
    return statement(ledger.entry(position) or b"", commitment(own))


@pytest.mark.parametrize(
    "entry", [b"", b"{}", b'{"event_id":"', b'"recorded_at":"', bytes(100), b'{"_sd":[]}']
)
def test_what_is_no_entry_has_no_statement(entry: bytes) -> None:
    with pytest.raises(NotVerified):
        statement(entry)


def test_a_field_that_looks_like_the_ledgers_own_is_not_cut(ledger: Ledger) -> None:
    ledger.append(step(1), recorded_by=JANE)
    nested = {"fields": {"occurred": None}, "reason": '"recorded_at":"x","version":1,'}
    ledger.append(step(2, "correction", target=event_id(1), **nested), recorded_by=JANE)
    for position in (0, 1):
        entry = ledger.entry(position) or b""
        fields = from_json(entry)
        told = from_json(statement(entry))
        assert set(fields) - set(told) == {"version", "recorded_at"}


class TestDemands:
    def adopt(self, ledger: Ledger, version: int, **fields: Any) -> str:
        number = 1_000 + len(ledger)
        policy = {"policy": "signing", "policy_version": str(version), **fields}
        ledger.append(
            parse({"kind": "policy-adopted", "case_id": "house", "event_id": event_id(number),
                   **policy}),
            recorded_by=JANE,
        )  # fmt: skip
        return event_id(number)

    def told(self, ledger: Ledger) -> list[tuple[str, int, tuple[int, ...]]]:
        return [
            (each.demand.name, each.events, each.positions)
            for each in unsigned_though_required(ledger)
        ]

    def test_nothing_is_demanded_without_a_policy(self, signed: Ledger) -> None:
        assert unsigned_though_required(signed) == ()
        self.adopt(signed, 1)
        signed.append(step(9), recorded_by=JANE)
        assert unsigned_though_required(signed) == ()

    def test_from_adoption_to_the_next_version(self, ledger: Ledger) -> None:
        ledger.append(step(0), recorded_by=JANE)
        self.adopt(ledger, 1, requires=["signature"])
        assert self.told(ledger) == []
        ledger.append(step(1), recorded_by=JANE)
        sign(ledger, step(2))
        ledger.append(step(3), recorded_by=JANE)
        assert self.told(ledger) == [("signing 1", 2, (2, 4))]
        self.adopt(ledger, 2)
        ledger.append(step(4), recorded_by=JANE)
        assert self.told(ledger) == [("signing 1", 3, (2, 4, 5))]

    def test_from_its_beginning(self, ledger: Ledger, clock: Clock) -> None:
        self.adopt(ledger, 1, requires=["signature"], **{"from": "2026-06-03"})
        ledger.append(step(1), recorded_by=JANE)
        clock.now = datetime(2026, 6, 3, tzinfo=UTC) - timedelta(seconds=1)
        for number in (2, 3):
            ledger.append(step(number), recorded_by=JANE)
        assert self.told(ledger) == [("signing 1", 2, (2, 3))]

    def test_an_erased_signature_was_one(self, ledger: Ledger) -> None:
        self.adopt(ledger, 1, requires=["signature"])
        sign(ledger, step(1), who="p-7k2m")
        sign(ledger, step(2, "personal-data-erased", subject="p-7k2m", legal_basis="gdpr"))
        assert counts(ledger).erased == 1
        assert unsigned_though_required(ledger) == ()

    def test_many_are_counted_and_the_first_are_listed(self, ledger: Ledger) -> None:
        self.adopt(ledger, 1, requires=["signature"])
        ledger.append_all([step(number) for number in range(50)], recorded_by=JANE)
        ((demand, events, positions),) = unsigned_though_required(ledger)
        assert (demand.signature, events, positions) == (True, 50, tuple(range(1, 21)))
