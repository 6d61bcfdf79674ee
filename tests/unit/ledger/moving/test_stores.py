"""A ledger is moved from a file to a server and back, and comes back as it was."""

from pathlib import Path

import pytest
from tests.support.bundles import sign_head, signed_ledger
from tests.support.oracles import rows_of
from tests.unit.ledger.moving.test_moves import erase, progress

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
