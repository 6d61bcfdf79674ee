"""Say of verdicts how late something is, and by when it is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.domain.dates import Days
    from answerable.projections.conformance.judgement import Deadline


def late_words(late: Days) -> str:
    """Say how late something is: "3 days"; "3 to 5 days"; "3 days or more"; "at most 5 days"."""
    least, most = late
    if least == most and least is not None:
        return counted(least, "day") if least else "less than a day"
    if most is None:
        return "an unknown number of days" if least is None else f"{counted(least, 'day')} or more"
    if not least:
        return f"at most {counted(most, 'day')}"
    return f"{least:,} to {counted(most, 'day')}"


def deadline_words(deadline: Deadline) -> str:
    """Say by when something is to be done: "by 2026-03-05"; "by a day from … to …"."""
    early, late = deadline
    if early is None and late is None:
        return "by a day that is not told"
    if early == late or early is None:
        return f"by {late}" if early else f"by {late} at the latest"
    return f"by {early} at the earliest" if late is None else f"by a day from {early} to {late}"
