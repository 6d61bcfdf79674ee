"""Checking that a ledger's file holds the tables, indexes and triggers of a ledger, and no more.

Whatever else a schema holds can alter an answer or undo an erasure: a trigger that keeps what is
erased or swallows what is written, a view in the place of a table, statistics that send a query by
another way. So what may be there is a list, each object with the text that made it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import NamedTuple

from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.sqlite.schema import (
    CREATE_EVENTS,
    CREATE_NAMES,
    CREATE_REST,
    CREATE_TEXTS,
    CREATE_WITHHELD,
)

OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_schema"

ROOTS = "SELECT rootpage, min(name), max(name) FROM sqlite_schema WHERE rootpage > 0 GROUP BY 1"

MODULE_TABLES = (
    ("texts", CREATE_TEXTS),
    ("texts_data", "CREATE TABLE 'texts_data'(id INTEGER PRIMARY KEY, block BLOB)"),
    (
        "texts_idx",
        "CREATE TABLE 'texts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    ),
    ("texts_docsize", "CREATE TABLE 'texts_docsize'(id INTEGER PRIMARY KEY, sz BLOB)"),
    ("texts_config", "CREATE TABLE 'texts_config'(k PRIMARY KEY, v) WITHOUT ROWID"),
)
"""The tables that FTS5 makes of the index of texts, here so that it need not be there to check."""


class SchemaObject(NamedTuple):
    """A table, index, trigger or view as `sqlite_schema` has it; SQLite's own indexes lack a text.

    See https://sqlite.org/schematab.html.
    """

    type: str
    name: str
    table: str
    text: str | None


@cache
def needed_objects() -> frozenset[SchemaObject]:
    """Return the objects that every ledger has."""
    return _objects_made_by(CREATE_EVENTS, *CREATE_REST)


@cache
def allowed_objects() -> frozenset[SchemaObject]:
    """Return the objects that a ledger may have: those it needs, and indexes made when asked for.

    FTS5 keeps its settings in a table whose key has an index of SQLite's own.
    """
    made = _objects_made_by(CREATE_EVENTS, *CREATE_REST, *CREATE_NAMES, *CREATE_WITHHELD)
    return made | {SchemaObject("table", name, name, text) for name, text in MODULE_TABLES}


def schema_problems(cursor: Cursor) -> Iterator[Problem]:
    """Yield what a file's schema lacks, what in it was changed, and what it holds besides."""
    there = _objects_of(cursor)
    for each in sorted(needed_objects() - there, key=str):
        named = any(each.name == other.name for other in there)
        yield _problem(each, "was changed" if named else "was removed")
    needed = {each.name for each in needed_objects()}
    for each in sorted(there - allowed_objects(), key=str):
        if each.name not in needed:
            yield _beyond(each)
    for root, first, second in cursor.execute(ROOTS).fetchall():
        if first != second:
            yield Problem(None, f"{first} and {second} share a page of the file, number {root}")


def acting_problems(cursor: Cursor) -> Iterator[Problem]:
    """Yield what in a file's schema can act on what is written: copy it, or swallow it."""
    allowed = allowed_objects()
    names = {each.name for each in allowed}
    for each in sorted(_objects_of(cursor) - allowed, key=str):
        if each.name not in names or each.type in ("trigger", "view"):
            yield _beyond(each)


def _objects_of(cursor: Cursor) -> frozenset[SchemaObject]:
    return frozenset(SchemaObject(*row) for row in cursor.execute(OBJECTS).fetchall())


def _beyond(each: SchemaObject) -> Problem:
    if any(each.name == other.name for other in allowed_objects()):
        return _problem(each, "was changed")
    return Problem(None, f"the file has a {each.type} that no ledger has, {each.name!r:.60}")


def _problem(each: SchemaObject, what: str) -> Problem:
    return Problem(None, f"the {each.type} {each.name} of the file {what}")


def _objects_made_by(*statements: str) -> frozenset[SchemaObject]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in statements:
            connection.execute(statement)
        return frozenset(SchemaObject(*row) for row in connection.execute(OBJECTS))
