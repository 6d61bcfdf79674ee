"""Make registers of what another policy would have found: verdicts that differ, and measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from answerable.projections.conformance.judgement import explained
from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import CASE, TITLE, numbers

if TYPE_CHECKING:
    from answerable.projections.conformance.judgement import Outcome
    from answerable.projections.conformance.saying.comparing import Switch
    from answerable.projections.facts.case_view import CaseView

RULE = (Column("rule", "Rule id", "id"), Column("text", "Rule", "word"))
"""The columns of a rule: people read what it asks, programs its id."""

DIFFERENCES = Register(
    "differences",
    "Verdicts that differ",
    (
        *(CASE, TITLE),
        *RULE,
        Column("from", "Comes to", "term"),
        Column("to", "Would come to", "term"),
        Column("why_now", "Why it comes to that"),
        Column("why_then", "Why it would come to that"),
    ),
)

MEASURES = Register(
    "measures",
    "Measures as to the guideline",
    (
        *(CASE, TITLE),
        *RULE,
        Column("course", "Leaves it, or comes within it", "word"),
        Column("events", "Events", "event", many=True),
        Column("explanation", "Explanation"),
    ),
)


def what_if_registers(cases: Iterable[Iterable[Row]]) -> Registers:
    """Make registers of what differs, from the rows of each case (`case_rows`)."""
    return Registers((DIFFERENCES, MEASURES), chain.from_iterable(cases))


def case_rows(view: CaseView, switches: Iterable[Switch], title: str | None) -> Iterator[Row]:
    """Yield what differs in a case as rows.

    Args:
        view: the case.
        switches: the rules whose verdicts differ.
        title: what the case is called.
    """
    for each in switches:
        where = (view.case_id, title, each.rule, each.text)
        why = (_why(each.was), _why(each.now))
        yield Row(DIFFERENCES.name, (*where, *each.course, *why))
        for course, measures in (("leaves", each.leaves), ("comes within", each.enters)):
            for judged in measures:
                events = _numbers(view, judged.events)
                yield Row(MEASURES.name, (*where, course, events, explained((judged,))))


def _why(outcome: Outcome | None) -> str | None:
    return None if outcome is None else outcome.in_words().explanation


def _numbers(view: CaseView, events: Iterable[str]) -> Sequence[int]:
    placed = ((each, view.placed(each)) for each in events)
    return numbers(
        events, {each: found.fact.event.position for each, found in placed if found is not None}
    )
