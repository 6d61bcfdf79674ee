"""What who records is asked besides the event: how to sign it, and what becomes of other texts."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Signing(NamedTuple):
    """Hold how an event is to be signed, if it is.

    Attributes:
        key: the key to sign with.
        prepare: where to write it to be signed elsewhere.
        signers: where it stands who may sign as whom.
    """

    key: Path | None
    prepare: Path | None
    signers: Path | None


class Others(NamedTuple):
    """Hold which texts that name the person go, too, beside those that an erasure covers.

    Attributes:
        choice: what becomes of them: `all`, `named` (those with a whole name) or `keep`.
        called: names that the person is known by beside those registered.
    """

    choice: str | None
    called: tuple[str, ...]
