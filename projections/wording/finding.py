"""A finding in words."""

from __future__ import annotations

from collections.abc import Iterable

from answerable.projections.accountability.accountability import Finding
from answerable.projections.wording.answers import (
    Cited,
    appeal_mark,
    by_then,
    dispute_mark,
    marked,
    whether,
)
from answerable.projections.wording.counts import listed
from answerable.projections.wording.vocabulary import found


def finding_words(finding: Finding, cited: Cited, details: Iterable[str | None] = ()) -> str:
    """Say a finding, and what became of it.

    For example "substantiated, managerial responsibility (superseded by #12; disputed)".

    Args:
        finding: as it stands.
        cited: how an event is cited.
        details: what else is to be said of it, before what became of it.
    """
    what = found(finding.outcome, finding.responsibility)
    return marked(what, (*details, *finding_marks(finding, cited)))


def finding_marks(finding: Finding, cited: Cited) -> list[str]:
    """Say what became of a finding, in few words: "superseded by #12"."""
    marks = (
        appeal_mark(finding.appeal),
        whether(finding.superseded, f"superseded by {listed(finding.superseded_by, cited)}")
        if finding.superseded != "no"
        else None,
        dispute_mark(finding.standing, finding.disputed_by),
        by_then(finding.as_of),
    )
    return [mark for mark in marks if mark]
