"""Servers that may be broken, and what stands between them and a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from tests.support.faults.killing import taking_orphans
from tests.support.faults.proxy import CuttingProxy, proxied
from tests.support.postgresql import Server, programs, running_server


@pytest.fixture(scope="session")
def proxy(postgresql: Server) -> Iterator[CuttingProxy]:
    """A proxy before the server of the tests."""
    with proxied(postgresql) as between:
        yield between


@pytest.fixture
def database(postgresql: Server) -> Iterator[str]:
    """The name of an empty database."""
    name = postgresql.database()
    yield name
    postgresql.put_back(name)


@pytest.fixture(scope="session")
def breakable(unavailable: Callable[[str], NoReturn]) -> Iterator[Server]:
    """A server that is killed and started again, and so is nobody else's."""
    if programs() is None:
        unavailable("PostgreSQL's server is not installed")
    with taking_orphans(), running_server() as server:
        yield server
