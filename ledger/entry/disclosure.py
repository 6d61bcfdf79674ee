"""Disclosures: texts that the chain commits to but does not contain.

In the manner of SD-JWT (RFC 9901 section 4.2): a *disclosure* is base64url(JSON [salt, field,
value]); the *commitment* that stands in its place is the base64url of its SHA-256. Salts are 128
random bits, so that a commitment tells nothing of a text that is gone, however easily guessed.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import accumulate, pairwise
from os import urandom
from struct import unpack
from typing import Any, NamedTuple

from pydantic_core import to_json


class Disclosure(NamedTuple):
    """The text behind one commitment, and the parties that it is about, spaces between them."""

    field: str
    text: bytes
    about: str


PADDING = (b"", b"  ", b" ")
"""Spaces that bring a JSON array to whole groups of three bytes, by its length modulo 3."""


def draw_salts(count: int) -> list[bytes]:
    """Draw salts: 128 random bits each, as 22 letters of base64url.

    Two zero bytes behind each make six whole groups, so that all are encoded in one go.
    """
    drawn = unpack("16s" * count, urandom(16 * count))
    return (
        list(unpack("22s2x" * count, urlsafe_b64encode(b"\0\0".join((*drawn, b"")))))
        if count
        else []
    )


def disclosure_text(salt: bytes, field: str, value: bytes) -> bytes:
    """Write the text that opens a commitment (RFC 9901 section 4.2.1).

    Spaces behind the array bring it to whole groups of base64, so that texts can be encoded side
    by side (`disclose_all`) and need no padding.

    Args:
        salt: its salt.
        field: the field's name.
        value: the field's value, as JSON.
    """
    array = b'["%b","%b",%b]' % (salt, field.encode(), value)
    return urlsafe_b64encode(array + PADDING[len(array) % 3])


def disclose_all(sealed: Sequence[tuple[str, bytes]]) -> list[bytes]:
    """Write texts for many fields, (name, JSON value), under fresh salts, encoded in one go."""
    arrays = [
        b'["%b","%b",%b]' % (salt, field.encode(), value)
        for salt, (field, value) in zip(draw_salts(len(sealed)), sealed, strict=True)
    ]
    padded = [array + PADDING[len(array) % 3] for array in arrays]
    letters = urlsafe_b64encode(b"".join(padded))
    ends = list(accumulate([len(array) // 3 * 4 for array in padded], initial=0))
    return [letters[begin:end] for begin, end in pairwise(ends)]


def commitment(text: bytes) -> bytes:
    """Return the commitment that stands in an entry for a text (RFC 9901 section 4.2.3)."""
    return urlsafe_b64encode(sha256(text).digest())[:43]


def commit_all(texts: Sequence[bytes]) -> list[bytes]:
    """Return the commitments to many texts, in their order.

    A digest of 32 bytes and a zero byte make 11 whole groups of base64, of which the first 43
    letters are the digest's own; so all are encoded in one go.
    """
    digests = b"\0".join([sha256(text).digest() for text in texts])
    # As a text in JSON, for it encodes twice as fast as the standard library does.
    letters = to_json(digests + b"\0", bytes_mode="base64")
    return list(unpack(f"x{'43sx' * len(texts)}x", letters)) if texts else []


def open_disclosure(text: bytes, read: Callable[[str], Any] = json.loads) -> tuple[str, Any]:
    """Read the field and the value that a disclosure's text holds.

    Args:
        text: the text.
        read: reads JSON.

    Raises:
        ValueError: it is not a disclosure.
    """
    array = read(urlsafe_b64decode(text + b"=" * (-len(text) % 4)).decode())
    if not (isinstance(array, list) and len(array) == 3 and isinstance(array[1], str)):
        raise ValueError("a disclosure is an array of a salt, a field and a value")
    return array[1], array[2]
