"""Exhibits that are files: taken in by their digests, and held against these later.

ISO/IEC 27037: a digest of what was collected is kept from the moment on that it is, and tells
whether what is presented later is the same.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal, NamedTuple

from answerable.ledger.errors import (
    FileChanged,
    FileMissing,
    FileUnreadable,
    NotAFile,
)
from answerable.ledger.evidence.digest import (
    Advance,
    hash_file,
)
from answerable.ledger.evidence.location import (
    location_of,
    path_of,
)
from answerable.ledger.evidence.media_type import media_type

State = Literal["good", "altered", "missing", "unreadable", "indeterminate"]


class RegisteredFile(NamedTuple):
    """A file as it was read to be registered.

    Attributes:
        fields: what can be told of it, by the fields of an `evidence-registered` event.
    """

    place: Path
    fields: dict[str, Any]


class FileCheck(NamedTuple):
    """What became of an exhibit's file.

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


def take_in(
    place: Path,
    *,
    root: Path | None = None,
    location: str | None = None,
    advance: Advance = lambda _: None,
) -> RegisteredFile:
    """Read a file, and tell what can be told of it. What it is a link to is read and told of.

    Args:
        place: where it is.
        root: the folder from which its place is told.
        location: its place in words, if it is not to be told as a path.
        advance: is told how far the reading is.

    Raises:
        AnswerableError: as `hashing.hash_file` and `places.location_of`.
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


def check(
    location: str,
    digest: str,
    size: int | None,
    *,
    root: Path | None = None,
    advance: Advance = lambda _: None,
) -> FileCheck:
    """Look at an exhibit's file, and hold it against its digest on record.

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
