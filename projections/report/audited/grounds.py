"""The section of a report on what is missing or wrong behind what stands."""

from __future__ import annotations

from answerable.projections.blocks.blocks import Section, paragraph, row, table
from answerable.projections.blocks.spans import Line, line, strong
from answerable.projections.grounds.problems import Problem
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital, number_words
from answerable.projections.wording.vocabulary import NOT_TOLD

HOW_IT_STANDS: dict[tuple[str, str], Line] = {
    ("missing", "fail"): line("not on record"),
    ("missing", "indeterminate"): line(NOT_TOLD),
    ("wrong", "fail"): strong("wrong"),
    ("wrong", "indeterminate"): line("out of sight"),
}
"""Say the state of a ground, by its sort and how it is judged."""

MEANING = "What is missing behind what stands, or is on record and cannot bear it."


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
            HOW_IT_STANDS[alike[0].sort, alike[0].verdict],
            position=alike[0].position if len(alike) == 1 else None,
        )
        for (_, text), alike in said.items()
    ]
    told = table(("Events", "What", "How it stands"), rows)
    return Section("grounds", "Grounds", (paragraph(MEANING), told))
