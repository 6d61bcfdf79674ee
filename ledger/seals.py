"""Seals: what the chain commits to but does not contain.

In the manner of SD-JWT (RFC 9901 section 4.2): a *disclosure* is base64url(JSON [salt, field,
value]); the *commitment* that stands in its place is the base64url of its SHA-256. Salts are 128
random bits, so that a commitment tells nothing of a text that is gone, however easily guessed.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from os import urandom
from struct import unpack
from typing import Any, NamedTuple

from pydantic_core import to_json


class Disclosure(NamedTuple):
    """The text behind one commitment, and the parties that it is about."""

    field: str
    text: bytes
    about: str


def salts() -> Iterator[str]:
    """An endless supply of salts: 128 random bits each, base64url, drawn 256 at a time."""
    while True:
        drawn = urandom(16 * 256)
        for start in range(0, len(drawn), 16):
            yield urlsafe_b64encode(drawn[start : start + 16])[:22].decode()


def disclosure(salt: str, field: str, value: Any) -> bytes:
    """The text that opens a commitment (RFC 9901 section 4.2.1)."""
    array = to_json([salt, field, value], exclude_none=True, by_alias=True)
    return urlsafe_b64encode(array).rstrip(b"=")


def commitment(text: bytes) -> bytes:
    """What the entry carries in the text's place (RFC 9901 section 4.2.3)."""
    return urlsafe_b64encode(sha256(text).digest())[:43]


def commit_all(texts: Sequence[bytes]) -> list[bytes]:
    """The commitments to many texts, in their order.

    A digest of 32 bytes and a zero byte make 11 whole groups of base64, of which the first 43
    letters are the digest's own; so all are encoded in one go.
    """
    digests = b"\x00".join([sha256(text).digest() for text in texts])
    letters = urlsafe_b64encode(digests + b"\x00")
    return list(unpack("43sx" * len(texts), letters)) if texts else []


def open_disclosure(text: bytes) -> tuple[str, Any]:
    """The field and the value that a disclosure's text holds.

    Raises:
        ValueError: it is not a disclosure.
    """
    array = json.loads(urlsafe_b64decode(text + b"=" * (-len(text) % 4)))
    if not (isinstance(array, list) and len(array) == 3 and isinstance(array[1], str)):
        raise ValueError("a disclosure is an array of a salt, a field and a value")
    return array[1], array[2]
