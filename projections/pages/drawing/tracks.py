"""The timeline's drawing: when each event happened, as far as is told, and when it was recorded.

A drawing stands in a row of the timeline's table, whose other cells say the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup, escape

from answerable.domain.dates import Span
from answerable.domain.edtf import moment, parse
from answerable.domain.language.saying import say, to_say
from answerable.domain.zone.zone import Zone
from answerable.projections.pages.drawing.scale import Scale, anchor, scale
from answerable.projections.timeline.timeline import Entry

THIN = 0.6
"""Draw as a dot what would be narrower than that, in per cent."""

FAR = 30
"""The days from which on a recording is late enough to stand out."""


class Tracks(NamedTuple):
    """Hold the drawings of a timeline.

    Attributes:
        axis: the scale's ticks and breaks.
        rows: the drawing of each event, by position.
    """

    axis: Markup
    rows: Mapping[int, Markup]


class _Times(NamedTuple):
    """Hold the bounds of when an event happened, and when it was recorded."""

    happened: Span | None
    recorded: datetime
    late: bool
    struck: bool

    @property
    def moments(self) -> Iterator[datetime]:
        if self.happened is not None:
            yield from filter(None, (self.happened.earliest, self.happened.latest))
        yield self.recorded


SPAN = (
    '<rect class="when{}" fill="#0a5a6e" fill-opacity="{}" '
    'x="{}" width="{}" y="6" height="8" rx="3"/>'
)
DOT = '<circle class="when" fill="#0a5a6e" cx="{}%" cy="10" r="4.5"/>'
LAG = '<line class="lag" stroke="#d9d6cd" x1="{}%" x2="{}%" y1="10" y2="10"/>'
DIAMOND = (
    '<svg class="recorded" x="{}" overflow="visible">'
    '<path fill="#fff" stroke="#565d66" d="M0 4 6 10 0 16-6 10Z"/></svg>'
)
"""Draw what there is of an event. All that is put in is a number or a word of ours."""

CLOSED, OPEN = ("", 1), (" open", 0.35)
"""Tell how a span is drawn that is told at both ends, and one that is open at either."""

SAMPLE = '<svg class="{}" aria-hidden="true" width="28" height="20">{}</svg> {} '
DRAWN = (
    ("track", SPAN.format(*CLOSED, 1, 26), to_say("when it happened, as far as is told;")),
    ("track", SPAN.format(*OPEN, 1, 26), to_say("open at one end;")),
    ("track", DIAMOND.format(14), to_say("when it was recorded;")),
    ("track late", DIAMOND.format(14), to_say("{days} days or more later.")),
)


def legend() -> Markup:
    """Say what is drawn how."""
    samples = "".join(
        SAMPLE.format(kind, drawn, escape(say(said, days=FAR))) for kind, drawn, said in DRAWN
    )
    breaks = say("A grey band on the scale is a long time without anything, drawn short.")
    return Markup(f'<p class="legend">{samples}{escape(breaks)}</p>')  # noqa: S704 - all is escaped


def tracks(entries: Iterable[Entry], zone: Zone) -> Tracks:
    """Draw the events of a timeline on one scale.

    Args:
        entries: the timeline.
        zone: of the case.
    """
    times = {entry.position: _times(entry, zone) for entry in entries}
    drawn = scale(at for each in times.values() for at in each.moments)
    rows = {at: Markup(_track(drawn, each)) for at, each in times.items()}  # noqa: S704 - ours
    return Tracks(Markup(_axis(drawn)), rows)  # noqa: S704 - ours


def is_late(entry: Entry) -> bool:
    """Tell whether an event was recorded so late that it stands out."""
    return entry.lag is not None and (entry.lag.least or 0) >= FAR


def _times(entry: Entry, zone: Zone) -> _Times:
    return _Times(
        happened=None if entry.occurred is None else parse(entry.occurred, zone),
        recorded=moment(entry.recorded_at, zone),
        late=is_late(entry),
        struck=entry.struck,
    )


TICK = (
    '<line stroke="#565d66" x1="{0}%" x2="{0}%" y1="14" y2="20"/>'
    '<text text-anchor="{2}" font-size="11" x="{0}%" y="11">{1}</text>'
)
BREAK = '<rect class="break" fill="#d9d6cd" x="{}%" width="{}%" y="16" height="4"/>'
DRAWING = '<svg class="{}" aria-hidden="true" width="100%" height="20">{}{}</svg>'

# What follows returns plain strings: to escape them again at each step is slow.


def _axis(drawn: Scale) -> str:
    ticks = (TICK.format(_per_cent(at), name, anchor(at)) for at, name in drawn.ticks)
    breaks = (
        BREAK.format(_per_cent(each.left), _per_cent(each.right - each.left))
        for each in drawn.breaks
    )
    return DRAWING.format("axis", "".join(ticks), "".join(breaks))


def _track(drawn: Scale, times: _Times) -> str:
    kinds = [kind for kind in ("late", "struck") if getattr(times, kind)]
    name = " ".join(("track", *kinds))
    recorded = _per_cent(drawn.at(times.recorded))
    happened = _happened(drawn, times.happened, recorded)
    return DRAWING.format(name, happened, DIAMOND.format(f"{recorded}%"))


def _happened(drawn: Scale, span: Span | None, recorded: str) -> str:
    if span is None:
        return ""
    early, late = span.earliest, span.latest
    left = 0.0 if early is None else drawn.at(early)
    right = 100.0 if late is None else drawn.at(late)
    link = LAG.format(_per_cent(right), recorded)
    if None not in (early, late) and right - left < THIN:
        return link + DOT.format(_per_cent((left + right) / 2))
    looks = CLOSED if None not in (early, late) else OPEN
    width = max(THIN, right - left)
    return link + SPAN.format(*looks, f"{_per_cent(left)}%", f"{_per_cent(width)}%")


def _per_cent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
