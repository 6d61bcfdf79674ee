"""Find why somebody should not have done what they did: an interest of theirs, or an earlier part.

Nobody investigates or decides where they, or someone in their reporting line, are the subject, nor
where they made the accusation (ISO/TS 37008, independence). Who finds out, who decides and who
hears the appeal are different people (ACAS Code of Practice on disciplinary and grievance
procedures, paragraphs 6 and 27: an appeal is heard by someone who was not involved before).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.accountability.reporting_lines import superiors
from answerable.projections.conformance.acts import ABOUT, Act, acts, own_subjects, subjects
from answerable.projections.conformance.verdict import numbered
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.roles import parts
from answerable.projections.facts.three_valued import any_of

INQUIRING = ("lead", "performer")
"""The fields of who found out. Who ordered an inquiry did not lead it, and may decide upon it."""

ACCUSING = ("accuser", "reporter")
"""The roles of who said that somebody did wrong."""


class Interest(NamedTuple):
    """A reason why a party should not have done something.

    Attributes:
        subject: towards whom; None where it is nobody in particular.
        events: the events that tell so, by id, the act itself left out.
        text: the same, to follow what was done: "being a subject of the matter".
        held: whether it held then: `unknown` where the record does not tell.
        since: the first event that tells so.
    """

    subject: str | None
    events: tuple[str, ...]
    text: str
    held: When
    since: Fact


def interests(view: CaseView, act: Act, party: str) -> Iterator[Interest]:
    """Yield why a party should not have done an act."""
    own = own_subjects(view, act)
    if party in own:
        about = subjects(view)[party]
        events = tuple(fact.event_id for fact in about)
        held = any_of(view.when(fact) for fact in about)
        text = "being a subject of the matter"
        yield Interest(party, events, text, held, about[0])
        return
    if view.type_of(party) not in (None, "person"):
        return
    for subject in subjects(view):
        if subject in own:
            yield from _in_line(view, act, party, subject)
            yield from _accused(view, party, subject)
    yield from _earlier_part(view, act, party)


def _in_line(view: CaseView, act: Act, party: str, subject: str) -> Iterator[Interest]:
    """Yield that one of the two reported to the other when the act was done."""
    at, first = view.span(act.fact), subjects(view)[subject][0]
    who = view.name_of(subject)
    for below, above, text in (
        (party, subject, f"and reports to {who}, a subject of the matter"),
        (subject, party, f"and {who}, a subject of the matter, reports to them"),
    ):
        tie = superiors(view, below, at).get(above)
        if tie is not None:
            cited = ", ".join(f"#{position}" for position in tie.positions)
            yield Interest(subject, tie.roles, f"{text} ({cited})", tie.answer, first)


def _accused(view: CaseView, party: str, subject: str) -> Iterator[Interest]:
    for fact in subjects(view)[subject]:
        for told in _accusations(view, fact):
            if party in _accusers(told):
                text = f"having accused {view.name_of(subject)} ({numbered(told)})"
                yield Interest(subject, (told.event_id,), text, view.when(told), told)


def _accusations(view: CaseView, fact: Fact) -> Iterator[Fact]:
    """Yield what was said against a subject: the event itself, and the reports that it rests on."""
    yield fact
    if fact.kind in ABOUT and fact.kind != "sanction-imposed":
        yield from view.basis(fact).of("report-received")


def _accusers(fact: Fact) -> tuple[str, ...]:
    return tuple(each.party for each in parts(fact.kind, fact.fields) if each.role in ACCUSING)


def _earlier_part(view: CaseView, act: Act, party: str) -> Iterator[Interest]:
    """Yield the other parts of somebody in a matter that they decided, or heard on appeal."""
    if act.fact.kind not in ("decision-taken", "appeal-decided"):
        return
    own = own_subjects(view, act)
    appeal = act.fact.kind == "appeal-decided"
    for other in acts(view):
        if party not in other.parties or other.fact.event_id == act.fact.event_id:
            continue
        involved = other.fact.kind != "appeal-decided" if appeal else other.field in INQUIRING
        late = view.precedes(other.fact, act.fact) == "no"
        if involved and not late and not own.isdisjoint(own_subjects(view, other)):
            text = f"having {other.done} ({numbered(other.fact)})"
            held = view.when(other.fact)
            yield Interest(None, (other.fact.event_id,), text, held, other.fact)
