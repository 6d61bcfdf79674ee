"""Settings shared by every test."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings
from tests.support.about_ledgers import depends_on_the_store
from tests.support.lengths import examples
from tests.support.openssh import OpenSsh
from tests.support.pgbouncer import Bouncer, pooler, running_bouncer
from tests.support.postgresql import Server, place_in, programs, running_server
from tests.support.server_site import ledgers_on_server

from answerable.ledger.store import opening

# Before anything imports what opens ledgers from there.
ledgers_on_server.install(opening)

STORE = os.environ.get("ANSWERABLE_STORE", "sqlite")
"""Where tests keep their ledgers, but for those that say: in files, or on a server."""

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about no store, where ledgers are on a server: `make test` runs it.

    What is of SQLite's own file is skipped there, before anything is made ready for it.
    """
    if STORE == "sqlite":
        return
    for each in items:
        only = each.get_closest_marker("sqlite_file")
        if only is not None:
            each.add_marker(pytest.mark.skip(f"of SQLite's own file: {only.args[0]}"))
    left_out = [each for each in items if not depends_on_the_store(each)]
    config.hook.pytest_deselected(items=left_out)
    kept = {*items} - {*left_out}
    items[:] = [each for each in items if each in kept]


def pytest_configure(config: pytest.Config) -> None:
    """Take a ledger that a test leaves open as it is taken of a file: it closes when it is gone."""
    if STORE == "postgresql":
        left = "ignore:.*ServerConnection object .* was deleted while still open:ResourceWarning"
        config.addinivalue_line("filterwarnings", left)


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


@pytest.fixture(scope="session")
def kept_on_server(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of who keeps ledgers on the server where files are named."""
    kept = {
        ledgers_on_server.SERVER: str(postgresql.folder),
        ledgers_on_server.KEPT: str(tmp_path_factory.mktemp("on_server")),
    }
    os.environ[ledgers_on_server.SERVER] = kept[ledgers_on_server.SERVER]
    ledgers_on_server.make_empty()
    return kept


@pytest.fixture(scope="session", autouse=True)
def _all_on_server(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep every ledger on the server, where that is asked for; those of other processes, too."""
    if STORE == "sqlite":
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for name, value in request.getfixturevalue("kept_on_server").items():
            patch.setenv(name, value)
        patch.setenv("PYTHONPATH", str(Path(ledgers_on_server.__file__).parent))
        yield


@pytest.fixture(autouse=True)
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the ledgers of a test lie. What it kept on the server is gone when it has ended."""
    chosen: str = getattr(request, "param", STORE)
    only = request.node.get_closest_marker("sqlite_file")
    if chosen == "postgresql" and only is not None:
        pytest.skip(f"of SQLite's own file: {only.args[0]}")
    if chosen == "postgresql" and STORE == "sqlite":
        for name, value in request.getfixturevalue("kept_on_server").items():
            monkeypatch.setenv(name, value)
    yield chosen
    if chosen == "postgresql":
        ledgers_on_server.forget(request.node.funcargs.get("tmp_path"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests that say so on both stores."""
    marked = next(metafunc.definition.iter_markers("both_stores"), None)
    if marked is not None and STORE == "sqlite":
        metafunc.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where a ledger may be made: a file, and then in a database of its own."""
    with place_in(request, tmp_path) as place:
        yield place
