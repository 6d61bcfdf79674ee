"""The connection is cut at each statement of an import, of moving a ledger, and of a backup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from tests.support.faults.cutting import every_cut
from tests.support.faults.proxy import CuttingProxy
from tests.support.postgresql import Server
from tests.support.signed_ledger import first_keys

from answerable.cli.recording.importing.lookup import LedgerLookup
from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving import moves
from answerable.ledger.moving.carrying import carry
from answerable.ledger.moving.errors import NotTheSame
from answerable.ledger.moving.moves import back_up
from answerable.ledger.moving.tables import check_same
from answerable.ledger.system.parallel import no_progress
from answerable.ledger.transfer.batches import batches
from answerable.ledger.transfer.drafts import Drafting
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.import_ import Import, recorded_marks
from answerable.ledger.transfer.json_lines import lines

pytestmark = pytest.mark.sqlite_file("carries from a file to a server, and back")


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger in a file, with texts, a signature and an erasure."""
    with Ledger.create(tmp_path / "source.db") as made:
        signers = first_keys(made)
        party = {"kind": "party-registered", "case_id": "house", "party": "p-9", "type": "person",
                 "name": "Xu Fei"}  # fmt: skip
        contact = {"kind": "contact-made", "case_id": "acme", "counterparty": "p-9",
                   "purpose": "talks"}  # fmt: skip
        made.append_all([party, contact], recorded_by="jane")
        sign_head(made, signers, tmp_path / "memory")
        made.append({"kind": "personal-data-erased", "case_id": "house", "subject": "p-9",
                     "legal_basis": "gdpr art. 17(1)(a)"}, recorded_by="jane")  # fmt: skip
        yield made


def same(one: Ledger, other: Ledger) -> bool:
    """Tell whether all that is carried over is the same in both, row by row."""
    with one._reading() as read, other._reading() as cursor:
        try:
            check_same(read, cursor)
        except NotTheSame:
            return False
    return [*exported_entries(one)] == [*exported_entries(other)]


def test_an_import_that_is_cut_tells_which_lines_are_on_record(
    postgresql: Server, proxy: CuttingProxy, database: str
) -> None:
    Ledger.create(postgresql.address(database)).close()
    runs: list[Import] = []

    with (
        Ledger.open(postgresql.address(database)) as past,
        Ledger.open(proxy.address(database)) as through,
    ):

        def bring(turn: int) -> None:
            event = {"kind": "contact-made", "case_id": f"case-{turn}", "counterparty": "org-1"}
            text = BytesIO(f"{json.dumps(event)}\n{json.dumps(event)}\n".encode())
            runs.append(Import(through, "jane"))
            for batch in batches(lines(text), Drafting(LedgerLookup(through), "jane"), 2):
                runs[-1].record(batch)

        for turn, outcome, where in every_cut(proxy, bring):
            if len(runs) == turn:
                # It was cut off before it began.
                runs.append(Import(through, "jane"))
            tally = runs[turn].tally
            there = len([*past.events(case=f"case-{turn}")])
            assert there == tally.mark.lines, where
            assert there in {"ok": (2,), "unknown": (0, 2)}.get(outcome, (0,)), where
            assert (tally.mark in recorded_marks(past)) is (there > 0), where


def test_a_move_to_a_server_that_is_cut_goes_on_where_it_was(
    source: Ledger, postgresql: Server, proxy: CuttingProxy, database: str
) -> None:
    def move(_: int) -> None:
        with Ledger.open(proxy.address(database)) as dest:
            carry(source, dest)

    Ledger.create(postgresql.address(database)).close()
    for _, outcome, where in every_cut(proxy, move):
        with Ledger.open(postgresql.address(database)) as dest:
            assert same(source, dest) or outcome != "ok", where
            carry(source, dest)
            assert same(source, dest), where
        postgresql.sql("DROP SCHEMA answerable CASCADE", database)
        Ledger.create(postgresql.address(database)).close()


def test_a_backup_of_a_server_that_is_cut_is_whole_or_not_there(
    source: Ledger, postgresql: Server, proxy: CuttingProxy, database: str, tmp_path: Path
) -> None:
    def keep(turn: int) -> None:
        back_up(through, tmp_path / f"{turn}.db", progress=lambda _, length: no_progress(length))

    with moves.open_or_make(postgresql.address(database)) as dest:
        carry(source, dest)
    with Ledger.open(proxy.address(database)) as through:
        for turn, outcome, where in every_cut(proxy, keep):
            place = tmp_path / f"{turn}.db"
            assert place.exists() is (outcome == "ok"), where
            if outcome != "ok":
                keep(turn)
            with Ledger.open(place) as kept:
                assert same(source, kept), where
