"""Check a citation of a provision of a policy or a law."""

from __future__ import annotations

import re

MOST_PARTS = 9
MOST_WITHOUT_NUMBER = 3
LONGEST = 80

CITED = re.compile(r"[\w§.,:;()\[\]/&'’–-]+(?: [\w§.,:;()\[\]/&'’–-]+)*")


def check_citation(text: str) -> str:
    """Check that a text cites a provision, as `gdpr art. 17(1)(a)` or `code-of-conduct 4.2`.

    Raises:
        ValueError: it does not.
    """
    parts = text.split(" ")
    numbered = any(sign.isdecimal() for sign in text)
    if (
        len(text) > LONGEST
        or not CITED.fullmatch(text)
        or len(parts) > (MOST_PARTS if numbered else MOST_WITHOUT_NUMBER)
    ):
        raise ValueError(
            f"{text!r:.80} must cite a provision, as `code-of-conduct 4.2` or `gdpr art. "
            f"17(1)(a)`: at most {LONGEST} characters and {MOST_PARTS} words, "
            f"and where there are more than {MOST_WITHOUT_NUMBER}, a number among them. It "
            "stands in the open for ever; what it says belongs in a sealed field"
        )
    return text
