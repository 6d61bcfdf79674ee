"""Lines on a screen: folded to its width by columns, under the text that they go on with.

Elsewhere, as in a pipe, a line stays whole: whoever reads it there searches it, or folds it anew.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence

from answerable.projections.output.folding import columns as columns
from answerable.projections.output.folding import fold as fold
from answerable.projections.output.folding import padded as padded

NARROWEST = 40
"""The fewest columns that lines are folded to."""

ASIDE = 60
"""The columns of a screen from which on a name stands beside what is said of it."""


def screen_width() -> int | None:
    """Return the number of columns of the terminal that is written to; None: it is none."""
    if not sys.stdout.isatty():
        return None
    return max(NARROWEST, shutil.get_terminal_size().columns)


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
