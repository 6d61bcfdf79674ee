"""A ledger is moved from a file to a server and back, and comes back as it was."""

from pathlib import Path

import pytest
from tests.support.bundles import sign_head, signed_ledger
from tests.support.oracles import raw, rows_of
from tests.unit.ledger.moving.test_moves import erase, progress

from answerable.ledger.errors import NotVerified
from answerable.ledger.moving import moves
from answerable.ledger.moving.tables import RECORD
from answerable.ledger.store.log_keys import own_keys
from answerable.projections.documents import VIEWS

pytestmark = pytest.mark.sqlite_file("holds a file against a server itself")


def test_a_ledger_is_moved_there_and_back(tmp_path: Path, new_place: Path | str) -> None:
    place = tmp_path / "there.db" if isinstance(new_place, Path) else new_place
    source, signers = signed_ledger(tmp_path)
    back = tmp_path / "back.db"
    with source, moves.open_or_make(place) as server:
        moves.migrate(source, server, views=VIEWS, progress=progress)
        moves.back_up(server, tmp_path / "kept.db", progress=progress)
        erase(source)
        sign_head(source, tmp_path, signers)
        moved = moves.migrate(source, server, views=VIEWS, progress=progress)
        assert moved.carried.erased > 0
        with moves.open_or_make(back) as again:
            moves.migrate(server, again, views=VIEWS, progress=progress)
            record = {table.name for table in RECORD}
            expected, found = (
                {name: rows for name, rows in rows_of(each).items() if name in record}
                for each in (source, again)
            )
            assert found == expected
            assert own_keys(server) == own_keys(again) == own_keys(source)


HOSTILE = {
    "UPDATE stored_events SET topic = topic || char(0) WHERE rowid = 3":
        "among the entries, one is not of the types that a ledger has: at position 2",
    "UPDATE stored_events SET originator_id = 'a' || char(0) WHERE rowid = 3":
        "among the entries, one is not of the types that a ledger has: at position 2",
    "UPDATE disclosures SET number = 4294967296 WHERE position = 2 AND number = 0":
        "one is not of the types that a ledger has: text 4294967296 of the entry at position 2",
    "UPDATE disclosures SET number = -1 WHERE position = 2 AND number = 0":
        "one is not of the types that a ledger has: text -1 of the entry at position 2",
    "UPDATE disclosures SET about = 'p-1' || char(0) WHERE position = 2 AND number = 0":
        "one is not of the types that a ledger has: text 0 of the entry at position 2",
    "UPDATE disclosures SET field = char(0) WHERE position = 2 AND number = 0":
        "one is not of the types that a ledger has: text 0 of the entry at position 2",
    "UPDATE keys SET vkey = vkey || char(0)":
        "among the ledger's own keys, one is not of the types that a ledger has",
    "UPDATE disclosures SET field = CAST(x'ff' AS TEXT) WHERE position = 2 AND number = 0":
        "is damaged: Could not decode to UTF-8",
    "UPDATE stored_events SET originator_version = 9223372036854775807 WHERE rowid = 3":
        "does not verify",
    "UPDATE checkpoints SET size = -9223372036854775808": "does not verify",
}  # fmt: skip
"""List what may stand in a file that is handed over as a backup, and what is said of it."""


@pytest.mark.parametrize("change", HOSTILE)
def test_a_file_with_what_no_ledger_holds_is_refused_by_either_store(
    tmp_path: Path, new_place: Path | str, change: str
) -> None:
    place = tmp_path / "there.db" if isinstance(new_place, Path) else new_place
    source, signers = signed_ledger(tmp_path)
    with source:
        sign_head(source, tmp_path, signers)
    with raw(source.path, guarded=False) as hand:
        hand.execute(change)
    with moves.open_there(source.path) as hostile, moves.open_or_make(place) as dest:
        with pytest.raises(NotVerified) as refused:
            moves.migrate(hostile, dest, views=VIEWS, progress=progress)
        assert HOSTILE[change] in refused.value.message
        # What came is whole, and it can be asked.
        assert len(dest) == len(list(dest.events()))
