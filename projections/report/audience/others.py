"""Find the persons whom a case does not name, and whose names its texts tell all the same.

They are registered in the house, or for another case. Only registrations are read that may give a
name which a word of the case would tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.search.name_words import name_words
from answerable.projections.facts.facts import CaseFacts, fold
from answerable.projections.report.audience.audiences import INSIDE
from answerable.projections.report.audience.unsaid import names_somebody, other_words
from answerable.projections.report.report import parties

REGISTRATION = "party-registered"

PERSON = "person"
"""The type of the parties whose names are looked for; a group is called by ordinary words."""

CORRECTED = "sealed_fields"
"""The sealed field of a correction that holds the texts of others."""


def words_of_others(
    reader: Reader, case: CaseFacts, terms: Collection[str], shown: frozenset[str]
) -> frozenset[str]:
    """Find the words of a case that tell the name of a person whom it does not name.

    All is read that is on record: a text may tell a name that was registered later, or that was
    corrected since.

    Args:
        reader: the record.
        case: the case.
        terms: its terms that stand in the open.
        shown: the words of those who may be named: alone, they tell nobody else.
    """
    everyone = frozenset(parties(case))
    told = frozenset(
        word
        for text in {*terms, *_texts_of(reader, case, everyone)}
        for word in other_words(text, shown)
    )
    names = _names_of_persons(reader, reader.namesakes(told, everyone), everyone)
    telling = (name_words(name) for name in names if names_somebody(name))
    return told & frozenset[str]().union(*telling)


def _texts_of(reader: Reader, case: CaseFacts, everyone: Collection[str]) -> Iterator[str]:
    """Yield the texts of a case at hand, and those of the registrations of its parties."""
    positions = {fact.event.position for fact in case.facts.values()}
    registered = reader.amended(reader.registrations(everyone))
    positions.update(event.position for event in registered)
    for disclosed in reader.opened(positions).values():
        for field, value in disclosed.fields.items():
            if field not in INSIDE:
                yield from _texts(value)


def _texts(told: Any) -> Iterator[str]:
    match told:
        case str():
            yield told
        case Mapping():
            yield from (each for value in (*told, *told.values()) for each in _texts(value))
        case list() | tuple():
            yield from (each for value in told for each in _texts(value))


def _names_of_persons(
    reader: Reader, registrations: Iterable[RecordedEvent], but: Collection[str]
) -> Iterator[str]:
    """Yield every name that some registrations give a person, as recorded and as corrected."""
    by_case = attrgetter("case_id")
    naming: list[int] = []
    for case_id, own in groupby(sorted(reader.amended(registrations), key=by_case), key=by_case):
        facts = fold(case_id, own).facts
        persons = {
            event_id
            for event_id, fact in facts.items()
            if fact.kind == REGISTRATION
            and fact.fields["type"] == PERSON
            and fact.fields["party"] not in but
        }
        naming += [
            fact.event.position
            for event_id, fact in facts.items()
            if event_id in persons or fact.event.fields.get("target") in persons
        ]
    for told in reader.opened(naming).values():
        given = (told.fields, told.fields.get(CORRECTED) or {})
        yield from (
            name
            for each in given
            for name in (each.get("name") or "", *(each.get("aliases") or ()))
            if name
        )
