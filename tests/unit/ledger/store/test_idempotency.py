"""The same event twice is one event; another event under the same id is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.oracles import contents, event_id

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.errors import DuplicateId

FIRST = {
    "kind": "apology-issued",
    "case_id": "alpha",
    "event_id": event_id(1),
    "occurred": "2026-01-05",
    "speaker": "p-1",
    "statement": "We are sorry.",
    "admits": ["a", "b"],
    "sources": [{"title": "a post", "url": "https://example.org"}],
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        yield made


def event(**fields: object) -> Event:
    given = {**FIRST, **fields}
    return parse({name: value for name, value in given.items() if value is not None})


def test_the_same_event_again_has_the_same_receipt(ledger: Ledger) -> None:
    first = ledger.append(event(), recorded_by="jane")
    other = ledger.append(parse({"kind": "lesson-recorded", "case_id": "alpha", "lesson": "l"}),
                          recorded_by="jane")  # fmt: skip
    before = contents(ledger.path)
    # Whoever sends it again, and whether or not its parts are told in another way.
    for again in (event(), event(standing="asserted"), parse(dict(reversed(FIRST.items())))):
        second = ledger.append(again, recorded_by="someone else")
        assert second.duplicate
        assert second == first._replace(duplicate=True, size=2, root=other.root)
    assert contents(ledger.path) == before


def test_the_same_event_again_in_one_batch(ledger: Ledger) -> None:
    first, again, other = ledger.append_all(
        [event(), event(), event(event_id=event_id(2))], recorded_by="jane"
    )
    assert again == first._replace(duplicate=True)
    assert (first.position, other.position, other.version, other.size) == (0, 1, 2, 2)
    assert not first.duplicate
    assert len(ledger) == 2


def test_a_batch_half_of_which_is_on_record(ledger: Ledger) -> None:
    ledger.append_all([event(), event(event_id=event_id(2))], recorded_by="jane")
    events = [event(event_id=event_id(number)) for number in (3, 2, 1, 4)]
    receipts = ledger.append_all(events, recorded_by="jane")
    assert [r.position for r in receipts] == [2, 1, 0, 3]
    assert [r.duplicate for r in receipts] == [False, True, True, False]
    assert [r.leaf for r in receipts] == [
        r.leaf for r in ledger.append_all(events, recorded_by="jane")
    ]


def test_events_without_ids_are_never_the_same(ledger: Ledger) -> None:
    receipts = ledger.append_all([event(event_id=None)] * 2, recorded_by="jane")
    assert len({r.event_id for r in receipts}) == 2
    assert not any(r.duplicate for r in receipts)


OTHERWISE: list[tuple[dict[str, object], str]] = [
    ({"speaker": "p-2"}, "speaker"),
    ({"speaker": None}, "speaker"),
    ({"channel": "a post"}, "channel"),
    ({"statement": "We are not."}, "statement"),
    ({"statement": None}, "statement"),
    ({"admits": ["b", "a"]}, "admits"),
    ({"sources": [{"title": "a post"}]}, "sources"),
    ({"standing": "disputed"}, "standing"),
    ({"case_id": "beta"}, "case_id"),
    ({"occurred": "2026-01-06", "addressed_to": "fans"}, "addressed_to, occurred"),
    ({"kind": "statement-published", "acts": ["deny"], "admits": None}, "acts, admits, kind"),
]


@pytest.mark.parametrize(("fields", "named"), OTHERWISE)
@pytest.mark.parametrize("at_once", [False, True])
def test_an_id_on_another_event_is_refused_and_what_differs_is_named(
    ledger: Ledger, fields: dict[str, object], named: str, at_once: bool
) -> None:
    other = event(**fields)
    batch = [event(event_id=event_id(9)), event(), other]
    if not at_once:
        ledger.append(event(), recorded_by="jane")
        batch.remove(event())
    before = contents(ledger.path)
    with pytest.raises(DuplicateId, match=f"something else in {named}\\.") as caught:
        ledger.append_all(batch, recorded_by="jane")
    assert caught.value.index == len(batch) - 1
    assert caught.value.field == "event_id"
    assert contents(ledger.path) == before


def test_what_was_erased_is_not_held_against_anyone(ledger: Ledger) -> None:
    ledger.append(event(), recorded_by="jane")
    ledger.append(
        parse({"kind": "personal-data-erased", "case_id": "alpha", "subject": "p-1",
               "legal_basis": "gdpr art. 17(1)(a)"}),
        recorded_by="jane",
    )  # fmt: skip
    assert ledger.opened([0])[0].erased
    for again in (event(), event(statement="anything"), event(statement=None)):
        assert ledger.append(again, recorded_by="jane").duplicate
    with pytest.raises(DuplicateId, match=r"in occurred\."):
        ledger.append(event(occurred="2026-01-06"), recorded_by="jane")
    # A field that was never told was never erased.
    with pytest.raises(DuplicateId, match=r"in addressed_to\."):
        ledger.append(event(addressed_to="fans"), recorded_by="jane")


@pytest.mark.parametrize(
    "fields",
    [
        {"fields": {"statement": "Very sorry.", "channel": None}},
        {"fields": {"channel": None}, "sealed_fields": {"statement": "Very sorry."}},
    ],
)
def test_a_correction_is_the_same_however_it_is_sorted(
    ledger: Ledger, fields: dict[str, object]
) -> None:
    correction = {
        "kind": "correction", "case_id": "alpha", "event_id": event_id(2), "target": event_id(1),
    }  # fmt: skip
    told = parse({**correction, "fields": {"channel": None, "statement": "Very sorry."}})
    ledger.append_all([event(), told], recorded_by="jane")
    assert ledger.append(parse({**correction, **fields}), recorded_by="jane").duplicate
    assert ledger.append_all([told, parse({**correction, **fields})], recorded_by="jane")[1]
    with pytest.raises(DuplicateId, match=r"in sealed_fields\."):
        ledger.append(parse({**correction, "fields": {"channel": None, "statement": "No."}}),
                      recorded_by="jane")  # fmt: skip


def test_an_event_on_record_is_the_same_after_its_case_is_closed(ledger: Ledger) -> None:
    events = [
        parse({"kind": "case-opened", "case_id": "alpha", "title": "t", "event_id": event_id(7)}),
        event(),
        parse({"kind": "case-closed", "case_id": "alpha", "disposition": "other",
               "event_id": event_id(8)}),
    ]  # fmt: skip
    ledger.append_all(events, recorded_by="jane")
    again = ledger.append_all(events, recorded_by="jane")
    assert [(r.position, r.duplicate) for r in again] == [(0, True), (1, True), (2, True)]
