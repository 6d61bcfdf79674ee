"""A PostgreSQL server of the tests' own: made of Debian's packages, run as a user of its own.

It listens on a socket in its folder (and on a port of 127.0.0.1 where a test asks for one),
keeps nothing on disk that has to survive, and is gone with the tests. Its folder is in memory where
that of the tests is: to make a database of its own for a ledger takes a third of the time there.
Standbys are in `tests.support.standbys`, a pooler in `tests.support.pgbouncer`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql")

SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "max_wal_size": "128MB",
    "min_wal_size": "32MB",
    "shared_buffers": "32MB",
    "wal_level": "replica",
}

SERVERS_IN = os.environ.get("TESTS_SERVERS_IN", "/tmp")
"""Names the folder of all servers. Their user may go through it; the path of a socket is short."""

PORT = 5432

PASSWORD = "s3cr3t-of-the-house"

ROLES = """
SELECT rolname FROM pg_roles WHERE starts_with(rolname, '{name}_') OR rolname LIKE '%\\_of\\_{name}'
"""
"""Lists the roles of a ledger, which are the server's and not its database's."""

_NUMBERS = count()


def programs() -> Path | None:
    """The folder of the newest server that is installed; None without one."""
    found = sorted(PROGRAMS.glob("*/bin/postgres"), key=lambda place: int(place.parts[-3]))
    return found[-1].parent if found else None


def server_user() -> str | None:
    """Who runs the server: root may not, so Debian's own user does."""
    return "postgres" if os.geteuid() == 0 else None


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


@contextmanager
def own_folder(prefix: str) -> Iterator[Path]:
    """A folder that belongs to who runs the server, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=SERVERS_IN))
    try:
        user = server_user()
        if user is not None:
            known = pwd.getpwnam(user)
            os.chown(folder, known.pw_uid, known.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """A server that runs.

    Attributes:
        folder: where its data, its log and its socket are.
        port: what its socket is numbered by; with `tcp`, it listens there on 127.0.0.1, too.
        tcp: whether it does.
    """

    def __init__(
        self,
        folder: Path,
        programs: Path,
        *,
        tcp: bool = False,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.programs = programs
        self.tcp = tcp
        self.port = free_port() if tcp else PORT
        self.settings = {
            **SETTINGS, "listen_addresses": "127.0.0.1" if tcp else "", "port": str(self.port),
            **settings,
        }  # fmt: skip
        self._free: list[str] = []

    @property
    def log(self) -> str:
        """Return what it wrote to its log."""
        return (self.folder / "log").read_text(errors="replace")

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of the server's; return what it says."""
        # The folder that the tests run in may be closed to the server's user.
        return subprocess.run(
            [self.programs / program, *arguments],
            user=server_user(), cwd=self.folder, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    def sql(self, statement: str, database: str = "postgres", user: str = "owner") -> list[Any]:
        """Run a statement beside the ledger; return its rows."""
        with psycopg.connect(self.address(database, user=user), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def address(self, database: str, *, user: str = "owner", password: str = "") -> str:
        """The address of a database, by the server's socket."""
        told = f":{password}" if password else ""
        port = "" if self.port == PORT else f"&port={self.port}"
        return f"postgresql://{user}{told}@/{database}?host={self.folder}{port}"

    def tcp_address(
        self, database: str, *, user: str = "owner", password: str = "", options: str = ""
    ) -> str:
        """The address of a database, by the server's port. `options` are as libpq takes them."""
        told = f":{password}" if password else ""
        return f"postgresql://{user}{told}@127.0.0.1:{self.port}/{database}?{options}"

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
        # Its roles, and the users that tests made of them.
        for (role,) in self.sql(ROLES.format(name=name)):
            self.sql(f"DROP ROLE {role}")
        self._free.append(name)

    @property
    def runs(self) -> bool:
        """Tell whether it runs."""
        return (self.folder / "data" / "postmaster.pid").exists()

    def stop(self, mode: str = "fast") -> None:
        """Stop it."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        told = self.settings.items()
        settings = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in told)
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
def running_server(
    *,
    tcp: bool = False,
    settings: Mapping[str, str] = MappingProxyType({}),
    files: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Server]:
    """A server for as long as the block lasts. `programs` says whether there can be one.

    Args:
        tcp: whether it listens on a port of 127.0.0.1, too.
        settings: beside those of all servers here.
        files: what is to be in some files of its data, which others may not read.
    """
    there = programs()
    assert there is not None
    with own_folder("answerable-pg-") as folder:
        server = Server(folder, there, tcp=tcp, settings=settings)
        server.run(
            "initdb", "-D", str(folder / "data"), "-U", "owner", "--no-sync", "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        for name, text in files.items():
            place = folder / "data" / name
            place.write_text(text)
            place.chmod(0o600)
            shutil.chown(place, folder.owner(), folder.group())
        with started(server):
            yield server


@contextmanager
def started(server: Server) -> Iterator[Server]:
    """Start a server whose data are there; at the end of the block it runs no more."""
    server.start()
    try:
        yield server
    finally:
        if server.runs:
            server.stop("immediate")
