"""Answer with pm4py, a line of JSON for a line of JSON: run by the Python of .venv-conformance.

    {"ask": "load", "traces": [["a", "b"], ...]}    loads a log, of cases in this order
    {"ask": "judge", "model": [["response", ["a", "b"]], ...]}   how many of its cases fit all
    {"ask": "deviations"}                           of each case, which constraints it violates
    {"ask": "discover"}                             a model of the log, as above
    {"ask": "simulate", "seed": 1, "cases": 100}    traces of a process made up by pm4py
    {"ask": "read", "path": "receipt.xes"}          the traces of a log in a file
    {"ask": "version"}

Cases are asked for by numbers of one width: pm4py's results are in the order of their ids, whatever
that of the rows.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

with contextlib.redirect_stdout(sys.stderr):  # It greets with its licence.
    import pandas as pd  # type: ignore[import-untyped]
    import pm4py  # type: ignore[import-not-found]

UNARY = frozenset(("existence", "absence", "exactly_one", "init"))


class Judge:
    """A log, and what pm4py said of it last."""

    def __init__(self) -> None:
        self._log: Any = None
        self._found: list[Any] = []

    def version(self) -> str:
        return str(pm4py.__version__)

    def load(self, traces: list[list[str]]) -> int:
        rows = [
            (f"{case:08}", activity, 1_000 * case + at)
            for case, trace in enumerate(traces)
            for at, activity in enumerate(trace)
        ]
        log = pd.DataFrame(rows, columns=["case:concept:name", "concept:name", "time:timestamp"])
        log["time:timestamp"] = pd.to_datetime(log["time:timestamp"], unit="s", utc=True)
        self._log = log
        return len(traces)

    def read(self, path: str) -> list[list[str]]:
        log = pm4py.read_xes(path).sort_values("time:timestamp", kind="stable")
        cases = log.groupby("case:concept:name", sort=False)["concept:name"]
        return [[str(each) for each in names] for _, names in cases]

    def judge(self, model: list[tuple[str, list[str]]]) -> int:
        as_pm4py: dict[str, dict[Any, dict[str, int]]] = {}
        for template, names in model:
            key = names[0] if template in UNARY else tuple(names)
            as_pm4py.setdefault(template, {})[key] = {"support": 1, "confidence": 1}
        self._found = pm4py.conformance_declare(self._log, as_pm4py)
        return sum(each["is_fit"] for each in self._found)

    def deviations(self) -> list[list[tuple[str, list[str]]]]:
        return [
            [(template, [key] if isinstance(key, str) else [*key]) for template, key in found]
            for found in (each["deviations"] for each in self._found)
        ]

    def discover(self) -> list[tuple[str, list[str]]]:
        return [
            (template, [key] if isinstance(key, str) else [*key])
            for template, constraints in pm4py.discover_declare(self._log).items()
            for key in constraints
        ]

    def simulate(self, seed: int, cases: int) -> list[list[str]]:
        import random

        import numpy as np  # type: ignore[import-not-found]

        random.seed(seed)
        np.random.seed(seed)
        tree = pm4py.generate_process_tree(parameters={"mode": 8, "min": 5, "max": 12})
        log = pm4py.play_out(tree, parameters={"num_traces": cases})
        return [[event["concept:name"] for event in trace] for trace in log if len(trace)]


def main() -> None:
    judge = Judge()
    answers = sys.stdout
    for line in sys.stdin:
        question = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            answer = getattr(judge, question.pop("ask"))(**question)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
