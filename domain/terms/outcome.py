"""Name what a finding can come to, and tell which outcomes blame and which acquit.

Houses of different trades use different words; all are kept as they were used. Police oversight in
the United States tells *sustained*, *not sustained* (neither proved nor disproved), *unfounded* (it
did not happen) and *exonerated* (it happened, and was right), and closes complaints for which
nobody swears as *no affidavit*.
"""

from __future__ import annotations

from typing import Literal

Outcome = Literal[
    "substantiated",
    "sustained",
    "unsubstantiated",
    "unfounded",
    "exonerated",
    "inconclusive",
    "not-sustained",
    "no-affidavit",
    "withdrawn",
    "mediated",
]
"""Tells what was found, or why nothing was."""

BLAMING = frozenset(("substantiated", "sustained"))
"""The outcomes that hold the conduct to be proved."""

ACQUITTING = frozenset(("exonerated", "unfounded", "unsubstantiated"))
"""The outcomes that clear their subject. All others but those that blame leave the matter open:
`inconclusive` and `not-sustained` say that neither could be shown; of the rest, nobody looked."""

RESPONSIBLE = frozenset(
    ("direct", "managerial", "executive", "collective", "contributory", "third-party")
)
"""The ways of answering for something."""


def blames(outcome: str, responsibility: str) -> bool:
    """Tell whether a finding of this outcome holds its subject responsible."""
    return outcome in BLAMING and responsibility in RESPONSIBLE
