"""A timeline as text: a line an event, and above them what holds of all or most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.answering.screen import ASIDE, columns, fold
from answerable.cli.shared.output import visible
from answerable.cli.shared.text import TextLine, quoted
from answerable.domain import dates
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.answers import by_then
from answerable.projections.wording.counts import capital, counted
from answerable.projections.wording.dates import bound, date, recorded_day, recorded_minute
from answerable.projections.wording.leading.told_once import (
    REPEATED,
    lags_words,
    mostly,
    numbers,
    repeated_among,
    without_aside,
)
from answerable.projections.wording.vocabulary import field_words, label

if TYPE_CHECKING:
    from answerable.projections.timeline.order import Reason
    from answerable.projections.timeline.timeline import DateGap, Entry

WIDEST_DATE = 30
"""The columns that dates may take beside what happened."""

MOST_DAYS = 4
"""The most days of recording that are said above with their events."""

STANDS_HERE = {
    "rests on": "it stands here by what it rests on",
    "rested on": "it stands here by what rests on it",
    "recorded": "it stands here as it was recorded",
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
        yield TextLine("Nothing of it had happened by then.")
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
    yield TextLine(f"{counted(len(answer.entries), 'event')}. {_gaps(answer)}")
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
        said = f"recorded {day}{f', {lag}' if lag else ''}"
        if layout.day is None:
            yield f"{capital(said)}: {numbers(each.position for each in own)}."
        else:
            all_ = len(own) == len(answer.entries)
            yield f"{capital(said) if all_ else f'Unless a line says otherwise, {said}'}."
    for said in layout.announced:
        those = [layout.positions[event] for event, each in announcements.items() if each == said]
        yield f"{capital(said)}: {numbers(those)}."


def _entry(entry: Entry, answer: TimelineAnswer, layout: Layout, zone: Zone) -> Iterator[TextLine]:
    """Say when an event happened, what it was, and which it is, in a line; then what amends it."""
    when = date(entry.occurred, zone)
    style = "strike dim" if entry.struck else ""
    text = _gist(entry.now or entry.gist, layout)
    roles = [
        answer.roles[each] for each in (entry.event_id, entry.upon or "") if each in answer.roles
    ]
    text += "".join(f", role: {visible(quoted(role))}" for role in roles)
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
        None if entry.standing == "asserted" else entry.standing,
        None if entry.occurred is None else by_then(entry.as_of),
        None if layout.day in (None, day) else f"recorded {day}",
    )
    return "".join(f" · {mark}" for mark in marks if mark)


def _below(
    entry: Entry, answer: TimelineAnswer, layout: Layout, zone: Zone
) -> Iterator[tuple[str, str]]:
    """Say how an event read at first and what amends it; at length, all that is told of it."""
    if layout.at_length:
        if entry.event_id in answer.placed:
            yield STANDS_HERE[answer.placed[entry.event_id]], ""
        for told in entry.bounds:
            yield f"happened {bound(told)}" if told.holds else bound(told), ""
        if entry.upon is not None:
            yield f"upon {_number(entry.upon, layout)}", ""
    if entry.now is not None and (layout.at_length or not entry.readings):
        yield f"at first: {_gist(entry.gist, layout)}", "strike dim"
    for each in entry.readings:
        was, now = (visible(field_words(each.field, value)) for value in (each.was, each.now))
        yield f"{label(each.field)} was {was}, is now {now}", ""
    for word, those in (
        ("corrected", entry.corrected_by),
        ("disputed", entry.disputed_by),
        ("retracted", (entry.retracted_by,) if entry.retracted_by else ()),
    ):
        if those:
            cited = ", ".join(_number(each, layout) for each in those)
            yield f"{word} by {cited}", "red" if word == "retracted" else "magenta"
    if layout.at_length:
        yield f"recorded {recorded_minute(entry.recorded_at, zone)}{_lag(entry)}", "dim"


def _number(event_id: str, layout: Layout) -> str:
    position = layout.positions.get(event_id)
    return event_id if position is None else f"#{position}"


def _lag(entry: Entry) -> str:
    if entry.lag is None:
        return ""
    least, most = entry.lag
    if entry.lag == (0, 0):
        return ", the same day"
    if most is not None and most < 0:
        return f", {dates.describe(dates.Days(-most, None if least is None else -least))} before"
    return f", {dates.describe(entry.lag)} later"


def _gaps(answer: TimelineAnswer) -> str:
    """Say of how many events the date is not told, or open at one end: the lines say of which."""
    lacking: dict[str, int] = {}
    for gap in answer.gaps:
        lacking[gap.told] = lacking.get(gap.told, 0) + 1
    if not lacking:
        undated = sum(entry.occurred is None for entry in answer.entries)
        but = "" if not undated else f", but of {counted(undated, 'event')} marked below"
        return f"Every date is told, and bounded{but}."
    return " ".join(
        f"{said}: {lacking[what]:,}."
        for what, said in (
            ("nothing", "When it happened is not told"),
            ("only the latest", "Only the latest date is told"),
            ("only the earliest", "Only the earliest date is told"),
        )
        if what in lacking
    )
