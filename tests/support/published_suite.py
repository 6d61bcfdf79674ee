"""The published suite of conformance: its cases, and how this program answers them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.builders import Memory

from answerable.domain.kinds import AMENDING
from answerable.domain.parsing import parse
from answerable.domain.policy.reading import Document, read_document
from answerable.domain.zone.day_end import DayEnd
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView
from answerable.projections.interchange.declare_model import declare_model
from answerable.projections.interchange.moments import dated

SUITE = Path(__file__).parents[2] / "docs" / "conformance"


class SuiteCase(NamedTuple):
    """A case of the suite, as its folder tells it.

    Attributes:
        question: `case.json`.
        verdicts: `verdicts.json`.
        lines: the events of `log.jsonl`.
        policy: `policy.toml`; None: the log adopts its own.
    """

    name: str
    question: dict[str, Any]
    verdicts: dict[str, Any]
    lines: tuple[dict[str, Any], ...]
    policy: bytes | None

    def document(self) -> Document | None:
        """Read the policy."""
        return None if self.policy is None else read_document(self.policy)


def suite() -> list[SuiteCase]:
    """Read every case that the index names, in its order."""
    index = json.loads((SUITE / "index.json").read_text())
    return [read(SUITE / "cases" / each["case"]) for each in index["cases"]]


def read(folder: Path) -> SuiteCase:
    """Read a case from its folder."""
    policy = folder / "policy.toml"
    return SuiteCase(
        folder.name,
        json.loads((folder / "case.json").read_text()),
        json.loads((folder / "verdicts.json").read_text()),
        tuple(map(json.loads, (folder / "log.jsonl").read_text().splitlines())),
        policy.read_bytes() if policy.exists() else None,
    )


def record(case: SuiteCase) -> Memory:
    """Record the log of a case, each event when it was recorded."""
    memory = Memory()
    for line, at in zip(case.lines, case.question["recorded_at"], strict=True):
        memory.record(parse(line), recorded_at=at.replace("Z", ".000000Z"))
    return memory


def _moment(day: str | None) -> DayEnd | None:
    if day is None:
        return None
    return DayEnd(day, datetime.combine(datetime.fromisoformat(day), time.max))


def _known(day: str | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(datetime.fromisoformat(day), time.max, UTC)


def answered(case: SuiteCase) -> dict[str, Verdict]:
    """Judge a case of the suite; each verdict by its rule."""
    question, document = case.question, case.document()
    view = RecordView(record(case), _moment(question["as_of"]), _known(question["known_by"]))
    judges = Judges(view, None if document is None else alone(document))
    return {each.rule: each for each in judges.judge(view.case(question["case"]))}


def position_of(case: SuiteCase) -> dict[str, int]:
    """Map each event to its place in the log."""
    return {line["event_id"]: at for at, line in enumerate(case.lines)}


def activations(verdict: Verdict, at: dict[str, int]) -> dict[int | None, set[str]]:
    """Map each activation to what becomes of it; those that are none in every world left out.

    Args:
        verdict: what this program says.
        at: the place of each event in the log.
    """
    found: dict[int | None, set[str]] = {}
    for each in verdict.activations:
        place = None if each.whole or not each.events else at[each.events[0]]
        found.setdefault(place, set()).update(each.values)
    return found


class AskedOfPm4py(NamedTuple):
    """A case as pm4py can be asked about it.

    Attributes:
        trace: the kinds of the events, by their one time in an event log, which is their last.
        models: of each rule that pm4py has words for, its templates and activities.
    """

    trace: list[str]
    models: dict[str, list[tuple[str, list[str]]]]


def as_pm4py(case: SuiteCase) -> AskedOfPm4py | None:
    """Say a case as pm4py takes it; None where it has words for none of its rules."""
    document = case.document()
    if document is None:
        return None
    models = {
        rule.id: [
            (name, [key] if isinstance(key, str) else [*key])
            for name, constraints in said.model.items()
            for key, _ in constraints
        ]
        for rule in document.policy.rule
        if (said := declare_model(document.policy.model_copy(update={"rule": (rule,)}))).model
    }
    if not models:
        return None
    question = case.question
    looked = RecordView(record(case), _moment(question["as_of"]), _known(question["known_by"]))
    view = looked.case(question["case"])
    facts = [each for each in view.standing() if view.when(each) != "no"]
    facts = [each for each in facts if each.kind not in AMENDING]
    facts.sort(key=lambda each: (dated(view, each).at, each.event.position))
    return AskedOfPm4py([each.kind for each in facts], models)
