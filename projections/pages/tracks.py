"""The timeline's drawing: when each event happened, as far as is told, and when it was recorded.

A drawing stands in a row of the timeline's table, whose other cells say the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from answerable.domain.dates import Span
from answerable.domain.edtf import moment, parse
from answerable.domain.zone.zone import Zone
from answerable.projections.pages.scale import Scale, scale
from answerable.projections.timeline.timeline import Entry

THIN = 0.6
"""What is drawn narrower than that, in per cent, is drawn as a dot."""

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


SPAN = Markup('<rect class="{}" x="1" width="26" y="6" height="8" rx="3"/>')
DIAMOND = Markup('<g class="recorded"><path d="M14 4 20 10 14 16 8 10Z"/></g>')
SAMPLE = Markup('<svg class="{}" aria-hidden="true" width="28" height="20">{}</svg> {} ')
LEGEND = Markup('<p class="legend">{}</p>').format(
    Markup("").join(
        SAMPLE.format(kind, drawn, said)
        for kind, drawn, said in (
            ("track", SPAN.format("when"), "when it happened, as far as is told;"),
            ("track", SPAN.format("when open"), "open at one end;"),
            ("track", DIAMOND, "when it was recorded;"),
            ("track late", DIAMOND, f"{FAR} days or more later."),
        )
    )
    + "A grey band on the scale is a long time without anything, drawn short."
)
"""Say what is drawn how."""


def tracks(entries: Iterable[Entry], zone: Zone) -> Tracks:
    """Draw the events of a timeline on one scale.

    Args:
        entries: the timeline.
        zone: of the case.
    """
    times = {entry.position: _times(entry, zone) for entry in entries}
    drawn = scale(at for each in times.values() for at in each.moments)
    return Tracks(_axis(drawn), {at: _track(drawn, each) for at, each in times.items()})


def _times(entry: Entry, zone: Zone) -> _Times:
    return _Times(
        happened=None if entry.occurred is None else parse(entry.occurred, zone),
        recorded=moment(entry.recorded_at, zone),
        late=entry.lag is not None and (entry.lag.least or 0) >= FAR,
        struck=entry.struck,
    )


TICK = Markup(
    '<line x1="{0}%" x2="{0}%" y1="14" y2="20"/><text class="{2}" x="{0}%" y="11">{1}</text>'
)
DRAWING = Markup('<svg class="{}" aria-hidden="true" width="100%" height="20">{}{}</svg>')


def _axis(drawn: Scale) -> Markup:
    ticks = (TICK.format(_per_cent(at), name, _anchor(at)) for at, name in drawn.ticks)
    breaks = Markup("").join(
        Markup('<rect class="break" x="{}%" width="{}%" y="16" height="4"/>').format(
            _per_cent(each.left), _per_cent(each.right - each.left)
        )
        for each in drawn.breaks
    )
    return DRAWING.format("axis", Markup("").join(ticks), breaks)


def _anchor(at: float) -> str:
    """Say on which side of its tick a name stands, so that it does not leave the drawing."""
    return "first" if at < 10 else "last" if at > 90 else "amid"


def _track(drawn: Scale, times: _Times) -> Markup:
    kinds = [kind for kind in ("late", "struck") if getattr(times, kind)]
    name = " ".join(("track", *kinds))
    return DRAWING.format(name, _happened(drawn, times), _recorded(drawn, times))


def _happened(drawn: Scale, times: _Times) -> Markup:
    if times.happened is None:
        return Markup()
    early, late = times.happened.earliest, times.happened.latest
    left = 0.0 if early is None else drawn.at(early)
    right = 100.0 if late is None else drawn.at(late)
    link = Markup('<line class="lag" x1="{}%" x2="{}%" y1="10" y2="10"/>').format(
        _per_cent(right), _per_cent(drawn.at(times.recorded))
    )
    if None not in (early, late) and right - left < THIN:
        dot = Markup('<circle class="when" cx="{}%" cy="10" r="4.5"/>')
        return link + dot.format(_per_cent((left + right) / 2))
    told = "" if None not in (early, late) else " open"
    return link + Markup(
        '<rect class="when{}" x="{}%" width="{}%" y="6" height="8" rx="3"/>'
    ).format(told, _per_cent(left), _per_cent(max(THIN, right - left)))


def _recorded(drawn: Scale, times: _Times) -> Markup:
    return Markup(
        '<svg class="recorded" x="{}%" overflow="visible"><path d="M0 4 6 10 0 16-6 10Z"/></svg>'
    ).format(_per_cent(drawn.at(times.recorded)))


def _per_cent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
