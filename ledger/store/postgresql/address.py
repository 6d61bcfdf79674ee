"""The address of a ledger on a server, and its name in messages, which tells no password.

An address is what libpq takes: `postgresql://user@host/database?sslmode=verify-full`, or
`postgresql://?service=house` for an entry of a service file. What it does not say, the environment
and the files of libpq do, as for every other program:
https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING.
"""

from __future__ import annotations

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
        port = f":{told['port']}" if "port" in told else ""
        path = f"/{told['dbname']}" if "dbname" in told else ""
        host = told.get("host", "")
        service = f"?service={told['service']}" if "service" in told else ""
        if host.startswith("/"):
            return f"postgresql://{user}{path}?host={host}{port.replace(':', '&port=')}"
        return f"postgresql://{user}{host}{port}{path}{service}"

    def parts(self) -> dict[str, str]:
        """Return those parts of the address that may be told.

        Raises:
            NotALedger: it is none.
        """
        return {name: str(value) for name, value in self._all().items() if name in TELLING}

    @property
    def tells_password(self) -> bool:
        """Tell whether there is a password in it."""
        return "password" in self._all()

    def _all(self) -> dict[str, Any]:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

        try:
            return conninfo_to_dict(self.conninfo)
        except psycopg.Error:
            # What libpq says quotes the address, its password too.
            raise NotALedger(
                "the address of the ledger's server cannot be read.",
                hint="Write it as postgresql://user@host/database, signs such as @ and / in a part "
                "as %40 and %2F.",
            ) from None
