"""Hold a finding or a sanction against the one that was proposed: what differs, and whether why.

Only what the proposal tells is compared: one that leaves the amount open is not departed from by
an amount. The reason for a difference is sealed; where the texts are not at hand, nobody can tell
whether it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from answerable.domain.language.saying import punctuation, say
from answerable.domain.terms.several import one_or_several, several
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.disclosed import State
from answerable.projections.wording.sentence import sentence
from answerable.projections.wording.vocabulary import reading

PROPOSAL = "proposal"
"""The field by which a final act names what was proposed."""

REASON = "difference"
"""The sealed field that tells why the final act is another."""

COMPARED: Mapping[str, tuple[str, ...]] = {
    "finding-made": ("outcome", "responsibility", "offence_class", "severity", "clause"),
    "sanction-imposed": ("measure", "amount", "days", "period", "effective", "until"),
}
"""The public fields in which a final act can differ from its proposal."""


class Differing(NamedTuple):
    """A field in which a final act differs; `final` is None where it tells nothing of it."""

    field: str
    proposed: Any
    final: Any


class Proposed(NamedTuple):
    """Tell what was proposed, and what became of it in the final act.

    Attributes:
        event_id: the proposal.
        by: who proposed it, where that is told.
        gist: the proposal in one line.
        differs: what is otherwise in the final act, in the order of its fields.
        reason: how the reason for that stands: told, not told, withheld from this reader, erased;
            None where nothing differs.
        other_person: whether it is about somebody else, and so is no proposal of this act.
    """

    event_id: str
    position: int
    by: str | None
    gist: str
    differs: tuple[Differing, ...]
    reason: State | None
    other_person: bool


def proposed(placed: FactInCase) -> Proposed | None:
    """Find what was proposed before a final act; None where it names nothing, or nothing known."""
    view, fact = placed
    named = fact.fields.get(PROPOSAL)
    found = None if named is None else view.placed(named)
    if found is None or found.view.when(found.fact) == "no":
        return None
    before = found.fact
    other_person = before.fields["subject"] != fact.fields["subject"]
    differs = () if other_person else tuple(_differing(before.fields, fact.fields, fact.kind))
    reason = view.sealed(view.case, fact).text(REASON).state if differs else None
    return Proposed(
        before.event_id,
        before.event.position,
        before.fields.get("proposed_by"),
        sentence(before.kind, before.fields, view.name_of),
        differs,
        reason,
        other_person,
    )


def differing_words(found: Proposed) -> str:
    """Say how a final act differs from its proposal: "measure was fine, is now dismissal"."""
    return punctuation("; ").join(
        reading(each.field, each.proposed, each.final) for each in found.differs
    )


def proposal_words(found: Proposed) -> str:
    """Say whether a final act is as it was proposed, and if not, how it differs."""
    if not found.differs:
        return say("as proposed #{position}", position=found.position)
    return say(
        "differs from what was proposed #{position}: {differs}",
        position=found.position,
        differs=differing_words(found),
    )


def _differing(before: Mapping[str, Any], now: Mapping[str, Any], kind: str) -> Iterable[Differing]:
    for name in COMPARED[kind]:
        was, final = before.get(name), now.get(name)
        if was is not None and _plain(was) != _plain(final):
            yield Differing(name, was, final)


def _plain(value: Any) -> Any:
    """Return a value to be compared: several clauses in whatever order are the same."""
    return frozenset(several(one_or_several(value))) if isinstance(value, list | dict) else value
