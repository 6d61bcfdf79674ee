"""Zips written byte by byte, so that each field can say something else."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

LOCAL = ("version", "flags", "method", "time", "date", "crc", "packed", "unpacked", "named", "more")
LISTED = (
    *("made", "system", "version", "reserved", "flags", "method", "time", "date", "crc", "packed"),
    *("unpacked", "named", "more", "remark", "disk", "inside", "mode", "at"),
)
END = ("disk", "first", "here", "files", "size", "place", "remark")
LONG = ("length", "made", "version", "disk", "first", "here", "files", "size", "place")

DESCRIBED = {"flags": 8}
"""What a file says whose checksum and sizes stand behind it."""


class Part(NamedTuple):
    """A file of a zip, and what is odd about it.

    Attributes:
        before: fields of its header that say something else; `listed` those of its line.
        extra: its extra fields in the header, and `extra_listed` those in the line.
        behind: what stands behind it.
        pad: how many empty blocks its deflated stream begins with; None if it is stored.
    """

    name: str
    content: bytes
    before: Mapping[str, int] = {}
    listed: Mapping[str, int] = {}
    extra: bytes = b""
    extra_listed: bytes = b""
    behind: bytes = b""
    pad: int | None = None

    @property
    def packed(self) -> bytes:
        if self.pad is None:
            return self.content
        deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        stream = deflate.compress(self.content) + deflate.flush()
        return b"\0\0\0\xff\xff" * self.pad + stream

    @property
    def told(self) -> dict[str, int]:
        """What is true of it."""
        return {
            "version": 20,
            "date": 33,
            "method": 0 if self.pad is None else 8,
            "crc": zlib.crc32(self.content),
            "packed": len(self.packed),
            "unpacked": len(self.content),
            "named": len(self.name),
        }


def written(
    parts: Sequence[Part], *, end: Mapping[str, int] = {}, long: Mapping[str, int] | None = None
) -> bytes:
    """A zip of these files.

    Args:
        parts: the files.
        end: fields of the record at the end that say something else.
        long: the same for ZIP64's, which are there if it is given; `locator` is where they are.
    """
    files, directory = b"", b""
    for part in parts:
        told = {**part.told, "at": len(files), "system": 3, "mode": 0o100644 << 16}
        before = {**told, "more": len(part.extra), **part.before}
        listed = {**told, "more": len(part.extra_listed), **part.listed}
        name = part.name.encode()
        files += struct.pack("<4s5H3L2H", b"PK\3\4", *_fields(LOCAL, before)) + name
        files += part.extra + part.packed + part.behind
        directory += struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", *_fields(LISTED, listed))
        directory += name + part.extra_listed
    told = {"here": len(parts), "files": len(parts), "size": len(directory), "place": len(files)}
    return (
        files
        + directory
        + _long(told, long, len(files + directory))
        + struct.pack("<4s4H2LH", b"PK\5\6", *_fields(END, {**told, **end}))
    )


def _long(told: Mapping[str, int], long: Mapping[str, int] | None, at: int) -> bytes:
    if long is None:
        return b""
    record = {"length": 44, "made": 45, "version": 45, **told, **long}
    return struct.pack("<4sQ2H2L4Q", b"PK\6\6", *_fields(LONG, record)) + struct.pack(
        "<4sLQL", b"PK\6\7", 0, long.get("locator", at), long.get("disks", 1)
    )


def _fields(names: Sequence[str], told: Mapping[str, Any]) -> list[int]:
    return [told.get(name, 0) for name in names]


def extra(kind: int, content: bytes) -> bytes:
    """An extra field."""
    return struct.pack("<2H", kind, len(content)) + content
