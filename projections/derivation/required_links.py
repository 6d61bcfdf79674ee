"""The links that a chain of accountability must have, and which of them are not on record.

A sanction rests on a decision by someone with authority, the decision on a finding about the
person sanctioned, an adverse finding on a clause, on evidence and on a hearing (traceability: US
DOJ OIG I-2001-11; hearing: ISO 37002, 8.4.4; the exhibit's collector and time: ISO/IEC 27037).
Reasons and alternatives are sealed, so whether they are told is not asked here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.accountability import (
    BLAME,
    Finding,
    said,
)
from answerable.projections.accountability.appeals import appeal_state
from answerable.projections.accountability.authority import AuthorityHeld
from answerable.projections.facts.basis import Basis
from answerable.projections.facts.facts import (
    CaseFacts,
    Fact,
)
from answerable.projections.facts.three_valued import any_of
from answerable.projections.facts.time import span
from answerable.projections.wording.sentence import (
    NameOf,
    sentence,
    term,
)

BEARING = frozenset(("basis", "authority", "allegation"))
"""The fields that name what bears an event. Others name what it acts upon: an appeal is not borne
by the sanction that it overturned."""


class Missing(NamedTuple):
    """A link that is not on record: its name, and the same in a sentence."""

    link: str
    text: str


class FactInCase(NamedTuple):
    """A fact, and the facts of the case that it lies in."""

    case: CaseFacts
    fact: Fact


class Support(NamedTuple):
    """What an event rests on.

    Attributes:
        direct: what it names, with the field that names it, whether or not that still stands.
        absent: the ids that it names, and that no event on record has.
        ground: all that stands in its ground, however deep.
        powers: the authority that it was decided under.
    """

    direct: Collection[tuple[str, FactInCase]]
    absent: Collection[str]
    ground: Basis
    powers: Collection[AuthorityHeld] = ()


def missing(
    placed: FactInCase, footing: Support, as_of: datetime | None = None, called: NameOf = str
) -> Iterator[Missing]:
    """The links that an event lacks.

    Args:
        placed: the event as it stands.
        footing: what it rests on.
        as_of: a hearing after this moment is none.
        called: what to call a party.
    """
    fact = placed.fact
    fields = fact.fields
    kind = CATALOGUE[fact.kind]
    if "decision" in kind.links and not footing.ground.of("decision-taken"):
        text = f"no decision on record that this {kind.act} rests on"
        yield Missing("decision", text)
    if fact.kind == "sanction-imposed" and not _findings_about(fields["subject"], footing):
        who = called(fields["subject"])
        yield Missing("finding", f"no finding about {who} on record that this sanction rests on")
    if "deciders" in kind.links and not fields.get("deciders"):
        yield Missing("deciders", "who decided is not told")
    if "authority" in kind.links and "authority" not in fields:
        yield Missing("authority", "by what authority is not told")
    yield from _authority_lacks(fact, footing, called)
    if fact.kind == "finding-made":
        yield from _finding_lacks(placed, footing, as_of, called)
    if fact.kind == "evidence-registered":
        if "collected_by" not in fields:
            yield Missing("collector", "who collected it is not told")
        if "occurred" not in fields:
            yield Missing("collected", "when it was collected is not told")


def problems(
    placed: FactInCase, footing: Support, as_of: datetime | None = None, called: NameOf = str
) -> Iterator[str]:
    """What is on record, but cannot bear what rests on it: a sentence each. See `missing`."""
    fact = placed.fact
    for event_id in footing.absent:
        yield f"names {event_id}, and there is no such event on record"
    for field, other in footing.direct:
        line = sentence(other.fact.kind, other.fact.fields, called)
        if field in BEARING and not other.fact.stands:
            yield f"rests on what was retracted: {line}"
        if field in BEARING and appeal_state(other.case, other.fact, as_of) == "allowed":
            yield f"rests on what was overturned on appeal: {line}"
        if field in BEARING and _superseded(other, fact, as_of):
            yield f"rests on a finding that was superseded: {line}"
        if _later(other.fact, fact):
            when = other.fact.fields["occurred"]
            yield f"rests on something dated later than itself: {line}, {when}"
    if fact.event_id in footing.ground.facts:
        yield "rests, in the end, on itself"
    yield from _authority_fails(fact, footing)
    if fact.kind == "sanction-imposed":
        about = _findings_about(fact.fields["subject"], footing)
        if about and not any(map(_adverse, about)):
            who = called(fact.fields["subject"])
            yield f"no finding that it rests on holds {who} responsible"
    if fact.kind == "finding-made" and _adverse(fact):
        heard = list(_hearings(placed, as_of))
        if heard and all(_later(hearing, fact) for hearing in heard):
            yield f"{called(fact.fields['subject'])} was heard only afterwards"


def _finding_lacks(
    placed: FactInCase, footing: Support, as_of: datetime | None, called: NameOf
) -> Iterator[Missing]:
    fact = placed.fact
    if not footing.ground.of("evidence-registered"):
        yield Missing("evidence", "no evidence on record that this finding rests on")
    if not _adverse(fact):
        return
    if "clause" not in fact.fields:
        yield Missing("clause", "which clause was breached is not told")
    if not any(_hearings(placed, as_of)):
        yield Missing("hearing", f"no hearing of {called(fact.fields['subject'])} is on record")


def _authority_lacks(fact: Fact, footing: Support, called: NameOf) -> Iterator[Missing]:
    if fact.kind == "sanction-imposed":
        if _covered(footing) == "unknown":
            text = f"whether the authority for it covers {term(fact.fields['measure'])} is not told"
            yield Missing("coverage", text)
        return
    for power in footing.powers:
        if fact.fields.get("deciders") and power.held == "unknown":
            who = f"the authority #{power.position} is that of {called(power.party)}"
            yield Missing("holder", f"{who}, who is not named among those who decided")
        if power.in_force == "unknown":
            text = f"whether the authority #{power.position} was in force then is not told"
            yield Missing("in force", text)


def _authority_fails(fact: Fact, footing: Support) -> Iterator[str]:
    if fact.kind == "sanction-imposed":
        if _covered(footing) == "no":
            numbers = ", ".join(f"#{power.position}" for power in footing.powers)
            yield f"no authority for it ({numbers}) covers {term(fact.fields['measure'])}"
        return
    for power in footing.powers:
        if power.in_force == "no":
            yield f"the authority #{power.position} was not in force then"


def _covered(footing: Support) -> When | None:
    """Whether any authority for a sanction covers its measure; None where none is named."""
    answers = [power.covers for power in footing.powers if power.covers is not None]
    if not answers:
        return None
    for _, other in footing.direct:
        if other.fact.kind == "decision-taken" and "authority" not in other.fact.fields:
            answers.append("unknown")
    return any_of(answers)


def _adverse(finding: Fact) -> bool:
    fields = finding.fields
    return fields["outcome"] == "substantiated" and fields["responsibility"] in BLAME


def _superseded(placed: FactInCase, resting: Fact, as_of: datetime | None) -> bool:
    """Whether a finding was superseded, though not by the one that rests on it."""
    item = said(placed.case, placed.fact, as_of=as_of)
    return (
        isinstance(item, Finding)
        and item.superseded == "yes"
        and resting.event_id not in item.superseded_by
    )


def _findings_about(party: str, footing: Support) -> list[Fact]:
    findings = footing.ground.of("finding-made")
    return [finding for finding in findings if finding.fields["subject"] == party]


def _hearings(finding: FactInCase, as_of: datetime | None) -> Iterator[Fact]:
    subject = finding.fact.fields["subject"]
    for fact in finding.case.standing("subject-heard", as_of=as_of):
        if fact.fields["subject"] == subject:
            yield fact


def _later(one: Fact, other: Fact) -> bool:
    """Whether one is known to have happened after the other."""
    return dates.precedes(span(one.fields), span(other.fields)) == "no"
