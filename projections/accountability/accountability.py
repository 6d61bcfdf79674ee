"""The accountability of each person in a case: on which findings, under which sanctions.

A person is *accountable* in a case where a finding of responsibility about them stands, or a
sanction against them does. A role is not guilt, an announcement is not a decision, an interim
measure is not a sanction, and what is only alleged is neither; an acquittal is kept in view,
beside what was first said.

As of a moment, each such answer is `yes` or `no` only where it is so whichever way the imprecise
dates fell; else it is `unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict, html_table, judging
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import ROWS
from answerable.projections.accountability.acquittals import acquittals
from answerable.projections.accountability.interim import Interim, interim_of
from answerable.projections.accountability.outside.proceedings import (
    PROCEEDING,
    Proceeding,
    proceeding_of,
)
from answerable.projections.accountability.said.finding import Finding, finding_of
from answerable.projections.accountability.said.sanction import Sanction, sanction_of
from answerable.projections.facts.amounts import AmountTotal, amount_totals
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of

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
    about, acquitting = said_of_each(view)
    people = (
        person_of(view.case_id, who, [_item(view, each, acquitting) for each in own])
        for who, own in about.items()
    )
    return Accountability(view.case_id, tuple(people))


@once
def said_of_each(
    view: CaseView,
) -> tuple[Mapping[str, Sequence[Fact]], Mapping[str, Sequence[Fact]]]:
    """Gather what is said of each person, and what acquits of each finding."""
    about: dict[str, list[Fact]] = {}
    for fact in view.standing(*SAYING):
        about.setdefault(fact.fields["subject"], []).append(fact)
    return about, acquittals(view, (fact for own in about.values() for fact in own))


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
        return finding_of(view, fact, acquitting)
    if fact.kind == "sanction-imposed":
        return sanction_of(view, fact)
    return proceeding_of(view, fact) if fact.kind == PROCEEDING else interim_of(view, fact)
