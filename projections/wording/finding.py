"""A finding in words."""

from __future__ import annotations

from collections.abc import Iterable

from answerable.domain.language.saying import say
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import (
    Cited,
    alleged_mark,
    appeal_mark,
    by_then,
    dispute_mark,
    hearsay_mark,
    marked,
    whether,
    withdrawal_mark,
)
from answerable.projections.wording.counts import listed
from answerable.projections.wording.vocabulary import found


def finding_words(
    finding: Finding, cited: Cited, details: Iterable[str | None] = (), name_of: NameOf = str
) -> str:
    """Say a finding, and what became of it.

    For example "substantiated, managerial responsibility (superseded by #12; disputed)".

    Args:
        finding: as it stands.
        cited: how an event is cited.
        details: what else is to be said of it, before what became of it.
        name_of: what to call a party.
    """
    what = found(finding.outcome, finding.responsibility)
    return marked(what, (*details, *finding_marks(finding, cited, name_of)))


def finding_marks(finding: Finding, cited: Cited, name_of: NameOf = str) -> list[str]:
    """Say what became of a finding, in few words: "superseded by #12"."""
    marks = (
        alleged_mark(finding.standing),
        appeal_mark(finding.appeal),
        whether(
            finding.superseded,
            say("superseded by {events}", events=listed(finding.superseded_by, cited)),
        )
        if finding.superseded != "no"
        else None,
        blame_withdrawn(finding, name_of),
        hearsay_mark(finding.said_by_others),
        dispute_mark(finding.standing, finding.disputed_by),
        by_then(finding.as_of),
    )
    return [mark for mark in marks if mark]


def blame_withdrawn(finding: Finding, name_of: NameOf) -> str | None:
    """Say that blame was withdrawn, and whom it passed to; None: it was not.

    For example "blame withdrawn 2026-03-01, reassigned by #40 to Bob Roy".
    """
    said = withdrawal_mark(finding.withdrawn, finding.withdrawn_from, say("blame withdrawn"))
    if said is None:
        return None
    told = {"withdrawn": said, "position": finding.withdrawn_at}
    if finding.reassigned_to is None:
        return say("{withdrawn}, by #{position}", **told)
    if not finding.reassigned_party:
        return say("{withdrawn}, reassigned by #{position}", **told)
    party = name_of(finding.reassigned_party)
    return say("{withdrawn}, reassigned by #{position} to {party}", **told, party=party)
