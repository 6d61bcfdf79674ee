"""Whatever is recorded and asked: the answer from the views is the answer from the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.history_strategies import CASES, PARTIES, batches, histories
from tests.support.lengths import examples

from answerable.domain.answers import json_value
from answerable.domain.event import Event
from answerable.ledger.indexes import documents as store
from answerable.ledger.ledger import Ledger
from answerable.projections.bar_register import all_bars
from answerable.projections.documents import VIEWS
from answerable.projections.status.status import counterparty, overview_of_person
from answerable.projections.why.why import why_person

HELD = [
    *("finding-made", "sanction-imposed", "sanction-executed", "sanction-not-executed"),
    *("sanction-suspended", "finding-proposed", "sanction-proposed"),
    *("appeal-lodged", "appeal-decided", "decision-taken", "counterparty-barred", "bar-lifted"),
    *("contact-made", "correction", "retraction", "dispute", "case-opened", "case-closed"),
    *("case-reopened", "allegation-made", "authority-granted", "interim-measure-taken"),
]
"""What bears upon persons and parties, so that it comes together more often."""

MOMENTS = (None, datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


@contextmanager
def new_ledger() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder, "a.db")) as ledger:
        yield ledger


def answers(ledger: Ledger, as_of: datetime | None, known_by: datetime | None) -> dict[str, Any]:
    """What is told of everyone, as a program reads it."""
    times: dict[str, Any] = {"as_of": as_of, "known_by": known_by}
    return {
        "bars": json_value(all_bars(ledger, **times)),
        "bars by case": [json_value(all_bars(ledger, case=case, **times)) for case in CASES],
        "bars by party": [json_value(all_bars(ledger, party=party, **times)) for party in PARTIES],
        "persons": [json_value(overview_of_person(ledger, party, **times)) for party in PARTIES],
        "parties": [json_value(counterparty(ledger, party, **times)) for party in PARTIES],
        "why": [json_value(why_person(ledger, party, **times)) for party in PARTIES],
    }


@settings(max_examples=examples(25))
@given(
    batches(st.one_of(histories(max_events=16), histories(kinds=HELD, max_events=24))),
    st.sampled_from(MOMENTS),
    st.sampled_from((None, datetime(2030, 1, 1, tzinfo=UTC))),
    st.data(),
)
def test_views_answer_as_the_record_does(
    runs: list[list[Event]], as_of: datetime | None, known_by: datetime | None, data: st.DataObject
) -> None:
    with new_ledger() as ledger:
        for run in runs:
            ledger.append_all(run, recorded_by="jane")
            if data.draw(st.booleans()):
                store.catch_up(ledger, VIEWS)
        told = answers(ledger, as_of, known_by)
        with patch("answerable.ledger.indexes.documents.make_ready", return_value=False):
            assert told == answers(ledger, as_of, known_by)
