"""Make a sheet to fill in for some kinds of events, and the map by which it is imported."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from answerable.domain.errors import InvalidEvent
from answerable.domain.kinds import FAMILY, HOUSE_CASE
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.ledger.transfer.sheet.maps.fields import FieldOf, fields_of
from answerable.ledger.transfer.sheet.maps.reading import ONE_BY_ONE

COMMENT = "#"
"""The sign by which the row of explanations says that it is no event."""

CASE, KEY = "case", "key"
LEFT_OUT = ("case_id", "event_id")
"""The fields that have no column of their own."""

UNSUITED = {**ONE_BY_ONE, "correction": "which field it corrects is another for each"}
"""The kinds that no sheet is made for, and why."""

HELD = {
    "date": "A date, as precisely as it is known: 2026-01-05, 2026-01, ../2026-01-05.",
    "party": "A pseudonym, or a name that is registered.",
    "event": "An event, by its id or its number.",
    "number": "A whole number.",
    "source": "A title, or an address.",
}


class Column(NamedTuple):
    """A column of a sheet to fill in.

    Attributes:
        heading: what stands above it.
        meaning: what is to stand in it.
        kind: the kind whose field it is; "" where it is of the row.
        field: the field; "" where it only says that the event happened.
        split: what stands between several values; "" where it holds one.
    """

    heading: str
    meaning: str
    kind: str = ""
    field: str = ""
    split: str = ""


class Template(NamedTuple):
    """A sheet to fill in.

    Attributes:
        columns: its columns.
        map: the map by which it is imported (TOML).
    """

    columns: tuple[Column, ...]
    map: str

    def rows(self) -> Iterator[list[str]]:
        """Yield the headings, and the row that explains them, which the import passes over."""
        yield [column.heading for column in self.columns]
        first, *others = (column.meaning for column in self.columns)
        yield [f"{COMMENT} {first}", *others]


def template_of(kinds: Sequence[str]) -> Template:
    """Make a sheet in which a row is an event of each of some kinds.

    Args:
        kinds: the kinds, in the order in which they are recorded.

    Raises:
        InvalidEvent: there is a kind that no sheet is made for, or one twice.
    """
    for kind in kinds:
        if kind in UNSUITED:
            raise InvalidEvent(
                f"no sheet is made for {kind}: {UNSUITED[kind]}.",
                field="kind",
                hint="Record it by itself.",
            )
        if kinds.count(kind) > 1:
            raise InvalidEvent(f"{kind} is asked for twice.", field="kind", hint="Name it once.")
    house = all(FAMILY[kind] == "house" for kind in kinds)
    blank = f" Left blank: {HOUSE_CASE}." if house else ""
    columns = [
        Column(CASE, f"The case: lower-case letters, digits, - . and _.{blank}"),
        Column(KEY, "What your own list calls the row: a number that no other row has."),
    ]
    for number, kind in enumerate(kinds):
        columns += _columns(kind, kinds[:number], several=len(kinds) > 1)
    return Template(tuple(columns), _map(kinds, columns, house=house))


def _columns(kind: str, before: Sequence[str], *, several: bool) -> Iterator[Column]:
    fields = [field for name, field in fields_of(kind).items() if name not in LEFT_OUT]
    links = _links(kind, before)
    if several and not any(field.required and field.name not in links for field in fields):
        yield Column(kind, "`yes` if it happened, also where nothing more is known.", kind)
    for field in fields:
        if field.name in links and not field.many:
            continue
        heading = field.name.replace("_", " ")
        yield Column(
            f"{kind}: {heading}" if several else heading,
            _meaning(field),
            kind,
            field.name,
            _split(field),
        )


def _links(kind: str, before: Sequence[str]) -> dict[str, list[str]]:
    """Return the fields of a kind that name other events of the row, and which."""
    found: dict[str, list[str]] = {}
    for name, field in fields_of(kind).items():
        if field.holds == "event" and field.kinds:
            fitting = [each for each in before if each in field.kinds]
            if len(fitting) == 1:
                found[name] = fitting
    borne = [each for each in before if _bears(each, kind)]
    if borne:
        found["basis"] = borne
    return found


def _bears(earlier: str, later: str) -> bool:
    """Tell whether an event of a kind is by its nature what one of another kind rests on."""
    of, rests = CATALOGUE[earlier], CATALOGUE[later]
    return bool(of.linked_as and of.linked_as in rests.links) or later in of.followed_by


def _meaning(field: FieldOf) -> str:
    held = "" if "2026" in field.meaning else HELD.get(field.holds, "")
    parts = [field.meaning, held]
    if field.choices:
        parts.append(f"One of: {', '.join(field.choices)}.")
    if field.many:
        between = "one a line" if _split(field) == "\n" else "with ; between"
        parts.append(f"Several: {between}.")
    if field.required:
        parts.append("Required.")
    return " ".join(filter(None, parts))


def _split(field: FieldOf) -> str:
    if not field.many:
        return ""
    return ";" if field.holds in ("choice", "party", "event") else "\n"


def _map(kinds: Sequence[str], columns: Sequence[Column], *, house: bool) -> str:
    lines = [
        "# What the columns of the sheet beside this file mean: docs/sheets.md tells the rest.",
        f"case = {_text('{in case}' if house else '{case}')}",
        f"key = {_text('{key}')}",
        f"comment = {_text(COMMENT)}",
        '# dates = ["DD.MM.YYYY", "MM/YYYY"]   # if dates are not written as 2026-01-05',
    ]
    if house:
        lines += ["[values]", f'"in case" = {{ column = "case", else = {_text(HOUSE_CASE)} }}']
    for number, kind in enumerate(kinds):
        of_kind = [column for column in columns if column.kind == kind]
        links = _links(kind, kinds[:number])
        lines += ["", "[[event]]", f"kind = {_text(kind)}"]
        if len(kinds) > 1:
            headings = ", ".join(_text(column.heading) for column in of_kind)
            lines.append(f"when = {{ any = [{headings}] }}")
        for column in of_kind:
            if column.field:
                lines.append(f"{column.field} = {_value(column, links.pop(column.field, []))}")
        lines += [f"{name} = {_text(f'${to[0]}')}" for name, to in links.items()]
    return "\n".join(lines) + "\n"


def _value(column: Column, links: Sequence[str]) -> str:
    value = _text(f"{{{column.heading}}}")
    if column.split:
        value = f"{{ column = {_text(column.heading)}, split = {_text(column.split)} }}"
    return f"[{', '.join([value, *(_text(f'${to}') for to in links)])}]" if links else value


def _text(text: str) -> str:
    """Write a text as TOML has it, which is as JSON has it."""
    return json.dumps(text, ensure_ascii=False)
