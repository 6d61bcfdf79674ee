"""Measure a question to a server, against the same question of a file; and at a hundredth.

A server does its part of the work in a process of its own, whose processor time is counted in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from itertools import islice
from statistics import median
from time import process_time
from typing import Any, NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.benchmarks.conftest import SMOKE
from tests.benchmarks.large import EVENTS_A_CASE, lines
from tests.benchmarks.served import InProcess
from tests.benchmarks.writers import time_there
from tests.support.postgresql import Server
from tests.support.signed_ledger import first_keys

from answerable.domain.parsing import parse_line
from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.checkpoints.proving import prove_entry
from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.indexes import documents, full_text
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving.moves import migrate, open_or_make
from answerable.projections.documents import VIEWS

BATCH = 1_000

CASES = 96 if SMOKE else 100_000
FEW = 48 if SMOKE else 1_000

ROUNDS = 1 if SMOKE else 21

QUESTIONS: dict[str, Callable[[Ledger], Any]] = {
    "the events of a case": lambda led: list(led.events(case="case-7", opened=True)),
    "an event by its id": lambda led: led.event("019b8c00-0000-7000-8000-00000000004d"),
    "a person": lambda led: led.document(VIEWS, "person", "m-3"),
    "a party": lambda led: led.document(VIEWS, "counterparty", "k-3"),
    "50 entries of the log": lambda led: led.events_at(range(100, 150)),
    "a search": lambda led: list(led.found(SearchRequest(query("contact 77"))).hits),
    "the proof of an entry": lambda led: prove_entry(led, 77, led.entry(77) or b""),
}
"""Questions to the reader, which do next to nothing but read."""

PAGES = {
    "`status CASE` and `report CASE` as pages": "/case/case-7",
    "`report CASE` and `check CASE` as a page to keep": "/case/case-7/report.html",
    "a replay": "/case/case-7/replay",
    "an event": "/event/77",
    "50 cases": "/cases?after=case-5",
    "a search": "/search?q=contact",
}
"""Whole answers, as `browse` gives them of an open ledger."""


class Asked(NamedTuple):
    """A ledger that questions are asked of, and the processes of its server that answer."""

    ledger: Ledger
    pages: InProcess
    answering: frozenset[int]

    @classmethod
    def of(cls, ledger: Ledger) -> Asked:
        """Have its views and its indexes ready, and its connections open."""
        documents.catch_up(ledger, VIEWS)
        full_text.make_ready(ledger)
        return cls(ledger, InProcess(ledger), _answering(ledger))

    def cost(self, ask: Callable[[Ledger], Any] | str) -> float:
        """Return the seconds of processor time that a question takes, here and at the server."""
        begun, there = process_time(), time_there(self.answering)
        if isinstance(ask, str):
            self.pages(ask)
        else:
            ask(self.ledger)
        return process_time() - begun + time_there(self.answering) - there


def _answering(ledger: Ledger) -> frozenset[int]:
    """The server's processes for the connections that a ledger keeps; none where it is a file."""
    if ledger.place is not None:
        return frozenset()
    with ledger._reading() as one, ledger._reading() as other:
        return frozenset(
            each.execute("SELECT pg_backend_pid()").fetchone()[0] for each in (one, other)
        )


def _progress(*_: Any) -> Any:
    """Tell nobody how far it came."""
    return nullcontext(lambda _: None)


@pytest.fixture(scope="module")
def ledgers(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Server
) -> Iterator[dict[tuple[str, str], Asked]]:
    """A large house and a small one, each in a file and on a server, signed."""
    folder = tmp_path_factory.mktemp("both")
    with ExitStack() as stack:
        made: dict[tuple[str, str], Asked] = {}
        for size, cases in (("large", CASES), ("small", FEW)):
            file = stack.enter_context(Ledger.create(folder / f"{size}.db"))
            told = lines(cases)
            while batch := list(islice(told, BATCH)):
                file.append_all([parse_line(line) for line in batch], recorded_by="jane")
            sign_head(file, first_keys(file), folder / f"{size}.signed")
            server = stack.enter_context(open_or_make(postgresql.address(postgresql.database())))
            migrate(file, server, progress=_progress)
            postgresql.sql("CHECKPOINT")
            made["file", size], made["server", size] = Asked.of(file), Asked.of(server)
        yield made


ASKED: dict[str, Callable[[Ledger], Any] | str] = {
    **QUESTIONS,
    **{f"{name}, in process": page for name, page in PAGES.items()},
}


@pytest.mark.parametrize(
    ("floor", "size", "against", "target"),
    [
        ("file", "large", "the same of a file", "at most 3"),
        ("server", "small", f"the same at {FEW * EVENTS_A_CASE:,}", "at most 1.2"),
    ],
)
@pytest.mark.parametrize("name", ASKED)
def test_a_question_to_a_server(
    benchmark: BenchmarkFixture,
    ledgers: dict[tuple[str, str], Asked],
    name: str,
    floor: str,
    size: str,
    against: str,
    target: str,
) -> None:
    ours, its = ledgers["server", "large"], ledgers[floor, size]
    for each in (ours, its):
        each.cost(ASKED[name])
    told = [(ours.cost(ASKED[name]), its.cost(ASKED[name])) for _ in range(ROUNDS)]
    benchmark.pedantic(lambda: ours.cost(ASKED[name]), rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info.update(
        name=f"{name}, of a server at {CASES * EVENTS_A_CASE:,} events, processor time of both",
        against=against,
        target=target,
        ours_seconds=median(each for each, _ in told),
        floor_seconds=median(each for _, each in told),
        ratio=median(each for each, _ in told) / median(each for _, each in told),
    )
