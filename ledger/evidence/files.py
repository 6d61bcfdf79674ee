"""Exhibits that are files: registered by their digests, and held against these later.

ISO/IEC 27037: a digest of what was collected is kept from the moment on that it is, and tells
whether what is presented later is the same.

A location on record is one of

- an absolute path: `/srv/evidence/memo.pdf`;
- a path below a folder that every reader names for themselves: `./memo.pdf`;
- anything else in words: `safe 3, the blue folder`. Below a folder that is named, a file may still
  be called so; that there is none does not tell that one is missing.

The media type of a file is what its name says, unless its content says otherwise. A name proves
nothing. Where a format has bytes that it must begin with, a file of that name without them is of no
known type, rather than of a wrong one. The names are those that Python knows on every machine; what
the machine itself is configured with is left aside, so that it tells the same.
"""

from __future__ import annotations

import os
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any, Literal, NamedTuple

from answerable.ledger.evidence.digest import Advance, hash_file, quoted_path
from answerable.ledger.evidence.errors import (
    FileChanged,
    FileMissing,
    FileUnreadable,
    NotAFile,
    NotToldInText,
    OutsideRoot,
)

BELOW = "./"

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
"""The bytes that files of a type begin with, by the formats' own specifications."""

COMPRESSED = {"gzip": "application/gzip"}
"""A name as `a.tar.gz` tells what is inside; the file itself is of this type (RFC 6713)."""

State = Literal["good", "altered", "missing", "unreadable", "indeterminate"]


class RegisteredFile(NamedTuple):
    """A file as it was read to be registered.

    Attributes:
        fields: what is known of it, by the fields of an `evidence-registered` event.
    """

    place: Path
    fields: dict[str, Any]


class FileCheck(NamedTuple):
    """The state in which an exhibit's file was found.

    Attributes:
        state: `good`: the same bytes are there. `altered`: others are. `indeterminate`: where it is
            cannot be told, so it was not looked for.
        why: what was found, in a sentence without its full stop; empty where it is good.
        place: where it was looked for.
        digest, size: of what lies there, as far as it was read.
    """

    state: State
    why: str = ""
    place: Path | None = None
    digest: str | None = None
    size: int | None = None


class FilePath(NamedTuple):
    """The path that a location means; or, without one, why it means none."""

    place: Path | None
    why: str = ""


def take_in(
    place: Path,
    *,
    root: Path | None = None,
    location: str | None = None,
    advance: Advance = lambda _: None,
) -> RegisteredFile:
    """Read a file, and return its fields for the record. A link is followed.

    Args:
        place: where it is.
        root: the folder from which its place is told.
        location: its place in words, if it is not to be told as a path.
        advance: is told how far the reading is.

    Raises:
        AnswerableError: as `digest.hash_file` and `location_of`.
    """
    real = Path(os.path.realpath(place))
    location = location or location_of(real, root)
    hashed = hash_file(real, advance)
    fields = {
        "digest": hashed.digest,
        "size": hashed.size,
        "media_type": media_type(place, hashed.head),
        "location": location,
    }
    return RegisteredFile(
        place, {name: value for name, value in fields.items() if value is not None}
    )


def check_file(
    location: str,
    digest: str,
    size: int | None,
    *,
    root: Path | None = None,
    advance: Advance = lambda _: None,
) -> FileCheck:
    """Hold an exhibit's file against its digest on record.

    Args:
        location: where the record says it is.
        digest: as recorded.
        size: in bytes, as recorded; None where it is not told.
        root: the folder from which places are told that are not absolute.
        advance: is told how far the reading is.
    """
    place, why = path_of(location, root)
    if place is None:
        return FileCheck("indeterminate", why)
    try:
        found = hash_file(place, advance)
    except (FileMissing, NotAFile) as error:
        return FileCheck("missing", error.message.rstrip("."), place)
    except (FileUnreadable, FileChanged) as error:
        return FileCheck("unreadable", error.message.rstrip("."), place)
    if found.digest != digest:
        return FileCheck("altered", _altered(found.size, size), place, found.digest, found.size)
    wrong = size is not None and size != found.size
    why = f"the size on record is {size:,} bytes, and it never had that" if wrong else ""
    return FileCheck("good", why, place, found.digest, found.size)


def _altered(found: int, recorded: int | None) -> str:
    if recorded is None or found == recorded:
        return "its digest is another"
    return f"its digest is another, and it has {found:,} bytes where it had {recorded:,}"


def location_of(real: Path, root: Path | None = None) -> str:
    """Return the location to record of a file: its path, below the root if one is given.

    Args:
        real: where it is, with all links followed.
        root: the folder from which it is told.

    Raises:
        OutsideRoot: it does not lie below the root.
        NotToldInText: its name is not text.
    """
    text = str(real)
    if root is not None:
        base = Path(os.path.realpath(root))
        if not real.is_relative_to(base):
            raise OutsideRoot(
                f"{quoted_path(real)} is not below {quoted_path(base)}.",
                hint="Name another root, or none: then its whole path is recorded.",
                cli_hint="Give another --root, or none: then its whole path is recorded.",
            )
        text = f"{BELOW}{real.relative_to(base)}"
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotToldInText(
            f"{quoted_path(real)} is not UTF-8, so where it is cannot be recorded as text.",
            hint="Rename it, or say in words where it is kept.",
            cli_hint="Rename it, or say in words where it is kept: --location TEXT.",
        ) from None
    return text


def path_of(location: str, root: Path | None = None) -> FilePath:
    """Return the path to look for a file at, by its location on record."""
    if location.startswith("/"):
        return FilePath(Path(location))
    if root is None:
        if location.startswith(BELOW):
            return FilePath(None, "its place is told from a folder on; name that with --root")
        return FilePath(None, "its place is told in words, not as a path")
    place = root / location
    if not Path(os.path.normpath(place)).is_relative_to(os.path.normpath(root)):
        return FilePath(None, "its place is told as outside of --root")
    if location.startswith(BELOW) or _is_there(place):
        return FilePath(place)
    return FilePath(None, "its place is told in words, and no file below --root is called so")


def _is_there(place: Path) -> bool:
    try:
        return os.path.lexists(place)
    except ValueError:
        return False


def media_type(place: Path, head: bytes) -> str | None:
    """Return the type of a file (RFC 6838), by its name and first bytes; None where unknown."""
    inside, compression = MimeTypes().guess_type(f"/{place.name}")
    found = inside if compression is None else COMPRESSED.get(compression)
    if found is None or not head:
        return None
    if found.startswith("text/") or found in ("application/json", "application/javascript"):
        return None if b"\x00" in head else found
    beginnings = BEGINNINGS.get(found)
    return found if beginnings is None or head.startswith(beginnings) else None
