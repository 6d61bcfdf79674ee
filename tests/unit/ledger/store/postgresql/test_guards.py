"""Test what PostgreSQL is told to refuse, and that `verify` misses what is switched off."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from tests.support.postgresql import Server

from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.postgresql.guards import LISTED, MADE_LATER, listed, objects_of
from answerable.ledger.verify.record import verify_record


@pytest.fixture(scope="module")
def database(postgresql: Server) -> Iterator[str]:
    name = postgresql.database()
    with Ledger.create(postgresql.address(name)) as made:
        events = [{"kind": "case-opened", "title": "t"}, {"kind": "lesson-recorded", "lesson": "l"}]
        for event in events:
            made.append(parse({"case_id": "acme", **event}), recorded_by="jane")
    ledger = "INSERT INTO answerable.{} VALUES {}".format
    for table, row in (
        ("keys", "('k', 0)"),
        ("checkpoints", "(1, 'note')"),
        ("timestamps", "('t', 1, 'note')"),
        ("tiles", "(1, 0, 'hashes')"),
    ):
        postgresql.sql(ledger(table, row), name)
    yield name
    postgresql.put_back(name)


@pytest.fixture
def ledger(postgresql: Server, database: str) -> Iterator[Ledger]:
    with Ledger.open(postgresql.address(database)) as opened:
        yield opened


def test_a_new_ledger_has_what_is_listed(postgresql: Server) -> None:
    name = postgresql.database()
    with Ledger.create(postgresql.address(name)) as made, made._reading() as cursor:
        there = objects_of(cursor)
    later = frozenset[str]().union(*MADE_LATER)
    asked = {each for each in listed() if each.relation not in later}
    assert there == asked, f"{LISTED} is to be written anew"
    postgresql.put_back(name)


CHANGES = (
    "UPDATE stored_events SET topic = 'dispute'",
    "DELETE FROM stored_events",
    "UPDATE disclosures SET disclosure = 'another'",
    "UPDATE disclosures SET disclosure = NULL, about = 'nobody'",
    "DELETE FROM disclosures",
    "UPDATE tiles SET hashes = substr(hashes, 2)",
    "UPDATE tiles SET level = 7",
    "DELETE FROM tiles",
    "UPDATE keys SET vkey = 'another'",
    "DELETE FROM keys",
    "UPDATE checkpoints SET note = 'n'",
    "DELETE FROM checkpoints",
    "UPDATE timestamps SET note = 'another'",
    "DELETE FROM timestamps",
    "UPDATE head SET size = 1",
    "DELETE FROM head",
    "TRUNCATE stored_events",
    "TRUNCATE disclosures",
    "TRUNCATE tiles",
)


@pytest.mark.parametrize("role", ["origin", "replica"])
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_recorded_is_not_changed(
    postgresql: Server, database: str, change: str, role: str
) -> None:
    beside = f"SET search_path TO answerable; SET session_replication_role TO {role}"
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        postgresql.sql(f"{beside}; {change}", database)


ATTACKS = {
    "ALTER TABLE answerable.stored_events DISABLE TRIGGER events_are_not_changed":
        "the trigger events_are_not_changed of the schema was changed",
    "ALTER TABLE answerable.stored_events ENABLE TRIGGER events_are_not_changed":
        "the trigger events_are_not_changed of the schema was changed",
    "DROP TRIGGER tiles_only_grow ON answerable.tiles":
        "the trigger tiles_only_grow of the schema was removed",
    "CREATE OR REPLACE FUNCTION answerable.refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NEW; END'":
        "the function refuse of the schema was changed",
    "CREATE TABLE answerable.copies (text bytea)":
        "the schema has a column that no ledger has, 'copies.text'",
    "CREATE RULE swallow AS ON INSERT TO answerable.tiles DO INSTEAD NOTHING":
        "the schema has a rule that no ledger has, 'swallow'",
    "DROP INDEX answerable.amendments": "the index amendments of the schema was removed",
    "ALTER TABLE answerable.disclosures ENABLE ROW LEVEL SECURITY":
        "the relation disclosures of the schema was changed",
    "ALTER TABLE answerable.disclosures ALTER about DROP NOT NULL":
        "the column disclosures.about of the schema was changed",
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_guard_that_is_off_or_replaced_is_missed(postgresql: Server, attack: str) -> None:
    name = postgresql.database()
    with Ledger.create(postgresql.address(name)) as made:
        assert verify_record(made).problems == ()
        postgresql.sql(attack, name)
        found = [problem.what for problem in verify_record(made).problems]
    assert ATTACKS[attack] in found
    postgresql.put_back(name)


def test_nothing_is_erased_where_something_would_keep_it(postgresql: Server) -> None:
    from answerable.ledger.errors import StorageFailed

    name = postgresql.database()
    with Ledger.create(postgresql.address(name)) as made:
        made.append(parse({"kind": "lesson-recorded", "case_id": "acme", "lesson": "l"}),
                    recorded_by="jane")  # fmt: skip
        postgresql.sql(
            "CREATE FUNCTION answerable.keep() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RETURN OLD; END'; CREATE TRIGGER keeps BEFORE UPDATE ON answerable.disclosures "
            "FOR EACH ROW EXECUTE FUNCTION answerable.keep()",
            name,
        )
        erasure = {"kind": "personal-data-erased", "case_id": "acme", "subject": "jane",
                   "legal_basis": "gdpr art. 17(1)(a)"}  # fmt: skip
        with pytest.raises(StorageFailed, match="nothing is erased"):
            made.append(parse(erasure), recorded_by="jim")
        assert len(made) == 1
    postgresql.put_back(name)
