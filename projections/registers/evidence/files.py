"""Make a register of what became of the files of exhibits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    BYTES,
    CASE,
    DESCRIPTION,
    DIGEST,
    EVENT_ID,
    PLACE,
    POSITION,
    STATE,
    TITLE,
    sealed,
)

if TYPE_CHECKING:
    from answerable.projections.evidence.exhibits import Exhibit

FILES = Register(
    "files",
    "What became of the files",
    (
        *(CASE, TITLE, POSITION, STATE),
        Column("why", "Why", "word"),
        *(DESCRIPTION, PLACE, DIGEST),
        Column("digest_found", "Digest, as found"),
        BYTES,
        Column("size_found", "Bytes, as found", "whole"),
        EVENT_ID,
    ),
)


class Found(Protocol):
    """Tell in which state the file of an exhibit was found."""

    @property
    def state(self) -> str:
        """Tell the state in a word: good, altered, missing, indeterminate."""

    @property
    def why(self) -> str:
        """Say why it is so; "" where that says itself."""

    @property
    def place(self) -> Path | None:
        """Tell where it was looked for."""

    @property
    def digest(self) -> str | None:
        """Tell what it hashes to."""

    @property
    def size(self) -> int | None:
        """Tell its size in bytes."""


def files_register(
    checked: Iterable[tuple[Exhibit, Found]], title_of: Callable[[str], str | None]
) -> Registers:
    """Make a register of files: a row an exhibit.

    Args:
        checked: the exhibits, each with what was found.
        title_of: tells the title of a case.
    """
    rows = (
        Row(
            FILES.name,
            (
                *(each.case_id, title_of(each.case_id), each.position, found.state),
                *(found.why or None, sealed(each.description)),
                sealed(each.place.text) if found.place is None else str(found.place),
                *(each.digest, found.digest, each.size, found.size, each.event_id),
            ),
        )
        for each, found in checked
    )
    return Registers((FILES,), rows)
