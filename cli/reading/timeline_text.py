"""A timeline as text: a line an event, and above them what holds of all or most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.output import visible
from answerable.cli.shared.terminal.screen import ASIDE, columns, fold
from answerable.cli.shared.text import TextLine, quoted
from answerable.domain import dates
from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.answers import by_then
from answerable.projections.wording.counts import capital, in_a_row
from answerable.projections.wording.dates import bound, date, recorded_day, recorded_minute
from answerable.projections.wording.leading.told_once import (
    REPEATED,
    lags_words,
    mostly,
    numbers,
    repeated_among,
    without_aside,
)
from answerable.projections.wording.vocabulary import reading, state_words

if TYPE_CHECKING:
    from answerable.projections.timeline.order import Reason
    from answerable.projections.timeline.timeline import DateGap, Entry

WIDEST_DATE = 30
"""The columns that dates may take beside what happened."""

MOST_DAYS = 4
"""The most days of recording that are said above with their events."""

STANDS_HERE = {
    "rests on": to_say("it stands here by what it rests on"),
    "rested on": to_say("it stands here by what rests on it"),
    "recorded": to_say("it stands here as it was recorded"),
}
"""Why an undated event stands where it does."""


class TimelineAnswer(NamedTuple):
    """The timeline of a case: its events in the order asked for, and the dates it lacks.

    Attributes:
        placed: why each undated event stands where it does; nothing in the order of recording.
        roles: the roles that were given, as far as their texts are open, by the event that did so.
    """

    entries: Sequence[Entry]
    gaps: tuple[DateGap, ...]
    placed: Mapping[str, Reason]
    roles: Mapping[str, str]


class Layout(NamedTuple):
    """Hold how the lines are laid out, and what is said above them.

    Attributes:
        width: the columns of the screen; None where lines are not folded.
        at_length: whether all is said that the record tells of an event.
        announced: the announcements that are said above.
        day: the day on which events were recorded that say no other; None where each day is said
            above with its events, or each event says its own.
        dates: the columns that the dates take.
        positions: the numbers of the events, by id.
    """

    width: int | None
    at_length: bool
    announced: tuple[str, ...]
    day: str | None
    dates: int
    positions: Mapping[str, int]


def timeline_lines(
    answer: TimelineAnswer,
    announcements: Mapping[str, str],
    zone: Zone,
    *,
    width: int | None,
    at_length: bool,
) -> Iterator[TextLine]:
    """Say how many events there are and what holds of them, and then each.

    Args:
        answer: the events.
        announcements: who announced an event and when, in words, by the event's id.
        zone: where moments are said.
        width: the columns of the screen; None where there is none.
        at_length: says all that the record tells of each event.
    """
    if not answer.entries:
        yield TextLine(say("Nothing of it had happened by then."))
        return
    days = [recorded_day(entry.recorded_at, zone) for entry in answer.entries]
    dates = (columns(date(entry.occurred, zone)) for entry in answer.entries)
    beside = [each for each in dates if each <= WIDEST_DATE]
    layout = Layout(
        width,
        at_length,
        () if at_length else repeated_among(announcements.values()),
        None if at_length else _common(days),
        max(beside, default=0),
        {entry.event_id: entry.position for entry in answer.entries},
    )
    gaps = _gaps(answer)
    number = len(answer.entries)
    yield TextLine(
        say_count("{number} event. {gaps}", "{number} events. {gaps}", number, gaps=gaps)
    )
    for line in _above(answer, announcements, layout, zone):
        yield TextLine(line, "dim")
    yield TextLine("")
    for entry in answer.entries:
        yield from _entry(entry, answer, layout, zone)


def _common(days: Sequence[str]) -> str | None:
    """Return the day that is said above, where those of other days say theirs themselves.

    None where few days are told above with their events, since that takes less.
    """
    common = mostly(days)
    others = sum(day != common for day in days)
    few = len(set(days)) <= MOST_DAYS
    return None if few and others * REPEATED > len(set(days)) else common


def _above(
    answer: TimelineAnswer, announcements: Mapping[str, str], layout: Layout, zone: Zone
) -> Iterator[str]:
    """Say when most were recorded, and what was announced together."""
    days: dict[str, list[Entry]] = {}
    for entry in answer.entries:
        days.setdefault(recorded_day(entry.recorded_at, zone), []).append(entry)
    if layout.at_length:
        days.clear()
    elif layout.day is not None:
        days = {layout.day: days[layout.day]}
    for day, own in sorted(days.items()):
        lag = lags_words([each.lag for each in own])
        said = say("recorded {day}", day=day)
        if lag:
            said = say("recorded {day}, {lag}", day=day, lag=lag)
        if layout.day is None:
            events = numbers(each.position for each in own)
            yield say("{what}: {events}.", what=capital(said), events=events)
        elif len(own) == len(answer.entries):
            yield say("{sentence}.", sentence=capital(said))
        else:
            yield say("Unless a line says otherwise, {what}.", what=said)
    for said in layout.announced:
        those = [layout.positions[event] for event, each in announcements.items() if each == said]
        yield say("{what}: {events}.", what=capital(said), events=numbers(those))


def _entry(entry: Entry, answer: TimelineAnswer, layout: Layout, zone: Zone) -> Iterator[TextLine]:
    """Say when an event happened, what it was, and which it is, in a line; then what amends it."""
    when = date(entry.occurred, zone)
    style = "strike dim" if entry.struck else ""
    text = _gist(entry.now or entry.gist, layout)
    roles = [
        answer.roles[each] for each in (entry.event_id, entry.upon or "") if each in answer.roles
    ]
    for role in roles:
        text = say("{what}, role: {role}", what=text, role=visible(quoted(role)))
    end = f"{_marks(entry, layout, zone)} #{entry.position}"
    narrow = layout.width is not None and layout.width < ASIDE
    if narrow:
        yield TextLine(f"{when} #{entry.position}", "bold")
        lead, end = "  ", _marks(entry, layout, zone)
    elif columns(when) > layout.dates:
        yield TextLine(when, style)
        lead = " " * (layout.dates + 2)
    else:
        lead = f"{when}{' ' * (layout.dates + 2 - columns(when))}"
    hang = columns(lead)
    for line in fold(f"{lead}{text}{end}", layout.width, hang=columns(lead)):
        yield TextLine(line, style)
    for line, drawn in _below(entry, answer, layout, zone):
        for each in fold(f"{' ' * hang}{line}", layout.width):
            yield TextLine(each, drawn)


def _gist(line: str, layout: Layout) -> str:
    for said in layout.announced:
        line = without_aside(line, said)
    return visible(line)


def _marks(entry: Entry, layout: Layout, zone: Zone) -> str:
    """Say what is to be known of an event beside: its standing, what the dates leave open."""
    day = recorded_day(entry.recorded_at, zone)
    marks = (
        None if entry.standing == "asserted" else state_words(entry.standing),
        None if entry.occurred is None else by_then(entry.as_of),
        None if layout.day in (None, day) else say("recorded {day}", day=day),
    )
    return "".join(f" · {mark}" for mark in marks if mark)


def _below(
    entry: Entry, answer: TimelineAnswer, layout: Layout, zone: Zone
) -> Iterator[tuple[str, str]]:
    """Say how an event read at first and what amends it; at length, all that is told of it."""
    if layout.at_length:
        if entry.event_id in answer.placed:
            yield say(STANDS_HERE[answer.placed[entry.event_id]]), ""
        for told in entry.bounds:
            when = bound(told)
            yield say("happened {when}", when=when) if told.holds else when, ""
        if entry.upon is not None:
            upon = _number(entry.upon, layout)
            yield say("upon {event}", event=upon), ""
    if entry.now is not None and (layout.at_length or not entry.readings):
        first = _gist(entry.gist, layout)
        yield say("at first: {line}", line=first), "strike dim"
    for each in entry.readings:
        yield visible(reading(each.field, each.was, each.now)), ""
    for word, those in (
        ("corrected", entry.corrected_by),
        ("disputed", entry.disputed_by),
        ("retracted", (entry.retracted_by,) if entry.retracted_by else ()),
    ):
        if those:
            cited = punctuation(", ").join(_number(each, layout) for each in those)
            yield say(AMENDED[word], events=cited), "red" if word == "retracted" else "magenta"
    if layout.at_length:
        recorded = recorded_minute(entry.recorded_at, zone)
        lag = _lag(entry)
        said = say("recorded {day}, {lag}", day=recorded, lag=lag) if lag else None
        yield said or say("recorded {day}", day=recorded), "dim"


AMENDED = {
    "corrected": to_say("corrected by {events}"),
    "disputed": to_say("disputed by {events}"),
    "retracted": to_say("retracted by {events}"),
}
"""Says which events amend one, by what they do to it."""


def _number(event_id: str, layout: Layout) -> str:
    position = layout.positions.get(event_id)
    return event_id if position is None else f"#{position}"


def _lag(entry: Entry) -> str:
    if entry.lag is None:
        return ""
    least, most = entry.lag
    if entry.lag == (0, 0):
        return say("the same day")
    if most is not None and most < 0:
        before = dates.describe(dates.Days(-most, None if least is None else -least))
        return say("{days} before", days=before)
    return say("{days} later", days=dates.describe(entry.lag))


def _gaps(answer: TimelineAnswer) -> str:
    """Say of how many events the date is not told, or open at one end: the lines say of which."""
    lacking: dict[str, int] = {}
    for gap in answer.gaps:
        lacking[gap.told] = lacking.get(gap.told, 0) + 1
    if not lacking:
        undated = sum(entry.occurred is None for entry in answer.entries)
        if not undated:
            return say("Every date is told, and bounded.")
        return say_count(
            "Every date is told, and bounded, but of {number} event marked below.",
            "Every date is told, and bounded, but of {number} events marked below.",
            undated,
        )
    told = (
        say(said, number=figures(lacking[what])) for what, said in GAPS.items() if what in lacking
    )
    return in_a_row(told)


GAPS = {
    "nothing": to_say("When it happened is not told: {number}."),
    "only the latest": to_say("Only the latest date is told: {number}."),
    "only the earliest": to_say("Only the earliest date is told: {number}."),
}
"""Says of how many events which date is missing."""
