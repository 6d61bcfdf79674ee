"""Hold a map against the columns of its sheet: what it names is there, what it leaves is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answerable.ledger.transfer.sheet.errors import MapInvalid, MapProblem
from answerable.ledger.transfer.sheet.maps.model import (
    EventOf,
    Parts,
    Read,
    Several,
    SheetMap,
    Value,
    Words,
)
from answerable.ledger.transfer.sheet.maps.values import near

OPEN = "give a number, or another column that tells nobody"


def check_columns(of: SheetMap, columns: Sequence[str]) -> None:
    """Check that every column that a map names is in the sheet.

    Raises:
        MapInvalid: one is not; or a key is made of names, which it would tell.
    """
    known = [*columns, *of.values]
    problems = [
        MapProblem(line, where, f"there is no column {column!r}{near(column, known)}")
        for line, where, column in _named(of)
        if column not in known
    ]
    problems += [
        MapProblem(1, name, "is a column, too: call the value otherwise")
        for name in of.values
        if name in columns
    ]
    problems += [
        MapProblem(line, where, f"{column!r} holds names, and this stands in the open: {OPEN}")
        for line, where, column in _open(of)
    ]
    if problems:
        raise MapInvalid(of.name, sorted({*problems}))


def unmentioned(of: SheetMap, columns: Sequence[str]) -> list[str]:
    """Return the columns that a map neither reads nor ignores."""
    named = {column for _, _, column in _named(of)} | of.ignore
    return [column for column in columns if column not in named]


def _open(of: SheetMap) -> Iterator[tuple[int, str, str]]:
    """Yield the columns with names of parties that a key, a case or a pseudonym is made of.

    All of these stand in the open, keys by a hash that whoever guesses the name can make.
    """
    reads = [*reads_of(of)]
    names = {column for read in reads if read.party for column in read.text.columns()}
    placed = [(of.lines.get("key", 1), "key", of.key)]
    for number, event in enumerate(of.events, 1):
        for key, words in (("key", event.key), ("once", event.once), ("case", event.case)):
            own = key in event.lines
            line = event.lines[key] if own else of.lines.get(key, 1)
            placed.append((line, f"event {number} ({event.name}).{key}" if own else key, words))
    placed += [(1, "id", read.party.id) for read in reads if read.party]
    for line, where, words in placed:
        for column in words.columns() if words else ():
            if column in names:
                yield line, where, column


def columns_in(value: Value, of: SheetMap) -> Iterator[str]:
    """Yield the columns that a value is read from, through the values that it names."""
    for name in _names(value):
        if name in of.values:
            yield from columns_in(of.values[name], of)
        else:
            yield name


def _names(value: Value | None) -> Iterator[str]:
    """Yield the columns, and the values of the map, that a value names."""
    if isinstance(value, Words):
        yield from value.columns()
    elif isinstance(value, Several):
        for each in value.values:
            yield from _names(each)
    elif isinstance(value, Parts):
        for each in value.parts.values():
            yield from _names(each)
    elif isinstance(value, Read):
        yield from value.text.columns()
        yield from _names(value.margin)
        if value.party is not None:
            yield from _names(value.party.id)


def _named(of: SheetMap) -> Iterator[tuple[int, str, str]]:
    """Yield each column that a map names: the line, the key, the column."""
    for name, value in of.values.items():
        yield from ((of.lines.get(name, 1), f"values.{name}", each) for each in _names(value))
    yield from ((of.lines.get("key", 1), "key", each) for each in _names(of.key))
    for column in sorted(of.ignore):
        yield of.lines.get("ignore", 1), "ignore", column
    for number, event in enumerate(of.events, 1):
        for key, name in _named_in(event):
            if key == "case" and key not in event.lines:
                yield of.lines.get(key, 1), key, name
                continue
            yield event.lines.get(key, event.line), f"event {number} ({event.name}).{key}", name


def _named_in(event: EventOf) -> Iterator[tuple[str, str]]:
    for field, value in event.fields.items():
        yield from ((field, name) for name in _names(value))
    for key, words in (("case", event.case), ("key", event.key), ("once", event.once)):
        yield from ((key, name) for name in _names(words))
    yield from (("when", column) for each in event.when for column in each.columns)


def reads_of(of: SheetMap) -> Iterator[Read]:
    """Yield the cells that a map reads in ways of their own."""
    for value in (*of.values.values(), *(v for e in of.events for v in e.fields.values())):
        yield from _reads_in(value)


def _reads_in(value: Value) -> Iterator[Read]:
    if isinstance(value, Read):
        yield value
    elif isinstance(value, Several):
        for each in value.values:
            yield from _reads_in(each)
    elif isinstance(value, Parts):
        for each in value.parts.values():
            yield from _reads_in(each)
