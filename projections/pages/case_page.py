"""The report on a case as one page of HTML: the answer first, then the reasons, then the hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from answerable.domain.language.saying import say
from answerable.projections.pages.chooser import Chooser
from answerable.projections.pages.content import Content
from answerable.projections.pages.environment import asset, environment
from answerable.projections.pages.quoting.written import written_as
from answerable.projections.pages.scrubber import PANES, Replay
from answerable.projections.pages.sealed_page import content_policy, data
from answerable.projections.pages.sections import context
from answerable.projections.report.report import Header


class Carried(NamedTuple):
    """Hold what a page carries so that it can be checked where it is read.

    Attributes:
        bundle: the element of data that holds the record; "" where nothing is carried.
        script: what checks it in a browser.
        beside: whether the record lies in files beside the page.
        closed: the fields of each event that are not in the record that is carried, by its
            position: each withheld or erased.
    """

    bundle: str = ""
    script: str = ""
    beside: bool = False
    closed: Mapping[int, Mapping[str, str]] = {}


class Told(NamedTuple):
    """Hold what the template of a page is told, by name, and the scripts that may run in it."""

    names: Mapping[str, Any]
    scripts: tuple[str, ...]


def case_page(content: Content, replay: Replay, carried: Carried) -> str:
    """Write a report as a page that needs nothing beside itself.

    Args:
        content: what the page shows.
        replay: how the case stood after each step.
        carried: what the page carries so that it can be checked.
    """
    return environment().get_template("case.html").render(told(content, replay, carried).names)


def told(content: Content, replay: Replay, carried: Carried) -> Told:
    """Return what the template of a page is told.

    Args:
        content: what the page shows.
        replay: how the case stood after each step.
        carried: what the page carries so that it can be checked.
    """
    style = asset("page.css")
    # What checks the page reads its words before another script changes them.
    own = (asset("timeline.js"), asset("replay.js"))
    scripts = tuple(each for each in (carried.script, *own) if each)
    names = {
        **context(content, folding=True),
        "content_policy": content_policy(scripts, (style,)),
        "style": Markup(style),  # noqa: S704 - our own
        "scripts": [Markup(each) for each in scripts],  # noqa: S704 - our own
        "bundle": Markup(carried.bundle),  # noqa: S704 - escaped as data of a script is
        "beside": carried.beside,
        "made": data({**made_of(content.header), "closed": carried.closed}),
        "written": data(written_as(content.events)) if carried.bundle else Markup(),
        "panes": [(name, say(title)) for name, title in PANES],
        "replay": data(replay._asdict()),
        "chooser": choosable(content.chooser),
    }
    return Told(names, scripts)


def made_of(header: Header) -> dict[str, Any]:
    """Return what a page was asked for, so that whoever has its record can make it again.

    Args:
        header: that of the report.
    """
    asker = header.zone.name if header.zone.told_by == "asker" else None
    return {
        "version": header.version,
        "made_for": header.made_for,
        "subject": header.subject,
        "as_of": None if header.as_of is None else header.as_of.isoformat(),
        "known_by": None if header.known_by is None else header.known_by.isoformat(),
        "zone": asker,
        "size": header.tree_size,
        "root": header.root,
    }


def choosable(chooser: Chooser) -> Markup:
    """Return what can be chosen on a timeline, as data for its script."""
    told = {**chooser._asdict(), "events": [each._asdict() for each in chooser.events]}
    return data(told)
