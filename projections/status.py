"""How what runs on stands now: a case open or closed, a bar in force or lifted, an appeal pending.

Findings and sanctions are told in `accountability`; this is the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from answerable.domain.kinds import FAMILIES, TARGETS
from answerable.domain.recorded import RecordedEvent
from answerable.projections.accountability import appeal_state
from answerable.projections.changes import shown
from answerable.projections.facts import CaseFacts, Fact
from answerable.projections.gist import Called, gist

COURSES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "report-received": (
        "not acknowledged",
        {"report-acknowledged": "acknowledged", "feedback-given": "answered"},
    ),
    "investigation-opened": ("under way", {"investigation-concluded": "concluded"}),
    "allegation-made": ("not disposed of", {"finding-made": "answered by a finding"}),
    "conflict-declared": (
        "neither recused nor waived",
        {"recused": "recused", "conflict-waived": "waived"},
    ),
    "counterparty-barred": ("in force", {"bar-lifted": "lifted"}),
    "commitment-made": ("open", {"commitment-fulfilled": "fulfilled"}),
    "remediation-opened": ("open", {"remediation-verified": "verified"}),
    "role-assigned": ("in force", {"role-ended": "ended"}),
    "authority-granted": ("in force", {"authority-revoked": "revoked"}),
    "legal-hold-set": ("in force", {"legal-hold-lifted": "lifted"}),
    "appeal-lodged": ("pending", {}),
}
"""How each kind that runs on begins, and what the events upon it make of it."""

LIFECYCLE = frozenset(FAMILIES["case"])

COUNTED = frozenset(("finding-made", "sanction-imposed", "interim-measure-taken"))
"""What the accountability state holds, with all its changes."""


class Effect(NamedTuple):
    """Something other than the accountability state that a step changed.

    Attributes:
        event_id: the event that now reads or stands otherwise; None of the case itself.
        label: that event in one line.
        field: `status`, `disputed`, or the public field that was corrected.
        was: the value before; None where there was none.
        now: the value after.
    """

    event_id: str | None
    label: str
    field: str
    was: Any
    now: Any


def case_status(facts: CaseFacts, *, as_of: datetime | None = None) -> str | None:
    """Whether the case is open or closed; None where it was never opened."""
    status = None
    for fact in facts.standing(*LIFECYCLE, as_of=as_of):
        status = _opened_or_closed(fact.kind)
    return status


def status(facts: CaseFacts, fact: Fact, *, as_of: datetime | None = None) -> str | None:
    """How an event that runs on stands; None of an event that is over when it has happened."""
    if not fact.stands:
        return "retracted"
    word: str | None
    word, made_by = COURSES.get(fact.kind, (None, {}))
    for later in facts.upon(fact, as_of=as_of):
        word = made_by.get(later.kind, word)
        if later.kind == "appeal-decided":
            word = later.fields["outcome"]
    appeal = appeal_state(facts, fact, as_of)
    if appeal == "none":
        return word
    return {"pending": "under appeal", "allowed": "overturned"}.get(appeal, word)


def effects(
    before: CaseFacts,
    after: CaseFacts,
    event: RecordedEvent,
    *,
    as_of: datetime | None = None,
    called: Called = str,
) -> Iterator[Effect]:
    """What an event changed in its case, the accountability state apart.

    It can change how the events read that it acts upon, directly or through what it retracts.

    Args:
        before: the facts without the event.
        after: the facts with it.
        event: the event.
        as_of: what had not happened by then changes nothing.
        called: what to call a party.
    """
    if event.kind in LIFECYCLE:
        was, now = case_status(before, as_of=as_of), case_status(after, as_of=as_of)
        if was != now:
            yield Effect(None, "case", "status", was, now)
    affected: str | None = event.event_id
    while affected is not None and affected in after.facts:
        fact = after.facts[affected]
        if fact.kind not in COUNTED and fact.when(as_of) != "no":
            yield from _affected(before, after, fact, as_of, called)
        affected = fact.event.fields.get(TARGETS.get(fact.kind, ""))


def effect_sentence(effect: Effect) -> str:
    """An effect in words."""
    if effect.field == "status" and effect.was is None:
        return f"{effect.label}: {effect.now}"
    if effect.field == "disputed":
        return f"{effect.label}: {'disputed' if effect.now else 'no longer disputed'}"
    was, now = shown(effect.was), shown(effect.now)
    name = "" if effect.field == "status" else f"{effect.field} "
    return f"{effect.label}: {name}was {was}, is now {now}"


def _affected(
    before: CaseFacts, after: CaseFacts, fact: Fact, as_of: datetime | None, called: Called
) -> Iterator[Effect]:
    old = before.facts.get(fact.event_id)
    label = gist(fact.kind, fact.event.fields if old is None else old.fields, called)
    was = None if old is None else status(before, old, as_of=as_of)
    now = status(after, fact, as_of=as_of)
    if was != now:
        yield Effect(fact.event_id, label, "status", was, now)
    if old is None:
        return
    if bool(old.disputes) != bool(fact.disputes):
        yield Effect(fact.event_id, label, "disputed", bool(old.disputes), bool(fact.disputes))
    if old.fields is not fact.fields:
        for name in dict.fromkeys((*old.fields, *fact.fields)):
            if old.fields.get(name) != fact.fields.get(name):
                yield Effect(
                    fact.event_id, label, name, old.fields.get(name), fact.fields.get(name)
                )


def _opened_or_closed(kind: str) -> str:
    return "closed" if kind == "case-closed" else "open"
