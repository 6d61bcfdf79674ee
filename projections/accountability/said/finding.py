"""A finding about a person, as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict, judging
from answerable.domain.dates import When
from answerable.domain.terms.outcome import blames
from answerable.domain.terms.several import one_or_several
from answerable.projections.accountability.acquittals import NOT_SUPERSEDED, superseded
from answerable.projections.accountability.appeals import AppealState, overturned
from answerable.projections.accountability.event_head import ALLEGED, event_head
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.accountability.withdrawals import reassignment, undone
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite


@judging("blames", "blames_as_alleged")
class Finding(NamedTuple):
    """A finding about a person, as it stands at the moment asked about.

    Attributes:
        as_of: whether it had been made by then: `yes`, or `unknown` where its date does not tell.
        overturned: whether an appeal against it had been allowed by then.
        superseded: whether a later finding had acquitted the person of it by then.
        superseded_by: the findings that did so, or may have, by event id.
        withdrawn: whether its blame had been withdrawn by then.
        withdrawn_by: the event that withdrew it, or may have, by id.
        withdrawn_from: from when it blames no longer (EDTF).
        withdrawn_at: the position of the event that withdrew it.
        reassigned_to: the finding that blames another instead, by event id.
        reassigned_party: whom that finding blames, where it lies in the same case.
        said_by_others: what it is only alleged to have become.
    """

    event_id: str
    position: int
    outcome: str
    responsibility: str
    offence_class: str | None
    severity: str | None
    grade: str | None
    clause: str | tuple[str, ...] | None
    occurred: str | None
    standing: str
    appeal: AppealState
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    basis: tuple[str, ...]
    as_of: When = "yes"
    overturned: When = "no"
    superseded: When = "no"
    superseded_by: tuple[str, ...] = ()
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None
    withdrawn_at: int | None = None
    reassigned_to: str | None = None
    reassigned_party: str | None = None
    said_by_others: tuple[Hearsay, ...] = ()

    @property
    def blames(self) -> When:
        """Tell whether the finding blames the person, is not only alleged, and nothing undid it."""
        return "no" if self.standing == ALLEGED else self._blames

    @property
    def blames_as_alleged(self) -> When:
        """Tell whether the finding, which is only alleged, would blame the person."""
        return self._blames if self.standing == ALLEGED else "no"

    @property
    def _blames(self) -> When:
        if not blames(self.outcome, self.responsibility):
            return "no"
        return all_of((self.as_of, opposite(self.undone)))

    @property
    def undone(self) -> When:
        """Tell whether it was overturned on appeal, superseded, or its blame withdrawn."""
        return any_of((self.overturned, self.superseded, self.withdrawn))

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON has it."""
        return as_dict(self)


def blame_of(view: CaseView, fact: Fact, acquitting: Mapping[str, Sequence[Fact]]) -> When:
    """Tell what `Finding.blames` does of a finding, and work out no more of it than that takes."""
    if fact.alleged or not blames(fact.fields["outcome"], fact.fields["responsibility"]):
        return "no"
    later = superseded(view, fact, acquitting) if acquitting else NOT_SUPERSEDED
    return all_of((view.when(fact), opposite(any_of((undone(view, fact), later.answer)))))


def finding_of(view: CaseView, fact: Fact, acquitting: Mapping[str, Sequence[Fact]]) -> Finding:
    """Work out how a finding stands, from what was said of it and what acquits of it."""
    fields = fact.fields
    acquittal = superseded(view, fact, acquitting) if acquitting else NOT_SUPERSEDED
    head = event_head(view, fact)
    instead = reassignment(view, head["withdrawn_by"])
    return Finding(
        **head,
        outcome=fields["outcome"],
        responsibility=fields["responsibility"],
        offence_class=fields.get("offence_class"),
        severity=fields.get("severity"),
        grade=fields.get("grade"),
        clause=one_or_several(fields.get("clause")),
        basis=tuple(fields.get("basis", ())),
        as_of=view.when(fact),
        overturned=overturned(view, fact).answer if fact.upon else "no",
        superseded=acquittal.answer,
        superseded_by=acquittal.by,
        withdrawn_at=instead.at,
        reassigned_to=instead.to,
        reassigned_party=instead.party,
        said_by_others=(*hearsay_of(view, fact), *acquittal.said),
    )
