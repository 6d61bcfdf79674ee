"""Fold texts for matching, so that what people write in different ways is found to be the same.

`folded` is the caseless match of identifiers of the Unicode Standard, section 3.13 (D147):
toNFKC_Casefold(NFD(X)). It makes one of composed and decomposed letters (NFC and NFD, Unicode
Standard Annex #15), of widths and ligatures (compatibility forms, NFKC), and of cases, `ß` and `ss`
among them (full case folding); what is ignored by default, as joiners and soft hyphens, is left
out. Beyond that, the two i of Turkish are one here: few who type a name have both.

Where a name is looked for, apostrophes, hyphens and spaces are alike, too (`name_key`). Without
regard to accents and punctuation (`plain_key`) it may be somebody else's: that is for a question
back.
"""

from __future__ import annotations

import re
from unicodedata import normalize

IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Match what is ignored by default (Default_Ignorable_Code_Point, DerivedCoreProperties.txt)."""

DOTTED = str.maketrans({"ı": "i"})

DOT = re.compile("i\u0307")
"""Name what case folding makes of the capital dotted i."""

SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02bb\u02b9\u00b4`\u2032\uff07", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
    }
)
"""The apostrophes and the hyphens that people take for one another."""


def folded(text: str) -> str:
    """Fold a text, so that two texts are the same to a reader who minds no case if these are."""
    if text.isascii():
        return text.lower()
    plain = normalize("NFD", IGNORED.sub("", text)).casefold()
    again = IGNORED.sub("", normalize("NFKC", plain).casefold())
    # What is decomposed now may hold letters that were a compatibility form before.
    return normalize("NFC", DOT.sub("i", normalize("NFKD", again)).translate(DOTTED).casefold())


def name_key(name: str) -> str:
    """Return what two ways of writing one name have in common: accents count, signs do not."""
    return " ".join(folded(name.translate(SIGNS)).split())


def plain_key(name: str) -> str:
    """Return what ways of writing a name have in common where accents do not count, either."""
    from answerable.domain.search.tokenizer import words

    return " ".join(words(name)) or name_key(name)
