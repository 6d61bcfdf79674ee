"""The report on a case as a written answer, to be read from the top: what it comes to, then why.

Events are cited by their position in the log (#12); the appendix has their full ids.
"""

from __future__ import annotations

from answerable.projections.blocks.blocks import Written
from answerable.projections.report.audited.audit import audit
from answerable.projections.report.audited.changes import changes
from answerable.projections.report.audited.exhibits import exhibits
from answerable.projections.report.audited.grounds import grounds
from answerable.projections.report.audited.verdicts import verdicts
from answerable.projections.report.first_page.first_page import in_short
from answerable.projections.report.first_page.subject import subject, title
from answerable.projections.report.lookup import Lookup
from answerable.projections.report.report import Report
from answerable.projections.report.sections.appendix import events, sources
from answerable.projections.report.sections.bars import bars
from answerable.projections.report.sections.decisions import decisions
from answerable.projections.report.sections.durations import durations
from answerable.projections.report.sections.open import still_open
from answerable.projections.report.sections.outside import agreements, proceedings
from answerable.projections.report.sections.promises import promises
from answerable.projections.report.sections.record import record
from answerable.projections.report.sections.register import register
from answerable.projections.report.sections.timeline import timeline
from answerable.projections.report.sections.words import in_their_words

SECTIONS = (
    in_short,
    register,
    timeline,
    decisions,
    bars,
    proceedings,
    agreements,
    promises,
    durations,
    still_open,
    audit,
    grounds,
    verdicts,
    exhibits,
    changes,
    in_their_words,
    sources,
    events,
    record,
)
"""Write a section each, in the report's order; None where a case has nothing for it."""


def written(report: Report) -> Written:
    """Put a report into sections, for whatever it is to be written as."""
    lookup = Lookup(report)
    sections = (section(lookup) for section in SECTIONS)
    told = tuple(section for section in sections if section is not None)
    return Written(title(lookup), tuple(subject(lookup)), told)
