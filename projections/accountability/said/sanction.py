"""A sanction against a person, as it stands."""

from __future__ import annotations

from typing import Any, NamedTuple

from answerable.domain.answers import as_dict, judging
from answerable.domain.dates import When
from answerable.projections.accountability.appeals import AppealState
from answerable.projections.accountability.event_head import ALLEGED, event_head
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.accountability.sanctions import (
    SanctionState,
    Terms,
    course,
    in_force,
    variation,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact


@judging("in_force", "in_force_as_alleged")
class Sanction(NamedTuple):
    """A measure against a person, and its state at the moment asked about.

    Attributes:
        state: `indeterminate` where the dates allow more than one; `may_be` then has each.
        ended_by: the event that executed, suspended, lifted, overturned or withdrew it, or may
            have; of a sanction that fell with its decision, what overturned or withdrew that.
        executed_by: the event that executed it, or may have, whatever came after.
        as_of: whether it had been imposed by then.
        varied: whether an appeal that was partly allowed had made something else of it by then:
            `measure`, `amount` and `days` are then what it became, and `first_*` what was imposed.
            Where that is unknown, they are what is certain, and `perhaps_*` what it may be.
        varied_by: the decision on the appeal.
        until: its last day (EDTF), where one is stated. Once that has passed, it has run out; it
            stands all the same, as one that was executed does.
        imposed_by: who imposed it, where that is told; mostly another house.
        said_by_others: what it is only alleged to have become.
        cause: what kept it from being executed, in a word, where it is not executed, or may not
            be. It stands all the same.
    """

    event_id: str
    position: int
    measure: str
    state: SanctionState
    period: str | None
    amount: str | None
    days: int | None
    occurred: str | None
    announced: str | None
    announced_by: str | None
    effective: str | None
    due: str | None
    standing: str
    appeal: AppealState
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    basis: tuple[str, ...]
    ended_by: str | None = None
    executed_by: str | None = None
    as_of: When = "yes"
    may_be: tuple[SanctionState, ...] = ()
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None
    varied: When = "no"
    varied_by: str | None = None
    first_measure: str | None = None
    first_amount: str | None = None
    first_days: int | None = None
    perhaps_measure: str | None = None
    perhaps_amount: str | None = None
    perhaps_days: int | None = None
    until: str | None = None
    imposed_by: str | None = None
    said_by_others: tuple[Hearsay, ...] = ()
    cause: str | None = None

    @property
    def in_force(self) -> When:
        """Tell whether the sanction was imposed, and neither lifted, overturned nor withdrawn.

        One that is only alleged is not known to have been imposed.
        """
        return "no" if self.standing == ALLEGED else self._in_force

    @property
    def in_force_as_alleged(self) -> When:
        """Tell whether the sanction, which is only alleged, would be in force."""
        return self._in_force if self.standing == ALLEGED else "no"

    @property
    def _in_force(self) -> When:
        return in_force(self.may_be or (self.state,), self.as_of)

    def as_dict(self) -> dict[str, Any]:
        """Return the sanction as JSON has it."""
        return as_dict(self)


def sanction_of(view: CaseView, fact: Fact) -> Sanction:
    """Work out how a sanction stands, from its facts."""
    fields = fact.fields
    became = course(view, fact)
    (measure, amount, days), varied, varied_by, first, perhaps = variation(view, fact)
    return Sanction(
        **event_head(view, fact),
        measure=measure,
        state=became.state,
        period=fields.get("period"),
        amount=amount,
        days=days,
        announced=fields.get("announced"),
        announced_by=fields.get("announced_by"),
        effective=fields.get("effective"),
        due=fields.get("due"),
        basis=tuple(fields.get("basis", ())),
        ended_by=became.ended_by,
        executed_by=became.executed_by,
        cause=became.cause,
        as_of=view.when(fact),
        may_be=became.may_be,
        varied=varied,
        varied_by=varied_by,
        **_prefixed("first", first),
        **_prefixed("perhaps", perhaps),
        until=fields.get("until"),
        imposed_by=fields.get("imposed_by"),
        said_by_others=hearsay_of(view, fact),
    )


def _prefixed(prefix: str, told: Terms | None) -> dict[str, Any]:
    values = {} if told is None else told._asdict()
    return {f"{prefix}_{name}": value for name, value in values.items()}
