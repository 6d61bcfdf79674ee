"""Make the rows of what is said of people: who is accountable, by which findings and measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from answerable.domain.terms.several import several
from answerable.projections.output.register import Cell, Column, Money, Party, Register, Row
from answerable.projections.registers.columns import (
    APPEAL,
    CASE,
    CURRENCY,
    DISPUTED,
    GRADE,
    IN_FORCE,
    IN_FORCE_AS_ALLEGED,
    MEASURE,
    OCCURRED,
    OFFENCE,
    OUTCOME,
    POSITION,
    RESPONSIBILITY,
    STANDS,
    STATE,
    TITLE,
    UNTIL,
    called,
    limits,
    party,
    stands,
)

if TYPE_CHECKING:
    from answerable.projections.accountability.accountability import Person
    from answerable.projections.accountability.interim import Interim
    from answerable.projections.accountability.outside.proceedings import Proceeding
    from answerable.projections.accountability.said.finding import Finding
    from answerable.projections.accountability.said.sanction import Sanction

OF_PERSON = (CASE, TITLE, party("party", "Party"))

MAY_BE = Column("may_be", "May be", "word", many=True)

WITHDRAWN = (
    Column("withdrawn", "Withdrawn", "truth"),
    Column("withdrawn_from", "Withdrawn from", "date"),
)

CLAUSE = Column("clause", "Provision", many=True)

AMOUNT = Column("amount", "Amount", "money")

ACCOUNTABLE = Register(
    "accountable",
    "Who is accountable",
    (
        *OF_PERSON,
        Column("type", "What they are", "term"),
        Column("accountable", "Accountable", "truth"),
        Column("accountable_as_alleged", "Accountable, as alleged", "truth"),
        Column("responsibility", "Responsibility", "term", many=True),
        Column("findings", "Findings", "event", many=True),
        Column("sanctions", "Sanctions", "event", many=True),
        Column("interim", "Interim measures", "event", many=True),
        Column("proceedings", "Proceedings elsewhere", "event", many=True),
        DISPUTED,
    ),
)

FINDINGS = Register(
    "findings",
    "Findings",
    (
        *(*OF_PERSON, POSITION, OCCURRED, OUTCOME, RESPONSIBILITY, OFFENCE),
        Column("severity", "Severity", "term"),
        *(GRADE, CLAUSE),
        Column("blames", "Blames them", "truth"),
        Column("blames_as_alleged", "Blames them, as alleged", "truth"),
        APPEAL,
        Column("overturned", "Overturned", "truth"),
        Column("superseded", "Superseded", "truth"),
        *WITHDRAWN,
        party("reassigned", "Reassigned to"),
        *STANDS,
    ),
)

SANCTIONS = Register(
    "sanctions",
    "Sanctions",
    (
        *(*OF_PERSON, POSITION, OCCURRED, MEASURE, AMOUNT),
        Column("days", "Days", "whole"),
        Column("period", "Period"),
        *(STATE, MAY_BE, IN_FORCE, IN_FORCE_AS_ALLEGED),
        Column("announced", "Announced", "date"),
        party("announced_by", "Announced by"),
        Column("effective", "Effective", "date"),
        Column("due", "To be executed by", "date"),
        UNTIL,
        Column("cause", "Why it was not executed", "term"),
        APPEAL,
        Column("varied", "Varied on appeal", "truth"),
        Column("first_measure", "Measure, as imposed", "term"),
        Column("first_amount", "Amount, as imposed", "money"),
        Column("first_days", "Days, as imposed", "whole"),
        *WITHDRAWN,
        party("imposed_by", "Imposed by"),
        *STANDS,
    ),
)

INTERIM = Register(
    "interim",
    "Interim measures",
    (
        *(*OF_PERSON, POSITION, OCCURRED, MEASURE, STATE, UNTIL),
        Column("manner", "How it ended", "term"),
        party("imposed_by", "Imposed by"),
        *STANDS,
    ),
)

PROCEEDINGS = Register(
    "proceedings",
    "Proceedings elsewhere",
    (
        *(*OF_PERSON, POSITION, OCCURRED),
        Column("type", "Sort", "term"),
        party("accuser", "Accuser"),
        party("forum", "Before"),
        Column("charge", "Charge"),
        *(CLAUSE, STATE, MAY_BE, OUTCOME),
        Column("concluded", "Concluded", "date"),
        AMOUNT,
        *STANDS,
    ),
)

AMOUNTS = Register(
    "amounts",
    "Sums of amounts",
    (
        *OF_PERSON,
        *(MEASURE, CURRENCY),
        *limits("measures", "Measures"),
        *limits("total", "Total", "decimal"),
    ),
)

OF_PEOPLE = (ACCOUNTABLE, FINDINGS, SANCTIONS, INTERIM, PROCEEDINGS, AMOUNTS)
"""The registers of what is said of people."""


class Known(Protocol):
    """Tell of parties what they are called, and what they are."""

    def called(self, party: str) -> str:
        """Call a party by name, or by its pseudonym where no name is at hand."""

    def type_of(self, party: str) -> str | None:
        """Tell what a party is; None where that is not told."""


class Naming(NamedTuple):
    """Hold what things are called.

    Attributes:
        known: the parties.
        title_of: tells the title of a case.
    """

    known: Known
    title_of: Callable[[str], str | None]

    def case(self, case_id: str) -> tuple[str, str | None]:
        """Return what the columns of a case hold."""
        return case_id, self.title_of(case_id)

    def party(self, party: str | None) -> Party | None:
        """Return what the column of a party holds."""
        return called(party, self.known.called)


def person_rows(person: Person, naming: Naming) -> Iterator[Row]:
    """Yield the rows of what one case says of a person."""
    own = (*naming.case(person.case_id), naming.party(person.party))
    yield Row(ACCOUNTABLE.name, (*own, naming.known.type_of(person.party), *_state(person)))
    for finding in person.findings:
        yield Row(FINDINGS.name, (*own, *_finding(finding, naming)))
    for sanction in person.sanctions:
        yield Row(SANCTIONS.name, (*own, *_sanction(sanction, naming)))
    for interim in person.interim:
        yield Row(INTERIM.name, (*own, *_interim(interim, naming)))
    for proceeding in person.proceedings:
        yield Row(PROCEEDINGS.name, (*own, *_proceeding(proceeding, naming)))
    for total in person.amounts:
        yield Row(AMOUNTS.name, (*own, *total))


def _state(person: Person) -> tuple[Cell, ...]:
    every = (person.findings, person.sanctions, person.interim, person.proceedings)
    return (
        *(person.accountable, person.accountable_as_alleged, person.responsibility),
        *(tuple(each.position for each in items) for items in every),
        person.disputed,
    )


def _finding(each: Finding, naming: Naming) -> tuple[Cell, ...]:
    return (
        *(each.position, each.occurred, each.outcome, each.responsibility),
        *(each.offence_class, each.severity, each.grade, several(each.clause)),
        *(each.blames, each.blames_as_alleged, each.appeal, each.overturned, each.superseded),
        *(each.withdrawn, each.withdrawn_from, naming.party(each.reassigned_party)),
        *stands(each),
    )


def _sanction(each: Sanction, naming: Naming) -> tuple[Cell, ...]:
    return (
        *(each.position, each.occurred, each.measure, money(each.amount), each.days, each.period),
        *(each.state, each.may_be, each.in_force, each.in_force_as_alleged),
        *(each.announced, naming.party(each.announced_by), each.effective, each.due, each.until),
        *(each.cause, each.appeal, each.varied),
        *(each.first_measure, money(each.first_amount), each.first_days),
        *(each.withdrawn, each.withdrawn_from, naming.party(each.imposed_by)),
        *stands(each),
    )


def _interim(each: Interim, naming: Naming) -> tuple[Cell, ...]:
    return (
        *(each.position, each.occurred, each.measure, each.state, each.until, each.manner),
        naming.party(each.imposed_by),
        *stands(each),
    )


def _proceeding(each: Proceeding, naming: Naming) -> tuple[Cell, ...]:
    return (
        *(each.position, each.occurred, each.type),
        *(naming.party(each.accuser), naming.party(each.forum), each.charge),
        *(several(each.clause), each.state, each.may_be, each.outcome, each.concluded),
        money(each.amount),
        *stands(each),
    )


def money(amount: str | None) -> Money | None:
    """Return an amount as it is recorded, `12000.00 CNY`, in its parts."""
    if amount is None:
        return None
    number, _, currency = amount.rpartition(" ")
    return Money(number, currency)
