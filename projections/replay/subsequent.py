"""The course of a decision, and of what it rests on, after the decision was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from answerable.domain.kinds import ERASURE
from answerable.domain.record import SEALED_BESIDE, RecordedEvent
from answerable.projections.accountability.appeals import lodgings
from answerable.projections.accountability.sanctions import varying
from answerable.projections.accountability.withdrawals import withdrawn
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import CaseFacts, Fact, apply, fold, initial
from answerable.projections.facts.record_view import RecordView
from answerable.projections.replay.material import EventThen

Happening = Literal[
    "corrected",
    "retracted",
    "disputed",
    "overturned",
    "varied",
    "withdrawn",
    "erased",
    "perhaps erased",
]


class Subsequent(NamedTuple):
    """One thing that became of an event after a decision was recorded.

    Attributes:
        event_id: the event concerned; `position` and `kind` are its own.
        what: a text of it is `perhaps erased` where some erasure came before the decision and
            another after it, and the record does not tell which of them it was.
        by: the event that did it, by id, and its position; None where several may have.
    """

    event_id: str
    position: int
    kind: str
    what: Happening
    by: str | None
    at: int | None


def what_became_of(then: EventThen, view: CaseView, now: Fact) -> Iterator[Subsequent]:
    """Yield what became of an event since it stood as given.

    Args:
        then: how it stood.
        view: its case, as it is now.
        now: the event as it stands now.
    """
    told: list[tuple[Happening, str]] = [
        ("corrected", each) for each in now.corrections if each not in then.corrected_by
    ]
    told.extend(("disputed", each) for each in now.disputes if each not in then.disputed_by)
    if now.retracted_by is not None and then.retracted_by is None:
        told.append(("retracted", now.retracted_by))
    if then.appeal != "allowed":
        told.extend(("overturned", each) for each in _overturning(view, now))
    if then.appeal not in ("allowed", "partly-allowed"):
        told.extend(("varied", each.event_id) for each in varying(view, now))
    if then.withdrawn != "yes" and (gone := withdrawn(view, now)).by is not None:
        told.append(("withdrawn", gone.by))
    for what, by in told:
        at = view.facts[by].event.position
        yield Subsequent(then.event_id, then.position, then.kind, what, by, at)


class Erasures:
    """The events that have lost a text, and when they may have.

    It is not public which erasure destroyed a text: an erasure tells whose data, and where only of
    the events that it names.
    """

    def __init__(self, record: RecordView) -> None:
        self._record = record
        self._erased: dict[int, bool] = {}
        self._all: Sequence[RecordedEvent] | None = None

    def read(self, positions: Iterable[int]) -> None:
        """Look at the texts at these positions, all at once."""
        wanted = [each for each in positions if each not in self._erased]
        if wanted:
            opened = self._record.reader.opened(wanted)
            self._erased.update(
                # A decision does not rest on who recorded something.
                (each, not SEALED_BESIDE.issuperset(opened[each].erased))
                for each in wanted
            )

    def since(self, event: EventThen, decided: int) -> Subsequent | None:
        """Find the erasure of a text of an event after the decision at a position."""
        self.read([event.position])
        if not self._erased[event.position]:
            return None
        able = [each for each in self._known() if each.position > event.position]
        later = [each for each in able if each.position > decided]
        if not later:
            return None
        what: Happening = "erased" if len(later) == len(able) else "perhaps erased"
        by = later[0] if len(able) == 1 else None
        return Subsequent(
            event.event_id,
            event.position,
            event.kind,
            what,
            None if by is None else by.event_id,
            None if by is None else by.position,
        )

    def _known(self) -> Sequence[RecordedEvent]:
        if self._all is None:
            self._all = tuple(self._record.events(kinds={ERASURE}))
        return self._all


class OtherCases:
    """Other cases as they stood at a position of the log. Positions may only be asked upwards."""

    def __init__(self, record: RecordView) -> None:
        self._record = record
        self._events: dict[str, Sequence[RecordedEvent]] = {}
        self._then: dict[str, CaseFacts] = {}
        self._now: dict[str, CaseView] = {}

    def then(self, event_id: str, position: int) -> FactInCase | None:
        """Find an event of another case as it stood just before a position, if it was on record."""
        event = self._record.reader.event(event_id)
        if event is None:
            return None
        case_id = event.case_id
        facts = self._then.get(case_id) or initial(case_id, self._record.zone_of(case_id))
        for each in self._of(case_id)[len(facts.facts) :]:
            if each.position >= position:
                break
            facts = apply(facts, each)
        self._then[case_id] = facts
        fact = facts.facts.get(event_id)
        return None if fact is None else FactInCase(self._record.look_at(facts), fact)

    def now(self, case_id: str) -> CaseView:
        """Look at another case as it stands now."""
        if case_id not in self._now:
            self._now[case_id] = self._record.look_at(
                fold(case_id, self._of(case_id), self._record.zone_of(case_id))
            )
        return self._now[case_id]

    def _of(self, case_id: str) -> Sequence[RecordedEvent]:
        if case_id not in self._events:
            self._events[case_id] = tuple(self._record.events(case=case_id))
        return self._events[case_id]


def _overturning(view: CaseView, fact: Fact) -> Iterator[str]:
    for lodged in lodgings(view, fact):
        for decided in view.upon(lodged, "appeal-decided"):
            if decided.fields["outcome"] == "allowed":
                yield decided.event_id
                return
