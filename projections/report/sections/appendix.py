"""The appendix of a report: what its sources are, and the ids of its events."""

from __future__ import annotations

from answerable.domain.language.saying import punctuation, say, term_words, to_say
from answerable.projections.blocks.blocks import Section, bullets, row, table
from answerable.projections.blocks.spans import Line, code, line, recorded, say_line
from answerable.projections.report.lookup import Lookup
from answerable.projections.timeline.timeline import Entry

UNTOLD = to_say("none told")


def sources(lookup: Lookup) -> Section:
    """List each source once with the events that it tells of."""
    told: dict[Line, list[str]] = {}
    for entry in lookup.report.timeline:
        for source in _sources(lookup, entry):
            told.setdefault(source, []).append(entry.event_id)
    listed = bullets(
        say_line("{source}: {events}", source=source, events=lookup.cite(*events))
        for source, events in told.items()
    )
    return Section("sources", say("Appendix: the sources"), (listed,))


def _sources(lookup: Lookup, entry: Entry) -> list[Line]:
    text = lookup.text(entry.event_id, "sources")
    if text.state != "told":
        return [line(say(UNTOLD) if text.state == "not told" else term_words(text.state))]
    comma = punctuation(", ")
    return [
        recorded(comma.join(source[key] for key in ("title", "url", "digest") if source.get(key)))
        for source in text.value
    ]


def events(lookup: Lookup) -> Section:
    """List the id of each event."""
    rows = [
        row(f"#{each.position}", code(each.event_id), term_words(each.kind), position=each.position)
        for each in lookup.report.timeline
    ]
    heads = ("#", say("Event id"), say("Kind"))
    return Section("events", say("Appendix: the events"), (table(heads, rows),))
