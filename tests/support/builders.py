"""Cases made in memory, as a ledger would keep them: valid events, numbered, in public and sealed.

    log = case(
        {"as": "f", "kind": "finding-made", "subject": "p-1", ...},
        {"kind": "sanction-imposed", "basis": ["@f"], ...},
    )

`as` names an event, and `@f` anywhere in a later one stands for its id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from answerable.domain.case import CaseState, check_possible, target_of
from answerable.domain.corrections import check_correction, check_terms
from answerable.domain.documents import NO_PART, DocumentViews
from answerable.domain.event import Event
from answerable.domain.kinds import model
from answerable.domain.kinds.record import Correction
from answerable.domain.parsing import parse
from answerable.domain.record import (
    SEALED_BESIDE,
    CaseRange,
    CaseSummary,
    Disclosed,
    RecordedEvent,
    TreeHead,
)
from answerable.domain.search.query import matches
from answerable.domain.search.request import Hit, SearchRequest, SearchResult, passages_in_scope
from answerable.domain.search.tokenizer import token_line
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.facts.facts import CaseFacts, fold

STARTED = datetime(2026, 2, 1, tzinfo=UTC)
"""When the first event is recorded; each later one, a minute after the one before."""

AMENDING = {"authority-revoked": "authority", "role-ended": "assignment"}
"""What else amends an event than corrections, retractions and disputes."""

OWN = frozenset(("event_id", "case_id", "kind", "standing"))


class Memory:
    """A record in memory, which reads as a ledger does."""

    def __init__(self, zone: Zone = UNTOLD) -> None:
        self.zone = zone
        self.log: list[RecordedEvent] = []
        self.texts: dict[int, dict[str, Any]] = {}
        self.erased: dict[int, tuple[str, ...]] = {}
        self.ids: dict[str, str] = {}
        self._states: dict[str, CaseState] = {}

    def add(self, case_id: str = "c", *, recorded_at: str | None = None, **fields: Any) -> str:
        """Record an event; gives its id. `as_` names it for later ones.

        Raises:
            AnswerableError: a ledger would refuse it.
        """
        position = len(self.log)
        label = fields.pop("as", None)
        event_id = f"019b8a5e-7c00-7000-8000-{position:012x}"
        event = parse({"case_id": case_id, "event_id": event_id, **_linked(fields, self.ids)})
        self.ids[label or event_id] = event_id
        self.record(event, recorded_at=recorded_at)
        return event_id

    def record(self, event: Event, *, recorded_at: str | None = None) -> RecordedEvent:
        """Record an event that is made already."""
        position = len(self.log)
        event_id = event.event_id or f"019b8a5e-7c00-7000-9000-{position:012x}"
        kinds = {each.event_id: each.kind for each in self.log}
        if isinstance(event, Correction) and event.target in kinds:
            event = check_correction(event, kinds[event.target], kinds.get)
        state = self._states.setdefault(event.case_id, CaseState(event.case_id))
        check_possible(state, event, kinds.get)
        if isinstance(event, Correction):
            by_id = {each.event_id: each.fields for each in self.log}
            check_terms(event, state, lambda each: by_id[each].get)
        state.apply(event_id, event.kind, target_of(event))
        at = (STARTED + timedelta(minutes=position)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        told = event.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        sealed = {name: told.pop(name) for name in event.sealed if name in told}
        self.texts[position] = {"recorded_by": "the recorder", **sealed}
        fields = {
            "event_id": event_id,
            "case_id": event.case_id,
            "version": state.version,
            "kind": event.kind,
            "standing": event.standing,
            **{name: value for name, value in told.items() if name not in OWN},
            "recorded_at": recorded_at or at,
            "_sd": [f"commitment-{number}" for number in range(len(sealed) + 1)],
        }
        recorded = RecordedEvent(position, event.kind, fields)
        self.log.append(recorded)
        return recorded

    def erase(self, event_id: str, *names: str) -> None:
        """Destroy texts of an event."""
        position = next(each.position for each in self.log if each.event_id == event_id)
        for name in names:
            del self.texts[position][name]
        self.erased[position] = (*self.erased.get(position, ()), *names)

    def withhold(self, event_id: str, *names: str) -> None:
        """Keep texts of an event from this reader."""
        position = next(each.position for each in self.log if each.event_id == event_id)
        for name in names:
            del self.texts[position][name]

    def facts(self, case_id: str = "c") -> CaseFacts:
        """The facts of a case."""
        return fold(case_id, self.events(case=case_id))

    def __len__(self) -> int:
        return len(self.log)

    def head(self) -> TreeHead:
        return TreeHead(len(self.log), sha256(b"a root").digest())

    def cases(self) -> Iterator[CaseSummary]:
        for case_id in sorted({each.case_id for each in self.log}):
            own = [each.position for each in self.log if each.case_id == case_id]
            yield CaseSummary(case_id, len(own), own[0], own[-1])

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        for event in self.log:
            if (
                case in (None, event.case_id)
                and (kinds is None or event.kind in kinds)
                and (known_by is None or datetime.fromisoformat(event.recorded_at) <= known_by)
            ):
                yield event

    def events_by_case(
        self,
        *,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        among: CaseRange | None = None,
    ) -> Iterator[RecordedEvent]:
        found = self.events(kinds=kinds, known_by=known_by)
        chosen = (each for each in found if among is None or each.case_id in among)
        yield from sorted(chosen, key=lambda each: (each.case_id, each.version))

    def event(self, event_id: str) -> RecordedEvent | None:
        return next((each for each in self.log if each.event_id == event_id), None)

    def cases_since(self, moment: datetime, most: int) -> set[str] | None:
        known = len(list(self.events(known_by=moment)))
        found = self.log[known:]
        return None if len(found) > most else {each.case_id for each in found}

    def registrations(
        self, parties: Iterable[str], *, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        known, wanted = list(self.events(known_by=known_by)), set(parties)
        moved = {
            each.fields["target"]
            for each in known
            if each.kind == "correction" and each.fields.get("fields", {}).get("party") in wanted
        }
        for each in known:
            named = each.fields.get("party") in wanted or each.event_id in moved
            if each.kind == "party-registered" and named:
                yield each

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        known = list(self.events(known_by=known_by))
        wanted = {each.event_id for each in events}
        for each in known:
            fields = each.fields
            acts_upon = fields.get("target") or (
                fields.get(AMENDING[each.kind]) if each.kind in AMENDING else None
            )
            if acts_upon in wanted:
                wanted.add(each.event_id)
        return [each for each in known if each.event_id in wanted]

    def document(self, views: DocumentViews, view: str, key: str) -> Mapping[str, bytes] | None:
        return {case: body for at, case, body in self.documents(views, view) if at == key}

    def documents(self, views: DocumentViews, view: str) -> Iterator[tuple[str, str, bytes]]:
        found = [
            (part.key, case.case_id, part.body)
            for case in self.cases()
            for part in views.fold(case.case_id, self.events(case=case.case_id))
            if part.view == view and part.body != NO_PART
        ]
        yield from sorted(found)

    def document_keys(self, views: DocumentViews, view: str) -> list[str]:
        return sorted({key for key, _, _ in self.documents(views, view)})

    def document_parts(
        self, views: DocumentViews, view: str, key: str, *, but: str
    ) -> Mapping[bytes, int]:
        told = self.documents(views, view)
        return Counter(body for at, case, body in told if at == key and case != but)

    def found(self, wanted: SearchRequest) -> SearchResult:
        in_scope = list(self.events(case=wanted.case, kinds=wanted.kinds))
        if wanted.known_by is not None:
            known = {event.position for event in self.events(known_by=wanted.known_by)}
            in_scope = [event for event in in_scope if event.position in known]
        hits = [
            Hit(event, field, self._about(event), value)
            for event in in_scope
            for field, value in self.texts[event.position].items()
            if field not in SEALED_BESIDE
            and wanted.about in (None, *self._about(event))
            and matches(
                wanted.query,
                token_line(each.text for each in passages_in_scope(wanted, field, value)),
            )
        ]
        erased = sum(len(self.erased.get(event.position, ())) for event in in_scope)
        withheld = sum(self._opened(event.position).missing for event in in_scope)
        return SearchResult(len(hits), iter(hits), erased, withheld, ranked=False)

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        return list(self.events(kinds={"party-registered"}, known_by=known_by))

    def namesakes(self, words: Collection[str], but: Collection[str]) -> list[RecordedEvent]:
        return list(self.events(kinds={"party-registered"}))

    def _about(self, event: RecordedEvent) -> tuple[str, ...]:
        named = (event.fields.get(field) for field in model(event.kind).parties)
        each = ([party] if isinstance(party, str) else party or () for party in named)
        return tuple(sorted({party for parties in each for party in parties}))

    def altered(self, positions: Iterable[int] | None = None) -> list[int]:
        """No entry is: there is no tree over them."""
        return []

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        return {position: self._opened(position) for position in positions}

    def _opened(self, position: int) -> Disclosed:
        told, erased = self.texts[position], self.erased.get(position, ())
        (event,) = (each for each in self.log if each.position == position)
        commitments = len(event.fields["_sd"])
        return Disclosed(told, erased, commitments - len(told) - len(erased))


def case(*steps: dict[str, Any], case_id: str = "c") -> Memory:
    """A record of one case, of these events. `recorded_at` in one overrides the clock."""
    memory = Memory()
    for step in steps:
        memory.add(**{"case_id": case_id, **step})
    return memory


def _linked(value: Any, ids: Mapping[str, str]) -> Any:
    """The value with every `@label` replaced by the id of the event of that name."""
    if isinstance(value, str) and value.startswith("@"):
        return ids[value[1:]]
    if isinstance(value, dict):
        return {name: _linked(each, ids) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_linked(each, ids) for each in value]
    return value
