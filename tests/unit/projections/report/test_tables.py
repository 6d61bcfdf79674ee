"""The report as registers: a row for each thing that it tells, and nothing beside it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.support.builders import Memory

from answerable.cli.reporting.formats import REGISTERS
from answerable.domain.parsing import parse_line
from answerable.projections.output.register import Registers
from answerable.projections.report.audience.audiences import For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.report import Report, report_on
from answerable.projections.report.tables import OF_REPORT, report_registers

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"
LATER = Path(__file__).parents[3] / "end_to_end" / "golden" / "later.jsonl"


def recorded() -> Memory:
    log = Memory()
    for file in (EXAMPLE, LATER):
        for line in file.read_bytes().splitlines():
            log.record(parse_line(line))
    return log


LOG = recorded()
REPORT = report_on(LOG, "xiaomi-kol", version="1")


def counts(made: Registers) -> Counter[str]:
    """Count the rows of each register; each row has a cell for each column."""
    columns = {each.name: len(each.columns) for each in made.every}
    rows = [*made.rows]
    assert all(len(row.cells) == columns[row.register] for row in rows)
    return Counter(row.register for row in rows)


def told(report: Report) -> dict[str, int]:
    """Count what a report tells, part by part."""
    people = report.accountability.people
    return {
        "accountable": len(people),
        "findings": sum(len(each.findings) for each in people),
        "sanctions": sum(len(each.sanctions) for each in people),
        "interim": sum(len(each.interim) for each in people),
        "proceedings": sum(len(each.proceedings) for each in people),
        "amounts": sum(len(each.amounts) for each in people),
        "timeline": len(report.timeline),
        "date_gaps": len(report.gaps),
        "decisions": len(report.decisions),
        "open": len(report.open),
        "problems": len(report.problems),
        "barred": len(report.bars),
        "contacts": sum(len(each.contacts) for each in report.bars),
        "allegations": len(report.allegations),
        "agreements": len(report.agreements),
        "terms": sum(len(each.terms) for each in report.agreements),
        "promises": len(report.promises),
        "durations": len(report.durations),
        "verdicts": sum(each.applies for each in report.checks),
        "audit": len(report.audit.rows),
        "changes": len(report.changes),
        "fields": sum(len(each.fields) for each in report.changes),
        "exhibits": len(report.exhibits),
        "custody": sum(1 + len(each.custody.links) for each in report.exhibits),
        "gaps": sum(len(each.custody.gaps) for each in report.exhibits),
        "withheld": report.header.made_for is not None,
    }


def test_the_command_offers_the_registers_that_there_are() -> None:
    assert tuple(each.name for each in OF_REPORT) == REGISTERS


def test_each_thing_that_a_report_tells_has_its_row() -> None:
    expected = told(REPORT)
    assert expected["sanctions"] > 5
    assert expected["changes"]
    assert counts(report_registers(REPORT)) == Counter({k: v for k, v in expected.items() if v})


def test_those_whom_a_report_is_for_get_the_rows_of_what_it_tells_them() -> None:
    for whom in (For("board", None), For("public", None), For("subject", "person-2")):
        report = report_for(LOG, "xiaomi-kol", whom, version="1").report
        expected = told(report)
        assert counts(report_registers(report)) == Counter({k: v for k, v in expected.items() if v})
        assert expected["withheld"] == 1
