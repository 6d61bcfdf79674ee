"""The timeline in a report: what happened when, and when it was recorded."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain import dates
from answerable.domain.language.saying import say, term_words, to_say
from answerable.projections.blocks.blocks import (
    Block,
    Cell,
    Row,
    Section,
    cell,
    paragraph,
    row,
    table,
)
from answerable.projections.blocks.spans import Line, line, say_line, struck
from answerable.projections.report.lookup import Lookup, day
from answerable.projections.timeline.timeline import Entry
from answerable.projections.wording.answers import by_then
from answerable.projections.wording.counts import capital
from answerable.projections.wording.dates import recorded_day, recorded_minute
from answerable.projections.wording.leading.told_once import (
    lags_words,
    repeated_among,
    without_aside,
)
from answerable.projections.wording.lines.phrases import announced
from answerable.projections.wording.vocabulary import reading

MEANING = to_say(
    "Numbered as they were recorded. What was retracted is struck through; what was corrected "
    "shows what it said first."
)


def timeline(lookup: Lookup) -> Section:
    """Write the timeline; what holds of many of its lines is said once above them."""
    return Section("timeline", say("Timeline"), (paragraph(say(MEANING)), *_blocks(lookup)))


def _blocks(lookup: Lookup) -> Iterator[Block]:
    zone = lookup.report.header.zone
    entries = lookup.report.timeline
    told_by = announcements(lookup)
    told = repeated_among(told_by.values())
    for said in told:
        own = [event_id for event_id, each in told_by.items() if each == said]
        what = lookup.said(capital(said))
        yield paragraph(say_line("{what}: {events}.", what=what, events=lookup.cite(*own)))
    once = {recorded_day(entry.recorded_at, zone) for entry in entries}
    at_once = len(once) == 1 and len(entries) > 1
    if at_once:
        lag = lags_words([entry.lag for entry in entries])
        day = once.pop()
        yield paragraph(
            say("All of it was recorded on {day}, {lag}.", day=day, lag=lag)
            if lag
            else say("All of it was recorded on {day}.", day=day)
        )
    recorded = say("Recorded") if zone.known else say("Recorded (UTC)")
    when = () if at_once else (recorded, say("Recorded after"))
    heads = ("#", say("When"), *when, say("What"))
    yield table(heads, [_row(lookup, entry, told, at_once) for entry in entries])


def _row(lookup: Lookup, entry: Entry, told: tuple[str, ...], at_once: bool) -> Row:
    """Write the row of an event; when it was recorded is left out where that is said above."""
    zone = lookup.report.header.zone
    minute = recorded_minute(entry.recorded_at, zone).removesuffix(" UTC")
    when = () if at_once else (minute, dates.describe(entry.lag))
    return row(
        f"#{entry.position}",
        day(entry.occurred, zone),
        *when,
        _what(lookup, entry, told),
        position=entry.position,
    )


def announcements(lookup: Lookup) -> dict[str, str]:
    """Say of each sanction that was announced who did so, and when."""
    sanctions = (each for one in lookup.report.accountability.people for each in one.sanctions)
    said = {each.event_id: announced(each._asdict(), lookup.called) for each in sanctions}
    return {event_id: each for event_id, each in said.items() if each is not None}


def _what(lookup: Lookup, entry: Entry, told: tuple[str, ...]) -> Cell:
    gist = entry.gist
    for said in told:
        gist = without_aside(gist, said)
    first = lookup.said(gist)
    return cell(struck(first) if entry.struck else first, *_later(lookup, entry))


def _later(lookup: Lookup, entry: Entry) -> Iterator[Line]:
    """Say what else is to be known of an event: what it acts upon, and what became of it."""
    if entry.upon is not None:
        yield say_line("see {event}", event=lookup.cite(entry.upon))
    for field, was, now in entry.readings:
        yield lookup.said(say("corrected: {reading}", reading=reading(field, was, now)))
    if entry.corrected_by:
        yield say_line("corrected by {events}", events=lookup.cite(*entry.corrected_by))
    if entry.retracted_by:
        yield say_line("retracted by {events}", events=lookup.cite(entry.retracted_by))
    if entry.disputed_by:
        yield say_line("disputed by {events}", events=lookup.cite(*entry.disputed_by))
    if entry.standing != "asserted":
        yield line(term_words(entry.standing))
    if entry.occurred is not None and (doubt := by_then(entry.as_of)):
        yield line(doubt)
