"""How an answer that the dates leave open is put into words, by every reader alike.

It is called *indeterminate*, and it is said why.
"""

from __future__ import annotations

from collections.abc import Callable

from answerable.domain.dates import When
from answerable.projections.accountability.accountability import (
    Finding,
    Person,
    Sanction,
)
from answerable.projections.wording.sentence import (
    listed,
    words,
)

ITS_DATE = "indeterminate: its date does not tell"
"""Said of what may or may not have happened by the moment asked about."""

IN_FORCE = {"yes": "in force", "no": "not in force", "unknown": "indeterminate whether in force"}
"""Said of a bar."""

Cited = Callable[[str], str]
"""How an event is cited, by its id."""


def shown_answer(answer: When) -> str:
    """An answer in a word."""
    return "indeterminate" if answer == "unknown" else answer


def finding_marks(finding: Finding, cited: Cited) -> list[str]:
    """What became of a finding, in few words: "superseded by #12"."""
    marks: list[str] = []
    if finding.appeal != "none":
        marks.append(f"appeal {words(finding.appeal)}")
    if finding.superseded != "no":
        doubt = "indeterminate whether " if finding.superseded == "unknown" else ""
        marks.append(f"{doubt}superseded by {listed(finding.superseded_by, cited)}")
    if finding.disputed_by or finding.standing == "disputed":
        marks.append("disputed")
    return marks


def sanction_state(sanction: Sanction) -> str:
    """A sanction's state: "executed"; "indeterminate: imposed or lifted, the dates do not tell"."""
    if sanction.state != "indeterminate":
        return sanction.state
    return f"indeterminate: {' or '.join(sanction.may_be)}, the dates do not tell"


def sanction_marks(sanction: Sanction) -> list[str]:
    """A sanction's state, and what else became of it: "imposed", "appeal pending"."""
    marks = [sanction_state(sanction)]
    if sanction.appeal not in ("none", "allowed"):
        marks.append(f"appeal {words(sanction.appeal)}")
    if sanction.disputed_by or sanction.standing == "disputed":
        marks.append("disputed")
    return marks


def ways(person: Person) -> list[str]:
    """In which ways a person was found responsible; which is indeterminate, where that is."""
    sure = {each.responsibility for each in person.findings if each.blames == "yes"}
    return [
        way if way in sure or person.accountable == "unknown" else f"{way} (indeterminate)"
        for way in person.responsibility
    ]
