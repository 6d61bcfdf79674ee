"""What is changed in no row: how the file is written, what lies beside it, and when."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.support.attacker import in_hand, left_in_the_log, written_anew
from tests.tamper.conftest import House, ask, named_by_verify

from answerable.cli.main import run
from answerable.domain.parsing import parse
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.verify import CheckpointReport, verify_checkpoints
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.log_keys import own_keys
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify import ledger as verifying
from answerable.ledger.verify.ledger import LedgerReport, verify_ledger
from answerable.projections.documents import VIEWS

pytestmark = pytest.mark.sqlite_file("a file: its encoding, its pages and what lies beside it")


def verified(place: Path, keys: Path) -> LedgerReport:
    with Ledger.open(place) as ledger:
        return verify_ledger(ledger, Trust([]), memory=memory_file(keys), views=VIEWS)


def without_search(place: Path) -> Path:
    """The file, as it is where nobody has searched yet."""
    with in_hand(place) as connection:
        connection.execute("DROP TABLE texts")
        connection.execute("DROP TABLE withheld")
        connection.execute("DELETE FROM tracking WHERE application_name LIKE 'search%'")
    return place


@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_a_file_in_another_encoding_is_named(house: House, tmp_path: Path, encoding: str) -> None:
    """Its indexes fit its tables; but what is looked up by the bytes of a text is not found."""
    place = without_search(house.copied(tmp_path))
    written_anew(place, encoding)
    assert ask(place, ("why", "20")) != house.answers["why", "20"]
    assert named_by_verify(place, house.keys) == [
        f"the file's structure is damaged: its encoding is '{encoding}', which no ledger's is"
    ]


def test_a_file_written_anew_in_the_same_encoding_answers_as_before(
    house: House, tmp_path: Path
) -> None:
    place = without_search(house.copied(tmp_path))
    written_anew(place, "UTF-8")
    assert named_by_verify(place, house.keys) == []
    assert {question: ask(place, question) for question in house.answers} == house.answers


@pytest.mark.parametrize(("pragma", "value"), [("application_id", 7), ("user_version", 9)])
def test_what_the_log_makes_of_the_header_is_named(
    house: House, tmp_path: Path, pragma: str, value: int
) -> None:
    """The file itself is a ledger's; once its log is moved into it, nothing opens it any more."""
    place = house.copied(tmp_path)
    left_in_the_log(place, f"PRAGMA {pragma} = {value}")
    (problem,) = named_by_verify(place, house.keys)
    assert problem.endswith(f"its {pragma} is {value}, which no ledger's is")


def test_what_is_written_while_it_is_verified_is_not_said_to_be_checked(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = house.copied(tmp_path)

    def meanwhile(*arguments: Any) -> CheckpointReport:
        with in_hand(place) as connection:
            connection.execute("UPDATE disclosures SET about = 'person-9' WHERE field = 'purpose'")
        return verify_checkpoints(*arguments)

    monkeypatch.setattr(verifying, "verify_checkpoints", meanwhile)
    what = "what was written to the file while it was verified"
    assert what in verified(place, house.keys).unchecked
    monkeypatch.undo()
    assert not verified(place, house.keys).verified
    assert what not in verified(house.place, house.keys).unchecked


def test_without_the_memory_nobody_says_that_nothing_was_cut_off(
    house: House, tmp_path: Path
) -> None:
    """A ledger put back as it was when the first checkpoint was signed, its keys elsewhere."""
    place = house.copied(tmp_path)
    elsewhere = tmp_path / "elsewhere.key"
    what = f"whether more was signed than is there, for {memory_file(elsewhere)} is not there"
    assert what in verified(place, elsewhere).unchecked
    assert not any("more was signed" in each for each in verified(place, house.keys).unchecked)


def test_what_no_signature_covers_is_not_said_to_be_checked(house: House, tmp_path: Path) -> None:
    """Whoever can write the file can write such entries anew, tree and all."""
    place = house.copied(tmp_path)
    what = "that the entries since the last checkpoint, 1 of them, are those that were recorded"
    keys = "whose the keys are that signed, for the ledger itself names them"
    assert not any(what in each for each in verified(place, house.keys).unchecked)
    assert keys in verified(place, house.keys).unchecked
    with Ledger.open(place) as ledger:
        event = parse({"kind": "lesson-recorded", "case_id": "later", "lesson": "l"})
        ledger.append(event, recorded_by="recorder-1")
        trusted = Trust([each.key for each in own_keys(ledger)])
        found = verify_ledger(ledger, trusted, memory=memory_file(house.keys), views=VIEWS)
    assert any(what in each for each in found.unchecked)
    assert keys not in found.unchecked


@pytest.mark.parametrize("kept", [0, 1, 45])
def test_entries_numbered_below_the_first_are_named(
    house: House, tmp_path: Path, kept: int
) -> None:
    place = house.copied(tmp_path)
    with in_hand(place) as connection:
        connection.execute("UPDATE stored_events SET rowid = -rowid WHERE rowid > ?", (kept,))
    assert named_by_verify(place, house.keys)


@pytest.mark.parametrize(
    ("made", "name"),
    [
        ("names %", "names 3 99.0.0"),
        ("search %", "search 0 14.0.0"),
        ("view person %", "view person 0"),
    ],
)
def test_what_another_version_made_is_not_said_to_be_checked(
    house: House, tmp_path: Path, made: str, name: str
) -> None:
    """This one would make it again; the one that made it answers from it as it is."""
    place = house.copied(tmp_path)
    with in_hand(place) as connection:
        connection.execute(
            "UPDATE tracking SET application_name = ? WHERE application_name LIKE ?", (name, made)
        )
    found = verified(place, house.keys)
    assert found.verified
    assert any(f"kept as {name!r}" in each for each in found.unchecked)


def test_documents_of_a_view_that_was_never_made_are_not_counted(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They go before it is made, so they are nothing that `verify` would have to look at."""
    place = house.copied(tmp_path)
    with in_hand(place) as connection:
        connection.execute("DELETE FROM tracking WHERE application_name LIKE 'view person %'")
        connection.execute("INSERT INTO documents VALUES ('person', 'person-99', 'acme', x'00')")
    assert named_by_verify(place, house.keys) == []
    capsys.readouterr()
    assert run(["views", "show", "--json", "--ledger", str(place)]) == 0
    shown = {each["view"]: each for each in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (shown["person"]["documents"], shown["person"]["reflects"]) == (0, None)


def test_a_target_of_an_unknown_kind_is_named(house: House, tmp_path: Path) -> None:
    """A correction's texts are about whom the kind of its target says."""
    place = house.copied(tmp_path)
    with in_hand(place) as connection:
        connection.execute(
            "UPDATE stored_events SET topic = 'sanction-imposee', state = "
            "CAST(replace(state, 'sanction-imposed', 'sanction-imposee') AS BLOB) "
            "WHERE topic = 'sanction-imposed'"
        )
    problems = named_by_verify(place, house.keys)
    assert "is of a kind that is not known here, 'sanction-imposee'" in problems


def test_a_folder_is_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["verify", "--ledger", "."]) == 2


def test_rows_of_the_schema_that_stand_twice(house: House, tmp_path: Path) -> None:
    place = house.copied(tmp_path)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "INSERT INTO sqlite_schema SELECT type, name, tbl_name, 4, sql FROM sqlite_schema "
            "WHERE name = 'sqlite_autoindex_stored_events_1'"
        )
        connection.commit()
    assert named_by_verify(place, house.keys)
