"""`answerable report --format pdf`: the report as it is printed, tagged for who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from answerable.cli.asking.report_formats import Made

VARIANT = "pdf/ua-1"
"""The standard that a file keeps, so that it can be read aloud: ISO 14289-1 (PDF/UA-1)."""


def pdf(made: Made) -> bytes:
    """Write a report as a PDF, with an outline, numbers of pages and the head of the log on each.

    Args:
        made: the report, and what it was made of.

    Raises:
        MissingExtra: what makes PDFs is not installed.
    """
    weasyprint = _weasyprint()
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.paper import case_paper

    content = content_of(made.reader, made.report, as_of=made.as_of, known_by=made.known_by)
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
