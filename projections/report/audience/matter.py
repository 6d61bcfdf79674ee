"""Find what a gate has to know of a case: whom it names, and what concerns its readers.

It is read from what is never sealed: kinds, pseudonyms and references.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.kinds import TARGETS
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.search.folding import name_key
from answerable.projections.facts.facts import CaseFacts, Fact
from answerable.projections.facts.names import Names
from answerable.projections.report.audience.audiences import ABOUT_REPORTS, INFORMING, OFFICIAL, For
from answerable.projections.report.report import parties

NATURAL = ("person", "group", None)
"""The types of parties that are people, or may be."""


class Matter(NamedTuple):
    """Hold what of a case may be shown to those whom a report is for.

    Attributes:
        concerned: the events that they are concerned with, by id.
        involved: the parties that these events name.
        named: the parties whose names they may read.
        protected: the parties of whom not even the pseudonym is shown.
        unsaid: the names, as they are compared, that no text may hold that they read.
    """

    concerned: frozenset[str]
    involved: frozenset[str]
    named: frozenset[str]
    protected: frozenset[str]
    unsaid: tuple[str, ...]


def matter_of(case: CaseFacts, known: Names, whom: For) -> Matter:
    """Work out what of a case may be shown to the person concerned, or to the public."""
    everyone = tuple(parties(case))
    natural = frozenset(each for each in everyone if known.type_of(each) in NATURAL)
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
    hidden = known.of_each(each for each in everyone if each not in named)
    told = (text for name in hidden for text in (name.name, *name.aliases) if text)
    involved = frozenset(party for each in concerned for party in _named(case.facts[each]))
    return Matter(concerned, involved, named, protected, tuple(filter(None, map(name_key, told))))


def concerning(case: CaseFacts, party: str) -> frozenset[str]:
    """Find the events that concern a party: those that name them, their grounds, what acts upon.

    What is said of other people is left out, and what passed between the house and who reported.
    """
    allowed = {
        event_id: fact
        for event_id, fact in case.facts.items()
        if fact.kind not in ABOUT_REPORTS and fact.fields.get("subject") in (None, party)
    }
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
