"""The accountability of each person in a case: on which findings, under which sanctions.

A person is *accountable* in a case where a finding of responsibility about them stands, or a
sanction against them does. A role is not guilt, an announcement is not a decision, an interim
measure is not a sanction, and what is only alleged is neither; an acquittal is kept in view,
beside what was first said.

As of a moment, each such answer is `yes` or `no` only where it is so whichever way the imprecise
dates fell; else it is `unknown`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict, html_table, judging
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.terms.outcome import blames
from answerable.domain.terms.several import one_or_several
from answerable.projections.accountability.acquittals import NOT_SUPERSEDED, acquittals, superseded
from answerable.projections.accountability.appeals import AppealState, overturned
from answerable.projections.accountability.event_head import event_head
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.accountability.interim import Interim, interim_of
from answerable.projections.accountability.outside.proceedings import (
    PROCEEDING,
    Proceeding,
    proceeding_of,
)
from answerable.projections.accountability.sanctions import (
    ENDED,
    SanctionState,
    Terms,
    course,
    variation,
)
from answerable.projections.accountability.withdrawals import reassignment
from answerable.projections.facts.amounts import AmountTotal, amount_totals
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite


@judging("blames", "blames_as_alleged")
class Finding(NamedTuple):
    """A finding about a person, as it stands at the moment asked about.

    Attributes:
        as_of: whether it had been made by then: `yes`, or `unknown` where its date does not tell.
        overturned: whether an appeal against it had been allowed by then.
        superseded: whether a later finding had acquitted the person of it by then.
        superseded_by: the findings that did so, or may have, by event id.
        withdrawn: whether its blame had been withdrawn by then.
        withdrawn_by: the event that withdrew it, or may have, by id.
        withdrawn_from: from when it blames no longer (EDTF).
        withdrawn_at: the position of the event that withdrew it.
        reassigned_to: the finding that blames another instead, by event id.
        reassigned_party: whom that finding blames, where it lies in the same case.
        said_by_others: what it is only alleged to have become.
    """

    event_id: str
    position: int
    outcome: str
    responsibility: str
    offence_class: str | None
    severity: str | None
    grade: str | None
    clause: str | tuple[str, ...] | None
    occurred: str | None
    standing: str
    appeal: AppealState
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    basis: tuple[str, ...]
    as_of: When = "yes"
    overturned: When = "no"
    superseded: When = "no"
    superseded_by: tuple[str, ...] = ()
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None
    withdrawn_at: int | None = None
    reassigned_to: str | None = None
    reassigned_party: str | None = None
    said_by_others: tuple[Hearsay, ...] = ()

    @property
    def blames(self) -> When:
        """Tell whether the finding blames the person, is not only alleged, and nothing undid it."""
        return "no" if self.standing == ALLEGED else self._blames

    @property
    def blames_as_alleged(self) -> When:
        """Tell whether the finding, which is only alleged, would blame the person."""
        return self._blames if self.standing == ALLEGED else "no"

    @property
    def _blames(self) -> When:
        if not blames(self.outcome, self.responsibility):
            return "no"
        return all_of((self.as_of, opposite(self.undone)))

    @property
    def undone(self) -> When:
        """Tell whether it was overturned on appeal, superseded, or its blame withdrawn."""
        return any_of((self.overturned, self.superseded, self.withdrawn))

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON has it."""
        return as_dict(self)


@judging("in_force", "in_force_as_alleged")
class Sanction(NamedTuple):
    """A measure against a person, and its state at the moment asked about.

    Attributes:
        state: `indeterminate` where the dates allow more than one; `may_be` then has each.
        ended_by: the event that executed, suspended, lifted, overturned or withdrew it, or may
            have; of a sanction that fell with its decision, what overturned or withdrew that.
        executed_by: the event that executed it, or may have, whatever came after.
        as_of: whether it had been imposed by then.
        varied: whether an appeal that was partly allowed had made something else of it by then:
            `measure`, `amount` and `days` are then what it became, and `first_*` what was imposed.
            Where that is unknown, they are what is certain, and `perhaps_*` what it may be.
        varied_by: the decision on the appeal.
        until: its last day (EDTF), where one is stated. Once that has passed, it has run out; it
            stands all the same, as one that was executed does.
        imposed_by: who imposed it, where that is told; mostly another house.
        said_by_others: what it is only alleged to have become.
        cause: what kept it from being executed, in a word, where it is not executed, or may not
            be. It stands all the same.
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
    may_be: tuple[SanctionState, ...] = ()
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None
    varied: When = "no"
    varied_by: str | None = None
    first_measure: str | None = None
    first_amount: str | None = None
    first_days: int | None = None
    perhaps_measure: str | None = None
    perhaps_amount: str | None = None
    perhaps_days: int | None = None
    until: str | None = None
    imposed_by: str | None = None
    said_by_others: tuple[Hearsay, ...] = ()
    cause: str | None = None

    @property
    def in_force(self) -> When:
        """Tell whether the sanction was imposed, and neither lifted, overturned nor withdrawn.

        One that is only alleged is not known to have been imposed.
        """
        return "no" if self.standing == ALLEGED else self._in_force

    @property
    def in_force_as_alleged(self) -> When:
        """Tell whether the sanction, which is only alleged, would be in force."""
        return self._in_force if self.standing == ALLEGED else "no"

    @property
    def _in_force(self) -> When:
        states = self.may_be or (self.state,)
        ended = ENDED.issuperset(states)
        if ended or (self.as_of == "yes" and ENDED.isdisjoint(states)):
            return "no" if ended else "yes"
        return "unknown"

    def as_dict(self) -> dict[str, Any]:
        """Return the sanction as JSON has it."""
        return as_dict(self)


ALLEGED = "alleged"
"""The standing of what is merely said by others."""

SAYING = tuple(row.name for row in ROWS if row.accountability)
"""The kinds that say something of a person."""

Said = Finding | Sanction | Interim | Proceeding
"""An item that can be said of a person."""


@judging("accountable", "accountable_as_alleged", "responsibility", "disputed", "amounts")
class Person(NamedTuple):
    """One party's accountability in one case, and the proceedings against them outside of it.

    A proceeding neither holds anyone accountable here, nor clears them.
    """

    case_id: str
    party: str
    findings: tuple[Finding, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    interim: tuple[Interim, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()

    @property
    def accountable(self) -> When:
        """Tell whether a finding blames the person, or a sanction against them is in force."""
        return any_of(
            (*(each.blames for each in self.findings), *(each.in_force for each in self.sanctions))
        )

    @property
    def accountable_as_alleged(self) -> When:
        """Tell whether a finding or a sanction that is only alleged would make them accountable."""
        blame = (each.blames_as_alleged for each in self.findings)
        return any_of((*blame, *(each.in_force_as_alleged for each in self.sanctions)))

    @property
    def responsibility(self) -> tuple[str, ...]:
        """List the ways in which the person was found responsible, or may have been, each once."""
        blaming = (each.responsibility for each in self.findings if each.blames != "no")
        return tuple(dict.fromkeys(blaming))

    @property
    def amounts(self) -> tuple[AmountTotal, ...]:
        """Sum the amounts of the sanctions here that are, or may be, in force."""
        return amount_totals(self.sanctions)

    @property
    def disputed(self) -> bool:
        """Tell whether anything said of the person here is disputed."""
        blame: tuple[Finding | Sanction, ...] = (*self.findings, *self.sanctions)
        return any(each.disputed_by or each.standing == "disputed" for each in blame)

    def as_dict(self) -> dict[str, Any]:
        """Return the person as JSON has it."""
        return as_dict(self)


class Accountability(NamedTuple):
    """The accountability state of one case."""

    case_id: str
    people: tuple[Person, ...] = ()

    @property
    def accountable(self) -> tuple[Person, ...]:
        """List the people who are accountable, or may be."""
        return tuple(person for person in self.people if person.accountable != "no")

    def as_dict(self) -> dict[str, Any]:
        """Return the state as JSON has it."""
        return as_dict(self)

    def _repr_html_(self) -> str:
        columns = ("party", "accountable", "accountable_as_alleged", "responsibility", "disputed")
        return html_table(columns, self.people)


@once
def accountability_of(view: CaseView) -> Accountability:
    """Work out the accountability state of a case from its facts.

    What had not happened by the moment asked about is left out; what may or may not have is marked.
    """
    return Accountability(view.case_id, tuple(_people(view, lambda _: True)))


def people_blamed(view: CaseView) -> Iterator[Person]:
    """Work out the state of those people alone whom a finding may hold responsible."""
    return _people(view, _blamed)


def _people(view: CaseView, wanted: Callable[[Sequence[Fact]], bool]) -> Iterator[Person]:
    """Work out the state of people, by what is said of each."""
    about, acquitting = _said_of_each(view)
    known = _worked_out(view)
    for who, own in about.items():
        if wanted(own):
            person = known.get(who)
            if person is None:
                items = [_item(view, each, acquitting) for each in own]
                person = known[who] = person_of(view.case_id, who, items)
            yield person


@once
def _said_of_each(
    view: CaseView,
) -> tuple[Mapping[str, Sequence[Fact]], Mapping[str, Sequence[Fact]]]:
    """Gather what is said of each person, and what acquits of each finding."""
    about: dict[str, list[Fact]] = {}
    for fact in view.standing(*SAYING):
        about.setdefault(fact.fields["subject"], []).append(fact)
    return about, acquittals(view, (fact for own in about.values() for fact in own))


@once
def _worked_out(_: CaseView) -> dict[str, Person]:
    """Keep the state of each person of a case, once it was worked out."""
    return {}


def _blamed(said_of: Sequence[Fact]) -> bool:
    findings = (each.fields for each in said_of if each.kind == "finding-made")
    return any(blames(each["outcome"], each["responsibility"]) for each in findings)


def said(view: CaseView, fact: Fact) -> Said | None:
    """Return the item that an event adds to the state above; None where the event adds none."""
    if fact.kind not in SAYING or not fact.stands or view.when(fact) == "no":
        return None
    acquitting = acquittals(view, view.standing()) if fact.kind == "finding-made" else {}
    return _item(view, fact, acquitting)


def person_of(case_id: str, party: str, said_of: Sequence[Said]) -> Person:
    """Put together what is said of a person, in the order in which it is given."""
    return Person(
        case_id,
        party,
        tuple(item for item in said_of if isinstance(item, Finding)),
        tuple(item for item in said_of if isinstance(item, Sanction)),
        tuple(item for item in said_of if isinstance(item, Interim)),
        tuple(item for item in said_of if isinstance(item, Proceeding)),
    )


def _item(view: CaseView, fact: Fact, acquitting: Mapping[str, Sequence[Fact]]) -> Said:
    if fact.kind == "finding-made":
        return _finding(view, fact, acquitting)
    if fact.kind == "sanction-imposed":
        return _sanction(view, fact)
    return proceeding_of(view, fact) if fact.kind == PROCEEDING else interim_of(view, fact)


def _finding(
    view: CaseView,
    fact: Fact,
    acquitting: Mapping[str, Sequence[Fact]],
) -> Finding:
    fields = fact.fields
    acquittal = superseded(view, fact, acquitting) if acquitting else NOT_SUPERSEDED
    head = event_head(view, fact)
    instead = reassignment(view, head["withdrawn_by"])
    return Finding(
        **head,
        outcome=fields["outcome"],
        responsibility=fields["responsibility"],
        offence_class=fields.get("offence_class"),
        severity=fields.get("severity"),
        grade=fields.get("grade"),
        clause=one_or_several(fields.get("clause")),
        basis=tuple(fields.get("basis", ())),
        as_of=view.when(fact),
        overturned=overturned(view, fact).answer if fact.upon else "no",
        superseded=acquittal.answer,
        superseded_by=acquittal.by,
        withdrawn_at=instead.at,
        reassigned_to=instead.to,
        reassigned_party=instead.party,
        said_by_others=(*hearsay_of(view, fact), *acquittal.said),
    )


def _sanction(view: CaseView, fact: Fact) -> Sanction:
    fields = fact.fields
    became = course(view, fact)
    (measure, amount, days), varied, varied_by, first, perhaps = variation(view, fact)
    return Sanction(
        **event_head(view, fact),
        measure=measure,
        state=became.state,
        period=fields.get("period"),
        amount=amount,
        days=days,
        announced=fields.get("announced"),
        announced_by=fields.get("announced_by"),
        effective=fields.get("effective"),
        due=fields.get("due"),
        basis=tuple(fields.get("basis", ())),
        ended_by=became.ended_by,
        executed_by=became.executed_by,
        cause=became.cause,
        as_of=view.when(fact),
        may_be=became.may_be,
        varied=varied,
        varied_by=varied_by,
        **_prefixed("first", first),
        **_prefixed("perhaps", perhaps),
        until=fields.get("until"),
        imposed_by=fields.get("imposed_by"),
        said_by_others=hearsay_of(view, fact),
    )


def _prefixed(prefix: str, told: Terms | None) -> dict[str, Any]:
    values = {} if told is None else told._asdict()
    return {f"{prefix}_{name}": value for name, value in values.items()}
