"""Say of verdicts how late something is, and by when it is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from answerable.domain.language.saying import figures, say, say_as, say_count, to_say_as
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.wording.dates import as_recorded

if TYPE_CHECKING:
    from answerable.domain.dates import Days
    from answerable.projections.conformance.judgement import Deadline


VERDICTS: Mapping[Judgement, str] = {
    "pass": to_say_as("verdict", "pass"),
    "fail": to_say_as("verdict", "fail"),
    "indeterminate": to_say_as("verdict", "indeterminate"),
    "pending": to_say_as("verdict", "pending"),
    "not-applicable": to_say_as("verdict", "not applicable"),
}


def verdict_words(verdict: Judgement) -> str:
    """Say a verdict: "fail", "not applicable"."""
    return say_as("verdict", VERDICTS[verdict])


def late_words(late: Days) -> str:
    """Say how late something is: "3 days"; "3 to 5 days"; "3 days or more"; "at most 5 days"."""
    least, most = late
    if least == most and least is not None:
        return _days(least) if least else say("less than a day")
    if most is None:
        if least is None:
            return say("an unknown number of days")
        return say("{days} or more", days=_days(least))
    if not least:
        return say("at most {days}", days=_days(most))
    return say("{least} to {days}", least=figures(least), days=_days(most))


def _days(number: int) -> str:
    return say_count("{number} day", "{number} days", number)


def deadline_words(deadline: Deadline) -> str:
    """Say by when something is to be done: "by 2026-03-05"; "by a day from … to …"."""
    early, late = deadline
    if early is None and late is None:
        return say("by a day that is not told")
    early, late = as_recorded(early), as_recorded(late)
    if early == late:
        return say("by {day}", day=late)
    if early is None:
        return say("by {day} at the latest", day=late)
    if late is None:
        return say("by {day} at the earliest", day=early)
    return say("by a day from {early} to {late}", early=early, late=late)
