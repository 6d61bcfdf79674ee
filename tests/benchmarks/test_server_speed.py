"""Measure how fast a ledger on a server is written, against what the server does without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import process_time
from typing import Any, NoReturn

import psycopg
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.benchmarks.conftest import Race
from tests.benchmarks.writers import (
    TABLES,
    Write,
    Writers,
    appending,
    by_hand,
    by_ledger,
    contact,
    inserting,
    time_there,
)
from tests.support.postgresql import Server, own_folder, programs, running_server
from tests.support.slow_disk import SETTINGS, compiler, slow_flushes

from answerable.ledger.ledger import Durability, Ledger
from answerable.ledger.verify.record import verify_record

Scale = Callable[[int, int], int]

FLUSH = 2
"""Milliseconds that a flush takes."""

MANY = 16

OTHERS = (
    "SELECT pid FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid != pg_backend_pid()"
)

COPIED = {
    "stored_events": ("int8", "text", "int8", "text", "bytea", "bytea"),
    "disclosures": ("int8", "int4", "text", "text", "bytea"),
}
"""The types of the columns that a bare copy writes."""


@pytest.fixture(scope="module")
def server(unavailable: Callable[[str], NoReturn]) -> Iterator[Server]:
    """A server whose disk takes its time."""
    if programs() is None or compiler() is None:
        unavailable("PostgreSQL's server, or a C compiler to slow its flushes, is not installed")
    with (
        own_folder("slow-disk-") as folder,
        slow_flushes(folder, FLUSH),
        running_server(settings=SETTINGS) as own,
    ):
        yield own


@pytest.fixture
def address(server: Server) -> str:
    name = server.database()
    address = server.address(name)
    Ledger.create(address).close()
    server.sql(TABLES, name)
    return address


def rows(address: str) -> tuple[bytes, bytes, list[tuple[str, str, bytes]]]:
    """Return what one append writes, to be written by hand."""
    with Ledger.open(address) as ledger:
        ledger.append(contact("first"), recorded_by="jane")
        with ledger._reading() as cursor:
            state, leaf = cursor.execute("SELECT state, leaf FROM stored_events").fetchone()
            texts = cursor.execute("SELECT field, about, disclosure FROM disclosures").fetchall()
    return state, leaf, texts


@pytest.mark.parametrize(
    ("writers", "durability", "target"),
    [
        (1, "each", "at most 1.2 x"),
        (MANY, "group", "at most 1.11 x (0.9 of its throughput)"),
        (MANY, "each", "at most 6.25 x (0.16 of its throughput)"),
    ],
)
def test_writers(
    race: Race, scale: Scale, address: str, writers: int, durability: Durability, target: str
) -> None:
    times = scale(800 // writers, 5)
    row = rows(address)
    with (
        Writers(by_ledger, [(address, each, durability) for each in range(writers)]) as ours,
        Writers(by_hand, [(address, each, row) for each in range(1, writers + 1)]) as floor,
    ):
        race(
            lambda: ours.write(times),
            lambda: floor.write(times),
            name=f"{times * writers:,} appends on a server by {writers} at once, {durability}",
            against=f"bare INSERT in five round trips, flushes of {FLUSH} ms",
            target=target,
        )
    with Ledger.open(address) as ledger:
        assert verify_record(ledger).problems == ()


def test_batch(race: Race, scale: Scale, address: str, server: Server) -> None:
    number = scale(3_000, 300)
    events = [contact(f"case-{each % 50}") for each in range(number)]
    made: dict[str, list[Any]] = {}
    with Ledger.open(address) as ledger, psycopg.connect(address) as bare:
        ledger.append_all(events, recorded_by="jane")
        with ledger._reading() as cursor:
            for table in COPIED:
                made[table] = cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()

        def floor() -> None:
            for table, types in COPIED.items():
                with bare.cursor().copy(f"COPY bare.{table} FROM STDIN (FORMAT BINARY)") as copy:
                    copy.set_types(types)
                    for row in made[table]:
                        copy.write_row(row)
            bare.commit()

        def ready() -> None:
            bare.execute("TRUNCATE bare.stored_events, bare.disclosures")
            bare.commit()

        race(
            lambda: ledger.append_all(events, recorded_by="jane"),
            floor,
            name=f"batch of {number:,} events on a server",
            against="bare COPY of the same rows and columns",
            target="at most 2 x",
            ready=ready,
            rounds=9,
        )


def test_processor_time(benchmark: BenchmarkFixture, scale: Scale, address: str) -> None:
    """Measure one append by the processor time of both sides, which no busy machine lengthens."""
    times, turns = scale(200, 5), scale(9, 1)
    row = rows(address)
    with (
        Ledger.open(address) as ledger,
        psycopg.connect(address, autocommit=True) as bare,
    ):
        ours, floor = appending(ledger, 1), inserting(bare, 1, row)
        for write in (ours, floor):
            write(20)
        its_own = {bare.info.backend_pid}
        others = {pid for (pid,) in bare.execute(OTHERS).fetchall()}

        def cost(write: Write, processes: set[int]) -> float:
            begun = process_time() + time_there(processes)
            write(times)
            return (process_time() + time_there(processes) - begun) / times

        told = [(cost(ours, others), cost(floor, its_own)) for _ in range(turns)]
        benchmark.pedantic(lambda: ours(times), rounds=1)  # type: ignore[no-untyped-call]
    our, its = (min(each) for each in zip(*told, strict=True))
    benchmark.extra_info.update(
        name="one append on a server, in Python and there, processor time of both sides",
        against="bare INSERT in five round trips",
        target="told only",
        ours_seconds=our,
        floor_seconds=its,
        ratio=our / its,
    )
