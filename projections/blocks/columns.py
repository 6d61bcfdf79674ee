"""A table as text: in columns where they fit, otherwise a block a row.

How wide columns become is shared out as browsers do it: each gets its longest word, and of what is
left as much as it lacks to its longest line (CSS 2.2, 17.5.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from answerable.projections.output.folding import columns, fold, unbroken

Lines = Sequence[str]
"""Name the lines of a cell."""

GAP = 2
"""The columns between two columns of a table."""

WHOLE = 12
"""The columns up to which a column of a table is not folded: "#21 to #23", "not told"."""

WHOLE_WIDE = 22
"""The same where ideographs are told, which a line could end between: "2026年1月5日或之前"."""

HIGHEST = 5
"""The most lines that a row may take in columns; a higher one is read more easily as a block."""

ASIDE = 60
"""The columns from which on a name stands beside what is said under it."""


def table_lines(heads: Lines, rows: Sequence[Sequence[Lines]], width: int) -> Iterator[str]:
    """Lay out a table within so many columns.

    Args:
        heads: a head a column; all empty where rows name what they tell in their first cell.
        rows: the lines of each cell.
        width: the columns that no line goes beyond.
    """
    if not any(heads):
        yield from fields([(" ".join(name), said) for name, said in rows], width)
        return
    laid_out = _in_columns(heads, rows, width)
    yield from _as_blocks(heads, rows, width) if laid_out is None else laid_out


def fields(named: Sequence[tuple[str, Lines]], width: int) -> Iterator[str]:
    """Lay out what is said under names: beside these where there is room, otherwise after them.

    Where several lines are said, the rest of each is indented more than its beginning.
    """
    widest = max((columns(name) for name, _ in named), default=0) + GAP
    aside = width >= ASIDE and widest <= width // 3
    for name, said in named:
        first, *others = said or ("",)
        start = widest if aside else GAP
        hang = start + (GAP if others else 0)
        lead = name + " " * (widest - columns(name)) if aside else f"{name}: "
        yield from fold(f"{lead}{first}".rstrip(), width, hang=hang)
        for each in others:
            yield from fold(f"{' ' * start}{each}", width, hang=hang)


def _in_columns(heads: Lines, rows: Sequence[Sequence[Lines]], width: int) -> list[str] | None:
    """Lay out a table in columns; None where these would be too narrow."""
    told = [[[head] for head in heads], *rows]
    widths = _widths(list(zip(*told, strict=True)), width - GAP * (len(heads) - 1))
    if widths is None:
        return None
    folded = [[_folded(cell, wide) for cell, wide in zip(row, widths, strict=True)] for row in told]
    height = max(len(cell) for row in folded[1:] or folded for cell in row)
    if height > HIGHEST:
        return None
    lines: list[str] = []
    above = 1
    for row in folded:
        own = max(map(len, row))
        # A row of several lines is set apart; those of one line stand close together.
        if lines and max(above, own) > 1:
            lines.append("")
        lines.extend(_row(row, widths))
        above = own
    return lines


def _folded(cell: Lines, width: int) -> list[str]:
    return [line for each in cell for line in fold(each, width, hang=0)]


def _row(cells: Sequence[Lines], widths: Sequence[int]) -> Iterator[str]:
    for parts in zip_longest(*cells, fillvalue=""):
        told = zip(parts, widths, strict=True)
        padded = (part + " " * (wide - columns(part)) for part, wide in told)
        yield (" " * GAP).join(padded).rstrip()


def _widths(cells: Sequence[Sequence[Lines]], room: int) -> list[int] | None:
    """Share out the room among columns; None where not even their longest words fit."""
    most = [max(map(_longest_line, column)) for column in cells]
    words = [max(map(_longest_word, column)) for column in cells]
    for whole in (WHOLE_WIDE if any(map(_is_wide, cells)) else WHOLE, WHOLE):
        least = [min(wide, max(whole, word)) for wide, word in zip(most, words, strict=True)]
        left = room - sum(least)
        if left >= 0:
            break
    else:
        return None
    lacking = [wide - narrow for narrow, wide in zip(least, most, strict=True)]
    if sum(lacking) <= left:
        return most
    shares = [lack * left // sum(lacking) for lack in lacking]
    return [narrow + share for narrow, share in zip(least, shares, strict=True)]


def _is_wide(column: Sequence[Lines]) -> bool:
    return any(len(line) < columns(line) for cell in column for line in cell)


def _longest_word(cell: Lines) -> int:
    return max((columns(word) for each in cell for word in unbroken(each)), default=0)


def _longest_line(cell: Lines) -> int:
    return max(map(columns, cell), default=0)


def _as_blocks(heads: Lines, rows: Sequence[Sequence[Lines]], width: int) -> Iterator[str]:
    """Lay out each row as a block: its first cell, and under it the others by their heads.

    A number alone says little, so the second cell stands beside it. Of a cell in which nothing
    stands the head says nothing either.
    """
    for place, row in enumerate(rows):
        if place:
            yield ""
        lead, rest = _lead(heads, row)
        for line in lead:
            yield from fold(line, width)
        named = zip(heads[rest:], row[rest:], strict=True)
        told = [(head, said) for head, said in named if any(said)]
        for line in fields(told, width - GAP):
            yield f"{' ' * GAP}{line}"


def _lead(heads: Lines, row: Sequence[Lines]) -> tuple[list[str], int]:
    """Return the lines that a block begins with, and how many cells they have used up."""
    if heads[0] != "#" or len(row) < 2:
        return list(row[0]), 1
    first, *others = row[1] or ("",)
    return [f"{' '.join(row[0])} {first}", *(f"{' ' * GAP}{each}" for each in others)], 2
