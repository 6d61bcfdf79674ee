"""The section of a report on what is still to be done."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import say
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.blocks.blocks import Row, Section, paragraph, row, table
from answerable.projections.blocks.spans import Line
from answerable.projections.report.lookup import Lookup, day
from answerable.projections.wording.answers import marked, shown_answer, whether
from answerable.projections.wording.obligation import BREACHED, item_words, open_words


def still_open(lookup: Lookup) -> Section:
    """Write what is open, of whom and since when, alike things in one row.

    Whether it is overdue is told where a day was asked about, by which it could be judged.
    """
    title = say("What is open")
    if not lookup.report.open:
        return Section("open", title, (paragraph(say("Nothing.")),))
    alike: dict[tuple[str | Line, ...], list[Obligation]] = {}
    for each in lookup.report.open:
        alike.setdefault(tuple(_said(lookup, each)), []).append(each)
    rows = [_row(lookup, those, said) for said, those in alike.items()]
    judged = lookup.report.header.as_of is not None
    overdue = (say("Overdue"),) if judged else ()
    told = table(("#", say("What"), say("Who"), say("Since"), say("Due"), *overdue), rows)
    return Section("open", title, (told,))


def _row(lookup: Lookup, those: list[Obligation], said: tuple[str | Line, ...]) -> Row:
    position = those[0].position if len(those) == 1 else None
    return row(lookup.cite(*(each.event_id for each in those)), *said, position=position)


def _said(lookup: Lookup, each: Obligation) -> Iterator[str | Line]:
    yield marked(item_words(each.what), _doubts(each))
    yield lookup.party(each.party)
    yield day(each.occurred)
    yield day(each.due)
    if each.overdue is not None:
        yield shown_answer(each.overdue)


def _doubts(each: Obligation) -> Iterator[str]:
    """Say whether something is on hold, or open at all; whether overdue has its own column."""
    yield whether(each.suspended, say("suspended"))
    yield whether(each.breached, say(BREACHED))
    if each.open == "unknown":
        yield open_words(each.open)
