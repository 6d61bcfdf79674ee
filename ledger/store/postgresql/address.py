"""The address of a ledger on a server, and its name in messages, which tells no password.

An address is what libpq takes: `postgresql://user@host/database?sslmode=verify-full`, or
`postgresql://?service=house` for an entry of a service file. What it does not say, the environment
and the files of libpq do, as for every other program:
https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import zip_longest
from typing import Any, NamedTuple

from answerable.ledger.errors import NotALedger

TELLING = ("service", "user", "host", "port", "dbname")
"""The parts of an address that a message names."""


class ServerAddress(NamedTuple):
    """An address, read.

    Attributes:
        conninfo: as psycopg takes it. It may hold a password.
    """

    conninfo: str

    def __repr__(self) -> str:
        return f"ServerAddress({str(self)!r})"

    def __str__(self) -> str:
        """Return the address without what is secret, or of no use in a message."""
        told = self.parts()
        user = f"{told['user']}@" if "user" in told else ""
        path = f"/{told['dbname']}" if "dbname" in told else ""
        service = f"?service={told['service']}" if "service" in told else ""
        if told.get("host", "").startswith("/"):
            port = f"&port={told['port']}" if "port" in told else ""
            return f"postgresql://{user}{path}?host={told['host']}{port}"
        return f"postgresql://{user}{_hosts(told)}{path}{service}"

    def parts(self) -> dict[str, str]:
        """Return those parts of the address that may be told.

        Raises:
            NotALedger: it is none.
        """
        return {name: str(value) for name, value in self.everything().items() if name in TELLING}

    @property
    def tells_password(self) -> bool:
        """Tell whether there is a password in it."""
        return "password" in self.everything()

    def everything(self) -> dict[str, Any]:
        """Return all its parts, as psycopg takes them. A password may be among them.

        Raises:
            NotALedger: it is no address.
        """
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

        # What libpq says quotes the address, its password too: it is no context of our error.
        with suppress(psycopg.Error):
            return conninfo_to_dict(self.conninfo)
        raise NotALedger(
            "the address of the ledger's server cannot be read.",
            hint="Write it as postgresql://user@host/database, signs such as @ and / in a part "
            "as %40 and %2F.",
        )


def _hosts(told: dict[str, str]) -> str:
    """Return each host with its port, as an address has them; one port may be that of all."""
    hosts = told.get("host", "").split(",")
    ports = told["port"].split(",") if "port" in told else []
    each = ports * len(hosts) if len(ports) == 1 else ports
    pairs = zip_longest(hosts, each[: len(hosts)], fillvalue="")
    return ",".join(f"{host}:{port}" if port else host for host, port in pairs)
