"""The sections of a report on what lies outside of the house: proceedings elsewhere, agreements."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.accountability.outside.agreements import Agreement
from answerable.projections.blocks.blocks import Block, Section, paragraph, row, table
from answerable.projections.blocks.spans import Line, Words, joined, line, say_line, strong
from answerable.projections.report.lookup import Lookup, day, text_words, value
from answerable.projections.report.sections.promises import promise_row
from answerable.projections.wording.counts import capital
from answerable.projections.wording.outside.agreement import agreement_state
from answerable.projections.wording.outside.proceeding import NO_FINDING, proceeding_state
from answerable.projections.wording.vocabulary import agreement_words, not_told, proceeding_words

MEANING = to_say(
    "What they come to is {no_finding}: it neither holds anyone accountable nor clears them."
)


def proceedings(lookup: Lookup) -> Section | None:
    """Write the section on proceedings before other forums, where there are any."""
    found = [each for person in lookup.report.accountability.people for each in person.proceedings]
    if not found:
        return None
    heads = (
        *(say("Against"), say("What"), say("By"), say("Before")),
        *(say("Charge"), say("Opened"), say("State"), say("Events")),
    )
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
    meaning = say(MEANING, no_finding=say(NO_FINDING))
    blocks = (paragraph(meaning), table(heads, rows))
    return Section("proceedings", say("Proceedings outside of this house"), blocks)


def _charge(charge: str | None, clause: str | tuple[str, ...] | None) -> Line:
    told = [value(each) for each in (charge, clause) if each is not None]
    return joined(punctuation(", "), told) or line(not_told())


def agreements(lookup: Lookup) -> Section | None:
    """Write the section on agreements and their terms, where there are any."""
    blocks = tuple(_agreements(lookup))
    return Section("agreements", say("Agreements"), blocks) if blocks else None


def _agreements(lookup: Lookup) -> Iterator[Block]:
    heads = (
        *(say("Term of"), say("What"), say("Amount")),
        *(say("Due"), say("State"), say("Events")),
    )
    for each in lookup.report.agreements:
        yield paragraph(_agreement(lookup, each))
        if each.terms:
            yield table(heads, [promise_row(lookup, term) for term in each.terms])


def _agreement(lookup: Lookup, agreement: Agreement) -> Line:
    told: dict[str, Words] = {
        "what": strong(capital(agreement_words(agreement.type))),
        "parties": lookup.all_of(agreement.between),
        "state": agreement_state(agreement),
        "events": lookup.cite(agreement.event_id, agreement.brought_by, *agreement.disputed_by),
    }
    if agreement.until is None:
        said = say_line("{what} between {parties}: {state} ({events}).", **told)
    else:
        end = day(agreement.until)
        said = say_line(
            "{what} between {parties}, until {end}: {state} ({events}).", **told, end=end
        )
    for then in _details(lookup, agreement):
        said = say_line("{first} {then}", first=said, then=then)
    return said


def _details(lookup: Lookup, agreement: Agreement) -> Iterator[Line]:
    if agreement.monitor is not None:
        yield say_line("Monitor: {party}.", party=lookup.party(agreement.monitor))
    matter = lookup.text(agreement.event_id, "matter")
    if matter.state == "told":
        yield say_line("It settles: {matter}.", matter=text_words(matter))
