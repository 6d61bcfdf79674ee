"""The facts of a case as they stand: every event, with what was later said of it.

This is the one place where corrections, retractions and disputes are worked in. Every other
projection of a case is a pure function of these facts, so none of them can forget to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from answerable.domain import dates
from answerable.domain.dates import MARGINS, Margins
from answerable.domain.kinds import AMENDING, REVISING, TARGETS
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.jurisdictions import zone_of
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.facts.time import beginning, happened, read, span, whole_day

CARRIED = frozenset(row.name for row in ROWS if row.carried)
CARRYING = frozenset(row.name for row in ROWS if row.carries)
"""The kinds that a decision carries, so that they fall with the decision."""

ACTING = dict(TARGETS)  # a plain dictionary is looked up twice as fast

TELLING = frozenset(("case-opened", *REVISING))
"""The kinds that tell the zone of a case."""


class Fact(NamedTuple):
    """One event as it stands.

    Attributes:
        event: as it was first recorded.
        fields: its public fields, as corrected.
        corrections: the corrections that stand, by event id, oldest first.
        retracted_by: the retraction, by event id, if it no longer stands.
        disputes: the disputes that stand, by event id.
        upon: the events that act upon it (execution, lifting, appeal …), by event id.
        zone: where the days of its dates are days: the zone of its case.
    """

    event: RecordedEvent
    fields: Mapping[str, Any]
    corrections: tuple[str, ...] = ()
    retracted_by: str | None = None
    disputes: tuple[str, ...] = ()
    upon: tuple[str, ...] = ()
    zone: Zone = UNTOLD

    @property
    def event_id(self) -> str:
        """Return the event's id."""
        return self.event.event_id

    @property
    def kind(self) -> str:
        """Return the event's kind."""
        return self.event.kind

    @property
    def stands(self) -> bool:
        """Tell whether the fact was not retracted."""
        return self.retracted_by is None

    @property
    def alleged(self) -> bool:
        """Tell whether it is merely said by others, and so undoes nothing and holds nobody."""
        return self.fields.get("standing") == "alleged"

    def when(self, as_of: datetime | None, *, margins: Margins = MARGINS) -> dates.When:
        """Tell whether the fact had happened by a moment, by its own date (`time.happened`)."""
        if as_of is None:
            return "yes"
        recorded_at = self.event.fields["recorded_at"]
        return happened(self.began, recorded_at, as_of, self.zone, margins=margins)

    @property
    def began(self) -> str | None:
        """Return when it happened (EDTF): of what lasts, when it began; None if not told."""
        return beginning(self.event.kind, self.fields.get("occurred"))

    def span(self, name: str = "occurred", *, margins: Margins = MARGINS) -> dates.Span | None:
        """Read the span that one of its date fields allows; None where the date is not told.

        Of what lasts, `occurred` is read as when it began.
        """
        if name == "occurred":
            told = beginning(self.event.kind, self.fields.get("occurred"))
            return read(told, self.zone, margins=margins)
        return span(self.fields, name, self.zone, margins=margins)

    @property
    def effect(self) -> str | None:
        """Return from when (EDTF) it ends what it ends: its `effective`, else its date."""
        return self.fields.get("effective") or self.fields.get("occurred")

    def in_effect(self, as_of: datetime | None, *, margins: Margins = MARGINS) -> dates.When:
        """Tell whether what the fact ends had ended by a moment: not from when it was recorded."""
        if as_of is None:
            return "yes"
        recorded_at = self.event.fields["recorded_at"]
        return happened(self.effect, recorded_at, as_of, self.zone, margins=margins)

    def effect_span(self) -> dates.Span | None:
        """Read from when it ends what it ends, as far as that is told."""
        return self.span("effective") or self.span()

    def precedes(self, other: Fact) -> dates.When:
        """Tell whether the fact happened no later than another, as far as their dates tell."""
        return dates.precedes(self.span(), other.span())

    def came_first(self, other: Fact) -> dates.When:
        """Tell as `precedes` does; where dates do not tell, the fact recorded first came first."""
        answer = self.precedes(other)
        if answer != "unknown":
            return answer
        return "yes" if self.event.position < other.event.position else "no"


FACT: Callable[[tuple[Any, ...]], Fact] = partial(tuple.__new__, Fact)
"""Make a fact of all its values in their order: twice as fast as by its name."""


def day_told(fact: Fact) -> str | None:
    """Return the day on which a fact happened, where it is told as one (`2026-01-05`), and exactly.

    Of such days, the texts are in the order of the days.
    """
    occurred = fact.fields.get("occurred")
    return None if occurred is None else whole_day(occurred)


class CaseFacts(NamedTuple):
    """The facts of one case, by event id, in the order of their recording.

    Attributes:
        case_id: the case's slug.
        facts: the facts.
        zone: where its days are days.
    """

    case_id: str
    facts: Mapping[str, Fact]
    zone: Zone = UNTOLD

    def standing(self, *kinds: str, as_of: datetime | None = None) -> Iterator[Fact]:
        """Yield the facts of some kinds that stand, and had or may have happened by a moment."""
        for fact in self.facts.values():
            if (
                (not kinds or fact.event.kind in kinds)
                and fact.retracted_by is None
                and fact.when(as_of) != "no"
            ):
                yield fact

    def upon(self, fact: Fact, *kinds: str, as_of: datetime | None = None) -> Iterator[Fact]:
        """Yield the standing facts of some kinds that act upon another one; no alleged ones."""
        return (each for each in self._upon(fact, kinds, as_of) if not each.alleged)

    def alleged_upon(
        self, fact: Fact, *kinds: str, as_of: datetime | None = None
    ) -> Iterator[Fact]:
        """Yield the facts of some kinds that are only alleged to act upon another one."""
        return (each for each in self._upon(fact, kinds, as_of) if each.alleged)

    def _upon(self, fact: Fact, kinds: tuple[str, ...], as_of: datetime | None) -> Iterator[Fact]:
        for event_id in fact.upon:
            later = self.facts[event_id]
            if (
                (not kinds or later.event.kind in kinds)
                and later.retracted_by is None
                and later.when(as_of) != "no"
            ):
                yield later


def initial(case_id: str, zone: Zone = UNTOLD) -> CaseFacts:
    """Begin a case of which nothing is known, save where its days are days."""
    return CaseFacts(case_id, {}, zone)


def apply(state: CaseFacts, event: RecordedEvent) -> CaseFacts:
    """Take in one more event of the case."""
    facts = dict(state.facts)
    _take_in(facts, event, state.zone)
    return CaseFacts(state.case_id, facts, state.zone)


def fold(case_id: str, events: Iterable[RecordedEvent], zone: Zone | None = None) -> CaseFacts:
    """Take in the events of a case: `apply` over each, without a copy a step.

    Args:
        case_id: the case's slug.
        events: its events, in the order of the log.
        zone: where its days are days; if left out, as these events tell (`zone_told`).
    """
    if zone is None:
        events = tuple(events)
        zone = zone_told(events)
    facts: dict[str, Fact] = {}
    for event in events:
        _take_in(facts, event, zone)
    return CaseFacts(case_id, facts, zone)


def zone_told(events: Iterable[RecordedEvent]) -> Zone:
    """Tell where the days of a case are days, as far as its events tell, corrected and retracted.

    Its opening names the zone, or a jurisdiction that has one.
    """
    telling = [event for event in events if event.kind in TELLING]
    if not telling:
        return UNTOLD
    for opened in fold("", telling, UNTOLD).standing("case-opened"):
        if name := opened.fields.get("zone"):
            return Zone(name, "case")
        told = opened.fields.get("jurisdiction") or ()
        name = zone_of((told,) if isinstance(told, str) else tuple(told))
        return Zone(name, "jurisdiction") if name else UNTOLD
    return UNTOLD


def zone_of_case(reader: Reader, case_id: str, *, known_by: datetime | None = None) -> Zone:
    """Tell where the days of a case are days: as it tells itself, else as who asks does."""
    told = zone_told(reader.events(case=case_id, kinds=TELLING, known_by=known_by))
    return told if told.known else reader.zone


def facts_affected_by(facts: CaseFacts, event: RecordedEvent) -> Iterator[Fact]:
    """Yield the facts that an event makes, or makes read otherwise: its own, and others.

    It acts upon one directly, and through that on another: the retraction of an execution on the
    sanction that was executed, the correction of an appeal's outcome on what was appealed. What
    happens to a decision bears upon the sanctions and the bars that it carries; a finding, upon
    those that it answers; an agreement, upon its terms. A fact may come more than once.
    """
    fact = facts.facts.get(event.event_id)
    named: list[str] = []
    while fact is not None:
        yield fact
        if fact.kind == "correction":
            named.extend(_fields_of(fact).get("basis") or ())
        elif fact.kind == "finding-made":
            yield from _answered(facts, fact, named)
            if fact.event_id != event.event_id:
                yield from _blamed_instead(facts, fact)
        elif fact.kind in CARRYING and fact.event_id != event.event_id:
            yield from (
                other
                for other in facts.facts.values()
                if other.event.kind in CARRIED and fact.event_id in other.fields.get("basis", ())
            )
        elif fact.kind == "agreement-made":
            yield from (facts.facts[each] for each in fact.upon)
        fact = facts.facts.get(fact.event.fields.get(TARGETS.get(fact.kind, ""), ""))


def _answered(facts: CaseFacts, finding: Fact, named: Iterable[str]) -> Iterator[Fact]:
    """Yield the findings that one names, or once named, or that answer the same allegation."""
    allegation = facts.facts.get(finding.fields.get("allegation", ""))
    beside = () if allegation is None else allegation.upon
    readings = (finding.fields, finding.event.fields, *_corrected(facts, finding))
    in_basis = (event_id for fields in readings for event_id in fields.get("basis") or ())
    for event_id in dict.fromkeys((*named, *in_basis, *beside)):
        other = facts.facts.get(event_id)
        if other is not None and other.kind == "finding-made":
            yield other


def _blamed_instead(facts: CaseFacts, finding: Fact) -> Iterator[Fact]:
    """Yield what blamed another, until the blame was reassigned to a finding."""
    for other in facts.facts.values():
        if other.fields.get("reassigned_to") == finding.event_id:
            blamed = facts.facts.get(other.fields["blame"])
            if blamed is not None:
                yield blamed


def _corrected(facts: CaseFacts, fact: Fact) -> Iterator[Mapping[str, Any]]:
    """Yield the fields that each standing correction of a fact gives."""
    return (_fields_of(facts.facts[event_id]) for event_id in fact.corrections)


def _fields_of(correction: Fact) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = correction.event.fields.get("fields", {})
    return fields


def _take_in(facts: dict[str, Fact], event: RecordedEvent, zone: Zone) -> None:
    fields = event.fields
    facts[fields["event_id"]] = FACT((event, fields, (), None, (), (), zone))
    acts_upon = ACTING.get(event.kind)
    target = None if acts_upon is None else facts.get(fields.get(acts_upon, ""))
    if target is None:
        return
    facts[target.event_id] = _acted_upon(facts, target, event)
    if event.kind == "retraction" and target.kind in AMENDING:
        # A reading of some kinds alone may hold a correction without the event that it corrects.
        amended = facts.get(target.event.fields["target"])
        if amended is not None:
            facts[amended.event_id] = _without(facts, amended, target.event_id)


def _acted_upon(facts: Mapping[str, Fact], target: Fact, event: RecordedEvent) -> Fact:
    if event.kind == "correction":
        return _read(facts, target._replace(corrections=(*target.corrections, event.event_id)))
    if event.kind == "retraction":
        return target._replace(retracted_by=event.event_id)
    if event.kind == "dispute":
        return target._replace(disputes=(*target.disputes, event.event_id))
    # Most events act in this way, and `_replace` takes five times as long.
    event_of, fields, corrections, retracted_by, disputes, upon, zone = target
    upon = (*upon, event.event_id)
    return FACT((event_of, fields, corrections, retracted_by, disputes, upon, zone))


def _without(facts: Mapping[str, Fact], amended: Fact, event_id: str) -> Fact:
    return _read(
        facts,
        amended._replace(
            corrections=tuple(each for each in amended.corrections if each != event_id),
            disputes=tuple(each for each in amended.disputes if each != event_id),
        ),
    )


def _read(facts: Mapping[str, Fact], fact: Fact) -> Fact:
    """Read a fact as its standing corrections say, the latest last."""
    fields = dict(fact.event.fields)
    for event_id in fact.corrections:
        fields.update(facts[event_id].event.fields.get("fields", {}))
    # Of an event whose producer does not tell, this is the standing (`domain.event`).
    fields["standing"] = fields["standing"] or "asserted"
    return fact._replace(
        fields={name: value for name, value in fields.items() if value is not None}
    )


def of_case(reader: Reader, case_id: str, *, known_by: datetime | None = None) -> CaseFacts:
    """Fold the facts of a case, as known by a moment."""
    return fold(case_id, reader.events(case=case_id, known_by=known_by))


def of_each_case(reader: Reader, *, known_by: datetime | None = None) -> Iterator[CaseFacts]:
    """Fold the facts of every case in turn, by slug; one case is in memory at a time."""
    events = reader.events_by_case(known_by=known_by)
    for case_id, own in groupby(events, key=lambda event: event.fields["case_id"]):
        yield fold(case_id, own)
