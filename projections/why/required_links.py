"""The links that a chain of accountability must have, and which of them are not on record.

A sanction rests on a decision by someone with authority, the decision on a finding about the
person sanctioned, an adverse finding on a clause, on evidence and on a hearing (traceability: US
DOJ OIG I-2001-11; hearing: ISO 37002, 8.4.4; the exhibit's collector and time: ISO/IEC 27037).
Reasons and alternatives are sealed, so whether they are told is not asked here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.terms.outcome import blames
from answerable.projections.accountability.accountability import Finding, said
from answerable.projections.accountability.appeals import appeal_state
from answerable.projections.accountability.authority import AuthorityHeld
from answerable.projections.facts.basis import Basis
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of
from answerable.projections.wording.sentence import sentence
from answerable.projections.wording.vocabulary import term

BEARING = frozenset(("basis", "authority", "allegation"))
"""The fields that name what bears an event. Others name what it acts upon: an appeal is not borne
by the sanction that it overturned."""


class Missing(NamedTuple):
    """A link that is not on record: its name, and the same in a sentence."""

    link: str
    text: str


class Support(NamedTuple):
    """The support of an event: all that it rests on.

    Attributes:
        direct: what it names, with the field that names it, whether or not that still stands.
        absent: the ids that it names, and that no event on record has.
        basis: all that it rests on, however deep.
        powers: the authority that it was decided under.
    """

    direct: Collection[tuple[str, FactInCase]]
    absent: Collection[str]
    basis: Basis
    powers: Collection[AuthorityHeld] = ()


def missing(placed: FactInCase, support: Support) -> Iterator[Missing]:
    """Yield the links that an event lacks.

    Args:
        placed: the event as it stands.
        support: what it rests on.
    """
    fact = placed.fact
    fields = fact.fields
    kind = CATALOGUE[fact.kind]
    if "decision" in kind.links and not support.basis.of("decision-taken"):
        text = f"no decision on record that this {kind.act} rests on"
        yield Missing("decision", text)
    if fact.kind == "sanction-imposed" and not _findings_about(fields["subject"], support):
        who = placed.view.name_of(fields["subject"])
        yield Missing("finding", f"no finding about {who} on record that this sanction rests on")
    if "deciders" in kind.links and not fields.get("deciders"):
        yield Missing("deciders", "who decided is not told")
    if "authority" in kind.links and "authority" not in fields:
        yield Missing("authority", "by what authority is not told")
    yield from _authority_lacks(placed, support)
    if fact.kind == "finding-made":
        yield from _finding_lacks(placed, support)
    if fact.kind == "evidence-registered":
        if "collected_by" not in fields:
            yield Missing("collector", "who collected it is not told")
        if "occurred" not in fields:
            yield Missing("collected", "when it was collected is not told")


def problems(placed: FactInCase, support: Support) -> Iterator[str]:
    """Yield what is on record, but cannot bear what rests on it: a sentence each. See `missing`."""
    fact = placed.fact
    for event_id in support.absent:
        yield f"names {event_id}, and there is no such event on record"
    for field, other in support.direct:
        line = sentence(other.fact.kind, other.fact.fields, placed.view.name_of)
        if field in BEARING and not other.fact.stands:
            yield f"rests on what was retracted: {line}"
        if field in BEARING and appeal_state(other.view, other.fact) == "allowed":
            yield f"rests on what was overturned on appeal: {line}"
        if field in BEARING and _superseded(other, fact):
            yield f"rests on a finding that was superseded: {line}"
        if other.fact.precedes(fact) == "no":
            when = other.fact.fields["occurred"]
            yield f"rests on something dated later than itself: {line}, {when}"
    if fact.event_id in support.basis.facts:
        yield "rests, in the end, on itself"
    yield from _authority_fails(fact, support)
    if fact.kind == "sanction-imposed":
        about = _findings_about(fact.fields["subject"], support)
        if about and not any(map(_adverse, about)):
            who = placed.view.name_of(fact.fields["subject"])
            yield f"no finding that it rests on holds {who} responsible"
    if fact.kind == "finding-made" and _adverse(fact):
        heard = list(_hearings(placed))
        if heard and all(hearing.precedes(fact) == "no" for hearing in heard):
            yield f"{placed.view.name_of(fact.fields['subject'])} was heard only afterwards"


def _finding_lacks(placed: FactInCase, support: Support) -> Iterator[Missing]:
    fact = placed.fact
    if not support.basis.of("evidence-registered"):
        yield Missing("evidence", "no evidence on record that this finding rests on")
    if not _adverse(fact):
        return
    if "clause" not in fact.fields:
        yield Missing("clause", "which clause was breached is not told")
    if not any(_hearings(placed)):
        yield Missing(
            "hearing", f"no hearing of {placed.view.name_of(fact.fields['subject'])} is on record"
        )


def _authority_lacks(placed: FactInCase, support: Support) -> Iterator[Missing]:
    fact = placed.fact
    if fact.kind == "sanction-imposed":
        if _covered(support) == "unknown":
            text = f"whether the authority for it covers {term(fact.fields['measure'])} is not told"
            yield Missing("coverage", text)
        return
    for power in support.powers:
        if fact.fields.get("deciders") and power.held == "unknown":
            who = f"the authority #{power.position} is that of {placed.view.name_of(power.party)}"
            yield Missing("holder", f"{who}, who is not named among those who decided")
        if power.in_force == "unknown":
            text = f"whether the authority #{power.position} was in force then is not told"
            yield Missing("in force", text)


def _authority_fails(fact: Fact, support: Support) -> Iterator[str]:
    if fact.kind == "sanction-imposed":
        if _covered(support) == "no":
            numbers = ", ".join(f"#{power.position}" for power in support.powers)
            yield f"no authority for it ({numbers}) covers {term(fact.fields['measure'])}"
        return
    for power in support.powers:
        if power.in_force == "no":
            yield f"the authority #{power.position} was not in force then"


def _covered(support: Support) -> When | None:
    """Tell whether any authority for a sanction covers its measure; None where none is named."""
    answers = [power.covers for power in support.powers if power.covers is not None]
    if not answers:
        return None
    for _, other in support.direct:
        if other.fact.kind == "decision-taken" and "authority" not in other.fact.fields:
            answers.append("unknown")
    return any_of(answers)


def _adverse(finding: Fact) -> bool:
    fields = finding.fields
    return blames(fields["outcome"], fields["responsibility"])


def _superseded(placed: FactInCase, resting: Fact) -> bool:
    """Tell whether a finding was superseded, though not by the one that rests on it."""
    item = said(placed.view, placed.fact)
    return (
        isinstance(item, Finding)
        and item.superseded == "yes"
        and resting.event_id not in item.superseded_by
    )


def _findings_about(party: str, support: Support) -> list[Fact]:
    findings = support.basis.of("finding-made")
    return [finding for finding in findings if finding.fields["subject"] == party]


def _hearings(finding: FactInCase) -> Iterator[Fact]:
    subject = finding.fact.fields["subject"]
    for fact in finding.view.standing("subject-heard"):
        if fact.fields["subject"] == subject:
            yield fact
