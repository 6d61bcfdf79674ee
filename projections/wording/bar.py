"""A bar on a counterparty in words, and the contacts that were made inside it."""

from __future__ import annotations

from answerable.domain.dates import When
from answerable.projections.accountability.bars import Bar, Contact
from answerable.projections.wording.answers import (
    alleged_mark,
    by_then,
    hearsay_mark,
    marked,
    whether,
)
from answerable.projections.wording.dates import date, dated, interval

END_NOT_STATED = "end not stated"


def bar_words(bar: Bar) -> str:
    """Say a bar and how it stands: "barred from 2026-01-05 (end not stated), in force"."""
    start = None if bar.from_ is None else date(bar.from_)
    end = None if bar.until is None else date(bar.until)
    unbegun = ""
    if start is None:
        told = bar.notice_date
        by = "" if told is None else f"; not after {date(told)}, when they were told"
        unbegun = f" (beginning not told{by})"
    return f"barred{unbegun} {interval(start, end)}, {bar_state(bar)}"


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
    inside = "INSIDE THE BAR" if contact.inside == "yes" else "indeterminate whether inside the bar"
    return f"{dated('contact', contact.occurred)}, {inside}"
