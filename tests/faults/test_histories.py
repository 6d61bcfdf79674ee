"""Several processes use one ledger while it is done harm to: whatever they are told, holds.

They record, one by one, in batches, and where nobody else did meanwhile; they read the log, cases,
what is kept of a party, the head; they sign. A checker holds all that they were told, and when,
against the log as it is in the end. For seconds here, for minutes in `make soak`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from tests.support.faults.checker import problems
from tests.support.faults.killing import kill_server
from tests.support.faults.proxy import proxied
from tests.support.faults.running import Running, logged, running
from tests.support.lengths import SOAK
from tests.support.postgresql import Server

from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.rotation import create_keys
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.projections.documents import VIEWS

pytestmark = pytest.mark.sqlite_file("tries a file and a server itself")

ROUNDS = int(os.environ.get("ANSWERABLE_SOAK_ROUNDS", "60")) if SOAK else 1
CALLS = 60 if SOAK else 25
"""Count the calls that are answered between one harm and the next."""

Harm = Callable[[Running, list[str]], None]
"""Does harm to processes at work, and lets them go on. It is given their names, and keeps them."""


class House(NamedTuple):
    """A ledger that signs, and what harm may come to it."""

    direct: str
    address: str
    keys: Path
    harms: list[Harm]
    durability: str = "each"


def kill_one(under_way: Running, names: list[str]) -> None:
    """Kill one amid what it does, and start another."""
    under_way.kill(names.pop(0))
    names.append(under_way.start())


def pause_one(under_way: Running, names: list[str]) -> None:
    """Stop one, be it amid a transaction, for as long as the others get on."""
    under_way.pause(names[0])
    under_way.acknowledge(CALLS)
    under_way.resume(names[0])


def made(address: str, folder: Path) -> Path:
    """Make a ledger that signs; return the place of its keys."""
    with Ledger.create(address) as ledger:
        create_keys(ledger, "example.com/ledger", folder / "a.key")
    return folder / "a.key"


@pytest.fixture
def file(tmp_path: Path) -> House:
    address = str(tmp_path / "a.db")
    return House(address, address, made(address, tmp_path), [kill_one, pause_one])


@pytest.fixture
def server(breakable: Server, tmp_path: Path) -> Iterator[House]:
    name = breakable.database()

    def kill(_: Running, __: list[str]) -> None:
        kill_server(breakable)
        breakable.start()

    with proxied(breakable) as proxy:

        def cut(_: Running, __: list[str]) -> None:
            proxy.sever()

        keys = made(breakable.address(name), tmp_path)
        yield House(
            breakable.address(name), proxy.address(name), keys, [kill_one, kill, pause_one, cut]
        )
    breakable.put_back(name)


@pytest.fixture
def grouped(server: House) -> House:
    """A house on a server, where those who record wait for the disk together."""
    # Cut off and killed oftener than that, each acknowledged call is one that was waited for.
    return server._replace(durability="group", harms=server.harms[:2])


@pytest.mark.parametrize("store", ["file", "server", "grouped"])
def test_what_processes_are_told_holds(store: str, request: pytest.FixtureRequest) -> None:
    house: House = request.getfixturevalue(store)
    chance = Random(15)
    with running(house.address, house.keys, 3, house.durability) as under_way:
        names = [*under_way._processes]
        for _ in range(ROUNDS):
            for harm in house.harms if ROUNDS == 1 else chance.sample(house.harms, 2):
                under_way.acknowledge(CALLS)
                harm(under_way, names)
        under_way.acknowledge(CALLS)
        under_way.stop()
    history = under_way.history
    with Ledger.open(house.direct) as ledger:
        assert problems(history, logged(ledger)) == []
        report = verify_ledger(ledger, Trust([]), memory=memory_file(house.keys), views=VIEWS)
        assert report.problems == ()
    outcomes = {append.outcome for append in history.appends}
    assert "ok" in outcomes
    asked = {look.what for look in history.looks}
    assert asked == (
        {"head", "signed"} | ({"log", "case", "status"} if store != "grouped" else set())
    )
