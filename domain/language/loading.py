"""Find the languages that there are, and load one: a catalogue of gettext in `catalogues/` each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from answerable.domain.errors import AnswerableError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from answerable.domain.language.language import Language

ENGLISH = "en"
"""The language that stands in the code."""

ENDING = ".po"


class UnknownLanguage(AnswerableError):
    """Say that no answer can be given in a language, and in which it can."""


def languages() -> tuple[str, ...]:
    """List the languages that answers can be given in, by their tags (BCP 47), English first."""
    names = sorted(each.name for each in _folder().iterdir() if each.name.endswith(ENDING))
    return (ENGLISH, *(name.removesuffix(ENDING).replace("_", "-") for name in names))


def language(tag: str) -> Language | None:
    """Return a language by its tag, in any case; None: it is English, which needs no catalogue.

    Raises:
        UnknownLanguage: there is no such language.
    """
    if tag == ENGLISH:
        return None
    wanted = tag.replace("_", "-").lower()
    found = next((each for each in languages() if each.lower() == wanted), None)
    if found is None:
        raise UnknownLanguage(
            f"there are no answers in the language {tag!r}.",
            hint=f"Ask for one of {', '.join(languages())}.",
            field="language",
        )
    return None if found == ENGLISH else _loaded(found)


@cache
def _loaded(tag: str) -> Language:
    """Load a catalogue; each is loaded once."""
    from gettext import GNUTranslations
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    from answerable.domain.language.language import Language

    with _folder().joinpath(f"{tag.replace('-', '_')}{ENDING}").open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Language(tag, GNUTranslations(compiled))


def _folder() -> Traversable:
    from importlib.resources import files

    return files("answerable.domain.language").joinpath("catalogues")
