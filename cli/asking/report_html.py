"""`answerable report --format html`: the page, and the record that it carries to be checked by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.pages.case_page import Carried
    from answerable.projections.report.report import Report


def html(opened: Ledger, made: Report, as_of: Asked | None, known_by: Asked | None) -> bytes:
    """Write a report as a page, with the bundle of its case where a head of the log is signed.

    Args:
        opened: the ledger.
        made: the report.
        as_of: the moment that it was asked as of.
        known_by: the moment that it was asked as known by.
    """
    from answerable.ledger.bundle.in_page.shown import summed
    from answerable.projections.pages.case_page import case_page
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.scrubber import replay_of

    header = made.header
    content = content_of(opened, made, as_of=as_of, known_by=known_by)
    replay = replay_of(opened, header.case_id, header.zone, as_of=as_of, known_by=known_by)
    carried = _carried(opened, made)
    page = case_page(content, replay, carried)
    return (summed(page) if carried.bundle else page).encode()


def _carried(opened: Ledger, made: Report) -> Carried:
    """Return what a page carries: no more of the record than the report was made from."""
    from answerable.ledger.bundle.in_page.embedded import bundle_element
    from answerable.ledger.bundle.in_page.scripts import verifier
    from answerable.ledger.bundle.writer import Withheld, make_bundle
    from answerable.ledger.errors import NoCheckpoint
    from answerable.projections.pages.case_page import Carried

    try:
        header = made.header
        bundle = make_bundle(opened, header.case_id, Withheld(), known_by=header.known_by)
    except NoCheckpoint as error:
        note(f"The page cannot be checked where it is read: {error.message}")
        if error.cli_hint:
            note(error.cli_hint)
        return Carried()
    if bundle.later:
        note(
            f"{bundle.later:,} of its events came after the last signed head of the log, and "
            "cannot be checked where it is read. `answerable checkpoint` signs a new one."
        )
    return Carried(bundle_element(bundle.files), verifier())
