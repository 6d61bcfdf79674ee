"""Hold each page of a list to what the whole list has there, read from its beginning."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.support.postgresql import place_in

from answerable.domain.documents import DocumentRows
from answerable.domain.parsing import parse
from answerable.domain.record import Page
from answerable.ledger.indexes.documents import differences
from answerable.ledger.ledger import Ledger
from answerable.projections.documents import VIEWS
from answerable.projections.listed import ALL, DUE, STANDING, read_standing

SLUGS = ("a", "a-1", "a.b", "a1", "b", "house", "id", "z")

ASKED = [
    Page(limit, after, begins, backwards)
    for limit in (1, 3, 20)
    for after in (None, "a", "a-1", "b0", "id", "zz")
    for begins in ("", "a", "c")
    for backwards in (False, True)
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    """A ledger whose cases, parties and people have slugs that sort near one another."""
    with (
        place_in(request, tmp_path_factory.mktemp("paging")) as place,
        Ledger.create(place) as made,
    ):
        first: str | None = None
        for number, slug in enumerate(SLUGS):
            for step in (
                {"kind": "party-registered", "party": slug, "type": "person"},
                {"kind": "case-opened", "title": f"Case {number}"},
                {"kind": "sanction-imposed", "subject": slug, "measure": "fine", "due": "2026-02"},
                {
                    "kind": "sanction-imposed",
                    "subject": slug,
                    "measure": "censure",
                    "due": "2026-03-1X",
                },
            ):
                receipt = made.append(parse({"case_id": slug, **step}), recorded_by="jane")
                first = first or receipt.event_id
        # The first names another party after all, and another correction names none.
        for fields in ({"party": "b-corrected"}, {"type": "body"}):
            told = {"kind": "correction", "case_id": "a", "target": first, "fields": fields}
            made.append(parse(told), recorded_by="jane")
        yield made


def cut(keys: list[str], page: Page) -> list[str]:
    """Cut a page out of a whole list."""
    there = sorted((each for each in keys if each.startswith(page.begins)), reverse=page.backwards)
    if page.after is not None:
        behind = (
            (lambda key: key < page.after) if page.backwards else (lambda key: key > page.after)
        )
        there = list(filter(behind, there))
    return there[: page.limit]


LISTS: dict[str, tuple[Callable[[Ledger, Page], list[str]], tuple[str, ...]]] = {
    "cases": (lambda led, page: [each.case_id for each in led.cases_page(page)], SLUGS),
    "parties": (lambda led, page: led.parties_page(page), (*SLUGS, "b-corrected")),
    "keys": (lambda led, page: led.keys_page(VIEWS, "person", page) or [], SLUGS),
    "rows": (
        lambda led, page: [
            case_id for _, case_id, _ in led.rows_page(VIEWS, _standing(), page) or []
        ],
        SLUGS,
    ),
}


def _standing() -> DocumentRows:
    return DocumentRows(STANDING, ALL, f"{ALL}~")


@pytest.mark.parametrize("name", LISTS)
def test_a_page_is_what_the_whole_list_has_there(ledger: Ledger, name: str) -> None:
    read, keys = LISTS[name]
    for page in ASKED:
        assert read(ledger, page) == cut(list(keys), page), page


def test_a_case_in_short_is_what_all_of_them_tell(ledger: Ledger) -> None:
    assert ledger.cases_page(Page(20)) == list(ledger.cases())


def test_events_of_a_case_come_a_page_at_a_time(ledger: Ledger) -> None:
    whole = list(ledger.events(case="a"))
    assert ledger.case_events_page("a", Page(2)) == whole[:2]
    assert ledger.case_events_page("a", Page(9, after="2")) == whole[2:]
    assert ledger.case_events_page("a", Page(2, backwards=True)) == whole[:-3:-1]
    assert ledger.case_events_page("none", Page(2)) == []


def test_events_are_found_by_their_positions(ledger: Ledger) -> None:
    assert [each.position for each in ledger.events_at([3, 1, 1, 999, -4])] == [1, 3]
    assert ledger.events_at(range(len(ledger))) == list(ledger.events())


def test_what_is_done_is_due_no_more(ledger: Ledger) -> None:
    imposed, _ = ledger.events(case="z", kinds=("sanction-imposed",))
    done = {"kind": "sanction-executed", "case_id": "z", "sanction": imposed.event_id}
    ledger.append(parse(done), recorded_by="jane")

    def due(first: str, end: str) -> list[str]:
        rows = DocumentRows(DUE, first, end)
        found = ledger.rows_page(VIEWS, rows, Page(20)) or []
        assert {key for key, _, _ in found} <= {"2026-02-28"}
        return [case_id for _, case_id, _ in found]

    assert list(differences(ledger, VIEWS)) == []
    # Nothing is passed over by who reads what falls due.
    assert set(ledger.document(VIEWS, DUE, "2026-02-28") or ()) == {*SLUGS} - {"z"}
    assert due("", "2026-02-28") == due("2026-03-01", "2026-03-19") == []
    assert due("2026-02-28", "2026-03-01") == [each for each in SLUGS if each != "z"]


def test_how_cases_stand_is_counted_and_listed(ledger: Ledger) -> None:
    ledger.append(
        parse({"kind": "case-closed", "case_id": "a.b", "disposition": "settled"}),
        recorded_by="jane",
    )
    counts = (
        ledger.keys_page(VIEWS, STANDING, Page(2)),
        ledger.document_parts(VIEWS, STANDING, ALL, but=""),
    )
    assert counts[0] == [ALL]
    told = {read_standing(body).state: (body, cases) for body, cases in counts[1].items()}
    assert told["closed"][1] == 1
    assert sum(counts[1].values()) == len(SLUGS)
    rows = _standing()._replace(bodies=[told["closed"][0]])
    assert ledger.rows_page(VIEWS, rows, Page(5)) == [(ALL, "a.b", told["closed"][0])]


def test_rows_of_several_days_go_on_behind_a_case(ledger: Ledger) -> None:
    rows = ledger.rows_page(VIEWS, DocumentRows(DUE, ""), Page(99)) or []
    places = [(key, case_id) for key, case_id, _ in rows]
    assert places == sorted(places)
    assert {(day, "a1") for day in ("2026-02-28", "2026-03-19")} <= {*places}
    rest = ledger.rows_page(VIEWS, DocumentRows(DUE, "2026-02-28"), Page(99, after="a1")) or []
    assert rest == rows[places.index(("2026-02-28", "a1")) + 1 :]
