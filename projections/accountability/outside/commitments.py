"""Tell how a promise stands: open, breached, fulfilled, released; or which of these it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, cast

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import passed

COMMITMENT = "commitment-made"

CommitmentState = Literal["open", "breached", "fulfilled", "released", "indeterminate"]

ORDER: tuple[CommitmentState, ...] = ("open", "breached", "fulfilled", "released")
"""The states in the order in which a promise comes to them; a later one hides an earlier."""

STEPS = cast("Mapping[str, CommitmentState]", CATALOGUE[COMMITMENT].becomes)
"""The kinds that bring a promise to a state."""


class Commitment(NamedTuple):
    """Something promised, and how it stands at the moment asked about.

    Attributes:
        by: who promised it.
        amount: what is to be paid.
        state: `indeterminate` where the dates allow more than one; `may_be` then has each.
        ended_by: the event that brought it to its state, or may have, by id.
        overdue: whether it was owed, and neither fulfilled nor released by its due date, which had
            passed; None where no moment was asked about.
        as_of: whether it had been made by the moment asked about.
        said_by_others: what it is only alleged to have become.
        binding: whether it binds: not as the term of an agreement that was only proposed, or
            rejected.
    """

    event_id: str
    position: int
    by: str | None
    due: str | None
    amount: str | None
    occurred: str | None
    standing: str
    state: CommitmentState
    may_be: tuple[CommitmentState, ...]
    ended_by: str | None
    overdue: When | None
    as_of: When = "yes"
    said_by_others: tuple[Hearsay, ...] = ()
    binding: When = "yes"

    def as_dict(self) -> dict[str, Any]:
        """Return the promise as JSON has it."""
        return as_dict(self)


def agreement_behind(view: CaseView, promise: Fact) -> Fact | None:
    """Return the agreement that a promise is a term of; None where it stands by itself.

    Of an agreement that was retracted nothing is known: what was promised in it stands by itself.
    """
    fact = view.facts.get(promise.fields.get("agreement", ""))
    return fact if fact is not None and fact.stands else None


def promises_of(view: CaseView) -> tuple[Commitment, ...]:
    """List what was promised outside of agreements, in the order of recording."""
    made = view.standing(COMMITMENT)
    return tuple(commitment(view, fact) for fact in made if agreement_behind(view, fact) is None)


def commitments_upon(view: CaseView, agreement: Fact, binding: When) -> Iterator[Commitment]:
    """List what was promised in an agreement, in the order of recording.

    Args:
        view: the case.
        agreement: which.
        binding: whether it binds its parties, or did.
    """
    terms = (*view.upon(agreement, COMMITMENT), *view.alleged_upon(agreement, COMMITMENT))
    in_order = sorted(terms, key=lambda each: each.event.position)
    return (commitment(view, fact, binding) for fact in in_order)


def commitment(view: CaseView, fact: Fact, binding: When = "yes") -> Commitment:
    """Tell how a promise stands; of a term, `binding` tells whether its agreement binds."""
    fields = fact.fields
    steps = {state: list(view.endings(fact, kind)) for kind, state in STEPS.items()}
    happened = {state: any_of(map(view.in_effect, facts)) for state, facts in steps.items()}
    left: list[When] = []
    possible: dict[CommitmentState, When] = {}
    for state in reversed(ORDER):
        possible[state] = all_of((happened.get(state, "yes"), *left))
        left.append(opposite(happened.get(state, "yes")))
    states = tuple(state for state in ORDER if possible[state] != "no")
    owed: When = (
        "no"
        if fact.alleged
        else all_of((binding, *(opposite(happened[each]) for each in ("fulfilled", "released"))))
    )
    return Commitment(
        event_id=fact.event_id,
        position=fact.event.position,
        by=fields.get("by"),
        due=fields.get("due"),
        amount=fields.get("amount"),
        occurred=fields.get("occurred"),
        said_by_others=hearsay_of(view, fact),
        standing=fields["standing"],
        state=states[0] if len(states) == 1 else "indeterminate",
        may_be=states if len(states) > 1 else (),
        ended_by=next((each.event_id for each in steps.get(states[-1], ())), None),
        overdue=None
        if view.as_of is None
        else all_of((owed, passed(fact.span("due"), view.as_of))),
        as_of=view.when(fact),
        binding=binding,
    )
