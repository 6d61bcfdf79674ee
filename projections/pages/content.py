"""Put together what a report's page shows, whichever page it is: on a screen or on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from answerable.projections.blocks.blocks import Written
from answerable.projections.facts.record_view import RecordView
from answerable.projections.pages.chooser import Chooser, chooser
from answerable.projections.pages.drawing.derivation import derivation_drawing
from answerable.projections.pages.drawing.tracks import Tracks, tracks
from answerable.projections.pages.events import EventShown, events_shown
from answerable.projections.pages.markup import EVENT
from answerable.projections.report.audience.part import Part
from answerable.projections.report.looked import Looked
from answerable.projections.report.report import Header, Report
from answerable.projections.report.written import written
from answerable.projections.show.fields import Unseen
from answerable.projections.why.why import why_each_in_case


class Pictured(NamedTuple):
    """Hold the drawing of what was done to a party rests on, and the party's name."""

    name: str
    drawn: Markup


class Content(NamedTuple):
    """Hold what a page shows of a report.

    Attributes:
        header: what the report is about, and what it was made from.
        written: the report in words.
        events: each event of the case, to which its number leads.
        tracks: the drawings of the timeline.
        pictured: what is drawn of each party.
        chooser: what can be chosen on the timeline.
    """

    header: Header
    written: Written
    events: tuple[EventShown, ...]
    tracks: Tracks
    pictured: tuple[Pictured, ...]
    chooser: Chooser


def content_of(report: Report, looked: Looked, part: Part | None = None) -> Content:
    """Put together what a page shows of a report.

    Args:
        report: what it came to.
        looked: the case as it was looked at for the report.
        part: the part of the case that is shown; None: the whole.
    """
    reader, known, shown = looked.reader, looked.known, looked.view
    hidden = frozenset() if part is None else part.matter.hidden
    if part is not None:
        told = RecordView(
            part.reader(reader),
            looked.as_of,
            looked.known_by,
            name_of=known.called,
            type_of=known.type_of,
        )
        shown = told.case(report.header.case_id)
    return Content(
        report.header,
        written(report),
        tuple(
            events_shown(
                reader,
                shown,
                known.of,
                lambda event_id: Unseen(looked.view.facts.get(event_id), hidden),
            )
        ),
        tracks(report.timeline, report.header.zone),
        tuple(pictured(report, looked, part)),
        chooser(shown, report.timeline, known.called),
    )


def pictured(
    report: Report, looked: Looked, part: Part | None = None, *, to: str = EVENT
) -> Iterator[Pictured]:
    """Draw what was done to each party and found of it, and what that rests on.

    Args:
        report: what it came to.
        looked: the case as it was looked at for the report.
        part: the part of the case that is shown; None: the whole.
        to: where an event is shown; its number follows.
    """
    people = (person.party for person in report.accountability.people)
    barred = (bar.counterparty for bar in report.bars)
    parties = dict.fromkeys((*people, *barred))
    for party, found in why_each_in_case(looked.record, looked.view, parties):
        name = looked.known.called(party)
        drawn = derivation_drawing(found if part is None else part.derivation(found), name, to)
        if drawn:
            yield Pictured(name, drawn)
