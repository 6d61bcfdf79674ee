"""Problems that a check finds in the record."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Something that is not what it was, and the position (from 0) where it shows, if at one."""

    position: int | None
    what: str
