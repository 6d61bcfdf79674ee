"""Read again what is kept of a case, and refuse what no case gives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_json
from tests.support.builders import Memory

from answerable.domain.parsing import parse_line
from answerable.projections.caseload.kept import part_of
from answerable.projections.caseload.part import CasePart, case_part
from answerable.projections.facts.record_view import RecordView
from answerable.projections.figures.figures import figures_of

EXAMPLES = Path(__file__).parents[4] / "examples"
TOLD = ("xiaomi-kol.jsonl", "cases/tesco.jsonl", "cases/tailwind.jsonl", "speak-up/reports.jsonl")


def told_parts() -> Iterator[CasePart]:
    for name in TOLD:
        log = Memory()
        for line in (EXAMPLES / name).read_bytes().splitlines():
            log.record(parse_line(line))
        yield from map(case_part, RecordView(log).each_case())


PARTS = [*told_parts()]


def test_what_is_kept_reads_as_it_was() -> None:
    assert len(PARTS) > 15
    for part in PARTS:
        assert part_of(json.loads(to_json(part))) == part


@pytest.mark.parametrize("name", [*TOLD, "cases/andersen.jsonl", "cases/snc-lavalin.jsonl"])
def test_what_happened_in_the_examples_is_counted_as_it_was_recorded(name: str) -> None:
    """Against plain counting of lines: none of these is corrected, retracted or alleged."""
    log = Memory()
    lines = (EXAMPLES / name).read_bytes().splitlines()
    for line in lines:
        log.record(parse_line(line))
    kinds = Counter(json.loads(line)["kind"] for line in lines)
    counted = {each.name: each.denominator for each in figures_of(log).figures if each.of is None}
    for figure, kind in (
        ("reports-received", "report-received"),
        ("investigations-opened", "investigation-opened"),
        ("proceedings-opened", "proceeding-opened"),
        ("engagements-ended", "engagement-terminated"),
        ("days-to-acknowledge", "report-acknowledged"),
        ("days-to-feedback", "feedback-given"),
        ("cases", "case-opened"),
        ("cases-closed", "case-closed"),
    ):
        assert counted[figure] == (kinds[kind], kinds[kind]), figure


def leaves(value: Any, way: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    if isinstance(value, list):
        for at, each in enumerate(value):
            yield from leaves(each, (*way, at))
    else:
        yield way


def put(value: list[Any], way: tuple[int, ...], new: Any) -> None:
    *into, last = way
    for at in into:
        value = value[at]
    value[last] = new


@pytest.mark.parametrize("new", [{}, [], True, 10**9, 1.5])
def test_a_value_that_no_fold_writes_is_refused_and_never_counted(new: Any) -> None:
    richest = json.loads(to_json(max(PARTS, key=lambda part: len(to_json(part)))))
    for way in leaves(richest):
        altered = json.loads(json.dumps(richest))
        put(altered, way, new)
        try:
            part_of(altered)
        except (ValueError, TypeError):
            continue
        assert new == 10**9  # a length in days, which has no end
