"""Find what is missing or wrong in the grounds of a case's acts, once for all answers.

`why` tells it of one event, `report`, `status`, `audit` and `gaps` of a case. Each works on the
same derivation and the same required links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.record import RecordedEvent
from answerable.domain.terms.outcome import blames
from answerable.projections.accountability.withdrawals import WITHDRAWING, undone
from answerable.projections.facts.case_view import CaseView, FactInCase, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, opposite
from answerable.projections.grounds.derivation import derive, reached, support
from answerable.projections.grounds.required_links import (
    OWN,
    Judgement,
    Missing,
    dated_later,
    findings,
    flaws,
    missing,
)
from answerable.projections.timeline.premature import premature

LINKED = tuple(row.name for row in ROWS if row.links)
"""The kinds of event that must have links."""

HELD_AGAINST = {row.name: row.about[0] for row in ROWS if row.held_against}
"""The kinds held against a party, which need a derivation; each with the field naming the party."""


class Problem(NamedTuple):
    """One thing that is missing behind an event, or that cannot bear it.

    Attributes:
        event_id: the event that lacks something, or has something wrong.
        case_id: the case that this event lies in, which need not be the one asked about.
        sort: whether it is not on record, or on record and wrong.
        link: the link that is missing; empty where something is wrong.
        text: the same in a sentence, without its full stop.
        verdict: `indeterminate` where it is merely not told, or out of sight.
        against: whether an act that is held against somebody is that event, or rests on it.
        of: the link that is missing, or that what is wrong is a flaw of.
    """

    event_id: str
    case_id: str
    position: int
    sort: Literal["missing", "wrong"]
    link: str
    text: str
    verdict: Judgement
    against: When
    of: str


@once
def acts(view: CaseView) -> Mapping[str, When]:
    """Find the acts held against somebody, by event id: what blames, sanctions and bars.

    What is only alleged is not known to have been done, and needs no grounds.

    Each with whether it holds: `unknown` where dates do not tell.
    """
    found: dict[str, When] = {}
    for fact in (each for each in view.standing(*HELD_AGAINST) if not each.alleged):
        fields = fact.fields
        if fact.kind != "finding-made" or blames(fields["outcome"], fields["responsibility"]):
            held = all_of((view.when(fact), holds(FactInCase(view, fact))))
            if held != "no":
                found[fact.event_id] = held
    return found


def holds(placed: FactInCase) -> When:
    """Tell whether an event was not retracted, overturned, withdrawn or superseded."""
    view, fact = placed
    found = findings(view).get(fact.event_id)
    fallen: tuple[When, ...] = (
        "no" if fact.stands else "yes",
        undone(view, fact),
        "no" if found is None else found.superseded,
    )
    return all_of(map(opposite, fallen))


@once
def problems_of(view: CaseView) -> tuple[Problem, ...]:
    """List what is missing or wrong behind what stands in a case, in the order of the log.

    Of what was overturned, withdrawn or superseded, nobody need explain anything any more: `why`
    tells it. What acts upon something that is dated later is wrong, too: an execution before the
    sanction was imposed.
    """
    linked = (FactInCase(view, fact) for fact in view.standing(*LINKED) if not fact.alleged)
    graph = derive(each for each in linked if holds(each) != "no")
    held = acts(view)
    surely = reached(graph, (event_id for event_id, answer in held.items() if answer == "yes"))
    perhaps = reached(graph, held)
    found: list[Problem] = []
    for event_id, resting in graph.items():
        if holds(resting.placed) == "no":
            continue
        event, borne = resting.placed.fact.event, support(resting)
        head = (event_id, event.case_id, event.position)
        against = _against(event_id, surely, perhaps)
        found.extend(
            Problem(*head, "missing", each.link, each.text, each.verdict, against, _of(each, event))
            for each in missing(resting.placed, borne)
        )
        found.extend(
            Problem(*head, "wrong", "", each.text, each.verdict, against, each.of)
            for each in flaws(resting.placed, borne)
        )
    acted_upon = (FactInCase(view, fact) for fact in view.standing() if fact.upon)
    for placed, step in steps_before((*(each.placed for each in graph.values()), *acted_upon)):
        target = placed.fact
        found.append(
            Problem(
                *(step.event_id, step.event.case_id, step.event.position, "wrong", ""),
                text=dated_later(placed, target),
                verdict="fail",
                against=_against(target.event_id, surely, perhaps),
                of=OWN.get(target.kind, "execution"),
            )
        )
    return tuple(sorted(found, key=lambda each: each.position))


def _of(lacked: Missing, event: RecordedEvent) -> str:
    """Tell which link a missing one is of: a reason for a difference is the event's own."""
    return OWN.get(event.kind, "decision") if lacked.link == "difference" else lacked.link


def steps_before(targets: Iterable[FactInCase]) -> Iterator[tuple[FactInCase, Fact]]:
    """Yield what acts upon some events and is dated before them, each once, with its target.

    What must have links itself is left out: its flaws tell it. Of what fell, only that is told by
    which it fell.
    """
    once_each = {each.fact.event_id: each for each in targets}
    for placed in once_each.values():
        fell = holds(placed) == "no"
        for step in premature(placed):
            if step.kind not in LINKED and (not fell or step.kind in WITHDRAWING):
                yield placed, step


def _against(event_id: str, surely: Collection[str], perhaps: Collection[str]) -> When:
    """Tell whether an act that is held against somebody is an event, or rests on it."""
    if event_id in surely:
        return "yes"
    return "unknown" if event_id in perhaps else "no"
