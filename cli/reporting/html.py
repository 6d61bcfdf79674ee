"""`answerable report --format html`: the page, and the record that it carries to be checked by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from answerable.cli.reporting.made import Made
    from answerable.domain.record import RecordedEvent
    from answerable.ledger.bundle.writer import Given
    from answerable.projections.pages.case_page import Carried, Told
    from answerable.projections.report.report import Report


def html(made: Made) -> bytes:
    """Write a report as a page, with the bundle of its case where a head of the log is signed.

    Args:
        made: the report, and what it was made of.
    """
    from answerable.ledger.bundle.in_page.shown import summed
    from answerable.projections.pages.case_page import case_page, told
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.scrubber import replay_of

    content = content_of(made.report, made.looked, made.part)
    replay = replay_of(made.looked, made.part)
    carried = _carried(made)
    if made.template is not None:
        by = told(content, replay, carried)
        return _by_template(made.template, made.report, by, carried).encode()
    page = case_page(content, replay, carried)
    return (summed(page) if carried.bundle else page).encode()


def _by_template(template: Path, report: Report, told: Told, carried: Carried) -> str:
    """Write the page by a house's own template; where it carries the record, with its sums."""
    from answerable.domain.answers import json_value
    from answerable.ledger.bundle.in_page.embedded import OPENING
    from answerable.ledger.bundle.in_page.extracted import extracted
    from answerable.ledger.bundle.in_page.shown import summed
    from answerable.projections.pages.own.own_page import own_page
    from answerable.projections.pages.sealed_page import data

    # By another template it cannot be made again, and so does not tell what it was asked for.
    names = {**told.names, "report": json_value(report), "made": data(None), "paper": False}
    page = own_page(template, names, told.scripts)
    if not carried.bundle:
        return page
    if OPENING not in page:
        note("The page cannot be checked where it is read: its template has no {{ bundle }}.")
        return page
    extracted(page.encode())
    return summed(page, markup=False) if "</body>" in page else page


def _carried(made: Made) -> Carried:
    """Return what a page carries: no more of the record than the report was made from."""
    from answerable.ledger.bundle.errors import NothingGiven
    from answerable.ledger.bundle.in_page.embedded import bundle_element
    from answerable.ledger.bundle.in_page.messages import messages_element
    from answerable.ledger.bundle.in_page.scripts import verifier
    from answerable.ledger.bundle.writer import Withheld, make_bundle
    from answerable.ledger.errors import NoCheckpoint
    from answerable.projections.pages.case_page import Carried

    try:
        header, withheld = made.report.header, Withheld(frozenset(made.withheld))
        bundle = make_bundle(
            made.ledger,
            header.case_id,
            withheld,
            known_by=header.known_by,
            zipped=False,
            part=_given(made),
        )
    except (NoCheckpoint, NothingGiven) as error:
        note(f"The page cannot be checked where it is read: {error.message}")
        if error.cli_hint:
            note(error.cli_hint)
        return Carried()
    if bundle.later and made.part is None:
        note(
            f"{bundle.later:,} of its events came after the last signed head of the log, and "
            "cannot be checked where it is read. `answerable checkpoint` signs a new one."
        )
    script = verifier()
    # Which fields are closed tells more than is shown of a part.
    closed = bundle.closed if made.part is None else {}
    element = bundle_element(bundle.files) + messages_element(script)
    return Carried(element, script, closed=closed)


def _given(made: Made) -> Given | None:
    """Return what is given of the case where a page shows a part of it: what the gate lets pass."""
    from answerable.ledger.bundle.writer import Given

    if made.part is None:
        return None

    def fields(event: RecordedEvent) -> Collection[str]:
        # The gate tells texts of events alone that it has seen.
        made.looked.reader.event(event.event_id)
        return made.looked.reader.opened((event.position,))[event.position].fields.keys()

    return Given(made.part.carries, fields)
