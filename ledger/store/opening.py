"""Opening and making ledgers: which store it is, its address tells.

Stores are imported when one of their kind is asked for.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import NotALedger, StorageFailed
from answerable.ledger.store.protocol.store import Store

Address = str | os.PathLike[str]
"""Where a ledger is: the place of a file, or `postgresql://` and what libpq takes behind it."""

SERVER = re.compile(r"postgres(ql)?://")

INSTALL = "pip install 'answerable[postgresql]'"


def is_on_server(address: Address) -> bool:
    """Tell whether an address is a server's; every other is the place of a file."""
    return isinstance(address, str) and SERVER.match(address) is not None


def name_of(address: Address) -> str:
    """Return what messages call the ledger at an address: no password is in it.

    Raises:
        NotALedger: it is a server's, and cannot be read.
        StorageFailed: what speaks to servers is not installed.
    """
    if not is_on_server(address):
        return str(Path(address))
    _check_installed()
    from answerable.ledger.store.postgresql.address import ServerAddress

    return str(ServerAddress(str(address)))


def tells_password(address: Address) -> bool:
    """Tell whether there is a password in an address."""
    if not is_on_server(address):
        return False
    _check_installed()
    from answerable.ledger.store.postgresql.address import ServerAddress

    return ServerAddress(str(address)).tells_password


def open_store(address: Address) -> Store:
    """Open the store of a ledger that is there. It is not upgraded.

    Raises:
        LedgerNotFound: there is none.
        NotALedger: what is there is something else.
        StorageFailed: others hold it for too long, it is where there are no locks, its server does
            not answer, or what speaks to servers is not installed.
    """
    if is_on_server(address):
        _check_installed()
        from answerable.ledger.store.postgresql.address import ServerAddress
        from answerable.ledger.store.postgresql.store import PostgresStore

        return PostgresStore.open(ServerAddress(str(address)))
    from answerable.ledger.store.sqlite.store import SqliteStore

    return SqliteStore.open(address)


def make_store(address: Address) -> None:
    """Make an empty ledger. It appears whole or not at all.

    Raises:
        LedgerExists: there is something at this place already.
        NotALedger: the path is SQLite's name for a database in memory.
        StorageFailed: the folder does not exist, cannot be written, or is full; or of a server, as
            for `open_store`.
    """
    if is_on_server(address):
        _check_installed()
        from answerable.ledger.store.postgresql.address import ServerAddress
        from answerable.ledger.store.postgresql.making import make_on_server

        make_on_server(ServerAddress(str(address)))
    else:
        from answerable.ledger.store.sqlite.recorder import make_ledger_file

        make_ledger_file(address)


def make_roles(address: Address) -> dict[str, str]:
    """Make the roles of a ledger on a server, and give each what it may do and no more.

    Args:
        address: the server's. Whoever it logs in as may make roles, and owns the ledger. To make
            them again does no harm.

    Returns:
        What each role may do, in words, by its name.

    Raises:
        NotALedger: it is no server's.
        LedgerNotFound: there is no ledger.
        StorageFailed: roles cannot be made by who asks, or as for `open_store`.
    """
    if not is_on_server(address):
        raise NotALedger(
            f"{address} is a file, and has no roles: who may read and write it, its folder says.",
            hint="Name a ledger on a server: postgresql://records.example/house.",
        )
    _check_installed()
    from answerable.ledger.store.postgresql.address import ServerAddress
    from answerable.ledger.store.postgresql.making import make_roles_on_server

    return make_roles_on_server(ServerAddress(str(address)))


def is_ledger(place: Path) -> bool:
    """Tell whether a file is a ledger, without opening it."""
    from answerable.ledger.store.sqlite.database import check_is_ledger

    try:
        check_is_ledger(place)
    except AnswerableError:
        return False
    return True


def _check_installed() -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StorageFailed(
            "a ledger on a PostgreSQL server needs psycopg, which is not installed.",
            hint=f"Install it: {INSTALL}.",
        ) from None
