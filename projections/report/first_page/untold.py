"""Say what the record does not tell, in short: all that rules and dates hang on, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.domain.language.saying import punctuation, say, say_count
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, line, say_line, strong
from answerable.projections.conformance.rules.naming import DATE_OF
from answerable.projections.conformance.rules.timed import MOMENT
from answerable.projections.report.elsewhere import elsewhere, is_executed
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital
from answerable.projections.wording.leading.drawn_together import drawn_together

_CITED = re.compile(r"(?: \(|（)#(\d+)[)）]$")
"""Match the number of the event that a thing is called by, at its end."""


def untold(lookup: Lookup) -> Iterator[Block]:
    """List what the record does not tell."""
    lines = (*_missing(lookup), *_executions(lookup), *_dates(lookup))
    if lines:
        yield paragraph(strong(say("The record does not tell:")))
        yield bullets(lines)


def _missing(lookup: Lookup) -> Iterator[Line]:
    """Say what rules cannot be judged for want of."""
    undated = {gap.position for gap in lookup.report.gaps}
    missing = dict.fromkeys(
        what
        for each in lookup.report.checks
        if each.verdict == "indeterminate" and not is_executed(each)
        for what in each.missing
        if what != say(MOMENT)
    )
    for said in drawn_together(what for what in missing if _date_of(what) not in undated):
        yield line(lookup.said(capital(said)), punctuation("."))


def _date_of(what: str) -> int | None:
    """Return the event whose date is missing, which is said of all dates at once; None: none is."""
    before, after = say(DATE_OF, thing="\0").split("\0")
    if not (what.startswith(before) and what.endswith(after)):
        return None
    found = _CITED.search(what.removeprefix(before).removesuffix(after))
    return None if found is None else int(found[1])


def _executions(lookup: Lookup) -> Iterator[Line]:
    for each in lookup.report.checks:
        told = elsewhere(lookup.report, each) is not None
        if is_executed(each) and each.verdict == "indeterminate" and not told:
            said = say_count(
                "Whether {letters} sanction was carried out",
                "Whether {letters} sanctions were carried out",
                len(each.missing),
            )
            yield say_line("{what} ({events}).", what=said, events=lookup.cite(*each.witnesses))


def _dates(lookup: Lookup) -> Iterator[Line]:
    gaps = lookup.report.gaps
    if gaps:
        said = say_count(
            "The exact date: {letters} event is not dated, or dated at one end only",
            "The exact date: {letters} events are not dated, or dated at one end only",
            len(gaps),
        )
        cited = lookup.cite(*(gap.event_id for gap in gaps))
        yield say_line("{what} ({events}).", what=said, events=cited)
