"""The section of a report on what is missing or wrong behind what stands."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import say, to_say
from answerable.projections.blocks.blocks import Section, paragraph, row, table
from answerable.projections.blocks.spans import Line, line, strong
from answerable.projections.grounds.problems import Problem
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital, number_words

HOW_IT_STANDS: Mapping[tuple[str, str], str] = {
    ("missing", "fail"): to_say("not on record"),
    ("missing", "indeterminate"): to_say("not told"),
    ("wrong", "fail"): to_say("wrong"),
    ("wrong", "indeterminate"): to_say("out of sight"),
}
"""Say the state of a ground, by its sort and how it is judged."""

MEANING = to_say("What is missing behind what stands, or is on record and cannot bear it.")


def grounds(lookup: Lookup) -> Section | None:
    """Write what is missing or wrong, that of which the same is said together."""
    said: dict[tuple[str, str], list[Problem]] = {}
    for each in lookup.report.problems:
        said.setdefault((each.sort, each.text), []).append(each)
    if not said:
        return None
    rows = [
        row(
            number_words(each.position for each in alike),
            lookup.said(capital(text)),
            _stands(alike[0]),
            position=alike[0].position if len(alike) == 1 else None,
        )
        for (_, text), alike in said.items()
    ]
    told = table((say("Events"), say("What"), say("How it stands")), rows)
    return Section("grounds", say("Grounds"), (paragraph(say(MEANING)), told))


def _stands(problem: Problem) -> Line:
    said = say(HOW_IT_STANDS[problem.sort, problem.verdict])
    return strong(said) if (problem.sort, problem.verdict) == ("wrong", "fail") else line(said)
