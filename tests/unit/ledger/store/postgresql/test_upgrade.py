"""Test that a ledger of an earlier format becomes one of this, with all that is on record.

`format_1.sql.gz` is what `pg_dump --schema=answerable` wrote of a ledger that the program of before
made: 531 entries, two of its tiles full, with sealed texts, an erasure, keys and a checkpoint. The
program of format 2 made `format_2.sql.gz` of the same.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.support.oracles import rows_of
from tests.support.postgresql import Server

from answerable.domain.parsing import parse
from answerable.ledger.checkpoints.signing import latest_checkpoint
from answerable.ledger.errors import StorageFailed
from answerable.ledger.indexes import full_text
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving.moves import migrate
from answerable.ledger.store.postgresql.guards import listed, objects_of, schema_problems
from answerable.ledger.store.postgresql.schema import FORMAT
from answerable.ledger.store.postgresql.writing.functions import FUNCTIONS
from answerable.ledger.system.parallel import no_progress
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.ledger.verify.record import verify_record
from answerable.projections.documents import VIEWS

DUMPS = {each: Path(__file__).with_name(f"format_{each}.sql.gz") for each in (1, 2)}

SIZE = 531
ROOT = "ba9cd8b2929581beafa31b4eda79322192bd85ba6d5fc20217f018736c553d4e"

MORE = parse({"kind": "contact-made", "case_id": "case-0", "counterparty": "org-1"})


@pytest.fixture(params=DUMPS, ids="format {}".format)
def earlier(request: pytest.FixtureRequest) -> int:
    """An earlier format."""
    return int(request.param)


@pytest.fixture
def database(postgresql: Server, earlier: int) -> Iterator[str]:
    """A database with a ledger of an earlier format."""
    name = postgresql.database()
    dump = postgresql.folder / "earlier.sql"
    dump.write_bytes(gzip.decompress(DUMPS[earlier].read_bytes()))
    dump.chmod(0o644)
    postgresql.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump), postgresql.address(name))
    yield name
    postgresql.put_back(name)


def test_an_earlier_format_is_brought_to_this_one(postgresql: Server, database: str) -> None:
    entries = "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    before = postgresql.sql(entries.replace("FROM ", "FROM answerable."), database)
    with Ledger.open(postgresql.address(database)) as opened:
        head = opened.head()
        assert (head.size, head.root.hex()) == (SIZE, ROOT)
        assert full_text.make_ready(opened)
        with opened._reading() as cursor:
            assert cursor.execute(entries).fetchall() == before
            assert list(schema_problems(cursor)) == []
            assert cursor.execute("SELECT level, number FROM tiles").fetchall() == [(1, 0)]
        report = verify_ledger(opened, Trust([]), views=VIEWS)
        assert report.problems == ()
        assert latest_checkpoint(opened) is not None
        assert opened.append(MORE, recorded_by="jane").position == SIZE
        assert verify_record(opened).problems == ()
    # Opened again, nothing is done to it.
    with Ledger.open(postgresql.address(database)) as again:
        assert len(again) == SIZE + 1
        assert set(rows_of(again)) >= {"stored_events", "tiles"}


def test_what_was_altered_before_is_found_afterwards(postgresql: Server, database: str) -> None:
    postgresql.sql(
        "SET search_path TO answerable; ALTER TABLE stored_events DISABLE TRIGGER USER; "
        "UPDATE stored_events SET state = overlay(state PLACING 'x' FROM 20) WHERE rowid = 300; "
        "ALTER TABLE tiles DISABLE TRIGGER tiles_are_not_deleted",
        database,
    )
    with Ledger.open(postgresql.address(database)) as opened:
        found = {(each.position, each.what) for each in verify_record(opened).problems}
        assert (299, "is not the entry that the tree was built over") in found
        with opened._reading() as cursor:
            off = {each.name for each in listed() - objects_of(cursor) if each.type == "trigger"}
    assert off >= {"tiles_are_not_deleted", "events_are_not_changed"}


@pytest.mark.parametrize("earlier", [1], indirect=True)
def test_a_tree_that_was_cut_short_stays_so(postgresql: Server, database: str) -> None:
    postgresql.sql(
        "SET search_path TO answerable; ALTER TABLE tiles DISABLE TRIGGER USER; "
        "DELETE FROM tiles WHERE level = 0 AND number = 2",
        database,
    )
    with Ledger.open(postgresql.address(database)) as opened:
        assert any(each.position == 512 for each in verify_record(opened).problems)


@pytest.mark.parametrize("earlier", [2], indirect=True)
def test_a_function_that_was_made_otherwise_stays_so(postgresql: Server, database: str) -> None:
    settle = "CREATE OR REPLACE FUNCTION answerable.settle(on_standbys boolean) RETURNS void "
    postgresql.sql(f"{settle} LANGUAGE plpgsql AS 'BEGIN END'", database)
    with Ledger.open(postgresql.address(database)) as opened, opened._reading() as cursor:
        off = {each.name for each in listed() - objects_of(cursor) if each.type == "function"}
    assert any(name.startswith("settle") for name in off)


def test_who_owns_nothing_is_told_whom_to_ask(
    postgresql: Server, database: str, earlier: int
) -> None:
    postgresql.sql(
        "CREATE ROLE clerk LOGIN; GRANT USAGE ON SCHEMA answerable TO clerk; "
        "GRANT ALL ON ALL TABLES IN SCHEMA answerable TO clerk",
        database,
    )
    try:
        with pytest.raises(StorageFailed, match=f"has format {earlier}") as caught:
            Ledger.open(postgresql.address(database, user="clerk"))
        assert "owner of its tables" in (caught.value.hint or "")
        assert postgresql.sql("SELECT version FROM answerable.format", database) == [(earlier,)]
    finally:
        postgresql.sql("DROP OWNED BY clerk; DROP ROLE clerk", database)


def test_what_was_brought_to_this_format_is_moved_to_a_file_and_back(
    postgresql: Server, database: str, tmp_path: Path
) -> None:
    again = postgresql.database()
    with (
        Ledger.open(postgresql.address(database)) as opened,
        Ledger.create(tmp_path / "a.db") as file,
        Ledger.create(postgresql.address(again)) as back,
    ):
        opened.append(MORE, recorded_by="jane")
        for source, dest in ((opened, file), (file, back)):
            moved = migrate(source, dest, progress=lambda _, length: no_progress(length))
            assert (moved.carried.size, moved.report.problems) == (SIZE + 1, ())
        assert latest_checkpoint(back) == latest_checkpoint(opened)
    postgresql.put_back(again)


def test_functions_of_other_bodies_are_of_another_format() -> None:
    """Else `verify` would call each ledger altered that was made before."""
    bodies = sha256("".join(FUNCTIONS).encode()).hexdigest()
    assert FORMAT == 3
    assert bodies == "b0045074e3935ddcfa6096f86547b0d0a92f73df2e58f2051bfb48bdf0952a1d"
