"""What is open in a case: what was begun, imposed or promised, and has no end on record.

An end that is on record, but may lie after the moment asked about, leaves it `unknown` whether
the thing was open. Whether something is overdue is judged only by a deadline that is on record,
and only as of a moment that is given: there is no clock here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds import FAMILIES
from answerable.projections.facts import CaseFacts, Fact
from answerable.projections.terms import passed, span

What = Literal[
    "sanction to execute",
    "appeal to decide",
    "allegation without a finding",
    "investigation to conclude",
    "report to acknowledge",
    "report without feedback",
    "commitment to fulfil",
    "remediation to verify",
    "legal hold",
    "case to close",
]


class Obligation(NamedTuple):
    """One thing that is open.

    Attributes:
        event_id: the event that it began with.
        party: who owes it, or whom it is about, where that is told: the person sanctioned, the
            appellant, the subject of an allegation or of a hold, the lead of an investigation,
            who promised, who owns the remediation or the case.
        due: by when (EDTF), where that is told.
        occurred: since when it is open (EDTF), where that is told.
        open: `unknown` where it may have ended, or may not have begun, by the moment asked about.
        overdue: whether its deadline had passed by then; None where nothing was asked.
        suspended: whether a sanction is on hold.
    """

    what: What
    case_id: str
    event_id: str
    position: int
    party: str | None
    due: str | None
    occurred: str | None
    recorded_at: str
    open: When
    overdue: When | None
    suspended: bool = False


class _Duty(NamedTuple):
    """A kind of event that leaves something open, and what ends it."""

    what: What
    ended_by: tuple[str, ...]
    party: str


DUTIES: Mapping[str, tuple[_Duty, ...]] = {
    "sanction-imposed": (
        _Duty("sanction to execute", ("sanction-executed", "sanction-lifted"), "subject"),
    ),
    "appeal-lodged": (_Duty("appeal to decide", ("appeal-decided",), "appellant"),),
    "allegation-made": (_Duty("allegation without a finding", ("finding-made",), "subject"),),
    "investigation-opened": (
        _Duty("investigation to conclude", ("investigation-concluded",), "lead"),
    ),
    "report-received": (
        _Duty("report to acknowledge", ("report-acknowledged",), ""),
        _Duty("report without feedback", ("feedback-given",), ""),
    ),
    "commitment-made": (_Duty("commitment to fulfil", ("commitment-fulfilled",), "by"),),
    "remediation-opened": (_Duty("remediation to verify", ("remediation-verified",), "owner"),),
    "legal-hold-set": (_Duty("legal hold", ("legal-hold-lifted",), "subject"),),
}


def obligations(facts: CaseFacts, *, as_of: datetime | None = None) -> tuple[Obligation, ...]:
    """What is open in a case, in the order of recording.

    Args:
        facts: the case.
        as_of: looks from this moment: what began later is left out, and deadlines are judged.
    """
    return tuple(sorted(_found(facts, as_of), key=lambda each: each.position))


def open_investigations(facts: CaseFacts, *, as_of: datetime | None = None) -> dict[str, When]:
    """The investigations not known to be concluded, by event id: open, or perhaps open.

    A conclusion that names none concludes the only one that was open; of several, it is unknown
    which.
    """
    found: dict[str, When] = {}
    for fact in facts.standing("investigation-opened", "investigation-concluded", as_of=as_of):
        if fact.kind == "investigation-opened":
            found[fact.event_id] = fact.when(as_of)
            continue
        about = fact.fields.get("investigation")
        closed = [about] if about else list(found)
        for event_id in closed:
            if event_id in found:
                if len(closed) == 1 and fact.when(as_of) == "yes":
                    del found[event_id]
                else:
                    found[event_id] = "unknown"
    return found


def _found(facts: CaseFacts, as_of: datetime | None) -> Iterator[Obligation]:
    investigations = open_investigations(facts, as_of=as_of)
    for fact in facts.standing(*DUTIES, as_of=as_of):
        for duty in DUTIES[fact.kind]:
            if fact.kind == "investigation-opened":
                still = investigations.get(fact.event_id, "no")
            else:
                still = _still_open(facts, fact, duty, as_of)
            if still != "no":
                yield _obligation(facts, fact, duty.what, duty.party, still, as_of)
    yield from _case(facts, as_of)


def _still_open(facts: CaseFacts, fact: Fact, duty: _Duty, as_of: datetime | None) -> When:
    ends = [later.when(as_of) for later in facts.upon(fact, *duty.ended_by, as_of=as_of)]
    ends.extend(_overturning(facts, fact, as_of))
    if "yes" in ends:
        return "no"
    return "unknown" if ends else fact.when(as_of)


def _overturning(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> Iterator[When]:
    """A sanction that was overturned on appeal is not to be executed."""
    if fact.kind != "sanction-imposed":
        return
    for lodged in facts.upon(fact, "appeal-lodged", as_of=as_of):
        for decided in facts.upon(lodged, "appeal-decided", as_of=as_of):
            if decided.fields["outcome"] == "allowed":
                yield decided.when(as_of)


def _case(facts: CaseFacts, as_of: datetime | None) -> Iterator[Obligation]:
    opening: Fact | None = None
    still: When = "no"
    for fact in facts.standing(*FAMILIES["case"], as_of=as_of):
        if fact.kind == "case-opened":
            opening = fact
        if fact.when(as_of) == "unknown":
            still = "unknown"
        else:
            still = "no" if fact.kind == "case-closed" else "yes"
    if opening is not None and still != "no":
        yield _obligation(facts, opening, "case to close", "owner", still, as_of)


def _obligation(
    facts: CaseFacts, fact: Fact, what: What, party: str, still: When, as_of: datetime | None
) -> Obligation:
    fields = fact.fields
    suspended = what == "sanction to execute" and _suspended(facts, fact, as_of)
    return Obligation(
        what=what,
        case_id=facts.case_id,
        event_id=fact.event_id,
        position=fact.event.position,
        party=fields.get(party),
        due=fields.get("due"),
        occurred=fields.get("occurred"),
        recorded_at=fact.event.recorded_at,
        open=still,
        overdue=None if as_of is None else _overdue(fact, as_of, suspended),
        suspended=suspended,
    )


def _suspended(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> bool:
    """Whether a suspension is not known to be over."""
    return any(
        as_of is None or passed(span(later.fields, "until"), as_of) != "yes"
        for later in facts.upon(fact, "sanction-suspended", as_of=as_of)
    )


def _overdue(fact: Fact, as_of: datetime, suspended: bool) -> When:
    """Whether a deadline on record had passed. Being on hold, a sanction may have another."""
    answer = passed(span(fact.fields, "due"), as_of)
    return "unknown" if suspended and answer == "yes" else answer
