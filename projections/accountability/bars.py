"""The bars that a case imposed, and the contacts that were made in it.

An end that is not stated is not "for ever": such a bar is open-ended. Whether a bar is in force is
answered by what the dates allow, else `unknown`. `bar_register` puts bars and later contacts
together, over all cases.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from answerable.domain import dates
from answerable.domain.answers import Rows, as_dict, judging
from answerable.domain.dates import When
from answerable.projections.accountability.appeals import AppealState, overturned
from answerable.projections.accountability.event_head import event_head
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import passed

BAR = "counterparty-barred"
CONTACT = "contact-made"

COLUMNS = ("case_id", "counterparty", "from_", "until", "in_force")
"""The columns that a notebook shows of bars."""


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


@judging("breach")
class Contact(NamedTuple):
    """A contact with a barred party that was, or may have been, inside the bar.

    `inside` is `yes` or `unknown`; contacts known to lie outside are not listed. As of a moment by
    which the contact may not have been made, or the bar not imposed, it is `unknown`. `other_house`
    tells that the bar is another house's, so that a contact breaks nothing of this one.
    """

    event_id: str
    case_id: str
    position: int
    occurred: str | None
    inside: When
    other_house: bool = False

    @property
    def breach(self) -> When:
        """Tell whether it breaks a bar of this house. It cannot break another house's."""
        return "no" if self.other_house else self.inside


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
        term: how long it is meant to last, where that is stated: permanent, indefinite, fixed.
        imposed_by: whose bar it is, where that is told.
        other_house: whether that is not the house whose case it is.
        withdrawn: whether the decisions that it rests on had been withdrawn by then.
        withdrawn_by: the withdrawal with which it fell, or may have, by id.
        withdrawn_from: from when it stands no longer (EDTF).
        in_force_as_alleged: of a bar that is only alleged, whether it would be in force, which it
            is not known to be.
        said_by_others: what it is only alleged to have become.
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
    term: str | None = None
    imposed_by: str | None = None
    other_house: bool = False
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None
    in_force_as_alleged: When = "no"
    said_by_others: tuple[Hearsay, ...] = ()

    @property
    def open_ended(self) -> bool:
        """Tell whether no end of the bar was stated."""
        return self.until is None

    @property
    def may_hold(self) -> bool:
        """Tell whether it is or may be in force, or would be if it were more than alleged."""
        return (self.in_force, self.in_force_as_alleged) != ("no", "no")

    def as_dict(self) -> dict[str, Any]:
        """Return the bar as JSON has it."""
        return as_dict(self)


@once
def bars_of(view: CaseView) -> Rows[Bar]:
    """List the bars imposed in one case; contacts are left to `bar_register`."""
    return Rows((_bar(view, fact) for fact in view.standing(BAR)), COLUMNS)


def contacts(view: CaseView) -> dict[str, tuple[Contacted, ...]]:
    """List the contacts made in one case that stand, by counterparty."""
    found: dict[str, list[Contacted]] = {}
    for fact in view.standing(CONTACT):
        fields = fact.fields
        found.setdefault(fields["counterparty"], []).append(
            Contacted(
                fact.event_id,
                view.case_id,
                fact.event.position,
                fields.get("occurred"),
                fields.get("stage"),
                view.when(fact),
            )
        )
    return {party: tuple(made) for party, made in found.items()}


def contacts_behind(view: CaseView, bar: Bar) -> tuple[str, ...]:
    """List the contacts that a bar rests on, and so came before it, by event id."""
    under = view.basis_in_case(view.facts[bar.event_id])
    return tuple(sorted(fact.event_id for fact in under.of(CONTACT)))


def bar_begins(told: dates.Span | None, notice: dates.Span | None) -> dates.Span | None:
    """Tell when a bar began: as is told; else not after the notice of it; None: neither is told."""
    if told is not None or notice is None:
        return told
    return notice._replace(earliest=None, first_day=None)


def _bar(view: CaseView, fact: Fact) -> Bar:
    fields = fact.fields
    lifting = next(view.upon(fact, "bar-lifted"), None)
    appeal = overturned(view, fact)
    head = event_head(view, fact)
    held = _in_force(view, fact, any_of((appeal.answer, head["withdrawn"])))
    return Bar(
        **head,
        case_id=view.case_id,
        counterparty=fields["counterparty"],
        from_=fields.get("from"),
        until=fields.get("until"),
        notice_date=fields.get("notice_date"),
        in_force="no" if fact.alleged else held,
        lifted_by=None if lifting is None else lifting.event_id,
        lifted=None if lifting is None else lifting.fields.get("occurred"),
        basis=tuple(fields.get("basis", ())),
        as_of=view.when(fact),
        overturned_by=appeal.by,
        in_force_as_alleged=held if fact.alleged else "no",
        said_by_others=hearsay_of(view, fact),
        term=fields.get("term"),
        imposed_by=fields.get("imposed_by"),
        other_house=other_house(view, fact) is not None,
    )


def _in_force(view: CaseView, fact: Fact, over: When) -> When:
    begun: When = "yes"
    ended = [view.when(later) for later in view.upon(fact, "bar-lifted")]
    ended.append(over)
    if view.as_of is not None:
        begins = bar_begins(fact.span("from"), fact.span("notice_date"))
        begun = dates.by(begins, view.as_of)
    if "until" in fact.fields:
        until = fact.span("until")
        ended.append("unknown" if view.as_of is None else passed(until, view.as_of))
    return all_of((view.when(fact), begun, opposite(any_of(ended))))
