"""Read of a kind's model what its fields hold, as far as a cell has to be made to fit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from answerable.domain.event import Source, many_and_type, producer_fields
from answerable.domain.fields import DATE, PARTY, Refers, markers
from answerable.domain.kinds import model

Holds = Literal["text", "choice", "number", "date", "party", "event", "source", "fields"]


class FieldOf(NamedTuple):
    """A field of a kind.

    Attributes:
        name: its name in JSON.
        holds: what one value of it is.
        many: whether it holds several.
        required: whether the kind is nothing without it.
        choices: the words that it may say, where it may not say any.
        meaning: what it tells, in words.
        kinds: where it names an event, those that it may be of; none: of any.
    """

    name: str
    holds: Holds
    many: bool
    required: bool
    choices: tuple[str, ...]
    meaning: str
    kinds: tuple[str, ...] = ()


@cache
def fields_of(kind: str) -> Mapping[str, FieldOf]:
    """Return the fields of a kind that a producer tells, by their names in JSON."""
    return MappingProxyType(
        {name: _field(name, info) for name, info in producer_fields(model(kind)).items()}
    )


def _field(name: str, info: Any) -> FieldOf:
    many, held = many_and_type(info.annotation)
    marks = [*info.metadata, *markers(info.annotation)]
    choices = tuple(map(str, get_args(held))) if get_origin(held) is Literal else ()
    return FieldOf(
        name,
        _holds(held, marks, choices),
        many,
        info.is_required(),
        choices,
        info.description or "",
        tuple(kind for mark in marks if isinstance(mark, Refers) for kind in mark.kinds),
    )


def _holds(held: Any, marks: list[Any], choices: tuple[str, ...]) -> Holds:
    if get_origin(held) is dict:
        return "fields"
    if choices:
        return "choice"
    if held is Source:
        return "source"
    if held is int:
        return "number"
    if DATE in marks:
        return "date"
    if PARTY in marks:
        return "party"
    if any(isinstance(mark, Refers) for mark in marks):
        return "event"
    return "text"
