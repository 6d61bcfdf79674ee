"""Where a house's own template finds others: the shipped ones by name, and those in its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

from answerable.projections.pages.environment import FOLDER, template_text
from answerable.projections.pages.own.errors import TemplateFails

LARGEST = 1024 * 1024
"""The most bytes of a template."""


class HouseLoader(BaseLoader):
    """A loader of the shipped templates, by name, and of files in one folder.

    A shipped template is never replaced by a file of its name: what frames a page would be another.

    Args:
        place: the house's own template.
    """

    def __init__(self, place: Path) -> None:
        self._folder = place.resolve().parent

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the text of a template, and where it lies.

        Raises:
            TemplateNotFound: there is none of this name, or it lies elsewhere.
            TemplateFails: it is too large, or no text.
        """
        if template in shipped():
            return template_text(template), f"shipped:{template}", None
        place = self._beside(template)
        if place is None:
            raise TemplateNotFound(template)
        return text_in(place), str(place), None

    def _beside(self, template: str) -> Path | None:
        try:
            place = (self._folder / template).resolve()
            return place if place.parent == self._folder and place.is_file() else None
        except (OSError, ValueError):  # No file is called so.
            return None


def shipped() -> list[str]:
    """List the shipped templates by name."""
    return sorted(each.name for each in FOLDER.joinpath("templates").iterdir())


def text_in(place: Path) -> str:
    """Read a template.

    Raises:
        TemplateFails: it cannot be read, is too large, or no text.
    """
    try:
        with place.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise TemplateFails(f"{place.name} cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise TemplateFails(f"{place.name} is larger than {LARGEST // 1024**2} MiB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateFails(
            f"{place.name} is no text in UTF-8, at byte {error.start:,}.",
            hint="Save it as UTF-8.",
        ) from None
