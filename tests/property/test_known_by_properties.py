"""As known by a moment, a record answers as it did at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_answers_properties import HELD, MOMENTS
from tests.support.clock import Steps
from tests.support.history_strategies import CASES, PARTIES, histories
from tests.support.lengths import examples

from answerable.domain.answers import json_value
from answerable.domain.event import Event
from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.ledger import Ledger
from answerable.projections.bar_register import all_bars
from answerable.projections.consistency.compare import compare, outliers
from answerable.projections.evidence.exhibits import exhibits
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import of_case
from answerable.projections.facts.names import names
from answerable.projections.gaps import needs
from answerable.projections.metrics.metrics import metrics_of
from answerable.projections.replay.replay import replay_case
from answerable.projections.replay.state_before import state_before
from answerable.projections.report.report import report_on
from answerable.projections.search.search import search
from answerable.projections.status.cases import each_in_short
from answerable.projections.status.status import counterparty, overview_of_each, overview_of_person
from answerable.projections.timeline.timeline import timeline_of
from answerable.projections.why.why import why_event, why_person

STARTED = datetime(2026, 1, 4, tzinfo=UTC)
EVERY = timedelta(hours=4)


@contextmanager
def both(history: list[Event], number: int) -> Iterator[tuple[Ledger, Ledger]]:
    """A ledger of some events, and what it was when so many of them were recorded."""
    at = Steps(STARTED + EVERY * number for number in range(1000))
    with TemporaryDirectory() as folder:
        place, copy = Path(folder, "whole.db"), Path(folder, "then.db")
        Ledger.create(place).close()
        with Ledger.open(place, clock=at) as ledger:
            for event in history[:number]:
                at.go_on()
                ledger.append(event, recorded_by="jane")
        copyfile(place, copy)
        with Ledger.open(place, clock=at) as whole, Ledger.open(copy) as then:
            for event in history[number:]:
                at.go_on()
                whole.append(event, recorded_by="jane")
            yield whole, then


def answers(ledger: Ledger, asked: list[str], times: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    known = times["known_by"]
    cases = [case for case in CASES if next(ledger.events(case=case, known_by=known), None)]
    yield "bars", all_bars(ledger, **times)
    yield "cases", list(each_in_short(ledger, **times))
    yield "overview", list(overview_of_each(ledger, **times))
    yield "metrics", metrics_of(ledger, **times)._replace(size=0, root=b"", known_by=None)
    groups = compare(ledger, **times)
    yield "compare", groups
    yield "outliers", [list(outliers(ledger, group, **times)) for group in groups]
    yield "gaps", list(needs(ledger, consistency=True, **times))
    yield "names", list(names(ledger, known_by=known))
    found = search(
        ledger, SearchRequest(query("jane OR 0 OR a*"), known_by=known), as_of=times["as_of"]
    )
    yield "search", found
    for case in cases:
        facts = of_case(ledger, case, known_by=known)
        yield f"timeline {case}", timeline_of(CaseView(facts, times["as_of"]))
        yield f"exhibits {case}", list(exhibits(ledger, CaseView(facts, times["as_of"])))
        yield (
            f"replay {case}",
            list(replay_case(ledger, case, **times)),
        )
        made = report_on(ledger, case, version="1", **times)
        yield f"report {case}", made[1:]
    for party in PARTIES:
        yield f"person {party}", overview_of_person(ledger, party, **times)
        yield f"party {party}", counterparty(ledger, party, **times)
        yield f"why {party}", why_person(ledger, party, **times)
    for event_id in asked:
        event = ledger.event(event_id)
        assert event is not None
        yield f"why {event_id}", why_event(ledger, event, **times)
        yield f"before {event_id}", state_before(ledger, event, **times)


@settings(max_examples=examples(25))
@given(
    st.one_of(
        histories(max_events=12, all_named=True),
        histories(kinds=HELD, max_events=20, all_named=True),
    ),
    st.sampled_from(MOMENTS),
    st.data(),
)
def test_it_answers_as_it_did_then(
    history: list[Event], as_of: datetime | None, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(history)))
    moment = STARTED + EVERY * number - EVERY / 2
    asked = [str(event.event_id) for event in history[:number]]
    with both(history, number) as (whole, then):
        now = answers(whole, asked, {"as_of": as_of, "known_by": moment})
        was = answers(then, asked, {"as_of": as_of, "known_by": None})
        for (what, told), (_, answered) in zip(now, was, strict=True):
            assert json_value(told) == json_value(answered), what
