"""The views that a ledger keeps: caught up, made again, found altered, done without."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.sqlite import SQLiteTrackingRecorder
from tests.benchmarks.large import case
from tests.support.oracles import raw, sqlite_store
from tests.support.tampering import have_no_patience, holding

from answerable.domain.documents import DocumentPart
from answerable.domain.parsing import parse
from answerable.ledger.indexes import documents as store
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.projections import documents as views
from answerable.projections.bar_register import all_bars
from answerable.projections.documents import VIEWS
from answerable.projections.errors import ViewDamaged
from answerable.projections.facts.names import names


def stored(path: Path) -> list[tuple[Any, ...]]:
    with raw(path) as connection:
        return connection.execute("SELECT * FROM documents ORDER BY view, key, case_id").fetchall()


def record(ledger: Ledger, cases: int, first: int = 0) -> None:
    for number in range(first, cases):
        events = [parse(fields) for fields in case(number, 40)]
        ledger.append_all(events, recorded_by="jane")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        record(made, 12)
        yield made


def test_a_question_about_one_key_reads_its_document(ledger: Ledger) -> None:
    found = views.person(ledger, "e-3")
    assert found is not None
    assert list(found) == ["case-3"]
    said = found["case-3"].person
    assert said.accountable
    assert [each.state for each in said.sanctions] == ["executed"]
    states = store.view_states(ledger, VIEWS)
    assert [each.reflects for each in states] == [120] * len(VIEWS.versions)


def test_a_party_has_a_part_in_each_case_that_named_it(ledger: Ledger) -> None:
    found = views.counterparty(ledger, "k-1")
    assert found is not None
    assert list(found) == ["case-1", "case-11", "case-6"]
    assert all(len(each.bars) == len(each.contacts) == 1 for each in found.values())


def test_what_is_recorded_later_is_taken_in_when_one_asks(ledger: Ledger) -> None:
    assert views.person(ledger, "e-20") == {}
    record(ledger, 21, 20)
    found = views.person(ledger, "e-20")
    assert found is not None
    assert found["case-20"].person.accountable


def test_caught_up_event_by_event_it_is_the_same_bytes_as_made_at_once(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        for number in range(3):
            for fields in case(number, 8):
                ledger.append(parse(fields), recorded_by="jane")
                store.catch_up(ledger, VIEWS)
        before = stored(ledger.path)
        store.rebuild(ledger, VIEWS)
        assert stored(ledger.path) == before
        # What was due in time was done, and leaves no part behind. All are alike: one count a view.
        assert len(before) == 3 * 8 + len(VIEWS.counted)


def test_another_version_of_a_fold_makes_its_view_again(ledger: Ledger) -> None:
    store.catch_up(ledger, VIEWS)
    newer = VIEWS._replace(versions={**VIEWS.versions, "person": 99})
    ledger.document(newer, "person", "e-1")
    found = {each.view: each.reflects for each in store.view_states(ledger, newer)}
    assert found == dict.fromkeys(VIEWS.versions, 120)
    assert store.view_states(ledger, VIEWS)[0].reflects is None


def test_what_an_older_fold_said_does_not_outlive_it(ledger: Ledger) -> None:
    older = VIEWS._replace(
        versions={"person": 98},
        fold=lambda case_id, _: iter([DocumentPart("person", "gone", b"1")]),
    )
    assert ledger.document(older, "person", "gone")
    store.catch_up(ledger, VIEWS)
    assert ledger.document(VIEWS, "person", "gone") == {}


def test_it_is_what_the_record_amounts_to(ledger: Ledger) -> None:
    store.catch_up(ledger, VIEWS)
    assert list(store.differences(ledger, VIEWS)) == []


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        (
            "UPDATE documents SET body = x'5b5d' WHERE key = 'e-1'",
            "the person 'e-1' says something",
        ),
        ("DELETE FROM documents WHERE key = 'e-1'", "the person 'e-1' lacks its part"),
        ("INSERT INTO documents VALUES ('party', 'x', 'y', x'5b5d')", "has 1 too many parts"),
    ],
)
def test_what_was_altered_in_it_is_found_and_mended(
    ledger: Ledger, tampering: str, told: str
) -> None:
    store.catch_up(ledger, VIEWS)
    with raw(ledger.path) as connection:
        connection.execute(tampering)
    (found,) = store.differences(ledger, VIEWS)
    assert told in found
    store.rebuild(ledger, VIEWS)
    assert list(store.differences(ledger, VIEWS)) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"null", b"[[[1]],[],[]]", b"[1,2,3,4]"])
def test_a_document_that_no_fold_wrote_is_said_to_be_none(ledger: Ledger, body: bytes) -> None:
    store.catch_up(ledger, VIEWS)
    with raw(ledger.path) as connection:
        connection.execute("UPDATE documents SET body = ?", (body,))
    for ask in (
        lambda: views.person(ledger, "e-3"),
        lambda: views.counterparty(ledger, "k-3"),
        lambda: list(views.every_counterparty(ledger) or ()),
        lambda: views.case(ledger, "case-3"),
        lambda: list(views.every_case(ledger) or ()),
    ):
        with pytest.raises(ViewDamaged, match="was altered"):
            ask()


def test_what_lacks_does_not_hide_what_is_beyond(ledger: Ledger) -> None:
    store.catch_up(ledger, VIEWS)
    with raw(ledger.path) as connection:
        connection.execute("DELETE FROM documents WHERE view = 'party' AND key = 'k-4'")
        connection.execute("INSERT INTO documents VALUES ('party', 'x', 'y', x'5b5d')")
    found = list(store.differences(ledger, VIEWS))
    assert len(found) == 3
    assert found[-1] == "the view 'party' has 1 too many parts: no event made them"


def test_side_by_side_it_is_the_same(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    store.catch_up(ledger, VIEWS)
    before = stored(ledger.path)
    monkeypatch.setattr("answerable.ledger.indexes.folding.processes_worth", lambda _: 2)
    monkeypatch.setattr("answerable.ledger.indexes.folding.STRETCH", 5)
    store.rebuild(ledger, VIEWS)
    assert stored(ledger.path) == before


@pytest.mark.both_stores
def test_where_it_cannot_be_written_there_is_none(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_no_patience(monkeypatch)
    with Ledger.open(ledger.path) as asked, holding(ledger.path) as let_go:
        assert views.person(asked, "e-1") is None
        assert views.every_case(asked) is None
        let_go()
        assert views.person(asked, "e-1")


@pytest.mark.both_stores
def test_a_ledger_that_is_held_is_waited_for_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    have_no_patience(monkeypatch)
    with Ledger.open(ledger.path) as asked, holding(ledger.path) as let_go:
        writing = asked._store.writing

        def counted() -> AbstractContextManager[Cursor]:
            tried.append(1)
            return writing()

        monkeypatch.setattr(asked._store, "writing", counted)
        found = all_bars(asked)
        names(asked).find("Avery Bbbbbc")
        assert len(tried) == 1
        let_go()
        assert all_bars(asked) == found
        assert len(tried) == 2


@pytest.mark.sqlite_file("an earlier format; test_upgrade.py has a server's")
def test_a_ledger_of_before_that_cannot_be_written_answers_without_views(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as old:
        for table in ("documents", "tracking"):
            old.execute(f"DROP TABLE {table}")
        for index in ("parties_named", "amendments"):
            old.execute(f"DROP INDEX {index}")
        old.execute("PRAGMA user_version = 2")
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        old.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("answerable.ledger.store.sqlite.recorder.BUSY_SECONDS", 0.01)
        with Ledger.open(ledger.path) as asked:
            assert views.person(asked, "e-1") is None
            assert names(asked).called("e-1") == "Avery Bbbbbc"
        old.execute("ROLLBACK")
    with Ledger.open(ledger.path) as asked:
        assert views.person(asked, "e-1")


@pytest.mark.sqlite_file("the library reads the file itself")
def test_its_position_is_tracked_as_the_library_tracks(ledger: Ledger) -> None:
    store.catch_up(ledger, VIEWS)
    tracking = SQLiteTrackingRecorder(sqlite_store(ledger).recorder.datastore)
    for view, version in VIEWS.versions.items():
        assert tracking.max_tracking_id(f"view {view} {version}") == 120


@pytest.mark.parametrize(
    "kind",
    ["party-registered", "role-assigned", "authority-granted", "policy-adopted", "key-rotated"],
)
@pytest.mark.sqlite_file("the plan of SQLite")
def test_an_entry_of_the_registers_is_found_by_an_index(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    asked: list[str] = []
    scan = Ledger._scan

    def scanning(self: Ledger, statement: str, parameters: list[object]) -> object:
        asked.append(statement)
        return scan(self, statement, parameters)

    monkeypatch.setattr(Ledger, "_scan", scanning)
    list(ledger.events(kinds={kind}))
    with closing(sqlite3.connect(ledger.path)) as there:
        plan = str(there.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall())
    assert "USING INDEX" in plan
