"""The folder that a bundle was unpacked to.

The same files as in the zip, by their names: nothing else that lies there is looked at, and a link,
or what is no file, is followed nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.zip_file import LARGEST, MOST_FILES, NAMES, read_at_most
from answerable.ledger.system.regular_file import open_regular

FOLDERS = ("", "entries/", "proofs/", "timestamps/")
"""Where the files of a bundle are, seen from its top."""


def read_folder(place: Path) -> dict[str, bytes]:
    """Read the files of a bundle from the folder that it was unpacked to, by name.

    Raises:
        MalformedBundle: one is a link or cannot be read, or they are more than a bundle has.
    """
    files: dict[str, bytes] = {}
    left = LARGEST
    try:
        for name, path in _listed(place):
            if path.is_symlink():
                raise MalformedBundle(f"{name} is a link, or no file at all.")
            with open_regular(path) as file:
                files[name] = read_at_most(file, left)
            left -= len(files[name])
            if left < 0 or len(files) > MOST_FILES:
                raise MalformedBundle("the folder holds more than a bundle may.")
    except OSError as error:
        raise MalformedBundle(f"{place} cannot be read: {error.strerror}.") from None
    return files


def _listed(place: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name of each file of a bundle in a folder, and where it is."""
    for folder in FOLDERS:
        within = place / folder
        if folder and within.is_symlink():
            raise MalformedBundle(f"{folder} is a link.")
        if within.is_dir():
            for path in within.iterdir():
                name = f"{folder}{path.name}"
                if NAMES.fullmatch(name):
                    yield name, path
