"""The section of a report that quotes what was written at length."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.blocks.blocks import Quotation, Section
from answerable.projections.blocks.spans import emphasised, line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.timeline.timeline import Entry
from answerable.projections.wording.vocabulary import label, words

LONGEST = 4_000
"""The number of characters of a text that are shown; the JSON report has it whole."""


def in_their_words(lookup: Lookup) -> Section | None:
    """Quote the narratives of the case, where there are any."""
    quotations = tuple(each for entry in lookup.report.timeline for each in _spoken(lookup, entry))
    return Section("words", "In their words", quotations) if quotations else None


def _spoken(lookup: Lookup, entry: Entry) -> Iterator[Quotation]:
    for field in CATALOGUE[entry.kind].quoted:
        text = lookup.text(entry.event_id, field)
        head = line(strong(f"#{entry.position}"), f" {words(entry.kind)}, {label(field)}")
        if text.state in ("withheld", "erased"):
            yield Quotation(line(head, ": ", emphasised(text.state)), None)
        elif text.state == "told":
            for each in text.value if isinstance(text.value, list | tuple) else (text.value,):
                yield Quotation(head, _shortened(str(each)))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text) - LONGEST:,} more characters in the JSON report)"
