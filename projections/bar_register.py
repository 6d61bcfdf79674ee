"""The bar register: who is barred, from when to when, and who was contacted since, in any case.

`answerable bars` shows it as a document to be read (`bar_entries`): each bar with its scope, and
with what it rests on, in words.

Whether a contact lies inside a bar is answered by what the dates allow, else `unknown`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.answers import Rows
from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.domain.zone.zone import Zone
from answerable.projections import documents as views
from answerable.projections.accountability.appeals import overturned_before
from answerable.projections.accountability.bars import (
    BAR,
    COLUMNS,
    CONTACT,
    Bar,
    Contact,
    Contacted,
    bar_begins,
    bars_of,
    contacts,
    contacts_behind,
)
from answerable.projections.accountability.withdrawals import withdrawn_before
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import Text, disclose
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.names import NameOf
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import all_of, opposite
from answerable.projections.facts.time import beginning, ending, lasted, read
from answerable.projections.wording.sentence import sentence

KEPT = 32
"""The number of cases in memory while bars are put into words."""

FEW = 50
"""The most parties whose cases are read one by one; for more, the whole log is read."""


class Barred(NamedTuple):
    """A bar, the contacts that it rests on, and, where it was or may be undone, its case."""

    bar: Bar
    behind: Collection[str]
    undone_in: CaseView | None


class BarBasis(NamedTuple):
    """An event that a bar rests on."""

    event_id: str
    case_id: str
    position: int
    gist: str
    stands: bool


class BarEntry(NamedTuple):
    """A bar, with what the register's reader asks of it.

    Attributes:
        scope: from what the party is barred: sealed, so it may be withheld or erased.
        rests_on: what the bar names as its basis, as far as that is on record.
    """

    bar: Bar
    scope: Text
    rests_on: tuple[BarBasis, ...]

    @property
    def breached(self) -> bool:
        """Tell whether a contact is known to break the bar, which is this house's own."""
        return any(contact.breach == "yes" for contact in self.bar.contacts)


def all_bars(
    reader: Reader,
    *,
    case: str | None = None,
    party: str | None = None,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Rows[Bar]:
    """List the bars of every case, or of one, or on one party, each with the contacts since.

    Contacts are looked for in every case. What is asked about the present is answered from the
    views, where a ledger keeps them.
    """
    record = RecordView(reader, as_of, known_by)
    found = _kept(record, party) if case is None and record.present else None
    if found is None:
        cases = (case,) if case else _cases_with_bars(record, party)
        found = [each for view in record.each_of(cases) for each in _barred(view, party)]
    return _with_contacts(record, found)


def bars_of_case(record: RecordView, case_id: str) -> Rows[Bar]:
    """List the bars of one case, each with the contacts since, in every case."""
    return _with_contacts(record, _barred(record.case(case_id)))


def contacts_with(
    record: RecordView, parties: Collection[str]
) -> Mapping[str, tuple[Contacted, ...]]:
    """Gather the contacts with some parties that stand, in any case, by party."""
    if not parties:
        return {}
    if record.present:
        kept = _contacts_kept(record.reader, parties)
        if kept is not None:
            return kept
    found: dict[str, list[Contacted]] = {}
    for view in record.each_of(_cases_with_contacts(record, parties)):
        made = contacts(view)
        for party in parties:
            found.setdefault(party, []).extend(made.get(party, ()))
    return {party: tuple(each) for party, each in found.items()}


def bar_entries(
    reader: Reader,
    bars: Iterable[Bar],
    *,
    known_by: Asked | None = None,
    name_of: NameOf = str,
) -> Iterator[BarEntry]:
    """Put the bars into words; the case of a bar is read once for those in a row.

    Args:
        reader: the record.
        bars: what `all_bars` gave.
        known_by: the same as it was given.
        name_of: what to call a party.
    """
    record = RecordView(reader, known_by=known_by, name_of=name_of, keep=KEPT)
    for bar in bars:
        view = record.case(bar.case_id)
        fact = view.facts[bar.event_id]
        text = disclose(reader, view.case, [fact])[fact.event_id].text("scope")
        named = (record.find(event_id, view) for event_id in bar.basis)
        yield BarEntry(bar, text, tuple(_basis(*each) for each in named if each is not None))


def _basis(view: CaseView, fact: Fact) -> BarBasis:
    return BarBasis(
        fact.event_id,
        fact.event.case_id,
        fact.event.position,
        sentence(fact.kind, fact.fields, view.name_of),
        fact.stands,
    )


def _with_contacts(record: RecordView, barred: Iterable[Barred]) -> Rows[Bar]:
    found = list(barred)
    made = contacts_with(record, {each.bar.counterparty for each in found})
    told = (
        each.bar._replace(
            contacts=tuple(_since(each, made.get(each.bar.counterparty, ()), record.zone_of))
        )
        for each in found
    )
    return Rows(told, COLUMNS)


def _contacts_kept(
    reader: Reader, parties: Collection[str]
) -> dict[str, tuple[Contacted, ...]] | None:
    """Read the contacts from the views; None where none are kept."""
    found: dict[str, tuple[Contacted, ...]] = {}
    for party in parties:
        document = views.counterparty(reader, party)
        if document is None:
            return None
        found[party] = tuple(chain.from_iterable(each.contacts for each in document.values()))
    return found


def _kept(record: RecordView, party: str | None) -> list[Barred] | None:
    """Read the bars from the views; None where none are kept."""
    parts: Iterator[views.PartyInCase] | None
    if party is None:
        documents = views.every_counterparty(record.reader)
        parts = None if documents is None else (part for _, _, part in documents)
    else:
        document = views.counterparty(record.reader, party)
        parts = None if document is None else iter(document.values())
    if parts is None:
        return None
    found = [
        Barred(
            bar,
            part.behind.get(bar.event_id, ()),
            record.case(bar.case_id) if _undone(bar) else None,
        )
        for part in parts
        for bar in part.bars
    ]
    return sorted(found, key=lambda each: (each.bar.case_id, each.bar.position))


def _barred(view: CaseView, party: str | None = None) -> Iterator[Barred]:
    """Find the bars of one case, on one party if one is asked about."""
    for bar in bars_of(view):
        if party in (None, bar.counterparty):
            yield Barred(bar, contacts_behind(view, bar), view if _undone(bar) else None)


def _cases_with_bars(record: RecordView, party: str | None) -> Iterable[str]:
    kept = None if party is None else views.cases_naming(record.reader, "party", party)
    if kept is not None:
        return kept
    events = record.reader.events_by_case(kinds={BAR}, known_by=record.known_by)
    return dict.fromkeys(event.case_id for event in events)


def _cases_with_contacts(record: RecordView, parties: Collection[str]) -> Iterable[str]:
    kept = _cases_kept(record.reader, parties) if len(parties) <= FEW else None
    if kept is not None:
        return sorted(kept)
    events = record.reader.events_by_case(kinds={CONTACT}, known_by=record.known_by)
    return dict.fromkeys(event.case_id for event in events)


def _cases_kept(reader: Reader, parties: Iterable[str]) -> set[str] | None:
    """Read from the views which cases ever named some parties; None where none are kept."""
    found: set[str] = set()
    for party in parties:
        cases = views.cases_naming(reader, "party", party)
        if cases is None:
            return None
        found.update(cases)
    return found


def _undone(bar: Bar) -> bool:
    return bool(bar.overturned_by or bar.withdrawn_by)


def _since(
    barred: Barred, made: Iterable[Contacted], zone_of: Callable[[str], Zone]
) -> Iterator[Contact]:
    """Yield the contacts that may lie inside a bar. What the bar itself rests on came before it.

    Inside a bar that is only alleged lies nothing that is known to.
    """
    for contact in made:
        if contact.event_id in barred.behind or barred.bar.standing == "alleged":
            continue
        when, until = (
            read(side(CONTACT, contact.occurred), zone_of(contact.case_id))
            for side in (beginning, ending)
        )
        during = _inside(barred.bar, when, until, zone_of(barred.bar.case_id))
        inside = all_of((during, contact.as_of, barred.bar.as_of))
        if barred.undone_in is not None:
            fact = barred.undone_in.facts[barred.bar.event_id]
            over = overturned_before(barred.undone_in, fact, when)
            gone = withdrawn_before(barred.undone_in, fact, when)
            inside = all_of((inside, opposite(over), opposite(gone)))
        if inside != "no":
            yield Contact(*contact[:4], inside, barred.bar.other_house)


def _inside(bar: Bar, began: dates.Span | None, ended: dates.Span | None, zone: Zone) -> When:
    """Tell whether a contact that went on from one time to another came inside a bar."""
    start, notice, until, lifted = (
        read(text, zone) for text in (bar.from_, bar.notice_date, bar.until, bar.lifted)
    )
    answers = [dates.precedes(bar_begins(start, notice), ended)]
    if bar.until is not None:
        answers.append(lasted(until, began))
    if bar.lifted_by is not None:
        answers.append(dates.precedes(began, lifted))
    return all_of(answers)
