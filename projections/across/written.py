"""The report on all cases as a written answer: what they come to, then each register."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.across.across import AcrossCases
from answerable.projections.across.sections.alike import alike
from answerable.projections.across.sections.bars import bars
from answerable.projections.across.sections.figures import definitions, figures
from answerable.projections.across.sections.in_short import in_short
from answerable.projections.across.sections.register import register
from answerable.projections.across.sections.steps import steps
from answerable.projections.across.sections.years import years
from answerable.projections.blocks.blocks import Section, Written, paragraph, row, table
from answerable.projections.blocks.spans import code, line
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.counts import capital, counted
from answerable.projections.wording.dates import asked_words

SECTIONS = (in_short, figures, years, steps, register, alike, bars, definitions)
"""Write a section each, in the report's order; None where there is nothing for it."""


def written(across: AcrossCases) -> Written:
    """Put the report on all cases into sections, for whatever it is to be written as."""
    sections = (section(across) for section in SECTIONS)
    told = [section for section in sections if section is not None]
    cases = across.metrics.cases
    number = in_words(Range(cases.least, cases.most))
    title = f"Report on {number} {'case' if number == '1' else 'cases'}"
    times = " · ".join(_times(across))
    lead = (paragraph(capital(times)),) if times else ()
    return Written(line(title), lead, (*told, _record(across)))


def _times(across: AcrossCases) -> Iterator[str]:
    for word, moment in (("as of", across.as_of), ("as known by", across.known_by)):
        if moment is not None:
            yield f"{word} {asked_words(moment, across.zone, several=True)}"


def _record(across: AcrossCases) -> Section:
    head = line(counted(across.size, "entry", "entries"), ", root ", code(across.root.hex()))
    rows = (row("Record", head), row("Made by", f"answerable {across.version}"))
    return Section("record", "What it was made from", (table(("", ""), rows),))
