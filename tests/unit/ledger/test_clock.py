"""A clock that is far from the last entry: refused, or accepted on record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from tests.support.openssh import Key
from tests.support.oracles import contents, event_id, raw
from tests.support.tampering import forged_entry

from answerable.domain.errors import AnswerableError
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger import ClockAstray
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.verify import check_signatures
from answerable.ledger.errors import NotVerified
from answerable.ledger.ledger import Ledger
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.record import verify_record

LAST = datetime(2026, 1, 5, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
GAP = timedelta(days=400)
"""The longest gap that is believed."""

JANE = "Jane Doe <jane@example.com>"
KEY = Key.generate("ssh-ed25519")
SIGNERS = AllowedSigners.parse(f'jane@example.com namespaces="answerable" {KEY.line}'.encode())


def contact(number: int, **fields: object) -> Event:
    return parse({"kind": "contact-made", "case_id": "acme", "counterparty": "p-1",
                  "purpose": "talks", "event_id": event_id(number), **fields})  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A ledger whose last entry was recorded at noon."""
    with Ledger.create(tmp_path / "a.db", clock=lambda: LAST) as ledger:
        ledger.append(contact(0), recorded_by="jane")
    return tmp_path / "a.db"


def at(place: Path, moment: datetime, *, accept: bool = False) -> Ledger:
    return Ledger.open(place, clock=lambda: moment, accept_clock=accept)


def time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.parametrize("ahead", [-MINUTE, -TICK, timedelta(0), TICK, GAP])
def test_a_clock_near_the_last_entry_is_believed(place: Path, ahead: timedelta) -> None:
    with at(place, LAST + ahead) as ledger:
        receipt = ledger.append(contact(1), recorded_by="jane")
        assert receipt.recorded_at == time(max(LAST, LAST + ahead))
        assert b'"clock"' not in (ledger.entry(1) or b"")


@pytest.mark.parametrize(
    ("ahead", "told", "remedy"),
    [
        (
            -MINUTE - TICK,
            "says 2026-01-05T11:58:59Z, 1 minute behind the last",
            "accept_clock",
        ),
        (-timedelta(days=366, minutes=5), "366 days and 5 minutes behind the", "accept_clock"),
        (GAP + TICK, "says 2027-02-09T12:00:00Z, 400 days ahead of the last entry", "max_gap"),
        (timedelta(days=3653), "3,653 days ahead of the last entry", "max_gap"),
    ],
)
def test_a_clock_far_from_the_last_entry_is_refused(
    place: Path, ahead: timedelta, told: str, remedy: str
) -> None:
    before = contents(place)
    with at(place, LAST + ahead) as ledger:

        def rehearse() -> None:
            with ledger.rehearsal(recorded_by="jane") as rehearsing:
                rehearsing([contact(1)])

        for attempt in (
            lambda: ledger.append(contact(1), recorded_by="jane"),
            lambda: ledger.append_all([contact(1), contact(2)], recorded_by="jane"),
            lambda: ledger.preview(contact(1), recorded_by="jane"),
            lambda: ledger.prepare(contact(1), recorded_by="jane"),
            rehearse,
        ):
            with pytest.raises(ClockAstray) as caught:
                attempt()
            error = caught.value
            assert (error.field, error.index, error.exit_code) == ("recorded_at", None, 3)
            assert "(position 0, recorded at 2026-01-05T12:00:00Z)" in error.message
            assert told in error.message
            assert remedy in str(error)
            assert "--accept-clock" in error.cli_text()
            assert ("ANSWERABLE_MAX_GAP" in error.cli_text()) == (remedy == "max_gap")
    assert contents(place) == before


def test_an_empty_ledger_takes_any_clock(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db", clock=lambda: LAST - 20 * GAP) as ledger:
        ledger.append(contact(1), recorded_by="jane")
        assert b'"clock"' not in (ledger.entry(0) or b"")


def test_how_long_a_ledger_may_rest_can_be_said(place: Path) -> None:
    moment = LAST + 3 * GAP
    with Ledger.open(place, clock=lambda: moment, max_gap=3 * GAP) as ledger:
        ledger.append(contact(1), recorded_by="jane")
        assert b'"clock"' not in (ledger.entry(1) or b"")
    with (
        Ledger.open(place, clock=lambda: moment + MINUTE, max_gap=MINUTE - TICK) as ledger,
        pytest.raises(ClockAstray),
    ):
        ledger.append(contact(2), recorded_by="jane")


def test_what_is_on_record_already_needs_no_clock(place: Path) -> None:
    with at(place, LAST - GAP) as ledger:
        assert ledger.append(contact(0), recorded_by="jane").duplicate
        assert not ledger.append_all([], recorded_by="jane")


@pytest.mark.parametrize("ahead", [-GAP, 2 * GAP])
def test_an_accepted_clock_is_told_by_the_first_entry_recorded_by_it(
    place: Path, ahead: timedelta
) -> None:
    said = LAST + ahead
    later = max(LAST, said)
    with at(place, said, accept=True) as ledger:
        receipts = ledger.append_all([contact(0), contact(1), contact(2)], recorded_by="jane")
        assert [receipt.recorded_at for receipt in receipts[1:]] == [time(later)] * 2
        told = f'"clock":{{"said":"{time(said)}","last":"{time(LAST)}"}},'
        tail = f'"counterparty":"p-1",{told}"recorded_at":"{time(later)}","_sd":["'
        assert tail.encode() in (ledger.entry(1) or b"")
        assert b'"clock"' not in (ledger.entry(2) or b"")
        assert verify_record(ledger).verified
        first, second, third = (each.told for each in ledger.events(opened=True))
        assert first.keys() == second.keys() == third.keys()


def test_while_the_clock_is_behind_each_batch_tells_it(place: Path) -> None:
    with at(place, LAST - GAP, accept=True) as ledger:
        for number in (1, 2):
            ledger.append(contact(number), recorded_by="jane")
        assert [event.fields.get("clock") for event in ledger.events()] == [
            None,
            *[{"said": time(LAST - GAP), "last": time(LAST)}] * 2,
        ]


def test_an_accepted_clock_that_is_right_leaves_no_trace(place: Path) -> None:
    with at(place, LAST + MINUTE, accept=True) as ledger:
        ledger.append(contact(1), recorded_by="jane")
        assert b'"clock"' not in (ledger.entry(1) or b"")


def test_a_signature_holds_over_it_and_an_erasure_states_both(place: Path) -> None:
    """What a clock said is not known when an event is signed, perhaps on another machine."""
    with at(place, LAST + MINUTE) as ledger:
        prepared = ledger.prepare(contact(1), recorded_by=JANE)
        erasing = parse({"kind": "personal-data-erased", "case_id": "house", "subject": "p-1",
                         "legal_basis": "gdpr art. 17"})  # fmt: skip
        signed_erasure = ledger.prepare(erasing, recorded_by=JANE)
    with at(place, LAST + 2 * GAP, accept=True) as ledger:
        ledger.append_prepared(prepared, KEY.sign(prepared.statement), SIGNERS)
    with at(place, LAST, accept=True) as ledger:
        ledger.append_prepared(signed_erasure, KEY.sign(signed_erasure.statement), SIGNERS)
        assert [("clock" in event.fields) for event in ledger.events()] == [False, True, True]
        assert "destroyed" in list(ledger.events())[2].fields
        found = check_signatures(ledger, SIGNERS)
        assert (found.signed, found.problems) == (2, ())
        assert verify_record(ledger).verified


def test_a_last_entry_without_a_time_is_named(place: Path) -> None:
    with at(place, LAST) as ledger:
        entry = ledger.entry(0)
    assert entry is not None
    with raw(place, guarded=False) as hand:
        forged_entry(hand, 0, entry.replace(b"2026-01-05T12", b"2026-01-05T99"))
    with at(place, LAST, accept=True) as ledger, pytest.raises(NotVerified, match="bears no time"):
        ledger.append(contact(1), recorded_by="jane")


class TestRestoring:
    @pytest.fixture
    def entries(self, place: Path) -> Iterator[list[str]]:
        with at(place, LAST + 2 * GAP, accept=True) as ledger:
            ledger.append(contact(1), recorded_by="jane")
            yield [line.decode() for line in exported_entries(ledger)]

    def restored(self, tmp_path: Path, entries: list[str]) -> str | None:
        """What is said against these entries, or None."""
        source = lines(BytesIO("".join(f"{line}\n" for line in entries).encode()))
        with Ledger.create(tmp_path / "b.db", clock=lambda: LAST) as other:
            try:
                restore(other, source)
            except AnswerableError as error:
                assert len(other) == 0
                return str(error)
            assert verify_record(other).verified
            return None

    def test_the_times_are_those_that_were(self, tmp_path: Path, entries: list[str]) -> None:
        """Nothing is recorded by the clock, so it is not asked."""
        assert self.restored(tmp_path, entries) is None
        with Ledger.open(tmp_path / "b.db") as other:
            assert [
                json.loads(line)["entry"].encode() == other.entry(at)
                for at, line in enumerate(entries)
            ] == [True, True]

    def test_a_time_of_the_entry_before_must_be_its_time(
        self, tmp_path: Path, entries: list[str]
    ) -> None:
        told = rf"\"last\":\"{time(LAST)}\""
        assert told in entries[1]
        other = entries[1].replace(told, rf"\"last\":\"{time(LAST - TICK)}\"")
        found = self.restored(tmp_path, [entries[0], other])
        assert found is not None
        assert "line 2: clock: the entry says that the one before it was" in found

    @pytest.mark.parametrize(
        ("old", "new"),
        [('"clock":{', '"clock":{ '), ('"said"', '"sagt"'), (time(LAST + 2 * GAP), time(LAST))],
    )
    def test_a_clock_that_no_ledger_writes_is_refused(
        self, tmp_path: Path, entries: list[str], old: str, new: str
    ) -> None:
        escaped = json.dumps(old)[1:-1]
        assert escaped in entries[1]
        other = entries[1].replace(escaped, json.dumps(new)[1:-1], 1)
        found = self.restored(tmp_path, [entries[0], other])
        assert found == "line 2: entry: this is not an entry that a ledger wrote."
