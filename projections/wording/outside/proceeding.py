"""A proceeding outside of the house in words. What it came to is no finding of the house."""

from __future__ import annotations

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

NO_FINDING = "no finding of this house"


def proceeding_line(proceeding: Proceeding, name_of: NameOf) -> str:
    """Say a proceeding, and what came of it: "criminal proceedings by a before b: acquitted …".

    Args:
        proceeding: which.
        name_of: what to call a party.
    """
    by = "" if proceeding.accuser is None else f" by {name_of(proceeding.accuser)}"
    before = "" if proceeding.forum is None else f" before {name_of(proceeding.forum)}"
    charge = "" if proceeding.charge is None else f", charge: {proceeding.charge}"
    under = "" if proceeding.clause is None else f", under {value_words(proceeding.clause)}"
    marks = (
        NO_FINDING,
        alleged_mark(proceeding.standing),
        hearsay_mark(proceeding.said_by_others),
        dispute_mark(proceeding.standing, proceeding.disputed_by),
        by_then(proceeding.as_of),
    )
    what = f"{proceeding_words(proceeding.type)}{by}{before}{charge}{under}"
    return marked(f"{what}: {proceeding_state(proceeding)}", marks)


def proceeding_state(proceeding: Proceeding) -> str:
    """Say what came of a proceeding: "acquitted 2022-03-23, under appeal"."""
    state = stated(proceeding.state, proceeding.may_be)
    outcome = proceeding.outcome
    if outcome in (None, "indeterminate"):
        return state
    when = "" if proceeding.concluded is None else f" {date(proceeding.concluded)}"
    said = f"{outcome_words(str(outcome))}{when}"
    amount = None if proceeding.amount is None else amount_words(proceeding.amount)
    details = (amount, state if proceeding.state != "concluded" else None)
    return ", ".join((said, *(each for each in details if each)))
