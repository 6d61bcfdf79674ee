"""Test how often each part of a document occurs: counted as parts are written, held to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.oracles import raw

from answerable.domain.parsing import parse
from answerable.ledger.indexes import documents as store
from answerable.ledger.ledger import Ledger
from answerable.projections.documents import VIEWS

KEY = '["gifts","direct",null]'


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        yield made


def found(ledger: Ledger, case_id: str, measure: str | None) -> None:
    """A finding in a case of its own, and what it was answered by."""
    about = {"case_id": case_id, "subject": f"p-{case_id}", "occurred": "2026-01-06"}
    finding: dict[str, Any] = {"kind": "finding-made", "outcome": "substantiated", **about}
    finding |= {"offence_class": "gifts", "responsibility": "direct"}
    ledger.append(parse(finding), recorded_by="jane")
    if measure is not None:
        imposed = {"kind": "sanction-imposed", "measure": measure, **about}
        ledger.append(parse(imposed), recorded_by="jane")


def counts(ledger: Ledger, but: str = "") -> dict[bytes, int]:
    ledger.document_keys(VIEWS, "like")
    return dict(ledger.document_parts(VIEWS, "like", KEY, but=but))


def altered(ledger: Ledger, body: bytes) -> None:
    with raw(ledger.path) as connection:
        changed = connection.execute(
            "UPDATE documents SET body = ? WHERE view = 'like, counted'", (body,)
        )
        assert changed.rowcount == 1


def test_parts_are_counted_as_they_change(ledger: Ledger) -> None:
    found(ledger, "a", "fine")
    found(ledger, "b", "fine")
    assert counts(ledger) == {b"[[6,6,true]]": 2}
    found(ledger, "c", None)
    about = {"case_id": "a", "subject": "p-a", "occurred": "2026-01-07"}
    graver = {"kind": "sanction-imposed", "measure": "dismissal", **about}
    ledger.append(parse(graver), recorded_by="jane")
    assert counts(ledger) == {b"[[0,0,true]]": 1, b"[[6,6,true]]": 1, b"[[9,9,true]]": 1}
    assert counts(ledger, but="a") == {b"[[0,0,true]]": 1, b"[[6,6,true]]": 1}
    assert counts(ledger, but="another") == counts(ledger)
    assert list(store.differences(ledger, VIEWS)) == []


def test_counts_that_were_altered_are_named_and_made_again(ledger: Ledger) -> None:
    for case_id in ("a", "b"):
        found(ledger, case_id, "fine")
    before = counts(ledger)
    altered(ledger, b'[["[[6,6,true]]",9]]')
    (said,) = store.differences(ledger, VIEWS)
    assert said == f"the parts of the like {KEY!r} are counted wrongly"
    store.rebuild(ledger, VIEWS)
    assert counts(ledger) == before


@pytest.mark.parametrize("body", [b"", b"[1]", b'[["x"]]', b"\xff"])
def test_counts_that_cannot_be_read_are_counted_one_by_one(ledger: Ledger, body: bytes) -> None:
    found(ledger, "a", "fine")
    before = counts(ledger)
    altered(ledger, body)
    assert counts(ledger) == before
    found(ledger, "b", "fine")
    assert counts(ledger) == {b"[[6,6,true]]": 2}
    assert list(store.differences(ledger, VIEWS)) == []


def test_counts_that_no_event_made_are_named(ledger: Ledger) -> None:
    found(ledger, "a", "fine")
    counts(ledger)
    with raw(ledger.path) as connection:
        connection.execute("INSERT INTO documents VALUES ('like, counted', 'x', '', x'5b5d')")
    (said,) = store.differences(ledger, VIEWS)
    assert said == "the view 'like' has 1 too many counts: no event made them"
