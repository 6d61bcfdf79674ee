"""The ledger as a program meets it: what it takes, what it refuses and in which words."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.history_strategies import complete, settled
from tests.support.lengths import examples

from answerable import AnswerableError, Ledger
from answerable.domain import Event, InvalidEvent, parse
from answerable.domain.kinds import FAMILY
from answerable.ledger import LedgerClosed, NotALedger
from answerable.projections import RecordView, overview_of

CONTACT = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
ERASING = ("personal-data-erased",)
"""Kinds after which a text is not there to be read back."""
ID = "019b8a5e-7c00-7000-8000-000000000001"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "way-in.db") as made:
        yield made


def ways_in(ledger: Ledger) -> list[Callable[[Any], Any]]:
    return [
        lambda event: ledger.append(event, recorded_by="jane"),
        lambda event: ledger.append_all([event], recorded_by="jane")[0],
        lambda event: ledger.preview(event, recorded_by="jane")[1],
        lambda event: ledger.prepare(event, recorded_by="jane"),
    ]


@pytest.mark.parametrize("way", range(4))
def test_an_event_or_its_fields_are_taken(ledger: Ledger, way: int) -> None:
    take = ways_in(ledger)[way]
    assert take({**CONTACT, "case_id": "one"})
    assert take(parse(CONTACT))


@pytest.mark.parametrize("way", range(4))
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (None, "an event is made from a dictionary of its fields, not from None"),
        (7, "not from 7"),
        ("contact-made", "not from 'contact-made'"),
        ([CONTACT], "not from "),
        ({}, "kind: is required"),
        ({"kind": 7}, "kind: is required"),
        ({**CONTACT, "kind": "nothing-such"}, "kind: there is no kind 'nothing-such'"),
        ({**CONTACT, "kind": "contact-mad"}, "Did you mean contact-made"),
        ({**CONTACT, "basis": ID}, "basis: "),
        ({**CONTACT, "counterparty": 7}, "counterparty: "),
        ({**CONTACT, "counterparty": None}, "counterparty: "),
        ({**CONTACT, "counterpart": "org-7"}, "Did you mean counterparty"),
        (Event(case_id="acme", kind="nothing-such"), "there is no kind 'nothing-such'"),
        (Event(case_id="acme", kind="contact-made"), "is not made as one"),
    ],
)
def test_what_is_no_event_is_refused_in_words(
    ledger: Ledger, way: int, wrong: Any, message: str
) -> None:
    with pytest.raises(InvalidEvent) as caught:
        ways_in(ledger)[way](wrong)
    assert message in str(caught.value)
    assert "--" not in str(caught.value)
    assert len(ledger) == 0


@pytest.mark.parametrize("wrong", [None, 7, "contact-made", CONTACT, parse(CONTACT)])
def test_several_events_are_not_one_and_not_a_text(ledger: Ledger, wrong: Any) -> None:
    with pytest.raises(InvalidEvent, match="are taken from a list of them"):
        ledger.append_all(wrong, recorded_by="jane")


def test_of_several_events_the_malformed_one_is_told(ledger: Ledger) -> None:
    with pytest.raises(InvalidEvent) as caught:
        ledger.append_all([CONTACT, {**CONTACT, "kind": "nothing-such"}], recorded_by="jane")
    assert caught.value.index == 1
    assert len(ledger) == 0


@pytest.mark.parametrize("nobody", ["", "  ", None, 7])
@pytest.mark.parametrize("way", ["append", "preview", "prepare"])
def test_somebody_records(ledger: Ledger, way: str, nobody: Any) -> None:
    with pytest.raises(InvalidEvent, match=r"recorded_by: .* is nobody"):
        getattr(ledger, way)(CONTACT, recorded_by=nobody)


@pytest.mark.parametrize("way", ["append", "preview", "prepare"])
def test_who_records_is_text_that_can_be_written(ledger: Ledger, way: str) -> None:
    with pytest.raises(InvalidEvent, match=r"recorded_by: .* cannot be written"):
        getattr(ledger, way)(CONTACT, recorded_by="j\udcffne")


def test_a_rehearsal_takes_what_an_append_takes(ledger: Ledger) -> None:
    with ledger.rehearsal(recorded_by="jane") as rehearse:
        assert [receipt.position for receipt in rehearse([CONTACT, parse(CONTACT)])] == [0, 1]
        with pytest.raises(InvalidEvent, match="taken from a list"):
            rehearse(CONTACT)
    assert len(ledger) == 0


@pytest.mark.parametrize(
    ("kinds", "message"),
    [("contact-made", "kinds are a set"), ({"contact-mad"}, "there is no kind 'contact-mad'")],
)
def test_kinds_that_are_none_are_not_taken_for_kinds_without_events(
    ledger: Ledger, kinds: Any, message: str
) -> None:
    with pytest.raises(InvalidEvent, match=message):
        list(ledger.events(kinds=kinds))


def test_an_empty_ledger_is_a_ledger(ledger: Ledger) -> None:
    assert len(ledger) == 0
    assert bool(ledger) is True


@pytest.mark.parametrize("way", [Ledger.create, Ledger.open])
def test_there_is_no_ledger_in_memory(way: Callable[[str], Ledger]) -> None:
    with pytest.raises(NotALedger, match="a ledger is a file"):
        way(":memory:")


USES: list[Callable[[Ledger], Any]] = [
    len,
    Ledger.head,
    lambda ledger: ledger.append(CONTACT, recorded_by="jane"),
    lambda ledger: ledger.append_all([CONTACT], recorded_by="jane"),
    lambda ledger: ledger.preview(CONTACT, recorded_by="jane"),
    lambda ledger: list(ledger.events()),
    lambda ledger: list(ledger.cases()),
    lambda ledger: ledger.event(ID),
    lambda ledger: ledger.opened([0]),
]


@pytest.mark.parametrize("use", USES)
def test_a_closed_ledger_says_so(ledger: Ledger, use: Callable[[Ledger], Any]) -> None:
    ledger.append(CONTACT, recorded_by="jane")
    ledger.close()
    ledger.close()
    assert ledger
    with pytest.raises(LedgerClosed, match=r"is closed\. Use it within its `with` block"):
        use(ledger)


@pytest.mark.parametrize("kind", [kind for kind in FAMILY if kind not in ERASING])
@settings(max_examples=examples(2), deadline=None)
@given(st.data())
def test_what_is_read_back_can_be_appended_elsewhere(kind: str, data: st.DataObject) -> None:
    events = data.draw(complete(kind, "a text"))
    with (
        TemporaryDirectory() as folder,
        Ledger.create(Path(folder, "here.db")) as here,
        Ledger.create(Path(folder, "there.db")) as there,
    ):
        here.append_all(events, recorded_by="jane")
        for each in here.events(opened=True):
            there.append(each.told, recorded_by="jim")
        told = [each.told for each in here.events(opened=True)]
        assert told == [each.told for each in there.events(opened=True)]
        assert len(told) == len(events)
        assert [parse(each) for each in told] == settled(events)


def test_what_is_opened_tells_who_recorded_and_is_data(ledger: Ledger) -> None:
    opened = {"kind": "case-opened", "case_id": "acme", "title": "Gifts"}
    ledger.append(opened, recorded_by="jane")
    (each,) = ledger.events(opened=True)
    assert each.told == {**opened, "event_id": each.event.event_id, "standing": "asserted"}
    assert each.as_dict() == {
        **each.event.as_dict(),
        "opened": {"title": "Gifts", "recorded_by": "jane"},
        "erased": [],
        "missing": 0,
    }
    json.dumps(each.as_dict())


def test_what_a_ledger_lists_is_for_its_users(ledger: Ledger) -> None:
    assert [name for name in dir(ledger) if name.startswith("_")] == []
    assert {"append", "events", "head", "close"} <= {*dir(ledger)}
    assert {"reading", "writing", "keeping", "recorder", "uri"}.isdisjoint(dir(Ledger))


@pytest.mark.parametrize("moment", [datetime(2026, 1, 1), date(2026, 1, 1), "2026-01-01", 7])  # noqa: DTZ001
def test_a_moment_knows_its_zone(ledger: Ledger, moment: Any) -> None:
    ledger.append(CONTACT, recorded_by="jane")
    asked: list[Callable[[], object]] = [
        lambda: list(ledger.events(known_by=moment)),
        lambda: RecordView(ledger, as_of=moment),
        lambda: RecordView(ledger, known_by=moment),
        lambda: overview_of(ledger, "acme", as_of=moment),
    ]
    for ask in asked:
        with pytest.raises(AnswerableError, match="which is no moment") as refused:
            ask()
        assert "tzinfo=UTC" in (refused.value.hint or "")
    assert list(ledger.events(known_by=datetime(2020, 1, 1, tzinfo=UTC))) == []
