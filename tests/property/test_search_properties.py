"""Whatever is recorded, corrected, erased and asked: what is found is what a slow reader finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples
from tests.support.oracles import event_id

from answerable.domain.errors import Refused
from answerable.domain.parsing import parse
from answerable.domain.search.query import BadQuery, Query, Term, query
from answerable.domain.search.request import SearchRequest
from answerable.domain.search.tokenizer import words
from answerable.ledger.indexes import full_text as searching
from answerable.ledger.ledger import Ledger
from answerable.projections.facts.names import Names, names
from answerable.projections.search.search import search

STARTED = datetime(2026, 2, 1, tzinfo=UTC)

WORDS = ("gift", "Gifts", "GIFT", "late", "naïve", "naive", "道歉", "歉道", "道", "お詫び", "ขอ",
         "a@b.org", "person-9", "don't", "2026", "OR", "-", '"', "*", "\u202e", "é", "e\u0301",
         "ｶﾞ", "ガ", "회사", "हिन्दी", "NEAR", "\ue000", "€", "\n", "straße", "STRASSE")  # fmt: skip
spoken = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), min_size=1, max_size=6).map(
    lambda parts: " ".join(parts)
)
sayings = spoken.filter(lambda text: any(not sign.isspace() for sign in text))
asked = st.lists(
    st.sampled_from(WORDS)
    | st.sampled_from(WORDS).map(lambda word: f"{word}*")
    | st.sampled_from(WORDS).map(lambda word: f"-{word}")
    | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(
        lambda row: '"' + " ".join(row) + '"'
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


class Clock:
    """A minute from each asking to the next."""

    def __init__(self) -> None:
        self.now = STARTED

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@contextmanager
def new_ledger() -> Iterator[Ledger]:
    with (
        TemporaryDirectory() as folder,
        Ledger.create(Path(folder, "a.db"), clock=Clock()) as ledger,
    ):
        yield ledger


def stands(term: Term, pieces: list[list[str]]) -> bool:
    """Whether the words of a term follow one another in a piece of text."""
    for piece in pieces:
        for start in range(len(piece)):
            there = piece[start : start + len(term.words)]
            if len(there) < len(term.words) or there[:-1] != list(term.words[:-1]):
                continue
            last = there[-1]
            if last == term.words[-1] or (term.prefix and last.startswith(term.words[-1])):
                return True
    return False


def fits(wanted: Query, texts: list[str]) -> bool:
    pieces = [words(text) for text in texts]
    return all(any(stands(term, pieces) for term in group) for group in wanted.groups) and not any(
        stands(term, pieces) for term in wanted.without
    )


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = list(value.values()) if isinstance(value, dict) else value if value else []
    return [text for each in inner for text in strings(each)]


def slowly(ledger: Ledger, wanted: Query) -> list[tuple[int, str]]:
    opened = ledger.opened(range(len(ledger)))
    return [
        (position, field)
        for position, at in opened.items()
        for field, value in at.fields.items()
        if field != "recorded_by" and fits(wanted, strings(value))
    ]


acts = st.one_of(
    st.tuples(st.just("text"), st.integers(1, 3), sayings, sayings),
    st.tuples(st.just("list"), st.integers(1, 3), st.lists(sayings, min_size=1, max_size=3)),
    st.tuples(st.just("correct"), st.integers(0, 5), sayings),
    st.tuples(st.just("erase"), st.integers(1, 3)),
    st.tuples(st.just("ask"), asked),
)


def act(ledger: Ledger, number: int, doing: tuple[Any, ...]) -> None:
    """Do one of these things to a ledger, unless it cannot be."""
    match doing:
        case "text", subject, first, second:
            event = {"kind": "case-opened", "case_id": f"c-{number}", "title": first,
                     "summary": second, "owner": f"p-{subject}"}  # fmt: skip
        case "list", subject, admits:
            event = {"kind": "apology-issued", "case_id": "c", "speaker": f"p-{subject}",
                     "admits": admits}  # fmt: skip
        case "correct", target, text:
            found = ledger.event(event_id(target))
            if found is None or found.kind != "case-opened":
                return
            event = {"kind": "correction", "case_id": found.case_id, "target": found.event_id,
                     "fields": {"title": text}}  # fmt: skip
        case "erase", subject:
            event = {"kind": "personal-data-erased", "case_id": "c", "subject": f"p-{subject}",
                     "legal_basis": "gdpr"}  # fmt: skip
        case _:
            check(ledger, doing[1])
            return
    ledger.append(parse({"event_id": event_id(number), **event}), recorded_by="jane")


def check(ledger: Ledger, text: str) -> None:
    try:
        meant = query(text)
    except BadQuery:
        return
    found = ledger.found(SearchRequest(meant))
    assert found.ranked
    hits = [(hit.event.position, hit.field) for hit in found.hits]
    assert sorted(hits) == sorted(slowly(ledger, meant))
    assert found.total == len(hits)


@settings(max_examples=examples(30))
@given(st.lists(acts, min_size=1, max_size=12), asked)
@example([("text", 1, "a\x00b", "道 歉")], "道歉")
@example([("list", 1, ["late", "gift"])], '"late gift"')
@example([("text", 1, "a \ue000 b", "x")], '"a b"')
def test_a_search_finds_what_a_slow_reader_finds(doings: list[tuple[Any, ...]], text: str) -> None:
    with new_ledger() as ledger:
        for number, doing in enumerate(doings):
            act(ledger, number, doing)
        check(ledger, text)


def order(ledger: Ledger, wanted: SearchRequest) -> list[tuple[int, str]]:
    return [(hit.event.position, hit.field) for hit in ledger.found(wanted).hits]


few = st.lists(st.sampled_from(("gift", "late", "gifts", "道歉")), min_size=1, max_size=8).map(
    " ".join
)
ranking = st.lists(
    st.sampled_from(
        ("gift", "late", "gi*", "OR gift", "OR late", "OR gift*", '"gift late"', "-道")
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@settings(max_examples=examples(30))
@given(
    st.lists(few, min_size=1, max_size=10),
    st.lists(few, min_size=1, max_size=10),
    ranking,
    st.sampled_from([None, frozenset(["title"])]),
)
def test_what_came_later_does_not_move_what_is_found_as_known_by_a_moment(
    first: list[str], later: list[str], text: str, fields: frozenset[str] | None
) -> None:
    try:
        wanted = SearchRequest(query(text), fields=fields)
    except BadQuery:
        return
    with new_ledger() as ledger:
        for number, title in enumerate(first):
            act(ledger, number, ("text", 1, title, "gift"))
        then, moment = order(ledger, wanted), ledger.head().size
        known_by = STARTED + timedelta(minutes=moment)
        for number, title in enumerate(later, len(first)):
            act(ledger, number, ("text", 1, title, "late late"))
        assert order(ledger, wanted._replace(known_by=known_by)) == then


@settings(max_examples=examples(30))
@given(
    st.lists(acts, min_size=1, max_size=10),
    asked,
    st.tuples(
        st.sampled_from([None, "c", "c-1"]),
        st.sampled_from([None, frozenset(["correction"]), frozenset(["case-opened"])]),
        st.sampled_from([None, frozenset(["title"]), frozenset(["summary", "admits"])]),
        st.sampled_from([None, "p-1"]),
        st.sampled_from([None, STARTED + timedelta(minutes=4)]),
    ),
)
def test_without_the_index_the_answer_is_the_same(
    doings: list[tuple[Any, ...]], text: str, where: Any
) -> None:
    with new_ledger() as ledger:
        for number, doing in enumerate(doings):
            act(ledger, number, doing)
        try:
            wanted = SearchRequest(query(text), *where)
        except BadQuery:
            return
        by_index = ledger.found(wanted)
        scope = searching._scope(wanted, ledger.size_known_by(wanted.known_by))
        one_by_one = searching._search_texts(ledger, wanted, scope)
        assert sorted(by_index.hits, key=str) == sorted(one_by_one.hits, key=str)
        assert by_index[2:4] == one_by_one[2:4]
        search(ledger, wanted, as_of=STARTED, limit=3)


NAMES = {
    **dict.fromkeys(("Xu Fei", "XU FEI", "xu  fei", "Ｘｕ\u3000Ｆｅｉ"), ("xu fei", "xu fei")),
    **dict.fromkeys(("Straße", "STRASSE"), ("strasse", "strasse")),
    **dict.fromkeys(("Ann", " ann"), ("ann", "ann")),
    **dict.fromkeys(("Zoë", "zoe\u0308"), ("zoë", "zoe")),
    **dict.fromkeys(("Zoe", "ZOE"), ("zoe", "zoe")),
}
"""Names, and what each is to a reader who minds accents, and to one who does not."""

registrations = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.integers(1, 3), st.sampled_from([None, *NAMES]),
                  st.lists(st.sampled_from([*NAMES]), max_size=2)),
        st.tuples(st.just("rename"), st.integers(0, 6), st.sampled_from([None, *NAMES])),
        st.tuples(st.just("move"), st.integers(0, 6), st.integers(1, 3)),
        st.tuples(st.just("retract"), st.integers(0, 8)),
        st.tuples(st.just("erase"), st.integers(1, 3)),
        st.tuples(st.just("ask"), st.sampled_from([*NAMES])),
    ),
    min_size=1,
    max_size=10,
)  # fmt: skip


def register(ledger: Ledger, number: int, doing: tuple[Any, ...]) -> None:
    def earlier(target: int) -> str:
        return event_id(target % number if number else 0)

    match doing:
        case "register", party, name, aliases:
            event: dict[str, Any] = {"kind": "party-registered", "party": f"p-{party}",
                                     "type": "body", "name": name, "aliases": aliases}  # fmt: skip
        case "rename", target, name:
            event = {"kind": "correction", "target": earlier(target), "fields": {"name": name}}
        case "move", target, party:
            event = {"kind": "correction", "target": earlier(target),
                     "fields": {"party": f"p-{party}"}}  # fmt: skip
        case "retract", target:
            event = {"kind": "retraction", "target": earlier(target)}
        case "erase", party:
            event = {"kind": "personal-data-erased", "subject": f"p-{party}",
                     "legal_basis": "gdpr"}  # fmt: skip
        case _:
            names(ledger).find(doing[1])
            return
    told = {name: value for name, value in event.items() if value is not None}
    named = {"case_id": "house", "event_id": event_id(number), **told}
    with suppress(Refused):
        ledger.append(parse(named), recorded_by="jane")


@settings(max_examples=examples(30))
@given(registrations)
@example([("register", 1, "Ann", []), ("rename", 0, "Xu Fei")])
@example([("register", 1, "Ann", []), ("move", 0, 2), ("register", 1, "Ann", [])])
@example([("register", 2, "Ann", []), ("register", 1, "Ann", []), ("erase", 2)])
def test_a_name_means_whom_a_slow_reader_says(doings: list[tuple[Any, ...]]) -> None:
    with new_ledger() as ledger:
        for number, doing in enumerate(doings):
            register(ledger, number, doing)
        for known_by in (None, *(STARTED + timedelta(minutes=after) for after in (1, 3, 6))):
            quick, slow = (names(ledger, known_by=known_by) for _ in range(2))
            for text in (*NAMES, "p-1", "nobody"):
                assert quick.find(text) == _slowly_named(slow, text, 0)
                assert quick.find_alike(text) == _slowly_so_called(slow, text, 1)
        assert all(ledger.registered_as(text) is not None for text in NAMES)


def _slowly_named(known: Names, text: str, reader: int) -> tuple[str, ...]:
    if known.of(text).state != "unregistered":
        return (text,)
    return _slowly_so_called(known, text, reader)


def _slowly_so_called(known: Names, text: str, reader: int) -> tuple[str, ...]:
    wanted = NAMES.get(text, (text, text))[reader]
    return tuple(
        name.party
        for name in known
        if wanted in {NAMES[each][reader] for each in (name.name, *name.aliases) if each}
    )
