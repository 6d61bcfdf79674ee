"""The bar register: who is barred, from when to when, and who was contacted since, in any case.

Whether a contact lies inside a bar is answered by what the dates allow, else `unknown`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from answerable.domain import dates, edtf
from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.projections import documents as views
from answerable.projections.accountability.appeals import overturned_before
from answerable.projections.accountability.bars import (
    BAR,
    CONTACT,
    Bar,
    Contact,
    Contacted,
    bars,
    contacts,
    contacts_behind,
)
from answerable.projections.facts.facts import (
    CaseFacts,
    of_case,
)
from answerable.projections.facts.three_valued import (
    all_of,
    opposite,
)
from answerable.projections.facts.time import lasted

FEW = 50
"""Of how many parties the cases are read one by one; of more, the whole log is."""


class Barred(NamedTuple):
    """A bar, the contacts that it rests on, and, where it was or may be overturned, its case."""

    bar: Bar
    behind: Collection[str]
    appealed: CaseFacts | None


def bar_register(
    reader: Reader,
    *,
    case: str | None = None,
    party: str | None = None,
    as_of: datetime | None = None,
    known_by: datetime | None = None,
) -> tuple[Bar, ...]:
    """The bars of every case, or of one, or on one party, each with the contacts since.

    Contacts are looked for in every case. What is asked about the present is answered from the
    views, where a ledger keeps them.
    """
    found = None
    if case is None and as_of is None and known_by is None:
        found = _kept(reader, party)
    if found is None:
        cases = (case,) if case else _cases_with_bars(reader, party, known_by)
        found = list(_folded(reader, cases, party, as_of, known_by))
    since = contacts_with(
        reader, {each.bar.counterparty for each in found}, as_of=as_of, known_by=known_by
    )
    return tuple(
        each.bar._replace(contacts=tuple(_since(each, since.get(each.bar.counterparty, ()))))
        for each in found
    )


def contacts_with(
    reader: Reader,
    parties: Collection[str],
    *,
    as_of: datetime | None = None,
    known_by: datetime | None = None,
) -> Mapping[str, tuple[Contacted, ...]]:
    """The contacts with some parties that stand, in any case, by party."""
    if not parties:
        return {}
    if as_of is None and known_by is None:
        kept = _contacts_kept(reader, parties)
        if kept is not None:
            return kept
    found: dict[str, list[Contacted]] = {}
    for case_id in _cases_with_contacts(reader, parties, known_by):
        made = contacts(of_case(reader, case_id, known_by=known_by), as_of=as_of)
        for party in parties:
            found.setdefault(party, []).extend(made.get(party, ()))
    return {party: tuple(each) for party, each in found.items()}


def _contacts_kept(
    reader: Reader, parties: Collection[str]
) -> dict[str, tuple[Contacted, ...]] | None:
    """The contacts as the views have them; None where none are kept."""
    found: dict[str, tuple[Contacted, ...]] = {}
    for party in parties:
        document = views.counterparty(reader, party)
        if document is None:
            return None
        found[party] = tuple(chain.from_iterable(each.contacts for each in document.values()))
    return found


def _kept(reader: Reader, party: str | None) -> list[Barred] | None:
    """The bars as the views have them; None where none are kept."""
    parts: Iterator[views.PartyInCase] | None
    if party is None:
        documents = views.every_counterparty(reader)
        parts = None if documents is None else (part for _, _, part in documents)
    else:
        document = views.counterparty(reader, party)
        parts = None if document is None else iter(document.values())
    if parts is None:
        return None
    found = [
        Barred(
            bar,
            part.behind.get(bar.event_id, ()),
            of_case(reader, bar.case_id) if bar.overturned_by else None,
        )
        for part in parts
        for bar in part.bars
    ]
    return sorted(found, key=lambda each: (each.bar.case_id, each.bar.position))


def _folded(
    reader: Reader,
    cases: Iterable[str],
    party: str | None,
    as_of: datetime | None,
    known_by: datetime | None,
) -> Iterator[Barred]:
    for case_id in cases:
        facts = of_case(reader, case_id, known_by=known_by)
        for bar in bars(facts, as_of=as_of):
            if party in (None, bar.counterparty):
                appealed = facts if bar.overturned_by else None
                yield Barred(bar, contacts_behind(facts, bar, as_of=as_of), appealed)


def _cases_with_bars(reader: Reader, party: str | None, known_by: datetime | None) -> Iterable[str]:
    kept = None if party is None else views.cases_naming(reader, "party", party)
    if kept is not None:
        return kept
    events = reader.events_by_case(kinds={BAR}, known_by=known_by)
    return dict.fromkeys(event.case_id for event in events)


def _cases_with_contacts(
    reader: Reader, parties: Collection[str], known_by: datetime | None
) -> Iterable[str]:
    kept = _cases_kept(reader, parties) if len(parties) <= FEW else None
    if kept is not None:
        return sorted(kept)
    events = reader.events_by_case(kinds={CONTACT}, known_by=known_by)
    return dict.fromkeys(event.case_id for event in events)


def _cases_kept(reader: Reader, parties: Iterable[str]) -> set[str] | None:
    """The cases that ever named one of some parties; None where no views are kept."""
    found: set[str] = set()
    for party in parties:
        cases = views.cases_naming(reader, "party", party)
        if cases is None:
            return None
        found.update(cases)
    return found


def _since(barred: Barred, made: Iterable[Contacted]) -> Iterator[Contact]:
    """The contacts that may lie inside a bar. What the bar itself rests on came before it."""
    for contact in made:
        if contact.event_id in barred.behind:
            continue
        when = None if contact.occurred is None else edtf.parse(contact.occurred)
        inside = all_of((_inside(barred.bar, when), contact.as_of, barred.bar.as_of))
        if barred.appealed is not None:
            fact = barred.appealed.facts[barred.bar.event_id]
            inside = all_of((inside, opposite(overturned_before(barred.appealed, fact, when))))
        if inside != "no":
            yield Contact(*contact[:4], inside)


def _inside(bar: Bar, contact: dates.Span | None) -> When:
    start, until, lifted = (
        None if text is None else edtf.parse(text) for text in (bar.from_, bar.until, bar.lifted)
    )
    answers = [dates.precedes(start, contact)]
    if bar.until is not None:
        answers.append(lasted(until, contact))
    if bar.lifted_by is not None:
        answers.append(dates.precedes(contact, lifted))
    return all_of(answers)
