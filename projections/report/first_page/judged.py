"""Which rules fail, what the record does not tell, and what is still open, in short."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, joined, line, strong
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.report.elsewhere import elsewhere, is_executed
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital, spelt
from answerable.projections.wording.obligation import BREACHED, OVERDUE, open_spelt, open_words

UNEXECUTED = "no execution on record"
"""Said where sanctions are told to be open: they were imposed, and no more is known."""

TO_EXECUTE = "sanction to execute"
"""Name what is open of a sanction not executed on record, nor held up by anything."""


def judged(lookup: Lookup) -> Iterator[Block]:
    """Say which rules fail, and which warn."""
    checks = lookup.report.checks
    lines = [
        line(strong(each.title), ": fails", _because(lookup, each))
        for each in checks
        if each.verdict == "fail"
    ]
    lines.extend(
        line(strong(each.title), ": a warning. ", lookup.said(warning))
        for each in checks
        if each.verdict != "fail"  # A failure's explanation has its warnings, too.
        for warning in each.warnings
    )
    if lines:
        made = sum(each.applies for each in checks)
        yield paragraph(strong(f"{capital(spelt(made, 'rule was', 'rules were'))} judged:"))
        yield bullets(lines)


def _because(lookup: Lookup, check: Verdict) -> Line:
    section = elsewhere(lookup.report, check)
    if section is None:
        return line(". ", lookup.said(check.explanation))
    return line("; see ", section, ".")


def untold(lookup: Lookup) -> Iterator[Block]:
    """List what the record does not tell, and rules or dates hang on."""
    report = lookup.report
    lines = [
        line(lookup.said(capital(missing)), ".")
        for each in report.checks
        if each.verdict == "indeterminate"
        for missing in each.missing
        if not is_executed(each)
    ]
    for each in report.checks:
        if is_executed(each) and each.verdict == "indeterminate" and not elsewhere(report, each):
            number = spelt(len(each.missing), "sanction was", "sanctions were")
            cited = lookup.cite(*each.witnesses)
            lines.append(line(f"Whether {number} carried out (", cited, ")."))
    if report.gaps:
        dates = spelt(len(report.gaps), "event is", "events are")
        cited = lookup.cite(*(gap.event_id for gap in report.gaps))
        said = f"The exact date: {dates} not dated, or dated at one end only ("
        lines.append(line(said, cited, ")."))
    if lines:
        yield paragraph(strong("The record does not tell:"))
        yield bullets(lines)


def still_open(lookup: Lookup) -> Iterator[Block]:
    """Say what is still open, alike things together."""
    found: dict[str, list[str]] = {}
    for each in lookup.report.open:
        mark = f", {BREACHED}" if each.breached == "yes" else ""
        mark += f", {OVERDUE}" if each.overdue == "yes" else ""
        mark = f", {open_words(each.open)}" if each.open == "unknown" else mark
        found.setdefault(f"{each.what}{mark}", []).append(each.event_id)
    said = [
        line(f"{open_spelt(len(events), what)} (", lookup.cite(*events), f"{_unexecuted(what)})")
        for what, events in found.items()
    ]
    if said:
        yield paragraph(strong("Still open:"), " ", joined("; ", said), ".")


def _unexecuted(what: str) -> str:
    return f"; {UNEXECUTED}" if what == TO_EXECUTE else ""
