"""Processes that write to a server at once: with a ledger, and without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from answerable.domain.parsing import parse
from answerable.ledger.ledger import Durability, Ledger
from answerable.ledger.store.rows import HEAD_OFFSET, ID_OFFSET

TABLES = """
CREATE SCHEMA bare;
CREATE TABLE bare.stored_events (LIKE answerable.stored_events INCLUDING ALL);
CREATE TABLE bare.disclosures (LIKE answerable.disclosures INCLUDING ALL)
"""
"""Makes tables of the same columns and indexes, without what guards them."""

EVENT = "INSERT INTO bare.stored_events VALUES (%s, %s, %s, %s, %s, %s)"

TEXT = "INSERT INTO bare.disclosures VALUES (%s, %s, %s, %s, %s)"

Write = Callable[[int], None]


def time_there(processes: Iterable[int]) -> float:
    """Return the seconds of processor time that processes of a server took so far."""
    told = (Path(f"/proc/{each}/schedstat").read_text() for each in processes)
    return sum(int(each.split()[0]) for each in told) / 1e9


def contact(case: str) -> Any:
    return parse({"kind": "contact-made", "case_id": case, "counterparty": "org-1",
                  "purpose": "talks about what was given to a supplier"})  # fmt: skip


def by_ledger(address: str, number: int, durability: Durability) -> Write:
    """Append by a ledger, each in a case of the writer's own."""
    return appending(Ledger.open(address, durability=durability), number)


def appending(ledger: Ledger, number: int) -> Write:
    """Append by a ledger that is open."""

    def write(times: int) -> None:
        for _ in range(times):
            ledger.append(contact(f"case-{number}"), recorded_by="jane")

    return write


def by_hand(address: str, number: int, rows: Sequence[Any]) -> Write:
    """Insert rows of the same size in five round trips, without a lock or a tree."""
    return inserting(psycopg.connect(address, autocommit=True), number, rows)


def inserting(
    connection: psycopg.Connection[tuple[Any, ...]], number: int, rows: Sequence[Any]
) -> Write:
    """Insert so over a connection that is open, which begins no transaction by itself."""
    state, leaf, texts = rows
    place = number * 1_000_000

    def write(times: int) -> None:
        nonlocal place
        for _ in range(times):
            place += 1
            own = b"%b%036d%b" % (state[:ID_OFFSET], place, state[HEAD_OFFSET:])
            connection.execute("BEGIN")
            connection.execute(EVENT, (place, f"case-{number}", place, "contact-made", own, leaf))
            for at, text in enumerate(texts):
                connection.execute(TEXT, (place, at, *text))
            connection.execute("COMMIT")

    return write


def _serve(make: Callable[..., Write], given: tuple[Any, ...], orders: Connection) -> None:
    write = make(*given)
    while times := orders.recv():
        write(times)
        orders.send(times)


class Writers:
    """Processes that write when they are told to."""

    def __init__(self, make: Callable[..., Write], given: Sequence[tuple[Any, ...]]) -> None:
        context = get_context("fork")
        self._orders: list[Connection] = []
        self._processes = []
        for each in given:
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(make, each, theirs), daemon=True)
            process.start()
            self._orders.append(ours)
            self._processes.append(process)

    def write(self, times: int) -> None:
        """Have all of them write so many times, and wait until they have."""
        for orders in self._orders:
            orders.send(times)
        for orders in self._orders:
            orders.recv()

    def __enter__(self) -> Self:
        self.write(2)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: TracebackType | object | None) -> None:
        for orders, process in zip(self._orders, self._processes, strict=True):
            orders.send(0)
            process.join()
