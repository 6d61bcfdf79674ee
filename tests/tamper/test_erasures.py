"""Erasures, both ways: what is gone was erased by record, and what was erased is gone."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from sqlite3 import Connection

import pytest
from tests.support.attacker import in_hand
from tests.support.openssh import Key
from tests.support.oracles import event_id, raw
from tests.support.tampering import forged_entry, put_back

from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.entry.disclosure import open_disclosure
from answerable.ledger.erasure import check_erasures
from answerable.ledger.errors import StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.record import verify_record

IDS = itertools.count(1)


def step(kind: str, **fields: object) -> Event:
    return parse({"kind": kind, "case_id": "acme", "event_id": event_id(next(IDS)), **fields})


def erasure(subject: str, **fields: object) -> Event:
    return step("personal-data-erased", subject=subject, legal_basis="gdpr art. 17", **fields)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A ledger of five texts about p-1 and p-2; the erasure of p-1's is the fourth entry."""
    place = tmp_path / "a.db"
    with Ledger.create(place) as ledger:
        ledger.append_all(
            [
                step("contact-made", counterparty="p-1", purpose="talks"),
                step("contact-made", counterparty="p-2", purpose="more talks"),
                step("contact-made", counterparty="p-2", initiators=["p-1"], purpose="both"),
            ],
            recorded_by="p-2",
        )
    shutil.copy(place, tmp_path / "older.db")
    with Ledger.open(place) as ledger:
        ledger.append(erasure("p-1"), recorded_by="p-2")
    return place


def problems(place: Path) -> list[tuple[int | None, str]]:
    with Ledger.open(place) as ledger:
        return [(each.position, each.what) for each in verify_record(ledger).problems]


def test_an_erasure_states_what_it_destroyed(place: Path) -> None:
    with Ledger.open(place) as ledger:
        (event,) = ledger.events(kinds=["personal-data-erased"])
        lines_of_it = []
        for position in (0, 2):
            entry = json.loads(ledger.entry(position) or b"")
            about = "p-1" if position == 0 else "p-2 p-1"
            with raw(place) as connection:
                ((number,),) = connection.execute(
                    "SELECT number FROM disclosures WHERE position = ? AND field = 'purpose'",
                    (position,),
                ).fetchall()
            lines_of_it.append(f"{position} {number} purpose {entry['_sd'][number]} {about}\n")
    digest = sha256("".join(lines_of_it).encode()).hexdigest()
    assert event.fields["destroyed"] == {"texts": 2, "digest": f"sha256:{digest}"}
    assert problems(place) == []


def test_one_batch_may_record_erase_and_record_again(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append_all(
            [
                step("contact-made", counterparty="p-1", purpose="talks"),
                erasure("p-1"),
                step("contact-made", counterparty="p-1", purpose="again"),
                erasure("p-1"),
                erasure("p-1"),
            ],
            recorded_by="p-1",
        )
        stated = [
            event.fields["destroyed"]["texts"]
            for event in ledger.events(kinds=["personal-data-erased"])
        ]
        # Each destroys its recorder's texts before it, and what was sealed since the last.
        assert stated == [2, 3, 1]
        assert verify_record(ledger).verified


CHANGES = {
    "a text gone without an erasure": (
        "UPDATE disclosures SET disclosure = NULL WHERE position = 1 AND field = 'purpose'",
        (1, "lacks a text that no erasure on record destroyed"),
    ),
    "another text gone that an erasure of the same party would cover": (
        "UPDATE disclosures SET about = 'p-1', disclosure = NULL WHERE position = 1",
        (1, "has a text that is filed as about others than it is about"),
    ),
    "an erased text filed as another field": (
        "UPDATE disclosures SET field = 'sources' WHERE position = 0 AND disclosure IS NULL",
        (3, "is an erasure that states other texts than those that are gone"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_done_beside_the_record_is_named(place: Path, name: str) -> None:
    statement, expected = CHANGES[name]
    with in_hand(place) as connection:
        assert connection.execute(statement).rowcount
    assert expected in problems(place)


def test_a_text_put_back_from_an_older_copy_is_named(place: Path) -> None:
    with in_hand(place) as connection:
        put_back(connection, place.with_name("older.db"))
    assert problems(place) == [
        (0, "has a text that the erasure at position 3 destroyed"),
        (2, "has a text that the erasure at position 3 destroyed"),
        (3, "is an erasure that states other texts than those that are gone"),
    ]


def exported(place: Path) -> list[dict[str, object]]:
    with Ledger.open(place) as ledger:
        return [json.loads(line) for line in exported_entries(ledger)]


def restored(place: Path, told: list[dict[str, object]]) -> None:
    with Ledger.create(place) as ledger:
        restore(
            ledger, lines(BytesIO(b"".join(json.dumps(each).encode() + b"\n" for each in told)))
        )


def test_restoring_does_not_bring_back_what_was_erased(place: Path, tmp_path: Path) -> None:
    told, older = exported(place), exported(place.with_name("older.db"))
    restored(tmp_path / "whole.db", told)
    assert problems(tmp_path / "whole.db") == []
    with pytest.raises(Refused, match="that the erasure at position 3 destroyed"):
        restored(tmp_path / "back.db", [older[0], *told[1:]])


def test_whom_a_text_is_about_is_not_taken_from_the_line(place: Path, tmp_path: Path) -> None:
    told = exported(place)
    told[1]["about"] = ["p-9" for _ in told[1]["about"]]  # type: ignore[attr-defined]
    restored(tmp_path / "b.db", told)
    assert problems(tmp_path / "b.db") == []
    with Ledger.open(tmp_path / "b.db") as ledger:
        ledger.append(erasure("p-2"), recorded_by="joe")
        assert {*ledger.opened([1])[1].erased} == {"purpose", "recorded_by"}


@pytest.mark.sqlite_file("unit/ledger/store/postgresql/test_guards.py holds it of a server")
@pytest.mark.parametrize(
    "trigger",
    [
        "CREATE TRIGGER kept BEFORE UPDATE ON disclosures BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER kept AFTER UPDATE ON disclosures BEGIN "
        "INSERT INTO imports VALUES (old.disclosure, 1); END",
    ],
)
def test_a_file_that_would_keep_what_is_erased_is_refused(place: Path, trigger: str) -> None:
    with raw(place) as connection:
        connection.execute(trigger)
    with Ledger.open(place) as ledger:
        with pytest.raises(StorageFailed, match="nothing is erased: the file has a trigger"):
            ledger.append(erasure("p-2"), recorded_by="joe")
        assert len(ledger) == 4
        assert ledger.opened([1])[1].fields["purpose"] == "more talks"


def without_statements(place: Path) -> None:
    """Make the ledger one of an earlier version, whose erasures stated nothing."""
    _without_statement(place, 3)


def _without_statement(place: Path, position: int) -> None:
    with Ledger.open(place) as ledger:
        entry = ledger.entry(position) or b""
    begin, end = entry.index(b'"destroyed"'), entry.index(b'"recorded_at"')
    with raw(place, guarded=False) as hand:
        forged_entry(hand, position, entry[:begin] + entry[end:])


def test_erasures_of_an_earlier_version_are_judged_as_far_as_they_allow(place: Path) -> None:
    without_statements(place)
    with Ledger.open(place) as ledger:
        found = verify_record(ledger)
        assert (found.problems, found.unstated) == ((), 2)
        with ledger._reading() as cursor:
            assert check_erasures(cursor).unstated == 2
        ledger.append(erasure("p-2"), recorded_by="joe")
        assert verify_record(ledger).verified
    with in_hand(place) as connection:
        connection.execute("UPDATE disclosures SET disclosure = NULL WHERE position = 4")
    assert (4, "lacks a text that no erasure on record destroyed") in problems(place)


def test_an_erasure_without_a_statement_after_one_that_has_it_is_named(place: Path) -> None:
    with Ledger.open(place) as ledger:
        ledger.append(erasure("p-2"), recorded_by="joe")
    _without_statement(place, 4)
    what = "is an erasure that does not state what it destroyed, as earlier ones do"
    assert (4, what) in problems(place)


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A ledger in which the title of one case, and who recorded it, were erased by name."""
    place = tmp_path / "named.db"
    opened = step("case-opened", title="The Doe affair", summary="kept")
    with Ledger.create(place) as ledger:
        talks = step("contact-made", counterparty="p-2", purpose="talks")
        ledger.append_all([opened, talks], recorded_by="Jane Doe")
    shutil.copy(place, tmp_path / "older.db")
    with Ledger.open(place) as ledger:
        event = erasure("p-1", events=[opened.event_id], fields=["title", "recorded_by"])
        ledger.append(event, recorded_by="rec-1")
    assert problems(place) == []
    return place


OTHERWISE = "is an erasure that states other texts than those that are gone"
Change = str | Callable[[Connection, Path], None]
"""A statement, or what is done with an older copy at hand."""

NAMED_CHANGES: dict[str, tuple[Change, list[tuple[int, str]]]] = {
    "a named text put back": (
        partial(put_back, where="field = 'title'"),
        [(0, "has a text that the erasure at position 2 destroyed"), (2, OTHERWISE)],
    ),
    "all put back": (
        put_back,
        [(0, "has a text that the erasure at position 2 destroyed")] * 2 + [(2, OTHERWISE)],
    ),
    "another field of the event gone": (
        "UPDATE disclosures SET disclosure = NULL WHERE field = 'summary'",
        [(0, "lacks a text that no erasure on record destroyed")],
    ),
    "the same field of another event gone": (
        "UPDATE disclosures SET disclosure = NULL WHERE position = 1 AND field = 'recorded_by'",
        [(1, "lacks a text that no erasure on record destroyed")],
    ),
    "another field gone under the name of one that was named": (
        "UPDATE disclosures SET disclosure = NULL, field = 'title' WHERE field = 'summary'",
        [(0, "commits to two texts of its field 'title'")],
    ),
    "another field gone in its place": (
        "UPDATE disclosures SET field = CASE field WHEN 'title' THEN 'summary' ELSE 'title' END, "
        "disclosure = CASE field WHEN 'title' THEN disclosure END "
        "WHERE field IN ('title', 'summary')",
        [(0, "lacks a text that no erasure on record destroyed"), (2, OTHERWISE)],
    ),
    "whom the erased recorder was": (
        "UPDATE disclosures SET about = 'p-9' WHERE position = 0 AND field = 'recorded_by'",
        [(2, OTHERWISE)],
    ),
}


@pytest.mark.parametrize("name", NAMED_CHANGES)
def test_what_was_done_to_texts_erased_by_name_is_named(named: Path, name: str) -> None:
    change, expected = NAMED_CHANGES[name]
    with in_hand(named) as connection:
        if isinstance(change, str):
            assert connection.execute(change).rowcount
        else:
            change(connection, named.with_name("older.db"))
    assert problems(named) == expected


def test_restoring_holds_to_the_events_and_fields_that_were_named(
    named: Path, tmp_path: Path
) -> None:
    told, older = exported(named), exported(named.with_name("older.db"))
    restored(tmp_path / "whole.db", told)
    assert problems(tmp_path / "whole.db") == []
    with pytest.raises(Refused, match="that the erasure at position 2 destroyed"):
        restored(tmp_path / "back.db", [older[0], *told[1:]])
    texts = told[1]["disclosures"]
    assert isinstance(texts, list)
    gone = [open_disclosure(text.encode())[0] for text in texts]
    told[1] |= {"disclosures": [None] * len(texts), "erased": gone}
    with pytest.raises(Refused, match="lacks a text that no erasure on record destroyed"):
        restored(tmp_path / "gone.db", told)


@pytest.mark.parametrize("gone", [True, False])
def test_an_event_is_restored_though_it_lacks_what_it_cannot_be_without(
    tmp_path: Path, gone: bool
) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(
            step("sanction-imposed", subject="p-1", measure="other", measure_text="a talk"),
            recorded_by="jane",
        )
        ledger.append(erasure("p-1"), recorded_by="jane")
    told = exported(tmp_path / "a.db")
    if gone:
        restored(tmp_path / "b.db", told)
        assert problems(tmp_path / "b.db") == []
    else:
        told[0]["entry"] = str(told[0]["entry"]).replace('"other"', '"othr"')
        with pytest.raises(InvalidEvent, match="measure"):
            restored(tmp_path / "b.db", told)


def test_whom_an_open_signature_is_about_is_what_the_erased_recorder_was(tmp_path: Path) -> None:
    place = tmp_path / "signed.db"
    key = Key.generate("ssh-ed25519")
    signers = AllowedSigners.parse(f"p-1 {key.line}\n".encode())
    with Ledger.create(place) as ledger:
        signed = step("lesson-recorded", lesson="l")
        prepared = ledger.prepare(signed, recorded_by="p-1")
        ledger.append_prepared(prepared, key.sign(prepared.statement), signers)
        event = erasure("p-2", events=[signed.event_id], fields=["recorded_by"])
        ledger.append(event, recorded_by="rec-1")
        assert ledger.opened([0])[0].erased == ("recorded_by",)
    assert problems(place) == []
    told = exported(place)
    texts = told[0]["disclosures"]
    assert isinstance(texts, list)
    told[0]["about"] = ["p-9" if text else "p-1" for text in texts]
    restored(tmp_path / "back.db", told)
    with raw(tmp_path / "back.db") as connection:
        rows = connection.execute("SELECT about FROM disclosures WHERE field = 'signature'")
        assert rows.fetchall() == [("p-1",)]
    with in_hand(place) as connection:
        connection.execute("UPDATE disclosures SET about = '' WHERE field = 'signature'")
    assert problems(place) == [(0, "has a text that is filed as about others than it is about")]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (b'"events":["019b8c00-0000-7000-8000-0000000fffff"],', "names an event that is not there"),
        (b'"events":{"a":1},', "by other than lists of names"),
        (b'"events":[7],', "by other than lists of names"),
        (b'"fields":"title",', "by other than lists of names"),
    ],
)
def test_an_erasure_that_names_what_it_cannot_is_named(place: Path, told: bytes, said: str) -> None:
    """Someone who writes the whole log, tree and all, has the erasure name something else."""
    with Ledger.open(place) as ledger:
        entry = ledger.entry(3) or b""
    begin = entry.index(b'"destroyed"')
    with raw(place, guarded=False) as hand:
        forged_entry(hand, 3, entry[:begin] + told + entry[begin:])
    assert any(at == 3 and said in what for at, what in problems(place))
