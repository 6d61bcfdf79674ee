"""Appending and reading: receipts, all or nothing, races, the clock, making and opening."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests.support.oracles import event_id, failing, leaf, raw, root, rows_of

from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.domain.reader import Reader
from answerable.domain.record import CaseSummary
from answerable.ledger.entry.errors import EntryTooLarge
from answerable.ledger.errors import LedgerExists, LedgerNotFound, NotALedger, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.errors import CaseMoved, DuplicateId
from answerable.ledger.store.sqlite.recorder import LedgerRecorder
from answerable.ledger.store.sqlite.schema import FORMAT
from answerable.ledger.tlog.merkle import EMPTY_ROOT
from answerable.ledger.verify.record import verify_record


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(new_place: Path | str, clock: Clock) -> Iterator[Ledger]:
    with Ledger.create(new_place, clock=clock) as made:
        yield made


def contact(number: int | None = None, case_id: str = "alpha", **fields: object) -> Event:
    named = {} if number is None else {"event_id": event_id(number)}
    return parse({"kind": "contact-made", "case_id": case_id, "counterparty": "p-1",
                  "purpose": "a partnership", **named, **fields})  # fmt: skip


def sanction_executed(case_id: str = "alpha") -> Event:
    """An event that no case without a sanction accepts."""
    return parse({"kind": "sanction-executed", "case_id": case_id, "sanction": event_id(999)})


def test_a_receipt_vouches_for_the_entry_and_the_tree(ledger: Ledger) -> None:
    leaves: list[bytes] = []
    for number in range(12):
        case_id = ("alpha", "beta")[number % 2]
        receipt = ledger.append(contact(number, case_id), recorded_by="jane")
        entry = ledger.entry(number)
        assert entry is not None
        leaves.append(leaf(entry))
        assert receipt.event_id == event_id(number)
        assert (receipt.case_id, receipt.kind) == (case_id, "contact-made")
        assert (receipt.position, receipt.version) == (number, number // 2 + 1)
        assert receipt.leaf == leaves[-1]
        assert (receipt.size, receipt.root) == (number + 1, root(leaves))
        assert not receipt.duplicate
        assert ledger.head() == (receipt.size, receipt.root)
        recorded = ledger.event(receipt.event_id)
        assert recorded is not None
        assert recorded.recorded_at == receipt.recorded_at


def test_the_tree_grows_over_tiles_as_the_textbook_says(ledger: Ledger) -> None:
    leaves: list[bytes] = []
    for size in (1, 254, 1, 1, 256, 3):
        receipts = ledger.append_all([contact() for _ in range(size)], recorded_by="jane")
        leaves += [leaf(ledger.entry(receipt.position) or b"") for receipt in receipts]
        assert {receipt.root for receipt in receipts} == {root(leaves)}
        assert [receipt.leaf for receipt in receipts] == leaves[-size:]
    assert verify_record(ledger).root == root(leaves)


def test_an_empty_ledger(ledger: Ledger) -> None:
    assert ledger.head() == (0, EMPTY_ROOT)
    assert len(ledger) == 0
    assert [*ledger.events(), *ledger.events_by_case(), *ledger.cases()] == []
    assert (ledger.entry(0), ledger.entry(-1), ledger.event(event_id(1))) == (None, None, None)
    assert ledger.size_at(datetime.max.replace(tzinfo=UTC)) == 0
    assert verify_record(ledger).verified
    assert list(ledger.append_all([], recorded_by="jane")) == []


def test_a_batch_is_recorded_whole_or_not_at_all(ledger: Ledger) -> None:
    ledger.append(contact(0), recorded_by="jane")
    before = rows_of(ledger)
    with pytest.raises(Refused) as caught:
        ledger.append_all(
            [contact(1), contact(2, "beta"), sanction_executed(), contact(3)], recorded_by="jane"
        )
    assert caught.value.index == 2
    assert caught.value.field == "sanction"
    assert rows_of(ledger) == before
    # What the ledger remembers of the cases was not led astray either.
    receipts = ledger.append_all([contact(1), contact(2, "beta")], recorded_by="jane")
    assert [(r.position, r.version) for r in receipts] == [(1, 2), (2, 1)]


def test_an_event_may_rest_on_one_of_its_own_batch(ledger: Ledger) -> None:
    events = [
        parse({"kind": "case-opened", "case_id": "alpha", "title": "t"}),
        contact(1),
        parse({"kind": "retraction", "case_id": "alpha", "target": event_id(1)}),
        parse({"kind": "lesson-recorded", "case_id": "beta", "lesson": "l",
               "basis": [event_id(1)]}),
        parse({"kind": "case-closed", "case_id": "alpha", "disposition": "other"}),
    ]  # fmt: skip
    receipts = ledger.append_all(events, recorded_by="jane")
    assert [r.version for r in receipts] == [1, 2, 3, 1, 4]
    with pytest.raises(Refused, match="closed"):
        ledger.append(contact(2), recorded_by="jane")


@pytest.mark.parametrize(
    ("verb", "table", "before_it"),
    [
        ("INSERT", "stored_events", 0),
        ("INSERT", "disclosures", 0),
        # On a server, only what is above the leaves is in tiles.
        ("INSERT", "tiles", 255),
        ("UPDATE", "tiles", 511),
    ],
)
def test_an_event_is_there_with_all_that_belongs_to_it(
    ledger: Ledger, verb: str, table: str, before_it: int
) -> None:
    ledger.append_all([contact(None, "gamma") for _ in range(before_it)], recorded_by="jane")
    with failing(ledger, verb, table):
        before = rows_of(ledger)
        with pytest.raises(StorageFailed, match="nothing was written"):
            ledger.append_all([contact(1), contact(2, "beta")], recorded_by="jane")
        assert rows_of(ledger) == before
    ledger.append_all([contact(1), contact(2, "beta")], recorded_by="jane")
    assert verify_record(ledger).verified


def test_an_append_goes_on_from_what_another_recorded(ledger: Ledger, clock: Clock) -> None:
    ledger.append(contact(1), recorded_by="jane")
    with Ledger.open(ledger.address, clock=clock) as other:
        retraction = parse({"kind": "retraction", "case_id": "alpha", "target": event_id(1)})
        assert other.append(retraction, recorded_by="joe").version == 2
    with pytest.raises(Refused, match="retracted"):
        ledger.append(
            parse({"kind": "dispute", "case_id": "alpha", "target": event_id(1)}),
            recorded_by="jane",
        )
    assert ledger.append(contact(2), recorded_by="jane").version == 3


def test_a_case_that_moved_on_refuses_who_expected_otherwise(ledger: Ledger) -> None:
    assert ledger.append(contact(1), recorded_by="jane", expected_version=0).version == 1
    before = rows_of(ledger)
    for expected in (0, 2, -1):
        with pytest.raises(CaseMoved, match=f"has 1 events, not {expected}") as caught:
            ledger.append(contact(2), recorded_by="jane", expected_version=expected)
        assert caught.value.field == "case_id"
    assert rows_of(ledger) == before
    assert ledger.append(contact(2), recorded_by="jane", expected_version=1).version == 2


def test_every_case_of_a_batch_can_be_expected(ledger: Ledger) -> None:
    ledger.append(contact(1, "beta"), recorded_by="jane")
    batch = [contact(2), contact(3, "beta"), contact(4)]
    with pytest.raises(CaseMoved, match="'beta'"):
        ledger.append_all(batch, recorded_by="jane", expected_versions={"alpha": 0, "beta": 0})
    assert len(ledger) == 1
    ledger.append_all(batch, recorded_by="jane", expected_versions={"alpha": 0, "beta": 1})
    assert len(ledger) == 4


def test_an_entry_too_large_is_refused_by_its_largest_field(ledger: Ledger) -> None:
    huge = contact(1, initiators=["p" * 60] * 1_200)
    with pytest.raises(EntryTooLarge) as caught:
        ledger.append_all([contact(0), huge], recorded_by="jane")
    assert (caught.value.index, caught.value.field) == (1, "initiators")
    assert len(ledger) == 0


def test_time_never_runs_backwards_though_the_clock_does(ledger: Ledger, clock: Clock) -> None:
    start = clock.now
    for seconds in (0, 600, 540, 570, 660):
        clock.now = start + timedelta(seconds=seconds)
        ledger.append(contact(), recorded_by="jane")
    told = [event.recorded_at for event in ledger.events()]
    assert told == [
        "2026-01-05T00:00:00.000000Z",
        *["2026-01-05T00:10:00.000000Z"] * 3,
        "2026-01-05T00:11:00.000000Z",
    ]
    assert not any("clock" in event.fields for event in ledger.events())


def test_the_clock_is_read_in_utc(ledger: Ledger, clock: Clock) -> None:
    clock.now = datetime(2026, 1, 5, 14, 3, 0, 7, tzinfo=timezone(timedelta(hours=8)))
    receipt = ledger.append(contact(), recorded_by="jane")
    assert receipt.recorded_at == "2026-01-05T06:03:00.000007Z"


@pytest.fixture
def dated(ledger: Ledger, clock: Clock) -> Ledger:
    """Six events of two cases, two in each minute."""
    for number in range(6):
        clock.now = datetime(2026, 1, 5, 0, number // 2, tzinfo=UTC)
        event = contact(number, ("beta", "alpha")[number % 2])
        if number == 3:
            event = parse({"kind": "apology-issued", "case_id": "alpha"})
        ledger.append(event, recorded_by="jane")
    return ledger


def test_what_was_known_by_a_moment(dated: Ledger) -> None:
    second = timedelta(microseconds=1)
    for minute in range(3):
        moment = datetime(2026, 1, 5, 0, minute, tzinfo=UTC)
        assert dated.size_at(moment - second) == 2 * minute
        assert dated.size_at(moment) == 2 * minute + 2
        known = [event.position for event in dated.events(known_by=moment)]
        assert known == list(range(2 * minute + 2))
        by_case = list(dated.events_by_case(known_by=moment))
        assert [e.position for e in by_case] == [*known[1::2], *known[::2]]
    assert dated.size_at(datetime(999, 1, 1, tzinfo=UTC)) == 0
    assert dated.size_at(datetime(9999, 1, 1, tzinfo=UTC)) == 6
    assert dated.size_before(datetime(2026, 1, 5, 0, 1, tzinfo=UTC)) == 2
    assert dated.size_before(datetime.min.replace(tzinfo=UTC)) == 0


def test_events_of_a_case_and_of_some_kinds(dated: Ledger) -> None:
    def positions(**wanted: object) -> list[int]:
        return [event.position for event in dated.events(**wanted)]  # type: ignore[call-overload]

    assert positions() == [0, 1, 2, 3, 4, 5]
    assert positions(case="beta") == [0, 2, 4]
    assert positions(case="alpha", kinds=["contact-made"]) == [1, 5]
    assert positions(kinds={"apology-issued"}) == [3]
    assert positions(kinds=("apology-issued", "contact-made")) == [0, 1, 2, 3, 4, 5]
    assert positions(kinds=()) == []
    with pytest.raises(InvalidEvent, match="there is no kind"):
        positions(kinds=["' OR 1 = 1 --"])
    assert positions(case="gamma") == []
    by_kind = dated.events_by_case(kinds=["contact-made"])
    assert [event.position for event in by_kind] == [1, 5, 0, 2, 4]


def test_cases_by_their_slugs(dated: Ledger) -> None:
    assert list(dated.cases()) == [CaseSummary("alpha", 3, 1, 5), CaseSummary("beta", 3, 0, 4)]


def test_events_by_the_beginning_of_their_ids(dated: Ledger) -> None:
    assert [e.position for e in dated.events_by_prefix(event_id(2)[:-1])] == [0, 1, 2, 4, 5]
    assert [e.position for e in dated.events_by_prefix(event_id(2))] == [2]
    assert len(dated.events_by_prefix("0", limit=3)) == 3
    assert dated.events_by_prefix("x") == dated.events_by_prefix("é") == []


def test_a_ledger_is_a_reader(dated: Ledger) -> None:
    reader: Reader = dated
    first = next(reader.events())
    assert reader.event(first.event_id) == first
    opened = reader.opened([0, 3])
    assert opened[0].fields == {"recorded_by": "jane", "purpose": "a partnership"}
    assert opened[3] == ({"recorded_by": "jane"}, (), 0, ())


def test_reading_can_be_left_off_and_goes_on_beside_writing(ledger: Ledger) -> None:
    ledger.append_all([contact() for _ in range(2_500)], recorded_by="jane")
    seen = ledger.events()
    assert next(seen).position == 0
    ledger.append(contact(), recorded_by="jane")
    # What is being read is the record as it was when the reading began.
    assert sum(1 for _ in seen) == 2_499
    abandoned = ledger.events()
    next(abandoned)
    del abandoned
    assert ledger.append(contact(), recorded_by="jane").position == 2_501


def test_a_preview_shows_what_would_be_recorded_and_records_nothing(ledger: Ledger) -> None:
    ledger.append(contact(1), recorded_by="jane")
    before = rows_of(ledger)
    entry, receipt = ledger.preview(contact(2), recorded_by="jane")
    assert rows_of(ledger) == before
    assert receipt.leaf == leaf(entry)
    assert receipt.root == root([leaf(ledger.entry(0) or b""), leaf(entry)])
    assert (receipt.position, receipt.version, receipt.size) == (1, 2, 2)
    assert entry.startswith(f'{{"event_id":"{event_id(2)}"'.encode())
    with pytest.raises(Refused):
        ledger.preview(sanction_executed(), recorded_by="jane")
    with pytest.raises(DuplicateId):
        ledger.preview(contact(1, purpose="another"), recorded_by="jane")
    assert ledger.preview(contact(1), recorded_by="jane")[1].duplicate
    assert ledger.append(contact(2), recorded_by="jane").version == 2


def test_a_new_ledger_overwrites_nothing(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    for make in (
        lambda: place.write_text("a letter"),
        lambda: place.mkdir(),
        lambda: place.symlink_to(tmp_path / "nowhere"),
    ):
        make()
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(LedgerExists, match=r"a\.db"):
            Ledger.create(place)
        assert sorted(tmp_path.rglob("*")) == before
        place.rmdir() if place.is_dir() else place.unlink()


def test_a_new_ledger_does_not_overwrite_one_that_was_made_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a.db"
    create_table = LedgerRecorder.create_table

    def another_was_quicker(self: LedgerRecorder) -> None:
        create_table(self)
        place.write_text("another's")

    monkeypatch.setattr(LedgerRecorder, "create_table", another_was_quicker)
    with pytest.raises(LedgerExists):
        Ledger.create(place)
    assert place.read_text() == "another's"
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk full"), KeyboardInterrupt()])
@pytest.mark.parametrize("after", [0, 3])
def test_a_ledger_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, after: int
) -> None:
    def fails_midway(self: LedgerRecorder) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            for statement in self.create_table_statements[:after]:
                cursor.execute(statement)
        raise error

    monkeypatch.setattr(LedgerRecorder, "create_table", fails_midway)
    with pytest.raises((StorageFailed, KeyboardInterrupt)):
        Ledger.create(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(contact(), recorded_by="jane")
        assert verify_record(ledger).verified


def test_a_new_ledger_leaves_nothing_beside_itself(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "a.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]
    with pytest.raises(StorageFailed):
        Ledger.create(tmp_path / "no such folder" / "a.db")


@pytest.mark.parametrize(
    "content",
    [b"", b"a letter\n", b"SQLite format 3\x00", b"\x00" * 4096, b"SQLite format 3\x00" * 6],
)
def test_a_file_of_another_sort_is_not_opened(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "a.db"
    place.write_bytes(content)
    with pytest.raises(NotALedger):
        Ledger.open(place)
    assert place.read_bytes() == content
    assert list(tmp_path.iterdir()) == [place]


def test_another_database_is_not_opened_and_stays_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    with raw(place) as connection:
        connection.execute("CREATE TABLE stored_events (a)")
    content = place.read_bytes()
    with pytest.raises(NotALedger, match="a database, but not a ledger"):
        Ledger.open(place)
    assert place.read_bytes() == content
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.sqlite_file("SQLite keeps the format in the header of the file")
def test_a_ledger_of_a_newer_format_is_not_opened(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    Ledger.create(place).close()
    with raw(place) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    content = place.read_bytes()
    with pytest.raises(NotALedger, match=f"has format {FORMAT + 1}"):
        Ledger.open(place)
    assert place.read_bytes() == content


def test_a_folder_and_nothing_are_no_ledgers(tmp_path: Path) -> None:
    with pytest.raises(NotALedger, match="folder"):
        Ledger.open(tmp_path)
    with pytest.raises(LedgerNotFound, match=r"Ledger\.create"):
        Ledger.open(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_signs_of_a_uri_is_a_name(tmp_path: Path) -> None:
    place = tmp_path / "a?mode=memory&b#c %41.db"
    with Ledger.create(place) as ledger:
        ledger.append(contact(), recorded_by="jane")
    assert [path.name for path in tmp_path.iterdir()] == [place.name]
    with Ledger.open(place) as ledger:
        assert len(ledger) == 1
