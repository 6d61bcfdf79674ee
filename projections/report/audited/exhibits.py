"""The section of a report on its exhibits: what they are, who keeps them, what rests on them."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import punctuation, say, say_count
from answerable.projections.blocks.blocks import Cell, Row, Section, cell, row, table
from answerable.projections.blocks.spans import Line, line, say_line, struck
from answerable.projections.evidence.custody import Custody, CustodyGap
from answerable.projections.evidence.exhibits import Exhibit
from answerable.projections.report.lookup import Lookup, day, text_words
from answerable.projections.wording.answers import dispute_mark
from answerable.projections.wording.vocabulary import words


def exhibits(lookup: Lookup) -> Section | None:
    """Write the section, where there is any evidence."""
    found = lookup.report.exhibits
    if not found:
        return None
    heads = (
        *("#", say("What"), say("Collected"), say("Kept by")),
        *(say("Where"), say("Custody"), say("Bears")),
    )
    told = table(heads, [_exhibit(lookup, each) for each in found])
    return Section("exhibits", say("Exhibits"), (told,))


def _exhibit(lookup: Lookup, exhibit: Exhibit) -> Row:
    kept = exhibit.custody
    collected = kept.collection
    keeper = lookup.party(kept.keeper)
    return row(
        f"#{exhibit.position}",
        cell(*_what(exhibit)),
        say_line(
            "{who}, {date}",
            who=lookup.party(collected.to),
            date=day(collected.occurred, collected.zone),
        ),
        keeper if kept.certain else say_line("{what} (indeterminate)", what=keeper),
        text_words(exhibit.place.text),
        _custody(kept),
        cell(*(_bears(lookup, exhibit))) if exhibit.findings else say("no finding"),
        position=exhibit.position,
    )


def _what(exhibit: Exhibit) -> Iterator[Line]:
    description = text_words(exhibit.description)
    yield struck(description) if exhibit.retracted_by else description
    size = (
        None if exhibit.size is None else say_count("{number} byte", "{number} bytes", exhibit.size)
    )
    told = filter(None, (exhibit.media_type, size))
    comma = punctuation(", ")
    if said := comma.join(told):
        yield line(said)
    marks = (
        say("retracted") if exhibit.retracted_by else None,
        dispute_mark(exhibit.standing, exhibit.disputed_by),
        say("corrected") if exhibit.corrected_by else None,
    )
    if said := comma.join(mark for mark in marks if mark):
        yield line(said)


def _custody(kept: Custody) -> Cell:
    steps = [kept.collection.position, *(link.step.position for link in kept.links)]
    hands = " → ".join(f"#{each}" for each in steps)
    if not kept.gaps:
        return cell(say("{hands}; no gaps", hands=hands))
    return cell(hands, *map(_gap, kept.gaps))


def _gap(gap: CustodyGap) -> str:
    said = gap.text
    if gap.verdict == "indeterminate":
        said = say("{what} (indeterminate)", what=said)
    return say("{what} (#{position})", what=said, position=gap.position)


def _bears(lookup: Lookup, exhibit: Exhibit) -> Iterator[Line]:
    for each in exhibit.findings:
        yield say_line(
            "the finding about {party} ({outcome}) #{position}",
            party=lookup.party(each.subject),
            outcome=words(each.outcome),
            position=str(each.position),
        )
