"""Telling which texts of a case each erasure destroyed: the first that covers a text does.

Whose hand an entry is by was sealed and is gone with the rest, so that of a recorder's text an
erasure that names the event comes first, and else one of somebody whom the event is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from answerable.domain.kinds import ERASURE, TARGETS, model
from answerable.domain.reader import Reader
from answerable.domain.record import SEALED_BESIDE, RecordedEvent
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.record_view import RecordView


class Gone(NamedTuple):
    """A text that was destroyed: the position of its entry, and the field."""

    position: int
    field: str


class Erasures:
    """The erasures of a record, and what they destroyed.

    Args:
        reader: the record.
        record: the same, as it is looked at.
    """

    def __init__(self, reader: Reader, record: RecordView) -> None:
        self._reader, self._record = reader, record
        self._all: list[RecordedEvent] | None = None
        self._last: tuple[CaseView, Mapping[str, list[Gone]]] | None = None

    def destroyed(self, view: CaseView) -> Mapping[str, list[Gone]]:
        """Map the erasures, by event id, to the texts of a case that they destroyed."""
        if self._last is None or self._last[0] is not view:
            self._last = view, self._destroyed(view)
        return self._last[1]

    def that_destroyed_in(self, view: CaseView) -> Iterator[RecordedEvent]:
        """Yield the erasures that destroyed texts of a case, in the order of the log."""
        found = self.destroyed(view)
        yield from (event for event in self._all or () if event.event_id in found)

    def _destroyed(self, view: CaseView) -> Mapping[str, list[Gone]]:
        facts = sorted(view.facts.values(), key=lambda fact: fact.event.position)
        opened = self._reader.opened(fact.event.position for fact in facts)
        # The erasures are looked for only where a text is gone: in a large record they are far.
        if not any(each.erased for each in opened.values()):
            return {}
        if self._all is None:
            self._all = [
                event for event in self._record.events(kinds=(ERASURE,)) if _destroyed_any(event)
            ]
        found: dict[str, list[Gone]] = {}
        for fact in facts:
            parties = _parties(view, fact)
            later = [each for each in self._all if each.position > fact.event.position]
            for field in sorted(opened[fact.event.position].erased):
                by = _first_covering(later, fact, field, parties)
                if by is not None:
                    found.setdefault(by.event_id, []).append(Gone(fact.event.position, field))
        return found


def _destroyed_any(erasure: RecordedEvent) -> bool:
    """Tell whether an erasure may have destroyed a text: by what it states, where it does."""
    stated = erasure.fields.get("destroyed")
    return not isinstance(stated, dict) or stated["texts"] > 0


def _first_covering(
    erasures: list[RecordedEvent], fact: Fact, field: str, parties: frozenset[str]
) -> RecordedEvent | None:
    """Find the first of some erasures that covers a text of an event about some parties."""
    beside = field in SEALED_BESIDE
    about = [each for each in erasures if each.fields["subject"] in parties]
    naming = [each for each in erasures if _names(each, fact, field)]
    covering = (naming or about) if beside else [*about, *naming]
    return min(covering, key=lambda each: each.position, default=None)


def _names(erasure: RecordedEvent, fact: Fact, field: str) -> bool:
    fields = erasure.fields
    chosen = fields.get("fields")
    return fact.event_id in fields.get("events", ()) and (not chosen or field in chosen)


def _parties(view: CaseView, fact: Fact) -> frozenset[str]:
    """Return whom an event names, or a correction gives its target, or what it acts upon names."""
    found, seen = set[str](), set[str]()
    each: Fact | None = fact
    while each is not None and each.event_id not in seen:
        seen.add(each.event_id)
        fields, names = each.event.fields, model(each.kind).parties
        found.update(_named(fields, names))
        target = view.facts.get(fields.get(TARGETS.get(each.kind, ""), ""))
        if each is fact and each.kind == "correction" and target is not None:
            found.update(_named(fields.get("fields", {}), model(target.kind).parties))
        each = target
    return frozenset(found)


def _named(fields: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        told = fields.get(name) or ()
        yield from (told,) if isinstance(told, str) else told
