"""The views: what the record says of each person, each party and each case, kept ready to be read.

A document is the fold of the events that are routed to its key, a case at a time. It says how
things stand as far as is known now, without a date asked about. Questions about the past fold the
cases anew; of a person or a party, a document also tells which cases ever named them, so that no
other case is looked at.

- `person`: what is held against them, what is open for them, and what they agreed upon. Routed:
  what names them as its subject, as who owes something, or as a party to an agreement, and what
  acts upon that.
- `party`: the bars on them, and the contacts with them.
- `case`: how the case stands in short, and what it adds to the figures over all cases.
- `like`: where the findings of one likeness stand on the scale of gravity.
- `settled`: the same by the month by which it was settled, for whoever asks as of a day.
- `standing`, `due`: what lists over all cases read (`answerable.projections.listed`).

The house's own registers (names, roles, authorities) make no documents: they are read from the
record by their own indexes.

The bytes are JSON: the values of the projections' records, in their order, without names. Whoever
changes a record or a fold here raises the version of its view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar

from pydantic_core import from_json, to_json

from answerable.domain.documents import DocumentPart, DocumentViews
from answerable.domain.kinds import FAMILIES, FAMILY
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.accountability import Person, accountability_of
from answerable.projections.accountability.alleged.allegations import Allegation, allegations_of
from answerable.projections.accountability.bars import (
    BAR,
    CONTACT,
    Bar,
    Contacted,
    bars_of,
    contacts,
    contacts_behind,
)
from answerable.projections.accountability.hearsay import Hearsay
from answerable.projections.accountability.interim import Interim
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.accountability.outside.agreements import (
    AGREEMENT,
    Agreement,
    agreements_of,
)
from answerable.projections.accountability.outside.commitments import Commitment
from answerable.projections.accountability.outside.proceedings import Proceeding
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.caseload.kept import part_of
from answerable.projections.caseload.part import CasePart, case_part
from answerable.projections.consistency import comparators, settling
from answerable.projections.errors import ViewDamaged
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold
from answerable.projections.facts.lifecycle import case_status
from answerable.projections.listed import STANDING, Standing, listed

ROUTED = frozenset(FAMILY) - frozenset(FAMILIES["house"])
"""The kinds of events that can change a document."""

PERSON_FIELDS: Mapping[str, str] = {
    **{
        row.name: row.about[0]
        for row in ROWS
        if row.accountability or row.held_against or row.accuses
    },
    **{row.name: duty.party for row in ROWS for duty in row.leaves_open if duty.party},
    AGREEMENT: "between",
}
"""The fields that name a person, by the kinds that tell of them or leave them something open."""

PARTY_FIELDS: Mapping[str, str] = {BAR: "counterparty", CONTACT: "counterparty"}
"""The same for a counterparty."""


NOTHING_SAID: tuple[tuple[()], ...] = ((), (), (), ())
"""No finding, no sanction, no interim measure, no proceeding."""


class PersonInCase(NamedTuple):
    """A person as one case has them: what is open for them in it, what is alleged and agreed."""

    person: Person
    open: tuple[Obligation, ...]
    allegations: tuple[Allegation, ...]
    agreements: tuple[Agreement, ...]


class PartyInCase(NamedTuple):
    """The bars on a party in one case, the contacts with it, and the contacts that came first.

    `behind` are the contacts that each bar rests on, by the bar's event id.
    """

    bars: tuple[Bar, ...]
    behind: Mapping[str, tuple[str, ...]]
    contacts: tuple[Contacted, ...]


class CaseAsItStands(NamedTuple):
    """The state of a case, in short: who is accountable or barred in it, and what is open."""

    state: str | None
    accountable: tuple[str, ...]
    barred: tuple[str, ...]
    open: tuple[Obligation, ...]


def parts(case_id: str, events: Iterable[RecordedEvent]) -> Iterator[DocumentPart]:
    """Fold the events of a case into parts of documents; nothing, if none is routed."""
    told = list(events)
    if ROUTED.isdisjoint(event.kind for event in told):
        return
    view = CaseView(fold(case_id, told))
    people = {person.party: person for person in accountability_of(view).people}
    still = obligations_of(view)
    owed = _grouped(still, lambda each: each.party)
    alleged = _grouped(allegations_of(view), lambda each: each.subject)
    agreed = agreements_of(view)
    for party in _named(told, PERSON_FIELDS):
        between = [each for each in agreed if party in each.between]
        said = people[party][2:] if party in people else NOTHING_SAID
        beside = (owed.get(party, ()), alleged.get(party, ()), between)
        yield DocumentPart("person", party, to_json((*said, *beside)))
    found = bars_of(view)
    barred = _grouped(found, lambda bar: bar.counterparty)
    made = contacts(view)
    for party in _named(told, PARTY_FIELDS):
        own = barred.get(party, ())
        met = made.get(party, ())
        # What came before matters only where there is a contact to tell it of.
        first = {bar.event_id: contacts_behind(view, bar) for bar in own} if met else {}
        yield DocumentPart("party", party, to_json((own, first, met)))
    state = case_status(view)
    accountable = [person.party for person in people.values() if person.accountable != "no"]
    barring = [bar.counterparty for bar in found if bar.in_force != "no"]
    standing = (state, accountable, barring, still, case_part(view))
    yield DocumentPart("case", case_id, to_json(standing))
    in_short = Standing(state, bool(accountable), bool(still), bool(barring))
    yield from listed(case_id, told, in_short, still)
    held = dict(comparators.by_likeness(view))
    likenesses = comparators.likenesses(told)
    for likeness in likenesses:
        key = comparators.key_of(likeness)
        yield DocumentPart("like", key, comparators.kept(held.get(likeness, ())))
    if likenesses:
        yield from settling.settled_parts(told, likenesses, held)


Item = TypeVar("Item")


def _grouped(
    items: Iterable[Item], key: Callable[[Item], str | None]
) -> dict[str | None, list[Item]]:
    """Group items by whom they are about, in their order."""
    found: dict[str | None, list[Item]] = {}
    for each in items:
        found.setdefault(key(each), []).append(each)
    return found


COUNTED = frozenset(("like", "settled", STANDING))
"""The views of which the parts are counted: all cases may have a part in one document of them."""

VIEWS = DocumentViews(
    {"person": 14, "party": 7, "case": 6, "like": 2, "settled": 2, "standing": 1, "due": 2},
    ROUTED,
    parts,
    COUNTED,
)
"""The views that a ledger keeps."""


def person(reader: Reader, party: str) -> dict[str, PersonInCase] | None:
    """Read what each case that ever named a person says of them; None where no views are kept."""
    document = reader.document(VIEWS, "person", party)
    if document is None:
        return None
    return {case_id: person_in(case_id, party, body) for case_id, body in document.items()}


def counterparty(reader: Reader, party: str) -> dict[str, PartyInCase] | None:
    """Read what each case says that ever named a counterparty; None where no views are kept."""
    document = reader.document(VIEWS, "party", party)
    if document is None:
        return None
    return {case_id: party_in(body) for case_id, body in document.items()}


def person_in(case_id: str, party: str, body: bytes) -> PersonInCase:
    """Read what one case says of a person."""
    return read_part(body, partial(_person, case_id, party))


def party_in(body: bytes) -> PartyInCase:
    """Read what one case says of a counterparty."""
    return read_part(body, _party)


def every_counterparty(reader: Reader) -> Iterator[tuple[str, str, PartyInCase]] | None:
    """Read every counterparty with each case that ever named it; None where no views are kept."""
    documents = reader.documents(VIEWS, "party")
    if documents is None:
        return None
    return ((party, case_id, party_in(body)) for party, case_id, body in documents)


def case(reader: Reader, case_id: str) -> CaseAsItStands | None:
    """Read how a case stands; None where no views are kept, or nothing of it is on record."""
    document = reader.document(VIEWS, "case", case_id)
    if not document:
        return None
    return read_part(document[case_id], _case)


def every_case(reader: Reader) -> Iterator[tuple[str, CaseAsItStands]] | None:
    """Read how each case stands; None where no views are kept."""
    documents = reader.documents(VIEWS, "case")
    if documents is None:
        return None
    return ((case_id, read_part(body, _case)) for _, case_id, body in documents)


def every_case_part(reader: Reader) -> Iterator[tuple[str, CasePart]] | None:
    """Read what each case adds to the figures; None where no views are kept."""
    documents = reader.documents(VIEWS, "case")
    if documents is None:
        return None
    return ((case_id, read_part(body, _part)) for _, case_id, body in documents)


def cases_naming(reader: Reader, view: str, key: str) -> list[str] | None:
    """Read which cases ever named a key, by their slugs; None where no views are kept."""
    document = reader.document(VIEWS, view, key)
    return None if document is None else list(document)


def _named(events: Iterable[RecordedEvent], fields: Mapping[str, str]) -> dict[str, None]:
    """Find whom the events ever named in some fields, as recorded or as corrected."""
    found: dict[str, None] = {}
    corrected = set(fields.values())
    for event in events:
        field = fields.get(event.kind)
        if field is not None and field in event.fields:
            found.update(dict.fromkeys(_parties_in(event.fields[field])))
        elif event.kind == "correction":
            for name, value in event.fields.get("fields", {}).items():
                if name in corrected:
                    found.update(dict.fromkeys(_parties_in(value)))
    return found


def _parties_in(value: Any) -> Iterable[str]:
    """List the parties that a field names: one or several."""
    several = value if isinstance(value, list | tuple) else (value,)
    return (each for each in several if isinstance(each, str))


Record = TypeVar("Record", bound=tuple[Any, ...])
Told = TypeVar("Told")


def read_part(body: bytes, made: Callable[[Any], Told]) -> Told:
    """Read a part of a document.

    Raises:
        ViewDamaged: it says nothing that a fold could have written.
    """
    try:
        return made(from_json(body))
    except (ValueError, TypeError, AttributeError):
        raise ViewDamaged(
            "a view of the ledger was altered: one of its documents cannot be read.",
            hint="The views can be made again. Ask who can write the file.",
            cli_hint="`answerable views rebuild` makes the views again. Ask who can write the "
            "file.",
        ) from None


NESTED: Mapping[str, type[tuple[Any, ...]]] = {"said_by_others": Hearsay, "terms": Commitment}
"""The fields that hold records of their own."""


def records_of(kind: type[Record], rows: Iterable[list[Any]]) -> tuple[Record, ...]:
    """Make records of a kind from their values; what was a tuple is one again."""
    fields = vars(kind)["_fields"]
    return tuple(kind(*map(_value, fields, row)) for row in rows)


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    nested = NESTED.get(name)
    return tuple(value) if nested is None else records_of(nested, value)


def _person(case_id: str, party: str, told: list[Any]) -> PersonInCase:
    findings, sanctions, interim, proceedings, owed, alleged, agreed = told
    said = Person(
        case_id,
        party,
        records_of(Finding, findings),
        records_of(Sanction, sanctions),
        records_of(Interim, interim),
        records_of(Proceeding, proceedings),
    )
    return PersonInCase(
        said,
        records_of(Obligation, owed),
        records_of(Allegation, alleged),
        records_of(Agreement, agreed),
    )


def _party(told: list[Any]) -> PartyInCase:
    own, behind, met = told
    return PartyInCase(
        records_of(Bar, own),
        {bar: tuple(events) for bar, events in behind.items()},
        records_of(Contacted, met),
    )


def _case(told: list[Any]) -> CaseAsItStands:
    state, accountable, barred, still, _ = told
    return CaseAsItStands(state, tuple(accountable), tuple(barred), records_of(Obligation, still))


def _part(told: list[Any]) -> CasePart:
    *_, part = told
    return part_of(part)
