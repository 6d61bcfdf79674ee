"""The links that a chain of accountability must have, and what is missing or wrong with them.

A sanction rests on a decision by someone with authority, the decision on a finding about the
person sanctioned, an adverse finding on a clause, on evidence and on a hearing (traceability: US
DOJ OIG I-2001-11; hearing: ISO 37002, 8.4.4; the exhibit's collector and time: ISO/IEC 27037).
Reasons and alternatives are sealed, so whether they are told is not asked here; but for the reason
why a final act is another than the one that was proposed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import punctuation, say, to_say
from answerable.domain.terms.outcome import blames
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.appeals import appeal_state
from answerable.projections.accountability.authority import AuthorityHeld
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.accountability.withdrawals import withdrawn
from answerable.projections.facts.basis import Basis
from answerable.projections.facts.case_view import CaseView, FactInCase, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of
from answerable.projections.grounds.proposals import differing_words, proposed
from answerable.projections.wording.dates import as_recorded
from answerable.projections.wording.sentence import sentence
from answerable.projections.wording.vocabulary import term

BEARING = frozenset(("basis", "authority", "allegation"))
"""The fields that name what bears an event. Others name what it acts upon: an appeal is not borne
by the sanction that it overturned."""


ASKED: Mapping[str, str] = MappingProxyType(
    {
        "decision": to_say("the decision behind it"),
        "finding": to_say("a finding about the person behind it"),
        "deciders": to_say("who decided"),
        "authority": to_say("by what authority it was decided"),
        "coverage": to_say("whether the authority covers the measure"),
        "holder": to_say("how those who decided came by the authority"),
        "in force": to_say("whether the authority was in force then"),
        "evidence": to_say("the evidence behind it"),
        "clause": to_say("which clause was breached"),
        "hearing": to_say("a hearing of the person"),
        "difference": to_say("why it differs from what was proposed"),
        "collector": to_say("who collected the evidence"),
        "collected": to_say("when the evidence was collected"),
    }
)
"""The thing to ask for where a link is missing."""

OWN: Mapping[str, str] = MappingProxyType(
    {
        "authority-granted": "authority",
        "decision-taken": "decision",
        "evidence-registered": "evidence",
        "finding-made": "finding",
    }
)
"""The link that an event of a kind is, where another needs it."""

UNDECIDED: Mapping[str, str] = MappingProxyType(
    {
        "bar": to_say("no decision on record that this bar rests on"),
        "sanction": to_say("no decision on record that this sanction rests on"),
        "termination": to_say("no decision on record that this termination rests on"),
    }
)
"""Says of an act that no decision is behind it, by what it does."""

LATER = to_say("rests on something dated later than itself")
"""Say of something that it acts or rests upon what had not happened by its date."""

REQUIRED = frozenset(("decision", "finding", "evidence", "hearing", "clause"))
"""The links without which an act has no grounds; the others are not told, and may well be there."""

Judgement = Literal["fail", "indeterminate"]


class Missing(NamedTuple):
    """A link that is not on record: its name, and the same in a sentence.

    Attributes:
        verdict: `indeterminate` where it may be there all the same: it is not told, or out of
            sight.
    """

    link: str
    text: str
    verdict: Judgement = "indeterminate"


class Flaw(NamedTuple):
    """Something on record that cannot bear what rests on it, in a sentence.

    Attributes:
        of: the link that it is a flaw of: `finding`, where no finding holds the person responsible.
    """

    text: str
    verdict: Judgement = "fail"
    of: str = "decision"


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
    for link, text in _lacking(placed, support):
        unseen = link in ("decision", "finding", "evidence") and support.basis.absent
        fails = link in REQUIRED and not unseen
        yield Missing(link, text, "fail" if fails else "indeterminate")


def _lacking(placed: FactInCase, support: Support) -> Iterator[tuple[str, str]]:
    fact = placed.fact
    fields = fact.fields
    kind = CATALOGUE[fact.kind]
    if other_house(placed.view, fact) is not None:
        return
    if "decision" in kind.links and not support.basis.of("decision-taken"):
        yield ("decision", say(UNDECIDED[kind.act]))
    if fact.kind == "sanction-imposed" and not _findings_about(fields["subject"], support):
        who = placed.view.name_of(fields["subject"])
        said = say("no finding about {party} on record that this sanction rests on", party=who)
        yield ("finding", said)
    if "deciders" in kind.links and not fields.get("deciders"):
        yield ("deciders", say("who decided is not told"))
    if "authority" in kind.links and "authority" not in fields:
        yield ("authority", say("by what authority is not told"))
    yield from _authority_lacks(placed, support)
    recommended = proposed(placed)
    if recommended is not None and recommended.reason == "not told":
        said = say(
            "why it differs from what was proposed (#{position}) is not told: {differs}",
            position=recommended.position,
            differs=differing_words(recommended),
        )
        yield ("difference", said)
    if fact.kind == "finding-made":
        yield from _finding_lacks(placed, support)
    if fact.kind == "evidence-registered":
        if "collected_by" not in fields:
            yield ("collector", say("who collected it is not told"))
        if "occurred" not in fields:
            yield ("collected", say("when it was collected is not told"))


def flaws(placed: FactInCase, support: Support) -> Iterator[Flaw]:
    """Yield what is on record, but cannot bear what rests on it. See `missing`."""
    own = OWN.get(placed.fact.kind, "decision")
    for event_id in support.absent:
        text = say("names {event}, and there is no such event on record", event=event_id)
        yield Flaw(text, "indeterminate", own)
    for field, other in support.direct:
        of = OWN.get(other.fact.kind, own)
        yield from (Flaw(text, of=of) for text in _bears_nothing(placed, field, other))
    recommended = proposed(placed)
    if recommended is not None and recommended.other_person:
        text = say("names a proposal about somebody else: {proposal}", proposal=recommended.gist)
        yield Flaw(text, of=own)
    if placed.fact.event_id in support.basis.facts:
        yield Flaw(say("rests, in the end, on itself"), of=own)
    yield from (Flaw(text, of="authority") for text in _authority_fails(placed.fact, support))
    yield from (Flaw(text, of="finding") for text in _blames_nobody(placed, support))
    yield from (Flaw(text, of="hearing") for text in _heard_late(placed))


def _bears_nothing(placed: FactInCase, field: str, other: FactInCase) -> Iterator[str]:
    """Yield why an event that another names, in a field, cannot bear it."""
    fact, named = placed.fact, partial(_named, placed.view, other.fact)
    if field in BEARING:
        if not other.fact.stands:
            yield say("rests on what was retracted: {event}", event=named())
        if appeal_state(other.view, other.fact) == "allowed":
            yield say("rests on what was overturned on appeal: {event}", event=named())
        if withdrawn(other.view, other.fact).answer == "yes":
            yield say("rests on what was withdrawn: {event}", event=named())
        if _superseded(other, fact):
            yield say("rests on a finding that was superseded: {event}", event=named())
    if other.fact.precedes(fact) == "no":
        yield dated_later(placed, other.fact)


def dated_later(placed: FactInCase, other: Fact) -> str:
    """Say that an event rests or acts upon another one that is dated later."""
    said = say(
        "{what}, {date}",
        what=_named(placed.view, other),
        date=as_recorded(other.fields["occurred"]),
    )
    return say("{what}: {detail}", what=say(LATER), detail=said)


def _blames_nobody(placed: FactInCase, support: Support) -> Iterator[str]:
    """Yield why no finding behind a sanction holds the person responsible."""
    fact = placed.fact
    if fact.kind != "sanction-imposed":
        return
    about = _findings_about(fact.fields["subject"], support)
    who = placed.view.name_of(fact.fields["subject"])
    if about and not any(map(_adverse, about)):
        yield say("no finding that it rests on holds {party} responsible", party=who)
    elif about and all(each.alleged for each in about if _adverse(each)):
        yield say("rests on no finding about {party} that is more than alleged", party=who)


def _heard_late(placed: FactInCase) -> Iterator[str]:
    fact = placed.fact
    if fact.kind == "finding-made" and _adverse(fact):
        heard = list(hearings(placed))
        if heard and all(placed.view.precedes(hearing, fact) == "no" for hearing in heard):
            who = placed.view.name_of(fact.fields["subject"])
            yield say("{party} was heard only afterwards", party=who)


def _finding_lacks(placed: FactInCase, support: Support) -> Iterator[tuple[str, str]]:
    fact = placed.fact
    if not support.basis.of("evidence-registered"):
        yield ("evidence", say("no evidence on record that this finding rests on"))
    if not _adverse(fact):
        return
    if "clause" not in fact.fields:
        yield ("clause", say("which clause was breached is not told"))
    if not any(hearings(placed)):
        who = placed.view.name_of(fact.fields["subject"])
        yield ("hearing", say("no hearing of {party} is on record", party=who))


def _authority_lacks(placed: FactInCase, support: Support) -> Iterator[tuple[str, str]]:
    fact = placed.fact
    if fact.kind == "sanction-imposed":
        if _covered(support) == "unknown":
            text = say(
                "whether the authority for it covers {measure} is not told",
                measure=term(fact.fields["measure"]),
            )
            yield ("coverage", text)
        return
    for power in support.powers:
        if fact.fields.get("deciders") and power.held == "unknown":
            text = say(
                "the authority #{position} is that of {party}, "
                "who is not named among those who decided",
                position=power.position,
                party=placed.view.name_of(power.party),
            )
            yield ("holder", text)
        if power.in_force == "unknown":
            text = say(
                "whether the authority #{position} was in force then is not told",
                position=power.position,
            )
            yield ("in force", text)


def _authority_fails(fact: Fact, support: Support) -> Iterator[str]:
    if fact.kind == "sanction-imposed":
        if _covered(support) == "no":
            yield say(
                "no authority for it ({events}) covers {measure}",
                events=punctuation(", ").join(f"#{power.position}" for power in support.powers),
                measure=term(fact.fields["measure"]),
            )
        return
    for power in support.powers:
        if power.in_force == "no":
            yield say("the authority #{position} was not in force then", position=power.position)


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


@once
def findings(view: CaseView) -> Mapping[str, Finding]:
    """Map each finding that stands to how it stands, by event id."""
    people = accountability_of(view).people
    return {each.event_id: each for person in people for each in person.findings}


def _superseded(placed: FactInCase, resting: Fact) -> bool:
    """Tell whether a finding was superseded, though not by the one that rests on it."""
    if placed.fact.kind != "finding-made":
        return False
    found = findings(placed.view).get(placed.fact.event_id)
    return (
        found is not None
        and found.superseded == "yes"
        and resting.event_id not in found.superseded_by
    )


def _named(view: CaseView, fact: Fact) -> str:
    return sentence(fact.kind, fact.fields, view.name_of)


def _findings_about(party: str, support: Support) -> list[Fact]:
    findings = support.basis.of("finding-made")
    return [finding for finding in findings if finding.fields["subject"] == party]


def hearings(finding: FactInCase) -> Iterator[Fact]:
    """Yield the hearings of the person whom a finding is about, in its case."""
    subject = finding.fact.fields["subject"]
    for fact in finding.view.standing("subject-heard"):
        if fact.fields["subject"] == subject:
            yield fact
