"""Judge whether what was imposed, promised or opened is done, and by its due date.

A sanction is executed, or lifted with a reason, by its due date (US GAO-15-156). Done late is not
done in time: how late is told in days.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.dates import When, describe, elapsed
from answerable.projections.accountability.obligations import DUTIES, Obligation, obligations_of
from answerable.projections.accountability.sanctions import NOT_EXECUTED, course
from answerable.projections.accountability.withdrawals import undone
from answerable.projections.conformance.verdict import (
    Judgement,
    Point,
    Verdict,
    nothing,
    numbered,
    sanction_named,
    unless_told,
    verdict,
)
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of, opposite
from answerable.projections.facts.time import lasted
from answerable.projections.grounds.problems import steps_before
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import dated

SANCTION = "sanction-imposed"
EXECUTION = "sanction-executed"
ENDED_AS = {"commitment-released": "released", NOT_EXECUTED: "known not to be executed"}
HOLD = "sanction-suspended"
ENDS = next(duty.ended_by for duty in DUTIES[SANCTION] if duty.what == "sanction to execute")


def execution(view: CaseView) -> Verdict:
    """Check that every sanction is executed, lifted, overturned or withdrawn, and in time."""
    rule = "execution"
    imposed = [fact for fact in view.standing(SANCTION) if not fact.alleged]
    if not imposed:
        return nothing(rule, "no sanction is imposed.")
    due = (each for each in obligations_of(view) if each.what == "sanction to execute")
    points = [_unexecuted(view, each) for each in due]
    for fact in imposed:
        points.extend(_late(view, fact, (EXECUTION,)))
        points.extend(_early(view, fact))
    witnesses = (each.event_id for each in imposed)
    said = "Every sanction was executed, lifted, overturned or withdrawn"
    given_up = sum(course(view, fact).state == "not executed" for fact in imposed)
    said += f", but for {counted(given_up, 'sanction')} not executed." if given_up else "."
    return verdict(rule, points, said, witnesses)


def deadlines(view: CaseView) -> Verdict:
    """Check that whatever has a due date is done by then: sanctions, commitments, remediations."""
    rule = "deadlines"
    due = (fact for fact in view.standing(*DUTIES) if "due" in fact.fields)
    bound = [fact for fact in due if not fact.alleged]
    if not bound:
        return nothing(rule, "nothing has a due date.")
    points = [_undone(view, each) for each in obligations_of(view) if each.due is not None]
    for fact in bound:
        for duty in DUTIES[fact.kind]:
            points.extend(_late(view, fact, duty.ended_by))
    witnesses = (fact.event_id for fact in bound)
    return verdict(rule, points, "Whatever has a due date was done by then.", witnesses)


def _late(view: CaseView, fact: Fact, ends: tuple[str, ...]) -> Iterator[Point]:
    """Yield the point that something was done after its due date, or may have been."""
    done = [end for end in view.endings(fact, *ends) if view.in_effect(end) == "yes"]
    due = fact.span("due")
    if due is None or not done:
        return
    kept = any_of(lasted(due, view.effect_span(end)) for end in done)
    if kept == "yes":
        return
    first, *_ = done
    item = f"{_named(view, fact)}, {dated('due', fact.fields['due'])}"
    how = ENDED_AS.get(first.kind, "done")
    item += f", {dated(how, first.effect)}"
    events = (fact.event_id, *(end.event_id for end in done))
    if kept == "unknown":
        text = "Whether it was done by its due date is not told"
        yield Point("indeterminate", events, text, item, f"when {_named(view, fact)} was done")
        return
    item += f", {describe(elapsed(due, view.effect_span(first)))} late"
    if any(view.upon(fact, HOLD)):
        text = "Done after its due date; it was suspended, and that may have moved"
        yield Point("indeterminate", events, text, item, f"the new due date of {item}")
        return
    point = Point("fail", events, f"{how.capitalize()} after its due date", item)
    yield unless_told(point, view.when(fact), *_unless_fallen(view, fact))


def _early(view: CaseView, fact: Fact) -> Iterator[Point]:
    """Yield the point that a sanction was executed or lifted before it was imposed."""
    for _, end in steps_before([FactInCase(view, fact)]):
        if end.kind in ENDS:
            item = f"{_named(view, fact)}, {dated('done', end.effect)} ({numbered(end)})"
            point = Point(
                "fail", (fact.event_id, end.event_id), "Dated before it was imposed", item
            )
            yield unless_told(point, view.when(fact), *_unless_fallen(view, fact))


def _unless_fallen(view: CaseView, fact: Fact) -> Iterator[When]:
    if fact.kind == SANCTION:
        yield opposite(undone(view, fact))


def _undone(view: CaseView, due: Obligation) -> Point:
    return _open(view, due, "It is not on record as done", "completion")


def _unexecuted(view: CaseView, due: Obligation) -> Point:
    return _open(view, due, "No execution is on record", "execution")


def _open(view: CaseView, due: Obligation, undone: str, asked: str) -> Point:
    """Judge something that is open, or may be."""
    about = _named(view, view.facts[due.event_id])
    judgement: Judgement = "indeterminate"
    if due.open == "unknown":
        text = "Whether it was still to be carried out by then is not told"
    elif due.suspended == "yes":
        judgement, text = "pending", "Suspended"
    elif due.due is None:
        text = f"{undone}, and no due date"
    elif due.overdue is None:
        text = f"{undone}, and no moment was given to judge its due date by"
    elif due.overdue == "unknown":
        text = f"{undone}, and whether it was due by then cannot be told"
    elif due.overdue == "yes":
        judgement, text = "fail", "Overdue"
    else:
        judgement, text = "pending", "Not due yet"
    item = about if due.due is None else f"{about}, {dated('due', due.due)}"
    missing = None if judgement == "pending" else f"{asked} of {about}"
    return Point(judgement, (due.event_id,), text, item, missing)


def _named(view: CaseView, fact: Fact) -> str:
    """Name what is to be done: "fine of Ann (#3)", "commitment of Ann (#4)"."""
    if fact.kind == SANCTION:
        return sanction_named(view, fact)
    party = fact.fields.get(DUTIES[fact.kind][0].party)
    whose = f" of {view.name_of(party)}" if party else ""
    return f"{fact.kind.partition('-')[0]}{whose} ({numbered(fact)})"
