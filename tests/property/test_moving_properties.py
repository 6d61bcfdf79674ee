"""Whatever is recorded, and whenever it is carried over: what comes is what was there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.bundles import sign_head
from tests.support.dumped import dumped
from tests.support.history_strategies import histories
from tests.support.lengths import examples
from tests.support.signed_ledger import first_keys

from answerable.domain.event import Event
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving.carrying import carry, go_on
from answerable.ledger.verify.record import verify_record


@settings(max_examples=examples(20), deadline=None)
@given(histories(without=(), min_events=2), st.data())
def test_a_ledger_is_carried_over_at_any_time(events: list[Event], data: st.DataObject) -> None:
    half = data.draw(st.integers(0, len(events)))
    with TemporaryDirectory() as name:
        folder = Path(name)
        with (
            Ledger.create(folder / "a.db") as source,
            Ledger.create(folder / "b.db") as dest,
            Ledger.create(folder / "c.db") as backup,
        ):
            signers = first_keys(source)
            for event in events[:half]:
                source.append(event, recorded_by="jane")
            if data.draw(st.booleans()):
                sign_head(source, folder, signers)
            assert carry(source, dest).added == half
            carry(source, backup)
            for event in events[half:]:
                source.append(event, recorded_by="jane")
            sign_head(source, folder, signers)
            found = carry(source, dest)
            assert (found.size, found.added) == (len(events), len(events) - half)
            assert carry(source, dest).added == 0
            # A backup, and what was recorded since, come to the same.
            again = go_on(source, backup)
            assert (again.size, again.root, again.erased) == (found.size, found.root, found.erased)
            assert verify_record(dest).verified
            head = source.head()
            assert dest.head() == backup.head() == head
        assert dumped(folder / "a.db") == dumped(folder / "b.db") == dumped(folder / "c.db")
