"""The section of a report on what was changed afterwards, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from answerable.domain.language.saying import figures, say, say_as, say_count, term_words, to_say_as
from answerable.projections.auditing.changes import IN_ORDER, Change, FieldChange, Sort
from answerable.projections.blocks.blocks import Row, Section, cell, paragraph, row, table
from answerable.projections.blocks.spans import (
    Line,
    Words,
    joined,
    line,
    quoted,
    recorded,
    say_line,
)
from answerable.projections.facts.disclosed import Text
from answerable.projections.report.lookup import Lookup, text_words
from answerable.projections.wording.dates import recorded_minute
from answerable.projections.wording.vocabulary import field_words, label, not_told

SORTS: Mapping[Sort, str] = {
    "corrected": to_say_as("change", "corrected"),
    "retracted": to_say_as("change", "retracted"),
    "disputed": to_say_as("change", "disputed"),
    "withdrawn": to_say_as("change", "withdrawn"),
    "erased": to_say_as("change", "erased"),
    "renamed": to_say_as("change", "renamed"),
}
"""Says what was done."""


def changes(lookup: Lookup) -> Section | None:
    """Write the section, where anything was changed."""
    made = lookup.report.changes
    if not made:
        return None
    tally = Counter(each.sort for each in made)
    sorts = (_so_many(tally[sort], sort) for sort in IN_ORDER if tally[sort])
    number = say_count("{number} change", "{number} changes", len(made))
    head = say("{changes}: {sorts}.", changes=number, sorts=say_as("list", ", ").join(sorts))
    heads = (
        *("#", say("What was done"), say("Fields"), say("Why"), say("By")),
        *(say("Recorded"), say("Recorded by")),
    )
    told = table(heads, [_change(lookup, each) for each in made])
    return Section("changes", say("What was changed"), (paragraph(head), told))


def _so_many(number: int, sort: Sort) -> str:
    return say_as("change", "{number} {sort}", number=figures(number), sort=_sort(sort))


def _sort(sort: Sort) -> str:
    return say_as("change", SORTS[sort])


def _change(lookup: Lookup, change: Change) -> Row:
    fields = tuple(_fields(lookup, change))
    return row(
        f"#{change.position}",
        cell(*_what(lookup, change)),
        cell(*fields) if fields else say("none"),
        text_words(change.reason),
        lookup.parties(change.by),
        recorded_minute(change.recorded_at, lookup.report.header.zone),
        text_words(change.recorded_by),
        position=change.position,
    )


def _what(lookup: Lookup, change: Change) -> Iterator[Line]:
    if change.subject is not None:
        yield _erased(lookup.party(change.subject), change.legal_basis)
    else:
        what = _at(change.target_position, lookup.said(change.gist))
        yield say_line("{sort}: {what}", sort=_sort(change.sort), what=what)
    if change.texts is not None:
        told = say_count(
            "{number} text was destroyed", "{number} texts were destroyed", change.texts
        )
        yield line(told)
    if change.retracted_by is not None:
        yield say_line("taken back by {events}", events=lookup.cite(change.retracted_by))


def _erased(whose: Line, legal_basis: str | None) -> Line:
    if legal_basis is None:
        return say_line("erased: personal data of {party}", party=whose)
    return say_line(
        "erased: personal data of {party}, under {basis}", party=whose, basis=legal_basis
    )


def _at(position: int | None, what: Words) -> Line:
    """Say which event something is of: "#5 clause"."""
    return line(what) if position is None else line(f"#{position} ", what)


def _fields(lookup: Lookup, change: Change) -> Iterator[Line]:
    for each in change.fields:
        yield _at(each.position, _field(lookup, change.sort, each))


def _field(lookup: Lookup, sort: Sort, field: FieldChange) -> Line:
    if sort == "erased":
        return line(label(field.name) if field.name else say("a text"))
    if field.name is None:
        return line(say("sealed texts; which is {state}", state=term_words(field.after.state)))
    before, after = (_said(lookup, field, text) for text in (field.before, field.after))
    return say_line(
        "{field} was {before}, is now {after}",
        field=label(field.name),
        before=before,
        after=after,
    )


def _said(lookup: Lookup, field: FieldChange, text: Text) -> Line:
    """Say what a field said at a time, or why that is not shown."""
    if text.state != "told":
        return line(term_words(text.state))
    if field.sealed:
        return say_line("“{words}”", words=recorded(plain_value(text.value)))
    return field_value(lookup, field.name or "", text.value)


def field_value(lookup: Lookup, name: str, value: Any) -> Line:
    """Say the value of a public field: events by their numbers, parties by their names."""
    if isinstance(value, list | tuple):
        return joined(
            say_as("list", ", "), (field_value(lookup, name, each) for each in value)
        ) or line(not_told())
    if isinstance(value, str) and value in lookup.positions:
        return lookup.cite(value)
    if isinstance(value, str) and lookup.name(value).state == "told":
        return lookup.party(value)
    return quoted(field_words(name, value), value)


def plain_value(value: Any) -> str:
    """Say a sealed value, as it is recorded."""
    if isinstance(value, list | tuple):
        return "; ".join(map(plain_value, value))
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values() if each is not None)
    return str(value)
