"""The record as one question looks at it: as it was known by a moment, and as of a moment.

What a command asks (`--as-of`, `--known-by`, and by which names parties are called) is told once,
here; every case that is looked at, whichever it is, is then looked at in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby

from answerable.domain.dates import When
from answerable.domain.edtf import check_moment
from answerable.domain.kinds import FAMILY
from answerable.domain.reader import Reader
from answerable.domain.record import CaseRange, RecordedEvent
from answerable.domain.zone.day_end import Asked, DayEnd
from answerable.domain.zone.zone import Zone
from answerable.projections.errors import no_case
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.disclosed import DisclosedTexts, disclose
from answerable.projections.facts.facts import CaseFacts, Fact, fold, zone_told
from answerable.projections.facts.known_by.day import KnownByDay, known_by_then, zone_then
from answerable.projections.facts.names import NameOf, TypeOf, read_none, untold

EVENTS = 1_000
"""The most events that are kept of those that were found by their ids: more rests on them."""


class RecordView:
    """A record, looked at as known by a moment and as of a moment. Each case is read once.

    Attributes:
        reader: the record.
        as_of: what had not happened by then is left out; None: nothing is.
        known_by: what was recorded later is left out; None: nothing is.
        name_of: what to call a party.
        type_of: what a party is.
        read_parties: reads in one go what some parties are, before it is asked of each.
        zone: where the days of a case are days that tells no zone.
        cases: the cases read so far and kept, by slug.
        entries: the entries of the house's registers read so far and kept, by event id, each with
            what amends or ends it. The case that they lie in can be as large as the house, and is
            not read for them.
    """

    def __init__(
        self,
        reader: Reader,
        as_of: Asked | None = None,
        known_by: Asked | None = None,
        *,
        name_of: NameOf = str,
        type_of: TypeOf = untold,
        read_parties: Callable[[Iterable[str]], None] = read_none,
        keep: int | None = None,
    ) -> None:
        """Look at a record.

        Args:
            reader: the record.
            as_of: the moment asked about.
            known_by: the moment by which the record is asked about.
            name_of: what to call a party.
            type_of: what a party is.
            read_parties: reads in one go what some parties are, before it is asked of each.
            keep: how many cases, and entries of registers, are kept in memory; all, if left out.

        Raises:
            AnswerableError: a moment is none, or knows no zone.
        """
        if not isinstance(as_of, DayEnd):
            check_moment(as_of, "as_of")
        if not isinstance(known_by, DayEnd):
            check_moment(known_by, "known_by")
        self.reader, self.known_by = known_by_then(reader, known_by)
        self.as_of = as_of
        self.name_of = name_of
        self.type_of = type_of
        self.read_parties = read_parties
        self.zone = reader.zone
        self.cases: dict[str, CaseView] = {}
        self.entries: dict[str, CaseView] = {}
        self._zones: dict[str, Zone] = {}
        self._events: dict[str, RecordedEvent] = {}
        self._most = keep
        self._roles: dict[str, list[FactInCase]] | None = None

    @property
    def present(self) -> bool:
        """Tell whether the question is about the present, as far as is known now, in no zone."""
        return self.as_of is None and self.known_by is None and not self.zone.known

    def look_at(self, facts: CaseFacts) -> CaseView:
        """Look at a case that was read already, without keeping it."""
        return CaseView(
            facts,
            self.as_of,
            name_of=self.name_of,
            type_of=self.type_of,
            find=self.fact,
            place=self.find,
            roles=self.roles,
            sealed=self.sealed,
        )

    def case(self, case_id: str) -> CaseView:
        """Look at one case, and keep it; a case of which nothing is on record is empty."""
        found = self.cases.pop(case_id, None) or self._read(case_id)
        self.keep(found)
        return found

    def recorded_case(self, case_id: str) -> CaseView:
        """Look at one case, and keep it.

        Raises:
            NotFound: nothing is recorded of the case, or nothing was by then.
        """
        found = self.case(case_id)
        if not found.facts:
            raise no_case(case_id, self.known_by)
        return found

    def each_of(self, case_ids: Iterable[str]) -> Iterator[CaseView]:
        """Look at some cases in turn, without keeping them; one is in memory at a time."""
        return (self.cases.get(case_id) or self._read(case_id) for case_id in case_ids)

    def each_case(self, among: CaseRange | None = None) -> Iterator[CaseView]:
        """Look at every case, or a range of them, in turn, by slug; one is in memory at a time."""
        events = self.reader.events_by_case(known_by=self.known_by, among=among)
        for case_id, own in groupby(events, key=lambda event: event.fields["case_id"]):
            yield self.look_at(self._facts(case_id, own))

    def events(
        self, *, case: str | None = None, kinds: Collection[str] | None = None
    ) -> Iterator[RecordedEvent]:
        """Iterate over the events that were known, in the order of the log."""
        return self.reader.events(case=case, kinds=kinds, known_by=self.known_by)

    def roles(self, party: str) -> Sequence[FactInCase]:
        """List the roles of a party that stand on the registers; these are read once, and kept."""
        if self._roles is None:
            self._roles = {}
            assigned = list(self.events(kinds=("role-assigned",)))
            amended = self.reader.amended(assigned, known_by=self.known_by)
            by_case: dict[str, list[RecordedEvent]] = {}
            for event in amended:
                by_case.setdefault(event.case_id, []).append(event)
            views = (
                self.look_at(fold(case_id, own, self.zone_of(case_id)))
                for case_id, own in by_case.items()
            )
            for view in views:
                for fact in view.standing("role-assigned"):
                    held = self._roles.setdefault(fact.fields["party"], [])
                    held.append(FactInCase(view, fact))
        return self._roles.get(party, ())

    def sealed(self, facts: CaseFacts, fact: Fact) -> DisclosedTexts:
        """Open what is sealed in a fact of a case, as far as was known."""
        return disclose(self.reader, facts, [fact])[fact.event_id]

    def keep(self, view: CaseView) -> None:
        """Keep a case that was looked at without keeping it."""
        self._hold(self.cases, view.case_id, view)

    def find(self, event_id: str, near: CaseView | None = None) -> FactInCase | None:
        """Find the event with this id, in the case that is near or in any other.

        None where it was not on record.
        """
        if near is not None and event_id in near.facts:
            return FactInCase(near, near.facts[event_id])
        event = self._events.get(event_id) or self.reader.event(event_id)
        if event is None:
            return None
        self._events[event_id] = event
        if len(self._events) > EVENTS:
            del self._events[next(iter(self._events))]
        return self.placed(event)

    def placed(self, event: RecordedEvent) -> FactInCase | None:
        """Find an event as it was known to stand; None where it was not on record by then."""
        view = self._entry(event) if FAMILY[event.kind] == "house" else self.case(event.case_id)
        fact = view.facts.get(event.event_id)
        return None if fact is None else FactInCase(view, fact)

    def fact(self, event_id: str) -> Fact | None:
        """Find the fact with this id in whichever case; None where it was not on record."""
        found = self.find(event_id)
        return None if found is None else found.fact

    def settled(self, event: RecordedEvent, answer: When) -> When:
        """Tell whether an event had happened, by its case where its own date leaves that open.

        Args:
            event: the event.
            answer: what its own date tells.
        """
        if answer != "unknown":
            return answer
        view = self.case(event.case_id)
        fact = view.facts.get(event.event_id)
        return answer if fact is None else view.when(fact)

    def zone_of(self, case_id: str) -> Zone:
        """Tell where the days of a case are days: as it tells itself, else as is asked."""
        found = self._zones.get(case_id)
        if found is None:
            view = self.cases.get(case_id)
            found = self._zones[case_id] = (
                view.zone if view else zone_then(self.reader, case_id, known_by=self.known_by)
            )
        return found

    def _facts(self, case_id: str, events: Iterable[RecordedEvent]) -> CaseFacts:
        known = tuple(events)
        if isinstance(self.reader, KnownByDay):
            return fold(case_id, known, self.zone_of(case_id))
        told = zone_told(known)
        return fold(case_id, known, told if told.known else self.zone)

    def _read(self, case_id: str) -> CaseView:
        return self.look_at(self._facts(case_id, self.events(case=case_id)))

    def _entry(self, event: RecordedEvent) -> CaseView:
        found = self.entries.pop(event.event_id, None)
        if found is None:
            amended = self.reader.amended([event], known_by=self.known_by)
            found = self.look_at(fold(event.case_id, amended, self.zone_of(event.case_id)))
        self._hold(self.entries, event.event_id, found)
        return found

    def _hold(self, among: dict[str, CaseView], key: str, view: CaseView) -> None:
        """Keep a view as the latest that was asked for."""
        among[key] = view
        if self._most is not None and len(among) > self._most:
            del among[next(iter(among))]
