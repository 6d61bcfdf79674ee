"""The course of a sanction: executed, on hold, lifted, overturned, withdrawn; or which of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, cast

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.appeals import overturned
from answerable.projections.accountability.withdrawals import WITHDRAWING, withdrawn
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import passed

SanctionState = Literal[
    "imposed", "suspended", "executed", "withdrawn", "overturned", "lifted", "indeterminate"
]

ORDER: tuple[SanctionState, ...] = (
    *("imposed", "suspended", "executed"),
    *("withdrawn", "overturned", "lifted"),
)
"""The states in the order in which a sanction comes to them; a later one hides an earlier."""

STEPS: Mapping[str, SanctionState] = {
    kind: cast("SanctionState", state)
    for kind, state in CATALOGUE["sanction-imposed"].becomes.items()
    if kind not in WITHDRAWING
}
"""The kinds that bring a sanction to a state. It can be withdrawn with its decision, too."""

ENDED = frozenset(("lifted", "overturned", "withdrawn"))


class Course(NamedTuple):
    """The course of a sanction up to a moment.

    Attributes:
        state: `indeterminate` where the dates allow more than one.
        may_be: the states that they allow then; of a state that is known, nothing.
        ended_by: the event that brought it to its state, or to the last of those it may be in.
        executed_by: the event that executed it, or may have, whatever came after.
    """

    state: SanctionState
    may_be: tuple[SanctionState, ...] = ()
    ended_by: str | None = None
    executed_by: str | None = None


IMPOSED = Course("imposed")


def course(view: CaseView, fact: Fact) -> Course:
    """Work out the course of a sanction."""
    appeal, withdrawal = overturned(view, fact), withdrawn(view, fact)
    stands = appeal.answer == withdrawal.answer == "no"
    steps = list(view.upon(fact, *STEPS)) if fact.upon else []
    if not steps and stands:
        return IMPOSED
    if len(steps) == 1 and stands and _plain(view, step := steps[0]):
        executed_by = step.event_id if step.kind == "sanction-executed" else None
        return Course(STEPS[step.kind], (), step.event_id, executed_by)
    liftings = [each for each in steps if each.kind == "sanction-lifted"]
    executions = [each for each in steps if each.kind == "sanction-executed"]
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
            possible.update(_running(view, fact, executions))
    states = tuple(state for state in ORDER if state in possible)
    return Course(
        states[0] if len(states) == 1 else "indeterminate",
        states if len(states) > 1 else (),
        possible[states[-1]],
        executions[0].event_id if executions else None,
    )


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
