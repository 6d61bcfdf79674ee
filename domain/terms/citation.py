"""Check a citation of a provision of a policy or a law."""

from __future__ import annotations

from unicodedata import category

from answerable.domain.terms.placeholder import check_told

MOST_PARTS = 9
MOST_WITHOUT_NUMBER = 3
LONGEST = 80

MARKS = frozenset("§¶№°.,:;()[]/&'’–-·،")
"""The signs that stand in citations, beside letters and digits."""

WIDE_MARKS = frozenset("《》〈〉「」『』【】〔〕（）、，：；。・")
"""Those of Chinese and Japanese."""

JOINERS = frozenset("\u200c\u200d")
"""They stand within words of Persian and of Indian scripts, and cannot be seen."""


def check_citation(text: str) -> str:
    """Check that a text cites a provision, as `gdpr art. 17(1)(a)` or `code-of-conduct 4.2`.

    Raises:
        ValueError: it does not.
    """
    check_told(text)
    parts = text.split(" ")
    numbered = any(sign.isnumeric() for sign in text)
    if (
        len(text) > LONGEST
        or not all(parts)
        or not all(map(_is_cited_with, text.replace(" ", "")))
        or len(parts) > (MOST_PARTS if numbered else MOST_WITHOUT_NUMBER)
    ):
        raise ValueError(
            f"{text!r:.80} must cite a provision, as `code-of-conduct 4.2` or `gdpr art. "
            f"17(1)(a)`: at most {LONGEST} characters and {MOST_PARTS} words, "
            f"and where there are more than {MOST_WITHOUT_NUMBER}, a number among them. It "
            "stands in the open for ever; what it says belongs in a sealed field"
        )
    return text


def _is_cited_with(sign: str) -> bool:
    return sign in MARKS or sign in WIDE_MARKS or sign in JOINERS or category(sign)[0] in "LMN"
