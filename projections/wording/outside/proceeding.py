"""A proceeding outside of the house in words. What it came to is no finding of the house."""

from __future__ import annotations

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.accountability.outside.proceedings import Proceeding
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import (
    alleged_mark,
    by_then,
    dispute_mark,
    hearsay_mark,
    marked,
)
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.dates import date
from answerable.projections.wording.vocabulary import (
    outcome_words,
    proceeding_words,
    stated,
    value_words,
)

NO_FINDING = to_say("no finding of this house")


def proceeding_line(proceeding: Proceeding, name_of: NameOf) -> str:
    """Say a proceeding, and what came of it: "criminal proceedings by a before b: acquitted …".

    Args:
        proceeding: which.
        name_of: what to call a party.
    """
    what = proceeding_words(proceeding.type)
    if proceeding.accuser is not None:
        what = say("{proceeding} by {party}", proceeding=what, party=name_of(proceeding.accuser))
    if proceeding.forum is not None:
        what = say("{proceeding} before {forum}", proceeding=what, forum=name_of(proceeding.forum))
    if proceeding.charge is not None:
        what = say("{proceeding}, charge: {charge}", proceeding=what, charge=proceeding.charge)
    if proceeding.clause is not None:
        clause = value_words(proceeding.clause)
        what = say("{proceeding}, under {clause}", proceeding=what, clause=clause)
    marks = (
        say(NO_FINDING),
        alleged_mark(proceeding.standing),
        hearsay_mark(proceeding.said_by_others),
        dispute_mark(proceeding.standing, proceeding.disputed_by),
        by_then(proceeding.as_of),
    )
    return marked(punctuation(": ").join((what, proceeding_state(proceeding))), marks)


def proceeding_state(proceeding: Proceeding) -> str:
    """Say what came of a proceeding: "acquitted 2022-03-23, under appeal"."""
    state = stated(proceeding.state, proceeding.may_be)
    outcome = proceeding.outcome
    if outcome in (None, "indeterminate"):
        return state
    said = outcome_words(str(outcome))
    if proceeding.concluded is not None:
        said = say("{what} {date}", what=said, date=date(proceeding.concluded))
    amount = None if proceeding.amount is None else amount_words(proceeding.amount)
    details = (amount, state if proceeding.state != "concluded" else None)
    return punctuation(", ").join((said, *(each for each in details if each)))
