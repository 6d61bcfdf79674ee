"""Tell which section lists, event by event, what a verdict explains."""

from __future__ import annotations

from answerable.domain.language.saying import say
from answerable.projections.blocks.spans import Line, emphasised
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.report.report import Report

EXECUTED = ("generic", "executed")
"""The rule whose explanation the section on what is open tells event by event."""


def elsewhere(report: Report, check: Verdict) -> Line | None:
    """Return the title of the section that lists what a check explains; None: none does.

    That section tells what is open, and not how late it is: what makes a rule fail is said with it.
    """
    if check.verdict != "indeterminate":
        return None
    told = is_executed(check) and _all_open(report, check)
    return emphasised(say("What is open")) if told else None


def is_executed(check: Verdict) -> bool:
    """Tell whether a check is of the rule that sanctions are executed."""
    return (check.policy, check.rule) == EXECUTED


def _all_open(report: Report, check: Verdict) -> bool:
    """Tell whether all that a check is about is told to be open, neither overdue nor on hold."""
    still = {
        each.event_id
        for each in report.open
        if (each.overdue, each.suspended) in ((None, "no"), ("no", "no"))
    }
    return still.issuperset(check.witnesses)
