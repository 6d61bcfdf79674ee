"""The section of a report that quotes what was written at length."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import figures, say, term_words
from answerable.projections.blocks.blocks import Quotation, Section
from answerable.projections.blocks.spans import emphasised, say_line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.timeline.timeline import Entry
from answerable.projections.wording.vocabulary import label, words

LONGEST = 4_000
"""The number of characters of a text that are shown; the JSON report has it whole."""


def in_their_words(lookup: Lookup) -> Section | None:
    """Quote the narratives of the case, where there are any."""
    quotations = tuple(each for entry in lookup.report.timeline for each in _spoken(lookup, entry))
    return Section("words", say("In their words"), quotations) if quotations else None


def _spoken(lookup: Lookup, entry: Entry) -> Iterator[Quotation]:
    for field in CATALOGUE[entry.kind].quoted:
        text = lookup.text(entry.event_id, field)
        head = say_line(
            "{event} {kind}, {field}",
            event=strong(f"#{entry.position}"),
            kind=words(entry.kind),
            field=label(field),
        )
        if text.state in ("withheld", "erased"):
            state = emphasised(term_words(text.state))
            yield Quotation(say_line("{what}: {state}", what=head, state=state), None)
        elif text.state == "told":
            for each in text.value if isinstance(text.value, list | tuple) else (text.value,):
                yield Quotation(head, _shortened(str(each)))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    more = figures(len(text) - LONGEST)
    start = text[:LONGEST]
    return say("{start}… ({number} more characters in the JSON report)", start=start, number=more)
