"""A primary is killed while processes record, and its standby promoted: what holds, what is lost.

Where the primary waits for the standby, nothing that anybody was told is lost. Where it does not,
what is lost was acknowledged, and never signed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest
from tests.support.faults.checker import problems
from tests.support.faults.killing import kill_server, taking_orphans
from tests.support.faults.running import Running, logged, running
from tests.support.postgresql import Server, programs, running_server
from tests.support.standbys import Standby, multi_host, standby_of

from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.rotation import create_keys, open_keys
from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.errors import Unreplicated
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.projections.documents import VIEWS

CALLS = 25


class Pair(NamedTuple):
    """A primary that signed its first head, its standby, the database and the keys."""

    primary: Server
    standby: Standby
    name: str
    keys: Path

    @property
    def both(self) -> str:
        return multi_host(self.primary, self.standby, database=self.name)

    def fail_over(self) -> None:
        kill_server(self.primary)
        self.standby.promote()


@pytest.fixture
def pair(
    request: pytest.FixtureRequest, unavailable: Callable[[str], NoReturn], tmp_path: Path
) -> Iterator[Pair]:
    if programs() is None:
        unavailable("PostgreSQL's server is not installed")
    synchronous: bool = request.param
    with taking_orphans(), running_server() as primary:
        name = primary.database()
        with Ledger.create(primary.address(name)) as ledger:
            create_keys(ledger, "example.com/ledger", tmp_path / "a.key")
        with standby_of(primary, synchronous=synchronous) as standby:
            yield Pair(primary, standby, name, tmp_path / "a.key")
            # It is stopped as one that runs.
            primary.start()


def settled(pair: Pair, under_way: Running) -> list[str]:
    """Have processes go on after a fail-over, and say what is wrong with what they were told."""
    under_way.acknowledge(2 * CALLS)
    under_way.stop()
    with Ledger.open(pair.standby.address(pair.name)) as ledger:
        report = verify_ledger(ledger, Trust([]), memory=memory_file(pair.keys), views=VIEWS)
        assert report.problems == ()
        return problems(under_way.history, logged(ledger))


@pytest.mark.parametrize("pair", [True], indirect=True)
def test_nothing_is_lost_where_the_primary_waited_for_its_standby(pair: Pair) -> None:
    with running(pair.both, pair.keys, 3) as under_way:
        under_way.acknowledge(2 * CALLS)
        pair.fail_over()
        assert settled(pair, under_way) == []


@pytest.mark.parametrize("pair", [False], indirect=True)
def test_what_is_lost_where_it_did_not_wait_was_never_signed(pair: Pair) -> None:
    with running(pair.both, pair.keys, 3) as under_way:
        under_way.acknowledge(CALLS)
        with Ledger.open(pair.both) as ledger, pytest.raises(Unreplicated, match="may lack what"):
            sign_head(ledger, open_keys(ledger, pair.keys), memory_file(pair.keys))
        # That it was refused for a standby is remembered when that is gone.
        pair.standby.detach()
        under_way.acknowledge(CALLS)
        pair.fail_over()
        found = settled(pair, under_way)
        assert any(each.startswith("lost: ") for each in found)
    # Its head was not signed without the operator's word, neither before nor after.
    refused = {json.loads(line).get("refused") for line in under_way.lines}
    assert refused <= {None, "Unreplicated"}
    assert not any(look.size for look in under_way.history.looks if look.what == "signed")
