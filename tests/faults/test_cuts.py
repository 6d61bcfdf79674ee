"""The connection is cut at each message to the server, one after the other: nothing is left out.

Before the server has the message, and after it has done what that asks and nobody hears of it. What
was acknowledged is there, what was refused is not, and where nobody can know, that is said. The
same ledger, open all the while, goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.support.faults.cutting import every_cut
from tests.support.faults.proxy import CuttingProxy
from tests.support.postgresql import Server
from tests.support.signed_ledger import first_keys

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.rotation import create_keys, open_keys, rotate_keys
from answerable.ledger.checkpoints.signing import latest_checkpoint, sign_head
from answerable.ledger.errors import StorageFailed
from answerable.ledger.indexes.documents import differences
from answerable.ledger.ledger import Ledger
from answerable.ledger.publish.audit import verify_published
from answerable.ledger.publish.reader import published_in
from answerable.ledger.publish.writer import publish
from answerable.ledger.store.log_keys import own_keys, read_keys
from answerable.ledger.tlog import private_keys as keys
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.ledger.verify.record import verify_record
from answerable.projections.documents import VIEWS
from answerable.projections.status.status import counterparty


def contact(number: int) -> Event:
    return parse({"kind": "contact-made", "case_id": "acme", "counterparty": "org-1",
                  "channel": f"number {number}", "purpose": "talks"})  # fmt: skip


def test_what_psycopg_logs_of_it_does_not_come_out_on_stderr() -> None:
    assert any(
        isinstance(each, logging.NullHandler) for each in logging.getLogger("psycopg").handlers
    )


class Places(NamedTuple):
    """A ledger reached through the proxy, and the same past it."""

    through: Ledger
    past: Ledger


@pytest.fixture
def places(postgresql: Server, proxy: CuttingProxy, database: str) -> Iterator[Places]:
    with (
        Ledger.create(postgresql.address(database)) as past,
        Ledger.open(proxy.address(database)) as through,
    ):
        yield Places(through, past)


def name_of(turn: int) -> str:
    """A name that tells its turn, without digits."""
    return f"Xu Fe{''.join('abcdefghij'[int(digit)] for digit in f'{turn:03}')}"


def numbers(ledger: Ledger) -> list[str]:
    return [event.fields["channel"] for event in ledger.events(kinds={"contact-made"})]


def check_whole(places: Places) -> None:
    """All positions are there, and all verifies."""
    with places.past._writing():
        # Whoever was cut off and is not gone yet is waited for.
        pass
    report = verify_record(places.past)
    assert report.problems == ()
    assert [each.position for each in places.past.events()] == list(range(report.size))


@pytest.mark.parametrize("durability", ["each", "group"])
@pytest.mark.parametrize("size", [1, 60])
def test_an_append_that_is_cut(
    places: Places, proxy: CuttingProxy, size: int, durability: str
) -> None:
    places.through._store.group = durability == "group"

    def append(turn: int) -> None:
        batch = [contact(turn) for _ in range(size)]
        assert places.through.append_all(batch, recorded_by="jane").added == size

    told = set()
    for turn, outcome, where in every_cut(proxy, append):
        check_whole(places)
        there = numbers(places.past).count(f"number {turn}")
        assert there in {"ok": (size,), "failed": (0,), "unknown": (0, size)}[outcome], where
        told.add((outcome, there > 0))
        # The connection that goes on is one that was there before the next cut.
        places.through.append(contact(9_999), recorded_by="jane")
    assert told >= {("failed", False), ("unknown", False), ("unknown", True)}


def test_a_head_that_is_cut_is_told_or_is_not(places: Places, proxy: CuttingProxy) -> None:
    places.past._store.group = True

    def ask(_: int) -> None:
        assert places.through.head() == places.past.head()

    # What is asked for may not be on disk yet, so that the head waits for it.
    places.past.append(contact(0), recorded_by="jane")
    for turn, outcome, where in every_cut(proxy, ask):
        assert outcome in ("ok", "failed"), where
        ask(turn)
        places.past.append(contact(turn), recorded_by="jane")


def test_an_erasure_that_is_cut(places: Places, proxy: CuttingProxy) -> None:
    def register(turn: int) -> None:
        party = {"kind": "party-registered", "case_id": "house", "party": f"p-{turn}",
                 "type": "person", "name": name_of(turn)}  # fmt: skip
        places.past.append(party, recorded_by="jane")

    def erase(turn: int) -> None:
        places.through.append(
            {"kind": "personal-data-erased", "case_id": "house", "subject": f"p-{turn}",
             "legal_basis": "gdpr art. 17(1)(a)"}, recorded_by="jane",
        )  # fmt: skip

    register(0)
    for turn, outcome, where in every_cut(proxy, erase):
        check_whole(places)
        events = [*places.past.events(kinds={"personal-data-erased"})]
        recorded = any(each.fields["subject"] == f"p-{turn}" for each in events)
        readable = places.past.registered_as(name_of(turn)) != []
        assert recorded is not readable, where
        assert outcome == "unknown" or recorded is (outcome == "ok"), where
        register(turn + 1)


def test_a_signature_that_is_cut(places: Places, proxy: CuttingProxy, tmp_path: Path) -> None:
    signers, memory = first_keys(places.past), tmp_path / "memory"
    signed: dict[int, bytes] = {}

    def sign(_: int) -> None:
        sign_head(places.through, signers, memory)

    places.past.append(contact(0), recorded_by="jane")
    for turn, outcome, where in every_cut(proxy, sign):
        with places.past._writing():
            pass
        kept = latest_checkpoint(places.past)
        there = kept is not None and kept.checkpoint.size == len(places.past)
        assert outcome == "unknown" or there is (outcome == "ok"), where
        # What was signed, though it was not kept, is what is signed then.
        for given in (memory.read_bytes() if memory.exists() else b"", kept.note if kept else b""):
            if given:
                size, root = SignedCheckpoint.parse(given).checkpoint[1:]
                assert signed.setdefault(size, root) == root
        sign(turn)
        assert latest_checkpoint(places.past) == SignedCheckpoint.parse(memory.read_bytes())
        places.past.append(contact(turn), recorded_by="jane")
    check_whole(places)


def test_first_keys_that_are_cut_are_those_that_the_ledger_has(
    places: Places, postgresql: Server, database: str, proxy: CuttingProxy, tmp_path: Path
) -> None:
    def create(turn: int) -> None:
        create_keys(places.through, "example.com/ledger", tmp_path / f"{turn}.key")

    postgresql.sql("ALTER TABLE answerable.keys DISABLE TRIGGER USER", database)
    for turn, outcome, where in every_cut(proxy, create):
        with places.past._writing() as cursor:
            own = {each.key for each in read_keys(cursor)}
        file = tmp_path / f"{turn}.key"
        assert outcome == "unknown" or bool(own) is (outcome == "ok"), where
        # No ledger has keys that nobody has.
        assert own == {each.key for each in keys.read(file)} if own else not file.exists(), where
        postgresql.sql("TRUNCATE answerable.keys", database)


def test_a_rotation_that_is_cut(
    places: Places, proxy: CuttingProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a.key"
    create_keys(places.past, "example.com/ledger", place)

    def rotate(_: int) -> None:
        rotate_keys(places.through, place, recorded_by="jane")

    for _, _, where in every_cut(proxy, rotate):
        # Whatever came of it, the ledger signs with keys that are at hand, and nobody else's.
        signers = open_keys(places.through, place)
        current = {each.key for each in own_keys(places.past) if each.retired is None}
        assert {each.key for each in signers} == current, where
        assert not place.with_name("a.key.new").exists(), where
        sign_head(places.through, signers, memory_file(place))
    check_whole(places)
    report = verify_ledger(places.past, Trust([]), memory=memory_file(place))
    assert report.problems == ()


def test_a_ledger_whose_making_is_cut(
    postgresql: Server, proxy: CuttingProxy, database: str
) -> None:
    def create(_: int) -> None:
        Ledger.create(proxy.address(database)).close()

    for _, outcome, where in every_cut(proxy, create):
        # Opening what was made may be cut, too: that it is there already is what is said then.
        [there] = postgresql.sql("SELECT to_regnamespace('answerable') IS NOT NULL", database)
        if there[0]:
            with Ledger.open(postgresql.address(database)) as made:
                assert verify_ledger(made, Trust([])).problems == (), where
            postgresql.sql("DROP SCHEMA answerable CASCADE", database)
        else:
            assert outcome != "ok", where


def test_views_whose_catching_up_is_cut(places: Places, proxy: CuttingProxy) -> None:
    def ask(_: int) -> None:
        kept = places.through.document(VIEWS, "party", "org-1")
        if kept is None:
            raise StorageFailed("nothing is kept beside the record; nothing was written.")
        assert kept == places.past.document(VIEWS, "party", "org-1")

    places.past.append(contact(0), recorded_by="jane")
    for turn, _, where in every_cut(proxy, ask):
        assert [*differences(places.past, VIEWS)] == [], where
        ask(turn)
        places.past.append(contact(turn + 1), recorded_by="jane")
    assert len(counterparty(places.through, "org-1").contacts) == len(places.past)


def test_a_verification_that_is_cut_finds_no_damage(places: Places, proxy: CuttingProxy) -> None:
    places.past.append_all([contact(0), contact(1)], recorded_by="jane")
    counterparty(places.past, "org-1")

    def verify(_: int) -> None:
        assert verify_ledger(places.through, Trust([]), views=VIEWS).problems == ()

    for _ in every_cut(proxy, verify):
        pass


def test_a_publication_that_is_cut(places: Places, proxy: CuttingProxy, tmp_path: Path) -> None:
    signers, memory = first_keys(places.past), tmp_path / "memory"
    trust = Trust([signer.key for signer in signers])

    def grow() -> None:
        places.past.append(contact(0), recorded_by="jane")
        sign_head(places.past, signers, memory)

    def audited() -> int:
        return verify_published(published_in(tmp_path / "log"), trust).checkpoint.size

    grow()
    for _, outcome, where in every_cut(proxy, lambda _: publish(places.through, tmp_path / "log")):
        if outcome == "ok":
            assert audited() == len(places.past), where
        publish(places.through, tmp_path / "log")
        assert audited() == len(places.past), where
        grow()
