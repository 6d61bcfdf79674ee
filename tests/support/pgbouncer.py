"""PgBouncer before a server of the tests', in transaction mode: a pooler that operators have."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgresql import Server, own_folder, server_user

PORT = 6432

SETTINGS = """
[databases]
* = host={server} port={server_port}

[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
logfile = {folder}/log
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 2
{more}
"""


def pooler() -> str | None:
    """Where PgBouncer is; None without it."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


class Bouncer:
    """A pooler that runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def log(self) -> str:
        """Return what it wrote to its log."""
        return (self.folder / "log").read_text(errors="replace")

    def address(self, database: str, *, user: str = "owner") -> str:
        """The address of a database behind it."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={PORT}"


@contextmanager
def running_bouncer(
    server: Server, *, users: tuple[str, ...] = ("owner",), more: str = ""
) -> Iterator[Bouncer]:
    """PgBouncer before a server, for as long as the block lasts.

    Args:
        server: the server.
        users: who may pass.
        more: settings of its own, a line each.
    """
    there = pooler()
    assert there is not None
    with own_folder("answerable-bouncer-") as folder:
        settings = SETTINGS.format(
            server=server.folder, server_port=server.port, port=PORT, folder=folder, more=more
        )
        (folder / "settings.ini").write_text(settings)
        (folder / "users").write_text("".join(f'"{user}" ""\n' for user in users))
        with subprocess.Popen(
            [there, folder / "settings.ini"],
            user=server_user(), cwd=folder, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            try:
                assert process.stderr is not None
                said = ""
                while "process up" not in said:
                    said = process.stderr.readline()
                    assert said, "PgBouncer did not start"
                yield Bouncer(folder)
            finally:
                process.kill()
