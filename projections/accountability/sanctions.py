"""The course of a sanction: executed, or not, on hold, run out, lifted, overturned; or which.

One whose last day has passed has run out: nothing of it is left to execute. It was served, and
stands like one that was executed: only what undoes a sanction takes it back. One that is not
executed, because the person resigned first or for another cause, stands, too: it was not served,
whichever day has passed, and nothing of it is left to execute.

And what an appeal that was partly allowed made of it: from when that was decided the sanction reads
as varied, and what was imposed at first stays beside it. A decision that may have been taken by
then leaves open which of the two it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, cast

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.appeals import lodgings, overturned
from answerable.projections.accountability.withdrawals import WITHDRAWING, withdrawn
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import passed

SanctionState = Literal[
    "imposed",
    "suspended",
    "executed",
    "run out",
    "not executed",
    "withdrawn",
    "overturned",
    "lifted",
    "indeterminate",
]

ORDER: tuple[SanctionState, ...] = (
    *("imposed", "suspended", "executed", "run out", "not executed"),
    *("withdrawn", "overturned", "lifted"),
)
"""The states in the order in which a sanction comes to them; a later one hides an earlier."""

STEPS: Mapping[str, SanctionState] = {
    kind: cast("SanctionState", state)
    for kind, state in CATALOGUE["sanction-imposed"].becomes.items()
    if kind not in WITHDRAWING
}
"""The kinds that bring a sanction to a state. It can be withdrawn with its decision, too."""

NOT_EXECUTED = "sanction-not-executed"

ENDED = frozenset(("lifted", "overturned", "withdrawn"))


class Course(NamedTuple):
    """The course of a sanction up to a moment.

    Attributes:
        state: `indeterminate` where the dates allow more than one.
        may_be: the states that they allow then; of a state that is known, nothing.
        ended_by: the event that brought it to its state, or to the last of those it may be in.
        executed_by: the event that executed it, or may have, whatever came after.
        cause: what kept it from being executed, where it is not executed, or may not be.
    """

    state: SanctionState
    may_be: tuple[SanctionState, ...] = ()
    ended_by: str | None = None
    executed_by: str | None = None
    cause: str | None = None

    def in_force(self, imposed: When) -> When:
        """Tell whether the sanction is in force: neither lifted, overturned nor withdrawn.

        Args:
            imposed: whether it had been imposed by then.
        """
        return in_force(self.may_be or (self.state,), imposed)


def in_force(states: Collection[SanctionState], imposed: When) -> When:
    """Tell whether a sanction is in force that is in one of some states, and was imposed."""
    ended = ENDED.issuperset(states)
    if ended or (imposed == "yes" and ENDED.isdisjoint(states)):
        return "no" if ended else "yes"
    return "unknown"


IMPOSED = Course("imposed")


def course(view: CaseView, fact: Fact) -> Course:
    """Work out the course of a sanction."""
    appeal, withdrawal = overturned(view, fact), withdrawn(view, fact)
    over = ran_out(view, fact)
    stands = appeal.answer == withdrawal.answer == over == "no"
    steps = list(view.upon(fact, *STEPS)) if fact.upon else []
    if not steps and stands:
        return IMPOSED
    if len(steps) == 1 and stands and _plain(view, step := steps[0]):
        executed_by = step.event_id if step.kind == "sanction-executed" else None
        cause = step.fields["cause"] if step.kind == NOT_EXECUTED else None
        return Course(STEPS[step.kind], (), step.event_id, executed_by, cause)
    liftings = [each for each in steps if each.kind == "sanction-lifted"]
    executions = [each for each in steps if each.kind == "sanction-executed"]
    given_up = [each for each in steps if each.kind == NOT_EXECUTED]
    unexecuted = any_of(view.when(each) for each in given_up)
    possible: dict[SanctionState, str | None] = {}
    lifted = any_of(view.when(each) for each in liftings)
    if lifted != "no":
        possible["lifted"] = liftings[0].event_id
    if lifted != "yes":
        if appeal.answer != "no":
            possible["overturned"] = appeal.by
        if appeal.answer != "yes" and withdrawal.answer != "no":
            possible["withdrawn"] = withdrawal.by
        if appeal.answer != "yes" and withdrawal.answer != "yes":
            if unexecuted != "no":
                possible["not executed"] = given_up[0].event_id
            if unexecuted != "yes" and over != "no":
                possible["run out"] = None
            if unexecuted != "yes" and over != "yes":
                possible.update(_running(view, fact, executions))
    states = tuple(state for state in ORDER if state in possible)
    return Course(
        states[0] if len(states) == 1 else "indeterminate",
        states if len(states) > 1 else (),
        possible[states[-1]],
        executions[0].event_id if executions else None,
        given_up[0].fields["cause"] if "not executed" in possible else None,
    )


def ran_out(view: CaseView, fact: Fact) -> When:
    """Tell whether the last day of a sanction has passed. Without a moment, nobody can tell."""
    if "until" not in fact.fields:
        return "no"
    return "unknown" if view.as_of is None else passed(fact.span("until"), view.as_of)


def suspended(view: CaseView, fact: Fact) -> When:
    """Tell whether a sanction that is not executed yet is on hold.

    A suspension whose last day has passed no longer suspends; one whose end is not stated does.
    """
    return any_of(_holding(view, fact, ()))


def _plain(view: CaseView, step: Fact) -> bool:
    """Tell whether a step, being the only one, settles the state at once; most do."""
    return view.as_of is None or (step.kind != "sanction-suspended" and view.when(step) == "yes")


def _running(
    view: CaseView, fact: Fact, executions: Sequence[Fact]
) -> Iterator[tuple[SanctionState, str | None]]:
    """Yield the states that a sanction not ended may be in, each with what brought it there."""
    executed = any_of(view.when(each) for each in executions)
    suspension = next((each.event_id for each in view.upon(fact, "sanction-suspended")), None)
    if executed != "yes":
        held = any_of(_holding(view, fact, ()))
        if held != "no":
            yield "suspended", suspension
        if held != "yes":
            yield "imposed", None
    if executed != "no":
        held = any_of(_holding(view, fact, executions))
        if held != "no":
            yield "suspended", suspension
        if held != "yes":
            yield "executed", executions[0].event_id


def _holding(view: CaseView, fact: Fact, executions: Sequence[Fact]) -> Iterator[When]:
    """Tell of each suspension whether it holds the sanction, which may have been executed since.

    An only execution is taken to have happened: where it had not, this is not asked.
    """
    alone = len(executions) == 1
    for each in view.upon(fact, "sanction-suspended"):
        over = (
            view.no_later(each, done)
            if alone
            else all_of((view.when(done), view.no_later(each, done)))
            for done in executions
        )
        yield all_of((view.when(each), opposite(_run_out(view, each)), opposite(any_of(over))))


def _run_out(view: CaseView, suspension: Fact) -> When:
    """Tell whether the last day of a suspension has passed. Without a moment, none has."""
    until = suspension.span("until")
    return "no" if view.as_of is None or until is None else passed(until, view.as_of)


class Terms(NamedTuple):
    """What a sanction takes: the measure, how much, for how many days."""

    measure: str
    amount: str | None
    days: int | None


class Variation(NamedTuple):
    """What a sanction is, and what an appeal made of it or may have made.

    Attributes:
        now: its terms, as far as they are certain.
        varied: whether they are not those first imposed any more, or whether that is open.
        by: the decision that varied it last, or may have, by event id.
        first: the terms as first imposed, where it was varied.
        perhaps: the terms that it may have, where that is open.
    """

    now: Terms
    varied: When = "no"
    by: str | None = None
    first: Terms | None = None
    perhaps: Terms | None = None


def variation(view: CaseView, sanction: Fact) -> Variation:
    """Tell what a sanction is after the appeals that were partly allowed."""
    imposed = terms(sanction.fields)
    now, by = imposed, None
    perhaps: tuple[Terms, str] | None = None
    for decided in varying(view, sanction) if sanction.upon else ():
        became = _varied(now, decided.fields)
        if view.when(decided) == "yes":
            now, by, perhaps = became, decided.event_id, None
        else:
            perhaps = became, decided.event_id
    if perhaps is not None:
        return Variation(now, "unknown", perhaps[1], imposed, perhaps[0])
    return Variation(now) if by is None else Variation(now, "yes", by, imposed)


def varying(view: CaseView, sanction: Fact) -> Iterator[Fact]:
    """Yield the decisions on appeal that say what a sanction became, in the order of recording."""
    for lodged in lodgings(view, sanction):
        for decided in view.upon(lodged, "appeal-decided"):
            if decided.fields["outcome"] == "partly-allowed" and _says(decided.fields):
                yield decided


def terms(fields: Mapping[str, Any]) -> Terms:
    """Read the terms of a sanction as it was imposed."""
    return Terms(fields["measure"], fields.get("amount"), fields.get("days"))


def _says(fields: Mapping[str, Any]) -> bool:
    return any(fields.get(f"becomes_{name}") is not None for name in Terms._fields)


def _varied(before: Terms, fields: Mapping[str, Any]) -> Terms:
    """Vary some terms: with another measure nothing of them stays, else what is not told does."""
    measure = fields.get("becomes_measure") or before.measure
    kept = before if measure == before.measure else Terms(measure, None, None)
    amount, days = fields.get("becomes_amount"), fields.get("becomes_days")
    return Terms(measure, amount or kept.amount, days or kept.days)
