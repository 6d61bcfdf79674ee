"""Why a witness does not cosign."""

from __future__ import annotations

from answerable.domain.errors import Refused


class NotWatched(Refused):
    """A witness was asked to cosign for a log that it does not watch."""


class StaleSize(Refused):
    """A proof goes out from another tree than the one that the witness cosigned last.

    Attributes:
        size: the size of the one that it did cosign last.
    """

    def __init__(self, origin: str, size: int, old: int) -> None:
        super().__init__(
            f"the proof for {origin} goes out from {old:,} entries, but the last tree cosigned "
            f"here has {size:,}.",
            hint=f"Prove it from there: {size:,} entries.",
            cli_hint=f"Prove it from there: `answerable prove --since {size}`.",
        )
        self.size = size


class ClockBehind(Refused):
    """The clock is behind a time that was signed already, or was never set."""


class NotCosigned(Refused):
    """A witness would not cosign, or did not answer."""


class OpenToAll(Refused):
    """A server was to listen where others can reach it, with nothing before it."""
