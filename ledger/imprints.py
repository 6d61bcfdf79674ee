"""What a time-stamp token was made over, and when it says so (RFC 3161 section 2.4.2).

This reads what the token claims. Whether the authority signed it is not looked at here.
"""

from __future__ import annotations

from typing import NamedTuple

from answerable.ledger.errors import MalformedNote

SEQUENCE, OCTETS, OID, TIME, FIRST = 0x30, 0x04, 0x06, 0x18, 0xA0
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TOKEN_INFO = bytes.fromhex("2a864886f70d0109100104")
SHA256 = bytes.fromhex("608648016503040201")


class Imprint(NamedTuple):
    """What a token says: the SHA-256 of what it stamps, and the time, as `20260106120000Z`."""

    digest: bytes
    time: str


def imprint(token: bytes) -> Imprint:
    """What a token, or the response that brings one, was made over.

    Raises:
        MalformedNote: it is neither, or is made over another hash than SHA-256.
    """
    try:
        parts = _parts(_only(token, SEQUENCE))
        if parts[0][0] == SEQUENCE:  # a response: its status, then the token
            parts = _parts(parts[1][1])
        signed = _parts(_only(_of_type(parts, SIGNED_DATA), SEQUENCE))
        content = _parts(_value(signed, 2, SEQUENCE))
        info = _parts(_only(_only(_of_type(content, TOKEN_INFO), OCTETS), SEQUENCE))
        hashed = _parts(_value(info, 2, SEQUENCE))
        _check_type(_parts(_value(hashed, 0, SEQUENCE)), SHA256)
        return Imprint(_value(hashed, 1, OCTETS), _value(info, 4, TIME).decode("ascii"))
    except (ValueError, IndexError):
        raise MalformedNote("this is not a time-stamp token over a SHA-256.") from None


def _of_type(parts: list[tuple[int, bytes]], oid: bytes) -> bytes:
    """What stands under `[0]`, behind the object identifier that says what it is."""
    _check_type(parts, oid)
    return _value(parts, 1, FIRST)


def _check_type(parts: list[tuple[int, bytes]], oid: bytes) -> None:
    if parts[0] != (OID, oid):
        raise ValueError("it is of another type")


def _only(data: bytes, tag: int) -> bytes:
    """The content of the one element that the bytes are."""
    parts = _parts(data)
    if len(parts) != 1:
        raise ValueError(f"{len(parts)} elements where one should be")
    return _value(parts, 0, tag)


def _value(parts: list[tuple[int, bytes]], number: int, tag: int) -> bytes:
    found, content = parts[number]
    if found != tag:
        raise ValueError(f"tag {found:#04x} where {tag:#04x} should be")
    return content


def _parts(data: bytes) -> list[tuple[int, bytes]]:
    """The elements of DER that follow each other: tag and content (ITU-T X.690)."""
    at, parts = 0, []
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length >= 0x80:
            wide = length & 0x7F
            length = int.from_bytes(data[at : at + wide], "big")
            at += wide
        if at + length > len(data):
            raise ValueError("it ends within an element")
        parts.append((tag, data[at : at + length]))
        at += length
    return parts
