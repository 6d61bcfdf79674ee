"""The section of a report on what the rules of policies say of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from answerable.domain.dates import describe
from answerable.domain.language.saying import say, say_count, to_say_count
from answerable.projections.blocks.blocks import Block, Row, Section, bullets, paragraph, row, table
from answerable.projections.blocks.spans import (
    Line,
    Style,
    Words,
    line,
    recorded,
    say_line,
    strong,
    styled,
)
from answerable.projections.conformance.judgement import NOTHING, Verdict, source_words, title_words
from answerable.projections.conformance.output.words import verdict_words
from answerable.projections.conformance.rules.timed import MOMENT
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.report.elsewhere import elsewhere
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital

TONES: Mapping[Judgement, Style] = {
    "pass": "good",
    "fail": "bad",
    "indeterminate": "doubt",
    "pending": "doubt",
    "not-applicable": "emphasis",
}
"""Tell how each verdict is taken."""


def verdicts(lookup: Lookup) -> Section | None:
    """Write the verdicts of the rules that had anything to judge, and name the others.

    None where nothing is judged.
    """
    if not lookup.report.checks:
        return None
    title = say("Was it decided as it should have been?")
    heads = (say("Rule"), say("Verdict"), say("Why"), say("Events"), say("Source"))
    judged = [each for each in lookup.report.checks if each.applies]
    policies = dict.fromkeys(_policy(lookup, each) for each in judged)
    blocks = [*_undated(lookup)]
    if len(policies) == 1:
        blocks.append(paragraph(say("Judged by: {policy}.", policy=next(iter(policies)))))
    rows = [_verdict(lookup, each, several=len(policies) > 1) for each in judged]
    return Section("verdicts", title, (*blocks, table(heads, rows), *_idle(lookup)))


def _policy(lookup: Lookup, check: Verdict) -> str:
    """Name the policy of a rule by its title, and say which version of it judged."""
    return say("{policy}, version {version}", policy=_title(lookup, check), version=check.version)


def _title(lookup: Lookup, check: Verdict) -> str:
    title = lookup.report.header.policy_title(f"{check.policy}@{check.version}")
    return title_words(title, adopted=check.adopted)


def _undated(lookup: Lookup) -> Iterator[Block]:
    """Say that what is not done yet is not judged, where nobody asked about a day."""
    open_ = sum(say(MOMENT) in each.missing for each in lookup.report.checks)
    if open_:
        yield paragraph(
            say_count(
                "As of no day: whether what is not done yet is late, as {letters} rule asks, "
                "is judged by --as-of.",
                "As of no day: whether what is not done yet is late, as {letters} rules ask, "
                "is judged by --as-of.",
                open_,
            )
        )


def _verdict(lookup: Lookup, check: Verdict, *, several: bool) -> Row:
    source: Words = recorded(source_words(check.source, adopted=check.adopted))
    if several:
        source = say_line("{source} ({policy})", source=source, policy=_policy(lookup, check))
    return row(
        title_words(check.title, adopted=check.adopted),
        _said(check),
        _why(lookup, check),
        lookup.cite(*check.witnesses) or "–",
        source,
    )


def _said(check: Verdict) -> Line:
    """Say a verdict: "fail, 5 days late"."""
    said = styled(TONES[check.verdict], strong(verdict_words(check.verdict)))
    if check.late is not None:
        said = say_line("{verdict}, {days} late", verdict=said, days=describe(check.late))
    return say_line("{verdict}, with a warning", verdict=said) if check.warning else said


def _why(lookup: Lookup, check: Verdict) -> Line:
    """Explain a verdict; of what other sections list event by event, say which."""
    if not check.explanation:
        return line(say("withheld"))
    section = elsewhere(lookup.report, check)
    return (
        lookup.said(check.explanation)
        if section is None
        else say_line("See {section}.", section=section)
    )


IDLE = to_say_count("{number} rule has nothing to judge.", "{number} rules have nothing to judge.")
"""Count the rules that ask nothing of what is on record."""


def _idle(lookup: Lookup) -> Iterator[Block]:
    idle: dict[tuple[str, str], list[str]] = {}
    for each in lookup.report.checks:
        if not each.applies:
            title = title_words(each.title, adopted=each.adopted)
            idle.setdefault((_title(lookup, each), each.explanation), []).append(title)
    if idle:
        number = sum(map(len, idle.values()))
        yield paragraph(say_count(*IDLE, number))
        yield bullets(
            (_unasked(policy, why, titles) for (policy, why), titles in idle.items()),
            fold=say("Which rules, and why"),
        )


def _unasked(policy: str, why: str, titles: list[str]) -> str:
    """Say which rules of a policy had nothing to judge, and why: several for one reason at once."""
    reason = why.removeprefix(say(NOTHING, why="\0").partition("\0")[0])
    if len(titles) > 1:
        rules = capital(say_count("{letters} rule", "{letters} rules", len(titles)))
        return say("{rules} of {policy}: {reason}", rules=rules, policy=policy, reason=reason)
    return say("{rule}: {reason}", rule=titles[0], reason=reason)
