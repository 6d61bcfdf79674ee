"""Check a term of a classification: a few words in lower case, or several terms, with slashes."""

from __future__ import annotations

import re

MOST_WORDS = 5
LONGEST = 64

TERM = re.compile(r"[a-z0-9]+(?:[ ._/-][a-z0-9]+)*")
BETWEEN = re.compile(r"[ ._-]")


def check_term(text: str) -> str:
    """Check that a text is a term: a few words in lower case, as `social media` or `gifts`.

    Raises:
        ValueError: it is none.
    """
    if (
        len(text) > LONGEST
        or not TERM.fullmatch(text)
        or any(len(BETWEEN.findall(part)) >= MOST_WORDS for part in text.split("/"))
    ):
        raise ValueError(
            f"{text!r:.80} must be a term in lower case, in Latin letters, as `social media`: at "
            f"most {MOST_WORDS} words and {LONGEST} characters. It stands in the open for ever; "
            "what takes more words belongs in a sealed field"
        )
    return text
