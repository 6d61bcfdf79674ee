"""Tell how an agreement stands: proposed, in force, breached, ended, rejected; or which of these.

A proposal comes into force once it is accepted, or from the day that it names itself. A breach
alone does not end it. What was rejected is not in force, whatever else was said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, cast

from answerable.domain import dates
from answerable.domain.answers import as_dict, judging
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.accountability.outside.commitments import (
    Commitment,
    agreement_behind,
    commitments_upon,
)
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import passed

AGREEMENT = "agreement-made"

AgreementState = Literal["proposed", "in force", "breached", "ended", "rejected", "indeterminate"]

ORDER: tuple[AgreementState, ...] = ("proposed", "in force", "breached", "ended", "rejected")
"""The states in the order in which an agreement comes to them; a later one hides an earlier."""

BREACHED = "agreement-breached"

RUNNING = frozenset(("in force", "breached"))
"""The states in which an agreement binds."""

STEPS = cast("Mapping[str, AgreementState]", CATALOGUE[AGREEMENT].becomes)
"""The kinds that bring an agreement to a state."""


class AgreementCourse(NamedTuple):
    """The course of an agreement up to a moment.

    Attributes:
        state: `indeterminate` where the dates allow more than one.
        may_be: the states that they allow then; of a state that is known, nothing.
        by: the event that brought it to its state, or to the last of those it may be in.
    """

    state: AgreementState
    may_be: tuple[AgreementState, ...] = ()
    by: str | None = None


@judging("in_force")
class Agreement(NamedTuple):
    """An agreement between parties, and how it stands at the moment asked about.

    Attributes:
        case_id: the case that tells of it.
        between: its parties. None of them is a judge in it.
        from_: from when it is in force by itself (EDTF), where that is told.
        state: `indeterminate` where the dates allow more than one; `may_be` then has each.
        brought_by: the event that brought it to its state, or may have, by id.
        terms: what was promised in it. They are owed as far as it came into force.
        breached: whether it was held to have been broken, also where it has ended since.
        as_of: whether it had been made by the moment asked about.
        said_by_others: what it is only alleged to have become.
    """

    case_id: str
    event_id: str
    position: int
    type: str
    between: tuple[str, ...]
    monitor: str | None
    from_: str | None
    until: str | None
    occurred: str | None
    standing: str
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    state: AgreementState
    may_be: tuple[AgreementState, ...]
    brought_by: str | None
    terms: tuple[Commitment, ...]
    as_of: When = "yes"
    said_by_others: tuple[Hearsay, ...] = ()
    breached: When = "no"

    @property
    def in_force(self) -> When:
        """Tell whether it binds its parties: accepted, and neither ended nor rejected.

        One that is only alleged is not known to bind anybody.
        """
        if self.standing == "alleged":
            return "no"
        states = self.may_be or (self.state,)
        if RUNNING.isdisjoint(states):
            return "no"
        return "yes" if RUNNING.issuperset(states) and self.as_of == "yes" else "unknown"

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the parties that it names, each once."""
        named = (*self.between, self.monitor, *(each.by for each in self.terms))
        return tuple(dict.fromkeys(party for party in named if party is not None))

    def as_dict(self) -> dict[str, Any]:
        """Return the agreement as JSON has it."""
        return as_dict(self)


@once
def agreements_of(view: CaseView) -> tuple[Agreement, ...]:
    """List the agreements of a case, in the order of recording."""
    return tuple(agreement_of(view, fact) for fact in view.standing(AGREEMENT))


def agreement_course(view: CaseView, fact: Fact) -> AgreementCourse:
    """Work out the course of an agreement."""
    steps = {state: list(view.upon(fact, kind)) for kind, state in STEPS.items()}
    happened = {state: any_of(map(view.when, facts)) for state, facts in steps.items()}
    in_time = any_of((happened["in force"], _begun(view, fact)))
    begun = any_of((in_time, happened["breached"]))
    run_out = _run_out(view, fact)
    stands = opposite(happened["rejected"])
    lasts = all_of((stands, opposite(happened["ended"])))
    within = all_of((lasts, opposite(run_out)))
    possible: dict[AgreementState, When] = {
        "proposed": all_of((opposite(begun), lasts)),
        "in force": all_of((in_time, opposite(happened["breached"]), within)),
        "breached": all_of((happened["breached"], within)),
        "ended": all_of((any_of((happened["ended"], all_of((begun, run_out)))), stands)),
        "rejected": happened["rejected"],
    }
    states = tuple(state for state in ORDER if possible[state] != "no")
    return AgreementCourse(
        states[0] if len(states) == 1 else "indeterminate",
        states if len(states) > 1 else (),
        next((each.event_id for each in steps.get(states[-1], ())), None),
    )


def binding(view: CaseView, promise: Fact) -> When:
    """Tell whether a promise is owed: not one in an agreement that was only proposed, or rejected.

    What was owed when an agreement ended is still owed, unless it is fulfilled or released.
    """
    fact = agreement_behind(view, promise)
    if fact is None:
        return "yes"
    return _owed(agreement_course(view, fact))


def _owed(found: AgreementCourse) -> When:
    states = found.may_be or (found.state,)
    owed = [state not in ("proposed", "rejected") for state in states]
    return "yes" if all(owed) else "unknown" if any(owed) else "no"


def agreement_of(view: CaseView, fact: Fact) -> Agreement:
    """Tell how an agreement stands, and each of its terms."""
    fields = fact.fields
    course = agreement_course(view, fact)
    return Agreement(
        case_id=view.case_id,
        event_id=fact.event_id,
        position=fact.event.position,
        type=fields["type"],
        between=tuple(fields["between"]),
        monitor=fields.get("monitor"),
        from_=fields.get("from"),
        until=fields.get("until"),
        occurred=fields.get("occurred"),
        said_by_others=hearsay_of(view, fact),
        standing=fields["standing"],
        disputed_by=fact.disputes,
        corrected_by=fact.corrections,
        state=course.state,
        may_be=course.may_be,
        brought_by=course.by,
        terms=tuple(commitments_upon(view, fact, _owed(course))),
        as_of=view.when(fact),
        breached=any_of(map(view.when, view.upon(fact, BREACHED))),
    )


def _begun(view: CaseView, fact: Fact) -> When:
    """Tell whether the day had come that an agreement names itself; where it names none, no."""
    start = fact.span("from")
    if start is None or view.as_of is None:
        return "no" if start is None else "yes"
    return dates.by(start, view.as_of)


def _run_out(view: CaseView, fact: Fact) -> When:
    """Tell whether an agreement's last day had passed. Without a moment, nobody can tell."""
    until = fact.span("until")
    if until is None or view.as_of is None:
        return "no" if until is None else "unknown"
    return passed(until, view.as_of)
