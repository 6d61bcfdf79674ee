"""A case: its report, its replay, its events, and its registers, each on a page of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from answerable.domain.language.saying import say, to_say
from answerable.domain.record import RecordedEvent
from answerable.projections.listing.paged import Stretch
from answerable.projections.listing.record import Listed
from answerable.projections.log import LoggedEvent
from answerable.projections.output.register import Party, Registers
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import beside, link, links, said
from answerable.projections.pages.browsing.framing.times import PRESENT, Times, TimesForm
from answerable.projections.pages.browsing.tables import (
    heading,
    party_link,
    register_table,
    visible,
)
from answerable.projections.pages.case_page import choosable
from answerable.projections.pages.chooser import chooser
from answerable.projections.pages.content import Content, content_of, pictured
from answerable.projections.pages.drawing.tracks import tracks
from answerable.projections.pages.environment import asset
from answerable.projections.pages.scrubber import PANES, Replay
from answerable.projections.pages.sealed_page import data
from answerable.projections.pages.sections import EVENTS, REPLAY, Shown, context
from answerable.projections.registers.reading.log import LOG, log_register
from answerable.projections.report.audience.report_for import Gated
from answerable.projections.report.report import Report
from answerable.projections.report.written import written
from answerable.projections.wording.leading.case import case_words

NOT_OF_A_CASE = ("case", "occurred_as_corrected", "happened")
"""Name the columns of the log that tell nothing within one case."""


class Of(NamedTuple):
    """Hold which case a page is on, and of when it tells.

    Attributes:
        case_id: the case.
        title: what it is called; None where that is not told.
        whole: whether all of it is shown.
        times: those that are asked about.
    """

    case_id: str
    title: str | None
    whole: bool = True
    times: Times = PRESENT

    def beside(self, here: str) -> Sequence[tuple[str, str, bool]]:
        """Return the pages on the case, and which of them this one is."""
        told = (
            ("", say("Report")),
            ("replay", say("Replay")),
            ("events", say("Events")),
            ("tables", say("Tables")),
            ("report.html", say("As one file that verifies itself")),
        )
        return [
            (self.times.at(addresses.case(self.case_id, part)), words, part == here)
            for part, words in told
        ]

    def form(self, part: str) -> TimesForm:
        """Return what one of its pages needs to be asked about other times."""
        return TimesForm(self.times, addresses.case(self.case_id, part))

    def page(self, here: str, kind: str, sections: Sequence[Shown]) -> Page:
        """Return a page on the case."""
        called = visible(case_words(self.case_id, self.title))
        return Page(
            at=addresses.CASES,
            kind=kind,
            title=heading(called, self.case_id),
            title_text=called,
            sections=sections,
            beside=self.beside(here),
        )


def report_page(gated: Gated, frame: Frame, times: Times = PRESENT) -> str:
    """Write the report on a case, in which events and parties lead to their pages.

    To those who may see a part of it, its events are shown on the same page.

    Args:
        gated: the report, and the case as it was looked at for it.
        frame: what all pages share.
        times: those that are asked about.
    """
    report, looked, part = gated
    of = Of(report.header.case_id, None, frame.whole, times)
    if part is not None:
        content = content_of(report, looked, part)
        return _framed(of, report, content, context(content, folding=True), (REPLAY,), frame)
    content = Content(
        report.header,
        written(report),
        (),
        tracks(report.timeline, report.header.zone),
        tuple(pictured(report, looked, to=addresses.EVENT)),
        chooser(looked.view, report.timeline, looked.known.called),
    )
    told = context(content, folding=True, links=links(report.header.tree_size))
    return _framed(of, report, content, told, (EVENTS, REPLAY), frame)


def _framed(
    of: Of,
    report: Report,
    content: Content,
    told: Mapping[str, Any],
    without: Collection[str],
    frame: Frame,
) -> str:
    sections = [each for each in told["sections"] if each.name not in without]
    if frame.whole:
        sections += _parties(report)
    page = Page(
        at=addresses.CASES,
        kind=told["kind"],
        title=told["title"],
        title_text=told["title_text"],
        lead=told["lead"],
        sections=sections,
        beside=of.beside(""),
        times=of.form(""),
        templated={
            "pictured": content.pictured,
            "events": content.events,
            "details": told["details"],
            "chooser": choosable(content.chooser),
        },
        scripts=(asset("timeline.js"),),
    )
    return framed(page, frame)


def _parties(report: Report) -> Iterator[Shown]:
    if report.parties:
        made = Markup("").join(
            Markup("<li>{}</li>").format(party_link(Party(each.party, each.shown)))
            for each in report.parties
        )
        title = say("People and parties of the case")
        yield Shown("parties", title, Markup("<ul>{}</ul>").format(made))


def replay_page(of: Of, replay: Replay, frame: Frame, *, judged: bool) -> str:
    """Write the replay of a case.

    Args:
        of: which case.
        replay: how it stood after each step.
        frame: what all pages share.
        judged: whether rules were judged at each step.
    """
    told = () if judged else (_unjudged(of),)
    kind = say("How a case came to be decided")
    steps = Shown(REPLAY, say("Step by step"), Markup())
    page = of.page("replay", kind, (steps, *told))._replace(scripts=(asset("replay.js"),))
    shown = {
        "panes": [(name, say(pane)) for name, pane in PANES],
        "replay": data(replay._asdict()),
    }
    if of.whole:
        shown["event_at"] = addresses.EVENT
    return framed(page._replace(templated=shown), frame)


UNJUDGED = to_say(
    "How rules stood at each step is left out: it is judged by what was known of all cases by "
    "then, and can take minutes where many cases are alike."
)


def _unjudged(of: Of) -> Shown:
    """Say that rules were not judged, and lead to where they are."""
    if not of.whole:
        return Shown("verdicts", say("Rules of policies"), said(say(UNSHOWN)))
    address = addresses.asking(addresses.case(of.case_id, "replay"), rules="yes")
    asks = Markup("<p>{}</p>").format(link(address, say("Judge the rules at each step")))
    return Shown("verdicts", say("Rules of policies"), said(say(UNJUDGED)) + asks)


UNSHOWN = to_say("How rules stood at each step is not shown: they are judged by the whole case.")


def events_page(of: Of, found: Stretch[RecordedEvent], listed: Listed, frame: Frame) -> str:
    """Write a page of the events of a case, in the order of recording.

    Args:
        of: which case.
        found: the events.
        listed: the record, which tells what things are called.
        frame: what all pages share.
    """
    address = addresses.case(of.case_id, "events")
    if found.items:
        rows = log_register(_as_recorded(found.items), listed.said).rows
        table = register_table(LOG, rows, without=NOT_OF_A_CASE) + beside(found, address, {})
    else:
        table = said(say("No event of this case has such a number.")) + Markup("<p>{}</p>").format(
            link(address, say("From the first event"))
        )
    sections = (Shown("recorded", say("Events as they were recorded"), table),)
    return framed(of.page("events", say("What was recorded of a case"), sections), frame)


def _as_recorded(events: Iterable[RecordedEvent]) -> Iterator[LoggedEvent]:
    return (LoggedEvent(each, each.occurred, "yes") for each in events)


def tables_page(of: Of, registers: Registers, frame: Frame) -> str:
    """Write what is said of a case as tables.

    Args:
        of: which case.
        registers: the tables of its report.
        frame: what all pages share.
    """
    rows = list(registers.rows)
    sections = []
    for register in registers.every:
        own = [row for row in rows if row.register == register.name]
        if own:
            table = register_table(register, own, without=("case",))
            sections.append(Shown(f"table-{register.name}", say(register.title), table))
    page = of.page("tables", say("A case as tables"), sections)
    return framed(page._replace(times=of.form("tables")), frame)
