"""Settings shared by every test."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings
from tests.support.lengths import examples
from tests.support.openssh import OpenSsh
from tests.support.pgbouncer import Bouncer, pooler, running_bouncer
from tests.support.postgresql import Server, place_in, programs, running_server

# What is printed is held to files in English, wherever the tests run.
os.environ.setdefault("ANSWERABLE_LANGUAGE", "en")

settings.register_profile(
    "default",
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave ten thousand tests out of the collector's way, to which a sixth of the time went."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def unavailable() -> Callable[[str], NoReturn]:
    """What a test calls, with the reason, when something it needs is not on this machine.

    The test is skipped, or fails where ANSWERABLE_REQUIRE_ALL=1 says that nothing may be missing.
    """

    def give_up(reason: str) -> NoReturn:
        if os.environ.get("ANSWERABLE_REQUIRE_ALL") == "1":
            pytest.fail(f"ANSWERABLE_REQUIRE_ALL=1, and this test cannot run: {reason}")
        pytest.skip(reason)

    return give_up


@pytest.fixture(scope="session")
def openssh(
    unavailable: Callable[[str], NoReturn], tmp_path_factory: pytest.TempPathFactory
) -> OpenSsh:
    """OpenSSH's ssh-keygen."""
    if shutil.which("ssh-keygen") is None:
        unavailable("ssh-keygen is not installed")
    return OpenSsh(tmp_path_factory.mktemp("openssh"))


@pytest.fixture(scope="session")
def postgresql(unavailable: Callable[[str], NoReturn]) -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    if programs() is None:
        unavailable("PostgreSQL's server is not installed")
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def pgbouncer(postgresql: Server, unavailable: Callable[[str], NoReturn]) -> Iterator[Bouncer]:
    """PgBouncer in transaction mode, before the server of the tests' own."""
    if pooler() is None:
        unavailable("PgBouncer is not installed")
    with running_bouncer(postgresql) as bouncer:
        yield bouncer


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where a ledger may be made: a file, and then in a database of its own."""
    with place_in(request, tmp_path) as place:
        yield place
