"""An agreement in words, and what was promised in it."""

from __future__ import annotations

from collections.abc import Iterable

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.accountability.outside.agreements import Agreement
from answerable.projections.accountability.outside.commitments import Commitment
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import (
    alleged_mark,
    by_then,
    dispute_mark,
    hearsay_mark,
    marked,
    whether,
)
from answerable.projections.wording.counts import amount_words, capital, listed
from answerable.projections.wording.dates import date, interval
from answerable.projections.wording.obligation import OVERDUE, due_words
from answerable.projections.wording.vocabulary import agreement_words, in_turn, state_words, stated

BREACHED = "breached"
WAS_BREACHED = to_say("was breached")


def agreement_line(agreement: Agreement, name_of: NameOf) -> str:
    """Say an agreement, and how it stands: "Plea agreement between a and b: rejected".

    Args:
        agreement: which.
        name_of: what to call a party.
    """
    start = None if agreement.from_ is None else date(agreement.from_)
    end = None if agreement.until is None else date(agreement.until)
    monitor = agreement.monitor
    marks = (
        None if monitor is None else say("monitor: {party}", party=name_of(monitor)),
        alleged_mark(agreement.standing),
        hearsay_mark(agreement.said_by_others),
        dispute_mark(agreement.standing, agreement.disputed_by),
        by_then(agreement.as_of),
    )
    what = capital(agreement_words(agreement.type))
    told = {"agreement": what, "parties": listed(agreement.between, name_of)}
    told["state"] = agreement_state(agreement)
    if not (start or end):
        return marked(say("{agreement} between {parties}: {state}", **told), marks)
    told["lasting"] = interval(start, end)
    return marked(say("{agreement} between {parties} {lasting}: {state}", **told), marks)


def agreement_state(agreement: Agreement) -> str:
    """Say how an agreement stands: "rejected, not in force"; "ended, not in force, was breached".

    What it was broken by does not go away with its end.
    """
    only_time = agreement.brought_by is None and agreement.as_of == "yes"
    runs_out = only_time and agreement.may_be == ("in force", "ended")
    if runs_out:
        said = [in_turn(map(state_words, agreement.may_be))]
    else:
        said = [stated(agreement.state, agreement.may_be)]
    if agreement.state != "in force" and not runs_out:
        said.append(whether(agreement.in_force, say("in force"), say("not in force")))
    if agreement.state != BREACHED and agreement.breached != "no":
        said.append(whether(agreement.breached, say(WAS_BREACHED)))
    return punctuation(", ").join(said)


def promise_state(promise: Commitment) -> str:
    """Say how a promise stands: "fulfilled"; "not owed", where its agreement was rejected."""
    state = stated(promise.state, promise.may_be)
    if promise.state != "open" or promise.binding == "yes":
        return state
    return whether(promise.binding, say("owed"), say("not owed"))


def promise_line(promise: Commitment, name_of: NameOf) -> str:
    """Say what is owed under an agreement: "term of Acme: 500.00 USD, due 2021: fulfilled"."""
    amount = None if promise.amount is None else amount_words(promise.amount)
    details = (amount, None if promise.due is None else due_words(promise.due))
    said = punctuation(", ").join(each for each in details if each)
    whose = say("term") if promise.by is None else say("term of {party}", party=name_of(promise.by))
    marks = (
        say(OVERDUE) if promise.overdue == "yes" else None,
        alleged_mark(promise.standing),
        hearsay_mark(promise.said_by_others),
        dispute_mark(promise.standing, ()),
        by_then(promise.as_of),
    )
    told: Iterable[str] = filter(None, (whose, said, promise_state(promise)))
    return marked(punctuation(": ").join(told), marks)
