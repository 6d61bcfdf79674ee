"""Read what is given away as the whole record would be read, were the rest of it left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples

from answerable.domain.record import CaseRange
from answerable.projections.report.audience.given_reader import GivenReader

FIRST = datetime(2026, 2, 1, tzinfo=UTC)


@settings(max_examples=examples(30), deadline=None)
@given(records(moves=8, imprecise=2), st.data())
def test_it_tells_of_what_is_given_what_the_record_tells(log: Memory, data: st.DataObject) -> None:
    events = [event for event in log.log if data.draw(st.booleans())]
    reader = GivenReader(log, reversed(events), {each.position: () for each in events}, log.head())
    case = data.draw(st.sampled_from((None, *{event.case_id for event in log.log})))
    kinds = data.draw(st.none() | st.sets(st.sampled_from([event.kind for event in log.log])))
    moment = data.draw(st.none() | st.integers(0, 20).map(lambda day: FIRST + timedelta(day)))
    among = None if case is None else CaseRange(case)
    asked: dict[str, Any] = {"kinds": kinds, "known_by": moment}
    whole = log.events(case=case, **asked)
    assert list(reader.events(case=case, **asked)) == [each for each in whole if each in events]
    by_case = log.events_by_case(among=among, **asked)
    narrowed = [each for each in by_case if each in events]
    assert list(reader.events_by_case(among=among, **asked)) == narrowed


def test_it_does_not_read_the_record_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    log = Memory()
    log.add(kind="case-opened", title="Of a contact")
    reader = GivenReader(log, log.log, {0: ()}, log.head())

    def read(*_: object, **__: object) -> None:
        pytest.fail("the whole record was read")

    monkeypatch.setattr(Memory, "events", read)
    monkeypatch.setattr(Memory, "events_by_case", read)
    assert list(reader.events()) == list(reader.events_by_case()) == log.log
