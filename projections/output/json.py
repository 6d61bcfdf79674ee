"""Projections as data that JSON can hold: for `--json`, and for programs.

Beside its fields, a record shows the judgements that its class makes of them, as `accountable`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from answerable.projections.accountability.accountability import (
    Finding,
    Person,
    Sanction,
)
from answerable.projections.facts.names import Name

JUDGEMENTS: Mapping[type, tuple[str, ...]] = {
    Finding: ("blames",),
    Sanction: ("in_force",),
    Person: ("accountable", "responsibility", "disputed"),
    Name: ("shown",),
}
"""The properties of a class that are written with its fields."""


def json_value(value: Any) -> Any:
    """Turn a value into dictionaries, lists, texts and numbers.

    Moments are RFC 3339 in UTC, bytes hexadecimal; a trailing underscore, which keeps a field
    from being a word of Python's, is dropped.
    """
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        names = (*value._fields, *JUDGEMENTS.get(type(value), ()))
        return {name.rstrip("_"): json_value(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(name): json_value(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.hex() if isinstance(value, bytes) else value
