"""How much memory the long jobs take, each as a whole process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.benchmarks.test_speed import installed
from tests.benchmarks.workload import EVENTS_A_CASE, case

MOST = 200
"""Megabytes (of a million bytes) that no long job may take."""


LAUNCHER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A process counts as its own what the one that started it held at that time; this one is small."""


def peak(command: list[str], ledger: Path, feed: Iterable[bytes] = ()) -> float:
    """Run a command to its end, and return the most memory that it held, in megabytes."""
    environment = os.environ | {"ANSWERABLE_LEDGER": str(ledger), "ANSWERABLE_ACTOR": "jane"}
    launched = [sys.executable, "-S", "-c", LAUNCHER, *command]
    with subprocess.Popen(
        launched, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        with child.stdin:
            for line in feed:
                child.stdin.write(line)
        told = child.stdout.read()
    assert child.returncode in (0, 1)  # 1: a rule fails
    unit = 1 if sys.platform == "darwin" else 1024
    return int(told) * unit / 1e6


def _facts(events: int) -> Iterable[bytes]:
    for number in range(events // EVENTS_A_CASE):
        for event in case(number):
            yield json.dumps(event).encode() + b"\n"


def _keyed(events: int) -> Iterable[bytes]:
    """Lines with keys, refs and names, each referring to the first of its case."""
    house: dict[str, Any] = {"case_id": "house", "type": "person", "kind": "party-registered"}
    for number in range(events // EVENTS_A_CASE):
        name = f"Person Number{number}x"
        case_id = f"c-{number}"
        opened: dict[str, Any] = {
            "kind": "case-opened",
            "case_id": case_id,
            "title": "t",
            "ref": case_id,
        }
        lines = [house | {"name": name}, opened]
        lines += [{"kind": "contact-made", "case_id": case_id, "counterparty": name,
                   "basis": [f"${case_id}"]}] * (EVENTS_A_CASE - 2)  # fmt: skip
        for row, line in enumerate(lines):
            yield json.dumps(line | {"key": f"{number}/{row}"}).encode() + b"\n"


@pytest.mark.skipif(not Path(installed()).exists(), reason="the command is not installed")
def test_memory_of_names_refs_and_keys(
    benchmark: BenchmarkFixture, scale: Callable[[int, int], int], tmp_path: Path
) -> None:
    events = scale(200_000, 4_000)
    ledger = tmp_path / "ledger.db"
    peaks: dict[str, float] = {}

    def long_jobs() -> None:
        peak([installed(), "init"], ledger)
        command = [installed(), "import", "-", "--source", "hr"]
        peaks["import by name"] = peak(command, ledger, _keyed(events))
        peaks["refresh"] = peak([*command, "--refresh"], ledger, _keyed(events))

    benchmark.pedantic(long_jobs, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info.update(events=events, most=MOST, peaks=peaks)
    assert max(peaks.values()) < MOST, peaks


SHEET = """
case = "{Case}"
key = "{Case}"
dates = ["DD.MM.YYYY"]
[[event]]
kind = "case-opened"
title = "{Note}"
[[event]]
kind = "finding-made"
ref = "finding"
subject = { column = "Person", party = "person", id = "person-{No}" }
outcome = "substantiated"
responsibility = "direct"
occurred = "{Date}"
[[event]]
kind = "sanction-imposed"
subject = "person-{No}"
measure = { column = "Measures", split = "," }
basis = "$finding"
reason = "{Note}"
"""
"""A map of a sheet whose rows are three events each, and a party for two of five."""


def _sheet(rows: int, folder: Path) -> list[str]:
    """Write a sheet, and give the options by which it is imported."""
    (folder / "sheet.toml").write_text(SHEET, encoding="utf-8")
    with (folder / "sheet.csv").open("w", encoding="utf-8") as file:
        file.write("Case,Person,No,Date,Measures,Note\n")
        for number in range(rows):
            who = number % (rows * 2 // 5 or 1)
            name = "".join(chr(ord("a") + int(digit)) for digit in str(who))
            file.write(f"c-{number},Name {name},{who},05.03.2024,Fine,what is told of it\n")
    return ["--csv", str(folder / "sheet.csv"), "--map", str(folder / "sheet.toml")]


@pytest.mark.skipif(not Path(installed()).exists(), reason="the command is not installed")
def test_memory(
    benchmark: BenchmarkFixture, scale: Callable[[int, int], int], tmp_path: Path
) -> None:
    events = scale(1_000_000, 10_000)
    ledger = tmp_path / "ledger.db"
    peaks: dict[str, float] = {}

    def long_jobs() -> None:
        peak([installed(), "init"], ledger)
        peaks["import"] = peak([installed(), "import", "-"], ledger, _facts(events))
        peaks["replay"] = peak([installed(), "status"], ledger)
        peaks["verify"] = peak([installed(), "verify"], ledger)
        for form in ("xes", "ocel"):
            command = [installed(), "export", "--format", form]
            peaks[f"export as {form.upper()}"] = peak(command, ledger)
        for form in ("csv", "xlsx"):
            peaks[f"log as {form.upper()}"] = peak([installed(), "log", "--format", form], ledger)

    benchmark.pedantic(long_jobs, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info.update(events=events, most=MOST, peaks=peaks)
    assert max(peaks.values()) < MOST, peaks


@pytest.mark.skipif(not Path(installed()).exists(), reason="the command is not installed")
def test_memory_of_a_sheet(
    benchmark: BenchmarkFixture, scale: Callable[[int, int], int], tmp_path: Path
) -> None:
    rows = scale(50_000, 500)
    sheet, ledger = _sheet(rows, tmp_path), tmp_path / "ledger.db"
    peaks: dict[str, float] = {}

    def import_it() -> None:
        peak([installed(), "init"], ledger)
        peaks[f"import of a sheet of {rows:,} rows"] = peak([installed(), "import", *sheet], ledger)

    benchmark.pedantic(import_it, rounds=1)  # type: ignore[no-untyped-call]
    events = rows * 3 + rows * 2 // 5
    benchmark.extra_info.update(events=events, most=MOST, peaks=peaks)
    assert max(peaks.values()) < MOST, peaks
