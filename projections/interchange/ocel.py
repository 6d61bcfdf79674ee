"""Write a record as an object-centric event log: OCEL 2.0, https://www.ocel-standard.org, as JSON.

An event is one of its kind; its objects are the case, the parties in their roles, and the things
that it brings about or names: findings, sanctions, evidence. Things are related as their events
name one another, so a sanction leads to its decision, the decision to its findings, and these to
their evidence. How a thing stands changes with time, as OCEL has it: a sanction imposed, executed,
lifted.

The schema of OCEL has every value be a text; what it is a text of, its type declares. Case after
case is written; of all cases, only the parties and what kinds of values there were are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from pydantic_core import to_json

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import Names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.interchange.moments import time_text
from answerable.projections.interchange.process_event import ProcessEvent, Value, events_in
from answerable.projections.interchange.things import (
    BASIS,
    CASE,
    Relation,
    Things,
    case_id,
    party_id,
    thing_id,
)

ALWAYS = "1970-01-01T00:00:00Z"
"""The time that OCEL gives to a value of an object that does not change."""

STATE = "state"
"""The value of a thing that changes: how it stands."""

UNREGISTERED = "party"
"""Tell what a party is of which no registration tells."""

AT_ONCE = 500
"""The parties whose registrations are read at a time."""

OF_CASE = "case"
"""The family of the events that tell of the case itself."""

OPENED = "case-opened"
"""The kind whose values are those of the case from its beginning."""


class Types:
    """The types of events, or of objects, that were written, each with the values that it has."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, str]] = {}

    def saw(self, name: str, values: Iterable[tuple[str, Value]] = ()) -> None:
        """Note that one of a type was written, with values of these names."""
        known = self._found.setdefault(name, {})
        for each, value in values:
            type_ = type_of(value)
            if known.setdefault(each, type_) != type_:
                known[each] = "string"

    def declared(self) -> list[dict[str, Any]]:
        """Return the declarations of all that were written, by name."""
        return [
            {"name": name, "attributes": [{"name": n, "type": t} for n, t in values.items()]}
            for name, values in sorted(self._found.items())
        ]


def type_of(value: Value) -> str:
    """Tell the type of a value, in OCEL's words."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, datetime):
        return "time"
    return {int: "integer", float: "float"}.get(type(value), "string")


def text_of(value: Value) -> str:
    """Write a value as a text, as the schema of OCEL has every value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return time_text(value) if isinstance(value, datetime) else str(value)


class OcelWriter:
    """A writer of one log.

    Args:
        record: the record, as it is looked at.
        names: the registered parties; only what each is is asked, never what it is called.
        spool: a file of its own in which objects wait until all events are written.
        wrote: is told of each event that was written.
    """

    def __init__(
        self,
        record: RecordView,
        names: Names,
        spool: BinaryIO,
        wrote: Callable[[], None] = lambda: None,
    ) -> None:
        self._things = Things(record)
        self._names = names
        self._spool = spool
        self._wrote = wrote
        self._event_types, self._object_types = Types(), Types()
        self._parties: dict[str, None] = {}
        self._objects = 0

    def document(self, views: Iterable[CaseView], *, every_case: bool) -> Iterator[bytes]:
        """Write the log, a piece at a time.

        Args:
            views: the cases.
            every_case: whether these are all cases of the record; else the things of others that
                are related to are written too, without any values.
        """
        self._things.keep = not every_case
        yield b'{"events":['
        first = True
        for view in views:
            for event in self._events(view):
                yield event if first else b",\n" + event
                first = False
        yield b'],\n"objects":['
        if not every_case:
            for thing, what in self._things.elsewhere.items():
                self._object(thing, what)
        self._write_parties()
        self._spool.seek(0)
        while piece := self._spool.read(1 << 16):
            yield piece
        types = {
            "eventTypes": self._event_types.declared(),
            "objectTypes": self._object_types.declared(),
        }
        yield b"],\n" + to_json(types)[1:] + b"\n"

    def _events(self, view: CaseView) -> Iterator[bytes]:
        events = events_in(view)
        at = {event.fact.event_id: event.dated.at for event in events}
        brought_about: list[Relation] = []
        for event in events:
            yield self._event(view, event)
            self._wrote()
            self._parties.update((part.party, None) for part in event.parties)
            thing = thing_id(event.fact.kind, event.fact.event_id)
            if thing is not None:
                self._thing(view, event, at, thing)
                brought_about.append(Relation(thing, CATALOGUE[event.fact.kind].thing))
        if events:
            self._case(view, events, brought_about)

    def _event(self, view: CaseView, event: ProcessEvent) -> bytes:
        values = event.common | event.own
        self._event_types.saw(event.fact.kind, values.items())
        return to_json(
            {
                "id": event.fact.event_id,
                "type": event.fact.kind,
                "time": time_text(event.dated.at),
                "attributes": [
                    {"name": name, "value": text_of(value)} for name, value in values.items()
                ],
                "relationships": _related(self._things.of_event(view, event)),
            }
        )

    def _thing(
        self,
        view: CaseView,
        event: ProcessEvent,
        at: Mapping[str, datetime],
        thing: str,
    ) -> None:
        """Write the thing that an event brings about: its values, how it stood, its relations."""
        row = CATALOGUE[event.fact.kind]
        first = row.begins or row.name.rpartition("-")[2]  # a sanction is imposed
        stood = [(event.dated.at, first)] if row.becomes else []
        stood += [
            (at[later.event_id], row.becomes[later.kind])
            for later in view.upon(event.fact)
            if later.kind in row.becomes
        ]
        references = (BASIS, row.acts_upon, *row.cites)  # relations, of a thing
        values = [
            (name, value, ALWAYS) for name, value in event.own.items() if name not in references
        ]
        values += [(STATE, state, time_text(when)) for when, state in sorted(stood, key=_when)]
        self._object(thing, row.thing, values, self._things.of_thing(view, event))

    def _case(
        self, view: CaseView, events: Iterable[ProcessEvent], brought_about: list[Relation]
    ) -> None:
        values: list[tuple[str, Value, str]] = []
        relations: list[Relation] = []
        for event in events:
            if CATALOGUE[event.fact.kind].family == OF_CASE:
                when = ALWAYS if event.fact.kind == OPENED else time_text(event.dated.at)
                values += [(name, value, when) for name, value in event.own.items()]
                relations += [
                    Relation(party_id(part.party), part.role or part.field)
                    for part in event.parties
                ]
        self._object(case_id(view.case_id), CASE, values, [*relations, *brought_about])

    def _write_parties(self) -> None:
        waiting = iter(self._parties)
        while some := tuple(islice(waiting, AT_ONCE)):
            for name in self._names.of_each(some):
                size = [] if name.size is None else [("size", name.size, ALWAYS)]
                self._object(party_id(name.party), name.type or UNREGISTERED, size)

    def _object(
        self,
        id_: str,
        type_: str,
        values: Sequence[tuple[str, Value, str]] = (),
        relations: Iterable[Relation] = (),
    ) -> None:
        self._object_types.saw(type_, ((name, value) for name, value, _ in values))
        written = to_json(
            {
                "id": id_,
                "type": type_,
                "attributes": [
                    {"name": name, "value": text_of(value), "time": when}
                    for name, value, when in values
                ],
                "relationships": _related(relations),
            }
        )
        self._spool.write(b",\n" + written if self._objects else written)
        self._objects += 1


def _when(stood: tuple[datetime, str]) -> datetime:
    return stood[0]


def _related(relations: Iterable[Relation]) -> list[dict[str, str]]:
    return [{"objectId": each.to, "qualifier": each.qualifier} for each in relations]
