"""Read a map (TOML), or say all that is wrong with it: the line, the key, what is allowed."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from answerable.domain.errors import InvalidEvent
from answerable.domain.kinds import FAMILY, HOUSE_CASE, kind_named
from answerable.ledger.transfer.sheet.date_forms import MONTHS
from answerable.ledger.transfer.sheet.errors import MapInvalid, MapProblem
from answerable.ledger.transfer.sheet.files.cells import heading_of
from answerable.ledger.transfer.sheet.maps.fields import FieldOf, fields_of
from answerable.ledger.transfer.sheet.maps.locating import Path, line_of
from answerable.ledger.transfer.sheet.maps.model import (
    Condition,
    EventOf,
    Link,
    Parts,
    Read,
    Several,
    SheetMap,
    Value,
    Words,
    fold,
)
from answerable.ledger.transfer.sheet.maps.values import ValueReader, near

TOP = (
    *("case", "key", "source", "heading", "ignore", "blank", "dates", "months", "decimal"),
    *("comment", "tables", "values", "event"),
)
"""The keys of a map."""

OWN = ("kind", "ref", "case", "key", "when", "once", "each")
"""The keys of an event that are no fields."""

CONDITION = ("column", "is", "not", "blank", "any")
ONE_BY_ONE = {
    "personal-data-erased": "what an erasure destroys is looked at one by one",
    "key-rotated": "a log changes its keys by `answerable key rotate`",
}
"""The kinds that come from no sheet, and why."""

REF = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
MONTHS_IN_A_YEAR = 12


def read_map(text: str, name: str) -> SheetMap:
    """Read a map.

    Args:
        text: TOML.
        name: what errors call it.

    Raises:
        MapInvalid: it is none; all that is wrong is told.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        line = int(found[2]) if found and found[2] else text.count("\n") + 1
        what = f"this is not TOML: {found[1] if found else error}"
        raise MapInvalid(name, [MapProblem(line, "syntax", what)]) from None
    reading = _Reading(text, given)
    read = reading.map(name)
    if reading.problems:
        raise MapInvalid(name, sorted({*reading.problems}))
    return read


class _Reading:
    """A map as it is read: what is wrong is gathered, and the rest read on."""

    def __init__(self, text: str, given: dict[str, Any]) -> None:
        self.problems: list[MapProblem] = []
        self._text = text
        self._given = given
        self._values = ValueReader(given.get("tables", {}), self.wrong)

    def wrong(self, path: Path, what: str) -> None:
        """Note what is wrong with a key."""
        self.problems.append(MapProblem(line_of(self._text, path), self._called(path), what))

    def _called(self, path: Path) -> str:
        """Say a path: `event 2 (sanction-imposed).measure`."""
        said = ""
        for at, part in enumerate(path):
            if isinstance(part, int):
                events = self._given.get("event")
                event = events[part] if at == 1 and isinstance(events, list) else {}
                kind = event.get("ref") or event.get("kind") if isinstance(event, dict) else None
                said += f" {part + 1}" + (f" ({kind})" if isinstance(kind, str) else "")
            else:
                said += f".{part}" if said else part
        return said

    def map(self, name: str) -> SheetMap:
        """Read the whole map; what is wrong is left out of it."""
        given = self._given
        self._keys((), given, TOP)
        values = {
            each: self._values.read(("values", each), value)
            for each, value in self._table("values").items()
        }
        placed = self._events()
        events = [event for _, event in placed]
        known = {event.name for event in events}
        for at, event in placed:
            for field, value in event.fields.items():
                for to in _links(value) - known:
                    what = f"no event of this map is called {to!r}{near(to, known)}"
                    self.wrong(("event", at, field), what)
        linked = {to for event in events for value in event.fields.values() for to in _links(value)}
        return SheetMap(
            name,
            tuple(event._replace(linked=event.name in linked) for event in events),
            {each: value for each, value in values.items() if value is not None},
            key=self._words(("key",)),
            source=self._text_at(("source",)),
            heading=self._heading(),
            ignore=frozenset(map(heading_of, self._texts("ignore"))),
            blank=frozenset(map(fold, self._texts("blank"))),
            dates=self._values.date_forms(("dates",), given.get("dates", [])),
            months=self._months(),
            decimal=self._decimal(),
            comment=self._text_at(("comment",)) or "",
            lines={
                **{each: line_of(self._text, (each,)) for each in given},
                **{each: line_of(self._text, ("values", each)) for each in values},
            },
        )

    def _keys(self, path: Path, table: Mapping[str, Any], allowed: Sequence[str]) -> None:
        for key in table:
            if key not in allowed:
                self.wrong((*path, key), f"there is no such key{near(key, allowed)}")

    def _table(self, key: str) -> dict[str, Any]:
        told = self._given.get(key, {})
        if isinstance(told, dict):
            return told
        self.wrong((key,), f"must be a table: [{key}.NAME]")
        return {}

    def _text_at(self, path: Path) -> str | None:
        told = self._given.get(str(path[0]))
        if told is None or (isinstance(told, str) and told.strip()):
            return told
        self.wrong(path, "must be a text")
        return None

    def _texts(self, key: str) -> list[str]:
        told = self._given.get(key, [])
        if isinstance(told, list) and all(isinstance(each, str) for each in told):
            return told
        self.wrong((key,), 'must be a list of texts: ["…", "…"]')
        return []

    def _words(self, path: Path) -> Words | None:
        told = self._text_at(path)
        return None if told is None else self._values.words(path, told)

    def _heading(self) -> int:
        told = self._given.get("heading", 1)
        if type(told) is int and told >= 1:
            return told
        self.wrong(("heading",), "must be the number of the row that has the headings, from 1")
        return 1

    def _months(self) -> tuple[str, ...]:
        told = self._texts("months")
        if len(told) in (0, MONTHS_IN_A_YEAR):
            return tuple(told) or MONTHS
        self.wrong(("months",), "must be the names of the twelve months, January's first")
        return MONTHS

    def _decimal(self) -> str:
        told = self._given.get("decimal", ".")
        if told in (".", ","):
            return str(told)
        self.wrong(("decimal",), 'must be "." or ","')
        return "."

    def _events(self) -> list[tuple[int, EventOf]]:
        """Read the events, each with its place among them."""
        told = self._given.get("event")
        if not isinstance(told, list) or not told or not all(isinstance(e, dict) for e in told):
            self.wrong(("event",), 'is required: what a row tells, as [[event]] with kind = "…"')
            return []
        events = [
            (at, made)
            for at, each in enumerate(told)
            if (made := self._event(at, each)) is not None
        ]
        for name, times in Counter(event.name for _, event in events).items():
            if times > 1:
                last = max(at for at, each in enumerate(told) if _name(each) == name)
                self.wrong(
                    ("event", last),
                    f"{times} events are called {name!r}: give each a `ref` of its own",
                )
        return events

    def _event(self, at: int, told: dict[str, Any]) -> EventOf | None:
        path: Path = ("event", at)
        kind = told.get("kind")
        if not isinstance(kind, str):
            self.wrong((*path, "kind") if "kind" in told else path, "`kind` is required")
            return None
        try:
            kind = kind_named(kind)
        except InvalidEvent as error:
            self.wrong((*path, "kind"), f"{error.message} {error.hint or ''}".strip())
            return None
        if kind in ONE_BY_ONE:
            self.wrong((*path, "kind"), f"no {kind} comes from a sheet: {ONE_BY_ONE[kind]}")
            return None
        name = _name(told)
        if not REF.fullmatch(name):
            self.wrong((*path, "ref"), "must be lower-case letters, digits, `-` or `_`")
        fields = fields_of(kind)
        allowed = [*OWN, *(each for each in fields if each != "case_id")]
        self._keys(path, told, allowed)
        values = {
            field: value
            for field, given in told.items()
            if field in fields and field != "case_id" and field not in OWN
            if (value := self._values.field((*path, field), given, fields[field])) is not None
        }
        for field in fields.values():
            if field.required and field.name not in told and field.name != "case_id":
                self.wrong(path, f"a {kind} needs `{field.name}`: {field.meaning}")
        case = told.get("case", self._given.get("case"))
        if case is None and FAMILY[kind] == "house":
            case = HOUSE_CASE
        if case is None:
            self.wrong(path, '`case` is required, here or at the top: case = "{Case no}"')
        return EventOf(
            name,
            kind,
            values,
            fields,
            self._values.words((*path, "case") if "case" in told else ("case",), case),
            key=self._values.words((*path, "key"), told.get("key")),
            when=self._when((*path, "when"), told.get("when", [])),
            once=self._values.words((*path, "once"), told.get("once")),
            each=self._each((*path, "each"), told["each"], values)
            if "each" in told
            else tuple(name for name, value in values.items() if _spreads(value, fields[name])),
            line=line_of(self._text, path),
            lines={key: line_of(self._text, (*path, key)) for key in told},
        )

    def _each(self, path: Path, told: Any, values: Mapping[str, Value]) -> tuple[str, ...]:
        fields = [told] if isinstance(told, str) else told
        if not isinstance(fields, list) or not all(each in values for each in fields):
            self.wrong(path, f"must name fields of this event{near(str(told), values)}")
            return ()
        return tuple(fields)

    def _when(self, path: Path, told: Any) -> tuple[Condition, ...]:
        conditions = told if isinstance(told, list) else [told]
        return tuple(
            made for each in conditions if (made := self._condition(path, each)) is not None
        )

    def _condition(self, path: Path, told: Any) -> Condition | None:
        if isinstance(told, str):
            return Condition((heading_of(told.strip("{}")),))
        if isinstance(told, dict) and isinstance(told.get("any"), list) and len(told) == 1:
            return Condition(tuple(heading_of(str(each)) for each in told["any"]))
        if not isinstance(told, dict) or not isinstance(told.get("column"), str):
            self.wrong(path, 'must be a column, or {column = "…", is = "…"}, or {any = [columns]}')
            return None
        self._keys(path, told, CONDITION)
        column = (heading_of(told["column"]),)
        given = [key for key in CONDITION[1:] if key in told]
        if len(given) > 1:
            self.wrong(path, f"has {' and '.join(given)}, of which one is enough")
        if "blank" in told:
            return Condition(column, negated=told["blank"] is True)
        words = told.get("is", told.get("not", []))
        listed = [words] if isinstance(words, str | int) else words
        if not isinstance(listed, list):
            self.wrong(path, "must give words: a text, or a list of texts")
            return None
        return Condition(column, frozenset(fold(str(each)) for each in listed), "not" in told)


def _spreads(value: Value, field: FieldOf) -> bool:
    """Tell whether a value parts a cell into several, of which the field holds one."""
    return isinstance(value, Read) and value.split is not None and not field.many


def _name(told: Mapping[str, Any]) -> str:
    return str(told.get("ref") or told.get("kind"))


def _links(value: Value) -> set[str]:
    if isinstance(value, Link):
        return {value.to}
    if isinstance(value, Several):
        return {to for each in value.values for to in _links(each)}
    if isinstance(value, Parts):
        return {to for each in value.parts.values() for to in _links(each)}
    return set()
