"""What is made from the record is held against it: every row of it, and every way to a word."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support import attacker
from tests.support.attacker import Attack
from tests.support.lengths import sample

from answerable.domain.parsing import parse
from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.indexes import differences, full_text
from answerable.ledger.indexes.differences import derived_differences, rebuild_all
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.sqlite.text_index import Fts5Index
from answerable.projections.documents import VIEWS

SEGMENTS, TEXTS = 2, 900
"""Enough words that each segment of the index has several leaves, and so a way to each."""

ASKED = tuple(
    f"{letter}{digit}*" for letter in "abcdefghijklmnopqrstuvwxyz" for digit in ("", *"0369")
)


def word(number: int) -> str:
    return f"{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number * 7919 % 9973:04}"


def make_all(ledger: Ledger) -> None:
    assert ledger.document(VIEWS, "person", "p-1") is not None
    assert ledger.registered_as("Mary Poe") is not None
    ledger.found(SearchRequest(query("word")))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose index of words has several leaves in each of several segments."""
    path = tmp_path_factory.mktemp("made") / "a.db"
    with Ledger.create(path) as ledger:
        for segment in range(SEGMENTS):
            first = segment * TEXTS
            ledger.append_all(
                [
                    parse({"kind": "lesson-recorded", "case_id": "alpha",
                           "lesson": " ".join(word(number + at) for at in range(0, 60, 20))})
                    for number in range(first, first + TEXTS)
                ],
                recorded_by="jane",
            )  # fmt: skip
            make_all(ledger)
    return path


def found(path: Path) -> list[list[int]]:
    """What prefixes of every kind find, by the index."""
    with Ledger.open(path) as ledger, ledger._reading() as cursor:
        return [
            [row for (row,) in cursor.execute("SELECT rowid FROM texts(?)", (asked,))]
            for asked in ASKED
        ]


def _led_past(letter: str) -> Callable[[Path], None]:
    """Lead whoever looks for words that begin with a letter past them, but not for whole words."""
    return attacker._run(
        "INSERT OR REPLACE INTO texts_idx SELECT segid, "
        f"CAST('0{letter}0' AS BLOB), (SELECT pgno FROM texts_idx way WHERE "
        f"way.segid = texts_idx.segid AND term <= CAST('0{letter}' AS BLOB) "
        "ORDER BY term DESC LIMIT 1) FROM texts_idx GROUP BY segid",
        f"INSERT OR REPLACE INTO texts_idx SELECT segid, CAST('0{letter}' AS BLOB), max(pgno) "
        "FROM texts_idx GROUP BY segid",
    )


def way_attacks(place: Path) -> Iterator[Attack]:
    """Each row of the way to words: sent elsewhere, told of another word, taken away, added to."""
    with attacker.in_hand(place) as connection:
        rows = connection.execute("SELECT segid, term, pgno FROM texts_idx").fetchall()
    assert len(rows) > 2 * SEGMENTS
    for segment, term, page in rows:
        where = f"WHERE segid = {segment} AND pgno = {page}"
        said = {
            "sent on": f"UPDATE texts_idx SET pgno = pgno + 2 {where}",
            "sent back": f"UPDATE texts_idx SET pgno = pgno - 2 {where}",
            "of a later word": f"UPDATE texts_idx SET term = CAST(term || 'x' AS BLOB) {where}",
            "of an earlier word": f"UPDATE texts_idx SET term = substr(term, 1, 2) {where}",
            "taken away": f"DELETE FROM texts_idx {where}",
            "a short cut past": "INSERT OR IGNORE INTO texts_idx SELECT segid, "
            f"substr(term, 1, length(term) - 1), pgno + 2 FROM texts_idx {where}",
        }
        for name, statement in said.items():
            yield Attack(f"the way to {term!r}: {name}", attacker._run(statement))
    for letter in "cmx":
        yield Attack(f"the way to how words begin, {letter}: past them", _led_past(letter))
    with attacker.in_hand(place) as connection:
        blocks = connection.execute("SELECT id, length(block) FROM texts_data").fetchall()
    for number, length in blocks:
        for at in range(1, length + 1, max(1, length // 5)):
            yield Attack(
                f"block {number}: byte {at}",
                attacker._run(
                    f"UPDATE texts_data SET block = CAST(substr(block, 1, {at} - 1) || x'41' || "
                    f"substr(block, {at} + 1) AS BLOB) WHERE id = {number}"
                ),
            )


@pytest.mark.parametrize("readable_only", [False, True])
@pytest.mark.sqlite_file("tables of FTS5's own")
def test_no_word_can_be_kept_from_being_found(
    place: Path, tmp_path: Path, readable_only: bool
) -> None:
    answers = found(place)
    copy = tmp_path / "a.db"
    altered, unnoticed = 0, list[str]()
    attacks = sample(way_attacks(place), 44)
    for attack in attacks:
        for each in tmp_path.iterdir():
            each.unlink()
        shutil.copy(place, copy)
        try:
            attack.apply(copy)
        except sqlite3.IntegrityError:
            continue  # SQLite itself would not do it.
        try:
            differs = found(copy) != answers
        except Exception:
            differs = True
        if not differs:
            continue
        altered += 1
        with attacker.in_hand(copy) as holding, Ledger.open(copy) as ledger:
            if readable_only:
                holding.execute("BEGIN IMMEDIATE")
            if not list(derived_differences(ledger, VIEWS)):
                unnoticed.append(attack.name)
            if readable_only:
                holding.execute("ROLLBACK")
    assert altered > len(attacks) // 6
    assert unnoticed == []


@pytest.mark.sqlite_file("SQLite counts the writes to a file")
def test_nothing_is_written_and_nothing_caught_up(place: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(place, tmp_path / "a.db"))
    with Ledger.open(copy) as ledger:
        ledger.append(
            parse({"kind": "lesson-recorded", "case_id": "alpha", "lesson": "later"}),
            recorded_by="jane",
        )
        with attacker.in_hand(copy) as other:
            before = other.execute("PRAGMA data_version").fetchone()
            assert list(derived_differences(ledger, VIEWS)) == []
            assert other.execute("PRAGMA data_version").fetchone() == before


@pytest.mark.parametrize("table", ["documents", "named", "texts", "withheld", "tracking"])
@pytest.mark.parametrize("instead", ["", "CREATE VIEW {table} AS SELECT 1 AS position"])
def test_a_table_that_is_not_there_is_named_and_mended(
    place: Path, tmp_path: Path, table: str, instead: str
) -> None:
    copy = Path(shutil.copy(place, tmp_path / "a.db"))
    with attacker.in_hand(copy) as connection:
        connection.execute(f"DROP TABLE {table}")
        if instead:
            connection.execute(instead.format(table=table))
    with Ledger.open(copy) as ledger:
        assert list(derived_differences(ledger, VIEWS))
        rebuild_all(ledger, VIEWS)
        assert list(derived_differences(ledger, VIEWS)) == []


@pytest.mark.parametrize(
    ("name", "position", "told"),
    [
        ("view person 99", 1, "that nothing here made"),
        ("view person 0", 1, "two versions of one thing"),
        ("view person", 1, "that nothing here made"),
        ("names 9 15.0.0", 1, "that nothing here made"),
        ("names 1 99.0.0", 1, "two versions of one thing"),
        ("search 99", 1, "that nothing here made"),
        (b"search 1", 1, "that nothing here made"),
    ],
)
def test_what_is_tracked_is_known_and_once(
    place: Path, tmp_path: Path, name: object, position: object, told: str
) -> None:
    copy = Path(shutil.copy(place, tmp_path / "a.db"))
    with attacker.in_hand(copy) as connection:
        connection.execute("INSERT INTO tracking VALUES (?, ?)", (name, position))
    with Ledger.open(copy) as ledger:
        (said,) = derived_differences(ledger, VIEWS)
        assert told in said
        rebuild_all(ledger, VIEWS)
        assert list(derived_differences(ledger, VIEWS)) == []


@pytest.mark.parametrize("position", ["-1", "1801", "'1'", "1.5", "x'01'"])
@pytest.mark.parametrize("what", ["view person", "names", "search"])
@pytest.mark.sqlite_file("a column of a server takes no other type")
def test_how_far_it_came_is_a_number_up_to_the_length_of_the_log(
    place: Path, tmp_path: Path, what: str, position: str
) -> None:
    copy = Path(shutil.copy(place, tmp_path / "a.db"))
    with (
        attacker.told_otherwise(
            copy,
            "tracking",
            lambda text: text.replace("notification_id INTEGER", "notification_id"),
        ),
        attacker.in_hand(copy) as connection,
    ):
        connection.execute(
            f"UPDATE tracking SET notification_id = {position} "
            f"WHERE application_name GLOB '{what} *'"
        )
    with Ledger.open(copy) as ledger:
        (said,) = derived_differences(ledger, VIEWS)
        assert "is said to reflect" in said
        rebuild_all(ledger, VIEWS)
        assert list(derived_differences(ledger, VIEWS)) == []


@pytest.mark.sqlite_file("tables of FTS5's own")
def test_without_fts5_the_index_of_words_is_said_to_be_uncompared(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copy(place, tmp_path / "a.db"))
    with Ledger.open(copy) as ledger:
        assert list(differences.uncompared(ledger, VIEWS)) == []
        monkeypatch.setattr(Fts5Index, "available", lambda *_: False)
        (said,) = differences.uncompared(ledger, VIEWS)
        assert "the index of words" in said
        assert list(derived_differences(ledger, VIEWS)) == []
        with ledger._writing_indexes() as cursor:
            full_text.drop_index(cursor)
        assert list(differences.uncompared(ledger, VIEWS)) == []
