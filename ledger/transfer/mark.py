"""Marking how far a source was read, so that an import of it can be gone on with."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """A place between two lines or rows: how many lie before it, and their running SHA-256.

    Every line counts as if it ended in one line feed, so that it makes no difference whether the
    last one does, nor whether lines end as on Windows.
    """

    lines: int
    digest: bytes


START = Mark(0, b"")
"""The mark before the first line."""
