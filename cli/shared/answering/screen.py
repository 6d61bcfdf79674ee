"""Lines on a screen: folded to its width by columns, under the text that they go on with.

Elsewhere, as in a pipe, a line stays whole: whoever reads it there searches it, or folds it anew.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate
from unicodedata import combining, east_asian_width

NARROWEST = 40
"""The fewest columns that lines are folded to."""

ASIDE = 60
"""The columns of a screen from which on a name stands beside what is said of it."""

_PIECE = re.compile(r"`[^`]*`\S*|\S+")


def screen_width() -> int | None:
    """Return the number of columns of the terminal that is written to; None: it is none."""
    if not sys.stdout.isatty():
        return None
    return max(NARROWEST, shutil.get_terminal_size().columns)


def columns(text: str) -> int:
    """Count the columns that a text takes: an ideograph two, a mark upon a letter none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if combining(sign):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def fold(text: str, width: int | None, *, hang: int | None = None) -> Iterator[str]:
    """Fold a text into lines no wider than a screen.

    A command in backticks is kept whole where it fits into a line, so that it can be copied.

    Args:
        text: one line; its indentation is kept.
        width: the number of columns; None: it is left as it is.
        hang: the indentation of the lines that follow; two more than the text's, if left out.
    """
    if width is None or columns(text) <= width:
        yield text
        return
    indent = len(text) - len(text.lstrip(" "))
    follow = " " * (indent + 2 if hang is None else hang)
    line, empty = text[:indent], True
    for gap, piece in _pieces(text[indent:], width - len(follow)):
        if not empty and columns(line) + gap + columns(piece) > width:
            yield line
            line, empty = follow, True
        line += piece if empty else " " * gap + piece
        empty = False
    yield line


def _pieces(text: str, room: int) -> Iterator[tuple[int, str]]:
    """Yield what is not broken, with the spaces before it; what takes more than a line, broken."""
    end = 0
    for found in _PIECE.finditer(text):
        gap, end = found.start() - end, found.end()
        if columns(found[0]) <= room:
            yield gap, found[0]
            continue
        words = [(gap, found[0])]
        if " " in found[0]:
            first, *others = found[0].split(" ")
            words = [(gap, first), *((1, each) for each in others)]
        for before, word in words:
            for place, part in enumerate(_broken(word, room)):
                yield (0 if place else before), part


def _broken(word: str, room: int) -> Iterator[str]:
    """Cut a word into parts that fit."""
    while columns(word) > room:
        ends = accumulate(map(_columns, word))
        fits = max(1, sum(end <= room for end in ends))
        yield word[:fits]
        word = word[fits:]
    yield word


def beside(
    rows: Sequence[tuple[str, str]], width: int | None, *, indent: int = 2
) -> Iterator[tuple[str, ...]]:
    """Lay out rows of a name and what is said of it, as a table of two columns.

    On a narrow screen, and where a name is longer than a third of one, what is said stands below.

    Args:
        rows: the names, and what is said of each.
        width: the columns of the screen; None: every row is one line.
        indent: the columns before a name.

    Yields:
        The lines of each row.
    """
    names = [columns(name) for name, _ in rows]
    room = max(NARROWEST if width is None else width, NARROWEST)
    most = max((each for each in names if each <= (28 if width is None else room // 3)), default=0)
    start = indent + most + 2
    for (name, said), wide in zip(rows, names, strict=True):
        if width is None:
            yield (f"{' ' * indent}{name}{' ' * max(2, most + 2 - wide)}{said}",)
        elif width >= ASIDE and wide <= most:
            whole = f"{' ' * indent}{name}{' ' * (most + 2 - wide)}{said}"
            yield tuple(fold(whole, width, hang=start))
        else:
            below = indent + 2 if width < ASIDE else start
            named = fold(f"{' ' * indent}{name}", width)
            yield (*named, *fold(f"{' ' * below}{said}", width, hang=below))
