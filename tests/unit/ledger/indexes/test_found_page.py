"""Hold a page of what a search finds to the whole search, and to what may not be searched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from answerable.domain.parsing import parse
from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.indexes import found_page
from answerable.ledger.ledger import Ledger

CASES = 30


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.create(tmp_path_factory.mktemp("found") / "a.db") as made:
        for number in range(CASES):
            told = {"kind": "case-opened", "case_id": f"c{number}", "title": f"Gifts {number % 3}"}
            made.append(parse(told), recorded_by="jane")
        exhibit = {"kind": "evidence-registered", "case_id": "c0", "digest": f"sha256:{'0' * 64}"}
        told = {**exhibit, "collected_by": "a", "location": "cabinet", "description": "a memo"}
        kept = made.append(parse(told), recorded_by="jane")
        moved = {"sealed_fields": {"location": "the attic"}, "target": kept.event_id}
        made.append(parse({"kind": "correction", "case_id": "c0", **moved}), recorded_by="jane")
        yield made


def places(ledger: Ledger, words: str, **asked: object) -> list[int]:
    page = ledger.found_page(query(words), **{"without": (), "skip": 0, "limit": 99, **asked})  # type: ignore[arg-type]
    assert page is not None
    return [hit.event.position for hit in page.hits]


@pytest.mark.parametrize("words", ["gifts", '"gifts 1"', "memo", "gifts -1", "1 OR 2", "none"])
def test_a_few_texts_come_as_the_whole_search_has_them(ledger: Ledger, words: str) -> None:
    whole = ledger.found(SearchRequest(query(words)))
    page = ledger.found_page(query(words), without=(), skip=0, limit=99)
    assert page is not None
    assert (page.total, page.more, page.ranked) == (whole.total, False, True)
    assert (page.erased, page.withheld) == (whole.erased, whole.withheld)
    expected = [hit.event.position for hit in whole.hits]
    assert [hit.event.position for hit in page.hits] == expected
    assert [places(ledger, words, skip=at, limit=4) for at in range(0, 12, 4)] == [
        expected[at : at + 4] for at in range(0, 12, 4)
    ]


def test_of_many_texts_the_last_come_first(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_page, "MOST", 10)
    page = ledger.found_page(query("gifts"), without=(), skip=0, limit=3)
    assert page is not None
    assert (page.total, page.more, page.ranked) == (10, True, False)
    assert [hit.event.position for hit in page.hits] == [CASES - 1, CASES - 2, CASES - 3]


def test_what_may_not_be_searched_is_neither_found_nor_counted(ledger: Ledger) -> None:
    assert places(ledger, "cabinet") == [CASES]
    assert places(ledger, "attic") == [CASES + 1]
    for words in ("cabinet", "attic"):
        page = ledger.found_page(query(words), without=("location",), skip=0, limit=9)
        assert page is not None
        assert (page.total, page.more, [*page.hits]) == (0, False, [])
    assert places(ledger, "memo", without=("location",)) == [CASES]
