"""What an erasure would leave: found by every name, in every text, with the signature beside."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.openssh import Key
from tests.support.oracles import event_id

from answerable.domain.errors import InvalidEvent
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger import Ledger, erasures_naming, names_of_party, remaining_texts
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.verify.record import verify_record

IDS = itertools.count(1)
JANE = "Jane Doe <jane@example.com>"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        yield made


def step(kind: str, case_id: str = "alpha", **fields: Any) -> Event:
    return parse({"kind": kind, "case_id": case_id, "event_id": event_id(next(IDS)), **fields})


def erasure(**fields: Any) -> Event:
    return step("personal-data-erased", subject="p-1", legal_basis="gdpr 17", **fields)


def found(ledger: Ledger, event: Event, *called: str, **more: Any) -> list[tuple[int, str, bool]]:
    sought = names_of_party(ledger, "p-1", called)
    return sorted(
        (each.event.position, each.field, each.whole)
        for each in remaining_texts(ledger, event, sought, **more)
    )


def test_every_name_that_a_party_ever_had_is_looked_for(ledger: Ledger) -> None:
    named = step("party-registered", party="p-1", type="person", name="Jane Doe", aliases=["Jo"])
    ledger.append_all(
        [
            named,
            step("correction", target=named.event_id, fields={"name": "Joan Roe"}),
            step("party-registered", "house", party="p-1", type="person", aliases=["雷军"]),
            step("party-registered", party="p-2", type="person", name="Max Poe"),
        ],
        recorded_by="rec",
    )
    sought = names_of_party(ledger, "p-1", ["The Boss"])
    assert sought.names == ("Jane Doe", "Jo", "Joan Roe", "雷军", "The Boss")
    assert not names_of_party(ledger, "p-3")
    ledger.append(erasure(), recorded_by="rec")
    assert not names_of_party(ledger, "p-1")


def test_every_sealed_text_is_looked_into_and_what_is_covered_is_left_out(ledger: Ledger) -> None:
    told = step("lesson-recorded", lesson="ask Jane Doe", sources=[{"url": "https://x.org/~doe"}])
    ledger.append_all(
        [
            step("party-registered", "house", party="p-1", type="person", name="Jane Doe"),
            step("case-opened", title="The Doe affair", summary="of nobody"),
            step("finding-made", subject="p-1", conduct="Jane Doe did it", outcome="inconclusive",
                 responsibility="none"),
            told,
            step("correction", target=told.event_id, fields={"lesson": "never ask jane doe"}),
            step("party-registered", party="p-2", type="person", name="Max Doe"),
        ],
        recorded_by="rec",
    )  # fmt: skip
    ledger.append(step("lesson-recorded", lesson="l"), recorded_by=JANE)
    everything = [
        (1, "title", False),
        (3, "lesson", True),
        (3, "sources", False),
        (4, "sealed_fields", True),
        (5, "name", False),
        (6, "recorded_by", True),
    ]
    assert found(ledger, erasure()) == everything
    assert found(ledger, erasure(), since=5) == everything[-2:]
    assert (1, "summary", True) in found(ledger, erasure(), "Nobody")
    some = erasure(events=[told.event_id], fields=["lesson"])
    assert found(ledger, some) == [everything[0], *everything[2:]]
    assert found(ledger, erasure(events=[told.event_id])) == [everything[0], *everything[3:]]
    # What comes after an erasure is covered by none.
    assert (2, "conduct", True) in found(ledger, erasure(), recorded=2)
    with pytest.raises(InvalidEvent, match="a lesson-recorded is no erasure"):
        list(remaining_texts(ledger, told, names_of_party(ledger, "p-1")))
    with pytest.raises(InvalidEvent, match="not there"):
        list(
            remaining_texts(ledger, erasure(events=[event_id(999)]), names_of_party(ledger, "p-1"))
        )


def test_who_is_named_as_the_recorder_is_known_by_the_signature_too(ledger: Ledger) -> None:
    key = Key.generate("ssh-ed25519")
    signers = AllowedSigners.parse(f"jane@example.com,max@example.com {key.line}\n".encode())
    ledger.append(
        step("party-registered", "house", party="p-1", type="person", name="Jane Doe"),
        recorded_by="rec",
    )
    for who in (JANE, "Max Poe <max@example.com>"):
        prepared = ledger.prepare(step("lesson-recorded", lesson="l"), recorded_by=who)
        ledger.append_prepared(prepared, key.sign(prepared.statement), signers)
    assert found(ledger, erasure()) == [(1, "recorded_by", True), (1, "signature", True)]


def test_erasures_name_just_the_texts_that_were_chosen(ledger: Ledger) -> None:
    events = [
        step("case-opened", title="Doe", summary="Doe"),
        step("lesson-recorded", lesson="Doe"),
        step("lesson-recorded", lesson="Doe, too", sources=[{"title": "Doe"}]),
    ]
    ledger.append_all(events, recorded_by="Jane Doe")
    ids = [str(event.event_id) for event in events]
    chosen = [
        *((ids[0], field) for field in ("title", "recorded_by")),
        *((ids[1], field) for field in ("lesson", "recorded_by")),
        (ids[2], "recorded_by"),
    ]
    request = erasure(sources=[{"title": "a request"}])
    named = erasures_naming(request, chosen)
    assert [(each.__dict__["events"], each.__dict__["fields"]) for each in named] == [
        ((ids[0],), ("recorded_by", "title")),
        ((ids[1],), ("lesson", "recorded_by")),
        ((ids[2],), ("recorded_by",)),
    ]
    receipts = ledger.append_all(named, recorded_by="rec")
    assert receipts[-1].event_id == request.event_id
    assert [set(each.erased) for each in ledger.opened(range(6)).values()] == [
        {"title", "recorded_by"}, {"lesson", "recorded_by"}, {"recorded_by"}, set(), set(), set(),
    ]  # fmt: skip
    # The request stays with the last of them.
    assert "sources" in ledger.opened([5])[5].fields
    assert verify_record(ledger).verified


def test_an_erasure_that_names_events_itself_is_not_made_to_name_others() -> None:
    own = erasure(events=[event_id(900)], fields=["title"])
    assert erasures_naming(own, []) == [own]
    further, last = erasures_naming(own, [(event_id(901), "summary")])
    assert last == own
    assert (further.event_id, further.__dict__["events"]) == (None, (event_id(901),))


def test_one_erasure_names_a_thousand_events_and_fits_an_entry(ledger: Ledger) -> None:
    events = [step("lesson-recorded", lesson="l") for _ in range(1_050)]
    ledger.append_all(events, recorded_by="Jane Doe")
    named = erasures_naming(erasure(), [(str(each.event_id), "recorded_by") for each in events])
    assert [len(each.__dict__["events"]) for each in named] == [1_000, 50]
    ledger.append_all(named, recorded_by="rec")
    assert verify_record(ledger).erased == 1_050
