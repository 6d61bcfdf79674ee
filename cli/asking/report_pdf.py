"""`answerable report --format pdf`: the report as it is printed, tagged for who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.report.report import Report

VARIANT = "pdf/ua-1"
"""The standard that a file keeps, so that it can be read aloud: ISO 14289-1 (PDF/UA-1)."""


def pdf(opened: Ledger, made: Report, as_of: Asked | None, known_by: Asked | None) -> bytes:
    """Write a report as a PDF, with an outline, numbers of pages and the head of the log on each.

    Args:
        opened: the ledger.
        made: the report.
        as_of: the moment that it was asked as of.
        known_by: the moment that it was asked as known by.

    Raises:
        MissingExtra: what makes PDFs is not installed.
    """
    weasyprint = _weasyprint()
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.paper import case_paper

    content = content_of(opened, made, as_of=as_of, known_by=known_by)
    page = weasyprint.HTML(string=case_paper(content), url_fetcher=_nothing)
    written: bytes = page.write_pdf(pdf_variant=VARIANT)
    return written


def _weasyprint() -> Any:
    from answerable.ledger.errors import MissingExtra

    try:
        import weasyprint
    except (ModuleNotFoundError, OSError) as error:
        raise MissingExtra(
            f"what makes PDFs is not installed: {str(error).splitlines()[0]}.",
            hint="pip install 'answerable[pdf]'; on Debian also: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0",
        ) from None
    return weasyprint


def _nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    """Fetch nothing: a report needs nothing beside itself."""
    raise ValueError(f"nothing is fetched for a report, and not {url}")
