"""Whatever is recorded, and whenever one asks: a view says what the record amounts to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.history_strategies import CASES, PARTIES, batches, histories
from tests.support.lengths import examples
from tests.support.oracles import raw

from answerable.domain.event import Event
from answerable.ledger.indexes import documents as store
from answerable.ledger.ledger import Ledger
from answerable.projections import documents as views
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.alleged.allegations import allegations_of
from answerable.projections.accountability.bars import bars_of
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.accountability.outside.agreements import agreements_of
from answerable.projections.caseload.part import case_part
from answerable.projections.documents import VIEWS
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import of_case
from answerable.projections.facts.names import names
from answerable.projections.figures.figures import figures_of

ROUTED_OFTEN = [
    *("finding-made", "sanction-imposed", "sanction-executed", "appeal-lodged", "appeal-decided"),
    *("counterparty-barred", "contact-made", "correction", "correction", "retraction"),
    *("case-opened", "allegation-made", "party-registered"),
    *("agreement-made", "agreement-made", "agreement-rejected", "commitment-made"),
]


@contextmanager
def new_ledger() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder, "a.db")) as ledger:
        yield ledger


def stored(path: Path) -> list[tuple[Any, ...]]:
    with raw(path) as connection:
        return connection.execute("SELECT * FROM documents ORDER BY view, key, case_id").fetchall()


@settings(max_examples=examples(20))
@given(batches(histories(kinds=ROUTED_OFTEN, max_events=20)), st.data())
def test_made_at_once_it_is_the_same_bytes_as_caught_up(
    runs: list[list[Event]], data: st.DataObject
) -> None:
    with new_ledger() as ledger:
        for run in runs:
            ledger.append_all(run, recorded_by="jane")
            if data.draw(st.booleans()):
                store.catch_up(ledger, VIEWS)
        store.catch_up(ledger, VIEWS)
        before = stored(ledger.path)
        assert list(store.differences(ledger, VIEWS)) == []
        store.rebuild(ledger, VIEWS)
        assert stored(ledger.path) == before


@settings(max_examples=examples(20))
@given(histories(kinds=ROUTED_OFTEN, max_events=20))
def test_a_document_says_what_the_cases_say(history: list[Event]) -> None:
    with new_ledger() as ledger:
        ledger.append_all(history, recorded_by="jane")
        facts = {case_id: of_case(ledger, case_id) for case_id in CASES}
        for party in PARTIES:
            document = views.person(ledger, party) or {}
            for case_id, own in facts.items():
                people = {each.party: each for each in accountability_of(CaseView(own)).people}
                owed = tuple(each for each in obligations_of(CaseView(own)) if each.party == party)
                alleged = allegations_of(CaseView(own))
                against = tuple(each for each in alleged if each.subject == party)
                assert (document[case_id].allegations if case_id in document else ()) == against
                agreed = agreements_of(CaseView(own))
                between = tuple(each for each in agreed if party in each.between)
                assert (document[case_id].agreements if case_id in document else ()) == between
                if party in people or owed:
                    assert (
                        document[case_id].person[2:]
                        == people.get(party, document[case_id].person)[2:]
                    )
                    assert document[case_id].open == owed
                elif case_id in document:
                    assert document[case_id].person[2:] == ((), (), (), ())
                    assert document[case_id].open == ()
            told = views.counterparty(ledger, party) or {}
            for case_id, own in facts.items():
                bars = bars_of(CaseView(own))
                barred = tuple(each for each in bars if each.counterparty == party)
                there = told.get(case_id)
                assert (there.bars if there else ()) == barred


REPORTED_OFTEN = [
    *("report-received", "report-acknowledged", "feedback-given", "step-taken", "finding-made"),
    *("sanction-imposed", "sanction-executed", "investigation-opened", "case-opened"),
    *("case-closed", "correction", "retraction", "party-registered"),
]


@settings(max_examples=examples(10))
@given(histories(kinds=REPORTED_OFTEN, max_events=16))
def test_the_figures_of_kept_parts_are_those_of_the_record(history: list[Event]) -> None:
    with new_ledger() as ledger:
        ledger.append_all(history, recorded_by="jane")
        kept = views.every_case_part(ledger)
        assert kept is not None
        for case_id, part in kept:
            assert part == case_part(CaseView(of_case(ledger, case_id)))
        # As known by a day that has not come, nothing is left out, and nothing is read from views.
        folded = figures_of(ledger, known_by=datetime(9999, 1, 1, tzinfo=UTC))
        assert figures_of(ledger).figures == folded.figures


@settings(max_examples=examples(20))
@given(histories(kinds=["party-registered", "correction", "retraction"], max_events=12))
def test_a_party_read_alone_is_called_as_among_all(history: list[Event]) -> None:
    with new_ledger() as ledger:
        ledger.append_all(history, recorded_by="jane")
        everyone = {name.party: name for name in names(ledger)}
        for party in {*PARTIES, *everyone}:
            alone = names(ledger).of(party)
            assert alone == everyone.get(party, alone._replace(state="unregistered"))
