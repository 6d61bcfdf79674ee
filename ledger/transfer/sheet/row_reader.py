"""Read the values of a map from a row: which texts are told, and from which column each comes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from answerable.ledger.transfer.sheet.amounts import amount_of
from answerable.ledger.transfer.sheet.errors import Misfit
from answerable.ledger.transfer.sheet.files.cells import Broken, Row
from answerable.ledger.transfer.sheet.maps.model import (
    Constant,
    Meanings,
    PartyOf,
    Read,
    Scalar,
    Several,
    SheetMap,
    Value,
    Words,
    fold,
)
from answerable.ledger.transfer.sheet.parties import AnotherName, Parties, SeveralParties

NOT_IN_A_SLUG = re.compile(r"[^a-z0-9._-]+")
LONGEST_SLUG = 64
ONE_NAME = "one name for an id, or `aliases = true` in the map: names of one party"


class Told(NamedTuple):
    """A value that a row tells.

    Attributes:
        value: the value.
        column: the column it comes from; None where the map itself tells it.
        shown: what stands in that column.
        read: how it was to be read, where in a way of its own.
    """

    value: Scalar
    column: str | None = None
    shown: str = ""
    read: Read | None = None

    @property
    def text(self) -> str:
        """Return the value as a text."""
        return self.value if isinstance(self.value, str) else str(self.value)


class RowReader:
    """Reads values from one row; what does not fit is gathered in `misfits`.

    Attributes:
        guessed: the words that only a table's `*` had a meaning for: table, word.
        met: by the pseudonym of a party, the column that names it and what stands there.
    """

    def __init__(self, of: SheetMap, parties: Parties, row: Row) -> None:
        self._map = of
        self._parties = parties
        self.row = row
        self.misfits: list[Misfit] = []
        self.guessed: list[tuple[str, str]] = []
        self.met: dict[str, tuple[str | None, str]] = {}

    def wrong(self, told: Told, what: str, allowed: str = "") -> None:
        """Note that what a cell says does not fit."""
        self.misfits.append(Misfit(self.row.number, told.column, told.shown, what, allowed))

    def blank(self, column: str) -> bool:
        """Tell whether a column, or a value of the map, says nothing."""
        if column in self._map.values:
            return not self.told(self._map.values[column])
        return self._blank(self.row.get(column))

    def says(self, column: str) -> str:
        """Return what a column says, or a value of the map."""
        if column in self._map.values:
            return " ".join(each.text for each in self.told(self._map.values[column]))
        return self.row.get(column)

    def _blank(self, cell: str) -> bool:
        return not cell or (bool(self._map.blank) and fold(cell) in self._map.blank)

    def told(self, value: Value) -> list[Told]:
        """Return what a value says in this row: nothing, one thing, or several."""
        if isinstance(value, Constant):
            return [Told(value.value)]
        if isinstance(value, Words):
            return self._words(value)
        if isinstance(value, Several):
            return [each for one in value.values for each in self.told(one)]
        return self._read(value) if isinstance(value, Read) else []

    def text(self, words: Words | None) -> Told | None:
        """Return what a text says in this row; None for nothing."""
        found = self._words(words) if words is not None else []
        return found[0] if found else None

    def slug(self, words: Words | None) -> Told | None:
        """Return a text as a slug."""
        found = self.text(words)
        if found is None:
            return None
        made = NOT_IN_A_SLUG.sub("-", found.text.casefold()).strip("-._")
        if not made or len(made) > LONGEST_SLUG:
            self.wrong(found, "makes no slug", f"1 to {LONGEST_SLUG} letters and digits")
            return None
        return found._replace(value=made)

    def _words(self, words: Words) -> list[Told]:
        if words.column is not None:
            return self._cell(words.column)
        pieces: list[str] = []
        columns: list[str] = []
        shown = ""
        for piece in words.pieces:
            if piece.column is None:
                pieces.append(piece.words)
                continue
            found = self._cell(piece.column)
            if not found:
                return []
            columns.append(piece.column)
            shown = shown or found[0].shown
            pieces.append(", ".join(each.text for each in found))
        return [Told("".join(pieces), columns[0] if columns else None, shown)]

    def _cell(self, column: str) -> list[Told]:
        if column in self._map.values:
            return self.told(self._map.values[column])
        cell = self.row.get(column)
        if self._blank(cell):
            return []
        found = Told(cell, column, cell)
        if isinstance(cell, Broken):
            self.wrong(
                found,
                "is no value",
                "what a spreadsheet program makes of it: open the sheet there, mend it and save it",
            )
            return []
        return [found]

    def _read(self, read: Read) -> list[Told]:
        found = self._words(read.text)
        if not found:
            return [] if read.otherwise is None else [Told(read.otherwise)]
        if read.split is not None:
            found = [
                each._replace(value=part.strip(), shown=part.strip())
                for each in found
                for part in each.text.split(read.split)
                if not self._blank(part.strip())
            ]
        if read.lower:
            found = [each._replace(value=each.text.lower()) for each in found]
        if read.table is not None:
            found = self._meant(found, read.table)
        if read.currency is not None:
            found = [made for each in found if (made := self._amount(each, read.currency))]
        if read.party is not None:
            found = [made for each in found if (made := self._party(each, read.party))]
        return [each._replace(read=read) for each in found]

    def _meant(self, found: Iterable[Told], table: Meanings) -> list[Told]:
        meant = []
        for each in found:
            value = table.values.get(fold(each.text))
            if value is None and table.otherwise is not None:
                value = table.otherwise
                self.guessed.append((table.name, each.text))
            if value is None:
                where = f"in [tables.{table.name}]" if table.name else "in the table of the map"
                self.wrong(each, f"is not {where}", ", ".join(table.written))
            elif value != "":
                meant.append(each._replace(value=value))
        return meant

    def _amount(self, told: Told, currency: str) -> Told | None:
        amount = amount_of(told.value, self._map.decimal)
        if amount is None:
            self.wrong(told, "is no amount", f"a number, with {self._map.decimal!r} for decimals")
            return None
        return told._replace(value=f"{amount} {currency}")

    def _party(self, told: Told, party: PartyOf) -> Told | None:
        pseudonym = self.slug(party.id)
        if party.id is not None and pseudonym is None:
            self.wrong(told, "is named, and what its pseudonym is made of is blank")
            return None
        try:
            found = self._parties.find(
                party.type,
                told.text,
                None if pseudonym is None else pseudonym.text,
                aliases=party.aliases,
            )
        except AnotherName as error:
            self.wrong(told, str(error), ONE_NAME)
            return None
        except SeveralParties as error:
            self.wrong(told, str(error), "`id`, a column that says which of them is meant")
            return None
        self.met.setdefault(found, (told.column, told.shown))
        return told._replace(value=found)
