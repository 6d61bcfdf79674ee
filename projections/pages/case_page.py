"""The report on a case as one page of HTML: the answer first, then the reasons, then the hashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from answerable.projections.blocks.blocks import Section, Table, Written
from answerable.projections.blocks.spans import plain
from answerable.projections.pages.answer import answer
from answerable.projections.pages.environment import asset, environment
from answerable.projections.pages.events import EventShown
from answerable.projections.pages.markup import Links
from answerable.projections.pages.scrubber import Replay
from answerable.projections.pages.sealed_page import content_policy, data
from answerable.projections.pages.tracks import LEGEND, Tracks

FOOT = "record"
"""Name the section that stands at the foot of the page: what the report was made from."""

ANSWER = "in-short"
"""Name the section that is the answer."""

TIMELINE = "timeline"
"""Name the section whose table has a drawing in each row."""

REGISTER = "register"
"""Name the section that what each measure rests on is drawn behind."""

DERIVATIONS = "derivations"
"""Name the section that draws what each measure rests on."""

REPLAY = "replay"
"""Name the section that goes through the steps of the case."""

EVENTS = "events"
"""Name the section that shows each event whole, in place of the list of their ids."""


class Pictured(NamedTuple):
    """Hold the drawing of what was done to a party rests on, and the party's name."""

    name: str
    drawn: Markup


class Carried(NamedTuple):
    """Hold what a page carries so that it can be checked where it is read.

    Attributes:
        bundle: the element of data that holds the record; "" where nothing is carried.
        script: what checks it in a browser.
    """

    bundle: str = ""
    script: str = ""


class Shown(NamedTuple):
    """Hold a section as HTML."""

    name: str
    title: str
    body: Markup


PANES = (
    ("accountable", "Accountable"),
    ("changed", "What this step changed"),
    ("open", "Open"),
    ("rules", "Rules of policies"),
    ("borne", "What it could rest on"),
    ("hindsight", "Only later"),
)
"""Name what is shown of each step of the replay, and how it is called."""


def case_page(
    written: Written,
    events: Sequence[EventShown],
    drawn: Tracks,
    replay: Replay,
    pictured: Sequence[Pictured],
    carried: Carried,
    *,
    version: str,
) -> str:
    """Write a report as a page that needs nothing beside itself.

    Args:
        written: the report.
        events: each event of the case, to which its number leads.
        drawn: the drawings of the timeline.
        replay: how the case stood after each step.
        pictured: what is drawn of each party.
        carried: what the page carries so that it can be checked.
        version: of answerable.
    """
    links = Links({each.position for each in events})
    style = asset("page.css")
    # What checks the page reads its words before another script changes them.
    scripts = [each for each in (carried.script, asset("replay.js")) if each]
    return (
        environment()
        .get_template("case.html")
        .render(
            language="en",
            version=version,
            content_policy=content_policy(scripts, (style,)),
            style=Markup(style),  # noqa: S704 - our own
            scripts=[Markup(each) for each in scripts],  # noqa: S704 - our own
            bundle=Markup(carried.bundle),  # noqa: S704 - escaped as data of a script is
            pictured=pictured,
            panes=PANES,
            replay=data(replay._asdict()),
            title=links.line(written.title),
            title_text=plain(written.title),
            lead=links.blocks(written.lead),
            sections=list(_sections(links, written.sections, drawn)),
            events=events,
            line=links.line,
            made_from=[*_foot(links, written)],
        )
    )


def _sections(links: Links, sections: Iterable[Section], drawn: Tracks) -> Iterator[Shown]:
    for section in sections:
        if section.name == EVENTS:
            yield Shown(section.name, "Every event", Markup())
        elif section.name == ANSWER:
            yield Shown(section.name, section.title, answer(links, section.blocks))
        elif section.name != FOOT:
            beside = drawn if section.name == TIMELINE else None
            body = Links(links.positions, beside).blocks(section.blocks)
            yield Shown(section.name, section.title, LEGEND + body if beside else body)
        if section.name == REGISTER:
            yield Shown(DERIVATIONS, "What it rests on", Markup())
        if section.name == TIMELINE:
            yield Shown(REPLAY, "How it came to be decided", Markup())


def _foot(links: Links, written: Written) -> Iterator[tuple[Markup, Markup]]:
    for section in written.sections:
        for block in section.blocks if section.name == FOOT else ():
            if isinstance(block, Table):
                for row in block.rows:
                    name, value = row.cells
                    yield links.lines(name.lines), links.lines(value.lines)
