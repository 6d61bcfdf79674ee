"""Where an exhibit's file is: as the record tells it, and as the disk has it.

A location on record is one of

- an absolute path: `/srv/evidence/memo.pdf`;
- a path below a folder that every reader names for themselves: `./memo.pdf`;
- anything else in words: `safe 3, the blue folder`. Below a folder that is named, a file may still
  be called so; that there is none does not tell that one is missing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.errors import (
    NotToldInText,
    OutsideRoot,
)
from answerable.ledger.evidence.digest import named

BELOW = "./"


class FilePath(NamedTuple):
    """Where a location says that a file is; or, without a place, why that is not to be told."""

    place: Path | None
    why: str = ""


def location_of(real: Path, root: Path | None = None) -> str:
    """The location to record of a file: its path, below the root if one is given.

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
                f"{named(real)} is not below {named(base)}.",
                hint="Give another --root, or none: then its whole path is recorded.",
            )
        text = f"{BELOW}{real.relative_to(base)}"
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotToldInText(
            f"{named(real)} is not UTF-8, so where it is cannot be recorded as text.",
            hint="Rename it, or say in words where it is kept: --location TEXT.",
        ) from None
    return text


def path_of(location: str, root: Path | None = None) -> FilePath:
    """Where to look for a file, by its location on record."""
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
