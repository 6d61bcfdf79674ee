"""Find the things that events tell of, the objects of an object-centric log: cases, findings.

A thing is brought about by one event, whose row in the catalogue names it. What was retracted, or
had not happened, brings about nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.kinds import FAMILY, TARGETS
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.record_view import RecordView
from answerable.projections.interchange.process_event import ProcessEvent

BASIS = "basis"
"""The relation to what an event rests on."""

CASE = "case"
"""The relation to the case that an event belongs to, and what a case is as an object."""

BRINGS_ABOUT = "brings-about"
"""The relation of an event to the thing that it brings about."""


class Relation(NamedTuple):
    """A relation to a thing: to which, by its id, and as what."""

    to: str
    qualifier: str


def case_id(slug: str) -> str:
    """Return the id of a case as an object."""
    return f"case:{slug}"


def party_id(pseudonym: str) -> str:
    """Return the id of a party as an object."""
    return f"party:{pseudonym}"


def thing_id(kind: str, event_id: str) -> str | None:
    """Return the id of the thing that an event brings about; None where that is nothing.

    Args:
        kind: the event's kind.
        event_id: its id.
    """
    thing = CATALOGUE[kind].thing
    return f"{thing}:{event_id}" if thing else None


class Things:
    """The things that the events of a record bring about, as far as they stand as asked."""

    def __init__(self, record: RecordView) -> None:
        self._record = record
        self.keep = True
        """Tell whether it is kept which things of other cases were related to."""
        self.elsewhere: dict[str, str] = {}
        """The ids of the things of other cases that were related to, with what each is."""

    def of_event(self, view: CaseView, event: ProcessEvent) -> list[Relation]:
        """List what an event is related to: its case, its thing, parties, and what it names.

        Args:
            view: its case.
            event: the event.
        """
        own = thing_id(event.fact.kind, event.fact.event_id)
        found = [Relation(case_id(view.case_id), CASE)]
        if own is not None:
            found.append(Relation(own, BRINGS_ABOUT))
        return [*found, *self.of_thing(view, event)]

    def of_thing(self, view: CaseView, event: ProcessEvent) -> list[Relation]:
        """List what the thing is related to that an event brings about: parties and other things.

        Args:
            view: the case of the event.
            event: the event.
        """
        to_parties = (
            Relation(party_id(part.party), part.role or part.field) for part in event.parties
        )
        return list(dict.fromkeys((*to_parties, *self._named(view, event.fact))))

    def _named(self, view: CaseView, fact: Fact) -> Iterator[Relation]:
        row = CATALOGUE[fact.kind]
        for field in dict.fromkeys((TARGETS.get(fact.kind, ""), BASIS, *row.cites)):
            named = fact.fields.get(field) or ()
            for event_id in (named,) if isinstance(named, str) else named:
                found = self._thing(view, event_id)
                if found is not None:
                    yield Relation(found, field)

    def _thing(self, view: CaseView, event_id: str) -> str | None:
        """Find the thing that an event brings about, of this case or of another one."""
        here = view.facts.get(event_id)
        if here is not None:
            return thing_id(here.kind, event_id) if _brought_about(view, here) else None
        event = self._record.reader.event(event_id)
        found = None if event is None else thing_id(event.kind, event_id)
        if event is None or found is None:
            return None
        # An entry of a register is read without its case, which may bound when it happened.
        bounded = self._record.as_of is not None and FAMILY[event.kind] == "house"
        there = self._record.case(event.case_id) if bounded else None
        placed = self._record.find(event_id, there)
        if placed is None or not _brought_about(*placed):
            return None
        if self.keep:
            self.elsewhere[found] = CATALOGUE[event.kind].thing
        return found


def _brought_about(view: CaseView, fact: Fact) -> bool:
    return fact.stands and view.when(fact) != "no"
