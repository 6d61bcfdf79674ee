"""Where the server of a ledger stands among those that follow it, and may take its place."""

from __future__ import annotations

from typing import NamedTuple


class Standing(NamedTuple):
    """A server as it stands when the head of its ledger is to be signed.

    Attributes:
        system: the number of the cluster, which its standbys share.
        timeline: how often a standby of it was promoted, beginning with 1.
        followed: whether some server follows it just now, or is kept a place to do so.
        streaming: whether one does just now.
        covered: whether a commit waits until a standby has it.
        lacking: how many bytes of its log the nearest standby lacks; None where that is not told.
    """

    system: str
    timeline: int
    followed: bool
    streaming: bool
    covered: bool
    lacking: int | None
