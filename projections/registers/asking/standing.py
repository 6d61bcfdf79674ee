"""Make the rows of what is open, missing, barred, alleged and agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.domain.terms.several import several
from answerable.projections.output.register import Cell, Column, Register, Row
from answerable.projections.registers.asking.said import (
    AMOUNT,
    CLAUSE,
    MAY_BE,
    OF_PERSON,
    Naming,
    money,
)
from answerable.projections.registers.columns import (
    APPEAL,
    BROKEN,
    CASE,
    DUE_BY,
    EVENT_ID,
    FROM,
    HAPPENED,
    IN_FORCE,
    IN_FORCE_AS_ALLEGED,
    IN_WORDS,
    IS_OPEN,
    OCCURRED,
    OVERDUE,
    POSITION,
    SORT,
    STANDING,
    STANDS,
    STATE,
    TITLE,
    UNTIL,
    VERDICT,
    WHAT,
    party,
    stands,
)

if TYPE_CHECKING:
    from answerable.projections.accountability.alleged.allegations import Allegation
    from answerable.projections.accountability.bars import Bar, Contacted
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.accountability.outside.agreements import Agreement
    from answerable.projections.accountability.outside.commitments import Commitment
    from answerable.projections.grounds.problems import Problem

BARRED = Register(
    "barred",
    "Who is barred",
    (
        *(*OF_PERSON, POSITION, OCCURRED, FROM, UNTIL),
        Column("term", "Term", "word"),
        Column("notice_date", "Told to them", "date"),
        *(IN_FORCE, IN_FORCE_AS_ALLEGED),
        Column("lifted", "Lifted", "date"),
        APPEAL,
        party("imposed_by", "Imposed by"),
        Column("another_house", "Another house's", "truth"),
        *STANDS,
    ),
)

CONTACTS = Register(
    "contacts",
    "Contacts",
    (CASE, TITLE, POSITION, OCCURRED, Column("stage", "Stage", "term"), HAPPENED, EVENT_ID),
)

OPEN = Register(
    "open",
    "What is open",
    (
        *(CASE, TITLE, POSITION, WHAT),
        party("party", "Party"),
        Column("since", "Since", "date"),
        *(DUE_BY, IS_OPEN, OVERDUE),
        Column("suspended", "On hold", "truth"),
        *(BROKEN, EVENT_ID),
    ),
)

PROBLEMS = Register(
    "problems",
    "What is missing or wrong",
    (
        *(CASE, POSITION, SORT),
        Column("link", "Link", "word"),
        *(IN_WORDS, VERDICT),
        Column("against", "Behind what is held against somebody", "truth"),
        EVENT_ID,
    ),
)

ALLEGATIONS = Register(
    "allegations",
    "Allegations",
    (
        *(*OF_PERSON, POSITION, OCCURRED),
        party("made_by", "Made by"),
        *(CLAUSE, IS_OPEN),
        Column("withdrawn", "Withdrawn", "truth"),
        *STANDS,
    ),
)

AGREEMENTS = Register(
    "agreements",
    "Agreements",
    (
        *(CASE, TITLE, POSITION, OCCURRED),
        Column("type", "Sort", "term"),
        party("between", "Between", many=True),
        party("monitor", "Monitor"),
        *(FROM, UNTIL, STATE, MAY_BE, IN_FORCE, BROKEN),
        *STANDS,
    ),
)

TERMS = Register(
    "terms",
    "Terms of agreements",
    (
        Column("agreement", "Agreement", "event"),
        *(CASE, POSITION, OCCURRED),
        party("by", "Promised by"),
        *(AMOUNT, DUE_BY, STATE, MAY_BE, OVERDUE),
        Column("binding", "Binds", "truth"),
        *(STANDING, HAPPENED, EVENT_ID),
    ),
)

PROMISES = Register("promises", "Promises outside of agreements", TERMS.columns[1:])

OF_STANDING = (OPEN, PROBLEMS, BARRED, CONTACTS, ALLEGATIONS, AGREEMENTS, TERMS)
"""The registers of how cases stand."""


def open_row(each: Obligation, naming: Naming) -> Row:
    """Return the row of something that is open."""
    cells = (
        *(*naming.case(each.case_id), each.position, each.what, naming.party(each.party)),
        *(each.occurred, each.due, each.open, each.overdue, each.suspended, each.breached),
        each.event_id,
    )
    return Row(OPEN.name, cells)


def problem_row(each: Problem) -> Row:
    """Return the row of something that is missing or wrong."""
    said = (each.sort, each.of, each.text, each.verdict, each.against)
    return Row(PROBLEMS.name, (each.case_id, each.position, *said, each.event_id))


def bar_cells(bar: Bar, naming: Naming) -> tuple[Cell, ...]:
    """Return what the columns of a bar hold."""
    return (
        *(*naming.case(bar.case_id), naming.party(bar.counterparty), bar.position, bar.occurred),
        *(bar.from_, bar.until, bar.term, bar.notice_date, bar.in_force, bar.in_force_as_alleged),
        *(bar.lifted, bar.appeal, naming.party(bar.imposed_by), bar.other_house),
        *stands(bar),
    )


def bar_row(bar: Bar, naming: Naming) -> Row:
    """Return the row of a bar."""
    return Row(BARRED.name, bar_cells(bar, naming))


def contact_row(each: Contacted, naming: Naming) -> Row:
    """Return the row of a contact."""
    said = (each.position, each.occurred, each.stage, each.as_of, each.event_id)
    return Row(CONTACTS.name, (*naming.case(each.case_id), *said))


def allegation_row(each: Allegation, naming: Naming) -> Row:
    """Return the row of an allegation."""
    cells = (
        *(*naming.case(each.case_id), naming.party(each.subject), each.position, each.occurred),
        *(naming.party(each.made_by), several(each.clause), each.open, each.withdrawn),
        *stands(each),
    )
    return Row(ALLEGATIONS.name, cells)


def agreement_rows(each: Agreement, naming: Naming) -> tuple[Row, ...]:
    """Return the rows of an agreement: its own, and one a term."""
    cells = (
        *(*naming.case(each.case_id), each.position, each.occurred, each.type),
        tuple(map(naming.party, each.between)),
        *(naming.party(each.monitor), each.from_, each.until, each.state, each.may_be),
        *(each.in_force, each.breached, *stands(each)),
    )
    terms = (_term(each, term, naming) for term in each.terms)
    return (Row(AGREEMENTS.name, cells), *terms)


def _term(agreement: Agreement, each: Commitment, naming: Naming) -> Row:
    return Row(TERMS.name, (agreement.position, *_promised(agreement.case_id, each, naming)))


def promise_row(case_id: str, each: Commitment, naming: Naming) -> Row:
    """Return the row of what was promised outside of an agreement."""
    return Row(PROMISES.name, _promised(case_id, each, naming))


def _promised(case_id: str, each: Commitment, naming: Naming) -> tuple[Cell, ...]:
    return (
        *(case_id, each.position, each.occurred),
        *(naming.party(each.by), money(each.amount), each.due, each.state, each.may_be),
        *(each.overdue, each.binding, each.standing, each.as_of, each.event_id),
    )
