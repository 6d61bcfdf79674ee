"""A case in words: by its title, with the slug once, for whoever has to type it."""

from __future__ import annotations

from answerable.domain.language.saying import say

LONGEST = 100
"""The most characters of a title that are shown. `answerable show` has all of them."""


def case_words(case_id: str, title: str | None) -> str:
    """Say which case it is: "Contact with a KOL (xiaomi-kol)"; without a title, by its slug.

    Args:
        case_id: its slug.
        title: its title, where that is told and open to read.
    """
    said = None if title is None else " ".join(title.split())
    if not said:
        return case_id
    title = f"{said[: LONGEST - 1]}…" if len(said) > LONGEST else said
    return say("{title} ({case})", title=title, case=case_id)
