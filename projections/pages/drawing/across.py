"""The drawings of the report on all cases: lengths as intervals, gravity as strips, years as bars.

Each stands above the table that says the same in words, and is hidden from who cannot see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import sqrt

from markupsafe import Markup

from answerable.domain.language.saying import say, to_say
from answerable.projections.across.across import AcrossCases
from answerable.projections.across.sections.alike import responsible_words
from answerable.projections.across.sections.years import trending
from answerable.projections.consistency.compare import Group
from answerable.projections.consistency.gravity import STEPS, step_words
from answerable.projections.figures.figures import Figure
from answerable.projections.intervals import Range
from answerable.projections.metrics.metrics import Length
from answerable.projections.output.folding import cut
from answerable.projections.timeline.steps import step_words as names_of_steps
from answerable.projections.wording.vocabulary import as_term

NONE = Markup("")

CHART = Markup(
    '<figure class="chart" aria-hidden="true"><figcaption>{}</figcaption>'
    '<svg class="track" width="100%" height="{}">{}</svg></figure>'
)
NAMED = 42
"""The most columns of the name of a row, for a narrow screen. The table has it whole."""

ROW = 36
"""The height of a row: its name, and beneath that what is drawn."""

NAME = Markup('<text font-size="12" fill="currentColor" x="0" y="{}">{}</text>')
AT_RIGHT = Markup(
    '<text font-size="12" fill="currentColor" text-anchor="end" x="100%" y="{}">{}</text>'
)
LINE = Markup('<line class="lag" stroke="#565d66" x1="{}%" x2="{}%" y1="{y}" y2="{y}"/>')
BAR = Markup(
    '<rect class="when{}" fill="#0a5a6e" fill-opacity="{}" x="{}%" width="{}%" y="{}" height="8" '
    'rx="3"/>'
)
DOT = Markup('<circle class="when{}" fill="#0a5a6e" fill-opacity="{}" cx="{}%" cy="{}" r="{}"/>')
CLOSED, OPEN = ("", 1), (" open", 0.35)
"""Tell how is drawn what is certain, and what is only possible."""

TICK = Markup(
    '<g class="tick"><line stroke="#d9d6cd" x1="{x}%" x2="{x}%" y1="0" y2="{y}"/>'
    '<text font-size="11" fill="currentColor" text-anchor="{anchor}" x="{x}%" y="{below}">{days}'
    "</text></g>"
)
AXIS = 18
"""The height of the numbers under a chart."""

DAYS = (0, 7, 30, 90, 180, 365, 730, 1_825, 3_650, 7_300)
"""The days that a chart of lengths is ruled at, as far as it reaches."""

APART = 7.0
"""The least room between two of them, in per cent."""

THIN = 0.8
"""The least width of a bar, in per cent."""

UNITS = {"days": to_say("days")}
"""Says the unit of a figure, where it is a word."""

LARGEST = 9
"""The radius of the dot of all findings of a group."""


def charts(across: AcrossCases) -> Mapping[str, Markup]:
    """Draw what the sections of the report on all cases tell in numbers, by their names."""
    return {
        "years": trends(trending(across)),
        "steps": lengths(across.metrics.lengths),
        "alike": strips(across.groups),
    }


def lengths(found: Iterable[Length]) -> Markup:
    """Draw how long steps took: the median as a bar, as wide as it is unknown, within all lengths.

    The days are drawn by their square roots, so that a few long ones leave room for the others.
    """
    told = [each for each in found if each.median is not None and each.known.most]
    ends = [_limits(span) for each in told for span in (each.median, each.shortest, each.longest)]
    most = max((limit for span in ends for limit in span if limit is not None), default=0)
    if not told or most <= 0:
        return NONE

    def at(days: float) -> float:
        return 100 * sqrt(max(0.0, days) / most)

    rows: list[Markup] = [*_ticks(at, most, len(told) * ROW)]
    for number, each in enumerate(told):
        top = number * ROW
        (low, _), (_, high) = _limits(each.shortest), _limits(each.longest)
        least, greatest = _limits(each.median)
        left, right = (0.0 if low is None else at(low)), (100.0 if high is None else at(high))
        start = 0.0 if least is None else at(least)
        end = 100.0 if greatest is None else at(greatest)
        looks = CLOSED if None not in (least, greatest) else OPEN
        rows.append(NAME.format(top + 12, names_of_steps(each.name)))
        rows.append(LINE.format(_said(left), _said(right), y=top + 23))
        width = max(THIN, end - start)
        rows.append(BAR.format(*looks, _said(min(start, 100 - width)), _said(width), top + 19))
    said = say(
        "Days, drawn by their square roots: the bar is the median, as wide as it is not known; the "
        "line reaches from the shortest to the longest."
    )
    return CHART.format(said, len(told) * ROW + AXIS, Markup("").join(rows))


def _ticks(at: Callable[[float], float], most: float, height: int) -> Iterator[Markup]:
    """Rule a chart at days that one knows, and number these below; the longest closes it."""
    last = 100.0
    for days in (most, *(each for each in reversed(DAYS) if each < most)):
        place = at(days)
        if place in (0, 100) or last - place >= APART <= place:
            last = place
            anchor = {0: "start", 100: "end"}.get(round(place), "middle")
            yield TICK.format(
                x=_said(place), y=height, below=height + 13, anchor=anchor, days=f"{days:,g}"
            )


def strips(groups: Sequence[Group]) -> Markup:
    """Draw how like findings were answered: a dot a step of gravity, the larger the more there."""
    told = [each for each in groups if each.ranked.most]
    if not told:
        return NONE
    rows: list[Markup] = []
    for number, group in enumerate(told):
        top = number * ROW
        offence, responsibility, _ = group.key
        told_of = say("offence not told") if offence is None else as_term(offence)
        name = f"{told_of} · {responsible_words(responsibility)}"
        rows.append(NAME.format(top + 12, cut(name, NAMED)))
        rows.append(LINE.format(_said(_place(0)), _said(_place(max(STEPS))), y=top + 24))
        for share in group.distribution:
            radius = 2 + (LARGEST - 2) * sqrt((share.number.most or 0) / (group.ranked.most or 1))
            looks = CLOSED if share.number.least else OPEN
            rows.append(DOT.format(*looks, _said(_place(share.step)), top + 24, _said(radius)))
    said = say(
        "How gravely like findings were answered, from none (left) to {gravest} (right): the "
        "larger the dot, the more of them.",
        gravest=step_words(max(STEPS)),
    )
    return CHART.format(said, len(told) * ROW, Markup("").join(rows))


def trends(figures: Iterable[Figure]) -> Markup:
    """Draw figures by year."""
    return Markup("").join(map(_trend, figures))


def _trend(figure: Figure) -> Markup:
    spans = {each.part: _limits(each.value) for each in figure.years if each.value is not None}
    most = max((limit for span in spans.values() for limit in span if limit is not None), default=0)
    if len(spans) < 2 or most <= 0:
        return NONE
    rows: list[Markup] = []
    for number, (year, (least, greatest)) in enumerate(spans.items()):
        top = number * ROW
        low, high = 100 * (least or 0) / most, 100 * (most if greatest is None else greatest) / most
        rows.append(NAME.format(top + 12, year))
        rows.append(AT_RIGHT.format(top + 12, _range(least, greatest)))
        if high > low:
            rows.append(BAR.format(*OPEN, _said(low), _said(high - low), top + 19))
        if low:
            rows.append(BAR.format(*CLOSED, "0", _said(low), top + 19))
    title = say(figure.title)
    if figure.unit in ("reports", "cases"):
        said = say("{figure}, by year; what is pale is not certain.", figure=title)
    else:
        unit = say(UNITS.get(figure.unit, figure.unit))
        said = say(
            "{figure}, by year, {unit}; what is pale is not certain.", figure=title, unit=unit
        )
    return CHART.format(said, len(spans) * ROW, Markup("").join(rows))


def _range(least: float | None, most: float | None) -> str:
    low, high = ("…" if each is None else f"{each:,g}" for each in (least, most))
    return low if low == high else say("{least} to {most}", least=low, most=high)


def _limits(span: Range[float] | Range[str] | None) -> tuple[float | None, float | None]:
    least, most = span or (None, None)
    return None if least is None else float(least), None if most is None else float(most)


def _place(step: int) -> float:
    """Return where a step of gravity is drawn, in per cent."""
    return 2 + 96 * step / max(STEPS)


def _said(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
