"""Event logs for process mining, held against the plain export of the same record."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from tests.benchmarks.conftest import Race
from tests.benchmarks.large import EVENTS_A_CASE, lines

from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger
from answerable.ledger.transfer.export import exported_events
from answerable.projections.facts.names import Names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.interchange import xes
from answerable.projections.interchange.ocel import OcelWriter

KEPT = 64


def as_xes(ledger: Ledger) -> int:
    record = RecordView(ledger, keep=KEPT)
    return sum(map(len, xes.document(record.each_case())))


def as_ocel(ledger: Ledger) -> int:
    record = RecordView(ledger, keep=KEPT)
    writer = OcelWriter(record, Names(ledger), BytesIO())
    return sum(map(len, writer.document(record.each_case(), every_case=True)))


@pytest.mark.parametrize(("form", "write", "target"), [("XES", as_xes, 3), ("OCEL", as_ocel, 5)])
def test_an_event_log(
    race: Race,
    scale: Callable[[int, int], int],
    fresh: Callable[[str], Path],
    form: str,
    write: Callable[[Ledger], int],
    target: int,
) -> None:
    cases = scale(10_000, 50)
    with Ledger.create(fresh("ours.db")) as ledger:
        told = [parse_line(line) for line in lines(cases)]
        for first in range(0, len(told), 10_000):
            ledger.append_all(told[first : first + 10_000], recorded_by="jane")
        race(
            lambda: write(ledger),
            lambda: sum(len(event.line) for event in exported_events(ledger)),
            name=f"`export` of {cases * EVENTS_A_CASE:,} events as {form}",
            against="plain `export` of them, with what is sealed",
            target=f"at most {target}",
            rounds=3,
        )
