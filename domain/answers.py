"""Answers as data that JSON can hold, for `--json` and for programs; and as tables, for notebooks.

Beside its fields, a record shows the judgements that its class makes of them, as `accountable`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

Row = TypeVar("Row")
Record = TypeVar("Record")

_JUDGEMENTS: dict[type, tuple[str, ...]] = {}


def judging(*names: str) -> Callable[[type[Record]], type[Record]]:
    """Have these properties of a record shown with its fields."""

    def note(record: type[Record]) -> type[Record]:
        _JUDGEMENTS[record] = names
        return record

    return note


def json_value(value: Any) -> Any:
    """Turn a value into dictionaries, lists, texts and numbers.

    Moments are RFC 3339 in UTC, bytes hexadecimal; a trailing underscore, which keeps a field
    from being a word of Python's, is dropped.
    """
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        shown = (*value._fields, *_JUDGEMENTS.get(type(value), ()))
        return {name.rstrip("_"): json_value(getattr(value, name)) for name in shown}
    if isinstance(value, Mapping):
        return {str(name): json_value(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.hex() if isinstance(value, bytes) else value


def as_dict(record: tuple[Any, ...]) -> dict[str, Any]:
    """Return a record as `json_value` has it."""
    value: dict[str, Any] = json_value(record)
    return value


def html_table(columns: Sequence[str], rows: Iterable[object]) -> str:
    """Write a table of some attributes of each row. Nothing in it is taken for HTML."""
    from html import escape

    def line(mark: str, texts: Iterable[str]) -> str:
        cells = "".join(f"<{mark}>{escape(text)}</{mark}>" for text in texts)
        return f"<tr>{cells}</tr>"

    head = line("th", (name.rstrip("_").replace("_", " ") for name in columns))
    body = "".join(line("td", (_cell(getattr(row, name)) for name in columns)) for row in rows)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return value.hex() if isinstance(value, bytes) else str(value)


class Rows(tuple[Row, ...]):
    """Records of one kind, which a notebook shows as a table of some of their columns."""

    columns: Sequence[str] = ()

    def __new__(cls, rows: Iterable[Row] = (), columns: Sequence[str] = ()) -> Rows[Row]:
        made = super().__new__(cls, rows)
        made.columns = columns
        return made

    def as_dicts(self) -> list[Any]:
        """Return the records as JSON has them."""
        return [json_value(row) for row in self]

    def _repr_html_(self) -> str:
        return html_table(self.columns, self)
