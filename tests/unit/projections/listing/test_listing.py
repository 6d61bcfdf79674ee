"""Hold lists read a page at a time to what all cases tell, folded one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from tests.support.golden_ledger import PUBLIC_CASES, RECORDED, fill, told
from tests.support.screens import NOW

from answerable.domain import edtf
from answerable.ledger.ledger import Ledger
from answerable.projections.listing.cases import CHOSEN, CaseListed, cases_listed, counts
from answerable.projections.listing.due import due_by_events
from answerable.projections.listing.paged import Sought, Stretch, stretch
from answerable.projections.listing.parties import parties_listed, party_page
from answerable.projections.listing.record import Listed, listed_by
from answerable.projections.status.cases import each_in_short
from answerable.projections.status.status import (
    CaseOverview,
    counterparty,
    overview_of,
    overview_of_each,
)

FIRST = Sought()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The example and the public cases."""
    path: Path = tmp_path_factory.mktemp("listing") / "a.db"
    lines = told()
    public = [
        line
        for each in sorted(PUBLIC_CASES.glob("*.jsonl"))
        for line in each.read_bytes().splitlines()
    ]
    fill(path, [*lines, *public], [*RECORDED, (len(lines) + len(public), NOW)])
    with Ledger.open(path) as made:
        yield made


@pytest.fixture
def listed(ledger: Ledger) -> Listed:
    return listed_by(ledger, ledger)


def overviews(ledger: Ledger) -> dict[str, CaseOverview]:
    return {each.case_id: overview_of(ledger, each.case_id) for each in ledger.cases()}


def test_cases_are_listed_as_they_stand(ledger: Ledger, listed: Listed) -> None:
    found = cases_listed(listed, "all", FIRST).items
    short = {each.case_id: each for each in each_in_short(ledger)}
    assert [each.case_id for each in found] == sorted(short)
    for each in found:
        told_of = short[each.case_id]
        assert (each.events, each.last_recorded) == (told_of.events, told_of.last_recorded)
        assert (each.title, each.state or "not opened") == (told_of.title, told_of.state)
    assert any(each.open for each in found)


def test_cases_are_chosen_and_counted_by_how_they_stand(ledger: Ledger, listed: Listed) -> None:
    overview = overviews(ledger)
    tells = {
        "open": lambda each: each.state in ("open", "indeterminate"),
        "closed": lambda each: each.state in ("closed", "indeterminate"),
        "accountable": lambda each: bool(each.people),
        "owing": lambda each: bool(each.open),
        "barred": lambda each: any(bar.in_force != "no" for bar in each.bars),
    }
    counted = counts(listed)
    assert counted is not None
    for which in CHOSEN:
        there = sorted(case_id for case_id, each in overview.items() if tells[which](each))
        assert [each.case_id for each in cases_listed(listed, which, FIRST).items] == there
        assert getattr(counted, which) == len(there)
    assert counted.cases == len(overview) - 1  # the register of the house is none


def test_what_falls_due_is_what_is_open_with_a_day(ledger: Ledger, listed: Listed) -> None:
    still = [each for case in overview_of_each(ledger) for each in case.open if each.due]
    assert still
    for today in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2027, 1, 1)):
        found = due_by_events(listed, today)
        assert found is not None
        assert {(each.case_id, each.event_id) for each in (*found.overdue, *found.next)} == {
            (each.case_id, each.event_id) for each in still
        }
        late = [each for each in still if each.due and each.due <= "2026-02-28"]
        assert (len(found.overdue) >= len(late)) is (today > date(2026, 2, 28))


def test_a_party_is_told_of_as_status_tells_of_it(ledger: Ledger, listed: Listed) -> None:
    found = parties_listed(listed, FIRST).items
    names = [each.name.party for each in found]
    assert names == sorted({*names, *(each.party for each in listed.known)})[: len(names)]
    for each in found[:12]:
        page = party_page(listed, each.name.party, FIRST)
        whole = counterparty(ledger, each.name.party)
        # What of the contacts lies within a bar takes all cases, and has a page of its own.
        bars = tuple(bar._replace(contacts=()) for bar in whole.bars)
        assert page.said == whole._replace(bars=bars)
        assert page.name == each.name


@pytest.mark.parametrize(
    ("as_of", "known_by"), [("2026-02-20", None), (None, "2026-02-21"), ("2014", "2026-03")]
)
def test_a_party_is_told_of_at_another_time_as_status_tells_of_it(
    ledger: Ledger, as_of: str | None, known_by: str | None
) -> None:
    times = tuple(None if each is None else edtf.asked(each) for each in (as_of, known_by))
    then = listed_by(ledger, ledger, times[1])
    said = 0
    for each in parties_listed(then, FIRST).items:
        page = party_page(then, each.name.party, FIRST, *times)
        whole = counterparty(ledger, each.name.party, as_of=times[0], known_by=times[1])
        bars = tuple(bar._replace(contacts=()) for bar in whole.bars)
        assert page.said == whole._replace(bars=bars)
        people, still = page.said.cases, page.said.open
        assert {one.case_id for one in people} <= {*page.cases.items}
        assert {one.case_id for one in still} <= {*page.cases.items}
        said += len(people) + len(still)
    assert said


def test_every_page_is_reached_from_the_one_before_and_the_one_behind(listed: Listed) -> None:
    def read(sought: Sought) -> Stretch[CaseListed]:
        return stretch(
            lambda page: [
                each
                for summary in listed.pages.cases_page(page)
                for each in cases_listed(listed, "all", Sought(begins=summary.case_id)).items
                if each.case_id == summary.case_id
            ],
            lambda each: each.case_id,
            sought,
            length=2,
        )

    def walked(page: Stretch[CaseListed]) -> Iterator[Sequence[str]]:
        yield [each.case_id for each in page.items]
        if page.onward is not None:
            yield from walked(read(Sought(after=page.onward)))

    pages = list(walked(read(FIRST)))
    every = sorted(each.case_id for each in listed.reader.cases())
    assert [each for page in pages for each in page] == every
    for before, behind in pairwise(pages):
        back = read(Sought(before=behind[0]))
        assert [each.case_id for each in back.items] == before
        assert back.onward == before[-1]
