"""Tell how things stand: in each case, for one person, for one counterparty."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict, judging
from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections import documents as views
from answerable.projections.accountability.accountability import Person, accountability_of
from answerable.projections.accountability.alleged.allegations import Allegation, allegations_of
from answerable.projections.accountability.bars import Bar, Contacted, bars_of
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.accountability.outside.agreements import Agreement, agreements_of
from answerable.projections.accountability.outside.proceedings import before
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.bar_register import all_bars, contacts_with
from answerable.projections.facts.amounts import AmountTotal, amount_totals
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.lifecycle import CaseStatus, case_status
from answerable.projections.facts.names import NameOf, Names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import any_of
from answerable.projections.grounds.problems import Problem, problems_of

NAMING = (*views.PERSON_FIELDS, "correction")
"""The kinds of event that say something of a person, or leave something open about them."""

KEPT = 32
"""The number of other cases, on which those looked at rest, in memory at a time."""

Told = Literal["accountable", "open"]
"""The things that there can be to tell of a case."""


class CaseOverview(NamedTuple):
    """The state of one case.

    Attributes:
        state: open, closed or indeterminate; None where the case was never opened.
        people: those who are accountable, or may be.
        bars: the bars that are, or may be, in force, or are alleged to be.
        open: what is open in it.
        problems: what is missing or wrong behind what stands in it, as `answerable why` tells it.
        others: those who are not accountable, and are or were under an interim measure, or were
            accountable until their blame was withdrawn, or are only alleged to be, or against
            whom there are proceedings outside of the house.
        allegations: those that are not disposed of, or may not be.
        agreements: those between parties, rejected ones among them, with their terms.
    """

    case_id: str
    state: CaseStatus | None
    people: tuple[Person, ...]
    bars: tuple[Bar, ...]
    open: tuple[Obligation, ...]
    problems: tuple[Problem, ...]
    others: tuple[Person, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the parties that the overview names, each once."""
        said = (*self.people, *self.others)
        named = [person.party for person in said]
        named += [
            each.reassigned_party
            for person in said
            for each in person.findings
            if each.reassigned_party is not None
        ]
        for person in said:
            named += [each.imposed_by for each in person.sanctions if each.imposed_by is not None]
            named += [each.imposed_by for each in person.interim if each.imposed_by is not None]
        named += [bar.counterparty for bar in self.bars]
        named += [each.subject for each in self.allegations]
        named += [each.made_by for each in self.allegations if each.made_by is not None]
        named += [party for each in self.agreements for party in each.parties]
        named += [party for each in said for party in before(each.proceedings)]
        named += [each.party for each in self.open if each.party is not None]
        return tuple(dict.fromkeys(named))

    def as_dict(self) -> dict[str, Any]:
        """Return the overview as JSON has it."""
        return as_dict(self)


@judging("amounts")
class PersonOverview(NamedTuple):
    """All that is said of one person, and what is open for them, in every case.

    Attributes:
        cases: the cases that say something of them, whether or not it holds them accountable.
        open: what they owe, or what is open about them.
        allegations: what is alleged against them, whether or not it is disposed of.
        agreements: those that they are a party to, however these stand.
    """

    party: str
    cases: tuple[Person, ...]
    open: tuple[Obligation, ...]
    allegations: tuple[Allegation, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @property
    def accountable(self) -> When:
        """Tell whether the person is accountable in any case."""
        return any_of(person.accountable for person in self.cases)

    @property
    def amounts(self) -> tuple[AmountTotal, ...]:
        """Sum the amounts of the sanctions against them over all cases."""
        return amount_totals(chain.from_iterable(person.sanctions for person in self.cases))

    def as_dict(self) -> dict[str, Any]:
        """Return the overview as JSON has it."""
        return as_dict(self)


class PartyOverview(NamedTuple):
    """The bars on one counterparty, and the contacts with it, in every case.

    Attributes:
        cases: what else cases say of it: findings, sanctions, interim measures.
        allegations: what is alleged against it.
        agreements: those that it is a party to, however these stand.
        open: what it owes, or what is open about it.
    """

    party: str
    bars: tuple[Bar, ...]
    contacts: tuple[Contacted, ...]
    cases: tuple[Person, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    open: tuple[Obligation, ...] = ()


def overview_of_each(
    reader: Reader,
    *,
    only: Collection[Told] = (),
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    known: Names | None = None,
) -> Iterator[CaseOverview]:
    """Yield how each case stands in which there is something to tell; one in memory at a time.

    Args:
        reader: the record.
        only: what there must be to tell: someone who is, or may be, accountable; something that
            is, or may be, open. Asked about the present, no other case is read, where a ledger
            keeps views.
        as_of: looks from this moment.
        known_by: reads the record as it was known by then.
        known: what to call parties in the sentences; those of a case are read in one go.
    """
    name_of: NameOf = str if known is None else known.called
    record = RecordView(reader, as_of, known_by, name_of=name_of, keep=KEPT)
    for view in _chosen(record, only):
        if known is not None:
            known.read(_told_of(view))
        found = of_view(view)
        told = {"accountable": bool(found.people), "open": bool(found.open)}
        if all(told[each] for each in only) and any(
            (*told.values(), found.bars, found.others, found.agreements)
        ):
            yield found


def _told_of(view: CaseView) -> set[str]:
    """Return the parties that there is something to tell of in a case."""
    said = {person.party for person in accountability_of(view).people}
    return said.union(bar.counterparty for bar in bars_of(view))


def _chosen(record: RecordView, only: Collection[Told]) -> Iterator[CaseView]:
    """Yield the cases in which there may be what is asked for."""
    kept = None
    if only and record.present:
        kept = views.every_case(record.reader)
    if kept is None:
        yield from record.each_case()
        return
    for case_id, standing in kept:
        if all(getattr(standing, each) for each in only):
            yield from record.each_of((case_id,))


def overview_of(
    reader: Reader,
    case_id: str,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    name_of: NameOf = str,
) -> CaseOverview:
    """Tell how one case stands.

    Raises:
        NotFound: nothing is recorded of it, or nothing was by then.
    """
    record = RecordView(reader, as_of, known_by, name_of=name_of)
    return of_view(record.recorded_case(case_id))


def of_view(view: CaseView) -> CaseOverview:
    """Tell how a case stands."""
    state = accountability_of(view)
    return CaseOverview(
        view.case_id,
        case_status(view),
        state.accountable,
        tuple(bar for bar in bars_of(view) if bar.may_hold),
        obligations_of(view),
        problems_of(view),
        tuple(filter(_of_note, state.people)),
        tuple(each for each in allegations_of(view) if each.open != "no"),
        agreements_of(view),
    )


def _of_note(person: Person) -> bool:
    """Tell of someone who is not accountable whether there is something else to tell of them."""
    said: tuple[Finding | Sanction, ...] = (*person.findings, *person.sanctions)
    gone = any(each.withdrawn != "no" for each in said)
    alleged = person.accountable_as_alleged != "no"
    return person.accountable == "no" and any((gone, alleged, person.interim, person.proceedings))


def overview_of_person(
    reader: Reader, party: str, *, as_of: Asked | None = None, known_by: Asked | None = None
) -> PersonOverview:
    """Gather all that is said of one person.

    What is asked about the present is read from their document, where a ledger keeps views.
    """
    record = RecordView(reader, as_of, known_by)
    if record.present:
        document = views.person(reader, party)
        if document is not None:
            return _kept(party, document.values())
    return person_in(record.each_of(_cases_naming(record, party)), party)


def person_in(looked: Iterable[CaseView], party: str) -> PersonOverview:
    """Gather all that some cases say of one person, as they are looked at."""
    said: list[Person] = []
    still: list[Obligation] = []
    alleged: list[Allegation] = []
    agreed: list[Agreement] = []
    for view in looked:
        said.extend(each for each in accountability_of(view).people if each.party == party)
        still.extend(each for each in obligations_of(view) if each.party == party)
        alleged.extend(each for each in allegations_of(view) if each.subject == party)
        agreed.extend(each for each in agreements_of(view) if party in each.between)
    return PersonOverview(party, tuple(said), tuple(still), tuple(alleged), tuple(agreed))


def _kept(party: str, parts: Collection[views.PersonInCase]) -> PersonOverview:
    return PersonOverview(
        party,
        tuple(each.person for each in parts if any(each.person[2:])),
        tuple(chain.from_iterable(each.open for each in parts)),
        tuple(chain.from_iterable(each.allegations for each in parts)),
        tuple(chain.from_iterable(each.agreements for each in parts)),
    )


def _cases_naming(record: RecordView, party: str) -> list[str]:
    """Find the cases that ever named a party in what is held against them, or owed by them."""
    kept = views.cases_naming(record.reader, "person", party)
    if kept is not None:
        return kept
    cases: set[str] = set()
    for event in record.events(kinds=NAMING):
        fields = event.fields.get("fields", {}) if event.kind == "correction" else event.fields
        if party in fields.values() or party in (fields.get("between") or ()):
            cases.add(event.case_id)
    return sorted(cases)


def counterparty(
    reader: Reader, party: str, *, as_of: Asked | None = None, known_by: Asked | None = None
) -> PartyOverview:
    """Gather the bars on one counterparty, the contacts with it, and what else is said of it."""
    made = contacts_with(RecordView(reader, as_of, known_by), {party})
    said = overview_of_person(reader, party, as_of=as_of, known_by=known_by)
    return PartyOverview(
        party,
        all_bars(reader, party=party, as_of=as_of, known_by=known_by),
        made.get(party, ()),
        said.cases,
        said.allegations,
        said.agreements,
        said.open,
    )
