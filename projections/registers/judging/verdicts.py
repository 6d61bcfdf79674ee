"""Make registers of verdicts: a row a rule and case, and a row for each thing that was judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from answerable.projections.output.register import Cell, Column, Register, Registers, Row
from answerable.projections.registers.columns import CASE, TITLE, VERDICT, limits, numbers

if TYPE_CHECKING:
    from answerable.projections.conformance.judgement import Activation, Verdict
    from answerable.projections.conformance.output.judged_case import JudgedCase

RULE = (
    Column("policy", "Policy id", "id"),
    Column("policy_title", "Policy", "word"),
    Column("version", "Version"),
    Column("rule", "Rule id", "id"),
    Column("text", "Rule", "word"),
)
"""The columns of a rule: people read what it and its policy are called, programs their ids."""

DEADLINE = (
    Column("deadline_earliest", "Deadline, at the earliest", "date"),
    Column("deadline_latest", "Deadline, at the latest", "date"),
)

EVENTS = Column("events", "Events", "event", many=True)

MISSING = Column("missing", "Not on record", many=True)

VERDICTS = Register(
    "verdicts",
    "Verdicts",
    (
        *(CASE, TITLE),
        *RULE,
        Column("kind", "Kind of rule", "id"),
        Column("severity", "Severity", "word", usual="error"),
        VERDICT,
        *limits("late", "Days late"),
        *DEADLINE,
        *(EVENTS, MISSING),
        Column("settles", "What would settle it", many=True),
        Column("explanation", "Explanation"),
        Column("warnings", "Worth a look", many=True),
        Column("source", "Source", "word"),
    ),
)

JUDGED = Register(
    "judged",
    "What was judged",
    (
        CASE,
        *RULE,
        VERDICT,
        *limits("late", "Days late"),
        *DEADLINE,
        *(EVENTS, MISSING),
        Column("settles", "What would settle it"),
        Column("explanation", "Explanation"),
        Column("whole", "About the case as a whole", "truth"),
    ),
)


def verdict_registers(cases: Iterable[JudgedCase], policies: Mapping[str, str]) -> Registers:
    """Make registers of verdicts.

    Args:
        cases: the cases, as judged.
        policies: the titles of the policies, by their ids.
    """
    return Registers((VERDICTS, JUDGED), _rows(cases, policies))


def applying_rows(case: JudgedCase, policies: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row for each rule that finds something to judge in a case.

    Args:
        case: as it was judged.
        policies: the titles of the policies, by their ids.
    """
    positions = _positions(case)
    for each in case.verdicts:
        if each.applies:
            policy = policies.get(each.policy)
            yield verdict_row(each, policy, case.case_id, case.title, positions)


def _positions(case: JudgedCase) -> dict[str, int]:
    return {event_id: each.position for event_id, each in case.events.items()}


def _rows(cases: Iterable[JudgedCase], policies: Mapping[str, str]) -> Iterator[Row]:
    for case in cases:
        positions = _positions(case)
        for verdict in case.verdicts:
            policy = policies.get(verdict.policy)
            yield verdict_row(verdict, policy, case.case_id, case.title, positions)
            for each in verdict.activations:
                yield Row(JUDGED.name, _judged(case, verdict, policy, each, positions))


def verdict_row(
    each: Verdict,
    policy: str | None,
    case_id: str,
    title: str | None,
    positions: Mapping[str, int],
) -> Row:
    """Return the row of what a rule finds in a case.

    Args:
        each: the verdict.
        policy: the title of the policy.
        case_id: which case.
        title: what the case is called.
        positions: the numbers of its events, by id.
    """
    cells = (
        *(case_id, title, each.policy, policy, each.version, each.rule, each.text),
        *(each.kind, each.severity, each.verdict),
        *(each.late or (None, None)),
        *(each.deadline or (None, None)),
        *(numbers(each.witnesses, positions), each.missing, each.settles),
        *(each.explanation, each.warnings, each.source),
    )
    return Row(VERDICTS.name, cells)


def _judged(
    case: JudgedCase,
    verdict: Verdict,
    policy: str | None,
    each: Activation,
    positions: dict[str, int],
) -> tuple[Cell, ...]:
    return (
        *(case.case_id, verdict.policy, policy, each.version or verdict.version),
        *(verdict.rule, verdict.text, each.verdict),
        *(each.late or (None, None)),
        *(each.deadline or (None, None)),
        *(numbers(each.events, positions), each.missing, each.settles, each.text),
        each.whole,
    )
