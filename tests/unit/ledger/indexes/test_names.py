"""The index of names finds a name however it is written, and is made again by its version."""

from pathlib import Path

import pytest
from tests.support.oracles import event_id

from answerable.domain.parsing import parse
from answerable.ledger.indexes import names as index
from answerable.ledger.ledger import Ledger
from answerable.projections.facts.names import names


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.create(tmp_path / "a.db")
    for number, name in enumerate(("José García", "Jose Garcia", "ﬁona Groß", "李娜"), 1):
        made.append(
            parse({"kind": "party-registered", "case_id": "house", "event_id": event_id(number),
                   "party": f"p-{number}", "type": "person", "name": name}),
            recorded_by="jane",
        )  # fmt: skip
    return made


FOUND = {
    "José García": ("p-1",),
    "JOSE\u0301  GARCI\u0301A": ("p-1",),
    "ＪＯＳＥ ＧＡＲＣＩＡ": ("p-2",),
    "Jose García": (),
    "FIONA GROSS": ("p-3",),
    "李娜": ("p-4",),
}

ALIKE = {"Jose García": ("p-1", "p-2"), "garcia": (), "fiona gross": ("p-3",), "李 娜": ("p-4",)}


def test_a_name_is_found_however_it_is_written(ledger: Ledger) -> None:
    with ledger:
        known = names(ledger)
        assert {text: known.find(text) for text in FOUND} == FOUND
        assert {text: known.find_alike(text) for text in ALIKE} == ALIKE


def test_an_index_of_an_earlier_version_is_made_again(ledger: Ledger) -> None:
    with ledger:
        assert index.make_ready(ledger)
        state = [ledger.entry(at) for at in range(len(ledger))]
        with ledger._writing_indexes() as cursor:
            cursor.execute("UPDATE named SET hash = hash + 1")
            cursor.execute(
                "UPDATE tracking SET application_name = 'names 3 14.0.0' "
                "WHERE application_name LIKE 'names %'"
            )
        assert names(ledger).find("josé garcía") == ("p-1",)
        assert list(index.differences(ledger)) == []
        assert [ledger.entry(at) for at in range(len(ledger))] == state
