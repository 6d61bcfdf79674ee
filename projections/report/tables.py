"""The report as registers: each of its parts as a table of data, for a spreadsheet.

They are made of the report alone, which has been through the gate: what it withholds, they do.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.terms.several import several
from answerable.projections.auditing.changes import FieldChange
from answerable.projections.blocks.spans import plain
from answerable.projections.facts.disclosed import Text
from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.asking.bars import CONTACTS, since_row
from answerable.projections.registers.asking.said import CLAUSE, OF_PEOPLE, Naming, person_rows
from answerable.projections.registers.asking.standing import (
    OF_STANDING,
    PROMISES,
    agreement_rows,
    allegation_row,
    bar_row,
    open_row,
    problem_row,
    promise_row,
)
from answerable.projections.registers.auditing.audit import AUDIT, audit_row
from answerable.projections.registers.auditing.changes import CHANGES, FIELDS, change_rows
from answerable.projections.registers.columns import (
    APPEAL,
    CASE,
    OCCURRED,
    OUTCOME,
    POSITION,
    STANDS,
    TITLE,
    limits,
    numbers,
    party,
    sealed,
    stands,
)
from answerable.projections.registers.evidence.exhibits import CUSTODY, EXHIBITS, GAPS, exhibit_rows
from answerable.projections.registers.judging.verdicts import VERDICTS, verdict_row
from answerable.projections.registers.reading.timeline import (
    DATE_GAPS,
    TIMELINE,
    gap_rows,
    timeline_rows,
)
from answerable.projections.report.audited.changes import field_value, plain_value
from answerable.projections.report.lookup import Lookup
from answerable.projections.report.report import Decision, Report
from answerable.projections.report.sections.timeline import announcements
from answerable.projections.timeline.durations import Duration

DECISIONS = Register(
    "decisions",
    "Decisions",
    (
        *(CASE, TITLE, POSITION, OCCURRED, OUTCOME),
        Column("question", "Question"),
        party("deciders", "Who decided", many=True),
        Column("authority", "Authority"),
        CLAUSE,
        Column("basis", "Rests on", "event", many=True),
        Column("carries", "Carries", "event", many=True),
        APPEAL,
        Column("withdrawn", "Withdrawn", "truth"),
        Column("withdrawn_from", "Withdrawn from", "date"),
        *STANDS,
    ),
)

DURATIONS = Register(
    "durations",
    "How long it took",
    (
        CASE,
        Column("step", "From … to", "word"),
        *limits("days", "Days"),
        Column("ended", "Its end is on record", "truth"),
        Column("from", "From", "event", many=True),
        Column("to", "To", "event", many=True),
    ),
)

WITHHELD = Register(
    "withheld",
    "What is withheld",
    (
        CASE,
        Column("made_for", "Made for", "word"),
        Column("texts", "Texts", "whole"),
        Column("of_events", "Of events", "whole"),
        Column("fields", "Fields", many=True),
        Column("events", "Events left out", "whole"),
        Column("people", "Accountable people left out"),
    ),
)

OF_REPORT = (
    *OF_PEOPLE,
    *(TIMELINE, DATE_GAPS, DECISIONS),
    *(CONTACTS if each.name == CONTACTS.name else each for each in OF_STANDING),
    *(PROMISES, DURATIONS),
    *(VERDICTS, AUDIT, CHANGES, FIELDS, EXHIBITS, CUSTODY, GAPS),
    WITHHELD,
)
"""The registers of a report, in their order."""


def report_registers(report: Report) -> Registers:
    """Make the registers of a report.

    Args:
        report: which; for whom it was made, its registers are.
    """
    return Registers(OF_REPORT, _rows(report))


def _rows(report: Report) -> Iterator[Row]:
    lookup, title = Lookup(report), sealed(report.header.title)
    own = report.header.case_id
    naming = Naming(lookup, lambda case_id: title if case_id == own else None)
    yield from _of_people(report, naming)
    yield from _of_events(lookup, naming)
    yield from _audited(lookup, title)
    header, left = report.header, report.header.withheld
    if header.made_for is not None:
        told = (left.texts, left.of_events, left.fields, left.events, left.people)
        yield Row(WITHHELD.name, (header.case_id, header.made_for, *told))


def _of_people(report: Report, naming: Naming) -> Iterator[Row]:
    """Yield the rows of who is accountable, and of what is open, barred, alleged and promised."""
    for person in report.accountability.people:
        yield from person_rows(person, naming)
    for owed in report.open:
        yield open_row(owed, naming)
    yield from map(problem_row, report.problems)
    for bar in report.bars:
        yield bar_row(bar, naming)
        for contact in bar.contacts:
            yield since_row(bar, contact, naming)
    for allegation in report.allegations:
        yield allegation_row(allegation, naming)
    for agreement in report.agreements:
        yield from agreement_rows(agreement, naming)
    for promise in report.promises:
        yield promise_row(report.header.case_id, promise, naming)


def _of_events(lookup: Lookup, naming: Naming) -> Iterator[Row]:
    """Yield the rows of what happened, what was decided, and how long it took."""
    report, case_id = lookup.report, lookup.report.header.case_id
    told = announcements(lookup)
    yield from timeline_rows(case_id, lookup.positions, report.timeline, {}, told)
    yield from gap_rows(case_id, report.gaps)
    for decision in report.decisions:
        yield _decision(decision, lookup, naming)
    for duration in report.durations:
        yield _duration(duration, lookup)


def _audited(lookup: Lookup, title: str | None) -> Iterator[Row]:
    """Yield the rows of what an auditor asks: verdicts, grounds, changes, exhibits."""
    report = lookup.report
    for verdict in report.checks:
        if verdict.applies:
            policy = report.header.policy_title(f"{verdict.policy}@{verdict.version}")
            yield verdict_row(verdict, policy, report.header.case_id, title, lookup.positions)
    for consequence in report.audit.rows:
        yield audit_row(consequence, lookup.called, title)
    for change in report.changes:
        yield from change_rows(
            change, title, lookup.called, lambda field, text: _said(lookup, field, text)
        )
    for exhibit in report.exhibits:
        yield from exhibit_rows(exhibit, lookup.called, title)


def _said(lookup: Lookup, field: FieldChange, text: Text) -> str:
    """Say what a field said at a time, or in brackets why that is not shown."""
    if text.state != "told":
        return f"({text.state})"
    if field.sealed:
        return plain_value(text.value)
    return plain(field_value(lookup, field.name or "", text.value))


def _decision(each: Decision, lookup: Lookup, naming: Naming) -> Row:
    cells = (
        *(*naming.case(lookup.report.header.case_id), each.position, each.occurred),
        *(each.outcome, sealed(lookup.text(each.event_id, "question"))),
        tuple(map(naming.party, each.deciders)),
        *(each.authority, several(each.clause)),
        *(numbers(each.basis, lookup.positions), numbers(each.carries, lookup.positions)),
        *(each.appeal, each.withdrawn, each.withdrawn_from, *stands(each)),
    )
    return Row(DECISIONS.name, cells)


def _duration(each: Duration, lookup: Lookup) -> Row:
    cells = (
        *(lookup.report.header.case_id, each.name, *(each.days or (None, None))),
        bool(each.to_events),
        *(numbers(each.from_events, lookup.positions), numbers(each.to_events, lookup.positions)),
    )
    return Row(DURATIONS.name, cells)
