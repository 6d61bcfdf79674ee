"""Erasing: what goes, what stays, that the bytes are gone, and who may forbid it."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.on_disk import on_disk
from tests.support.oracles import event_id, raw, rows_of

from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.entry.disclosure import open_disclosure
from answerable.ledger.errors import BytesRemain
from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record

IDS = itertools.count(1)


LONG = [
    pytest.param(length, marks=pytest.mark.sqlite_file("a server keeps long texts compressed"))
    for length in (3_000, 200_000)
]


@pytest.fixture
def ledger(new_place: Path | str) -> Iterator[Ledger]:
    with Ledger.create(new_place) as made:
        yield made


@pytest.fixture
def file_ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        yield made


def step(kind: str, case_id: str = "alpha", **fields: object) -> Event:
    return parse({"kind": kind, "case_id": case_id, "event_id": event_id(next(IDS)), **fields})


def erasure(subject: str = "p-1", case_id: str = "alpha", **fields: object) -> Event:
    return step("personal-data-erased", case_id, subject=subject,
                legal_basis="gdpr art. 17(1)(a)", **fields)  # fmt: skip


def finding(subject: str, conduct: str, case_id: str = "alpha") -> Event:
    return step("finding-made", case_id, subject=subject, conduct=conduct,
                outcome="substantiated", responsibility="direct")  # fmt: skip


def files(path: Path) -> bytes:
    """All that is on disk of a ledger."""
    return on_disk(path)


def test_the_texts_about_one_party_go_and_no_others(ledger: Ledger) -> None:
    ledger.append_all(
        [
            finding("p-1", "about one"),
            finding("p-11", "about another"),
            step("contact-made", "beta", counterparty="p-2", initiators=["p-3", "p-1"],
                 purpose="about three"),
            step("party-registered", "house", party="p-1", type="person", name="Jane Doe"),
            step("lesson-recorded", lesson="about nobody"),
        ],
        recorded_by="someone",
    )  # fmt: skip
    chain = rows_of(ledger)["stored_events"]
    ledger.append(erasure(), recorded_by="someone")
    opened = ledger.opened(range(5))
    assert [at.erased for at in opened.values()] == [
        ("conduct",), (), ("purpose",), ("name",), (),
    ]  # fmt: skip
    assert opened[1].fields["conduct"] == "about another"
    assert opened[4].fields["lesson"] == "about nobody"
    assert {at.fields["recorded_by"] for at in opened.values()} == {"someone"}
    # The chain is as it was, and what is gone is counted.
    assert rows_of(ledger)["stored_events"][:5] == chain
    verification = verify_record(ledger)
    assert verification.verified
    assert verification.erased == 3


def test_a_recorder_named_by_a_pseudonym_can_be_erased_too(ledger: Ledger) -> None:
    for who in ("p-1", "Jane p-1 Doe", "p-11"):
        ledger.append(step("lesson-recorded", lesson="l"), recorded_by=who)
    ledger.append(erasure(), recorded_by="someone")
    opened = ledger.opened(range(3))
    assert [at.erased for at in opened.values()] == [("recorded_by",), (), ()]
    assert verify_record(ledger).verified


def test_the_record_of_an_erasure_keeps_its_own_texts(ledger: Ledger) -> None:
    ledger.append(finding("p-1", "about one"), recorded_by="p-1")
    receipt = ledger.append(erasure(sources=[{"title": "a request"}]), recorded_by="p-1")
    assert ledger.opened([receipt.position])[receipt.position].fields == {
        "recorded_by": "p-1", "sources": [{"title": "a request"}],
    }  # fmt: skip
    # A later one destroys those too; what came after the first stays until then.
    ledger.append(finding("p-1", "again"), recorded_by="someone")
    assert ledger.opened([2])[2].fields["conduct"] == "again"
    ledger.append(erasure(), recorded_by="someone")
    assert [bool(at.erased) for at in ledger.opened(range(4)).values()] == [True, True, True, False]
    assert verify_record(ledger).verified


def test_an_erasure_reaches_what_came_before_it_in_its_batch(ledger: Ledger) -> None:
    ledger.append_all(
        [finding("p-1", "before"), erasure(), finding("p-1", "after")], recorded_by="someone"
    )
    opened = ledger.opened(range(3))
    assert opened[0].erased == ("conduct",)
    assert opened[2].fields["conduct"] == "after"
    assert verify_record(ledger).verified


@pytest.mark.parametrize("length", [10, *LONG])
@pytest.mark.parametrize("neighbours", [0, 300])
def test_the_bytes_are_gone_from_the_disk(
    file_ledger: Ledger, length: int, neighbours: int
) -> None:
    ledger = file_ledger
    # Within a page of the file, over several, and among others that are moved about.
    text = "".join(f"{number:05}" for number in range(-(-length // 5)))
    others = [finding("p-2", f"other {number}") for number in range(neighbours)]
    ledger.append_all(others, recorded_by="someone")
    ledger.append(finding("p-1", text), recorded_by="someone")
    ledger.append_all(others, recorded_by="someone")
    field = {open_disclosure(at)[0]: at for at in ledger.disclosures(neighbours)}
    gone = [field["conduct"]]
    # A stretch of 16 bytes of it, wherever SQLite may have cut it.
    pieces = {gone[0][at : at + 16] for at in range(40, len(gone[0]) - 15, 97)} or {gone[0][-16:]}
    there = files(ledger.path)
    assert gone[0][-16:] in there
    assert sum(piece in there for piece in pieces) > 0.9 * len(pieces)
    ledger.append(erasure(), recorded_by="someone")
    there = files(ledger.path)
    assert not [piece for piece in pieces if piece in there]
    assert gone[0][-16:] not in there
    assert gone[0][:40] not in there
    assert verify_record(ledger).erased == 1


def hold(subject: str | None, case_id: str = "alpha") -> Event:
    return step("legal-hold-set", case_id, **({"subject": subject} if subject else {}))


@pytest.mark.parametrize(
    ("subject", "case_id"), [("p-1", "alpha"), ("p-1", "gamma"), (None, "alpha"), (None, "beta")]
)
def test_a_legal_hold_forbids_it_until_it_is_lifted_or_retracted(
    ledger: Ledger, subject: str | None, case_id: str
) -> None:
    held = hold(subject, case_id)
    ledger.append_all(
        [finding("p-1", "one", "alpha"), finding("p-1", "two", "beta"), held], recorded_by="jane"
    )
    before = rows_of(ledger)
    with pytest.raises(Refused, match="legal hold") as caught:
        ledger.append_all([step("lesson-recorded", lesson="l"), erasure()], recorded_by="jane")
    assert (caught.value.field, caught.value.index) == ("subject", 1)
    with pytest.raises(Refused, match="legal hold"):
        ledger.preview(erasure(), recorded_by="jane")
    assert rows_of(ledger) == before

    ends = {"legal-hold-lifted": "hold", "retraction": "target"}
    kind, field = list(ends.items())[subject is None]
    ledger.append(step(kind, case_id, **{field: held.event_id}), recorded_by="jane")
    ledger.append(erasure(), recorded_by="jane")
    assert verify_record(ledger).erased == 2


def test_one_of_two_holds_is_not_enough_to_lift(ledger: Ledger) -> None:
    holds = [hold("p-1"), hold("p-1")]
    ledger.append_all([finding("p-1", "one"), *holds], recorded_by="jane")
    ledger.append(step("legal-hold-lifted", hold=holds[0].event_id), recorded_by="jane")
    with pytest.raises(Refused, match="legal hold"):
        ledger.append(erasure(), recorded_by="jane")
    ledger.append(step("legal-hold-lifted", hold=holds[1].event_id), recorded_by="jane")
    ledger.append(erasure(), recorded_by="jane")


def test_a_hold_stands_again_when_its_lifting_is_retracted(ledger: Ledger) -> None:
    held = hold("p-1")
    lifted = step("legal-hold-lifted", hold=held.event_id)
    ledger.append_all([finding("p-1", "one"), held, lifted], recorded_by="jane")
    ledger.append(step("retraction", target=lifted.event_id), recorded_by="jane")
    with pytest.raises(Refused, match="legal hold"):
        ledger.append(erasure(), recorded_by="jane")


def test_a_text_is_held_if_anyone_whom_it_is_about_is(ledger: Ledger) -> None:
    both = step("contact-made", counterparty="p-1", initiators=["p-2"], purpose="about both")
    ledger.append_all([both, hold("p-2", "gamma")], recorded_by="jane")
    with pytest.raises(Refused, match="legal hold stands on p-2"):
        ledger.append(erasure(), recorded_by="jane")
    assert ledger.opened([0])[0].fields["purpose"] == "about both"


def test_a_hold_on_others_is_no_hindrance(ledger: Ledger) -> None:
    ledger.append_all(
        [finding("p-1", "one"), finding("p-2", "two", "beta"), hold("p-2"), hold(None, "beta")],
        recorded_by="jane",
    )
    ledger.append(erasure(), recorded_by="jane")
    assert verify_record(ledger).erased == 1
    with pytest.raises(Refused, match="legal hold"):
        ledger.append(erasure("p-2"), recorded_by="jane")


def test_a_correction_of_what_is_about_someone_is_about_them(ledger: Ledger) -> None:
    named = step("party-registered", party="p-1", type="person", name="Jane Doe")
    ledger.append(named, recorded_by="someone")
    amended = step("correction", target=named.event_id, fields={"name": "Joan Doe"})
    ledger.append(amended, recorded_by="someone")
    ledger.append(erasure(), recorded_by="someone")
    assert [at.erased for at in ledger.opened(range(2)).values()] == [
        ("name",), ("sealed_fields",),
    ]  # fmt: skip


def opened_case(case_id: str = "alpha") -> Event:
    return step("case-opened", case_id, title="The Doe affair", summary="of nobody else")


def test_the_texts_of_named_events_go_whomever_they_are_about(ledger: Ledger) -> None:
    others = [opened_case(), finding("p-2", "seen by Doe", "beta"), finding("p-3", "kept")]
    ledger.append_all(others, recorded_by="Jane Doe")
    named = [each.event_id for each in others[:2]]
    ledger.append(erasure(events=named), recorded_by="someone")
    assert [set(at.erased) for at in ledger.opened(range(3)).values()] == [
        {"title", "summary", "recorded_by"}, {"conduct", "recorded_by"}, set(),
    ]  # fmt: skip
    assert verify_record(ledger).verified


def test_of_named_events_only_the_named_fields_go(ledger: Ledger) -> None:
    others = [opened_case(), finding("p-2", "kept", "beta"), finding("p-1", "about one")]
    fields = ["title", "recorded_by"]
    ledger.append_all(
        [*others, erasure(events=[each.event_id for each in others[:2]], fields=fields)],
        recorded_by="Jane Doe",
    )
    assert [set(at.erased) for at in ledger.opened(range(4)).values()] == [
        {"title", "recorded_by"}, {"recorded_by"}, {"conduct"}, set(),
    ]  # fmt: skip
    assert ledger.opened([0])[0].fields == {"summary": "of nobody else"}
    assert verify_record(ledger).verified


@pytest.mark.parametrize(
    ("events", "fields", "said"),
    [
        (False, ["title"], "fields are named, but no events whose texts they are"),
        (True, ["conduct"], "none of the events named seals a field 'conduct'"),
        (True, ["title", "lesson"], "seals a field 'lesson'"),
    ],
)
def test_fields_that_could_erase_nothing_are_refused(
    ledger: Ledger, events: bool, fields: list[str], said: str
) -> None:
    opened = opened_case()
    ledger.append(opened, recorded_by="someone")
    wrong = erasure(events=[opened.event_id] if events else [], fields=fields)
    for way in (ledger.append, ledger.preview, ledger.prepare):
        with pytest.raises(Refused, match=said) as caught:
            way(wrong, recorded_by="someone")
        assert caught.value.field == "fields"
    assert not ledger.opened([0])[0].erased


def test_events_that_are_not_there_cannot_be_named(ledger: Ledger) -> None:
    later = opened_case()
    with pytest.raises(Refused, match="there is no event") as caught:
        ledger.append_all([erasure(events=[later.event_id]), later], recorded_by="someone")
    assert (caught.value.field, caught.value.index) == ("events", 0)


@pytest.mark.parametrize(
    ("subject", "case_id", "on"),
    [("p-2", "gamma", "p-2"), (None, "beta", "the case 'beta'"), ("rec-9", "gamma", "rec-9")],
)
def test_a_hold_on_whom_a_named_text_concerns_forbids_it(
    ledger: Ledger, subject: str | None, case_id: str, on: str
) -> None:
    named = finding("p-2", "seen by Doe", "beta")
    ledger.append(named, recorded_by="rec-9")
    ledger.append(hold(subject, case_id), recorded_by="jane")
    with pytest.raises(Refused, match=f"a legal hold stands on {on}"):
        ledger.append(erasure(events=[named.event_id]), recorded_by="jane")
    with pytest.raises(Refused, match=f"a legal hold stands on {on}"):
        ledger.preview(erasure(events=[named.event_id]), recorded_by="jane")
    # What is not touched is no hindrance.
    if subject == "p-2":
        ledger.append(erasure(events=[named.event_id], fields=["recorded_by"]), recorded_by="jane")
        assert ledger.opened([0])[0].erased == ("recorded_by",)


@pytest.mark.parametrize("kind", ["retraction", "correction"])
def test_what_an_erasure_covered_is_as_it_was_recorded(ledger: Ledger, kind: str) -> None:
    others = [opened_case(), finding("p-2", "seen by Doe", "beta")]
    ledger.append_all(others, recorded_by="someone")
    wrong = erasure(events=[others[0].event_id], fields=["title"])
    ledger.append(wrong, recorded_by="someone")
    changed = {"events": [others[1].event_id], "subject": "p-2"} if kind == "correction" else None
    more = {} if changed is None else {"fields": changed}
    amended = parse({"kind": kind, "case_id": "alpha", "target": wrong.event_id, **more})
    ledger.append(amended, recorded_by="someone")
    assert [set(at.erased) for at in ledger.opened(range(2)).values()] == [{"title"}, set()]
    assert verify_record(ledger).verified


def test_the_same_erasure_again_is_the_same(ledger: Ledger) -> None:
    opened = opened_case()
    ledger.append(opened, recorded_by="someone")
    once = erasure(events=[opened.event_id], fields=["title"])
    assert not ledger.append(once, recorded_by="someone").duplicate
    assert ledger.append(once, recorded_by="someone").duplicate


@pytest.mark.sqlite_file("the write-ahead log of a file")
def test_an_erasure_that_a_reader_keeps_from_the_disk_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As long as someone reads an older state, SQLite cannot overwrite the write-ahead log.
    monkeypatch.setattr("answerable.ledger.store.sqlite.store.READERS_SECONDS", 0)
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(finding("p-1", "one" * 100), recorded_by="someone")
        (text,) = (at for at in ledger.disclosures(0) if len(at) > 300)
        with raw(ledger.path) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM disclosures").fetchone()
            with pytest.raises(BytesRemain, match="still in the write-ahead log"):
                ledger.append(erasure(), recorded_by="someone")
            assert ledger.opened([0])[0].erased == ("conduct",)
            assert text in files(ledger.path)
            reader.rollback()
        # It is gone with the next erasure, or when the last one closes the file.
    assert text not in files(tmp_path / "a.db")
