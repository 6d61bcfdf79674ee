"""List what was changed afterwards: corrected, retracted, disputed, withdrawn, erased.

Nothing is edited, so each change is an event that says so, and what stood before it is on record
still: a field before and after a correction is how the event read then, with all that was said of
it until then. What is sealed is told where it is open, and else why it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.kinds import ERASURE, REVISING, TARGETS
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import say
from answerable.domain.reader import Reader
from answerable.domain.record import RECORDED_BY, Disclosed, RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.withdrawals import WITHDRAWING
from answerable.projections.auditing.erasures import Erasures
from answerable.projections.auditing.gist import gist
from answerable.projections.auditing.renamings import REGISTRATION, Renaming, renamings
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.disclosed import Text, positions, sealed
from answerable.projections.facts.facts import Fact, fold
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.wording.sentence import sentence

Sort = Literal["corrected", "retracted", "disputed", "withdrawn", "erased", "renamed"]

SORTS: Mapping[str, Sort] = {
    "correction": "corrected",
    "retraction": "retracted",
    "dispute": "disputed",
    ERASURE: "erased",
    **dict.fromkeys(WITHDRAWING, "withdrawn"),
}
"""Map each kind to what it did to the event that it changed."""

IN_ORDER: tuple[Sort, ...] = (*dict.fromkeys(SORTS.values()), "renamed")
"""The sorts, in the order in which they are counted."""

CHANGING = frozenset(SORTS)
"""The kinds of event that change what stands."""

REASONS = ("reason", "ground", "reasons")
"""The sealed fields that tell why something was changed."""

KEPT = 32
"""The number of other cases in memory at a time."""


class FieldChange(NamedTuple):
    """A field that reads otherwise since.

    Attributes:
        name: the field; None of texts of which it is not known which they are.
        sealed: whether it is sealed.
        before: what it said, and how that stands: told, not told, withheld or erased.
        after: what it said then.
        position: the event that it is a field of, where that is not the change's target.
    """

    name: str | None
    sealed: bool
    before: Text
    after: Text
    position: int | None = None


class Change(NamedTuple):
    """One change.

    Attributes:
        event_id: the event that says so.
        recorded_by: who recorded it.
        by: the parties that it is the doing of, where it tells: who disputes, who withdrew.
        target: the event that was changed, by id; None of an erasure, which covers many. Of a
            party that was renamed, the registration that told the name before.
        target_position: where that stands in the log.
        gist: what was changed, in a line, as it read before.
        fields: what reads otherwise, field by field.
        reason: why, where that is open to read.
        subject: whose data was erased.
        legal_basis: on which legal basis it was.
        texts: how many texts were destroyed, in the whole record.
        retracted_by: the event that took the change itself back, by id.
    """

    sort: Sort
    event_id: str
    case_id: str
    position: int
    occurred: str | None
    recorded_at: str
    recorded_by: Text
    by: tuple[str, ...]
    target: str | None
    target_position: int | None
    gist: str
    fields: tuple[FieldChange, ...]
    reason: Text
    subject: str | None = None
    legal_basis: str | None = None
    texts: int | None = None
    retracted_by: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the change as JSON has it."""
        return as_dict(self)


def changes(
    reader: Reader,
    *,
    case: str | None = None,
    since: int = 0,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    known: Names | None = None,
) -> Iterator[tuple[CaseView, Change]]:
    """Yield what was changed, case by case, each with its case, in the order of recording.

    Erasures are told with every case of which they destroyed texts, where one is asked about; else
    where they were recorded.

    Args:
        reader: the record.
        case: only this one.
        since: only what was recorded from this position on.
        as_of: leaves out what had not happened by then.
        known_by: reads the record as it was known by then.
        known: the registered parties, where they were read already.

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then.
    """
    known = names(reader, known_by=known_by) if known is None else known
    record = RecordView(
        reader, as_of, known_by, name_of=known.called, type_of=known.type_of, keep=KEPT
    )
    if case is not None:
        view = record.recorded_case(case)
        found = changes_of(reader, record, view, known_by, since=since)
        yield from ((view, each) for each in found)
        return
    erasures = Erasures(reader, record)
    changed = {event.case_id for event in record.events(kinds=CHANGING) if event.position >= since}
    renamed = renamings(reader, None, known_by)
    changed |= {each.case_id for each in renamed.values() if each.position >= since}
    for view in record.each_of(sorted(changed)):
        yield from ((view, each) for each in _in_case(reader, erasures, renamed, view, since))


def changes_of(
    reader: Reader,
    record: RecordView,
    view: CaseView,
    known_by: Asked | None = None,
    *,
    since: int = 0,
) -> list[Change]:
    """List what was changed in one case, in the order of recording.

    Args:
        reader: the record.
        record: the same, looked at as of a moment.
        view: the case.
        known_by: reads the record as it was known by then.
        since: only what was recorded from this position on.
    """
    erasures = Erasures(reader, record)
    registered = {
        fact.event.fields["party"] for fact in view.facts.values() if fact.kind == REGISTRATION
    }
    renamed = renamings(reader, registered, known_by) if registered else {}
    elsewhere = _erased_from_elsewhere(reader, erasures, record, view, since)
    found = (*_in_case(reader, erasures, renamed, view, since), *elsewhere)
    return sorted(found, key=lambda each: each.position)


def _in_case(
    reader: Reader,
    erasures: Erasures,
    renamed: Mapping[str, Renaming],
    view: CaseView,
    since: int,
) -> Iterator[Change]:
    """Yield the changes recorded in a case."""
    for fact in view.facts.values():
        if fact.event.position < since or view.when(fact) == "no":
            continue
        if fact.kind == ERASURE:
            yield _erasure(reader, erasures, view, fact)
        elif fact.kind in CHANGING:
            yield _change(reader, view, fact)
        elif fact.event_id in renamed:
            yield _renaming(reader, renamed[fact.event_id], fact)


def _renaming(reader: Reader, renaming: Renaming, fact: Fact) -> Change:
    event = fact.event
    opened = reader.opened([event.position])[event.position]
    before, after = (Text(name, "told") for name in (renaming.before, renaming.after))
    return Change(
        "renamed",
        fact.event_id,
        event.case_id,
        event.position,
        fact.fields.get("occurred"),
        event.recorded_at,
        text_of(opened, RECORDED_BY),
        (),
        renaming.registered_by,
        renaming.registered_at,
        say("registration of {party}", party=renaming.party),
        (FieldChange("name", True, before, after, event.position),),
        Text(None, "not told"),
    )


def _change(reader: Reader, view: CaseView, fact: Fact) -> Change:
    fields, event = fact.event.fields, fact.event
    target = view.facts.get(fields.get(TARGETS[fact.kind], ""))
    opened = reader.opened([event.position])[event.position]
    before = None if target is None else _reading(view, target, event.position)
    return Change(
        SORTS[fact.kind],
        fact.event_id,
        event.case_id,
        event.position,
        fact.fields.get("occurred"),
        event.recorded_at,
        text_of(opened, RECORDED_BY),
        tuple(_doers(fact)),
        None if target is None else target.event_id,
        None if target is None else target.event.position,
        "" if before is None else gist(before, view.name_of),
        tuple(_corrected(reader, view, target, fact, opened)) if target is not None else (),
        _reason(opened),
        retracted_by=fact.retracted_by,
    )


def _doers(fact: Fact) -> Iterator[str]:
    """Yield the parties whose doing a change is."""
    doers = ("by",) if fact.kind == "dispute" else CATALOGUE[fact.kind].doers
    for field in doers:
        told = fact.fields.get(field) or ()
        yield from (told,) if isinstance(told, str) else told


def _reason(opened: Disclosed) -> Text:
    told = [text_of(opened, name) for name in REASONS]
    for state in ("told", "erased", "withheld"):
        for each in told:
            if each.state == state:
                return each
    return Text(None, "not told")


def text_of(opened: Disclosed, name: str) -> Text:
    """Return a sealed text of an entry as it was recorded, and how it stands."""
    if name in opened.fields:
        return Text(opened.fields[name], "told")
    if name in opened.erased:
        return Text(None, "erased")
    unseen = opened.missing or name in opened.withheld
    return Text(None, "withheld" if unseen else "not told")


def _reading(view: CaseView, target: Fact, position: int) -> Fact:
    """Read an event as it stood before what was recorded at a position."""
    about = (view.facts[each].event for each in (target.event_id, *_revisers(view, target)))
    earlier = sorted((each for each in about if each.position < position), key=_position)
    return fold(view.case_id, earlier, view.zone).facts[target.event_id]


def _position(event: RecordedEvent) -> int:
    return event.position


def _revisers(view: CaseView, target: Fact) -> Iterator[str]:
    """Yield what corrects, retracts or disputes an event, and what does so to these."""
    waiting = [target.event_id]
    while waiting:
        for each in _revising(view).get(waiting.pop(), ()):
            yield each
            waiting.append(each)


@once
def _revising(view: CaseView) -> Mapping[str, list[str]]:
    """Map each event to what corrects, retracts or disputes it."""
    found: dict[str, list[str]] = {}
    for fact in view.facts.values():
        if fact.kind in REVISING:
            found.setdefault(fact.event.fields["target"], []).append(fact.event_id)
    return found


def _corrected(
    reader: Reader, view: CaseView, target: Fact, correction: Fact, opened: Disclosed
) -> Iterator[FieldChange]:
    """Yield the fields that a correction made read otherwise, before and after."""
    if correction.kind != "correction":
        return
    position = correction.event.position
    before, after = (_reading(view, target, each) for each in (position, position + 1))
    for name, value in correction.event.fields.get("fields", {}).items():
        was = before.fields.get(name)
        yield FieldChange(name, False, _plain(was), _plain(value))
    texts = opened.fields.get("sealed_fields")
    if not texts:
        state = text_of(opened, "sealed_fields").state
        if state in ("erased", "withheld"):
            yield FieldChange(None, True, Text(None, state), Text(None, state))
        return
    read = reader.opened(positions(view.case, [after]))
    was_sealed, now_sealed = (sealed(view.case, each, read) for each in (before, after))
    for name in texts:
        yield FieldChange(name, True, was_sealed.text(name), now_sealed.text(name))


def _plain(value: Any) -> Text:
    return Text(value, "not told" if value is None else "told")


def _erasure(
    reader: Reader,
    erasures: Erasures,
    view: CaseView,
    fact: Fact,
    among: CaseView | None = None,
) -> Change:
    """Tell an erasure, with the texts that it destroyed in a case."""
    gone = Text(None, "erased")
    event, fields = fact.event, fact.event.fields
    opened = reader.opened([event.position])[event.position]
    destroyed = fields.get("destroyed")
    return Change(
        "erased",
        fact.event_id,
        event.case_id,
        event.position,
        fact.fields.get("occurred"),
        event.recorded_at,
        text_of(opened, RECORDED_BY),
        (),
        None,
        None,
        sentence(fact.kind, fact.fields, view.name_of),
        tuple(
            FieldChange(text.field, True, gone, gone, text.position)
            for text in erasures.destroyed(among or view).get(fact.event_id, ())
        ),
        _reason(opened),
        fields["subject"],
        fields["legal_basis"],
        destroyed["texts"] if isinstance(destroyed, dict) else None,
        fact.retracted_by,
    )


def _erased_from_elsewhere(
    reader: Reader, erasures: Erasures, record: RecordView, view: CaseView, since: int
) -> Iterator[Change]:
    """Yield the erasures that were recorded in another case, and destroyed texts of this one.

    They are looked for only where a text of the case is gone: in a large record they are far.
    """
    for event in erasures.that_destroyed_in(view):
        if event.case_id == view.case_id or event.position < since:
            continue
        found = record.find(event.event_id)
        if found is not None and found.view.when(found.fact) != "no":
            yield _erasure(reader, erasures, found.view, found.fact, view)
