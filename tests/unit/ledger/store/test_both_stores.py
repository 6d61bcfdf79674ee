"""Test that the record reads the same, byte for byte, wherever it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from tests.support.golden_ledger import RECORDED, fixed_signer, salts, told
from tests.support.oracles import rows_of
from tests.support.postgresql import Server

from answerable.domain.parsing import parse, parse_line
from answerable.domain.record import CaseRange, Page
from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.signing import adopt_first_keys, sign_head
from answerable.ledger.entry import disclosure
from answerable.ledger.indexes import documents
from answerable.ledger.ledger import Ledger
from answerable.ledger.publish.writer import publish
from answerable.ledger.remaining import names_of_party, remaining_texts
from answerable.ledger.tlog.note import LOG_KEYS
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.ledger import verify_ledger
from answerable.projections.documents import VIEWS
from answerable.projections.listing.cases import CHOSEN, cases_listed
from answerable.projections.listing.due import due_by_events
from answerable.projections.listing.paged import Sought
from answerable.projections.listing.parties import parties_listed
from answerable.projections.listing.record import listed_by

pytestmark = pytest.mark.sqlite_file("holds a file against a server itself")

ORIGIN = "example.com/ledger"

ERASURE = {
    "kind": "personal-data-erased",
    "case_id": "house",
    "event_id": "019b8c00-0000-7000-8000-00000000e000",
    "legal_basis": "gdpr art. 17(1)(a)",
}


def fill(place: Path | str) -> Ledger:
    """Record the example case, under fixed salts and times, and sign its head."""
    events = [parse_line(line) for line in told()]
    first = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disclosure, "urandom", salts())
        Ledger.create(place).close()
        for last, clock in RECORDED:
            with Ledger.open(place, clock=clock) as ledger:
                ledger.append_all(events[first:last], recorded_by="recorder-1")
            first = last
    return Ledger.open(place, clock=RECORDED[-1][1])


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Server
) -> Iterator[tuple[Ledger, Ledger]]:
    """The example case in a file, and on a server."""
    folder = tmp_path_factory.mktemp("both")
    name = postgresql.database()
    with fill(folder / "a.db") as file, fill(postgresql.address(name)) as server:
        signers = [fixed_signer(ORIGIN, kind) for kind in LOG_KEYS]
        for ledger, keys in ((file, "file.key"), (server, "server.key")):
            adopt_first_keys(ledger, [signer.key for signer in signers])
            sign_head(ledger, signers, memory_file(folder / keys))
        yield file, server


def a_search(text: str) -> SearchRequest:
    return SearchRequest(query(text))


def case_of(ledger: Ledger) -> str:
    return next(each.case_id for each in ledger.cases() if each.events > 5)


ASKED: dict[str, Callable[[Ledger], object]] = {
    "size": len,
    "head": lambda led: led.head(),
    "cases": lambda led: list(led.cases()),
    "entries": lambda led: [led.entry(at) for at in range(-1, len(led) + 1)],
    "events": lambda led: list(led.events(opened=True)),
    "events of kinds": lambda led: list(led.events(kinds={"party-registered", "correction"})),
    "events of no kinds": lambda led: list(led.events(kinds=())),
    "events since": lambda led: list(led.events(since=20, known_by=RECORDED[2][1]())),
    "cases since": lambda led: [led.cases_since(RECORDED[2][1](), most) for most in (0, 999)],
    "a case": lambda led: list(led.events(case=case_of(led), opened=True)),
    "by case": lambda led: list(led.events_by_case(among=CaseRange("a", "y"))),
    "by id": lambda led: [led.event(each.event_id) for each in led.events()],
    "by prefix": lambda led: led.events_by_prefix("01", 50),
    "between": lambda led: list(led.events_between("0", "z")),
    "amended": lambda led: led.amended(led.events()),
    "registrations": lambda led: list(led.registrations(led.parties_page(Page(99)))),
    "altered": lambda led: (led.altered(), led.altered(range(3, 9)), led.altered([1, 5, 99])),
    "pages of cases": lambda led: led.cases_page(Page(3, backwards=True)),
    "parties": lambda led: led.parties_page(Page(20)),
    "events of a page": lambda led: led.case_events_page(case_of(led), Page(5, after="2")),
    "at": lambda led: led.events_at([3, 1, 99]),
    "views": lambda led: {view: list(led.documents(VIEWS, view) or ()) for view in VIEWS.versions},
    "keys of a view": lambda led: led.document_keys(VIEWS, "person"),
    "cases as they stand": lambda led: [
        cases_listed(listed_by(led, led), which, Sought()) for which in CHOSEN
    ],
    "what falls due": lambda led: due_by_events(listed_by(led, led), date(2026, 3, 1)),
    "parties as they stand": lambda led: parties_listed(listed_by(led, led), Sought()),
    "a page of what is found": lambda led: [
        (page.total, page.erased, [hit.event.position for hit in page.hits])
        for without in ((), ("title",))
        if (page := led.found_page(query("partner*"), without=without, skip=0, limit=9))
    ],
    "a name": lambda led: led.registered_as("Xu Fei"),
    "exported": lambda led: list(exported_entries(led)),
    "verified": lambda led: verify_ledger(led, Trust([]), views=VIEWS).record,
    "problems": lambda led: verify_ledger(led, Trust([]), views=VIEWS).problems,
    "differences": lambda led: list(documents.differences(led, VIEWS)),
    "views made again": lambda led: documents.rebuild(led, VIEWS),
}


@pytest.mark.parametrize("what", ASKED)
def test_both_stores_answer_the_same(both: tuple[Ledger, Ledger], what: str) -> None:
    file, server = (ASKED[what](ledger) for ledger in both)
    assert file == server
    assert server or what in {"problems", "events of no kinds", "differences"}


def test_both_stores_hold_the_same_rows(both: tuple[Ledger, Ledger]) -> None:
    file, server = map(rows_of, both)
    # In a file, the order of the keys is that of its rows.
    server["keys"] = [row[:3] for row in server["keys"]]
    for table in ("stored_events", "disclosures", "tiles", "keys", "documents"):
        assert file[table] == server[table]


@pytest.mark.parametrize(
    "text", ["partner*", '"public relations"', "partnership OR statement -rumour", "nowhere"]
)
def test_both_stores_find_the_same_texts(both: tuple[Ledger, Ledger], text: str) -> None:
    file, server = (ledger.found(a_search(text)) for ledger in both)
    assert (file.total > 0) == (text != "nowhere")
    assert sorted(map(repr, file.hits)) == sorted(map(repr, server.hits))
    assert (file.total, file.erased, file.withheld) == (
        server.total,
        server.erased,
        server.withheld,
    )


def test_what_was_exported_from_one_is_restored_into_the_other(
    both: tuple[Ledger, Ledger], tmp_path: Path, postgresql: Server
) -> None:
    file, server = both
    name = postgresql.database()
    for source, place in ((file, postgresql.address(name)), (server, tmp_path / "back.db")):
        told = BytesIO(b"".join(line + b"\n" for line in exported_entries(source)))
        with Ledger.create(place) as restored:
            assert restore(restored, lines(told)) == source.head()
            assert rows_of(restored)["stored_events"] == rows_of(source)["stored_events"]
            assert rows_of(restored)["disclosures"] == rows_of(source)["disclosures"]
            assert verify_ledger(restored, Trust([])).problems == ()


def test_both_publish_the_same_bytes(both: tuple[Ledger, Ledger], tmp_path: Path) -> None:
    made = []
    for number, ledger in enumerate(both):
        folder = tmp_path / str(number)
        publish(ledger, folder)
        made.append(
            {
                str(each.relative_to(folder)): each.read_bytes()
                for each in sorted(folder.rglob("*"))
                if each.is_file()
            }
        )
    # One of its keys signs otherwise each time.
    texts = [each.pop("checkpoint").partition(b"\n\n")[0] for each in made]
    assert texts[0] == texts[1]
    assert made[0] == made[1]
    assert any("entries" in name for name in made[0])


def test_an_erasure_destroys_the_same_texts(tmp_path: Path, postgresql: Server) -> None:
    name = postgresql.database()
    erasure = parse({**ERASURE, "subject": "person-4"})
    found = []
    for place in (tmp_path / "a.db", postgresql.address(name)):
        with fill(place) as ledger:
            remaining = remaining_texts(ledger, erasure, names_of_party(ledger, "person-4"))
            told = list(map(repr, remaining))
            ledger.append(erasure, recorded_by="recorder-2")
            assert verify_ledger(ledger, Trust([]), views=VIEWS).problems == ()
            opened = ledger.opened(range(len(ledger))).values()
            found.append((told, [each.erased for each in opened]))
    assert found[0] == found[1]
    assert any(found[0][1])
