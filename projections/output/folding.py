"""Lines that are no wider than what they are written on, counted in columns.

An ideograph takes two columns, a mark upon a letter none (Unicode Standard Annex 11). Lines end
between words, and between ideographs, but not before a mark that closes or after one that opens
(Annex 14; GB/T 15834).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from unicodedata import combining, east_asian_width

_PIECE = re.compile(r"`[^`]*`\S*|\S+")

NOT_FIRST = frozenset("、，。；：？！）」』】》〉”’…—·,.;:?!)]}%")
"""The marks that no line begins with."""

NOT_LAST = frozenset("（「『【《〈“‘([{#")
"""The marks that no line ends with."""


OF_DATES = frozenset("年月日天")
"""The ideographs that no line sets apart from the figure beside them: 2026年1月5日, 30天."""


def columns(text: str) -> int:
    """Count the columns that a text takes: an ideograph two, a mark upon a letter none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def padded(text: str, width: int) -> str:
    """Fill a text with spaces to so many columns; one that takes more is left as it is."""
    return text + " " * (width - columns(text))


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
        if not (found[0].isascii() or "`" in found[0]):
            for number, part in enumerate(unbroken(found[0])):
                for place, piece in enumerate(_broken(part, room)):
                    yield (0 if number or place else gap), piece
            continue
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


def unbroken(text: str) -> Iterator[str]:
    """Yield the parts of a text that no line ends within: words, and ideographs with their marks.

    Args:
        text: without spaces, or with those between words.
    """
    for word in text.split():
        if word.isascii():
            yield word
            continue
        start = 0
        for at in range(1, len(word)):
            if _ends_between(word[at - 1], word[at]):
                yield word[start:at]
                start = at
        yield word[start:]


def _ends_between(before: str, after: str) -> bool:
    """Tell whether a line may end between two signs that no space sets apart."""
    if after in NOT_FIRST or before in NOT_LAST or combining(after):
        return False
    if (before.isdigit() and after in OF_DATES) or (before in OF_DATES and after.isdigit()):
        return False
    return east_asian_width(before) in "WF" or east_asian_width(after) in "WF"


def _broken(word: str, room: int) -> Iterator[str]:
    """Cut a word into parts that fit, each of one sign at least."""
    if word.isascii():
        yield from (word[at : at + room] for at in range(0, len(word), room))
        return
    part, taken = "", 0
    for sign in word:
        wide = _columns(sign)
        if part and taken + wide > room:
            yield part
            part, taken = "", 0
        part += sign
        taken += wide
    yield part


def cut(text: str, width: int) -> str:
    """Cut a text short where it is wider. Ideographs take two columns."""
    ends = list(accumulate(map(_columns, text)))
    return text if not ends or ends[-1] <= width else f"{text[: bisect_right(ends, width - 1)]}…"
