"""People and parties a page at a time, and what the cases that name one of them say of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from answerable.domain.documents import DocumentRows, beyond
from answerable.domain.record import Page
from answerable.domain.zone.day_end import Asked
from answerable.projections import documents as views
from answerable.projections.accountability.bars import bars_of, contacts
from answerable.projections.facts.names import Name
from answerable.projections.facts.record_view import RecordView
from answerable.projections.listing.paged import Sought, Stretch, stretch
from answerable.projections.listing.record import Listed
from answerable.projections.status.status import PartyOverview, person_in

SHOWN = 3
"""The number of cases that a list names of a party."""


class PartyListed(NamedTuple):
    """Hold a party as a list has it.

    Attributes:
        name: who it is.
        cases: the first cases that say something of it.
        more: whether there are more.
    """

    name: Name
    cases: tuple[str, ...]
    more: bool


class PartyPage(NamedTuple):
    """Hold what a page of the cases that name a party say of it.

    Attributes:
        name: who it is.
        registered_at: the numbers of the events that registered it.
        said: what is said of it in the cases of this page.
        cases: the page.
    """

    name: Name
    registered_at: tuple[int, ...]
    said: PartyOverview
    cases: Stretch[str]


def parties_listed(listed: Listed, sought: Sought) -> Stretch[PartyListed]:
    """List a page of all who are registered, or of whom a case says something, by pseudonym."""
    found = stretch(lambda page: _pseudonyms(listed, page), str, sought)
    named = listed.known.of_each(found.items)
    return Stretch([_party(listed, each) for each in named], found.back, found.onward)


def _pseudonyms(listed: Listed, page: Page) -> list[str]:
    """List pseudonyms out of the registrations and both views, each once."""
    found = set(listed.pages.parties_page(page))
    for view in ("person", "party"):
        found.update(listed.pages.keys_page(views.VIEWS, view, page) or ())
    return sorted(found, reverse=page.backwards)[: page.limit]


def _party(listed: Listed, name: Name) -> PartyListed:
    cases = _Cases(listed, name.party).read(Page(SHOWN + 1))
    return PartyListed(name, tuple(cases[:SHOWN]), len(cases) > SHOWN)


class _Cases:
    """The cases that say something of a party: read a page at a time, with what they say.

    Attributes:
        people: what was read of the party as a person, by case.
        met: what was read of it as a counterparty, by case.
    """

    def __init__(self, listed: Listed, party: str) -> None:
        self._pages, self._party = listed.pages, party
        self.people: dict[str, bytes] = {}
        self.met: dict[str, bytes] = {}

    def read(self, page: Page) -> list[str]:
        """List cases, by slug."""
        for view, kept in (("person", self.people), ("party", self.met)):
            rows = DocumentRows(view, self._party, beyond(self._party))
            found = self._pages.rows_page(views.VIEWS, rows, page) or ()
            kept.update((case_id, body) for _, case_id, body in found)
        return sorted({*self.people, *self.met}, reverse=page.backwards)[: page.limit]


def party_page(
    listed: Listed,
    party: str,
    sought: Sought,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> PartyPage:
    """Gather what a page of the cases that name a party say of it.

    Asked about another time than the present, these cases are folded, and no others.

    Args:
        listed: the record.
        party: who, by pseudonym.
        sought: which page of these cases.
        as_of: looks from this moment.
        known_by: reads the record as it was known by then.
    """
    read = _Cases(listed, party)
    cases = stretch(read.read, str, sought)
    name = listed.known.of(party)
    if as_of is None and known_by is None:
        said = _said(party, read, cases)
    else:
        record = RecordView(listed.reader, as_of, known_by, name_of=listed.known.called)
        by_case = _said_then(record, party, cases.items)
        cases = cases._replace(items=tuple(by_case))
        said = _together(party, by_case.values())
    registered = map(listed.reader.event, name.registered_by)
    return PartyPage(
        name,
        tuple(event.position for event in registered if event is not None),
        said,
        cases,
    )


def _said(party: str, read: _Cases, cases: Stretch[str]) -> PartyOverview:
    """Gather what the cases of a page say of a party."""
    people = [
        views.person_in(case_id, party, read.people[case_id])
        for case_id in cases.items
        if case_id in read.people
    ]
    met = [views.party_in(read.met[case_id]) for case_id in cases.items if case_id in read.met]
    return PartyOverview(
        party,
        tuple(bar for each in met for bar in each.bars),
        tuple(contact for each in met for contact in each.contacts),
        tuple(each.person for each in people if any(each.person[2:])),
        tuple(each for own in people for each in own.allegations),
        tuple(each for own in people for each in own.agreements),
        tuple(each for own in people for each in own.open),
    )


def _said_then(record: RecordView, party: str, cases: Iterable[str]) -> dict[str, PartyOverview]:
    """Gather what some cases said of a party at another time, those that said nothing left out."""
    found: dict[str, PartyOverview] = {}
    for view in record.each_of(cases):
        person = person_in((view,), party)
        told = PartyOverview(
            party,
            tuple(bar for bar in bars_of(view) if bar.counterparty == party),
            tuple(contacts(view).get(party, ())),
            person.cases,
            person.allegations,
            person.agreements,
            person.open,
        )
        if any(told[1:]):
            found[view.case_id] = told
    return found


def _together(party: str, overviews: Iterable[PartyOverview]) -> PartyOverview:
    """Put together what several cases say of a party."""
    columns = zip(*(each[1:] for each in overviews), strict=True)
    told = [tuple(chain.from_iterable(column)) for column in columns]
    return PartyOverview(party, *told) if told else PartyOverview(party, (), ())
