"""Findings that supersede an earlier one: acquittals and exonerations.

Only an explicit link counts: a later finding about the same person that acquits (exonerated,
unfounded, unsubstantiated) supersedes one that blames, which it names in its `basis`, or which
answers the same allegation. Being overturned or withdrawn itself, it supersedes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.terms.outcome import ACQUITTING, BLAMING
from answerable.projections.accountability.hearsay import Hearsay, said_of
from answerable.projections.accountability.withdrawals import undone
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite

FINDING = "finding-made"


class Superseding(NamedTuple):
    """An answer on whether a finding was superseded, and the findings that did so, or may have.

    Attributes:
        answer: whether it was.
        by: the findings that did so, or may have, by event id.
        said: those that are only alleged, and so do not.
    """

    answer: When
    by: tuple[str, ...] = ()
    said: tuple[Hearsay, ...] = ()


NOT_SUPERSEDED = Superseding("no")


def acquittals(view: CaseView, among: Iterable[Fact]) -> Mapping[str, Sequence[Fact]]:
    """Map each finding, by event id, to those of some facts that acquit its subject of the same.

    Args:
        view: the case.
        among: those of its facts that stand, of whatever kinds.
    """
    found: dict[str, list[Fact]] = {}
    for fact in among:
        if fact.event.kind != FINDING or fact.fields["outcome"] not in ACQUITTING:
            continue
        for event_id in dict.fromkeys((*fact.fields.get("basis", ()), *_beside(view, fact))):
            earlier = view.facts.get(event_id)
            if (
                earlier is not None
                and earlier.kind == FINDING
                and earlier.fields["subject"] == fact.fields["subject"]
            ):
                found.setdefault(event_id, []).append(fact)
    return found


def superseded(
    view: CaseView,
    finding: Fact,
    acquitting: Mapping[str, Sequence[Fact]],
) -> Superseding:
    """Tell whether a finding had been superseded by the moment asked about."""
    later = acquitting.get(finding.event_id)
    if later is None or finding.fields["outcome"] not in BLAMING:
        return NOT_SUPERSEDED
    answers = {
        each.event_id: _supersedes(view, each, finding) for each in later if not each.alleged
    }
    return Superseding(
        any_of(answers.values()),
        tuple(event_id for event_id, answer in answers.items() if answer != "no"),
        tuple(
            said_of(each, "superseded")
            for each in later
            if each.alleged and _supersedes(view, each, finding) != "no"
        ),
    )


def _supersedes(view: CaseView, fact: Fact, earlier: Fact) -> When:
    named = earlier.event_id in fact.fields.get("basis", ())
    return all_of(
        (
            view.when(fact),
            "yes" if named else view.no_later(earlier, fact),
            opposite(undone(view, fact)),
        )
    )


def _beside(view: CaseView, fact: Fact) -> Sequence[str]:
    """List the ids of the events that answer the same allegation as a fact."""
    allegation = view.facts.get(fact.fields.get("allegation", ""))
    return () if allegation is None else allegation.upon
