"""Say what an answer holds for: above it the times asked about, below it the log's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.zone.asked import zone_asked
from answerable.domain.language.saying import say, say_count, to_say
from answerable.projections.wording.dates import asked_words

if TYPE_CHECKING:
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.day_end import Asked
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.tlog.checkpoint import Checkpoint

SHOWN = 16
"""The number of digits shown of a root. `--json` has all of them."""


def head_line(head: TreeHead | Checkpoint) -> str:
    """Say which log an answer was read from: "28 entries, root 3993106eaaeb75bb…"."""
    return say_count(
        "{number} entry, root {root}…",
        "{number} entries, root {root}…",
        head.size,
        root=head.root.hex()[:SHOWN],
    )


def asked_line(as_of: Asked | None, known_by: Asked | None, zone: Zone | None = None) -> str:
    """Say the times that a question asked about; nothing where it asked about the present.

    Args:
        as_of: the moment asked about.
        known_by: the moment by which the record was asked about.
        zone: that of the one case asked about; None where there may be several.
    """
    return " · ".join(
        say(sentence, moment=asked_words(moment, zone or zone_asked(), several=zone is None))
        for sentence, moment in ((AS_OF, as_of), (KNOWN_BY, known_by))
        if moment is not None
    )


AS_OF, KNOWN_BY = to_say("as of {moment}"), to_say("as known by {moment}")
"""Says the two times of a question."""
