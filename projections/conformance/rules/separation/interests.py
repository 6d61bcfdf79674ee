"""Find why a party should have kept out of a matter, beside being its subject.

One has a part in a matter also by having accused its subject, by having investigated what one is
to decide, by having decided what is appealed, and by the reporting line to a subject. Of an inquiry
the whole case is the matter; of a decision, whom it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.accountability.reporting_lines import superiors
from answerable.projections.conformance.rules.naming import numbered
from answerable.projections.conformance.rules.separation.matter import Act, Matter
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of

INQUIRING = ("lead", "performer")
"""The fields of who found out. Who ordered an inquiry did not lead it, and may decide upon it."""

DECIDING = "deciders"
"""The field of who settled the matter, or the appeal."""


LINES = {"none": 0, "above": 1, "both": 2}
"""Tell how many of the two lines matter, from who acted to a subject and back, as a rule asks."""


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


def first_of_each_kind(about: Iterable[Fact]) -> tuple[str, ...]:
    """List the first event of each kind by which somebody is a subject, by id: these suffice."""
    found: dict[str, str] = {}
    for fact in about:
        found.setdefault(fact.event.kind, fact.event_id)
    return tuple(found.values())


def interests(matter: Matter, act: Act, party: str) -> Iterator[Interest]:
    """Yield why a party should not have done an act."""
    view, own = matter.view, matter.own_subjects(act)
    if party in own:
        about = matter.subjects.get(party, [act.fact])
        events = first_of_each_kind(about)
        held = any_of(view.when(fact) for fact in about)
        yield Interest(party, events, say("being a subject of the matter"), held, about[0])
        return
    if view.type_of(party) not in (None, "person"):
        return
    for subject in matter.subjects:
        if subject in own:
            yield from _in_line(matter, act, party, subject)
            yield from _accused(matter, party, subject)
    yield from _earlier_part(matter, act, party)


REPORTS_TO = to_say("and reports to {who}, a subject of the matter ({events})")
REPORTED_TO = to_say("and {who}, a subject of the matter, reports to them ({events})")


def _in_line(matter: Matter, act: Act, party: str, subject: str) -> Iterator[Interest]:
    """Yield that one of the two reported to the other when the act was done."""
    view = matter.view
    lines = (
        (party, subject, REPORTS_TO),
        (subject, party, REPORTED_TO),
    )
    for below, above, text in lines[: LINES[matter.rule.reporting_line]]:
        if not matter.house.may_report_to(view, below, above):
            continue
        tie = superiors(view, below, view.span(act.fact)).get(above)
        if tie is not None:
            cited = punctuation(", ").join(f"#{position}" for position in tie.positions)
            said = say(text, who=view.name_of(subject), events=cited)
            first = matter.subjects[subject][0]
            yield Interest(subject, tie.roles, said, tie.answer, first)


def _accused(matter: Matter, party: str, subject: str) -> Iterator[Interest]:
    view = matter.view
    for accused in matter.accusations(subject) if matter.accusing else ():
        if party in accused.parties:
            told = accused.fact
            who = view.name_of(subject)
            text = say("having accused {party} ({number})", party=who, number=numbered(told))
            yield Interest(subject, (told.event_id,), text, view.when(told), told)


def _earlier_part(matter: Matter, act: Act, party: str) -> Iterator[Interest]:
    """Yield the other parts of somebody in a matter that they decided, or heard on appeal."""
    if act.field != DECIDING:
        return
    view, own = matter.view, matter.own_subjects(act)
    appeal = act.fact.kind == "appeal-decided"
    for other in matter.acts_of(party):
        involved = other.fact.kind != "appeal-decided" if appeal else other.field in INQUIRING
        if not involved or other.fact.event_id == act.fact.event_id:
            continue
        if own.isdisjoint(matter.own_subjects(other)):
            continue
        if view.precedes(other.fact, act.fact) != "no":
            text = say("having {done} ({number})", done=other.done, number=numbered(other.fact))
            held = view.when(other.fact)
            yield Interest(None, (other.fact.event_id,), text, held, other.fact)
