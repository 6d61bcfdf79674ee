"""Whatever is altered, looking at a tile as a whole tells the same as looking at its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.workload import case
from tests.support.lengths import examples

from answerable.domain.parsing import parse, parse_line
from answerable.ledger.entry.disclosure import commitment, disclosure_text
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.verify.as_written import is_as_written, unusual_entries
from answerable.ledger.verify.kind_rules import kind_rules
from answerable.ledger.verify.naming import Namings
from answerable.ledger.verify.one_by_one import entry_problems
from answerable.ledger.verify.rules import Rules
from answerable.ledger.verify.tile import Tile
from answerable.ledger.verify.tile_range import problems_of_entries

KINDS = kind_rules()
FILES = (
    Path(__file__).parents[2] / "examples" / "xiaomi-kol.jsonl",
    Path(__file__).parents[1] / "end_to_end" / "golden" / "later.jsonl",
)

Row = list[Any]
Change = Callable[[Row, list[Row]], object]
"""What is done to an entry and its texts."""


class Log:
    """The rows of a ledger that tells of much, and a cursor on it."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        tile = Tile.read(self.cursor, 0, 256)
        self.entries = tile.entries
        self.texts = [
            *zip(tile.owners, tile.numbers, tile.fields, tile.abouts, tile.texts, strict=True)
        ]

    def rules(self) -> Rules:
        """The rules, with nothing worked out yet."""
        return Rules(KINDS, Namings(self.cursor, KINDS))


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    place = tmp_path_factory.mktemp("as-written") / "a.db"
    told = [parse_line(line) for file in FILES for line in file.read_bytes().splitlines()]
    with Ledger.create(place) as ledger:
        ledger.append_all(told[:28], recorded_by="jane")
        ledger.append_all([parse(each) for number in (91, 92) for each in case(number)],
                          recorded_by="Joe Bloggs")  # fmt: skip
        ledger.append_all(told[28:], recorded_by="recorder-1")
    with Ledger.open(place) as ledger, ledger._reading() as cursor:
        yield Log(cursor)


ODD = (None, 0, 1, 1.5, "", "p-1", "purpose", b"", b"[]", 'a"b', "x\\")
PIECES = (
    b'"purpose":"x",', b'"purpose" : 1,', b'"\\u0070urpose":1,', b'"recorded_by":"x",',
    b'"signature":null,', b'"counterparty":"p-9",', b'"counterparty" :"p-9",', b'"a":"\\"",',
    b'"subject":["p-9"],', b'"counterparty":"a b",', b'"target":"x",', b'"deciders":[],',
    b'"sources":[{"counterparty":"p-9","speaker":"p-9","subject":"p-9"}],', b'"speaker":"speaker",',
    b'"deciders":["p-8","p-9"],', b"{", b"\n", b'"', b"\\",
)  # fmt: skip
FIELDS = ("purpose", "statement", "recorded_by", "signature", "name")
VALUES = (b'"jane"', b'"p-9"', b"1", b"[", b'"Ann Other"', b"")


def changes() -> Iterator[Change]:
    """What an attacker might do to an entry, to a text of it, or to both so that they fit."""
    for piece, mark in product(PIECES, (b'"schema"', b'"recorded_at"', b'"_sd"', b"{")):
        yield partial(tell_more, piece, mark)
    for column, value in product(range(1, 5), ODD):
        yield partial(file_entry, column, value)
        yield partial(file_text, column, value)
    for name in ('x","purpose":"y', "x\\", "recused", "apology-issued"):
        yield partial(call_case, name)
        yield partial(call_kind, name)
    for field, value, filed in product(FIELDS, VALUES, (True, False)):
        yield partial(seal_otherwise, field, value, filed)
        yield partial(seal_more, field, value, filed)
    for made in (str, float):
        yield partial(number_by, made)
    for at in (0, -1):
        yield partial(lose, at)
        yield partial(double, at)


def tell_more(piece: bytes, mark: bytes, entry: Row, texts: list[Row]) -> None:
    entry[4] = entry[4].replace(mark, piece + mark, 1)


def file_entry(column: int, value: object, entry: Row, texts: list[Row]) -> None:
    entry[column] = value


def file_text(column: int, value: object, entry: Row, texts: list[Row]) -> None:
    texts[-1][column] = value


def number_by(made: Callable[[int], object], entry: Row, texts: list[Row]) -> None:
    entry[4] = entry[4].replace(
        b'"version":%d,' % entry[2], f'"version":{made(entry[2])},'.encode()
    )
    entry[2] = made(entry[2])


def call_case(name: str, entry: Row, texts: list[Row]) -> None:
    entry[4] = entry[4].replace(f'"{entry[1]}",'.encode(), f'"{name}",'.encode(), 1)
    entry[1] = name


def call_kind(name: str, entry: Row, texts: list[Row]) -> None:
    entry[4] = entry[4].replace(f'"{entry[3]}",'.encode(), f'"{name}",'.encode(), 1)
    entry[3] = name


def seal_otherwise(field: str, value: bytes, filed: bool, entry: Row, texts: list[Row]) -> None:
    text = disclosure_text(b"s" * 22, field, value)
    if texts[0][4] is not None:
        entry[4] = entry[4].replace(commitment(texts[0][4]), commitment(text))
        texts[0][4] = text
        texts[0][2] = field if filed else texts[0][2]


def seal_more(field: str, value: bytes, filed: bool, entry: Row, texts: list[Row]) -> None:
    text = disclosure_text(b"s" * 22, field, value)
    entry[4] = entry[4].replace(b'"]}', b'","%b"]}' % commitment(text))
    about = texts[-1][3] if filed else ""
    texts.append([entry[0], len(texts), field, about, text])


def lose(at: int, entry: Row, texts: list[Row]) -> None:
    del texts[at]


def double(at: int, entry: Row, texts: list[Row]) -> None:
    texts.insert(at, [*texts[at]])


CHANGES = tuple(changes())


def judged_alike(log: Log, entries: list[Row], texts: list[Row]) -> bool:
    """Whether a tile at one look is judged as its entries are, one by one."""
    tile = Tile([tuple(row) for row in entries], [tuple(row) for row in texts])
    rules = log.rules()
    return problems_of_entries(tile, log.rules()) == [*entry_problems(tile, rules)]


def test_a_ledger_is_as_written(log: Log) -> None:
    tile = Tile(log.entries, log.texts)
    rules = log.rules()
    assert problems_of_entries(tile, rules) == []
    usual, aside = tile.part(unusual_entries(tile))
    assert is_as_written(usual, rules)
    assert len(usual.entries) > 9 * len(aside.entries) > 0


def test_each_change_is_judged_alike(log: Log) -> None:
    for at, change in product(range(0, len(log.entries), 3), CHANGES):
        entry = [*log.entries[at]]
        texts = [[*row] for row in log.texts if row[0] == entry[0]]
        change(entry, texts)
        assert judged_alike(log, [entry], texts), (entry, texts)


@settings(max_examples=examples(60))
@given(
    st.integers(0, 70),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(CHANGES)), max_size=3),
    st.sampled_from((None, "an entry is gone", "a text is gone", "entries", "texts")),
    st.integers(0, 9),
)
def test_changes_together_are_judged_alike(
    log: Log, first: int, done: list[tuple[int, Change]], moved: str | None, at: int
) -> None:
    entries = [[*row] for row in log.entries[first : first + 12]]
    texts = [[[*row] for row in log.texts if row[0] == entry[0]] for entry in entries]
    for which, change in dict(done).items():
        change(entries[which], texts[which])
    rows = [*chain.from_iterable(texts)]
    if moved == "an entry is gone":
        del entries[at]
    elif moved == "a text is gone":
        del rows[at]
    elif moved is not None:
        some = entries if moved == "entries" else rows
        some[at], some[at + 1] = some[at + 1], some[at]
    assert judged_alike(log, entries, rows)
