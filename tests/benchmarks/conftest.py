"""Benchmarks are races: ours and a named floor take turns in one run, and the ratio is told."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

SMOKE = os.environ.get("ANSWERABLE_BENCH_SCALE") == "smoke"

Race = Callable[..., None]


@pytest.fixture
def scale() -> Callable[[int, int], int]:
    """The size of a benchmark: in full, or in a smoke run."""
    return lambda full, smoke: smoke if SMOKE else full


@pytest.fixture
def race(benchmark: BenchmarkFixture) -> Race:
    """Runs ours and the floor in turn, and notes the ratio of the medians beside the target.

    What `ready` does before each round is not timed.
    """

    def run(
        ours: Callable[[], Any],
        floor: Callable[[], Any],
        *,
        name: str,
        against: str,
        target: str,
        rounds: int = 5,
        ready: Callable[[], Any] = lambda: None,
    ) -> None:
        floors: list[float] = []

        def take_turns() -> None:
            ready()
            begin = perf_counter()
            floor()
            floors.append(perf_counter() - begin)

        # The harness's own heap is kept out of the collector's way, for both alike; and a process
        # that is spawned would load the harness, where that of a command loads no more than click.
        gc.collect()
        gc.freeze()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("__main__.__spec__", None)
            patch.delattr("__main__.__file__")
            benchmark.pedantic(  # type: ignore[no-untyped-call]
                ours, setup=take_turns, rounds=1 if SMOKE else rounds
            )
        gc.unfreeze()
        benchmark.extra_info.update(name=name, against=against, target=target)
        if benchmark.stats is not None:
            timed = benchmark.stats.stats.data
            benchmark.extra_info["floor_seconds"] = median(floors)
            benchmark.extra_info["ours_seconds"] = median(timed)
            ratios = [each / other for each, other in zip(timed, floors, strict=True)]
            benchmark.extra_info["ratio"] = median(ratios)

    return run


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[str], Path]:
    """A new file name at each call."""
    count = iter(range(1_000_000))
    return lambda name: tmp_path / f"{next(count)}-{name}"
