"""Check what a case accepts next.

The ledger records; policy judges. So a case refuses only what is impossible: a reference to an
event that is not there, a sanction carried out that was never imposed, a step on what was
retracted, an event on a closed case. An event that breaks every policy of the house is still a
fact, and is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.domain.kinds import FAMILIES, REVISING, TARGETS
from answerable.domain.kinds.catalogue import CATALOGUE

RECORD = frozenset(FAMILIES["record"])
LIFECYCLE = frozenset(FAMILIES["case"])


class CaseStep(NamedTuple):
    """An event as its case remembers it: its kind, its number, and the event it acts upon."""

    event_id: str
    kind: str
    version: int
    target: str | None


class CaseState:
    """The fold of one case's events, as far as it bears on what can come next."""

    __slots__ = ("case_id", "closed", "opened", "retracted", "steps", "upon", "version")

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.version = 0
        self.opened = False
        self.closed = False
        self.steps: dict[str, CaseStep] = {}
        self.upon: dict[str, list[str]] = {}
        self.retracted: set[str] = set()

    def apply(self, event_id: str, kind: str, target: str | None) -> int:
        """Take in the case's next event; `target` is the event that it acts upon, if any.

        Returns:
            The event's number within the case.
        """
        self.version += 1
        self.steps[event_id] = CaseStep(event_id, kind, self.version, target)
        if target is not None:
            self.upon.setdefault(target, []).append(event_id)
            if kind == "retraction":
                self.retracted.add(target)
        elif kind in LIFECYCLE:
            self.opened = True
            self.closed = kind == "case-closed"
        return self.version

    def standing_steps(self, target: str) -> Iterable[CaseStep]:
        """List the steps upon an event that were not retracted themselves."""
        return (
            self.steps[event_id]
            for event_id in self.upon.get(target, ())
            if event_id not in self.retracted
        )


KindElsewhere = Callable[[str], str | None]
"""The kind of an event anywhere in the ledger, by its id; None where there is no such event."""


def target_of(event: Event) -> str | None:
    """Return the event of its own case that an event acts upon, if any."""
    field = TARGETS.get(event.kind)
    return None if field is None else getattr(event, field)


def check_possible(state: CaseState, event: Event, elsewhere: KindElsewhere) -> str | None:
    """Check that an event is possible now.

    Args:
        state: the fold of the case so far.
        event: the event that is to come next.
        elsewhere: finds the kind of an event in another case.

    Returns:
        The event of the case that it acts upon, if any.

    Raises:
        Refused: it is impossible; the error names the field and the reason.
    """
    if state.closed or event.kind in LIFECYCLE:
        _check_lifecycle(state, event.kind)
    if event.kind == "appeal-decided":
        _check_varies_a_sanction(state, event)
    model, fields, steps = type(event), event.__dict__, state.steps
    target: str | None = None
    for field, refers in model.references.items():
        value = fields[model.attributes[field]]
        if not value:
            continue
        if refers.here:
            _check_target(state, event, field, value, refers.kinds)
            target = value
            continue
        for event_id in (value,) if isinstance(value, str) else value:
            if refers.kinds or event_id not in steps:
                _check_reference(state, field, event_id, refers.kinds, elsewhere)
    return target


def _check_varies_a_sanction(state: CaseState, event: Event) -> None:
    """Check that what is varied on appeal is a sanction: each can be appealed alone."""
    told = [name for name in event.attributes if name.startswith("becomes_") and event.told(name)]
    lodged = state.steps.get(event.told("appeal"))
    against = None if lodged is None or lodged.target is None else state.steps[lodged.target]
    if told and against is not None and against.kind != "sanction-imposed":
        raise Refused(
            f"the appeal is against a {against.kind}, and {told[0]} tells what a sanction became.",
            field=told[0],
            hint="Record an appeal against the sanction itself, and decide that one.",
        )


def _check_lifecycle(state: CaseState, kind: str) -> None:
    if state.closed and kind != "case-reopened" and kind not in RECORD:
        raise Refused(
            f"the case {state.case_id!r} is closed, so it takes no {kind}.",
            field="case_id",
            hint="Record case-reopened first, or a correction of what is there.",
        )
    if kind == "case-opened" and state.opened:
        raise Refused(
            f"the case {state.case_id!r} was opened before.",
            field="kind",
            hint="Use another case_id for another case, or a correction for other details.",
        )
    if kind == "case-closed" and not state.opened:
        raise Refused(
            f"the case {state.case_id!r} was never opened, so it cannot be closed.",
            field="kind",
            hint="Record case-opened first.",
        )
    if kind == "case-reopened" and not state.closed:
        raise Refused(
            f"the case {state.case_id!r} is not closed, so it cannot be reopened.", field="kind"
        )


def _check_target(
    state: CaseState, event: Event, field: str, target: str, kinds: tuple[str, ...]
) -> None:
    step = state.steps.get(target)
    if step is None:
        raise Refused(
            f"there is no event {target} in the case {state.case_id!r}.",
            field=field,
            hint="Look for its id among the events of the case.",
            cli_hint=f"`answerable log --case {state.case_id}` lists the events and their ids.",
        )
    _check_kind(field, target, step.kind, kinds)
    if target in state.retracted:
        raise Refused(
            f"the {step.kind} {target} was retracted, so nothing more can follow from it.",
            field=field,
        )
    if event.kind in REVISING:
        _check_amendment(event.kind, field, step)
    for earlier in state.standing_steps(target):
        if earlier.kind in CATALOGUE[event.kind].not_after:
            raise Refused(
                f"the {step.kind} {target} already has a {earlier.kind} "
                f"({earlier.event_id}), so it takes no {event.kind}.",
                field=field,
                hint="If that one is wrong, retract it first.",
            )


def _check_amendment(kind: str, field: str, target: CaseStep) -> None:
    if target.kind == "retraction" or (kind == "correction" and target.kind == "correction"):
        raise Refused(
            f"a {kind} cannot be about a {target.kind}.",
            field=field,
            hint="Record the event again, or correct the event itself again.",
        )
    if kind == "retraction" and target.kind in LIFECYCLE:
        raise Refused(
            f"a {target.kind} cannot be retracted: events rest on it.",
            field=field,
            hint="Record case-closed or case-reopened, or a correction.",
        )


def _check_reference(
    state: CaseState,
    field: str,
    event_id: str,
    kinds: tuple[str, ...],
    elsewhere: KindElsewhere,
) -> None:
    step = state.steps.get(event_id)
    found = step.kind if step is not None else elsewhere(event_id)
    if found is None:
        raise Refused(
            f"there is no event {event_id} in this ledger.",
            field=field,
            hint="Record what it rests on first.",
            cli_hint="Record what it rests on first; `answerable log` lists the events and their "
            "ids.",
        )
    _check_kind(field, event_id, found, kinds)


def _check_kind(field: str, event_id: str, found: str, kinds: tuple[str, ...]) -> None:
    if kinds and found not in kinds:
        raise Refused(
            f"{event_id} is a {found}, not {' or '.join(kinds)}.",
            field=field,
            hint=f"Refer to {' or '.join(kinds)}.",
        )
