"""Ids made of keys: UUIDs of version 8 that tell their source, and sort before all others."""

from hashlib import sha256
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from answerable.ledger.transfer.resolving.source_keys import event_id_at, event_id_of, ids_of

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)


def test_an_id_that_everybody_derives() -> None:
    assert event_id_of("hr", "row-17") == "001b52f3-a2e1-8b3e-a73b-53989ad64bfd"


@given(WORDS, WORDS)
def test_the_bits_are_those_that_are_documented(source: str, key: str) -> None:
    made = UUID(event_id_of(source, key))
    assert (made.version, made.variant) == (8, RFC_4122)
    named = sha256(source.encode()).digest()
    assert made.bytes[:6] == b"\0" + named[:5]
    bits = bin(int.from_bytes(sha256(named + key.encode()).digest()))[2:].zfill(256)
    told = bin(made.int)[2:].zfill(128)
    assert told[52:64] + told[66:] == bits[:74]


@given(WORDS, WORDS, WORDS, WORDS)
def test_no_two_keys_and_no_two_sources_clash(a: str, b: str, c: str, d: str) -> None:
    assert (event_id_of(a, b) == event_id_of(c, d)) == ((a, b) == (c, d))
    first, last = ids_of(a)
    assert first <= event_id_of(a, b) <= last
    assert (first <= event_id_of(c, d) <= last) == (a == c)


@given(WORDS, WORDS)
def test_an_id_of_a_key_sorts_before_every_id_that_is_drawn(source: str, key: str) -> None:
    of_2004 = "01000000-0000-7000-8000-000000000000"
    assert event_id_of(source, key) < of_2004


def test_events_of_one_row_have_ids_of_their_own() -> None:
    digest = sha256(b"a row").digest()
    assert len({event_id_at(digest, number) for number in range(100)}) == 100
    assert UUID(event_id_at(digest)).version == 8
