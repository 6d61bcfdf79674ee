"""Put the verdicts of `answerable check` in words: what fails first, rules in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from answerable.cli.judging.every.adding_up import Checked
from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.domain.language.saying import (
    figures,
    punctuation,
    say,
    say_count,
    to_say,
    to_say_count,
)
from answerable.projections.conformance.judgement import rule_text, source_words, title_words
from answerable.projections.conformance.output.judged_case import ERROR, is_fault
from answerable.projections.conformance.output.words import deadline_words, late_words
from answerable.projections.wording.counts import capital, in_a_row
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.projections.conformance.in_force.versions import Unreadable, Versions
    from answerable.projections.conformance.judgement import RuleHead, Verdict
    from answerable.projections.conformance.output.judged_case import JudgedCase
    from answerable.projections.conformance.worlds import Judgement
    from answerable.projections.titles import TitleOf

MISSING = 3
"""The most things that are listed as missing from one verdict."""


def unreadable_lines(found: Iterable[Unreadable]) -> Iterator[TextLine]:
    """Name each adopted policy that cannot judge, and why."""
    for each in found:
        said = say(
            "The policy {policy} {version} (#{position}) judges nothing: {why}.",
            policy=each.policy,
            version=each.version,
            position=each.position,
            why=each.why,
        )
        yield TextLine(said, "yellow")


def policies_called(versions: Versions) -> Mapping[str, str]:
    """Tell what the policies that judge are called, by their ids."""
    policies = ((each.document.policy, each.adopted) for each in versions.readable)
    return {each.id: title_words(each.title, adopted=adopted) for each, adopted in policies}


def case_lines(case: JudgedCase, policies: Mapping[str, str]) -> Iterator[TextLine]:
    """Lay out the verdicts on one case: the counts, what fails and why, then the rest.

    Args:
        case: as it was judged.
        policies: what policies are called, by their ids.
    """
    yield from _head(case)
    verdicts = case.verdicts
    several, judged_by = policies_cited(verdicts, policies)
    if judged_by:
        yield TextLine(f"  {judged_by}", "dim")
    yield from _section(say("Fails"), [v for v in verdicts if is_fault(v)], several, "red")
    looks = [v for v in verdicts if v.verdict == "fail" and not is_fault(v)]
    yield from _section(say("Worth a look"), looks, several, "yellow")
    unsure = [v for v in verdicts if v.verdict == "indeterminate"]
    yield from _section(say("Cannot be told"), unsure, several, "yellow")
    pending = [v for v in verdicts if v.verdict == "pending"]
    yield from _section(say("Pending"), pending, several, "cyan")
    yield from _passing([v for v in verdicts if v.verdict == "pass"])
    yield from _nothing([v for v in verdicts if v.verdict == "not-applicable"])
    if case.not_for_it:
        yield TextLine("")
        yield TextLine(say("Policies that are not for this case"), "bold")
        for policy, why in case.not_for_it.items():
            called = policies.get(policy, policy)
            told = say("{what}: {detail}", what=called, detail=why)
            yield TextLine(f"  {told}", "dim")


def policies_cited(
    rules: Iterable[Verdict | RuleHead], policies: Mapping[str, str]
) -> tuple[Mapping[str, str], str]:
    """Tell what to call the policies of rules beside each, or say once which it is of all.

    Args:
        rules: the rules, or their verdicts.
        policies: what policies are called, by their ids.
    """
    named = dict.fromkeys((each.policy, each.version) for each in rules)
    if len(named) != 1:
        return policies, ""
    ((policy, version),) = named
    return {}, say("Judged by: {policy}.", policy=_versioned(policies, policy, version))


def _versioned(policies: Mapping[str, str], policy: str, version: str) -> str:
    return say("{policy}, version {version}", policy=policies.get(policy, policy), version=version)


def _head(case: JudgedCase) -> Iterator[TextLine]:
    named = case_words(case.case_id, case.title)
    rules, fails = sum(each.applies for each in case.verdicts), case.fails
    if not case.verdicts:
        yield TextLine(say("No policy is for {case}.", case=named), "bold")
        return
    yield TextLine(_answer(rules, fails, named), "bold red" if fails else "bold green")
    tally = punctuation(", ").join(_tally(case))
    if idle := len(case.verdicts) - rules:
        more = say_count(IDLE, IDLE_SEVERAL, idle) if rules else ""
        tally = punctuation("; ").join(filter(None, (tally, more)))
    if tally:
        yield TextLine(f"  {say('{sentence}.', sentence=tally)}")


IDLE, IDLE_SEVERAL = to_say_count(
    "{number} more has nothing to judge", "{number} more have nothing to judge"
)
"""Count the rules that ask nothing of what is on record."""


def _answer(rules: int, fails: int, case: str) -> str:
    """Say how many rules fail, of those that have something to judge."""
    if fails and rules == 1:
        return say("The one rule that applies to {case} fails.", case=case)
    if fails:
        return say_count(
            "{number} of {rules} fails in {case}.",
            "{number} of {rules} fail in {case}.",
            fails,
            rules=_rules(rules),
            case=case,
        )
    if not rules:
        return say("No rule has anything to judge in {case}.", case=case)
    if rules == 1:
        return say("The one rule that applies to {case} does not fail.", case=case)
    return say("None of {rules} fails in {case}.", rules=_rules(rules), case=case)


def _rules(number: int) -> str:
    return say_count("{number} rule", "{number} rules", number)


def _tally(case: JudgedCase) -> Iterator[str]:
    """Count the rules that do not fail."""
    counts = case.counts
    warned = counts["fail"] - case.fails
    if warned:
        yield say("worth a look: {number}", number=figures(warned))
    for verdict, sentence in TALLY.items():
        if counts[verdict]:
            yield say(sentence, number=figures(counts[verdict]))


TALLY: Mapping[Judgement, str] = {
    "indeterminate": to_say("cannot be told: {number}"),
    "pending": to_say("pending: {number}"),
    "pass": to_say("pass: {number}"),
}
"""Counts the rules that do not fail, by their verdicts."""


def _section(
    title: str, verdicts: Sequence[Verdict], policies: Mapping[str, str], style: str
) -> Iterator[TextLine]:
    """Show verdicts at length, under a title; their policies where these are several."""
    if not verdicts:
        return
    yield TextLine("")
    yield TextLine(title, f"bold {style}")
    for verdict in verdicts:
        yield from _verdict_lines(verdict, policies, style)


def _verdict_lines(verdict: Verdict, policies: Mapping[str, str], style: str) -> Iterator[TextLine]:
    """Show a verdict at length: the rule, why, what would settle it, and where the rule is from.

    What the reason tells already, how late and what is not told, is not said again.
    """
    said = [rule_text(verdict.text, adopted=verdict.adopted)]
    if verdict.late and late_words(verdict.late) not in verdict.explanation:
        said.append(say("Late by {days}.", days=late_words(verdict.late)))
    if verdict.deadline:
        due = capital(deadline_words(verdict.deadline))
        said.append(say("{sentence}.", sentence=due))
    yield TextLine(f"  {in_a_row(said)}", style)
    yield TextLine(f"      {verdict.explanation}")
    if verdict.verdict == "indeterminate":
        told = verdict.settles or verdict.missing
        sentence = SETTLES if verdict.settles else UNTOLD
        if not all(each in verdict.explanation for each in told):
            yield TextLine(f"      {say(sentence, what=_first(told))}")
    for each in verdict.warnings:
        yield TextLine(f"      {say(LOOK, what=each)}")
    yield TextLine(f"      {_source(verdict, policies)}", "dim")


SETTLES, UNTOLD = to_say("To settle it: {what}."), to_say("Not told: {what}.")
LOOK = to_say("Worth a look: {what}")
"""Says what would settle a verdict, what it lacks, and what deserves a look beside it."""


def _first(things: Sequence[str]) -> str:
    more = len(things) - MISSING
    first = punctuation("; ").join(things[:MISSING])
    return (
        say("{first}; and {number} more", first=first, number=figures(more)) if more > 0 else first
    )


def _source(verdict: Verdict, policies: Mapping[str, str]) -> str:
    """Say where a rule is from, and of which policy it is, where these are several."""
    source = source_words(verdict.source, adopted=verdict.adopted)
    if not policies:
        return source
    policy = _versioned(policies, verdict.policy, verdict.version)
    return say("{source} ({policy})", source=source, policy=policy)


def _passing(verdicts: Sequence[Verdict]) -> Iterator[TextLine]:
    if verdicts:
        yield TextLine("")
        yield TextLine(say("Passes"), "bold green")
    for each in verdicts:
        yield TextLine(f"  {rule_text(each.text, adopted=each.adopted)}")
        for warning in each.warnings:
            yield TextLine(f"      {say(LOOK, what=warning)}", "yellow")


def _nothing(verdicts: Sequence[Verdict]) -> Iterator[TextLine]:
    if verdicts:
        yield TextLine("")
        yield TextLine(say("Nothing to judge"), "bold")
    for each in verdicts:
        yield TextLine(f"  {rule_text(each.text, adopted=each.adopted)}", "dim")


def separated(parts: Iterable[Iterable[TextLine]]) -> Iterator[TextLine]:
    """Lay out parts one after another, with an empty line between them."""
    for place, part in enumerate(parts):
        if place:
            yield TextLine("")
        yield from part


def register_lines(
    rules: Sequence[RuleHead],
    policies: Mapping[str, str],
    parts: Iterable[Checked],
    title_of: TitleOf,
    times: Sequence[str],
) -> Iterator[TextLine]:
    """Lay out the verdicts on many cases: the rules that fail, and the worst cases.

    Args:
        rules: the rules that judge.
        policies: what policies are called, by their ids.
        parts: what was made of the cases, a stretch of them at a time.
        title_of: tells the title of a case.
        times: the two times asked about, as options.
    """
    register = Checked()
    for part in parts:
        register.join(part)
    if not register.cases:
        yield TextLine(say("Nothing is on record that could be judged."), "bold")
        return
    failed = [each for each in rules if register.failed[each.policy, each.rule]]
    faults = [each for each in failed if each.severity == ERROR]
    yield TextLine(
        _failing(len(faults), len(register.applied), register),
        "bold red" if faults else "bold green",
    )
    failed.sort(key=lambda each: (each.severity != ERROR, -register.failed[each.policy, each.rule]))
    several, judged_by = policies_cited(failed, policies)
    if judged_by:
        yield TextLine(f"  {judged_by}", "dim")
    for each in failed:
        yield from _rule_lines(each, several, register)
    unsure = sum(number > 0 for number in register.untold.values())
    if unsure:
        yield TextLine(say("Cannot be told in some case: {rules}.", rules=_rules(unsure)), "dim")
    yield from _worst_lines(register, title_of, times)


def _failing(faults: int, rules: int, register: Checked) -> str:
    """Say how many rules fail, and in how many cases."""
    cases = say_count("{number} case", "{number} cases", register.cases)
    told = {"rules": _rules(rules), "cases": cases}
    if not rules:
        return say("No rule has anything to judge in any of {cases}.", cases=cases)
    if not faults:
        if rules == 1:
            return say("The one rule does not fail in any of {cases}.", cases=cases)
        return say("None of {rules} fails in any of {cases}.", **told)
    return say_count(
        "{number} of {rules} fails in {failing} of {cases}.",
        "{number} of {rules} fail in {failing} of {cases}.",
        faults,
        failing=figures(register.fails),
        **told,
    )


def _rule_lines(
    rule: RuleHead, policies: Mapping[str, str], register: Checked
) -> Iterator[TextLine]:
    key = (rule.policy, rule.rule)
    unsure = register.untold[key]
    said = say_count("fails in {number} case", "fails in {number} cases", register.failed[key])
    if unsure:
        said = say("{fails}, cannot be told in {number}", fails=said, number=figures(unsure))
    fault = rule.severity == ERROR
    yield TextLine(f"  {rule_text(rule.text, adopted=rule.adopted)}", "red" if fault else "yellow")
    if not fault:
        said = say("only worth a look; {what}", what=said)
    if policies:
        called = policies.get(rule.policy, rule.policy)
        said = say("{what} ({marks})", what=said, marks=called)
    yield TextLine(f"      {said}", "dim")


def _worst_lines(register: Checked, title_of: TitleOf, times: Sequence[str]) -> Iterator[TextLine]:
    worst = register.worst()
    if not worst:
        return
    more = register.listed - len(worst)
    yield TextLine("")
    head = say("The worst, of {number}", number=figures(register.listed))
    yield TextLine(head if more else say("By case"), "bold")
    for each in worst:
        named = case_words(each.case_id, title_of(each.case_id))
        told = say(
            "{number} of {rules}: {case}",
            number=figures(each.badness[0]),
            rules=_rules(each.rules),
            case=named,
        )
        yield TextLine(f"  {told}")
    yield TextLine("")
    command = suggested("check", worst[0].case_id, *times)
    yield TextLine(say("Why, in a case: {command}", command=command), "dim")
