"""Read event logs with pm4py, a line of JSON for a line of JSON.

Run by the Python of .venv-conformance.

{"ask": "xes", "file": "a.xes"}     the events: case, activity, id, time, resource; as it has them
{"ask": "ocel", "file": "a.json"}   events, objects, relations of both, and changes of objects
{"ask": "declare", "file": "a.xes", "document": {...}}    of each case by its id, what it violates
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from typing import Any

with contextlib.redirect_stdout(sys.stderr):  # It greets with its licence.
    import pm4py  # type: ignore[import-not-found]

XES = ["case:concept:name", "concept:name", "identity:id", "time:timestamp", "org:resource"]
OCEL = {
    "events": ["ocel:eid", "ocel:activity", "ocel:timestamp"],
    "objects": ["ocel:oid", "ocel:type"],
    "relations": ["ocel:eid", "ocel:oid", "ocel:qualifier"],
    "o2o": ["ocel:oid", "ocel:oid_2", "ocel:qualifier"],
    "object_changes": ["ocel:oid", "ocel:timestamp", "ocel:field", "state"],
}


def rows(table: Any, columns: list[str]) -> list[list[str]]:
    """The rows of a table as texts; times in UTC."""
    return [
        ["" if each != each else str(each) for each in row]  # what is not told is no number
        for row in table[columns].itertuples(index=False)
    ]


def xes(file: str) -> list[list[str]]:
    return rows(pm4py.read_xes(file), XES)


def ocel(file: str) -> dict[str, list[list[str]]]:
    log = pm4py.read_ocel2_json(file)
    return {name: rows(getattr(log, name), columns) for name, columns in OCEL.items()}


def declare(file: str, document: dict[str, Any]) -> dict[str, list[list[Any]]]:
    log = pm4py.read_xes(file)
    model = {
        name: {tuple(key) if isinstance(key, list) else key: value for key, value in constraints}
        for name, constraints in document["model"].items()
    }
    found = pm4py.conformance_declare(log, model)
    cases = sorted(log["case:concept:name"].unique())
    return {
        case: [[template, key] for template, key in each["deviations"]]
        for case, each in zip(cases, found, strict=True)
    }


ASKED: dict[str, Callable[..., Any]] = {"xes": xes, "ocel": ocel, "declare": declare}


def main() -> None:
    answers = sys.stdout
    for line in sys.stdin:
        question = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            answer = ASKED[question.pop("ask")](**question)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
