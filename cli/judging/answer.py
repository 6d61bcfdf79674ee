"""Say what the answer of a command that judges holds for: above it the times, below it the head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from answerable.cli.shared.options import Times
from answerable.cli.shared.output import line_writer, visible
from answerable.cli.shared.zone.asked import zones_of
from answerable.domain.language.saying import say

if TYPE_CHECKING:
    from answerable.cli.shared.text import TextLine
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.ledger import Ledger


def write_text(
    opened: Ledger, cases: Sequence[str], times: Times, lines: Iterable[TextLine], *, now: bool
) -> None:
    """Write an answer in words, line by line: above it the times, below it the log's head.

    Args:
        opened: the ledger.
        cases: the cases asked about; none: all.
        times: the two times that it holds for.
        lines: the answer.
        now: whether no moment was asked about, so that it is as of now.
    """
    from answerable.cli.shared.answering.head import asked_line, head_line
    from answerable.projections.wording.counts import capital

    write = line_writer()
    said = capital(asked_line(*times, _zone(opened, cases, times)))
    if now and times.known_by is None:
        said = say("{asked}, which is now", asked=said)
    write(said, "dim")
    for line in lines:
        write(visible(line.text), line.style or None)
    write("", None)
    write(head_line(opened.head()), "dim")


def _zone(opened: Ledger, cases: Sequence[str], times: Times) -> Zone | None:
    """Return the zone of the one case asked about; None where there may be several."""
    return zones_of(opened, times.known_by)(cases[0]) if len(cases) == 1 else None
