"""A bar on a counterparty in words, and the contacts that were made inside it."""

from __future__ import annotations

from answerable.domain.dates import When
from answerable.domain.language.saying import punctuation, say, say_as, to_say
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
from answerable.projections.wording.vocabulary import in_turn

END_NOT_STATED = to_say("end not stated")

TERMS = {
    "indefinite": to_say("until further notice"),
    "fixed": to_say("fixed, end not stated"),
    "permanent": to_say("permanent"),
}
"""Says how long a bar without an end is meant to last, where another word says more."""


def bar_words(bar: Bar, name_of: NameOf = str) -> str:
    """Say a bar and how it stands: "barred from 2026-01-05 (end not stated), in force".

    Args:
        bar: which.
        name_of: what to call whose bar it is.
    """
    start = None if bar.from_ is None else date(bar.from_)
    barred = say("barred")
    if bar.imposed_by is not None:
        barred = say("barred by {party}", party=name_of(bar.imposed_by))
    if start is None:
        told = bar.notice_date
        barred = (
            say("{barred} (beginning not told)", barred=barred)
            if told is None
            else say(
                "{barred} (beginning not told; not after {date}, when they were told)",
                barred=barred,
                date=date(told),
            )
        )
    return say(
        "{barred} {lasting}, {state}",
        barred=barred,
        lasting=lasting(start, bar.until, bar.term),
        state=bar_state(bar),
    )


def lasting(start: str | None, until: str | None, term: str | None) -> str:
    """Say how long a bar is to last: "from 2026-01-05 until 2027", "from 2026-01-05 (permanent)".

    Args:
        start: its beginning in words; None where that is not told.
        until: its last day (EDTF); None where no end is stated.
        term: how long it is meant to last, where that is stated.
    """
    if term is None or until is not None:
        return interval(start, None if until is None else date(until))
    said = say(TERMS.get(term, term))
    if start is None:
        return say("({term})", term=said)
    return say("from {start} ({term})", start=start, term=said)


def bar_state(bar: Bar) -> str:
    """Say whether a bar is in force, and what ended it, or may have: "lifted, not in force".

    A bar with a last day: "in force or expired, depending on the day".
    """
    ends = (
        dated(say("lifted"), bar.lifted) if bar.lifted_by else None,
        say("overturned on appeal") if bar.overturned_by else None,
        dated(say("withdrawn with its decision"), bar.withdrawn_from) if bar.withdrawn_by else None,
    )
    sure = "{end}" if bar.in_force == "no" else PERHAPS
    alleged = alleged_mark(bar.standing)
    answer = bar.in_force_as_alleged if alleged else bar.in_force
    held = in_force(answer)
    if answer == "unknown" and runs_out(bar):
        held = in_turn((say("in force"), say("expired")))
    state = punctuation(", ").join((*(say(sure, end=end) for end in ends if end), held))
    return marked(state, (alleged, hearsay_mark(bar.said_by_others), by_then(bar.as_of)))


def runs_out(bar: Bar) -> bool:
    """Tell whether a bar ends with a day that it names, and with nothing else on record."""
    ended = bar.lifted_by or bar.overturned_by or bar.withdrawn_by
    return bar.from_ is not None and bar.until is not None and bar.as_of == "yes" and not ended


PERHAPS = to_say("perhaps {end}")


def in_force(answer: When) -> str:
    """Say whether a bar is in force."""
    return whether(answer, say("in force"), say("not in force"))


def contact_words(contact: Contact) -> str:
    """Say a contact with a barred party: "contact 2026-03-01, INSIDE THE BAR"."""
    contacted = dated(say_as("event", "contact"), contact.occurred)
    return punctuation(", ").join((contacted, inside_words(contact)))


def inside_words(contact: Contact) -> str:
    """Say whether a contact was inside the bar, or inside one of another house."""
    sure = contact.inside == "yes"
    if contact.other_house:
        bar = say("inside a bar of another house")
        return bar if sure else say("indeterminate whether inside a bar of another house")
    return say("INSIDE THE BAR") if sure else say("indeterminate whether inside the bar")
