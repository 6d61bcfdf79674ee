"""Print a page as a PDF: tagged for who cannot see it, and made of nothing beside the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from answerable.ledger.errors import MissingExtra

VARIANT = "pdf/ua-1"
"""The standard that a file keeps, so that it can be read aloud: ISO 14289-1 (PDF/UA-1)."""


def check_pdf(output: Path | None) -> None:
    """Check that a PDF can be made, and goes where one may go.

    Raises:
        UsageError: it would go to a terminal.
        MissingExtra: what makes PDFs is not installed.
    """
    from importlib.util import find_spec

    if find_spec("weasyprint") is None:
        raise _missing("weasyprint")
    if output is None and sys.stdout.isatty():
        raise click.UsageError(
            "A PDF is no text to be shown in a terminal: give --output FILE.pdf."
        )


def printed(page: str) -> bytes:
    """Print a page of HTML.

    Raises:
        MissingExtra: what makes PDFs is not installed.
    """
    made = _weasyprint().HTML(string=page, url_fetcher=_nothing)
    written: bytes = made.write_pdf(pdf_variant=VARIANT)
    return written


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ModuleNotFoundError, OSError) as error:
        raise _missing(str(error).splitlines()[0]) from None
    return weasyprint


def _missing(what: str) -> MissingExtra:
    from answerable.ledger.errors import MissingExtra

    return MissingExtra(
        f"what makes PDFs is not installed: {what}.",
        hint="pip install 'answerable[pdf]'; on Debian also: apt install libpango-1.0-0 "
        "libpangoft2-1.0-0",
    )


def _nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    """Fetch nothing: a report needs nothing beside itself."""
    raise ValueError(f"nothing is fetched for a report, and not {url}")
