"""Map the rows of a sheet to drafts of events, and tell of each row what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from answerable.ledger.transfer.sheet.errors import Misfit
from answerable.ledger.transfer.sheet.files.cells import Row
from answerable.ledger.transfer.sheet.fitting import UNFIT, fit
from answerable.ledger.transfer.sheet.maps.columns import columns_in, reads_of
from answerable.ledger.transfer.sheet.maps.fields import FieldOf
from answerable.ledger.transfer.sheet.maps.model import (
    Condition,
    EventOf,
    Link,
    Parts,
    Several,
    SheetMap,
    Value,
    fold,
)
from answerable.ledger.transfer.sheet.parties import OnRecord, Parties
from answerable.ledger.transfer.sheet.row_reader import RowReader, Told

NOWHERE: tuple[str | None, str] = (None, "")


NAMING = ("party", "name", "aliases")
"""The fields of a registration that come from where the party is named."""


class Draft(NamedTuple):
    """An event that a row tells.

    Attributes:
        name: what the map calls it.
        fields: as a line of JSON has them, `ref` and `key` among them.
        cells: by the field, the column that it comes from and what stands there.
    """

    name: str
    fields: dict[str, Any]
    cells: Mapping[str, tuple[str | None, str]]


class MappedRow(NamedTuple):
    """A row, and what became of it.

    Attributes:
        row: the row.
        drafts: its events, the parties that it names first before them; none if it does not fit.
        misfits: what does not fit in it.
        guessed: the words that only a table's `*` had a meaning for: table, word.
        strange: the parties on record that it calls by a name not on record: pseudonym, name.
    """

    row: Row
    drafts: list[Draft]
    misfits: list[Misfit]
    guessed: list[tuple[str, str]]
    strange: list[tuple[str, str]]


class _Made(NamedTuple):
    """Hold what a row makes of an event of its map: a draft, and what it is told once for."""

    draft: Draft
    ref: str
    once: str | None = None


class SheetMapping:
    """A map at work on a sheet, from its first row to its last."""

    def __init__(
        self,
        of: SheetMap,
        columns: Sequence[str],
        ledger: OnRecord,
        names: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
    ) -> None:
        """Begin at the first row.

        Args:
            of: the map.
            columns: the headings of the sheet.
            ledger: how parties are looked up.
            names: of the parties that a column identifies, all names in the sheet, each with the
                row that tells it first.
        """
        self._map = of
        self._columns = frozenset(columns)
        self._parties = Parties(ledger, names)
        self._once: dict[tuple[str, str], tuple[int, str, dict[str, Any]]] = {}
        self._keys: dict[str, int] = {}
        self._cases: dict[str, str] = {}

    def rows(self, rows: Iterable[Row]) -> Iterator[MappedRow]:
        """Yield what becomes of each row."""
        for row in rows:
            yield self._row(row)

    def _row(self, row: Row) -> MappedRow:
        reader = RowReader(self._map, self._parties, row)
        key = self._row_key(reader)
        made: dict[str, list[_Made]] = {}
        for event in self._map.events:
            if all(_holds(each, reader) for each in event.when):
                made[event.name] = self._events(event, reader, made, key)
        for column in row.cells.keys() - self._columns:
            reader.wrong(Told("", column, row.cells[column]), "stands under no heading")
        if reader.misfits:
            self._parties.forget()
            return MappedRow(row, [], [*dict.fromkeys(reader.misfits)], reader.guessed, [])
        told = [*self._told((each for several in made.values() for each in several), row)]
        registered = [
            Draft("party", fields, dict.fromkeys(NAMING, reader.met.get(fields["party"], NOWHERE)))
            for fields in self._parties.take(_named(told))
        ]
        if key is not None:
            self._keys[key] = row.number
        drafts = [*registered, *told]
        return MappedRow(row, drafts, [], reader.guessed, self._parties.take_strange())

    def _told(self, made: Iterable[_Made], row: Row) -> Iterator[Draft]:
        """Yield the drafts that no earlier row told, and remember what is told once."""
        for each in made:
            if each.once is not None:
                place = (each.draft.name, each.once)
                if place in self._once:
                    continue
                self._once[place] = (row.number, each.ref, each.draft.fields)
            yield each.draft

    def _row_key(self, reader: RowReader) -> str | None:
        if self._map.key is None:
            return None
        told = reader.text(self._map.key)
        if told is None:
            what = "has no key, by which it would be known again"
            reader.misfits.append(Misfit(reader.row.number, None, "", what))
            return None
        if told.text in self._keys:
            reader.wrong(told, f"is the key of row {self._keys[told.text]:,} already")
        return told.text

    def _case(self, event: EventOf, reader: RowReader) -> str | None:
        told = reader.slug(event.case)
        if told is None:
            if not reader.misfits:
                columns = ", ".join(event.case.columns()) if event.case else ""
                what = f"is blank, and {event.name} belongs to no case"
                reader.misfits.append(Misfit(reader.row.number, columns or None, "", what))
            return None
        written = reader.text(event.case)
        before = self._cases.setdefault(told.text, written.text if written else "")
        if written is not None and fold(before) != fold(written.text):
            reader.wrong(told, f"makes the case {told.text!r}, and so does {before!r}")
        return told.text

    def _events(
        self,
        event: EventOf,
        reader: RowReader,
        made: Mapping[str, list[_Made]],
        row_key: str | None,
    ) -> list[_Made]:
        case = self._case(event, reader)
        values: dict[str, Any] = {}
        cells: dict[str, tuple[str | None, str]] = {}
        spread: dict[str, list[Any]] = {}
        for name, value in event.fields.items():
            field = event.model[name]
            before = len(reader.misfits)
            found = self._field(value, field, reader, made, cells)
            if len(reader.misfits) > before:
                cells.setdefault(name, (None, ""))  # it is told already what is wrong with it
            if name in event.each:
                spread[name] = found
            elif field.many and found:
                values[name] = found
            elif len(found) > 1:
                self._too_many(event, field, value, reader)
            elif found:
                values[name] = found[0]
        self._check_required(event, values, spread, reader, cells)
        once = reader.text(event.once)
        count = max(map(len, spread.values()), default=0) if event.each else 1
        if len({len(each) for each in spread.values()}) > 1:
            what = f"tell {', '.join(f'{len(v)} of {k}' for k, v in spread.items())}, not as many"
            reader.misfits.append(Misfit(reader.row.number, None, "", what))
            return []
        own = reader.text(event.key)
        key = own.text if own else (once.text if once else row_key)
        drafts = []
        for at in range(count):
            here = {name: each[at] for name, each in spread.items()}
            number = f".{at + 1}" if event.each else ""
            ref = f"r{reader.row.number}.{event.name}{number}"
            fields: dict[str, Any] = {"kind": event.kind, "case_id": case, **values, **here}
            if key is not None and (own or once or row_key):
                fields["key"] = key if own and not event.each else f"{key}/{event.name}{number}"
            drafts.append(self._made(event, fields, cells, ref, once, reader))
        return drafts

    def _made(
        self,
        event: EventOf,
        fields: dict[str, Any],
        cells: Mapping[str, tuple[str | None, str]],
        ref: str,
        once: Told | None,
        reader: RowReader,
    ) -> _Made:
        """Return an event, or the one of an earlier row that told it, if that says the same."""
        if once is not None and (event.name, once.text) in self._once:
            row, ref, before = self._once[event.name, once.text]
            for name in {*fields, *before} - {"ref"}:
                if fields.get(name) != before.get(name):
                    column, shown = cells.get(name, (None, ""))
                    what = f"is not what row {row:,} says of {name}, which {event.name} tells once"
                    reader.wrong(Told("", column, shown), what, str(before.get(name, "nothing")))
        if event.linked:
            fields = {"ref": ref, **fields}
        return _Made(Draft(event.name, fields, cells), ref, once.text if once else None)

    def _field(
        self,
        value: Value,
        field: FieldOf,
        reader: RowReader,
        made: Mapping[str, list[_Made]],
        cells: dict[str, tuple[str | None, str]],
    ) -> list[Any]:
        """Return the values of a field in a row, as JSON has them."""
        if isinstance(value, Link):
            return [f"${each.ref}" for each in made.get(value.to, ())]
        if isinstance(value, Several):
            return [
                each
                for one in value.values
                for each in self._field(one, field, reader, made, cells)
            ]
        if isinstance(value, Parts):
            return self._parts(value, field, reader, made, cells)
        found = reader.told(value)
        if found:
            cells.setdefault(field.name, (found[0].column, found[0].shown))
        return [
            fitted for each in found if (fitted := fit(each, field, reader, self._map)) is not UNFIT
        ]

    def _parts(
        self,
        value: Parts,
        field: FieldOf,
        reader: RowReader,
        made: Mapping[str, list[_Made]],
        cells: dict[str, tuple[str | None, str]],
    ) -> list[Any]:
        text = field._replace(holds="text")
        parts = {
            name: found[0]
            for name, each in value.parts.items()
            if (found := self._field(each, text, reader, made, cells))
        }
        return [parts] if parts else []

    def _too_many(self, event: EventOf, field: FieldOf, value: Value, reader: RowReader) -> None:
        found = reader.told(value)
        told = found[0] if found else Told("")
        reader.wrong(
            told,
            f"says several things, and {field.name} of {event.name} holds one",
            f'one, or `each = "{field.name}"` in the map: an event for each',
        )

    def _check_required(
        self,
        event: EventOf,
        values: Mapping[str, Any],
        spread: Mapping[str, list[Any]],
        reader: RowReader,
        cells: Mapping[str, tuple[str | None, str]],
    ) -> None:
        for field in event.model.values():
            if not field.required or field.name in values or field.name in spread:
                continue
            if field.name == "case_id" or field.name in cells:
                continue
            columns = ", ".join(columns_in(event.fields[field.name], self._map))
            what = f"is blank, and {event.kind} needs {field.name}"
            if isinstance(event.fields[field.name], Link):
                what = f"{event.kind} needs {field.name}, and this row has no such event"
            reader.misfits.append(Misfit(reader.row.number, columns or None, "", what))


def _named(drafts: Iterable[Draft]) -> set[str]:
    """Return what stands in the fields of some drafts: of parties, their pseudonyms."""
    values = [value for draft in drafts for value in draft.fields.values()]
    several = [each for value in values if isinstance(value, list) for each in value]
    return {each for each in (*values, *several) if isinstance(each, str)}


def names_by_id(of: SheetMap, rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """Read through a sheet for all names of those parties that a column identifies.

    Returns:
        By the pseudonym the names, in the order in which they are told, each with its first row.
    """
    found: dict[str, dict[str, int]] = {}
    named = [read for read in reads_of(of) if read.party and read.party.id]
    nobody = Parties(OnRecord(lambda _: (), lambda _: False, str))
    for row in rows if named else ():
        reader = RowReader(of, nobody, row)
        for read in named:
            pseudonym = reader.slug(read.party.id if read.party else None)
            for name in reader.told(read._replace(party=None)) if pseudonym else ():
                told = found.setdefault(pseudonym.text if pseudonym else "", {})
                told.setdefault(name.text, row.number)
    return found


def _holds(condition: Condition, reader: RowReader) -> bool:
    if condition.words:
        found = any(fold(reader.says(each)) in condition.words for each in condition.columns)
    else:
        found = not all(map(reader.blank, condition.columns))
    return found is not condition.negated
