"""Ask for pages of another day in a house of many like cases: what they read is bounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from tests.benchmarks.large import EVENTS_A_CASE, case
from tests.unit.cli.browsing.conftest import client, let_in

from answerable.cli.browsing import answers
from answerable.domain.parsing import parse
from answerable.domain.record import RecordedEvent
from answerable.ledger.ledger import Ledger
from answerable.projections import like_findings
from answerable.projections.consistency.comparators import Wanted
from answerable.projections.consistency.outliers import Shape
from answerable.projections.facts.case_view import CaseView

CASES = 24
"""More than are folded without looking for a shorter way."""

TOO_MANY = f"{CASES - 1} findings of other cases are like it, more than are worked out here"
UNDER_WAY = "as_of=2026-01-06"
"""All cases have a finding by then, and what came of it is still to come."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, list[RecordedEvent]]]:
    with Ledger.create(tmp_path_factory.mktemp("alike") / "a.db") as ledger:
        for number in range(CASES):
            ledger.append_all(map(parse, case(number, CASES)), recorded_by="test")
        yield ledger, list(ledger.events())


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The other cases that were folded for what is like, in turn."""
    found: list[str] = []
    summed = like_findings._summed

    def noted(cases: Iterable[CaseView], asked: Wanted) -> Counter[Shape]:
        views = list(cases)
        found.extend(view.case_id for view in views)
        return summed(views, asked)

    monkeypatch.setattr(like_findings, "_summed", noted)
    monkeypatch.setattr(like_findings, "MOST_READ", 3 * EVENTS_A_CASE)
    monkeypatch.setattr(answers, "MOST_FOLDED", 8)
    return found


def after(events: list[RecordedEvent], cases: int) -> str:
    """Ask as known when so many cases were on record."""
    return f"known_by={events[cases * EVENTS_A_CASE - 1].recorded_at}"


@pytest.mark.parametrize("page", ["", "/tables"])
def test_a_page_says_how_many_are_alike_where_too_many_were_under_way(
    house: tuple[Ledger, list[RecordedEvent]], folded: list[str], page: str
) -> None:
    asking = let_in(client(house[0]))
    assert TOO_MANY in asking.get(f"/case/case-0{page}?{UNDER_WAY}").text
    assert TOO_MANY in asking.get(f"/case/case-0{page}?{after(house[1], CASES // 2)}").text
    assert folded == []


def test_a_page_folds_the_cases_that_the_log_went_on_or_began_with(
    house: tuple[Ledger, list[RecordedEvent]], folded: list[str]
) -> None:
    ledger, events = house
    asking = let_in(client(ledger))
    told = asking.get(f"/case/case-0?{after(events, CASES - 2)}").text
    assert TOO_MANY not in told
    assert folded == 2 * [f"case-{CASES - 2}", f"case-{CASES - 1}"]
    folded.clear()
    assert TOO_MANY not in asking.get(f"/case/case-0?{after(events, 3)}").text
    assert folded == ["case-1", "case-2"]


def test_the_file_of_a_report_is_whole(
    house: tuple[Ledger, list[RecordedEvent]], folded: list[str]
) -> None:
    told = let_in(client(house[0])).get(f"/case/case-0/report.html?{UNDER_WAY}").text
    assert TOO_MANY not in told
    assert len(folded) == CASES - 1
