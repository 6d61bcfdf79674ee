"""A derivation as a drawing: consequences at the left, what each rests on at their right.

A box is an event, and leads to it; a dashed box is a link that is not on record. The drawing is of
the graph that `answerable why` tells in words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from answerable.projections.output.folding import cut, fold
from answerable.projections.output.markdown_text import seen
from answerable.projections.why.node import Node
from answerable.projections.why.why import Derivation

WIDTH, GAP, BETWEEN = 210, 56, 14
"""The width of a box, and how far boxes lie from each other, across and down, in pixels."""

LINE, PADDING = 17, 9
"""The height of a line in a box, and what a box has around its lines, in pixels."""

LETTERS, MOST_LINES = 28, 4
"""The letters in a line of a box, and the lines in one; what is longer is cut short."""

DRAWING = (
    '<svg class="derivation" role="group" aria-label="{label}" width="{width}" height="{height}" '
    'viewBox="0 0 {width} {height}" font-size="12">{edges}{boxes}</svg>'
)
LOOKS = {
    "asked": 'fill="#e3eef0" stroke="#0a5a6e" stroke-width="2"',
    "ground": 'fill="#fff" stroke="#565d66"',
    "fallen": 'fill="#fff" stroke="#565d66" stroke-dasharray="2 3"',
    "missing": 'fill="#fbe9e7" stroke="#a3211b" stroke-dasharray="5 3"',
}
"""Say how each kind of box looks where no style of a page reaches it: on paper."""

BOX = (
    '<rect class="{kind}" {look} x="{x}" y="{y}" width="{width}" height="{height}" rx="4"/>'
    '<text x="{x}" y="{y}">{lines}</text>'
)
EDGE = '<path class="edge" fill="none" stroke="#565d66" d="M{} {}C{} {} {} {} {} {}"/>'
LINK = '<a href="{}{}">{}</a>'
WORDS = '<tspan x="{}" dy="{}">{}</tspan>'


class _Box(NamedTuple):
    """Hold a box before it has its place.

    Attributes:
        position: the event's, to which the box leads; None of what is not on record.
        kind: how it is drawn: of what is asked about, of a ground, of what fell, or is missing.
    """

    name: str
    lines: tuple[str, ...]
    kind: str
    position: int | None
    column: int

    @property
    def height(self) -> int:
        return len(self.lines) * LINE + 2 * PADDING


class _Placed(NamedTuple):
    box: _Box
    x: int
    y: int


def derivation_drawing(found: Derivation, label: str, to: str = "#event-") -> Markup:
    """Draw what some consequences rest on; nothing where there is no more than one box.

    Args:
        found: the derivation.
        label: what the drawing is of, for those who do not see it.
        to: where an event is shown; its number follows.
    """
    edges = list(_edges(found))
    boxes = list(_boxes(found, _columns(found)))
    if len(boxes) < 2:
        return Markup()
    placed = {each.box.name: each for each in _placed(boxes)}
    drawn = DRAWING.format(
        label=escape(seen(label)),
        width=max(each.x for each in placed.values()) + WIDTH + 2,
        height=max(each.y + each.box.height for each in placed.values()) + 2,
        edges="".join(_edge(placed[start], placed[end]) for start, end in edges),
        boxes="".join(_drawn(each, to) for each in placed.values()),
    )
    return Markup(drawn)  # noqa: S704 - its texts are escaped


def _columns(found: Derivation) -> Mapping[str, int]:
    """Find the column of each event: one further right than all that rests on it."""
    columns = dict.fromkeys(found.nodes, 0)
    for _ in found.nodes:
        moved = False
        for event_id, node in found.nodes.items():
            for rest in node.rests_on:
                if rest.event_id in columns and columns[rest.event_id] <= columns[event_id]:
                    columns[rest.event_id] = columns[event_id] + 1
                    moved = True
        if not moved:
            break
    return columns


def _edges(found: Derivation) -> Iterator[tuple[str, str]]:
    """Yield what leads from box to box; what another way leads to has no line of its own."""
    rests_on = {
        event_id: [each.event_id for each in node.rests_on if each.event_id in found.nodes]
        for event_id, node in found.nodes.items()
    }
    behind = {event_id: _behind(event_id, rests_on) for event_id in rests_on}
    for event_id, grounds in rests_on.items():
        for ground in dict.fromkeys(grounds):
            if not any(ground in behind[other] for other in grounds if other != ground):
                yield event_id, ground
    for event_id in dict.fromkeys(node.event_id for node, _ in found.lacking):
        yield event_id, f"{event_id} lacks"


def _behind(event_id: str, rests_on: Mapping[str, list[str]]) -> set[str]:
    """Find all that an event rests on, at any distance."""
    found: set[str] = set()
    waiting = list(rests_on[event_id])
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(rests_on[each])
    return found


def _boxes(found: Derivation, columns: Mapping[str, int]) -> Iterator[_Box]:
    lacking: dict[str, list[str]] = {}
    for node, missing in found.lacking:
        lacking.setdefault(node.event_id, []).append(missing.text)
    for event_id, node in found.nodes.items():
        asked = event_id in found.roots
        yield _Box(
            event_id, (f"#{node.position}", *_lines(node.gist)), _kind(node, asked), node.position,
            columns[event_id],
        )  # fmt: skip
        if event_id in lacking:
            texts = [line for text in lacking[event_id] for line in _lines(text)]
            yield _Box(f"{event_id} lacks", tuple(texts), "missing", None, columns[event_id] + 1)


def _kind(node: Node, asked: bool) -> str:
    if node.retracted_by or node.appeal == "allowed" or node.withdrawn == "yes":
        return "fallen"
    return "asked" if asked else "ground"


def _lines(text: str) -> list[str]:
    told = seen(text)
    if told.isascii():
        return textwrap.wrap(
            told, LETTERS, max_lines=MOST_LINES, placeholder="…", break_on_hyphens=False
        )
    # An ideograph is as wide as two letters, and a line may end behind it.
    first, *others = fold(" ".join(told.split()), LETTERS, hang=0)
    if len(others) < MOST_LINES:
        return [first, *others]
    last = cut(others[MOST_LINES - 2], LETTERS - 1).removesuffix("…")
    return [first, *others[: MOST_LINES - 2], f"{last}…"]


def _placed(boxes: Iterable[_Box]) -> Iterator[_Placed]:
    """Put boxes into their columns, in the order in which they come."""
    heights: dict[int, int] = {}
    for box in boxes:
        y = heights.get(box.column, 1)
        yield _Placed(box, 1 + box.column * (WIDTH + GAP), y)
        heights[box.column] = y + box.height + BETWEEN


# What follows returns plain strings: to escape them again at each step is slow.


def _drawn(placed: _Placed, to: str) -> str:
    box = placed.box
    lines = "".join(
        WORDS.format(placed.x + PADDING, LINE + (PADDING - 4 if number == 0 else 0), escape(each))
        for number, each in enumerate(box.lines)
    )
    drawn = BOX.format(
        kind=box.kind,
        look=LOOKS[box.kind],
        x=placed.x,
        y=placed.y,
        width=WIDTH,
        height=box.height,
        lines=lines,
    )
    return drawn if box.position is None else LINK.format(to, box.position, drawn)


def _edge(start: _Placed, end: _Placed) -> str:
    x1, y1 = start.x + WIDTH, start.y + start.box.height // 2
    x2, y2 = end.x, end.y + end.box.height // 2
    return EDGE.format(x1, y1, x1 + GAP // 2, y1, x2 - GAP // 2, y2, x2, y2)
