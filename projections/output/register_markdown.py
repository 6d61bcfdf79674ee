"""Write registers as tables in Markdown (GitHub Flavored Markdown), inert, to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from answerable.domain.language.saying import punctuation, say, say_count, to_say
from answerable.projections.output.markdown_text import escaped
from answerable.projections.output.readable import shown
from answerable.projections.output.register import About, Column, Register, Registers, Row
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
            none.append(say(register.title))
    if none:
        yield say("None: {names}.", names=escaped(punctuation("; ").join(none)))
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
    for sentence, moment in ((AS_OF, about.as_of), (KNOWN_BY, about.known_by)):
        if moment is not None:
            said = minute(moment)
            yield say(sentence, moment=said if about.times_in is None else in_zones(said))


AS_OF, KNOWN_BY = to_say("as of {moment}"), to_say("as known by {moment}")
"""Says the two times of a question."""


def held(about: About) -> str:
    """Say what the answer holds for, as the last line of a text does."""
    size = say_count("{number} entry", "{number} entries", about.size)
    said = [*times(about), size, say("root {root}", root=about.root.hex())]
    line = punctuation(", ").join(said)
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
    yield f"## {escaped(say(register.title))}"
    yield ""
    if found.always:
        yield escaped(found.always_words(first[0]))
        yield ""
    yield _line([escaped(say(each.title)) for each in found.columns])
    yield _line(["---:" if _at_right(each.column) else "---" for each in found.columns])
    for row in chain(first, rest):
        yield _line([escaped(each.said(row)) for each in found.columns])


def _at_right(column: Column) -> bool:
    return column.kind in RIGHT and not column.many


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
