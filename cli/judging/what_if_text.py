"""Put in words what another policy would have found: which verdicts differ, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from answerable.cli.judging.every.adding_up import WORST, Differing
from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.domain.language.saying import figures, say, say_as, say_count, to_say, to_say_as
from answerable.projections.conformance.judgement import explained, rule_text, title_words
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
    "fail": to_say_as("course", "fails"),
    "indeterminate": to_say_as("course", "cannot be told"),
    "pending": to_say_as("course", "is pending"),
    "pass": to_say_as("course", "passes"),
    "not-applicable": to_say_as("course", "nothing to judge"),
}


def header(policy: Policy, instead: Replaced) -> Iterator[TextLine]:
    """Say which policy is tried, and what it would stand in for."""
    name = _named(policy, policy.title)
    before = say_as("list", " and ").join(
        _named(each.document.policy, title_words(each.document.policy.title, adopted=each.adopted))
        for each in instead.versions.readable
    )
    if before:
        said = say("Under {policy} instead of {before}:", policy=name, before=before)
    else:
        said = say("Under {policy} beside the policies in force, replacing none:", policy=name)
    yield TextLine(said, "bold")


def _named(policy: Policy, title: str) -> str:
    """Name a policy by its title and its version, and by its id: two may be called alike."""
    return say("{what} ({marks})", what=title, marks=f"{policy.id} {policy.version}")


def case_lines(case_id: str, title: str | None, switches: Sequence[Switch]) -> Iterator[TextLine]:
    """Lay out what differs in one case: each rule, what it comes to and would, and why."""
    named = case_words(case_id, title)
    if not switches:
        yield TextLine(say("Nothing differs in {case}.", case=named), "green")
        return
    said = say_count(
        "{number} verdict differs in {case}.",
        "{number} verdicts differ in {case}.",
        len(switches),
        case=named,
    )
    yield TextLine(said, "bold")
    for each in switches:
        yield TextLine(f"  {rule_text(each.text)}")
        was, now = each.course
        course = _course(None if each.was is None else was, None if each.now is None else now)
        yield TextLine(f"      {course}", _style(each))
        if each.was is not None:
            yield TextLine(f"      {say(NOW, why=_why(each.was))}", "dim")
        if each.now is not None:
            yield TextLine(f"      {say(THEN, why=_why(each.now))}")
    yield from _moved(switches)


NOW, THEN = to_say("now: {why}"), to_say("then: {why}")
"""Says why a rule comes to what it does now, and would then."""


def _course(was: Judgement | None, now: Judgement | None) -> str:
    if was is not None and was == now:
        return say("{verdict} as before, for another reason", verdict=say_as("course", WORDS[was]))
    before = say("not asked") if was is None else say_as("course", WORDS[was])
    after = say("not asked any more") if now is None else say_as("course", WORDS[now])
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
        (say("Sanctions that leave the guideline"), [j for each in switches for j in each.leaves]),
        (
            say("Sanctions that come within the guideline"),
            [j for each in switches for j in each.enters],
        ),
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
    said = say(
        "Verdicts differ in {number} of {cases}.",
        number=figures(differing),
        cases=_cases(all_of_them.cases),
    )
    yield TextLine(said, "bold yellow" if differing else "bold green")
    courses = sorted(all_of_them.courses.items(), key=lambda each: -each[1].total())
    for (_, text), found in courses:
        yield TextLine(f"  {rule_text(text)}")
        for course, times in found.most_common():
            told = say("{what}: {detail}", what=_course(*course), detail=_cases(times))
            yield TextLine(f"      {told}", "dim")
    named = ((case_id, _measure(each)) for case_id in all_of_them.left for each in leaving(case_id))
    yield from _leaving(named, all_of_them.leaves, all_of_them.enters, title_of)
    most = all_of_them.most()
    if most:
        yield TextLine("")
        yield TextLine(say("Where most differs"), "bold")
    for many, case_id in most:
        case = case_words(case_id, title_of(case_id))
        told = say("{what}: {detail}", what=figures(many), detail=case)
        yield TextLine(f"  {told}")
    if most:
        yield TextLine("")
        command = suggested("what-if", most[0][1], *again)
        yield TextLine(say("Why, in a case: {command}", command=command), "dim")


def _cases(number: int) -> str:
    return say_count("{number} case", "{number} cases", number)


def _leaving(
    left: Iterator[tuple[str, str]], leaving: int, entering: int, title_of: TitleOf
) -> Iterator[TextLine]:
    if leaving:
        yield TextLine("")
        said = say_count(
            "{number} sanction leaves the guideline",
            "{number} sanctions leave the guideline",
            leaving,
        )
        yield TextLine(said, "bold")
    for case_id, text in islice(left, WORST):
        case = case_words(case_id, title_of(case_id))
        told = say("{what}, in {case}", what=text, case=case)
        yield TextLine(f"  {told}")
    if leaving > WORST:
        more = say("and {number} more", number=figures(leaving - WORST))
        yield TextLine(f"  {more}")
    if entering:
        yield TextLine("")
        said = say_count(
            "{number} sanction comes within it", "{number} sanctions come within it", entering
        )
        yield TextLine(said, "bold")
