"""The allegations in a case: what someone is said to have done, by whom, and what came of it.

An allegation is no finding, and makes nobody accountable. It is disposed of by whatever ends what
it leaves open (`obligations`): a finding that answers it, for one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.terms.several import one_or_several
from answerable.projections.accountability.obligations import DUTIES, obligations_of
from answerable.projections.accountability.withdrawals import withdrawn
from answerable.projections.facts.case_view import CaseView, once

MADE = "allegation-made"

(DUTY,) = DUTIES[MADE]
"""Names what an allegation leaves open."""


class Allegation(NamedTuple):
    """An allegation, as it stands at the moment asked about.

    Attributes:
        subject: who is said to have done it.
        made_by: who says so, where that is told.
        clause: the provisions it would breach.
        open: whether it is not disposed of; `unknown` where dates do not tell.
        answered_by: what disposed of it, or may have, by event id.
        as_of: whether it had been made by then.
        withdrawn: whether it was withdrawn.
    """

    event_id: str
    case_id: str
    position: int
    subject: str
    made_by: str | None
    clause: str | tuple[str, ...] | None
    occurred: str | None
    standing: str
    open: When
    answered_by: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    as_of: When = "yes"
    withdrawn: When = "no"

    def as_dict(self) -> dict[str, Any]:
        """Return the allegation as JSON has it."""
        return as_dict(self)


@once
def allegations_of(view: CaseView) -> tuple[Allegation, ...]:
    """List the allegations made in a case, in the order of recording."""
    still = {each.event_id: each.open for each in obligations_of(view) if each.what == DUTY.what}
    return tuple(
        Allegation(
            event_id=fact.event_id,
            case_id=view.case_id,
            position=fact.event.position,
            subject=fact.fields["subject"],
            made_by=fact.fields.get("made_by"),
            clause=one_or_several(fact.fields.get("clause")),
            occurred=fact.fields.get("occurred"),
            standing=fact.fields["standing"],
            open=still.get(fact.event_id, "no"),
            answered_by=tuple(each.event_id for each in view.endings(fact, *DUTY.ended_by)),
            disputed_by=fact.disputes,
            corrected_by=fact.corrections,
            as_of=view.when(fact),
            withdrawn=withdrawn(view, fact).answer,
        )
        for fact in view.standing(MADE)
    )
