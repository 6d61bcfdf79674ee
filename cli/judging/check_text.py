"""Put the verdicts of `answerable check` in words: what fails first, rules in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from answerable.cli.judging.every.adding_up import Checked
from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.projections.conformance.output.judged_case import ERROR, is_fault
from answerable.projections.conformance.output.words import deadline_words, late_words
from answerable.projections.wording.counts import capital, counted
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.projections.conformance.in_force.versions import Unreadable
    from answerable.projections.conformance.judgement import RuleHead, Verdict
    from answerable.projections.conformance.output.judged_case import JudgedCase
    from answerable.projections.titles import TitleOf

MISSING = 3
"""The most things that are listed as missing from one verdict."""


def unreadable_lines(found: Iterable[Unreadable]) -> Iterator[TextLine]:
    """Name each adopted policy that cannot judge, and why."""
    for each in found:
        yield TextLine(
            f"The policy {each.policy} {each.version} (#{each.position}) judges nothing: "
            f"{each.why}.",
            "yellow",
        )


def case_lines(case: JudgedCase) -> Iterator[TextLine]:
    """Lay out the verdicts on one case: the counts, what fails and why, then the rest."""
    yield from _head(case)
    verdicts = case.verdicts
    yield from _section("Fails", [v for v in verdicts if is_fault(v)], "red")
    looks = [v for v in verdicts if v.verdict == "fail" and not is_fault(v)]
    yield from _section("Worth a look", looks, "yellow")
    unsure = [v for v in verdicts if v.verdict == "indeterminate"]
    yield from _section("Cannot be told", unsure, "yellow")
    yield from _section("Pending", [v for v in verdicts if v.verdict == "pending"], "cyan")
    yield from _passing([v for v in verdicts if v.verdict == "pass"])
    yield from _nothing([v for v in verdicts if v.verdict == "not-applicable"])
    if case.not_for_it:
        yield TextLine("")
        yield TextLine("Policies that are not for this case", "bold")
        for policy, why in case.not_for_it.items():
            yield TextLine(f"  {policy}: {why}", "dim")


def _head(case: JudgedCase) -> Iterator[TextLine]:
    named = case_words(case.case_id, case.title)
    rules, fails = len(case.verdicts), case.fails
    if not rules:
        yield TextLine(f"No policy is for {named}.", "bold")
        return
    verb = "fails" if fails == 1 else "fail"
    said = f"{fails:,} of {counted(rules, 'rule')} {verb} in {named}."
    yield TextLine(capital(said), "bold red" if fails else "bold green")
    yield TextLine(f"  {', '.join(_tally(case))}.")


def _tally(case: JudgedCase) -> Iterator[str]:
    """Count the rules that do not fail."""
    counts = case.counts
    warned = counts["fail"] - case.fails
    if warned:
        yield f"worth a look: {warned:,}"
    yield f"cannot be told: {counts['indeterminate']:,}"
    yield f"pending: {counts['pending']:,}"
    yield f"pass: {counts['pass']:,}"
    yield f"nothing to judge: {counts['not-applicable']:,}"


def _section(title: str, verdicts: Sequence[Verdict], style: str) -> Iterator[TextLine]:
    """Show verdicts at length, under a title."""
    if not verdicts:
        return
    yield TextLine("")
    yield TextLine(title, f"bold {style}")
    for verdict in verdicts:
        yield from verdict_lines(verdict, style)


def verdict_lines(verdict: Verdict, style: str = "") -> Iterator[TextLine]:
    """Show a verdict at length: the rule, why, what would settle it, and where the rule is from."""
    late = f" Late by {late_words(verdict.late)}." if verdict.late else ""
    until = f" {capital(deadline_words(verdict.deadline))}." if verdict.deadline else ""
    yield TextLine(f"  {verdict.text}{late}{until}", style)
    yield TextLine(f"      {verdict.explanation}")
    if verdict.verdict == "indeterminate":
        told = verdict.settles or verdict.missing
        word = "To settle it" if verdict.settles else "Not told"
        if told:
            yield TextLine(f"      {word}: {_first(told)}.")
    for each in verdict.warnings:
        yield TextLine(f"      Worth a look: {each}")
    yield TextLine(f"      {source_words(verdict)}", "dim")


def _first(things: Sequence[str]) -> str:
    more = len(things) - MISSING
    return f"{'; '.join(things[:MISSING])}{f'; and {more:,} more' if more > 0 else ''}"


def source_words(verdict: Verdict) -> str:
    """Say where a rule is from: "ISO 37002:2021, 8.4.4 (generic 1, heard-first)"."""
    return f"{verdict.source} ({verdict.policy} {verdict.version}, {verdict.rule})"


def _passing(verdicts: Sequence[Verdict]) -> Iterator[TextLine]:
    if verdicts:
        yield TextLine("")
        yield TextLine("Passes", "bold green")
    for each in verdicts:
        yield TextLine(f"  {each.text}")
        for warning in each.warnings:
            yield TextLine(f"      Worth a look: {warning}", "yellow")


def _nothing(verdicts: Sequence[Verdict]) -> Iterator[TextLine]:
    if verdicts:
        yield TextLine("")
        yield TextLine("Nothing to judge", "bold")
    for each in verdicts:
        yield TextLine(f"  {each.text}", "dim")


def separated(parts: Iterable[Iterable[TextLine]]) -> Iterator[TextLine]:
    """Lay out parts one after another, with an empty line between them."""
    for place, part in enumerate(parts):
        if place:
            yield TextLine("")
        yield from part


def register_lines(
    rules: Sequence[RuleHead], parts: Iterable[Checked], title_of: TitleOf, times: Sequence[str]
) -> Iterator[TextLine]:
    """Lay out the verdicts on many cases: the rules that fail, and the worst cases.

    Args:
        rules: the rules that judge.
        parts: what was made of the cases, a stretch of them at a time.
        title_of: tells the title of a case.
        times: the two times asked about, as options.
    """
    register = Checked()
    for part in parts:
        register.join(part)
    if not register.cases:
        yield TextLine("Nothing is on record that could be judged.", "bold")
        return
    failed = [each for each in rules if register.failed[each.policy, each.rule]]
    faults = [each for each in failed if each.severity == ERROR]
    verb = "fails" if len(faults) == 1 else "fail"
    where = f" in {register.fails:,}" if faults else " in any"
    yield TextLine(
        f"{len(faults):,} of {counted(len(rules), 'rule')} {verb}{where} of "
        f"{counted(register.cases, 'case')}.",
        "bold red" if faults else "bold green",
    )
    failed.sort(key=lambda each: (each.severity != ERROR, -register.failed[each.policy, each.rule]))
    for each in failed:
        yield from _rule_lines(each, register)
    unsure = sum(number > 0 for number in register.untold.values())
    if unsure:
        yield TextLine(f"Cannot be told in some case: {counted(unsure, 'rule')}.", "dim")
    yield from _worst_lines(register, title_of, times)


def _rule_lines(rule: RuleHead, register: Checked) -> Iterator[TextLine]:
    key = (rule.policy, rule.rule)
    unsure = register.untold[key]
    said = f"fails in {counted(register.failed[key], 'case')}"
    if unsure:
        said += f", cannot be told in {unsure:,}"
    fault = rule.severity == ERROR
    yield TextLine(f"  {rule.text}", "red" if fault else "yellow")
    only = "" if fault else "only worth a look; "
    yield TextLine(f"      {only}{said} ({rule.policy} {rule.version}, {rule.rule})", "dim")


def _worst_lines(register: Checked, title_of: TitleOf, times: Sequence[str]) -> Iterator[TextLine]:
    worst = register.worst()
    if not worst:
        return
    more = register.listed - len(worst)
    yield TextLine("")
    yield TextLine(f"The worst, of {register.listed:,}" if more else "By case", "bold")
    for each in worst:
        named = case_words(each.case_id, title_of(each.case_id))
        yield TextLine(f"  {each.badness[0]:,} of {counted(each.rules, 'rule')}: {named}")
    yield TextLine("")
    yield TextLine(f"Why, in a case: {suggested('check', worst[0].case_id, *times)}", "dim")
