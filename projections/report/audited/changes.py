"""The section of a report on what was changed afterwards, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from answerable.projections.auditing.changes import IN_ORDER, Change, FieldChange
from answerable.projections.blocks.blocks import Row, Section, cell, paragraph, row, table
from answerable.projections.blocks.spans import Line, joined, line, recorded
from answerable.projections.facts.disclosed import Text
from answerable.projections.report.lookup import Lookup, text_words
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import recorded_minute
from answerable.projections.wording.vocabulary import NOT_TOLD, field_words, label

HEADS = ("#", "What was done", "Fields", "Why", "By", "Recorded", "Recorded by")


def changes(lookup: Lookup) -> Section | None:
    """Write the section, where anything was changed."""
    made = lookup.report.changes
    if not made:
        return None
    tally = Counter(each.sort for each in made)
    said = ", ".join(f"{tally[sort]:,} {sort}" for sort in IN_ORDER if tally[sort])
    told = table(HEADS, [_change(lookup, each) for each in made])
    head = paragraph(f"{counted(len(made), 'change')}: {said}.")
    return Section("changes", "What was changed", (head, told))


def _change(lookup: Lookup, change: Change) -> Row:
    fields = tuple(_fields(lookup, change))
    return row(
        f"#{change.position}",
        cell(*_what(lookup, change)),
        cell(*fields) if fields else "none",
        text_words(change.reason),
        lookup.parties(change.by),
        recorded_minute(change.recorded_at, lookup.report.header.zone),
        text_words(change.recorded_by),
        position=change.position,
    )


def _what(lookup: Lookup, change: Change) -> Iterator[Line]:
    if change.subject is not None:
        under = "" if change.legal_basis is None else f", under {change.legal_basis}"
        whose = lookup.party(change.subject)
        yield line("erased: personal data of ", whose, under)
    else:
        at = "" if change.target_position is None else f"#{change.target_position} "
        yield line(f"{change.sort}: {at}", lookup.said(change.gist))
    if change.texts is not None:
        yield line(counted(change.texts, "text was destroyed", "texts were destroyed"))
    if change.retracted_by is not None:
        yield line("taken back by ", lookup.cite(change.retracted_by))


def _fields(lookup: Lookup, change: Change) -> Iterator[Line]:
    for each in change.fields:
        at = "" if each.position is None else f"#{each.position} "
        if change.sort == "erased":
            yield line(f"{at}{label(each.name or 'a text')}")
        elif each.name is None:
            yield line(f"{at}sealed texts; which is {each.after.state}")
        else:
            before, after = (_said(lookup, each, text) for text in (each.before, each.after))
            yield line(f"{at}{label(each.name)} was ", before, ", is now ", after)


def _said(lookup: Lookup, field: FieldChange, text: Text) -> Line:
    """Say what a field said at a time, or why that is not shown."""
    if text.state != "told":
        return line(text.state)
    if field.sealed:
        return line("“", recorded(plain_value(text.value)), "”")
    return field_value(lookup, field.name or "", text.value)


def field_value(lookup: Lookup, name: str, value: Any) -> Line:
    """Say the value of a public field: events by their numbers, parties by their names."""
    if isinstance(value, list | tuple):
        return joined(", ", (field_value(lookup, name, each) for each in value)) or line(NOT_TOLD)
    if isinstance(value, str) and value in lookup.positions:
        return lookup.cite(value)
    if isinstance(value, str) and lookup.name(value).state == "told":
        return lookup.party(value)
    return recorded(field_words(name, value))


def plain_value(value: Any) -> str:
    """Say a sealed value, as it is recorded."""
    if isinstance(value, list | tuple):
        return "; ".join(map(plain_value, value))
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values() if each is not None)
    return str(value)
