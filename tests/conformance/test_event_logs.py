"""pm4py reads our event logs, and finds in them what we wrote: events, order, relations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.benchmarks.large import lines
from tests.support.event_logs import values
from tests.support.golden_ledger import RECORDED, fill, told
from tests.support.other_judges import Ask

from answerable.cli.main import run
from answerable.domain.parsing import parse_line
from answerable.domain.policy.document import Policy
from answerable.ledger.ledger import Ledger
from answerable.projections.conformance.templates.traces import Constraint, judge_rows
from answerable.projections.interchange.declare_model import declare_model
from answerable.projections.interchange.declare_names import OTHERWISE, OURS

CASES = 40
"""The cases of the second ledger, whose dates are days."""


@pytest.fixture(scope="module", params=["golden", "large"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger and both logs of it."""
    folder = tmp_path_factory.mktemp("logs")
    place = folder / "ledger.db"
    if request.param == "golden":
        fill(place, told(), RECORDED)
    else:
        with Ledger.create(place) as ledger:
            ledger.append_all([parse_line(line) for line in lines(CASES)], recorded_by="test")
    for form in ("xes", "ocel"):
        output = ["--output", str(folder / f"log.{form}")]
        assert run(["export", "--format", form, "--ledger", str(place), *output]) == 0
    (folder / "log.ocel").rename(folder / "log.json")
    return folder


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def written(folder: Path) -> Iterator[dict[str, str]]:
    """The events of the XES log as we wrote them, each with its case."""
    for trace in ET.parse(folder / "log.xes").getroot().iter("trace"):
        case = values(trace)["concept:name"]
        yield from (values(event) | {"case": case} for event in trace.iter("event"))


def test_pm4py_reads_our_xes(pm4py_reader: Ask, folder: Path) -> None:
    read = pm4py_reader("xes", file=str(folder / "log.xes"))
    ours = [
        (each["case"], each["concept:name"], each["identity:id"], moment(each["time:timestamp"]),
         each.get("org:resource", ""))
        for each in written(folder)
    ]  # fmt: skip
    theirs = [(*head, moment(time), resource) for *head, time, resource in read]
    assert sorted(theirs) == sorted(ours)

    def traces(events: list[tuple[Any, ...]]) -> dict[str, list[str]]:
        by_case = groupby(sorted(events, key=lambda each: each[0]), key=lambda each: each[0])
        return {case: [each[2] for each in own] for case, own in by_case}

    assert traces(theirs) == traces(ours)


def test_pm4py_reads_our_ocel(pm4py_reader: Ask, folder: Path) -> None:
    read = pm4py_reader("ocel", file=str(folder / "log.json"))
    log = json.loads((folder / "log.json").read_bytes())
    assert sorted((id_, type_, moment(at)) for id_, type_, at in read["events"]) == sorted(
        (each["id"], each["type"], moment(each["time"])) for each in log["events"]
    )
    at = [moment(time) for _, _, time in read["events"]]
    assert at == sorted(at)
    assert sorted(map(tuple, read["objects"])) == sorted(
        (each["id"], each["type"]) for each in log["objects"]
    )
    for name, of in (("relations", "events"), ("o2o", "objects")):
        assert sorted(map(tuple, read[name])) == sorted(
            (each["id"], one["objectId"], one["qualifier"])
            for each in log[of]
            for one in each["relationships"]
        )
    changes = [(id_, state, moment(at)) for id_, at, _, state in read["object_changes"]]
    assert sorted(changes) == sorted(
        (each["id"], one["value"], moment(one["time"]))
        for each in log["objects"]
        for one in [one for one in each["attributes"] if one["name"] == "state"][1:]
    )
    assert changes


KINDS = ("contact-made", "finding-made", "decision-taken", "sanction-imposed")


def every_constraint() -> Policy:
    """A policy of every template that pm4py has and means as we do, over some kinds."""
    rules = [
        {"template": template, **dict(zip(
            ("first", "then") if "precedence" in template else ("when", "then"),
            (one,) if template in ("existence", "absence", "exactly", "init") else (one, other),
            strict=False,
        ))}
        for name, template in OURS.items() if name not in OTHERWISE
        for one in KINDS for other in KINDS if one != other
    ]  # fmt: skip
    return Policy.model_validate(
        {
            "format": "answerable-policy/1",
            "id": "made",
            "version": "1",
            "title": "Made",
            "jurisdictions": ["*"],
            "rule": [
                {"id": f"r-{place}", "kind": "declare", "text": "t", "source": "s", **rule}
                for place, rule in enumerate(rules)
            ],
        }
    )


def test_pm4py_judges_our_log_by_our_model_as_we_do(pm4py_reader: Ask, folder: Path) -> None:
    made = declare_model(every_constraint())
    assert made.left_out == ()
    found = pm4py_reader("declare", file=str(folder / "log.xes"), document=made.document)
    rows = [(each["case"], each["concept:name"], at) for at, each in enumerate(written(folder))]
    cases = list(dict.fromkeys(case for case, _, _ in rows))
    constraints = {
        (name, *((key,) if isinstance(key, str) else key)): Constraint(
            OURS[name], *((key, "") if isinstance(key, str) else key)
        )
        for name, pairs in made.model.items()
        for key, _ in pairs
    }
    satisfied = judge_rows(rows, list(constraints.values())).satisfied
    violated = {
        (name, *key)
        for (name, *key), verdicts in zip(constraints, satisfied, strict=True)
        if not all(verdicts)
    }
    assert violated, "a test of nothing"
    for place, case in enumerate(cases):
        theirs = {
            (template, *((key,) if isinstance(key, str) else key)) for template, key in found[case]
        }
        ours = {
            key for key, verdicts in zip(constraints, satisfied, strict=True) if not verdicts[place]
        }
        assert theirs == ours, case
