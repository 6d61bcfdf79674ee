"""Files that appear whole, and are on disk when the call returns."""

from __future__ import annotations

import os
from pathlib import Path


def write(place: Path, content: bytes) -> None:
    """Write a file, or replace one. `settle` its folder to have its name on disk too.

    What a killed writer left half written lies beside it, and the next one writes over it; two at
    once must keep out of each other's way.

    Raises:
        OSError: the disk would not take it. What was there before is there still.
    """
    draft = place.with_name(f".{place.name}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
