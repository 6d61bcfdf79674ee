"""Telling what an event tells in the open at its producer's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from answerable.domain.event import Event
from answerable.domain.kinds import model
from answerable.domain.record import RecordedEvent
from answerable.domain.search.name_words import words_of_identifier, words_over_parts, words_told
from answerable.domain.terms.provision import Provision
from answerable.domain.terms.several import PARTS

JURISDICTION = "jurisdiction"
"""The field whose values begin with a code of a closed list, which tells nobody's name."""

CASE_ID = "case_id"

Find = Callable[[str], RecordedEvent | Event | None]
"""Finds an event by its id, on record or in the batch at hand."""


class Told(NamedTuple):
    """A pseudonym or a term that an event tells.

    Attributes:
        field: the field, as an error names it.
        value: what it tells.
        is_party: whether it is a pseudonym.
    """

    field: str
    value: str
    is_party: bool

    @property
    def words(self) -> frozenset[str]:
        """Return its words that could tell a name."""
        named = self.is_party or self.field == CASE_ID
        return words_of_identifier(self.value) if named else words_told(self.value)

    @property
    def words_over_parts(self) -> frozenset[str]:
        """Return the words of a pseudonym or a case id that signs divide."""
        named = self.is_party or self.field == CASE_ID
        return words_over_parts(self.value) if named else frozenset()


class _OpenField(NamedTuple):
    """A field by which a kind tells something in the open."""

    name: str
    attribute: str
    is_party: bool


def told_by(event: RecordedEvent | Event, find: Find) -> Iterator[Told]:
    """Yield what an event tells in the open at its producer's choice."""
    if event.kind == "correction":
        target = find(field_of(event, "target"))
        given = field_of(event, "fields") or {}
        for name, _, is_party in _open_fields(target.kind) if target is not None else ():
            if name in given:
                yield from _told(name, f"fields.{name}", given[name], is_party)
    elif isinstance(event, RecordedEvent):
        for name, _, is_party in _open_fields(event.kind):
            yield from _told(name, name, event.fields.get(name), is_party)
    else:
        held = event.__dict__
        for name, attribute, is_party in _open_fields(event.kind):
            value = held[attribute]
            if value is not None:
                yield from _told(name, name, value, is_party)


def values_told(events: Iterable[Event], find: Find) -> set[str]:
    """Return what some events tell in the open at their producer's choice.

    It is what `told_by` yields of each, without saying in which fields: most batches need no more.
    """
    found = set[str]()
    for event in events:
        held = event.__dict__
        attributes = _plain_attributes(event.kind)
        if attributes is None:
            found.update(told.value for told in told_by(event, find))
            continue
        for attribute in attributes:
            value = held[attribute]
            if type(value) is str:
                found.add(value)
            elif value:
                found.update(texts(value))
    return found


@cache
def _plain_attributes(kind: str) -> tuple[str, ...] | None:
    """Return the attributes whose values a kind tells as they are; None where not all are so."""
    fields = _open_fields(kind)
    if kind == "correction" or any(name == JURISDICTION for name, *_ in fields):
        return None
    return tuple(attribute for _, attribute, _ in fields)


def field_of(event: RecordedEvent | Event, name: str) -> Any:
    """Return the value of a field, given by its name in JSON; None where it is not told."""
    if isinstance(event, RecordedEvent):
        return event.fields.get(name)
    return event.__dict__[event.attributes[name]]


def texts(value: Any) -> Iterator[str]:
    """Yield the text that a value is, or the texts in it: those of a provision's parts, too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, Provision):
        yield from value.texts()
    elif isinstance(value, Mapping):
        yield from filter(None, (value.get(name) for name in PARTS))


def _told(name: str, field: str, value: Any, is_party: bool) -> Iterator[Told]:
    for each in texts(value):
        if name == JURISDICTION:
            each = each.partition("-")[2]
        if each:
            yield Told(field, each, is_party)


@cache
def _open_fields(kind: str) -> tuple[_OpenField, ...]:
    """Return the fields of a kind by which its producer tells something in the open."""
    declared = model(kind)
    return (
        *(_OpenField(name, declared.attributes[name], False) for name in declared.terms),
        *(_OpenField(name, declared.attributes[name], True) for name in declared.parties),
    )
