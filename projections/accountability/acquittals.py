"""Findings that supersede an earlier one: acquittals and exonerations.

Only an explicit link counts: a later finding about the same person, exonerated or
unsubstantiated, supersedes a substantiated one that it names in its `basis`, or that answers the
same allegation. Being overturned itself, it supersedes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.accountability.appeals import overturned
from answerable.projections.facts.facts import (
    CaseFacts,
    Fact,
)
from answerable.projections.facts.order import no_later
from answerable.projections.facts.three_valued import (
    all_of,
    any_of,
    opposite,
)

ACQUITTING = frozenset(("exonerated", "unsubstantiated"))

FINDING = "finding-made"


class Superseding(NamedTuple):
    """Whether a finding was superseded, and by which, or by which it may have been."""

    answer: When
    by: tuple[str, ...] = ()


NOT_SUPERSEDED = Superseding("no")


def acquittals(facts: CaseFacts, among: Iterable[Fact]) -> Mapping[str, Sequence[Fact]]:
    """Of each finding, those among some facts that acquit the same person of the same, by event id.

    Args:
        facts: the case.
        among: those of its facts that stand, of whatever kinds.
    """
    found: dict[str, list[Fact]] = {}
    for fact in among:
        if fact.event.kind != FINDING or fact.fields["outcome"] not in ACQUITTING:
            continue
        for event_id in dict.fromkeys((*fact.fields.get("basis", ()), *_beside(facts, fact))):
            earlier = facts.facts.get(event_id)
            if (
                earlier is not None
                and earlier.kind == FINDING
                and earlier.fields["subject"] == fact.fields["subject"]
            ):
                found.setdefault(event_id, []).append(fact)
    return found


def superseded(
    facts: CaseFacts,
    finding: Fact,
    acquitting: Mapping[str, Sequence[Fact]],
    as_of: datetime | None = None,
) -> Superseding:
    """Whether a finding had been superseded by a moment."""
    later = acquitting.get(finding.event_id)
    if later is None or finding.fields["outcome"] != "substantiated":
        return NOT_SUPERSEDED
    answers = {each.event_id: _supersedes(facts, each, finding, as_of) for each in later}
    return Superseding(
        any_of(answers.values()),
        tuple(event_id for event_id, answer in answers.items() if answer != "no"),
    )


def _supersedes(facts: CaseFacts, fact: Fact, earlier: Fact, as_of: datetime | None) -> When:
    named = earlier.event_id in fact.fields.get("basis", ())
    return all_of(
        (
            fact.when(as_of),
            "yes" if named else no_later(earlier, fact, as_of),
            opposite(overturned(facts, fact, as_of).answer),
        )
    )


def _beside(facts: CaseFacts, fact: Fact) -> Sequence[str]:
    """The ids of what else answers the same allegation."""
    allegation = facts.facts.get(fact.fields.get("allegation", ""))
    return () if allegation is None else allegation.upon
