"""Say beside another answer which rules of policies fail, and what shows why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.domain.language.saying import say

if TYPE_CHECKING:
    from answerable.projections.conformance.judgement import Verdict


def rule_lines(
    case: str,
    verdicts: Sequence[Verdict],
    times: Sequence[str],
    indent: str = "",
    *,
    now: bool,
) -> Iterator[TextLine]:
    """Lay out which rules fail in a case; nothing where none is for it.

    Args:
        case: the case.
        verdicts: those on it, or on the events that were asked about.
        times: the two times asked about, as options.
        indent: what each line begins with.
        now: whether no moment was asked about, so that deadlines are judged as of now.
    """
    from answerable.projections.conformance.saying.in_brief import brief_lines

    for number, line in enumerate(brief_lines(verdicts, now=now)):
        yield TextLine(f"{indent}{line}", "" if number else "bold")
    if verdicts:
        check = suggested("check", case, *times)
        said = say("Was it decided as it should have been: {command}", command=check)
        yield TextLine(f"{indent}{said}", "dim")
