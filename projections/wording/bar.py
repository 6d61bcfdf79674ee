"""A bar on a counterparty in words, and the contacts that were made inside it."""

from __future__ import annotations

from answerable.domain.dates import When
from answerable.projections.accountability.bars import Bar, Contact
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import (
    alleged_mark,
    by_then,
    hearsay_mark,
    marked,
    whether,
)
from answerable.projections.wording.dates import date, dated, interval

END_NOT_STATED = "end not stated"

TERMS = {"indefinite": "until further notice", "fixed": f"fixed, {END_NOT_STATED}"}
"""Says how long a bar without an end is meant to last, where another word says more."""


def bar_words(bar: Bar, name_of: NameOf = str) -> str:
    """Say a bar and how it stands: "barred from 2026-01-05 (end not stated), in force".

    Args:
        bar: which.
        name_of: what to call whose bar it is.
    """
    start = None if bar.from_ is None else date(bar.from_)
    by = "" if bar.imposed_by is None else f" by {name_of(bar.imposed_by)}"
    unbegun = ""
    if start is None:
        told = bar.notice_date
        notice = "" if told is None else f"; not after {date(told)}, when they were told"
        unbegun = f" (beginning not told{notice})"
    return f"barred{by}{unbegun} {lasting(start, bar.until, bar.term)}, {bar_state(bar)}"


def lasting(start: str | None, until: str | None, term: str | None) -> str:
    """Say how long a bar is to last: "from 2026-01-05 until 2027", "from 2026-01-05 (permanent)".

    Args:
        start: its beginning in words; None where that is not told.
        until: its last day (EDTF); None where no end is stated.
        term: how long it is meant to last, where that is stated.
    """
    if term is None or until is not None:
        return interval(start, None if until is None else date(until))
    said = TERMS.get(term, term)
    return f"({said})" if start is None else f"from {start} ({said})"


def bar_state(bar: Bar) -> str:
    """Say whether a bar is in force, and what ended it, or may have: "lifted, not in force"."""
    ends = (
        dated("lifted", bar.lifted) if bar.lifted_by else None,
        "overturned on appeal" if bar.overturned_by else None,
        dated("withdrawn with its decision", bar.withdrawn_from) if bar.withdrawn_by else None,
    )
    sure = "" if bar.in_force == "no" else "perhaps "
    alleged = alleged_mark(bar.standing)
    held = in_force(bar.in_force_as_alleged if alleged else bar.in_force)
    state = ", ".join((*(f"{sure}{end}" for end in ends if end), held))
    return marked(state, (alleged, hearsay_mark(bar.said_by_others), by_then(bar.as_of)))


def in_force(answer: When) -> str:
    """Say whether a bar is in force."""
    return whether(answer, "in force", "not in force")


def contact_words(contact: Contact) -> str:
    """Say a contact with a barred party: "contact 2026-03-01, INSIDE THE BAR"."""
    bar = "a bar of another house" if contact.other_house else "the bar"
    sure = f"inside {bar}" if contact.other_house else "INSIDE THE BAR"
    inside = sure if contact.inside == "yes" else f"indeterminate whether inside {bar}"
    return f"{dated('contact', contact.occurred)}, {inside}"
