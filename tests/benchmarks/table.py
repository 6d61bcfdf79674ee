"""Turn the measurements of a run into the tables of docs/performance.md.

Usage: python tests/benchmarks/table.py MEASUREMENTS.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def speed(benchmarks: list[dict[str, Any]]) -> list[str]:
    """The races: ours, the floor, the ratio, the target."""
    rows = ["| what | against | ours | floor | ratio | target |", "|---|---|--:|--:|--:|---|"]
    for each in benchmarks:
        info = each["extra_info"]
        if "ratio" in info:
            rows.append(
                f"| {info['name']} | {info['against']} | {_seconds(info['ours_seconds'])} | "
                f"{_seconds(info['floor_seconds'])} | **{info['ratio']:.2f}** | {info['target']} |"
            )
    return rows


def memory(benchmarks: list[dict[str, Any]]) -> list[str]:
    """The most memory that each long job held."""
    rows = ["| job | events | most memory | target |", "|---|--:|--:|---|"]
    for each in benchmarks:
        info = each["extra_info"]
        for job, peak in info.get("peaks", {}).items():
            rows.append(
                f"| {job} | {info['events']:,} | **{peak:.0f} MB** | under {info['most']} MB |"
            )
    return rows


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def main(path: str) -> None:
    """Print the tables."""
    benchmarks = json.loads(Path(path).read_text())["benchmarks"]
    sys.stdout.write("\n".join([*speed(benchmarks), "", *memory(benchmarks), ""]))


if __name__ == "__main__":
    main(sys.argv[1])
