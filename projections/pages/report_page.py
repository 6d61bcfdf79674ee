"""The report on a case as a page: what is written, drawn and replayed of it, put together."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.pages.case_page import Carried, Pictured, case_page
from answerable.projections.pages.derivation import derivation_drawing
from answerable.projections.pages.events import events_shown
from answerable.projections.pages.scrubber import replayed
from answerable.projections.pages.tracks import tracks
from answerable.projections.replay.replay import replay_case
from answerable.projections.report.report import Report
from answerable.projections.report.written import written
from answerable.projections.why.why import why_in_case


def report_page(
    reader: Reader,
    report: Report,
    carried: Carried,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> str:
    """Write a report as a page that needs nothing beside itself.

    Args:
        reader: the record that the report was made from.
        report: what it came to.
        carried: what the page carries so that it can be checked.
        as_of: the moment that the report was asked as of.
        known_by: the moment that it was asked as known by.
    """
    known = names(reader, known_by=known_by)
    record = RecordView(reader, as_of, known_by, name_of=known.called, type_of=known.type_of)
    case_id = report.header.case_id
    view = record.case(case_id)
    record.keep(view)
    steps = replay_case(
        reader,
        case_id,
        as_of=as_of,
        known_by=known_by,
        name_of=known.called,
        type_of=known.type_of,
        judged=True,
    )
    return case_page(
        written(report),
        tuple(events_shown(reader, view, known.of)),
        tracks(report.timeline, report.header.zone),
        replayed(reader, steps, known, report.header.zone),
        tuple(_pictured(record, view, report, known)),
        carried,
        version=report.header.version,
    )


def _pictured(
    record: RecordView, view: CaseView, report: Report, known: Names
) -> Iterator[Pictured]:
    """Draw what was done to each party and found of it, and what that rests on."""
    people = (person.party for person in report.accountability.people)
    barred = (bar.counterparty for bar in report.bars)
    for party in dict.fromkeys((*people, *barred)):
        name = known.called(party)
        drawn = derivation_drawing(why_in_case(record, view, party), name)
        if drawn:
            yield Pictured(name, drawn)
