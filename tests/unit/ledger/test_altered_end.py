"""Nothing is recorded over a last entry that was altered, without a word, on either store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest
from tests.support.oracles import raw
from tests.support.tampering import altered_leaves, forged_entry

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.errors import NotVerified
from answerable.ledger.ledger import Ledger

pytestmark = pytest.mark.both_stores

ALTER = (
    "UPDATE stored_events SET state = CAST(replace(state, 'talks', 'gifts') AS BLOB) "
    "WHERE rowid = 3"
)


def contact(case_id: str = "acme") -> Event:
    return parse({"kind": "contact-made", "case_id": case_id, "counterparty": "org-1",
                  "purpose": "talks", "channel": "talks"})  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.fixture
def ledger(place: Path) -> Iterator[Ledger]:
    """A ledger that is open, of which all that an append has to know is at hand."""
    with Ledger.create(place) as made:
        for _ in range(3):
            made.append(contact(), recorded_by="jane")
        yield made


TAMPERINGS: dict[str, Callable[[Connection], object]] = {
    "the entry": lambda hand: hand.execute(ALTER),
    "its hash": lambda hand: altered_leaves(hand, 0),
}


ACTS: tuple[Callable[[Ledger], object], ...] = (
    lambda asked: asked.append(contact(), recorded_by="jane"),
    lambda asked: asked.append(contact("b"), recorded_by="jane"),
    lambda asked: asked.append_all([contact()] * 60, recorded_by="jane"),
    lambda asked: asked.preview(contact(), recorded_by="jane"),
)


@pytest.mark.parametrize("altered", TAMPERINGS)
def test_who_would_record_after_an_altered_entry_is_told(
    ledger: Ledger, place: Path, altered: str
) -> None:
    with raw(place, guarded=False) as hand:
        TAMPERINGS[altered](hand)
    with Ledger.open(place) as other:
        for asked in (ledger, other, ledger):
            for act in ACTS:
                with pytest.raises(
                    NotVerified, match="position 2 is not what was recorded there; nothing was"
                ):
                    act(asked)
            assert len(asked) == 3


@pytest.mark.parametrize("also", [False, True])
def test_who_knows_an_entry_is_told_that_it_was_altered_though_others_recorded_since(
    ledger: Ledger, place: Path, store: str, also: bool
) -> None:
    with Ledger.open(place) as other:
        other.append(contact("b"), recorded_by="jim")
    with raw(place, guarded=False) as hand:
        hand.execute(ALTER)
        if also and store == "postgresql":
            # The head of the log has the tree as it was.
            hand.execute("UPDATE stored_events SET leaf = sha256('\\x00' || state) WHERE rowid = 3")
    with pytest.raises(NotVerified, match="position 2 is not what was recorded there"):
        ledger.append(contact(), recorded_by="jane")
    assert len(ledger) == 4


def test_another_log_of_the_same_size_is_held_against_its_own_tree(
    ledger: Ledger, place: Path
) -> None:
    """As where a server was restored to an earlier backup, and written to since."""
    assert ledger.altered() == []
    entry = ledger.entry(2)
    assert entry is not None
    with raw(place, guarded=False) as hand:
        forged_entry(hand, 2, entry.replace(b"talks", b"gifts"))
    assert ledger.altered() == []
    with raw(place, guarded=False) as hand:
        hand.execute(ALTER.replace("'talks', 'gifts'", "'gifts', 'talks'"))
    assert ledger.altered() == [2]
