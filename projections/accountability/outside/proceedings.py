"""Tell how a proceeding outside of the house stands: open, concluded, under appeal, overturned.

It binds nobody here: an acquittal exonerates nobody of what the house found, and a conviction
holds nobody accountable by itself. Both are shown beside what the house found.

Of several conclusions the latest counts that no appeal overturned, as after a new trial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.terms.several import one_or_several
from answerable.projections.accountability.appeals import appeal_outcomes, overturned
from answerable.projections.accountability.hearsay import Hearsay, hearsay_of
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite

PROCEEDING = "proceeding-opened"
CONCLUSION = "proceeding-concluded"

ProceedingState = Literal["open", "overturned", "concluded", "under appeal", "indeterminate"]

ORDER: tuple[ProceedingState, ...] = ("open", "overturned", "concluded", "under appeal")


class Judgment(NamedTuple):
    """A conclusion that counts, or may: what it came to, and whether an appeal is pending.

    Attributes:
        counts: whether it is the latest that stands.
        pending: whether an appeal against it is undecided.
    """

    fact: Fact
    counts: When
    pending: When


class Proceeding(NamedTuple):
    """A proceeding against a party, and how it stands at the moment asked about.

    Attributes:
        state: `indeterminate` where the dates allow more than one; `may_be` then has each.
        outcome: of the conclusion that counts; `indeterminate` where the dates do not tell which
            does, or whether any; None where there is none.
        concluded_by: the conclusions that count, or may, by event id.
        concluded: when it was concluded (EDTF), where one conclusion alone can count.
        amount: what that one has paid.
        as_of: whether it had been opened by the moment asked about.
        said_by_others: what it is only alleged to have come to.
    """

    event_id: str
    position: int
    type: str | None
    subject: str
    accuser: str | None
    forum: str | None
    charge: str | None
    clause: str | tuple[str, ...] | None
    occurred: str | None
    standing: str
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    state: ProceedingState
    may_be: tuple[ProceedingState, ...]
    outcome: str | None
    concluded_by: tuple[str, ...]
    concluded: str | None
    amount: str | None
    as_of: When = "yes"
    said_by_others: tuple[Hearsay, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the proceeding as JSON has it."""
        return as_dict(self)


def before(proceedings: Iterable[Proceeding]) -> Iterator[str]:
    """Iterate over those who accuse, and the forums before which they do."""
    for each in proceedings:
        yield from (party for party in (each.accuser, each.forum) if party is not None)


@once
def proceedings_of(view: CaseView) -> tuple[Proceeding, ...]:
    """List the proceedings of a case, in the order of recording."""
    return tuple(proceeding_of(view, fact) for fact in view.standing(PROCEEDING))


def _states(view: CaseView, conclusions: Sequence[Fact]) -> tuple[ProceedingState, ...]:
    begun = any_of(map(view.when, conclusions))
    standing = any_of(_stands(view, each) for each in conclusions)
    undone = any_of(overturned(view, each).answer for each in conclusions)
    judged = list(_judgments(view, conclusions))
    possible: dict[ProceedingState, When] = {
        "open": opposite(begun),
        "overturned": all_of((begun, opposite(standing), undone)),
        "concluded": any_of(all_of((each.counts, opposite(each.pending))) for each in judged),
        "under appeal": any_of(all_of((each.counts, each.pending)) for each in judged),
    }
    return tuple(state for state in ORDER if possible[state] != "no")


def proceeding_of(view: CaseView, fact: Fact) -> Proceeding:
    """Tell how a proceeding stands."""
    fields = fact.fields
    conclusions = list(view.upon(fact, CONCLUSION))
    states = _states(view, conclusions)
    judged = [each.fact for each in _judgments(view, conclusions) if each.counts != "no"]
    only = judged[0].fields if len(judged) == 1 else {}
    return Proceeding(
        event_id=fact.event_id,
        position=fact.event.position,
        type=fields.get("type"),
        subject=fields["subject"],
        accuser=fields.get("accuser"),
        forum=fields.get("forum"),
        charge=fields.get("charge"),
        clause=one_or_several(fields.get("clause")),
        occurred=fields.get("occurred"),
        standing=fields["standing"],
        said_by_others=hearsay_of(view, fact),
        disputed_by=fact.disputes,
        corrected_by=fact.corrections,
        state=states[0] if len(states) == 1 else "indeterminate",
        may_be=states if len(states) > 1 else (),
        outcome=_outcome(states, judged),
        concluded_by=tuple(each.event_id for each in judged),
        concluded=only.get("occurred"),
        amount=only.get("amount"),
        as_of=view.when(fact),
    )


def _outcome(states: Sequence[ProceedingState], judged: Sequence[Fact]) -> str | None:
    outcomes = {each.fields["outcome"] for each in judged}
    if {"concluded", "under appeal"}.isdisjoint(states):
        return None
    sure = {"concluded", "under appeal"}.issuperset(states) and len(outcomes) == 1
    return outcomes.pop() if sure else "indeterminate"


def _judgments(view: CaseView, conclusions: Sequence[Fact]) -> Iterator[Judgment]:
    """Tell of each conclusion whether it counts, and whether an appeal is pending against it."""
    stands = {each.event_id: _stands(view, each) for each in conclusions}
    for fact in conclusions:
        later = (
            all_of((stands[other.event_id], _after(view, fact, other)))
            for other in conclusions
            if other is not fact
        )
        counts = all_of((stands[fact.event_id], opposite(any_of(later))))
        yield Judgment(fact, counts, _pending(view, fact))


def _stands(view: CaseView, conclusion: Fact) -> When:
    return all_of((view.when(conclusion), opposite(overturned(view, conclusion).answer)))


def _after(view: CaseView, one: Fact, other: Fact) -> When:
    """Tell whether the other of two conclusions came later; of one moment, the later recorded."""
    if one.event.position < other.event.position:
        return view.no_later(one, other)
    return opposite(view.no_later(other, one))


def _pending(view: CaseView, conclusion: Fact) -> When:
    return any_of(
        "no" if "pending" not in states else "yes" if len(states) == 1 else "unknown"
        for states in (
            appeal_outcomes(view, lodged) for lodged in view.upon(conclusion, "appeal-lodged")
        )
    )
