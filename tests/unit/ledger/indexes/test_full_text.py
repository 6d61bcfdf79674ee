"""The index of the open texts: what it finds, and that nothing erased stays in the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.support.on_disk import on_disk
from tests.support.oracles import event_id, raw
from tests.support.tampering import have_no_patience, holding

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.domain.search.query import BadQuery, query
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.ledger.errors import NotVerified
from answerable.ledger.indexes import full_text as searching
from answerable.ledger.indexes.tracking import entries_reflected
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.sqlite.text_index import Fts5Index
from answerable.ledger.verify.record import verify_record
from answerable.projections.facts.names import names

pytestmark = pytest.mark.both_stores


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        yield made


def step(kind: str, case_id: str = "alpha", **fields: object) -> Event:
    return parse({"kind": kind, "case_id": case_id, **fields})


def finding(subject: str, conduct: str, case_id: str = "alpha") -> Event:
    return step("finding-made", case_id, subject=subject, conduct=conduct,
                outcome="substantiated", responsibility="direct")  # fmt: skip


def erasure(subject: str = "p-1") -> Event:
    return step("personal-data-erased", subject=subject, legal_basis="gdpr art. 17(1)(a)")


def record(ledger: Ledger, *events: Event) -> None:
    ledger.append_all(events, recorded_by="someone")


def at(ledger: Ledger, text: str, **where: Any) -> list[int]:
    """The positions of what is found, best first."""
    found = ledger.found(SearchRequest(query(text), **where))
    positions = [hit.event.position for hit in found.hits]
    assert found.total == len(positions)
    return positions


def indexed(ledger: Ledger) -> bool:
    with ledger._reading() as cursor:
        return cursor.dialect.table_exists(cursor, "texts")


def test_a_text_is_found_by_its_words(ledger: Ledger) -> None:
    record(
        ledger,
        finding("p-1", "Took a LATE gift"),
        finding("p-2", "late, and no gift; late", "beta"),
        step("lesson-recorded", lesson="我们道歉。"),
        step("case-opened", "gamma", title="Gifts", summary="A gift was late"),
    )
    assert sorted(at(ledger, "late gift")) == [0, 1, 3]
    assert at(ledger, '"late gift"') == [0]
    assert sorted(at(ledger, "gift*")) == [0, 1, 3, 3]
    assert at(ledger, "道歉") == [2]
    assert at(ledger, "late -took -was") == [1]
    assert at(ledger, "gift", case="beta") == [1]
    assert at(ledger, "gift*", kinds=frozenset(["case-opened"]), fields=frozenset(["title"])) == [3]
    assert at(ledger, "gift", about="p-1") == [0]
    assert at(ledger, "someone") == []


def test_the_best_come_first_then_the_oldest(ledger: Ledger) -> None:
    record(ledger, *(finding("p-1", text) for text in ("other", "a gift", "gift gift", "a gift")))
    assert at(ledger, "gift") == [2, 1, 3]


def test_what_a_hit_tells_is_what_was_recorded(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "Took a gift"))
    (hit,) = ledger.found(SearchRequest(query("gift"))).hits
    assert (hit.event.kind, hit.field, hit.about, hit.value) == (
        "finding-made", "conduct", ("p-1",), "Took a gift",
    )  # fmt: skip


def test_sources_lists_and_corrections_are_searched_too(ledger: Ledger) -> None:
    opened = step("case-opened", title="Tilte", event_id=event_id(1),
                  sources=[{"title": "A memo", "url": "https://example.org/?no=7"}])  # fmt: skip
    record(
        ledger,
        opened,
        step("correction", target=event_id(1), fields={"title": "Titel", "summary": "in short"},
             reason="a slip"),
        step("apology-issued", speaker="p-1", admits=["a fault", "another slip"]),
    )  # fmt: skip
    assert at(ledger, "memo example.org") == [0]
    assert at(ledger, "titel") == [1]
    assert sorted(at(ledger, "slip")) == [1, 2]
    # A row of words lies within one piece of a text, and a field of a correction is that field.
    assert at(ledger, '"fault another"') == []
    assert at(ledger, "titel short") == [1]
    for field, found in (("title", []), ("summary", [1]), ("reason", [])):
        assert at(ledger, "short", fields=frozenset([field])) == found
    assert at(ledger, "titel", fields=frozenset(["title"])) == [1]


def test_what_is_recorded_later_is_taken_in_at_the_next_search(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "a gift"))
    assert at(ledger, "gift") == [0]
    record(ledger, finding("p-1", "a gift"), finding("p-1", "nothing"))
    assert at(ledger, "gift") == [0, 1]
    with ledger._reading() as cursor:
        assert entries_reflected(cursor, searching.NAME) == 3


def test_only_what_was_known_by_then_is_found(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "a gift"))
    then = datetime.fromisoformat(next(ledger.events()).recorded_at)
    while ledger.append(finding("p-1", "a gift"), recorded_by="j").recorded_at <= then.isoformat():
        pass
    later = len(ledger)
    assert len(at(ledger, "gift", known_by=then)) < later
    assert 0 in at(ledger, "gift", known_by=then)
    assert later - 1 not in at(ledger, "gift", known_by=then)


def test_another_version_of_the_index_is_made_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(ledger, finding("p-1", "a gift"))
    with monkeypatch.context() as older:
        older.setattr(searching, "NAME", "search 0")
        older.setattr(searching, "token_line", lambda _: "folded otherwise")
        assert at(ledger, "otherwise") == [0]
    assert at(ledger, "otherwise") == []
    assert at(ledger, "gift") == [0]
    with raw(ledger.path) as connection:
        tracked = connection.execute(
            "SELECT application_name FROM tracking WHERE application_name LIKE 'search%'"
        )
        assert tracked.fetchall() == [(searching.NAME,)]


@pytest.mark.sqlite_file("a server's index keeps the words of a text in a line")
def test_it_keeps_no_copy_of_a_text(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "Alongside Bystanders Carried"))
    assert at(ledger, "bystanders")
    assert b"alongside bystanders" not in on_disk(ledger.path).lower()
    assert verify_record(ledger).verified


@pytest.mark.parametrize(
    "text",
    ['"', "a\x00gift", "NEAR(gift a)", "texts : gift", "^gift", "gift + a", "-", "gift AND",
     "{gift}", "gift*gift", "'; DROP TABLE texts; --", "gift OR", "(gift", "\U0010ffff gift",
     "gift " * 150, "1e999", "𝔤𝔦𝔣𝔱", "gift\ud800"],
)  # fmt: skip
def test_no_query_is_an_error_of_the_store(ledger: Ledger, text: str) -> None:
    record(ledger, finding("p-1", "a gift"))
    try:
        asked = query(text)
    except BadQuery:
        return
    list(ledger.found(SearchRequest(asked)).hits)


def words_of(number: int, count: int = 40) -> list[str]:
    """Words that nobody else writes; a stretch of their ends is in the file while they are."""
    from random import Random

    chance = Random(number)
    return ["".join(chance.choices("bcdfghjklmnpqrstvwxz", k=18)) for _ in range(count)]


def traces(path: Path, gone: list[str]) -> list[str]:
    """Which words are still in the file's bytes. FTS5 may leave out how one begins, not its end."""
    there = on_disk(path).lower()
    return [word for word in gone if word[-12:].encode() in there]


@pytest.mark.parametrize("neighbours", [0, 1_500])
def test_erased_words_are_gone_from_the_disk(ledger: Ledger, neighbours: int) -> None:
    gone = words_of(1)
    others = [finding("p-2", " ".join(words_of(1_000 + n, 8))) for n in range(neighbours)]
    # Several searches between, so that segments of the index were written and merged.
    for start in range(0, neighbours, 100):
        record(ledger, *others[start : start + 100])
        at(ledger, "nothing")
    record(ledger, finding("p-1", " ".join(gone).upper()), finding("p-2", "keeps this"))
    assert at(ledger, gone[0]) == [neighbours]
    record(ledger, *others[:300])
    assert at(ledger, f"{gone[7]} {gone[3][:9]}*") == [neighbours]
    assert traces(ledger.path, gone) == gone
    ledger.append(erasure(), recorded_by="someone")
    assert traces(ledger.path, gone) == []
    # And they do not come back.
    record(ledger, *others[:50])
    assert at(ledger, "keeps this") == [neighbours + 1]
    assert at(ledger, gone[0]) == []
    record(ledger, *others[:50])
    assert at(ledger, f'"{gone[1]} {gone[2]}"') == []
    assert traces(ledger.path, gone) == []
    assert verify_record(ledger).verified


def test_what_was_not_taken_in_yet_never_is(ledger: Ledger) -> None:
    gone = words_of(2)
    record(ledger, finding("p-2", "keeps this"))
    assert at(ledger, "keeps") == [0]
    record(ledger, finding("p-1", " ".join(gone)), finding("p-1", " ".join(gone)))
    record(ledger, erasure())
    # The index has none of it, so it stays.
    assert indexed(ledger)
    assert at(ledger, "keeps") == [0]
    assert at(ledger, gone[0]) == []
    assert traces(ledger.path, gone) == []


def test_an_erasure_in_its_batch_leaves_no_words_either(ledger: Ledger) -> None:
    gone = words_of(3)
    record(ledger, finding("p-1", " ".join(gone)))
    assert at(ledger, gone[0]) == [0]
    record(
        ledger, finding("p-1", " ".join(gone)), erasure(), finding("p-1", "after"), erasure("p-2")
    )
    assert traces(ledger.path, gone) == []
    assert at(ledger, "after") == [3]


def test_a_text_that_several_events_share_goes_from_all_of_them(ledger: Ledger) -> None:
    gone = words_of(4)
    text = " ".join(gone)
    both = step("contact-made", "beta", counterparty="p-2", initiators=["p-1"], purpose=text)
    record(ledger, finding("p-1", text), finding("p-1", text, "gamma"), both)
    assert sorted(at(ledger, gone[5])) == [0, 1, 2]
    record(ledger, erasure())
    assert traces(ledger.path, gone) == []
    assert ledger.found(SearchRequest(query(gone[5]))).erased == 3


def test_words_that_others_wrote_too_are_found_with_them(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "a shared word"), finding("p-2", "a shared word"))
    assert sorted(at(ledger, "shared")) == [0, 1]
    record(ledger, erasure())
    assert at(ledger, "shared") == [1]


def test_an_index_of_another_version_goes_too(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = words_of(5)
    record(ledger, finding("p-1", " ".join(gone)))
    with monkeypatch.context() as older:
        older.setattr(searching, "NAME", "search 0")
        assert at(ledger, gone[0]) == [0]
    record(ledger, erasure())
    assert not indexed(ledger)
    assert traces(ledger.path, gone) == []


@contextmanager
def renamed(path: Path, module: str, other: str) -> Iterator[None]:
    """Let the index be one of a module that SQLite does not have."""
    _rename(path, module, other)
    yield
    _rename(path, other, module)


def _rename(path: Path, module: str, other: str) -> None:
    with raw(path) as connection:
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'texts'",
            (module, other),
        )
        connection.execute(f"PRAGMA schema_version = {version + 1}")


@pytest.mark.sqlite_file("FTS5 may be missing")
def test_where_fts5_is_missing_words_go_all_the_same(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = words_of(6)
    record(ledger, finding("p-1", " ".join(gone)), finding("p-2", "keeps this"))
    assert at(ledger, gone[0]) == [0]
    with renamed(ledger.path, "fts5", "fts0"), monkeypatch.context() as bare:
        bare.setattr(Fts5Index, "available", lambda *_: False)
        with Ledger.open(ledger.path) as opened:
            record(opened, erasure())
            assert traces(ledger.path, gone) == []
            assert at(opened, "keeps") == [1]
    # And it is made again where FTS5 is.
    assert at(ledger, "keeps") == [1]
    assert at(ledger, gone[0]) == []
    assert traces(ledger.path, gone) == []
    assert ledger.found(SearchRequest(query("keeps"))).ranked


def test_erasing_another_leaves_the_index(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "a gift"))
    assert at(ledger, "gift") == [0]
    record(ledger, erasure("p-9"))
    assert indexed(ledger)
    assert at(ledger, "gift") == [0]


def test_what_is_erased_or_missing_is_counted(ledger: Ledger) -> None:
    opened = step("case-opened", "beta", title="One", summary="Two", owner="p-1")
    record(ledger, opened, finding("p-1", "three"), finding("p-2", "four", "beta"))
    record(ledger, erasure())
    with raw(ledger.path, guarded=False) as connection:
        connection.execute("DELETE FROM disclosures WHERE position = 2")
    for indexing in (True, False):
        if not indexing:
            with ledger._writing_indexes() as cursor:
                searching.drop_index(cursor)
        scopes: dict[str, dict[str, Any]] = {
                "all": {}, "beta": {"case": "beta"}, "alpha": {"case": "alpha"},
                "titles": {"fields": frozenset(["title"])}, "p-2": {"about": "p-2"},
                "kind": {"kinds": frozenset(["finding-made"])},
        }  # fmt: skip
        counted = {
            name: (found.erased, found.withheld)
            for name, where in scopes.items()
            for found in [_found(ledger, indexing, **where)]
        }
        assert counted == {
            "all": (3, 2), "beta": (2, 2), "alpha": (1, 0), "titles": (1, 2), "p-2": (0, 2),
            "kind": (1, 2),
        }  # fmt: skip


def _found(ledger: Ledger, indexing: bool, **where: Any) -> SearchResult:
    wanted = SearchRequest(query("nothing"), **where)
    if indexing:
        found = ledger.found(wanted)
        assert found.ranked
        return found
    return searching._search_texts(ledger, wanted, searching._scope(wanted, len(ledger)))


def test_where_it_cannot_be_written_every_text_is_read(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_no_patience(monkeypatch)
    record(ledger, *(finding("p-1", text) for text in ("one gift", "nothing", "gift gift")))
    with Ledger.open(ledger.path) as asked, holding(ledger.path) as let_go:
        found = asked.found(SearchRequest(query("gift -two")))
        assert not found.ranked
        assert [hit.event.position for hit in found.hits] == [0, 2]
        let_go()
        assert asked.found(SearchRequest(query("gift"))).ranked


def test_a_text_erased_while_the_hits_are_read_is_not_told(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "a gift"), finding("p-2", "a gift"))
    found = ledger.found(SearchRequest(query("gift")))
    with Ledger.open(ledger.path) as other:
        other.append(erasure(), recorded_by="someone")
    assert [hit.event.position for hit in found.hits] == [1]


def test_names_leave_nothing_that_tells_them(ledger: Ledger) -> None:
    gone = words_of(7, 2)
    name = " ".join(gone)
    record(ledger, step("party-registered", party="p-1", type="person", name=name))
    assert names(ledger).find(name.upper()) == ("p-1",)
    assert traces(ledger.path, gone) == []
    with raw(ledger.path) as connection:
        # The name, its two words, both written as one in either order, and one of them by its
        # initial, before the other or after it.
        assert connection.execute("SELECT count(*) FROM named").fetchone() == (9,)
    record(ledger, erasure())
    with raw(ledger.path) as connection:
        assert connection.execute("SELECT count(*) FROM named").fetchone() == (0,)
    assert names(ledger).find(name) == ()


DAMAGES = {
    "sqlite": (
        "UPDATE texts_data SET block = x'00' WHERE id > 10",
        "DELETE FROM texts_data WHERE id = 10",
        "DROP TABLE texts_idx",
    ),
    "postgresql": (
        "DELETE FROM texts_total",
        "TRUNCATE texts_total",
        "DROP TABLE texts",
        "ALTER TABLE texts DROP words",
        "ALTER TABLE texts RENAME TO kept",
    ),
}


def test_a_damaged_index_is_made_again(ledger: Ledger, store: str) -> None:
    record(ledger, finding("p-1", "a gift"), finding("p-1", "no gift"))
    assert at(ledger, "gift") == [0, 1]
    for damage in DAMAGES[store]:
        with raw(ledger.path) as connection:
            connection.execute(damage)
        assert at(ledger, "gift") == [0, 1], damage
        assert ledger.found(SearchRequest(query("gift"))).ranked


@pytest.mark.sqlite_file("tables of FTS5's own")
@pytest.mark.parametrize("damage", ["DELETE FROM texts_config", "DROP TABLE texts_config"])
def test_an_index_beyond_repair_hinders_neither_a_search_nor_an_erasure(
    ledger: Ledger, damage: str
) -> None:
    gone = words_of(8)
    record(ledger, finding("p-1", " ".join(gone)), finding("p-2", "keeps this"))
    assert at(ledger, "keeps") == [1]
    with raw(ledger.path) as connection:
        connection.execute(damage)
    with Ledger.open(ledger.path) as opened:
        assert at(opened, "keeps") == [1]
        record(opened, erasure())
        assert traces(ledger.path, gone) == []
        assert at(opened, "keeps") == [1]


def test_a_damaged_text_is_told(ledger: Ledger) -> None:
    record(ledger, finding("p-1", "a gift"))
    with raw(ledger.path, guarded=False) as connection:
        connection.execute("UPDATE disclosures SET disclosure = x'ff' WHERE field = 'conduct'")
    with pytest.raises(NotVerified, match="the entry at position 0 is not what was recorded"):
        at(ledger, "gift")
