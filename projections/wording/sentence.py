"""An event in one line, made of its public fields alone.

Nothing sealed is needed for it, so a line reads the same when the text behind it is withheld or
erased. Parties stand there by their pseudonyms, unless the caller can tell their names.
"""

from __future__ import annotations

from collections.abc import Mapping

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.lines import course, inquiry, outcomes, outside, registers
from answerable.projections.wording.lines.phrases import Line
from answerable.projections.wording.vocabulary import Fields

LINES: Mapping[str, Line] = {
    **course.LINES,
    **inquiry.LINES,
    **outcomes.LINES,
    **outside.LINES,
    **registers.LINES,
}
"""The line of each kind, in the catalogue's order."""


def sentence(kind: str, fields: Fields, name_of: NameOf = str) -> str:
    """Say what happened, in one line: "Sanction: dismissal of p-1 (announced by p-2)".

    Args:
        kind: the event's kind.
        fields: its public fields, as first recorded or as corrected.
        name_of: what to call a party.
    """
    return LINES[kind](fields, name_of)
