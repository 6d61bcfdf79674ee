"""A rule that selects too much is refused by its name, and in no time."""

from __future__ import annotations

import pickle

import pytest
from tests.support.builders import Memory

from answerable.projections.conformance.errors import RuleTooWide
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.templates import catalogue
from answerable.projections.conformance.windows import values
from answerable.projections.facts.record_view import RecordView

HEARD = {"kind": "subject-heard", "subject": "p-1"}
FOUND = {"kind": "finding-made", "outcome": "substantiated", "responsibility": "direct"}


def refused(log: Memory) -> RuleTooWide:
    record = RecordView(log)
    with pytest.raises(RuleTooWide) as told:
        Judges(record).outcomes(record.case("c"))
    return told.value


def test_a_rule_that_compares_too_many_events_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "MOST_CANDIDATES", 3)
    log = Memory()
    for _ in range(4):
        log.add(**HEARD)
    log.add(**FOUND, subject="p-1")
    error = refused(log)
    assert "cannot be judged by the rule heard-first of the policy generic: 4 " in error.message
    assert error.exit_code == 2
    assert error.hint
    assert "Narrow" in error.hint
    again = pickle.loads(pickle.dumps(error))  # as another process hands it over
    assert (again.message, again.hint) == (error.message, error.hint)


def test_so_is_one_that_has_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "MOST_CANDIDATES", 3)
    log = Memory()
    log.add(kind="report-received", channel="hotline")
    for _ in range(4):
        log.add(kind="investigation-opened", lead="p-2")
    assert "opens-in-time" in refused(log).message
