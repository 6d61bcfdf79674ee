"""The report on all cases as a written answer: what they come to, then each register."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import say, say_as, say_count, to_say
from answerable.projections.across.across import AcrossCases, in_brief
from answerable.projections.across.sections.alike import alike
from answerable.projections.across.sections.bars import bars
from answerable.projections.across.sections.figures import definitions, figures
from answerable.projections.across.sections.in_short import in_short
from answerable.projections.across.sections.register import register
from answerable.projections.across.sections.steps import steps
from answerable.projections.across.sections.years import years
from answerable.projections.blocks.blocks import Section, Written, paragraph, row, table
from answerable.projections.blocks.spans import code, line, say_line
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.counts import capital
from answerable.projections.wording.dates import asked_words

SECTIONS = (in_short, figures, years, steps, register, alike, bars, definitions)
"""Write a section each, in the report's order; None where there is nothing for it."""


AS_OF = to_say("as of {moment}")
KNOWN_BY = to_say("as known by {moment}")


ON_SCREEN = 20
"""The most lines of a list that text tells: a document has them all."""


def written_briefly(across: AcrossCases) -> Written:
    """Put the report into sections for a screen: the first of each list, and no definitions.

    What is left out is counted, and it is said what has it.
    """
    whole = written(in_brief(across, ON_SCREEN))
    more = say_line(
        "What each figure is: {one}. All lines, and the definitions: {all}.",
        one=code("answerable figures --figure NAME"),
        all=code("answerable report --all --output all.html"),
    )
    last = Section("definitions", say("What the figures are"), (paragraph(more),))
    told = (last if each.name == last.name else each for each in whole.sections)
    return whole._replace(sections=tuple(told))


def written(across: AcrossCases) -> Written:
    """Put the report on all cases into sections, for whatever it is to be written as."""
    cases = across.metrics.cases
    # Of no case there is nothing to say but that.
    sections = (section(across) for section in (SECTIONS if cases.most else SECTIONS[:1]))
    told = [section for section in sections if section is not None]
    number = in_words(Range(cases.least, cases.most))
    how_many = 1 if cases.least == cases.most == 1 else 2
    title = say_count("Report on {cases} case", "Report on {cases} cases", how_many, cases=number)
    times = " · ".join(_times(across))
    lead = (paragraph(capital(times)),) if times else ()
    return Written(line(title), lead, (*told, _record(across)))


def _times(across: AcrossCases) -> Iterator[str]:
    for sentence, moment in ((AS_OF, across.as_of), (KNOWN_BY, across.known_by)):
        if moment is not None:
            yield say(sentence, moment=asked_words(moment, across.zone, several=True))


def _record(across: AcrossCases) -> Section:
    entries = say_count("{number} entry", "{number} entries", across.size)
    head = say_line("{entries}, root {root}", entries=entries, root=code(across.root.hex()))
    whom = say(across.made_for) if across.made_for else say("whoever may see the whole record")
    rows = (
        row(say_as("reader", "For"), whom),
        row(say("Record"), head),
        row(say("Made by"), f"answerable {across.version}"),
    )
    return Section("record", say("What it was made from"), (table(("", ""), rows),))
