"""Something that is open in words: what it is, whose, by when, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.dates import When
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import whether
from answerable.projections.wording.counts import spelt
from answerable.projections.wording.dates import dated

OVERDUE = "OVERDUE"
BREACHED = "breached"

NOUNS = ("legal hold",)
"""The nouns of more than one word that such a thing is called by."""


def obligation_words(obligation: Obligation, name_of: NameOf) -> str:
    """Say something that is open: "sanction to execute: Xu Fei, due 2026-02-01, suspended".

    Args:
        obligation: what is open.
        name_of: what to call a party.
    """
    party = () if obligation.party is None else (name_of(obligation.party),)
    due = () if obligation.due is None else (due_words(obligation.due),)
    said = ", ".join((*party, *due, *obligation_marks(obligation)))
    return f"{obligation.what}: {said}" if said else obligation.what


def due_words(due: str) -> str:
    """Say by when something is to be done (EDTF): "due 2026-02-01"."""
    return dated("due", due)


def obligation_marks(obligation: Obligation) -> Iterator[str]:
    """Say whether something is on hold, overdue, or open at all, where there is need to."""
    if obligation.suspended != "no":
        yield whether(obligation.suspended, "suspended")
    if obligation.breached != "no":
        yield whether(obligation.breached, BREACHED)
    if obligation.overdue == "yes":
        yield OVERDUE
    if obligation.open == "unknown":
        yield open_words(obligation.open)
    elif obligation.overdue == "unknown" and obligation.due is not None:
        yield whether("unknown", "overdue")


def open_words(answer: When) -> str:
    """Say whether something is open."""
    return whether(answer, "open", "not open")


def open_spelt(number: int, what: str) -> str:
    """Say how many such things are open: "seven sanctions to execute", "case to close"."""
    if number == 1:
        return what
    noun = next((each for each in NOUNS if what.startswith(each)), what.partition(" ")[0])
    return spelt(number, noun) + what.removeprefix(noun)
