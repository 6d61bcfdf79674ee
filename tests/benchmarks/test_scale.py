"""What a question costs on a ledger a hundred times as large, and what keeping views costs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NoReturn

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.benchmarks.conftest import SMOKE, Race
from tests.benchmarks.large import EVENTS_A_CASE, lines
from tests.benchmarks.served import DATASETTE, PAGES, InProcess, as_table, browsed
from tests.benchmarks.test_memory import peak
from tests.benchmarks.test_speed import installed
from tests.support.one_case import written
from tests.support.signed_ledger import house

from answerable.domain.parsing import parse_line
from answerable.ledger.indexes.documents import catch_up, forget
from answerable.ledger.ledger import Ledger
from answerable.projections.consistency.units import decided
from answerable.projections.documents import VIEWS
from answerable.projections.facts.record_view import RecordView
from answerable.projections.like_findings import LikeFindings
from answerable.projections.replay.replay import replay_all

BATCH = 1_000

CASES = 96 if SMOKE else 100_000
FEW = 48 if SMOKE else 1_000

MOST = 300
"""Megabytes (of a million bytes) that neither a question nor a catch-up may take."""

QUESTIONS = {
    "status --person": ("status", "--person", "m-3"),
    "why, of a person": ("why", "e-7"),
    "why, of an event": ("why", "019b8c00-0000-7000-8000-00000000004d"),
    "bars --party": ("bars", "--party", "k-3"),
    "report": ("report", "case-7"),
    "report --format html": ("report", "case-7", "--format", "html"),
    "check": ("check", "case-7"),
    "audit": ("audit", "case-7"),
    "changes": ("changes", "case-7"),
}
"""Questions that have the same answer on both ledgers, but for numbers."""


def grown(folder: Path, cases: int) -> Path:
    """A ledger of so many cases, its views caught up and its head signed."""
    made = house(folder)
    with made.ledger as ledger:
        told = lines(cases)
        while batch := list(islice(told, BATCH)):
            ledger.append_all([parse_line(line) for line in batch], recorded_by="jane")
        catch_up(ledger, VIEWS)
        made.sign()
    return made.place


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return grown(tmp_path_factory.mktemp("large"), CASES)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return grown(tmp_path_factory.mktemp("small"), FEW)


def _asked(question: tuple[str, ...], ledger: Path) -> str:
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    } | {"ANSWERABLE_LEDGER": str(ledger), "ANSWERABLE_ACTOR": "jane"}
    done = subprocess.run(
        [installed(), *question], check=False, capture_output=True, text=True, env=environment
    )
    assert done.returncode in (0, 1), done.stderr  # 1: a rule fails
    return done.stdout


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question(race: Race, large: Path, small: Path, name: str) -> None:
    question = QUESTIONS[name]
    here, there = _asked(question, large), _asked(question, small)
    assert here.count("\n") == there.count("\n") > 2
    race(
        lambda: _asked(question, large),
        lambda: _asked(question, small),
        name=f"`{name}` at {CASES * EVENTS_A_CASE:,} events, as a whole process",
        against=f"the same at {FEW * EVENTS_A_CASE:,}",
        target="at most 1.5",
        rounds=11,
    )


def test_comparators(race: Race, large: Path, small: Path) -> None:
    """Every finding of either ledger is like every other."""
    with Ledger.open(large) as many, Ledger.open(small) as few:

        def compared(ledger: Ledger) -> int:
            record = RecordView(ledger)
            view = record.case("case-7")
            (unit,) = decided(view)
            return LikeFindings(record).others(view, unit).total()

        assert (compared(many), compared(few)) == (CASES - 1, FEW - 1)
        race(
            lambda: compared(many),
            lambda: compared(few),
            name=f"comparators of a finding, of {CASES:,}",
            against=f"the same, of {FEW:,}",
            target="at most 1.5",
            rounds=21,
        )


def test_a_page_to_keep(race: Race, large: Path, small: Path) -> None:
    """Write the page of a case of ten events, with its record, by a reader that is at hand."""
    with Ledger.open(large) as many, Ledger.open(small) as few:
        here, there = (len(written(ledger, "case-7", "html")) for ledger in (many, few))
        assert here < 1.02 * there  # proofs are longer, and no other case is carried
        race(
            lambda: written(many, "case-7", "html"),
            lambda: written(few, "case-7", "html"),
            name=f"the page of a report of ten events at {CASES * EVENTS_A_CASE:,}, in process",
            against=f"the same at {FEW * EVENTS_A_CASE:,}",
            target="at most 1.2",
            rounds=21,
        )


@pytest.mark.parametrize("name", PAGES)
def test_a_page(race: Race, large: Path, small: Path, name: str) -> None:
    with Ledger.open(large) as many, Ledger.open(small) as few:
        here, there = InProcess(many), InProcess(few)
        race(
            lambda: here(PAGES[name]),
            lambda: there(PAGES[name]),
            name=f"`browse` at {CASES * EVENTS_A_CASE:,} events, in process: {name}",
            against=f"the same at {FEW * EVENTS_A_CASE:,}",
            target="at most 1.5, and under 100 ms",
            rounds=11,
        )


def test_a_page_beside_datasette(
    race: Race, large: Path, tmp_path: Path, unavailable: Callable[[str], NoReturn]
) -> None:
    if not DATASETTE.exists():
        unavailable("Datasette is not installed: make conformance")
    with browsed(large) as ours, as_table(large, tmp_path / "rows.db") as theirs:
        race(
            lambda: ours("/cases?after=case-5"),
            lambda: theirs("/rows/events?_size=50"),
            name=f"50 cases of {CASES:,} from `browse`, over HTTP",
            against="50 rows of a table of the same entries from Datasette",
            target="under 100 ms",
            rounds=11,
        )


def test_catch_up(race: Race, large: Path) -> None:
    with Ledger.open(large) as ledger:

        def afresh() -> None:
            forget(ledger, VIEWS)

        race(
            lambda: catch_up(ledger, VIEWS),
            lambda: sum(1 for _ in replay_all(ledger)),
            name=f"catch-up of the views, {CASES * EVENTS_A_CASE:,} events",
            against="plain replay of them",
            target="at most 1.67 (60% of the rate)",
            rounds=3,
            ready=afresh,
        )


def test_memory(benchmark: BenchmarkFixture, large: Path) -> None:
    peaks: dict[str, float] = {}

    def asked() -> None:
        peaks["views rebuild"] = peak([installed(), "views", "rebuild"], large)
        for name, question in QUESTIONS.items():
            peaks[name] = peak([installed(), *question], large)

    benchmark.pedantic(asked, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info.update(events=CASES * EVENTS_A_CASE, most=MOST, peaks=peaks)
    assert max(peaks.values()) < MOST, peaks
