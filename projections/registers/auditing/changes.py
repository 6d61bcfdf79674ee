"""Make registers of what was changed: a row a change, and a row a field that reads otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    EVENT_ID,
    FIELD,
    OCCURRED,
    POSITION,
    RECORDED,
    SORT,
    TITLE,
    called,
    party,
    sealed,
)

if TYPE_CHECKING:
    from answerable.projections.auditing.changes import Change, FieldChange
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.disclosed import Text
    from answerable.projections.facts.names import NameOf

CHANGES = Register(
    "changes",
    "What was changed",
    (
        *(CASE, TITLE, POSITION, SORT),
        Column("target", "Changed event", "event"),
        Column("gist", "What was changed"),
        RECORDED,
        Column("recorded_by", "Recorded by"),
        party("by", "Whose doing", many=True),
        OCCURRED,
        Column("reason", "Why"),
        party("subject", "Whose data was erased"),
        Column("legal_basis", "Legal basis"),
        Column("texts", "Texts destroyed", "whole"),
        Column("taken_back", "Taken back itself", "truth"),
        EVENT_ID,
    ),
)

FIELDS = Register(
    "fields",
    "What reads otherwise",
    (
        *(CASE, POSITION),
        Column("target", "Changed event", "event"),
        FIELD,
        Column("sealed", "Sealed", "truth"),
        Column("before", "Before"),
        Column("after", "Now"),
    ),
)


class ChangeWords(NamedTuple):
    """Hold how changes are put into words.

    Attributes:
        title_of: tells the title of a case.
        name_of: what to call a party.
        say: says what a field of a change said at a time.
    """

    title_of: Callable[[str], str | None]
    name_of: NameOf
    say: Callable[[CaseView, FieldChange, Text], str]


def change_registers(found: Iterable[tuple[CaseView, Change]], words: ChangeWords) -> Registers:
    """Make registers of changes.

    Args:
        found: the changes, each with its case.
        words: how they are put into words.
    """
    return Registers((CHANGES, FIELDS), _rows(found, words))


def _rows(found: Iterable[tuple[CaseView, Change]], words: ChangeWords) -> Iterator[Row]:
    for view, change in found:
        title = words.title_of(change.case_id)
        yield from change_rows(change, title, words.name_of, partial(words.say, view))


def change_rows(
    change: Change,
    title: str | None,
    name_of: NameOf,
    say: Callable[[FieldChange, Text], str],
) -> Iterator[Row]:
    """Yield the rows of a change: its own, and one a field.

    Args:
        change: which.
        title: what its case is called.
        name_of: what to call a party.
        say: says what a field of it said at a time.
    """
    yield _change(change, title, name_of)
    for field in change.fields:
        before, after = (say(field, each) for each in (field.before, field.after))
        target = change.target_position if field.position is None else field.position
        where = (change.case_id, change.position, target)
        yield Row(FIELDS.name, (*where, field.name, field.sealed, before, after))


def _change(each: Change, title: str | None, name_of: NameOf) -> Row:
    return Row(
        CHANGES.name,
        (
            *(each.case_id, title, each.position, each.sort),
            *(each.target_position, each.gist, each.recorded_at, sealed(each.recorded_by)),
            tuple(called(party, name_of) for party in each.by),
            *(each.occurred, sealed(each.reason)),
            called(each.subject, name_of),
            *(each.legal_basis, each.texts, each.retracted_by is not None, each.event_id),
        ),
    )
