"""Who is answerable for what in a case, on which finding, under which sanctions.

A person is *accountable* in a case where a finding of responsibility about them stands, or a
sanction against them does. A role is not guilt, an announcement is not a decision, an interim
measure is not a sanction; an acquittal is kept in view, beside what was first said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.projections.facts import CaseFacts, Fact

SanctionState = Literal["imposed", "suspended", "executed", "lifted", "overturned"]
AppealState = Literal["none", "pending", "allowed", "partly-allowed", "dismissed", "withdrawn"]

BLAME = frozenset(
    ("direct", "managerial", "executive", "collective", "contributory", "third-party")
)


class Finding(NamedTuple):
    """A finding about a person, as it stands.

    `as_of` tells whether it had been made by the moment asked about: `yes`, or `unknown` where its
    date does not tell.
    """

    event_id: str
    position: int
    outcome: str
    responsibility: str
    offence_class: str | None
    severity: str | None
    clause: str | None
    occurred: str | None
    standing: str
    appeal: AppealState
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    basis: tuple[str, ...]
    as_of: When = "yes"

    @property
    def blames(self) -> bool:
        """Whether it holds the person responsible, and was not overturned."""
        return (
            self.outcome == "substantiated"
            and self.responsibility in BLAME
            and self.appeal != "allowed"
        )


class Sanction(NamedTuple):
    """A measure against a person, and what became of it.

    `ended_by` is the event that executed, lifted, suspended or overturned it; `executed_by` the
    one that executed it, whatever came after. `as_of` tells whether it had been imposed by the
    moment asked about, `state_as_of` whether it had come to its state.
    """

    event_id: str
    position: int
    measure: str
    state: SanctionState
    period: str | None
    amount: str | None
    days: int | None
    occurred: str | None
    announced: str | None
    announced_by: str | None
    effective: str | None
    due: str | None
    standing: str
    appeal: AppealState
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    basis: tuple[str, ...]
    ended_by: str | None = None
    executed_by: str | None = None
    as_of: When = "yes"
    state_as_of: When = "yes"

    @property
    def in_force(self) -> bool:
        """Whether it was neither lifted nor overturned."""
        return self.state not in ("lifted", "overturned")


class Interim(NamedTuple):
    """A measure for the time of the inquiry. It is not a sanction."""

    event_id: str
    position: int
    measure: str
    occurred: str | None
    until: str | None
    as_of: When = "yes"


Said = Finding | Sanction | Interim
"""What can be said of a person."""


class Person(NamedTuple):
    """One party's accountability in one case."""

    case_id: str
    party: str
    findings: tuple[Finding, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    interim: tuple[Interim, ...] = ()

    @property
    def accountable(self) -> bool:
        """Whether a finding holds them responsible, or a sanction against them is in force."""
        return any(each.blames for each in self.findings) or any(
            each.in_force for each in self.sanctions
        )

    @property
    def certain(self) -> bool:
        """Whether they are accountable beyond doubt as of the moment asked about."""
        return any(each.blames and each.as_of == "yes" for each in self.findings) or any(
            each.in_force and each.as_of == "yes" for each in self.sanctions
        )

    @property
    def responsibility(self) -> tuple[str, ...]:
        """In which ways they were found responsible, each once."""
        return tuple(dict.fromkeys(each.responsibility for each in self.findings if each.blames))

    @property
    def disputed(self) -> bool:
        """Whether anything said of them here is disputed."""
        blame: tuple[Finding | Sanction, ...] = (*self.findings, *self.sanctions)
        return any(each.disputed_by or each.standing == "disputed" for each in blame)


class Accountability(NamedTuple):
    """The accountability state of one case."""

    case_id: str
    people: tuple[Person, ...] = ()

    @property
    def accountable(self) -> tuple[Person, ...]:
        """Those who are accountable."""
        return tuple(person for person in self.people if person.accountable)


def accountability(facts: CaseFacts, *, as_of: datetime | None = None) -> Accountability:
    """The accountability state that the facts of a case amount to.

    Args:
        facts: the case, as far as it was known.
        as_of: leaves out what had not happened by then; what may or may not have is marked.
    """
    findings: dict[str, list[Finding]] = {}
    sanctions: dict[str, list[Sanction]] = {}
    interim: dict[str, list[Interim]] = {}
    parties: dict[str, None] = {}
    for fact in facts.standing(
        "finding-made", "sanction-imposed", "interim-measure-taken", as_of=as_of
    ):
        party = fact.fields["subject"]
        parties[party] = None
        if fact.kind == "finding-made":
            findings.setdefault(party, []).append(_finding(facts, fact, as_of))
        elif fact.kind == "sanction-imposed":
            sanctions.setdefault(party, []).append(_sanction(facts, fact, as_of))
        else:
            interim.setdefault(party, []).append(_interim(fact, as_of))
    return Accountability(
        facts.case_id,
        tuple(
            Person(
                facts.case_id,
                party,
                tuple(findings.get(party, ())),
                tuple(sanctions.get(party, ())),
                tuple(interim.get(party, ())),
            )
            for party in parties
        ),
    )


def said(facts: CaseFacts, fact: Fact, *, as_of: datetime | None = None) -> Said | None:
    """What one event says of a person, if it does and stands: an item of the state above."""
    if not fact.stands or fact.when(as_of) == "no":
        return None
    if fact.kind == "finding-made":
        return _finding(facts, fact, as_of)
    if fact.kind == "sanction-imposed":
        return _sanction(facts, fact, as_of)
    return _interim(fact, as_of) if fact.kind == "interim-measure-taken" else None


def _finding(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> Finding:
    fields = fact.fields
    return Finding(
        event_id=fact.event_id,
        position=fact.event.position,
        outcome=fields["outcome"],
        responsibility=fields["responsibility"],
        offence_class=fields.get("offence_class"),
        severity=fields.get("severity"),
        clause=fields.get("clause"),
        occurred=fields.get("occurred"),
        standing=fields["standing"],
        appeal=appeal_state(facts, fact, as_of),
        disputed_by=fact.disputes,
        corrected_by=fact.corrections,
        basis=tuple(fields.get("basis", ())),
        as_of=fact.when(as_of),
    )


def _sanction(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> Sanction:
    fields = fact.fields
    appeal = appeal_state(facts, fact, as_of)
    state, ended_by = _sanction_state(facts, fact, appeal, as_of)
    return Sanction(
        event_id=fact.event_id,
        position=fact.event.position,
        measure=fields["measure"],
        state=state,
        period=fields.get("period"),
        amount=fields.get("amount"),
        days=fields.get("days"),
        occurred=fields.get("occurred"),
        announced=fields.get("announced"),
        announced_by=fields.get("announced_by"),
        effective=fields.get("effective"),
        due=fields.get("due"),
        standing=fields["standing"],
        appeal=appeal,
        disputed_by=fact.disputes,
        corrected_by=fact.corrections,
        basis=tuple(fields.get("basis", ())),
        ended_by=ended_by,
        executed_by=next(
            (each.event_id for each in facts.upon(fact, "sanction-executed", as_of=as_of)), None
        ),
        as_of=fact.when(as_of),
        state_as_of=facts.facts[ended_by].when(as_of) if ended_by else "yes",
    )


def _sanction_state(
    facts: CaseFacts, fact: Fact, appeal: AppealState, as_of: datetime | None
) -> tuple[SanctionState, str | None]:
    state: SanctionState = "imposed"
    ended_by: str | None = None
    for later in facts.upon(
        fact, "sanction-executed", "sanction-suspended", "sanction-lifted", as_of=as_of
    ):
        ended_by = later.event_id
        if later.kind == "sanction-lifted":
            return "lifted", ended_by
        state = "executed" if later.kind == "sanction-executed" else "suspended"
    if appeal == "allowed":
        return "overturned", _deciding(facts, fact, as_of)
    return state, ended_by


def _interim(fact: Fact, as_of: datetime | None) -> Interim:
    return Interim(
        event_id=fact.event_id,
        position=fact.event.position,
        measure=fact.fields["measure"],
        occurred=fact.fields.get("occurred"),
        until=fact.fields.get("until"),
        as_of=fact.when(as_of),
    )


def appeal_state(facts: CaseFacts, fact: Fact, as_of: datetime | None = None) -> AppealState:
    """What became of the appeals against a fact: of one that was allowed, else of the latest."""
    state: AppealState = "none"
    for lodged in facts.upon(fact, "appeal-lodged", as_of=as_of):
        state = "pending"
        for decided in facts.upon(lodged, "appeal-decided", as_of=as_of):
            state = decided.fields["outcome"]
            if state == "allowed":
                return state
    return state


def _deciding(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> str | None:
    decisions = [
        decided.event_id
        for lodged in facts.upon(fact, "appeal-lodged", as_of=as_of)
        for decided in facts.upon(lodged, "appeal-decided", as_of=as_of)
        if decided.fields["outcome"] == "allowed"
    ]
    return decisions[0] if decisions else None
