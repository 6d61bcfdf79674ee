"""Seals: a published vector, what a disclosure opens to, and that nothing tells its salt."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

import pytest

from answerable.ledger.entry.disclosure import (
    commit_all,
    commitment,
    disclose_all,
    disclosure_text,
    draw_salts,
    open_disclosure,
)


def decoded(text: bytes) -> bytes:
    return urlsafe_b64decode(text + b"=" * (-len(text) % 4))


def test_the_vector_of_rfc_9901() -> None:
    # RFC 9901, sections 4.2.1 and 4.2.3.
    text = b"WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert commitment(text) == b"X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert open_disclosure(text) == ("family_name", "Möbius")


@pytest.mark.parametrize("length", range(12))
def test_a_disclosure_is_an_array_of_salt_field_and_value(length: int) -> None:
    value = "é" * length
    text = disclosure_text(b"_26bc4LT-ac6q2KI6cBW5e", "statement", json.dumps(value).encode())
    assert json.loads(decoded(text)) == ["_26bc4LT-ac6q2KI6cBW5e", "statement", value]
    assert open_disclosure(text) == ("statement", value)
    assert b"=" not in text


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 64, 300])
def test_texts_made_at_once_are_the_texts_of_each(count: int) -> None:
    sealed = [(f"field-{at}", json.dumps("x" * at).encode()) for at in range(count)]
    texts = disclose_all(sealed)
    assert [open_disclosure(text) for text in texts] == [
        (field, json.loads(value)) for field, value in sealed
    ]
    assert texts == [
        disclosure_text(json.loads(decoded(text))[0].encode(), *each)
        for text, each in zip(texts, sealed, strict=True)
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 100])
def test_commitments_made_at_once_are_the_commitments_of_each(count: int) -> None:
    texts = [b"text %d" % at for at in range(count)]
    assert commit_all(texts) == [
        urlsafe_b64encode(sha256(text).digest()).rstrip(b"=") for text in texts
    ]
    assert commit_all(texts) == [commitment(text) for text in texts]


def test_a_salt_is_sixteen_random_bytes() -> None:
    drawn = draw_salts(1_000)
    assert len(set(drawn)) == 1_000
    assert {len(decoded(salt)) for salt in drawn} == {16}
    # Each of the 128 bits is drawn: none is the same in a thousand salts.
    numbers = [int.from_bytes(decoded(salt), "big") for salt in drawn]
    either = both = numbers[0]
    for number in numbers:
        either |= number
        both &= number
    assert (either, both) == (2**128 - 1, 0)


def test_salts_are_fresh_each_time() -> None:
    sealed = [("statement", b'"sorry"')] * 100
    texts = [*disclose_all(sealed), *disclose_all(sealed)]
    assert len(set(texts)) == 200
    assert len(set(commit_all(texts))) == 200
    assert draw_salts(0) == []


@pytest.mark.parametrize(
    "array",
    [
        b"",
        b"[]",
        b'["salt", "field"]',
        b'["salt", "field", 1, 2]',
        b'["salt", 1, "value"]',
        b'{"salt": 1}',
        b"not json",
        b'["\xff", "field", 1]',
    ],
)
def test_what_is_no_disclosure_is_refused(array: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are those of whoever sees it first
        open_disclosure(urlsafe_b64encode(array).rstrip(b"="))
