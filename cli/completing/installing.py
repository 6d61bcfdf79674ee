"""Writing files into a user's places, and taking away again what was written, and only that.

Each file says in one of its first lines that it was made here. What does not say so is somebody
else's: it is neither overwritten nor removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import click

MARK = "ade by `answerable completion"
"""Mark a file as one that was installed."""

FIRST = 300
"""The bytes within which it says so."""

PAGES = "answerable*.1"


def install(files: Mapping[Path, str]) -> list[Path]:
    """Write some files, and return those that were written: what is there already is left.

    Raises:
        UsageError: at one of the places is a file that was not made here. Nothing is written.
        OSError: a place cannot be written.
    """
    from answerable.ledger.system.atomic_file import write

    for place in files:
        if not is_ours(place):
            raise click.UsageError(
                f"{place} is there, and was not made by `answerable completion`. Move it away "
                "first, if you want this one."
            )
    written = []
    for place, text in files.items():
        if _content(place) != text.encode():
            place.parent.mkdir(parents=True, exist_ok=True)
            write(place, text.encode())
            written.append(place)
    return written


def uninstall(places: Iterable[Path]) -> list[Path]:
    """Remove those of some files that were made here, and return which were removed."""
    removed = []
    for place in places:
        if (place.is_file() or place.is_symlink()) and is_ours(place):
            place.unlink()
            removed.append(place)
            # A folder that is left empty may have been made here; one that is not, is kept.
            with suppress(OSError):
                place.parent.rmdir()
    return removed


def is_ours(place: Path) -> bool:
    """Tell whether a file was made here, or is not there at all."""
    if not place.exists() and not place.is_symlink():
        return True
    content = _content(place)
    return content is not None and MARK.encode() in content[:FIRST]


def pages_in(folder: Path) -> Iterator[Path]:
    """Yield the manual pages in a folder that may have been made here."""
    return iter(sorted(folder.glob(PAGES)))


def _content(place: Path) -> bytes | None:
    try:
        return place.read_bytes() if place.is_file() else None
    except OSError:
        return None
