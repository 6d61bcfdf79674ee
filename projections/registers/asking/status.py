"""Make registers of how things stand: in each case, for one person, for one counterparty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from answerable.domain.language.saying import to_say
from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.asking.said import OF_PEOPLE, Naming, person_rows
from answerable.projections.registers.asking.standing import (
    OF_STANDING,
    agreement_rows,
    allegation_row,
    bar_row,
    contact_row,
    open_row,
    problem_row,
)
from answerable.projections.registers.columns import CASE, STATE, TITLE
from answerable.projections.registers.judging.verdicts import VERDICTS, applying_rows
from answerable.projections.status.totals import open_totals, problem_totals

if TYPE_CHECKING:
    from answerable.projections.conformance.output.judged_case import JudgedCase
    from answerable.projections.status.status import CaseOverview, PartyOverview, PersonOverview

CASES = Register(
    "cases",
    "Cases",
    (
        *(CASE, TITLE, STATE),
        Column("accountable", "Accountable", "whole"),
        Column("perhaps_accountable", "Perhaps accountable", "whole", usual=0),
        Column("barred", "Barred, or perhaps", "whole"),
        Column("open", "Things open", "whole"),
        Column("perhaps_open", "Perhaps open", "whole", usual=0),
        Column("overdue", "Overdue", "whole"),
        Column("missing", "Grounds missing", "whole"),
        Column("wrong", "Grounds wrong", "whole", usual=0),
    ),
)

STATUS = (CASES, *OF_PEOPLE, *OF_STANDING)
"""The registers of how things stand."""

STANDING = to_say("Who is accountable, who is barred, and what is open")
"""The title of the answer."""

OF_CASES = tuple(each for each in STATUS if each.name != "contacts")

OF_A_PARTY = tuple(each for each in STATUS if each.name not in ("cases", "problems"))


def case_registers(cases: Iterable[CaseOverview], naming: Naming) -> Registers:
    """Make registers of how cases stand; one is in memory at a time.

    Args:
        cases: the cases.
        naming: what things are called.
    """
    rows = (row for each in cases for row in _case_rows(each, naming))
    return Registers(OF_CASES, rows, STANDING)


def judged_registers(
    case: CaseOverview, judged: JudgedCase, policies: Mapping[str, str], naming: Naming
) -> Registers:
    """Make registers of how one case stands, and of what the policies find in it.

    Args:
        case: the case.
        judged: the same, as judged.
        policies: the titles of the policies that judge, by their ids.
        naming: what things are called.
    """
    every = (*OF_CASES, VERDICTS)
    rows = chain(_case_rows(case, naming), applying_rows(judged, policies))
    return Registers(every, rows, STANDING)


def _case_rows(case: CaseOverview, naming: Naming) -> Iterator[Row]:
    yield _case(case, naming)
    for person in (*case.people, *case.others):
        yield from person_rows(person, naming)
    for owed in case.open:
        yield open_row(owed, naming)
    for problem in case.problems:
        yield problem_row(problem)
    for bar in case.bars:
        yield bar_row(bar, naming)
    for allegation in case.allegations:
        yield allegation_row(allegation, naming)
    for agreement in case.agreements:
        yield from agreement_rows(agreement, naming)


def _case(case: CaseOverview, naming: Naming) -> Row:
    answers = [each.accountable for each in case.people]
    barred = {each.counterparty for each in case.bars if each.in_force != "no"}
    cells = (
        *(*naming.case(case.case_id), case.state, answers.count("yes"), answers.count("unknown")),
        *(len(barred), *open_totals(case.open), *problem_totals(case.problems)),
    )
    return Row(CASES.name, cells)


def party_registers(found: PersonOverview | PartyOverview, naming: Naming) -> Registers:
    """Make registers of all that is said of a person or a counterparty.

    Args:
        found: what is said of them.
        naming: what things are called.
    """
    return Registers(OF_A_PARTY, _party_rows(found, naming))


def _party_rows(found: PersonOverview | PartyOverview, naming: Naming) -> Iterator[Row]:
    for person in found.cases:
        yield from person_rows(person, naming)
    for owed in found.open:
        yield open_row(owed, naming)
    for bar in getattr(found, "bars", ()):
        yield bar_row(bar, naming)
    for contact in getattr(found, "contacts", ()):
        yield contact_row(contact, naming)
    for allegation in found.allegations:
        yield allegation_row(allegation, naming)
    for agreement in found.agreements:
        yield from agreement_rows(agreement, naming)
