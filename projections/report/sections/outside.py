"""The sections of a report on what lies outside of the house: proceedings elsewhere, agreements."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.accountability.outside.agreements import Agreement
from answerable.projections.blocks.blocks import Block, Section, paragraph, row, table
from answerable.projections.blocks.spans import Line, joined, line, strong
from answerable.projections.report.lookup import Lookup, day, text_words, value
from answerable.projections.report.sections.promises import promise_row
from answerable.projections.wording.counts import capital
from answerable.projections.wording.outside.agreement import agreement_state
from answerable.projections.wording.outside.proceeding import NO_FINDING, proceeding_state
from answerable.projections.wording.vocabulary import NOT_TOLD, agreement_words, proceeding_words

MEANING = f"What they come to is {NO_FINDING}: it neither holds anyone accountable nor clears them."


def proceedings(lookup: Lookup) -> Section | None:
    """Write the section on proceedings before other forums, where there are any."""
    found = [each for person in lookup.report.accountability.people for each in person.proceedings]
    if not found:
        return None
    heads = ("Against", "What", "By", "Before", "Charge", "Opened", "State", "Events")
    rows = [
        row(
            lookup.party(each.subject),
            proceeding_words(each.type),
            lookup.party(each.accuser),
            lookup.party(each.forum),
            _charge(each.charge, each.clause),
            day(each.occurred),
            proceeding_state(each),
            lookup.cite(each.event_id, *each.concluded_by, *each.disputed_by),
            position=each.position,
        )
        for each in found
    ]
    meaning = (
        f"What they come to is {NO_FINDING}: it neither holds anyone accountable nor clears them."
    )
    blocks = (paragraph(meaning), table(heads, rows))
    return Section("proceedings", "Proceedings outside of this house", blocks)


def _charge(charge: str | None, clause: str | tuple[str, ...] | None) -> Line:
    told = [value(each) for each in (charge, clause) if each is not None]
    return joined(", ", told) or line(NOT_TOLD)


def agreements(lookup: Lookup) -> Section | None:
    """Write the section on agreements and their terms, where there are any."""
    blocks = tuple(_agreements(lookup))
    return Section("agreements", "Agreements", blocks) if blocks else None


def _agreements(lookup: Lookup) -> Iterator[Block]:
    heads = ("Term of", "What", "Amount", "Due", "State", "Events")
    for each in lookup.report.agreements:
        yield paragraph(_agreement(lookup, each))
        if each.terms:
            yield table(heads, [promise_row(lookup, term) for term in each.terms])


def _agreement(lookup: Lookup, agreement: Agreement) -> Line:
    said: list[Line | str] = [
        strong(capital(agreement_words(agreement.type))),
        " between ",
        lookup.all_of(agreement.between),
        "" if agreement.until is None else f", until {day(agreement.until)}",
        f": {agreement_state(agreement)} (",
        lookup.cite(agreement.event_id, agreement.brought_by, *agreement.disputed_by),
        ").",
    ]
    if agreement.monitor is not None:
        said += " Monitor: ", lookup.party(agreement.monitor), "."
    matter = lookup.text(agreement.event_id, "matter")
    if matter.state == "told":
        said += " It settles: ", text_words(matter), "."
    return line(*said)
