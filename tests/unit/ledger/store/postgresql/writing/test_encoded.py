"""Test rows and arrays in the server's own binary: what it would read of them is what was given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.adapt import Transformer
from psycopg.pq import Format

from answerable.ledger.store.postgresql.writing import encoded
from answerable.ledger.store.postgresql.writing.encoded import (
    BYTEA,
    INT4,
    INT8,
    TEXT,
    array,
    copied_disclosures,
    copied_events,
    int4,
    int8,
)

WIDE = st.integers(-(2**63), 2**63 - 1)
NARROW = st.integers(-(2**31), 2**31 - 1)
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=9)
BYTES = st.binary(max_size=9)


def cells(copied: bytes) -> Iterator[list[bytes | None]]:
    """Read what is copied in binary, a byte after another, as its documentation says."""
    assert copied[:11] == b"PGCOPY\n\xff\r\n\0"
    assert copied[11:19] == bytes(8)
    at = 19
    while (columns := int.from_bytes(copied[at : at + 2], signed=True)) != -1:
        at += 2
        row: list[bytes | None] = []
        for _ in range(columns):
            length = int.from_bytes(copied[at : at + 4], signed=True)
            at += 4
            row.append(None if length == -1 else copied[at : at + max(length, 0)])
            at += max(length, 0)
        yield row
    assert at + 2 == len(copied)


@given(st.lists(st.tuples(WIDE, WORDS, WIDE, WORDS, BYTES, BYTES), max_size=9))
def test_events_are_copied_as_they_are(rows: list[tuple[int, str, int, str, bytes, bytes]]) -> None:
    copied = b"".join(copied_events([row[:5] for row in rows], [row[5] for row in rows]))
    assert list(cells(copied)) == [
        [int8(number), case.encode(), int8(version), kind.encode(), entry, leaf]
        for number, case, version, kind, entry, leaf in rows
    ]


@given(st.lists(st.tuples(WIDE, NARROW, WORDS, WORDS, st.none() | BYTES), max_size=9))
def test_texts_are_copied_as_they_are(rows: list[tuple[int, int, str, str, bytes | None]]) -> None:
    copied = b"".join(copied_disclosures(rows))
    assert list(cells(copied)) == [
        [int8(position), int4(number), field.encode(), about.encode(), text]
        for position, number, field, about, text in rows
    ]


def test_many_rows_are_handed_over_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [(each, "acme", each, "contact-made", b"entry") for each in range(20)]
    texts = [(each, 0, "purpose", "org-1", b"text") for each in range(20)]
    leaves = [b"leaf"] * 20
    whole = [b"".join(copied_events(events, leaves)), b"".join(copied_disclosures(texts))]
    monkeypatch.setattr(encoded, "AT_ONCE", 3)
    parts = [list(copied_events(events, leaves)), list(copied_disclosures(texts))]
    assert [b"".join(each) for each in parts] == whole
    assert all(len(each) > 3 for each in parts)


@given(
    st.lists(st.none() | WORDS, max_size=5),
    st.lists(st.none() | BYTES, max_size=5),
    st.lists(WIDE, max_size=5),
    st.lists(NARROW, max_size=5),
)
def test_an_array_is_read_by_the_driver_as_it_was_given(
    words: list[str | None], texts: list[bytes | None], wide: list[int], narrow: list[int]
) -> None:
    def read(of: int, data: bytes) -> object:
        return Transformer().get_loader(of, Format.BINARY).load(data)

    encoded_words = [None if each is None else each.encode() for each in words]
    assert read(1009, array(TEXT, encoded_words)) == words
    assert read(1001, array(BYTEA, texts)) == texts
    assert read(1016, array(INT8, map(int8, wide))) == wide
    assert read(1007, array(INT4, map(int4, narrow))) == narrow
