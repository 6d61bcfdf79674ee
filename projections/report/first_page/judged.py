"""Which rules fail, and which are worth a look, in short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answerable.domain.language.saying import in_letters, punctuation, say, say_count, to_say
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, line, say_line, strong
from answerable.projections.conformance.judgement import Verdict, title_words
from answerable.projections.conformance.output.judged_case import is_fault
from answerable.projections.report.elsewhere import elsewhere
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital, in_a_row
from answerable.projections.wording.leading.drawn_together import sentences

OTHERWISE = (
    ("indeterminate", to_say("{letters} cannot be told")),
    ("pending", to_say("{letters} pending")),
)
"""The verdicts that are counted beside the failing ones, and how they are said."""

WITHHELD = to_say("Why is withheld.")
"""Said of a verdict whose reasons those who read the report may not see."""


def judged(lookup: Lookup) -> Iterator[Block]:
    """Say how many rules fail, and why; then what is worth a look."""
    verdicts = [each for each in lookup.report.checks if each.applies]
    faults = [each for each in verdicts if is_fault(each)]
    if verdicts:
        said = _tally(verdicts, len(faults))
        yield paragraph(strong(f"{said}{punctuation(':' if faults else '.')}"))
    if faults:
        yield bullets(_fault(lookup, each) for each in faults)
    warnings = tuple(_worth_a_look(lookup, verdicts))
    if warnings:
        yield paragraph(strong(say("Worth a look:")))
        yield bullets(warnings)


def _tally(verdicts: Sequence[Verdict], faults: int) -> str:
    """Count: "Four of 16 rules fail; six cannot be told", "None of nine rules fails"."""
    rules = say_count("{letters} rule", "{letters} rules", len(verdicts))
    if faults and len(verdicts) == 1:
        said = [say("The one rule that applies fails")]
    elif faults:
        fail = say_count(
            "{letters} of {rules} fails", "{letters} of {rules} fail", faults, rules=rules
        )
        said = [capital(fail)]
    elif len(verdicts) == 1:
        said = [say("The one rule that applies does not fail")]
    else:
        said = [say("None of {rules} fails", rules=rules)]
    for verdict, words in OTHERWISE:
        if number := sum(each.verdict == verdict for each in verdicts):
            said.append(say(words, letters=in_letters(number)))
    return punctuation("; ").join(said)


def _fault(lookup: Lookup, check: Verdict) -> Line:
    section = elsewhere(lookup.report, check)
    told = _because(lookup, check) if section is None else say_line("See {part}.", part=section)
    return _titled(check, told)


def _titled(check: Verdict, told: Line) -> Line:
    title = strong(say("{title}.", title=title_words(check.title, adopted=check.adopted)))
    return say_line("{title} {told}", title=title, told=told)


def _because(lookup: Lookup, check: Verdict) -> Line:
    """Say what makes a rule fail, and no more; the section on verdicts explains the rest."""
    if not check.explanation:
        return line(say(WITHHELD))
    failing = (each.text for each in check.activations if each.verdict == "fail")
    return lookup.said(in_a_row(sentences(failing)))


def _worth_a_look(lookup: Lookup, verdicts: Sequence[Verdict]) -> Iterator[Line]:
    for each in verdicts:
        if each.verdict == "fail" and not is_fault(each):
            yield _fault(lookup, each)
        elif each.verdict != "fail":  # A failure's explanation has its warnings, too.
            for warning in each.warnings:
                yield _titled(each, lookup.said(warning))
