"""Say what a search could not look into: texts that are not at hand."""

from __future__ import annotations

from answerable.domain.language.saying import listed_words, say, say_count, to_say_count

ERASED = to_say_count("{number} text that was erased", "{number} texts that were erased")
WITHHELD = to_say_count("{number} text that is withheld", "{number} texts that are withheld")
"""Counts what is not searched."""


def unsearched_words(erased: int, withheld: int) -> str | None:
    """Say how many texts were not searched, and why; None where all were."""
    counts = ((ERASED, erased), (WITHHELD, withheld))
    gone = [say_count(*words, number) for words, number in counts if number]
    if not gone:
        return None
    return say("Not searched, since they are not at hand: {texts}.", texts=listed_words(gone))
