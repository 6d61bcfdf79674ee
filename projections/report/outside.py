"""The part of a report on what lies outside of the house: proceedings elsewhere, agreements."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.accountability.outside.agreements import Agreement
from answerable.projections.output.markdown_text import escaped, table
from answerable.projections.report.page import Page, day, text_words, value
from answerable.projections.report.promises import promise_row
from answerable.projections.wording.counts import capital, listed
from answerable.projections.wording.outside.agreement import agreement_state
from answerable.projections.wording.outside.proceeding import NO_FINDING, proceeding_state
from answerable.projections.wording.vocabulary import NOT_TOLD, agreement_words, proceeding_words


def outside(page: Page) -> Iterator[str]:
    """Write the sections, where there is something to tell."""
    yield from _proceedings(page)
    yield from _agreements(page)


def in_short(page: Page) -> Iterator[str]:
    """Say what other forums came to, and which agreements there are, for the first page."""
    lines = [
        f"- {page.party(each.subject)}: {escaped(proceeding_words(each.type))}, "
        f"{escaped(proceeding_state(each))} ({page.cite(each.event_id, *each.concluded_by)})."
        for person in page.report.accountability.people
        for each in person.proceedings
    ]
    if lines:
        yield f"**Before other forums ({NO_FINDING}):**"
        yield "\n".join(lines)
    agreed = [
        f"- {capital(escaped(agreement_words(each.type)))} between "
        f"{listed(each.between, page.party)}: "
        f"{escaped(agreement_state(each))} ({page.cite(each.event_id, each.brought_by)})."
        for each in page.report.agreements
    ]
    if agreed:
        yield "**Agreements:**"
        yield "\n".join(agreed)


def _proceedings(page: Page) -> Iterator[str]:
    found = [each for person in page.report.accountability.people for each in person.proceedings]
    if not found:
        return
    yield "## Proceedings outside of this house"
    yield f"What they come to is {NO_FINDING}: it neither holds anyone accountable nor clears them."
    yield table(
        ("Against", "What", "By", "Before", "Charge", "Opened", "State", "Events"),
        [
            (
                page.party(each.subject),
                escaped(proceeding_words(each.type)),
                page.party(each.accuser),
                page.party(each.forum),
                _charge(each.charge, each.clause),
                day(each.occurred),
                escaped(proceeding_state(each)),
                page.cite(each.event_id, *each.concluded_by, *each.disputed_by),
            )
            for each in found
        ],
    )


def _charge(charge: str | None, clause: str | tuple[str, ...] | None) -> str:
    told = [value(each) for each in (charge, clause) if each is not None]
    return ", ".join(told) or NOT_TOLD


def _agreements(page: Page) -> Iterator[str]:
    if not page.report.agreements:
        return
    yield "## Agreements"
    for each in page.report.agreements:
        yield _agreement(page, each)
        if each.terms:
            yield table(
                ("Term of", "What", "Amount", "Due", "State", "Events"),
                [promise_row(page, term) for term in each.terms],
            )


def _agreement(page: Page, agreement: Agreement) -> str:
    until = "" if agreement.until is None else f", until {day(agreement.until)}"
    monitor = "" if agreement.monitor is None else f" Monitor: {page.party(agreement.monitor)}."
    matter = page.text(agreement.event_id, "matter")
    settles = f" It settles: {text_words(matter)}." if matter.state == "told" else ""
    what = escaped(agreement_words(agreement.type))
    cited = page.cite(agreement.event_id, agreement.brought_by, *agreement.disputed_by)
    return (
        f"**{capital(what)}** between {listed(agreement.between, page.party)}{until}: "
        f"{escaped(agreement_state(agreement))} ({cited}).{monitor}{settles}"
    )
