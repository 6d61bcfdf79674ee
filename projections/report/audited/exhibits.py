"""The section of a report on its exhibits: what they are, who keeps them, what rests on them."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.blocks.blocks import Cell, Row, Section, cell, row, table
from answerable.projections.blocks.spans import Line, line, struck
from answerable.projections.evidence.custody import Custody
from answerable.projections.evidence.exhibits import Exhibit
from answerable.projections.report.lookup import Lookup, day, text_words
from answerable.projections.wording.answers import dispute_mark
from answerable.projections.wording.counts import counted
from answerable.projections.wording.vocabulary import words

HEADS = ("#", "What", "Collected", "Kept by", "Where", "Custody", "Bears")


def exhibits(lookup: Lookup) -> Section | None:
    """Write the section, where there is any evidence."""
    found = lookup.report.exhibits
    if not found:
        return None
    told = table(HEADS, [_exhibit(lookup, each) for each in found])
    return Section("exhibits", "Exhibits", (told,))


def _exhibit(lookup: Lookup, exhibit: Exhibit) -> Row:
    kept = exhibit.custody
    collected = kept.collection
    keeper = lookup.party(kept.keeper)
    return row(
        f"#{exhibit.position}",
        cell(*_what(exhibit)),
        line(lookup.party(collected.to), f", {day(collected.occurred, collected.zone)}"),
        keeper if kept.certain else line(keeper, " (indeterminate)"),
        text_words(exhibit.place.text),
        _custody(kept),
        cell(*(_bears(lookup, exhibit))) if exhibit.findings else "no finding",
        position=exhibit.position,
    )


def _what(exhibit: Exhibit) -> Iterator[Line]:
    description = text_words(exhibit.description)
    yield struck(description) if exhibit.retracted_by else description
    size = None if exhibit.size is None else counted(exhibit.size, "byte")
    told = filter(None, (exhibit.media_type, size))
    if said := ", ".join(told):
        yield line(said)
    marks = (
        "retracted" if exhibit.retracted_by else None,
        dispute_mark(exhibit.standing, exhibit.disputed_by),
        "corrected" if exhibit.corrected_by else None,
    )
    if said := ", ".join(mark for mark in marks if mark):
        yield line(said)


def _custody(kept: Custody) -> Cell:
    steps = [kept.collection.position, *(link.step.position for link in kept.links)]
    hands = " → ".join(f"#{each}" for each in steps)
    if not kept.gaps:
        return cell(f"{hands}; no gaps")
    doubt = {"fail": "", "indeterminate": " (indeterminate)"}
    gaps = (f"{each.text}{doubt[each.verdict]} (#{each.position})" for each in kept.gaps)
    return cell(hands, *gaps)


def _bears(lookup: Lookup, exhibit: Exhibit) -> Iterator[Line]:
    for each in exhibit.findings:
        who = lookup.party(each.subject)
        yield line("the finding about ", who, f" ({words(each.outcome)}) #{each.position}")
