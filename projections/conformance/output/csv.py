"""Write verdicts as CSV: a row a rule and case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from answerable.projections.conformance.output.judged_case import JudgedCase
from answerable.projections.output.csv import Cell, csv_lines

TITLES = (
    *("case", "policy", "version", "rule", "kind", "severity", "verdict"),
    *("late_least", "late_most", "deadline_earliest", "deadline_latest"),
    *("events", "missing", "settles", "explanation", "warnings", "text", "source"),
)

ABOUT = ("as_of", "known_by", "tree_size", "root")
"""Tell what the answer holds for: the last cells of each row."""


def csv(cases: Iterable[JudgedCase], about: Sequence[Cell]) -> Iterator[str]:
    """Write a line for each rule and case, and the titles before them.

    Args:
        cases: the cases, as judged.
        about: what the answer holds for, as `ABOUT` has it.
    """
    yield from csv_lines((*TITLES, *ABOUT), _rows(cases, about))


def _rows(cases: Iterable[JudgedCase], about: Sequence[Cell]) -> Iterator[list[Cell]]:
    for case in cases:
        for each in case.verdicts:
            events = (case.events[one].position for one in each.witnesses if one in case.events)
            yield [
                *(case.case_id, each.policy, each.version, each.rule, each.kind),
                *(each.severity, each.verdict),
                *(each.late or (None, None)),
                *(each.deadline or (None, None)),
                " ".join(f"#{position}" for position in sorted(set(events))),
                "; ".join(each.missing),
                "; ".join(each.settles),
                each.explanation,
                " ".join(each.warnings),
                *(each.text, each.source),
                *about,
            ]
