"""Write registers as tables in Markdown (GitHub Flavored Markdown), inert, to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from answerable.projections.output.markdown_text import escaped
from answerable.projections.output.readable import shown
from answerable.projections.output.register import About, Column, Register, Registers, Row
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import in_zones, minute

MOST_LOOKED_AT = 10_000
"""The most rows in memory while it is found in which columns of a register nothing stands."""

RIGHT = frozenset(("whole", "decimal", "money"))
"""The kinds that stand at the right of their column."""


def register_markdown(registers: Registers, about: About) -> Iterator[str]:
    """Write the lines of a document: a table a register, and below them what they hold for.

    One register is written as its rows come; of several, the rows are gathered first. Columns in
    which nothing stands are left out, and what is the same in each row is said once above it, where
    a register is not too long to know that; so are the ids of events, which their numbers name.

    Args:
        registers: an answer.
        about: what it holds for.
    """
    none = []
    for register, rows in _apart(registers):
        first = list(islice(rows, MOST_LOOKED_AT))
        if first:
            yield from _table(register, first, rows)
            yield ""
        else:
            none.append(register.title)
    if none:
        yield f"None: {escaped('; '.join(none))}."
        yield ""
    yield escaped(held(about))


def _apart(registers: Registers) -> Iterator[tuple[Register, Iterator[Row]]]:
    """Yield the registers, each with its rows."""
    if len(registers.every) == 1:
        yield registers.every[0], iter(registers.rows)
        return
    gathered: dict[str, list[Row]] = {each.name: [] for each in registers.every}
    for row in registers.rows:
        gathered[row.register].append(row)
    for register in registers.every:
        yield register, iter(gathered[register.name])


def times(about: About) -> Iterator[str]:
    """Say as of when an answer holds, and as known by when, where it was asked so."""
    for word, moment in (("as of", about.as_of), ("as known by", about.known_by)):
        if moment is not None:
            said = minute(moment)
            yield f"{word} {said if about.times_in is None else in_zones(said)}"


def held(about: About) -> str:
    """Say what the answer holds for, as the last line of a text does."""
    said = [*times(about), counted(about.size, "entry", "entries"), f"root {about.root.hex()}"]
    line = ", ".join(said)
    return f"{line[:1].upper()}{line[1:]}"


def _table(register: Register, first: Sequence[Row], rest: Iterator[Row]) -> Iterator[str]:
    """Write a table.

    Args:
        register: what it is of.
        first: its first rows.
        rest: those that follow, gone through once.
    """
    # Of a register that goes on, it is not known yet what stands in it.
    found = shown(register, first, whole=len(first) < MOST_LOOKED_AT)
    yield f"## {escaped(register.title)}"
    yield ""
    if found.always:
        yield escaped(found.always_words(first[0]))
        yield ""
    yield _line([escaped(each.title) for each in found.columns])
    yield _line(["---:" if _at_right(each.column) else "---" for each in found.columns])
    for row in chain(first, rest):
        yield _line([escaped(each.said(row)) for each in found.columns])


def _at_right(column: Column) -> bool:
    return column.kind in RIGHT and not column.many


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
