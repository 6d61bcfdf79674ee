"""Write a record as an event log of one case a trace: XES, IEEE 1849-2023, as XML.

A case is a trace, named by its slug; an event is one of the trace, named by its kind, at its one
time (`moments`). Who did it is its resource, in the role that the catalogue gives; who merely
announced it, or in whose name it was said, is not. Of what lasts (a contact, a hearing) the time is
that of its beginning, and its transition `start`; every other event is `complete`.

Values of an event's own stand under the names of its fields, without a prefix; a party by its
pseudonym. Several are written as JSON, since many readers drop the lists of XES. A case is written
after the other, and none is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.kinds.catalogue.kind import ANNOUNCER, PRINCIPAL
from answerable.projections.facts.case_view import CaseView
from answerable.projections.interchange.moments import time_text
from answerable.projections.interchange.process_event import ProcessEvent, Value, events_in, plain
from answerable.projections.interchange.xml_text import quoted

EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
    ("Identity", "identity"),
)
"""The extensions of the standard that are used, each with its prefix; `xesext` has their place."""

_HEAD = "".join(
    (
        '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2023" xes.features="">\n',
        *(
            f'<extension name="{name}" prefix="{prefix}" '
            f'uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
            for name, prefix in EXTENSIONS
        ),
        '<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>\n',
        '<global scope="event"><string key="concept:name" value="UNKNOWN"/>'
        '<date key="time:timestamp" value="1970-01-01T00:00:00Z"/>'
        '<string key="lifecycle:transition" value="complete"/></global>\n',
        '<classifier name="Activity" scope="event" keys="concept:name"/>\n',
        '<classifier name="ActivityAndTransition" scope="event" '
        'keys="concept:name lifecycle:transition"/>\n',
        '<string key="lifecycle:model" value="standard"/>\n',
    )
)

NO_RESOURCE = frozenset((ANNOUNCER, PRINCIPAL))
"""The roles of those who did not do what the event is."""

AND = "+"
"""Tell what joins the pseudonyms of those who did something together: none of them has it in it."""

OPENED = "case-opened"
"""The kind whose public values are those of the trace."""


def document(
    views: Iterable[CaseView], wrote: Callable[[], None] = lambda: None
) -> Iterator[bytes]:
    """Write the log, a trace at a time.

    Args:
        views: the cases.
        wrote: is told of each event that was written.
    """
    yield _HEAD.encode()
    for view in views:
        events = events_in(view)
        if events:
            yield _trace(view, events).encode()
        for _ in events:
            wrote()
    yield b"</log>\n"


def _trace(view: CaseView, events: list[ProcessEvent]) -> str:
    parts = ["<trace>\n", _value("concept:name", view.case_id)]
    for event in events:
        if event.fact.kind == OPENED:
            parts += [_value(name, value) for name, value in _values(event)]
    for event in events:
        parts += ["<event>\n", *_event(event), "</event>\n"]
    return "".join((*parts, "</trace>\n"))


def _event(event: ProcessEvent) -> Iterator[str]:
    fact = event.fact
    yield _value("concept:name", fact.kind)
    yield _value("time:timestamp", event.dated.at)
    yield _value("lifecycle:transition", "start" if _lasts(event) else "complete")
    yield f'<id key="identity:id" value="{fact.event_id}"/>\n'
    doers = [part for part in event.parties if part.role and part.role not in NO_RESOURCE]
    if doers:
        yield _value("org:resource", AND.join(dict.fromkeys(part.party for part in doers)))
        yield _value("org:role", AND.join(dict.fromkeys(part.role or "" for part in doers)))
    for name, value in (*event.common.items(), *_values(event)):
        yield _value(name, value)


def _values(event: ProcessEvent) -> Iterator[tuple[str, Value]]:
    """Yield the values of a kind's own fields, those that name parties among them."""
    yield from event.own.items()
    for field in dict.fromkeys(part.field for part in event.parties):
        yield field, plain(event.fact.fields[field])


def _lasts(event: ProcessEvent) -> bool:
    fact = event.fact
    return CATALOGUE[fact.kind].lasts and fact.began != fact.fields.get("occurred")


def _value(name: str, value: Value) -> str:
    if isinstance(value, str):
        return f'<string key="{name}" value={quoted(value)}/>\n'
    if isinstance(value, datetime):
        return f'<date key="{name}" value="{time_text(value)}"/>\n'
    if isinstance(value, bool):
        return f'<boolean key="{name}" value="{"true" if value else "false"}"/>\n'
    return f'<{"int" if isinstance(value, int) else "float"} key="{name}" value="{value}"/>\n'
