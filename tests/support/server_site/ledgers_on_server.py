"""Keep ledgers on a PostgreSQL server of the tests' own, where tests name files.

Where the switch says so (`KEPT`), what makes a ledger in a file makes it in a database, and leaves
a note of it in the file's place: so all tests run as they are on either store. A note that is
copied is a copy of the ledger, one that is moved is the same ledger, and one that is removed is a
ledger that is no more. All that is above the store sees what it sees of a server, but for the place
of the ledger, beside which its keys lie, and its name.

Processes that tests start come here by `sitecustomize.py`, which lies beside this.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

KEPT = "TESTS_LEDGERS_ON_SERVER"
"""Names the folder that has a file for each database, with the place of its note.

It is set while ledgers are kept on the server.
"""

SERVER = "TESTS_SERVER"
"""Names the folder of the server's socket."""

EMPTY = "empty_ledger"
"""The database that has an empty ledger, of which others are copies."""

HEAD = "A ledger of the tests, on their server: "

OPENING = "answerable.ledger.store.opening"
"""The module that opens and makes stores."""


def address(name: str) -> str:
    """Return the address of a database."""
    return f"postgresql://owner@/{name}?host={os.environ[SERVER]}"


def database_at(place: str | os.PathLike[str]) -> str | None:
    """Return the name of the database of the ledger at a place; None where there is no note."""
    if KEPT not in os.environ:
        # To open and close a ledger's file would take away the locks that this process has on it.
        return None
    try:
        # A pipe would be waited for.
        if not Path(place).is_file():
            return None
        with Path(place).open("rb") as file:
            told = file.read(4_000)
    except (OSError, ValueError):
        return None
    if not told.startswith(HEAD.encode()):
        return None
    return told.decode().removeprefix(HEAD).split()[0]


def copied(source: str | os.PathLike[str], into: str | os.PathLike[str]) -> None:
    """Make the ledger at a place the copy of another."""
    name = database_at(source)
    assert name is not None
    _note(into, _new_database(name))


def forget(under: Path | None = None) -> None:
    """Drop the ledgers whose notes are gone, or lie in a folder."""
    kept = Path(os.environ[KEPT])
    for each in list(kept.iterdir()):
        place = Path(each.read_text())
        inside = under is not None and under in place.parents
        if inside or database_at(place) != each.name:
            run(f"DROP DATABASE IF EXISTS {each.name} WITH (FORCE)")
            each.unlink()


def make_empty() -> None:
    """Make the ledger that others are copies of, once for a server."""
    from answerable.ledger.store.postgresql.address import ServerAddress
    from answerable.ledger.store.postgresql.making import make_on_server

    run(f"CREATE DATABASE {EMPTY} TEMPLATE template0 ENCODING 'UTF8'")
    make_on_server(ServerAddress(address(EMPTY)))


def install(opening: ModuleType) -> None:
    """Have the module that opens stores, and what copies files, know notes."""
    opening_file: Callable[..., Any] = opening.open_store
    making: Callable[..., None] = opening.make_store
    is_file: Callable[[Path], bool] = opening.is_ledger
    copying = shutil.copyfile

    def open_store(place: Any) -> Any:
        name = None if opening.is_on_server(place) else database_at(place)
        return opening_file(place) if name is None else _noted_store()(Path(place), name)

    def make_store(place: Any) -> None:
        if opening.is_on_server(place) or KEPT not in os.environ:
            making(place)
            return
        # A file refuses what can be no place of one.
        making(place)
        Path(place).unlink()
        _note(place, _new_database(EMPTY))

    def is_ledger(place: Path) -> bool:
        return database_at(place) is not None or is_file(place)

    def copyfile(source: Any, into: Any, **more: Any) -> Any:
        if isinstance(source, str | os.PathLike) and database_at(source) is not None:
            copied(source, into)
            return into
        return copying(source, into, **more)

    for each in (open_store, make_store, is_ledger):
        setattr(opening, each.__name__, each)
    shutil.copyfile = copyfile  # type: ignore[assignment]


@cache
def _noted_store() -> type[Any]:
    from answerable.ledger.store.postgresql.address import ServerAddress
    from answerable.ledger.store.postgresql.store import PostgresStore

    class NotedStore(PostgresStore):
        """A ledger on the server, by the place of its note."""

        place: Path  # type: ignore[assignment]

        def __init__(self, place: Path, database: str) -> None:
            super().__init__(ServerAddress(address(database)))
            self.place = place

        @property
        def name(self) -> str:
            """Return the place of the note."""
            return str(self.place)

        @property
        def address(self) -> str:
            """Return the place of the note, wherever this process goes."""
            return str(self.place.absolute())

    return NotedStore


def _note(place: str | os.PathLike[str], name: str) -> None:
    Path(place).write_text(f"{HEAD}{name}\n")
    # As a ledger's file, which others may not read.
    Path(place).chmod(0o600)
    Path(os.environ[KEPT], name).write_text(os.path.realpath(place))


def _new_database(of: str) -> str:
    """Make a database with the ledger of another, which nobody may use meanwhile."""
    name = f"ledger_{uuid4().hex}"
    if of != EMPTY:
        run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{of}' AND state = 'idle'"
        )
    run(f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY file_copy")
    return name


def run(statement: str) -> None:
    """Run a statement beside all ledgers, as who runs the server."""
    import psycopg

    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())
