"""The bars that a case imposed, and the contacts that were made in it.

An end that is not stated is not "for ever": such a bar is open-ended. Whether a bar is in force is
answered by what the dates allow, else `unknown`. `bar_register` puts bars and later contacts
together, over all cases.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.projections.accountability.appeals import (
    AppealState,
    appeal_state,
    overturned,
)
from answerable.projections.facts.basis import full_basis
from answerable.projections.facts.facts import (
    CaseFacts,
    Fact,
)
from answerable.projections.facts.three_valued import (
    all_of,
    any_of,
    opposite,
)
from answerable.projections.facts.time import (
    passed,
    span,
)

BAR = "counterparty-barred"
CONTACT = "contact-made"


class Contacted(NamedTuple):
    """A contact with a counterparty.

    Attributes:
        as_of: whether it had been made by the moment asked about.
    """

    event_id: str
    case_id: str
    position: int
    occurred: str | None
    stage: str | None
    as_of: When = "yes"


class Contact(NamedTuple):
    """A contact with a barred party that was, or may have been, inside the bar.

    `inside` is `yes` or `unknown`; contacts known to lie outside are not listed. As of a moment by
    which the contact may not have been made, or the bar not imposed, it is `unknown`.
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


def contacts(
    facts: CaseFacts, *, as_of: datetime | None = None
) -> dict[str, tuple[Contacted, ...]]:
    """The contacts made in one case that stand, by counterparty."""
    found: dict[str, list[Contacted]] = {}
    for fact in facts.standing(CONTACT, as_of=as_of):
        fields = fact.fields
        found.setdefault(fields["counterparty"], []).append(
            Contacted(
                fact.event_id,
                facts.case_id,
                fact.event.position,
                fields.get("occurred"),
                fields.get("stage"),
                fact.when(as_of),
            )
        )
    return {party: tuple(made) for party, made in found.items()}


def contacts_behind(
    facts: CaseFacts, bar: Bar, *, as_of: datetime | None = None
) -> tuple[str, ...]:
    """The contacts that a bar rests on, and so came before it, by their event ids."""
    under = full_basis(facts, facts.facts[bar.event_id], as_of=as_of)
    return tuple(sorted(fact.event_id for fact in under.of(CONTACT)))


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
