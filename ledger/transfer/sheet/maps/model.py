"""Say what the columns of a sheet mean: a map, as it was read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from answerable.domain.search.folding import name_key
from answerable.ledger.transfer.sheet.date_forms import MONTHS, DateForm
from answerable.ledger.transfer.sheet.maps.fields import FieldOf

Scalar: TypeAlias = str | int | float | bool


class Constant(NamedTuple):
    """A value that holds for every row."""

    value: Scalar


class Piece(NamedTuple):
    """A part of a text: words as they are, or what stands in a column (or in a value's name)."""

    words: str
    column: str | None = None


class Words(NamedTuple):
    """A text with columns in it: `{Family name}, {Given name}`. Where one is blank, so is it."""

    pieces: tuple[Piece, ...]

    @property
    def column(self) -> str | None:
        """Return the column whose cell this is and nothing else; None where it is more."""
        return self.pieces[0].column if len(self.pieces) == 1 else None

    def columns(self) -> Iterator[str]:
        """Yield the columns in it."""
        yield from (piece.column for piece in self.pieces if piece.column is not None)


class Link(NamedTuple):
    """Another event of the row, by what the map calls it: `$finding`."""

    to: str


class Several(NamedTuple):
    """Several values, each told by itself; the blank ones are left out."""

    values: tuple[Value, ...]


class Parts(NamedTuple):
    """A value of named parts: a source of title and address, the fields of a correction."""

    parts: Mapping[str, Value]


class Meanings(NamedTuple):
    """A table from the words of a sheet to values.

    Attributes:
        name: what the map calls it, where it has a name.
        values: by the word, folded; an empty text: nothing is told.
        written: the words as the map writes them.
        otherwise: the value of every other word; None: there is none.
    """

    name: str
    values: Mapping[str, Scalar]
    written: tuple[str, ...]
    otherwise: Scalar | None = None


class PartyOf(NamedTuple):
    """A party that is named in a sheet.

    Attributes:
        type: what it is.
        id: what its pseudonym is made of; None: it is known by its name, and drawn at random.
        aliases: whether other names beside the same id are further names of the same party.
    """

    type: str
    id: Words | None = None
    aliases: bool = False


class Read(NamedTuple):
    """A value that is read from a cell in a way of its own.

    Attributes:
        text: the cell, or several in a text.
        split: what stands between the values in one cell.
        table: what its words mean.
        dates: the forms of its dates; none: those of the map.
        interval: what stands between the beginning and the end of an interval.
        margin: how its dates are meant.
        otherwise: what holds where it is blank.
        party: whom it names.
        currency: the code of what its amounts are in.
        lower: whether it is written in lower case.
    """

    text: Words
    split: str | None = None
    table: Meanings | None = None
    dates: tuple[DateForm, ...] = ()
    interval: str | None = None
    margin: Value | None = None
    otherwise: Scalar | None = None
    party: PartyOf | None = None
    currency: str | None = None
    lower: bool = False


Value: TypeAlias = Constant | Words | Link | Several | Parts | Read


class Condition(NamedTuple):
    """State what must hold of a row for an event to be in it.

    Attributes:
        columns: the columns asked about, one of which must hold it.
        words: folded words, one of which it says; none: it is enough that it says something.
        negated: whether it is the other way round.
    """

    columns: tuple[str, ...]
    words: frozenset[str] = frozenset()
    negated: bool = False


class EventOf(NamedTuple):
    """An event that a row can be.

    Attributes:
        name: what the map calls it: its `ref`, or its kind.
        kind: the kind.
        fields: what its fields are made of, by their names in JSON.
        model: those fields, as the kind declares them.
        case: the case it belongs to.
        key: what it is known by in its source, where not by the row's key.
        when: what must hold of a row.
        once: what it is told once for, in whichever row that comes first.
        each: the fields of which each value makes an event.
        linked: whether another event refers to it.
        line: where the map tells of it.
        lines: where it tells of its keys.
    """

    name: str
    kind: str
    fields: Mapping[str, Value]
    model: Mapping[str, FieldOf]
    case: Words | None
    key: Words | None = None
    when: tuple[Condition, ...] = ()
    once: Words | None = None
    each: tuple[str, ...] = ()
    linked: bool = False
    line: int = 1
    lines: Mapping[str, int] = {}


class SheetMap(NamedTuple):
    """A map.

    Attributes:
        name: the file's.
        events: what a row can be, in the order in which it is recorded.
        values: values that several fields are made of, by their names.
        key: what a row is known by in its source.
        source: what the source is called, which keys are of.
        heading: the row of the headings.
        ignore: columns that are left out on purpose.
        blank: folded words that say nothing.
        dates: the forms of dates.
        months: the names of the months.
        decimal: the sign before the decimals of an amount that is a text.
        comment: the sign by which a row says that it is none.
        lines: where it tells of its own keys and its values.
    """

    name: str
    events: tuple[EventOf, ...]
    values: Mapping[str, Value] = {}
    key: Words | None = None
    source: str | None = None
    heading: int = 1
    ignore: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    dates: tuple[DateForm, ...] = ()
    months: tuple[str, ...] = MONTHS
    decimal: str = "."
    comment: str = ""
    lines: Mapping[str, int] = {}


def fold(word: str) -> str:
    """Return a word as it is compared: however its case, its spaces and its letters are written."""
    return name_key(word)
