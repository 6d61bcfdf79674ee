"""Find what a gate has to know of a case: whom it names, and what concerns its readers.

It is read from what is never sealed: kinds, pseudonyms and references.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from answerable.domain.kinds import AMENDING, TARGETS, model
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.facts import CaseFacts, Fact
from answerable.projections.facts.names import Names
from answerable.projections.report.audience.audiences import ABOUT_REPORTS, INFORMING, OFFICIAL, For
from answerable.projections.report.audience.unsaid import Unsaid, unsaid
from answerable.projections.report.report import parties

JURISDICTION = "jurisdiction"
"""The term whose values are of a list, and tell nobody's name."""

NATURAL = ("person", "group", None)
"""The types of parties that are people, or may be."""


class Matter(NamedTuple):
    """Hold what of a case may be shown to those whom a report is for.

    Attributes:
        concerned: the events that they are concerned with, by id.
        involved: the parties that these events name.
        named: the parties whose names they may read.
        protected: what is shown nowhere: pseudonyms of parties who are not to be known, and what
            stands in the open and tells the name of somebody who is not named, a pseudonym too:
            one may have been given before the name was on record.
        unsaid: the names that no text may tell that they read.
        hidden: all other events of the case, by id.
    """

    concerned: frozenset[str]
    involved: frozenset[str]
    named: frozenset[str]
    protected: frozenset[str]
    unsaid: Unsaid
    hidden: frozenset[str]


class Since(NamedTuple):
    """Hold what came on record since the moment by which a case is read.

    Attributes:
        names: tell who a party is, by all that is on record.
        parties: those that the case names by now.
    """

    names: Names
    parties: tuple[str, ...]


OfOthers = Callable[[Collection[str], frozenset[str]], frozenset[str]]
"""Finds the words of a case that tell the name of a person whom it does not name.

It is given terms that stand in the open, and the words of those who may be named.
"""


def of_nobody(terms: Collection[str], shown: frozenset[str]) -> frozenset[str]:
    """Find no word that tells the name of a person whom the case does not name."""
    return frozenset()


def matter_of(
    case: CaseFacts,
    known: Names,
    whom: For,
    since: Since | None = None,
    of_others: OfOthers = of_nobody,
) -> Matter:
    """Work out what of a case may be shown to the person concerned, or to the public.

    Args:
        case: the case.
        known: tells who a party is, as it was known by the moment asked about.
        whom: those who are to read it.
        since: what came later: a text of then may tell a name that was registered since. None: all
            is read that is on record.
        of_others: finds the words that tell the names of others.
    """
    everyone = tuple(parties(case))
    told = (known,) if since is None else (known, since.names)
    natural = frozenset(
        each for each in everyone if any(each_of.type_of(each) in NATURAL for each_of in told)
    )
    if whom.subject is None:
        concerned = _of_no_person(case, natural)
        named, protected = frozenset(everyone) - natural, natural
    else:
        concerned = concerning(case, whom.subject)
        informing = frozenset(_acting(case, INFORMING)) & natural
        protected = informing - {whom.subject}
        acting = frozenset(_acting(case, OFFICIAL))
        judged = {str(fact.fields.get("subject")) for fact in case.facts.values()}
        open_to_them = (frozenset(everyone) - natural) | {whom.subject} | (acting - judged)
        named = open_to_them - protected
    later = () if since is None else since.parties
    people = [each for each in later if told[-1].type_of(each) in NATURAL]
    called = [
        (name.party, each)
        for each_of in told
        for name in each_of.of_each(tuple(dict.fromkeys((*everyone, *people))))
        for each in (name.name or "", *name.aliases)
    ]
    names = unsaid(
        (each for party, each in called if party not in named),
        (each for party, each in called if party in named),
    )
    terms = frozenset(_terms(case))
    names = names._replace(others=of_others(terms, names.shown))
    involved = frozenset(party for each in concerned for party in _named(case.facts[each]))
    open_names = frozenset(filter(names.told_by, terms))
    telling = frozenset(filter(names.told_by_identifier, everyone)) - {whom.subject or ""}
    return Matter(
        concerned,
        involved,
        named,
        protected | open_names | telling,
        names,
        frozenset(case.facts) - concerned,
    )


def _terms(case: CaseFacts) -> Iterator[str]:
    """Yield the terms of the producers' choice that stand in the open, as recorded or corrected."""
    kinds = {fact.kind for fact in case.facts.values()}
    named = {name for kind in kinds for name in model(kind).terms} - {JURISDICTION}
    for fact in case.facts.values():
        corrected = fact.event.fields if fact.kind in AMENDING else {}
        for told in (fact.event.fields, corrected.get("fields") or {}):
            for name in named & told.keys():
                yield from _texts(told[name])


def _texts(told: Any) -> Iterator[str]:
    match told:
        case str():
            yield told
        case Mapping():
            yield from (each for value in told.values() for each in _texts(value))
        case list() | tuple():
            yield from (each for value in told for each in _texts(value))


def concerning(case: CaseFacts, party: str) -> frozenset[str]:
    """Find the events that concern a party: those that name them, their grounds, what acts upon.

    What is said of other people is left out, and what passed between the house and who reported.
    """
    allowed = _allowed(case, party)
    found = {
        event_id
        for event_id, fact in allowed.items()
        if fact.kind == "case-opened" or party in _named(fact)
    }
    waiting = list(found)
    while waiting:
        fact = allowed[waiting.pop()]
        for event_id in fact.fields.get("basis", ()):
            if event_id in allowed and event_id not in found:
                found.add(event_id)
                waiting.append(event_id)
    return frozenset(found | _acting_upon(allowed, found))


def _allowed(case: CaseFacts, party: str) -> dict[str, Fact]:
    """Find what may concern a party: said of no other person, nor upon what is said of one."""
    allowed: dict[str, Fact] = {}
    for fact in sorted(case.facts.values(), key=lambda each: each.event.position):
        upon = fact.event.fields.get(TARGETS.get(fact.kind, ""))
        of_another = fact.fields.get("subject") not in (None, party)
        if not (fact.kind in ABOUT_REPORTS or of_another or (upon and upon not in allowed)):
            allowed[fact.event_id] = fact
    return allowed


def _acting_upon(allowed: dict[str, Fact], found: set[str]) -> set[str]:
    """Find what acts upon some events, and what acts upon that; all of it comes later."""
    reached = set(found)
    for event_id, fact in sorted(allowed.items(), key=lambda each: each[1].event.position):
        if fact.event.fields.get(TARGETS.get(fact.kind, "")) in reached:
            reached.add(event_id)
    return reached


def _of_no_person(case: CaseFacts, natural: frozenset[str]) -> frozenset[str]:
    """Find the events that are about no natural person, nor act upon one that is."""
    shown: set[str] = set()
    for fact in sorted(case.facts.values(), key=lambda each: each.event.position):
        kind = CATALOGUE[fact.kind]
        about = {each for field in kind.about for each in _parties(fact, field)}
        upon = fact.event.fields.get(TARGETS.get(fact.kind, ""))
        if fact.kind in ABOUT_REPORTS or about & natural or (upon and upon not in shown):
            continue
        shown.add(fact.event_id)
    return frozenset(shown)


def _named(fact: Fact) -> set[str]:
    kind = CATALOGUE[fact.kind]
    return {each for field in (*kind.about, *kind.doers) for each in _parties(fact, field)}


def _parties(fact: Fact, field: str) -> Iterator[str]:
    """Yield the parties in a field, as it was first recorded and as it stands."""
    for fields in (fact.event.fields, fact.fields):
        told = fields.get(field, ())
        yield from (told,) if isinstance(told, str) else told


def _in_roles(fact: Fact, roles: frozenset[str]) -> Iterator[str]:
    for field, role in CATALOGUE[fact.kind].doers.items():
        if role in roles:
            yield from _parties(fact, field)


def _acting(case: CaseFacts, roles: frozenset[str]) -> Iterator[str]:
    for fact in case.facts.values():
        yield from _in_roles(fact, roles)
