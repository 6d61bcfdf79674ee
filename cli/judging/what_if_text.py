"""Put in words what another policy would have found: which verdicts differ, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from answerable.cli.judging.every.adding_up import WORST, Differing
from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.projections.conformance.judgement import explained
from answerable.projections.wording.counts import counted
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.domain.policy.document import Policy
    from answerable.projections.conformance.judgement import Judged, Outcome
    from answerable.projections.conformance.saying.comparing import Replaced, Switch
    from answerable.projections.conformance.worlds import Judgement
    from answerable.projections.titles import TitleOf

Leaving = Callable[[str], Sequence["Judged"]]
"""Tells which measures of a case leave what a guideline allows."""

WORDS: dict[Judgement, str] = {
    "fail": "fails",
    "indeterminate": "cannot be told",
    "pending": "is pending",
    "pass": "passes",
    "not-applicable": "nothing to judge",
}


def header(policy: Policy, instead: Replaced) -> Iterator[TextLine]:
    """Say which policy is tried, and what it would stand in for."""
    name = f"{policy.title} ({policy.id} {policy.version})"
    before = " and ".join(
        f"{each.document.policy.id} {each.document.policy.version}"
        for each in instead.versions.readable
    )
    if before:
        yield TextLine(f"Under {name} instead of {before}:", "bold")
    else:
        yield TextLine(f"Under {name} beside the policies in force, replacing none:", "bold")


def case_lines(case_id: str, title: str | None, switches: Sequence[Switch]) -> Iterator[TextLine]:
    """Lay out what differs in one case: each rule, what it comes to and would, and why."""
    named = case_words(case_id, title)
    if not switches:
        yield TextLine(f"Nothing differs in {named}.", "green")
        return
    yield TextLine(
        f"{counted(len(switches), 'verdict')} differ{_one(len(switches))} in {named}.", "bold"
    )
    for each in switches:
        yield TextLine(f"  {each.text}")
        was, now = each.course
        course = _course(None if each.was is None else was, None if each.now is None else now)
        yield TextLine(f"      {course}", _style(each))
        if each.was is not None:
            yield TextLine(f"      now: {_why(each.was)}", "dim")
        if each.now is not None:
            yield TextLine(f"      then: {_why(each.now)}")
    yield from _moved(switches)


def _course(was: Judgement | None, now: Judgement | None) -> str:
    before = "not asked" if was is None else WORDS[was]
    after = "not asked any more" if now is None else WORDS[now]
    return f"{before} → {after}"


def _style(each: Switch) -> str:
    was, now = each.course
    if now == "fail":
        return "red"
    return "green" if was == "fail" else "yellow"


def _why(outcome: Outcome) -> str:
    return outcome.in_words().explanation


def _moved(switches: Sequence[Switch]) -> Iterator[TextLine]:
    for title, measures in (
        ("Sanctions that leave the guideline", [j for each in switches for j in each.leaves]),
        ("Sanctions that come within the guideline", [j for each in switches for j in each.enters]),
    ):
        if measures:
            yield TextLine(title, "bold")
        yield from (TextLine(f"  {_measure(each)}") for each in measures)


def _measure(judged: Judged) -> str:
    item = judged.telling.item
    return explained((judged,)) if item is None else str(item)


def register_lines(
    parts: Iterable[Differing], leaving: Leaving, title_of: TitleOf, again: Sequence[str]
) -> Iterator[TextLine]:
    """Lay out what differs over many cases.

    Args:
        parts: what was made of the cases, a stretch of them at a time.
        leaving: tells of the measures of a case that leave what a guideline allows; it is asked of
            a few.
        title_of: tells the title of a case.
        again: the options that ask the same again, of one case.
    """
    all_of_them = Differing()
    for part in parts:
        all_of_them.join(part)
    differing = all_of_them.differing
    yield TextLine(
        f"Verdicts differ in {differing:,} of {counted(all_of_them.cases, 'case')}.",
        "bold yellow" if differing else "bold green",
    )
    courses = sorted(all_of_them.courses.items(), key=lambda each: -each[1].total())
    for (_, text), found in courses:
        yield TextLine(f"  {text}")
        for course, times in found.most_common():
            yield TextLine(f"      {_course(*course)}: {counted(times, 'case')}", "dim")
    named = ((case_id, _measure(each)) for case_id in all_of_them.left for each in leaving(case_id))
    yield from _leaving(named, all_of_them.leaves, all_of_them.enters, title_of)
    most = all_of_them.most()
    if most:
        yield TextLine("")
        yield TextLine("Where most differs", "bold")
    for many, case_id in most:
        yield TextLine(f"  {many:,}: {case_words(case_id, title_of(case_id))}")
    if most:
        yield TextLine("")
        yield TextLine(f"Why, in a case: {suggested('what-if', most[0][1], *again)}", "dim")


def _leaving(
    left: Iterator[tuple[str, str]], leaving: int, entering: int, title_of: TitleOf
) -> Iterator[TextLine]:
    if leaving:
        yield TextLine("")
        yield TextLine(f"{counted(leaving, 'sanction')} leave{_one(leaving)} the guideline", "bold")
    for case_id, text in islice(left, WORST):
        yield TextLine(f"  {text}, in {case_words(case_id, title_of(case_id))}")
    if leaving > WORST:
        yield TextLine(f"  and {leaving - WORST:,} more")
    if entering:
        yield TextLine("")
        yield TextLine(f"{counted(entering, 'sanction')} come{_one(entering)} within it", "bold")


def _one(number: int) -> str:
    return "s" if number == 1 else ""
