"""The server is killed or restarted under an open ledger: it goes on, and says what it knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

import pytest
from tests.support.faults.cutting import WHEN, outcome_of
from tests.support.faults.killing import kill_server
from tests.support.faults.proxy import Cut, CuttingProxy, proxied
from tests.support.lengths import sample
from tests.support.postgresql import Server

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.errors import OutcomeUnknown, StorageFailed
from answerable.ledger.indexes.documents import differences
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.projections.documents import VIEWS
from answerable.projections.status.status import counterparty


def contact(number: int) -> Event:
    return parse({"kind": "contact-made", "case_id": "acme", "counterparty": "org-1",
                  "channel": f"number {number}", "purpose": "talks"})  # fmt: skip


@pytest.fixture
def restarted(breakable: Server) -> Iterator[tuple[CuttingProxy, str]]:
    """A server that may be killed, with a ledger: the proxy before it, and the database."""
    name = breakable.database()
    Ledger.create(breakable.address(name)).close()
    with proxied(breakable) as proxy:
        yield proxy, name
    breakable.put_back(name)


def kill_and_start(server: Server) -> None:
    kill_server(server)
    server.start()


@pytest.mark.parametrize("durability", ["each", "group"])
@pytest.mark.parametrize("size", [1, 60])
def test_a_server_that_is_killed_amid_an_append_has_what_was_acknowledged(
    breakable: Server,
    restarted: tuple[CuttingProxy, str],
    size: int,
    durability: Literal["each", "group"],
) -> None:
    proxy, name = restarted

    def append(turn: int) -> None:
        ledger.append_all([contact(turn) for _ in range(size)], recorded_by="jane")

    with Ledger.open(proxy.address(name), durability=durability) as ledger:
        append(999)
        with proxy.cutting(None):
            append(998)
            statements = proxy.statements
        acknowledged = 2 * size
        places = [(number, when) for number in range(statements) for when in WHEN]
        # The last ones are of the commit.
        chosen = dict.fromkeys([*sample(places[4:], 1), *places[-2:]])
        for turn, (number, when) in enumerate(chosen):
            harm = partial(kill_and_start, breakable)
            with proxy.cutting(Cut(number, when, harm)):
                outcome = outcome_of(append, turn)
            events = [*ledger.events()]
            there = sum(each.fields["channel"] == f"number {turn}" for each in events)
            assert there in {"ok": (size,), "failed": (0,), "unknown": (0, size)}[outcome]
            acknowledged += there
            assert [each.position for each in events] == list(range(acknowledged))
            assert len(counterparty(ledger, "org-1").contacts) == acknowledged
            assert [*differences(ledger, VIEWS)] == []
        assert verify_ledger(ledger, Trust([]), views=VIEWS).problems == ()


def test_a_ledger_that_is_open_goes_on_when_its_server_was_restarted(
    breakable: Server, restarted: tuple[CuttingProxy, str]
) -> None:
    name = restarted[1]
    with Ledger.open(breakable.address(name)) as ledger:
        ledger.append_all([contact(0) for _ in range(1_200)], recorded_by="jane")
        reading = ledger.events()
        next(reading)
        breakable.stop("fast")
        for act in (lambda: len(ledger), lambda: ledger.append(contact(1), recorded_by="jane")):
            with pytest.raises(
                StorageFailed, match=r"does not answer.*nothing was written"
            ) as said:
                act()
            assert not isinstance(said.value, OutcomeUnknown)
        breakable.start()
        # What was being read cannot be read on: a part of it would pass for the whole.
        with pytest.raises(StorageFailed, match="does not answer"):
            list(reading)
        assert len(ledger) == 1_200
        assert ledger.append(contact(1), recorded_by="jane").position == 1_200
        breakable.stop("immediate")
        breakable.start()
        assert ledger.append(contact(2), recorded_by="jane").position == 1_201


def test_what_was_being_written_when_the_server_was_restarted_is_not_there(
    breakable: Server, restarted: tuple[CuttingProxy, str]
) -> None:
    def write(ledger: Ledger) -> None:
        with ledger._writing() as cursor:
            cursor.execute("INSERT INTO imports VALUES ('digest', 1)")
            kill_and_start(breakable)

    with Ledger.open(breakable.address(restarted[1])) as ledger:
        with pytest.raises(OutcomeUnknown, match="not known"):
            write(ledger)
        with ledger._reading() as cursor:
            assert cursor.execute("SELECT count(*) FROM imports").fetchone() == (0,)
