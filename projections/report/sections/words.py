"""The section of a report that quotes what was written at length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import figures, say, term_words
from answerable.projections.blocks.blocks import Quotation, Section
from answerable.projections.blocks.spans import emphasised, say_line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.timeline.timeline import Entry
from answerable.projections.wording.counts import number_words
from answerable.projections.wording.vocabulary import label, words

LONGEST = 4_000
"""The number of characters of a text that are shown; the JSON report has it whole."""


def in_their_words(lookup: Lookup) -> Section | None:
    """Quote the narratives of the case, where there are any."""
    found: dict[_Spoken, list[int]] = {}
    for entry in lookup.report.timeline:
        for each in _spoken(lookup, entry):
            found.setdefault(each, []).append(entry.position)
    quotations = tuple(_quotation(*each) for each in found.items())
    return Section("words", say("In their words"), quotations) if quotations else None


class _Spoken(NamedTuple):
    """Hold what a field of events of a kind says; `text` is None where it is not to be read."""

    kind: str
    field: str
    state: str
    text: str | None


def _spoken(lookup: Lookup, entry: Entry) -> Iterator[_Spoken]:
    for field in CATALOGUE[entry.kind].quoted:
        text = lookup.text(entry.event_id, field)
        if text.state in ("withheld", "erased"):
            yield _Spoken(entry.kind, field, text.state, None)
        elif text.state == "told":
            for each in text.value if isinstance(text.value, list | tuple) else (text.value,):
                yield _Spoken(entry.kind, field, text.state, str(each))


def _quotation(spoken: _Spoken, positions: Sequence[int]) -> Quotation:
    """Quote what some events say in the same words, once."""
    head = say_line(
        "{event} {kind}, {field}",
        event=strong(number_words(positions)),
        kind=words(spoken.kind),
        field=label(spoken.field),
    )
    if spoken.text is not None:
        return Quotation(head, _shortened(spoken.text))
    state = emphasised(term_words(spoken.state))
    return Quotation(say_line("{what}: {state}", what=head, state=state), None)


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    more = figures(len(text) - LONGEST)
    start = text[:LONGEST]
    return say("{start}… ({number} more characters in the JSON report)", start=start, number=more)
