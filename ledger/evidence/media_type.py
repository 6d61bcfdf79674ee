"""The media type of a file: what its name says, unless its content says otherwise.

A name proves nothing. Where a format has bytes that it must begin with, a file of that name without
them is of no known type, rather than of a wrong one. The names are those that Python knows on every
machine; what the machine itself is configured with is left aside, so that it tells the same.
"""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import Path

BEGINNINGS = {
    "application/gzip": (b"\x1f\x8b",),
    "application/pdf": (b"%PDF-",),
    "application/zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "audio/x-wav": (b"RIFF",),
    "image/bmp": (b"BM",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
    "image/vnd.microsoft.icon": (b"\x00\x00\x01\x00",),
    "video/webm": (b"\x1a\x45\xdf\xa3",),
}
"""What files of a type begin with, by the formats' own specifications."""

COMPRESSED = {"gzip": "application/gzip"}
"""A name as `a.tar.gz` tells what is inside; the file itself is of this type (RFC 6713)."""


def media_type(place: Path, head: bytes) -> str | None:
    """The type of a file (RFC 6838), by its name and its first bytes; None where unknown."""
    inside, compression = MimeTypes().guess_type(f"/{place.name}")
    found = inside if compression is None else COMPRESSED.get(compression)
    if found is None or not head:
        return None
    if found.startswith("text/") or found in ("application/json", "application/javascript"):
        return None if b"\x00" in head else found
    beginnings = BEGINNINGS.get(found)
    return found if beginnings is None or head.startswith(beginnings) else None
