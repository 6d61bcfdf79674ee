"""A PostgreSQL server of the tests' own: made of Debian's packages, run as a user of its own.

It listens on a socket in a folder in /tmp alone, keeps nothing on disk that has to survive, and is
gone with the tests. Each ledger has a database of its own.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql")

SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "50",
    "shared_buffers": "32MB",
    "wal_level": "replica",
}

PASSWORD = "s3cr3t-of-the-house"

_NUMBERS = count()


def programs() -> Path | None:
    """The folder of the newest server that is installed; None without one."""
    found = sorted(PROGRAMS.glob("*/bin/postgres"), key=lambda place: int(place.parts[-3]))
    return found[-1].parent if found else None


def _user() -> str | None:
    """Who runs the server: root may not, so Debian's own user does."""
    return "postgres" if os.geteuid() == 0 else None


class Server:
    """A server that runs."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self._free: list[str] = []

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of the server's; return what it says."""
        # The folder that the tests run in may be closed to the server's user.
        return subprocess.run(
            [self.programs / program, *arguments],
            user=_user(), cwd=self.folder, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    def sql(self, statement: str, database: str = "postgres", user: str = "owner") -> list[Any]:
        """Run a statement beside the ledger; return its rows."""
        with psycopg.connect(self.address(database, user=user), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def address(self, database: str, *, user: str = "owner", password: str = "") -> str:
        """The address of a database."""
        told = f":{password}" if password else ""
        return f"postgresql://{user}{told}@/{database}?host={self.folder}"

    def database(self) -> str:
        """Return the name of an empty database."""
        if self._free:
            return self._free.pop()
        name = f"ledger_{next(_NUMBERS)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return name

    def put_back(self, name: str) -> None:
        """Take back a database that is used no more: without its ledger, it is used again."""
        self.sql("DROP SCHEMA IF EXISTS answerable CASCADE", name)
        self._free.append(name)

    def stop(self, mode: str = "fast") -> None:
        """Stop it."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
        self.run(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"),
            "-o", f"{settings} -k {self.folder}", "start",
        )  # fmt: skip


@contextmanager
def place_in(request: pytest.FixtureRequest, folder: Path) -> Iterator[Path | str]:
    """Where a ledger may be made, as a fixture's parameter says: in a folder, or on a server."""
    if request.param == "sqlite":
        yield folder / "a.db"
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.database()
    yield server.address(name)
    server.put_back(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """A server for as long as the block lasts. `programs` says whether there can be one."""
    there = programs()
    assert there is not None
    folder = Path(tempfile.mkdtemp(prefix="answerable-pg-", dir="/tmp"))
    try:
        user = _user()
        if user is not None:
            known = pwd.getpwnam(user)
            os.chown(folder, known.pw_uid, known.pw_gid)
        server = Server(folder, there)
        server.run(
            "initdb", "-D", str(folder / "data"), "-U", "owner", "--no-sync", "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
