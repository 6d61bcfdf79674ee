"""The bar register: who is barred from what, from when to when, and who was contacted since.

An end that is not stated is not "for ever": such a bar is open-ended. Whether a bar is in force,
and whether a contact lies inside it, is answered by what the dates allow, else `unknown`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.domain.recorded import Reader
from answerable.projections.appeals import (
    AppealState,
    appeal_state,
    overturned,
    overturned_before,
)
from answerable.projections.facts import CaseFacts, Fact, fold, of_case
from answerable.projections.ground import ground
from answerable.projections.logic import all_of, any_of, opposite
from answerable.projections.terms import passed, span

BAR = "counterparty-barred"
CONTACT_KINDS = ("contact-made", "correction", "retraction")


class Contact(NamedTuple):
    """A contact with a barred party that was, or may have been, inside the bar.

    `inside` is `yes` or `unknown`; contacts known to lie outside are not listed.
    """

    event_id: str
    case_id: str
    position: int
    occurred: str | None
    inside: When


class Bar(NamedTuple):
    """A bar on one counterparty, as it stands.

    Attributes:
        from_: from when (EDTF); None where that is not told.
        until: until when (EDTF); None: the end is not stated, and the bar is open-ended.
        notice_date: when the counterparty was told (EDTF).
        in_force: at the moment asked about, its first and last days included. Without a moment:
            as far as the record tells, so `unknown` where it has an end.
        lifted_by: the event that lifted it, or may have, by id.
        overturned_by: the decision on an appeal that overturned it, or may have, by id.
        contacts: later contacts with the counterparty, in any case.
        as_of: whether it had been imposed by the moment asked about.
    """

    event_id: str
    case_id: str
    position: int
    counterparty: str
    occurred: str | None
    from_: str | None
    until: str | None
    notice_date: str | None
    in_force: When
    lifted_by: str | None
    lifted: str | None
    appeal: AppealState
    standing: str
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    basis: tuple[str, ...]
    as_of: When = "yes"
    contacts: tuple[Contact, ...] = ()
    overturned_by: str | None = None

    @property
    def open_ended(self) -> bool:
        """Whether no end was stated."""
        return self.until is None


def bars(facts: CaseFacts, *, as_of: datetime | None = None) -> tuple[Bar, ...]:
    """The bars imposed in one case; contacts are left to `bar_register`."""
    return tuple(_bar(facts, fact, as_of) for fact in facts.standing(BAR, as_of=as_of))


def bar_register(
    reader: Reader,
    *,
    case: str | None = None,
    party: str | None = None,
    as_of: datetime | None = None,
    known_by: datetime | None = None,
) -> tuple[Bar, ...]:
    """The bars of every case, or of one, or on one party, each with the contacts since.

    Contacts are looked for in every case.
    """
    found: list[Bar] = []
    grounds: dict[str, frozenset[str]] = {}
    appealed: dict[str, CaseFacts] = {}
    cases = (case,) if case else _cases_with_bars(reader, known_by)
    for case_id in cases:
        facts = of_case(reader, case_id, known_by=known_by)
        own = [bar for bar in bars(facts, as_of=as_of) if party in (None, bar.counterparty)]
        grounds.update((bar.event_id, _ground(facts, bar, as_of)) for bar in own)
        appealed.update((bar.event_id, facts) for bar in own if bar.overturned_by)
        found.extend(own)
    contacts = contacts_with(
        reader, {bar.counterparty for bar in found}, as_of=as_of, known_by=known_by
    )
    return tuple(
        bar._replace(
            contacts=tuple(_since(bar, contacts, grounds[bar.event_id], appealed.get(bar.event_id)))
        )
        for bar in found
    )


def contacts_with(
    reader: Reader,
    parties: Collection[str],
    *,
    as_of: datetime | None = None,
    known_by: datetime | None = None,
) -> list[Fact]:
    """The contacts with some parties that stand, in any case."""
    if not parties:
        return []
    events = reader.events_by_case(kinds=CONTACT_KINDS, known_by=known_by)
    return [
        fact
        for case_id, own in groupby(events, key=lambda event: event.case_id)
        for fact in fold(case_id, own).standing("contact-made", as_of=as_of)
        if fact.fields["counterparty"] in parties
    ]


def _cases_with_bars(reader: Reader, known_by: datetime | None) -> Iterable[str]:
    return dict.fromkeys(
        event.case_id for event in reader.events_by_case(kinds={BAR}, known_by=known_by)
    )


def _ground(facts: CaseFacts, bar: Bar, as_of: datetime | None) -> frozenset[str]:
    return frozenset(ground(facts, facts.facts[bar.event_id], as_of=as_of).facts)


def _bar(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> Bar:
    fields = fact.fields
    lifting = next(facts.upon(fact, "bar-lifted", as_of=as_of), None)
    appeal = overturned(facts, fact, as_of)
    return Bar(
        event_id=fact.event_id,
        case_id=facts.case_id,
        position=fact.event.position,
        counterparty=fields["counterparty"],
        occurred=fields.get("occurred"),
        from_=fields.get("from"),
        until=fields.get("until"),
        notice_date=fields.get("notice_date"),
        in_force=_in_force(facts, fact, appeal.answer, as_of),
        lifted_by=None if lifting is None else lifting.event_id,
        lifted=None if lifting is None else lifting.fields.get("occurred"),
        appeal=appeal_state(facts, fact, as_of),
        standing=fields["standing"],
        disputed_by=fact.disputes,
        corrected_by=fact.corrections,
        basis=tuple(fields.get("basis", ())),
        as_of=fact.when(as_of),
        overturned_by=appeal.by,
    )


def _in_force(facts: CaseFacts, fact: Fact, over: When, as_of: datetime | None) -> When:
    begun: When = "yes"
    ended = [later.when(as_of) for later in facts.upon(fact, "bar-lifted", as_of=as_of)]
    ended.append(over)
    if as_of is not None:
        begun = dates.by(span(fact.fields, "from"), as_of)
    if "until" in fact.fields:
        until = span(fact.fields, "until")
        ended.append("unknown" if as_of is None else passed(until, as_of))
    return all_of((fact.when(as_of), begun, opposite(any_of(ended))))


def _since(
    bar: Bar, contacts: Iterable[Fact], before: frozenset[str], appealed: CaseFacts | None
) -> Iterator[Contact]:
    """The contacts that may lie inside a bar. What the bar itself rests on came before it.

    `appealed` has the facts of its case where the bar was, or may have been, overturned.
    """
    for fact in contacts:
        if fact.fields["counterparty"] != bar.counterparty or fact.event_id in before:
            continue
        made = span(fact.fields)
        inside = _inside(bar, made)
        if appealed is not None:
            over = overturned_before(appealed, appealed.facts[bar.event_id], made)
            inside = all_of((inside, opposite(over)))
        if inside != "no":
            event = fact.event
            occurred = fact.fields.get("occurred")
            yield Contact(fact.event_id, event.case_id, event.position, occurred, inside)


def _inside(bar: Bar, contact: dates.Span | None) -> When:
    start, until, lifted = (
        None if text is None else dates.parse(text) for text in (bar.from_, bar.until, bar.lifted)
    )
    answers = [dates.precedes(start, contact)]
    if bar.until is not None:
        answers.append(_not_after(contact, until))
    if bar.lifted_by is not None:
        answers.append(dates.precedes(contact, lifted))
    return all_of(answers)


def _not_after(contact: dates.Span | None, until: dates.Span | None) -> When:
    """Whether a contact was made before the end of a bar, its last day included."""
    if contact is None or until is None:
        return "unknown"
    if contact.last_day and until.first_day and contact.last_day <= until.first_day:
        return "yes"
    return "no" if dates.precedes(until, contact) == "yes" else "unknown"
