"""Read the values of a map: constants, texts with columns in them, and cells read in a way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from answerable.domain.kinds import model
from answerable.ledger.transfer.sheet.date_forms import MARGINS, DateForm, form_problem
from answerable.ledger.transfer.sheet.files.cells import heading_of
from answerable.ledger.transfer.sheet.maps.fields import FieldOf
from answerable.ledger.transfer.sheet.maps.locating import Path
from answerable.ledger.transfer.sheet.maps.model import (
    Constant,
    Link,
    Meanings,
    Parts,
    PartyOf,
    Piece,
    Read,
    Scalar,
    Several,
    Value,
    Words,
    fold,
)

READ = (
    *("column", "text", "split", "table", "date", "interval", "margin", "else", "party", "id"),
    *("aliases", "currency", "lower"),
)
"""The keys of a cell that is read in a way of its own."""

PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]")
LINK = re.compile(r"\$([a-z0-9][a-z0-9_-]*)")
SOURCE_PARTS = ("title", "url", "digest")
ANY = "*"
"""The word of a table that stands for every other."""

Wrong = Callable[[Path, str], None]


def near(word: str, allowed: Iterable[str]) -> str:
    """Say what a word may have meant, or what is allowed: what ends a sentence about it."""
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    known = list(allowed)
    found = nearest(word, known, most=2)
    if found:
        return f". {did_you_mean(map(_shown, found))}"
    return f". Allowed: {', '.join(map(_shown, known))}" if known else ""


def _shown(word: str) -> str:
    return word if re.fullmatch(r"[\w-]+", word) else repr(word)


class ValueReader:
    """Reads values, and tells what is wrong with them."""

    def __init__(self, tables: Any, wrong: Wrong) -> None:
        """Read the tables first, which values name.

        Args:
            tables: of a map, its `tables`.
            wrong: takes a path of keys, and what is wrong there.
        """
        self._wrong = wrong
        self._tables: dict[str, Meanings] = {}
        if not isinstance(tables, dict):
            wrong(("tables",), "must be tables of words: [tables.NAME]")
            return
        for name, told in tables.items():
            if (table := self._meanings(("tables", name), told, name)) is not None:
                self._tables[name] = table

    def field(self, path: Path, told: Any, of: FieldOf) -> Value | None:
        """Read the value of a field."""
        if of.holds == "fields" and not isinstance(told, dict):
            self._wrong(path, f"must be a table of fields: {of.meaning}")
            return None
        parts = SOURCE_PARTS if of.holds == "source" else None
        value = self.read(path, told, parts, free=of.holds == "fields")
        if value is not None and of.choices:
            self._check_choices(path, value, of)
        return value

    def read(
        self, path: Path, told: Any, parts: tuple[str, ...] | None = None, *, free: bool = False
    ) -> Value | None:
        """Read a value.

        Args:
            path: where it stands.
            told: as TOML has it.
            parts: the names of its parts, where it may be told in parts.
            free: whether its parts may have any name.
        """
        if isinstance(told, str):
            if link := LINK.fullmatch(told):
                return Link(link[1])
            words = self.words(path, told)
            if words is None or any(words.columns()):
                return words
            return Constant("".join(piece.words for piece in words.pieces))
        if isinstance(told, bool | int | float):
            return Constant(told)
        if isinstance(told, list):
            values = [self.read(path, each, parts) for each in told]
            return Several(tuple(value for value in values if value is not None))
        if isinstance(told, dict):
            if free or (parts and told.keys() <= {*parts} and told):
                read = {name: self.read((*path, name), each) for name, each in told.items()}
                return Parts({name: value for name, value in read.items() if value is not None})
            return self._cell(path, told)
        self._wrong(path, 'a date is written as a text: "2026-01-05"')
        return None

    def words(self, path: Path, told: Any) -> Words | None:
        """Read a text with columns in it; None for none."""
        if told is None:
            return None
        if not isinstance(told, str):
            self._wrong(path, 'must be a text, with columns in braces: "{Case no}"')
            return None
        pieces: list[Piece] = []
        for found in PIECE.finditer(told):
            if found[0] in ("{", "}"):
                self._wrong(path, f"a brace is left open in {told!r}; one that is meant is doubled")
            elif found[1] is not None:
                pieces.append(Piece("", heading_of(found[1])))
            else:
                pieces.append(Piece({"{{": "{", "}}": "}"}.get(found[0], found[0])))
        return Words(tuple(pieces))

    def _cell(self, path: Path, told: dict[str, Any]) -> Read | None:
        for key in told:
            if key not in READ:
                self._wrong((*path, key), f"there is no such key{near(key, READ)}")
        if ("column" in told) == ("text" in told):
            self._wrong(path, 'must have either `column = "…"` or `text = "{…} {…}"`')
            return None
        text = told.get("text", f"{{{told.get('column')}}}")
        words = self.words((*path, "text" if "text" in told else "column"), text)
        if words is None:
            return None
        return Read(
            words,
            split=self._text(path, told, "split"),
            table=self._table(path, told.get("table")),
            dates=self.date_forms((*path, "date"), told.get("date", [])),
            interval=self._text(path, told, "interval"),
            margin=self._margin((*path, "margin"), told.get("margin")),
            otherwise=told.get("else"),
            party=self._party(path, told),
            currency=self._text(path, told, "currency"),
            lower=told.get("lower") is True,
        )

    def _text(self, path: Path, told: Mapping[str, Any], key: str) -> str | None:
        value = told.get(key)
        if value is None or (isinstance(value, str) and value):
            return value
        self._wrong((*path, key), "must be a text")
        return None

    def _margin(self, path: Path, told: Any) -> Value | None:
        if told is None:
            return None
        value = self.read(path, told)
        if isinstance(value, Constant) and value.value not in MARGINS:
            self._wrong(path, f"{value.value!r} is no margin{near(str(value.value), MARGINS)}")
            return None
        return value

    def date_forms(self, path: Path, told: Any) -> tuple[DateForm, ...]:
        """Read the forms of dates: a form, or several."""
        forms = []
        for each in told if isinstance(told, list) else [told]:
            given = {"form": each} if isinstance(each, str) else each
            if not isinstance(given, dict) or not isinstance(given.get("form"), str):
                self._wrong(path, 'must be forms of dates: ["DD.MM.YYYY", "YYYY"]')
                continue
            form = DateForm(given["form"], str(given.get("margin", "exact")))
            if problem := form_problem(form.form):
                self._wrong(path, problem)
            elif form.margin not in MARGINS:
                self._wrong(path, f"{form.margin!r} is no margin{near(form.margin, MARGINS)}")
            else:
                forms.append(form)
        return tuple(forms)

    def _party(self, path: Path, told: Mapping[str, Any]) -> PartyOf | None:
        given = told.get("party")
        if given is None:
            for key in {"id", "aliases"} & told.keys():
                self._wrong((*path, key), 'is for parties: say which, as party = "person"')
            return None
        types = get_args(model("party-registered").model_fields["type"].annotation)
        if given not in types:
            self._wrong((*path, "party"), f"{given!r} is no type of party{near(str(given), types)}")
            return None
        aliases = told.get("aliases", False)
        if not isinstance(aliases, bool) or (aliases and "id" not in told):
            self._wrong((*path, "aliases"), "is true or false, where `id` says who is the same")
        return PartyOf(given, self.words((*path, "id"), told.get("id")), aliases is True)

    def _table(self, path: Path, told: Any) -> Meanings | None:
        if told is None:
            return None
        if isinstance(told, dict):
            return self._meanings((*path, "table"), told, "")
        if isinstance(told, str) and told in self._tables:
            return self._tables[told]
        what = f"there is no [tables.{told}]{near(str(told), self._tables)}"
        self._wrong((*path, "table"), what)
        return None

    def _meanings(self, path: Path, told: Any, name: str) -> Meanings | None:
        if not isinstance(told, dict) or not all(
            isinstance(each, str | int | float) for each in told.values()
        ):
            self._wrong(path, 'must be a table of words: "as in the sheet" = "as recorded"')
            return None
        values: dict[str, Scalar] = {}
        for word, value in told.items():
            if fold(word) in values:
                self._wrong((*path, word), "stands there twice, but for case and spaces")
            values[fold(word)] = value
        otherwise = values.pop(ANY, None)
        return Meanings(name, values, tuple(word for word in told if word != ANY), otherwise)

    def _check_choices(self, path: Path, value: Value, of: FieldOf) -> None:
        """Check that what a map gives a field itself is among what the field may say."""
        if isinstance(value, Constant) and value.value not in of.choices:
            self._wrong(path, f"{value.value!r} is not allowed{near(str(value.value), of.choices)}")
        elif isinstance(value, Several):
            for each in value.values:
                self._check_choices(path, each, of)
        elif isinstance(value, Read) and value.table is not None:
            table = value.table
            where: Path = ("tables", table.name) if table.name else (*path, "table")
            meant = dict(zip(table.written, table.values.values(), strict=False))
            if table.otherwise is not None:
                meant[ANY] = table.otherwise
            for word, meaning in meant.items():
                if meaning != "" and meaning not in of.choices:
                    told = f"{meaning!r} is not allowed in {of.name}"
                    self._wrong((*where, word), f"{told}{near(str(meaning), of.choices)}")
