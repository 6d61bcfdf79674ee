"""Streaming standbys of the tests' servers: made by pg_basebackup, detached and promoted.

    with running_server() as primary, standby_of(primary) as standby:
        …
        standby.detach()          # what the primary takes from now on, the standby lacks
        primary.stop("immediate")
        standby.promote()

`multi_host` is the address of both, of which libpq takes the one that can be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.postgresql import Server, own_folder, started

NAME = "standby"
"""Name a standby, as `synchronous_standby_names` has it."""

CATCH_UP = """
DO $$ BEGIN
    WHILE pg_last_wal_replay_lsn() < '{lsn}' LOOP PERFORM pg_sleep(0.005); END LOOP;
END $$"""


class Standby(Server):
    """A server that follows another until it is promoted."""

    def catch_up(self, primary: Server) -> None:
        """Wait until it has replayed all that its primary has."""
        # Behind a switch of segments there may be nothing to replay: this is something.
        primary.sql("SELECT pg_logical_emit_message(true, 'answerable', '')")
        [(lsn,)] = primary.sql("SELECT pg_current_wal_flush_lsn()")
        self.sql(CATCH_UP.format(lsn=lsn))

    def detach(self) -> None:
        """Follow no more: it lacks what its primary takes from now on."""
        self.sql("ALTER SYSTEM SET primary_conninfo = ''")
        self.sql("SELECT pg_reload_conf()")
        # Its receiver is gone before anything else is written.
        self.sql(
            "DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_stat_wal_receiver) LOOP "
            "PERFORM pg_sleep(0.005); END LOOP; END $$"
        )

    def attach(self, primary: Server, name: str = NAME) -> None:
        """Follow a server again."""
        followed = f"host={primary.folder} port={primary.port} user=owner application_name={name}"
        self.sql(f"ALTER SYSTEM SET primary_conninfo = '{followed}'")
        self.sql("SELECT pg_reload_conf()")
        self.catch_up(primary)

    def promote(self) -> None:
        """Make it a primary, and wait until it takes writes."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "promote")


@contextmanager
def standby_of(
    primary: Server, *, synchronous: bool = False, name: str = NAME, tcp: bool = False
) -> Iterator[Standby]:
    """A standby that streams from a server, for as long as the block lasts.

    Args:
        primary: the server that it follows.
        synchronous: whether the primary waits for it until it has replayed each commit.
        name: what it calls itself.
        tcp: whether it listens on a port of 127.0.0.1, too.
    """
    with own_folder("answerable-pg-") as folder:
        standby = Standby(folder, primary.programs, tcp=tcp)
        standby.run(
            "pg_basebackup", "-D", str(folder / "data"), "-X", "stream", "-c", "fast", "--no-sync",
            "-R", "-d", f"host={primary.folder} port={primary.port} user=owner "
            f"application_name={name}",
        )  # fmt: skip
        with started(standby):
            standby.catch_up(primary)
            if synchronous:
                wait_for(primary, name)
            yield standby


def wait_for(primary: Server, name: str) -> None:
    """Have a primary wait for a standby until it has replayed each commit; for none of no name."""
    primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    primary.sql("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
    primary.sql("SELECT pg_reload_conf()")
    wanted = "sync" if name else "async"
    primary.sql(
        "DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_stat_replication "
        f"WHERE sync_state != '{wanted}') LOOP PERFORM pg_sleep(0.005); "
        "PERFORM pg_stat_clear_snapshot(); END LOOP; END $$"
    )


def multi_host(*servers: Server, database: str, user: str = "owner") -> str:
    """The address of several servers, of which the one is taken that can be written."""
    hosts = ",".join(str(each.folder) for each in servers)
    ports = ",".join(str(each.port) for each in servers)
    return (
        f"postgresql://{user}@/{database}?host={hosts}&port={ports}&target_session_attrs=read-write"
    )
