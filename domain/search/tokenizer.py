"""Cut a text into words for a search, whatever script it is written in.

Words are runs of letters, digits and the marks upon them, without regard to case (Unicode, default
caseless matching) and to diacritics. Scripts that put no space between words (Chinese, Japanese,
Korean syllables, Thai, Lao, Khmer, Burmese) are taken a character at a time, so that a word is
found inside a sentence as a row of characters. Compatibility forms read as what they stand for
(NFKC, Unicode Standard Annex #15): full width as half width, `㈱` as `(株)`. Letters that are no
other with a mark, as `ł` and `ø`, read as they are written where there are none.

A character is folded by itself, so that each word of a text has its place in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import category, normalize, unidata_version

LONGEST = 200
"""Characters of a word that count; what follows them does not tell words apart."""

BARRIER = "\ue000"
"""Stands between texts whose words are in one row: a word that no text has."""

VERSION = f"2 {unidata_version}"
"""The version of the words that are cut: raised with this module, and with Unicode's tables."""

SPACELESS = re.compile(
    "[\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3040-\u31bf\u31f0-\u31ff"  # kana, bopomofo, iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
    "\uac00-\ud7a3]"  # Hangul syllables
)

UNREAD = re.compile(
    "[\u0300-\u036f"  # diacritics of European scripts
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"  # points of Hebrew and Arabic
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # variation selectors
)

LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "ae",
     "œ": "oe", **dict.fromkeys("\u02b9\u02bb\u02bc", " ")}
)  # fmt: skip
"""The letters that no diacritic makes, as they are written without; and letters for apostrophes."""


class Token(NamedTuple):
    """A word, and where it stands in its text: from `start` to before `end`."""

    word: str
    start: int
    end: int


class _Folding(dict[int, str]):
    """The signs that a character adds to the words of a text; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = "".join(map(_folded, _plain(chr(code))))
        return folded


def _plain(sign: str) -> str:
    plain = UNREAD.sub("", normalize("NFKD", sign).casefold())
    return normalize("NFC", plain).translate(LETTERS)


def _folded(sign: str) -> str:
    kind = category(sign)
    if kind == "Cf":
        return ""
    if kind[0] not in "LMN":
        return " "
    return f" {sign} " if SPACELESS.match(sign) else sign


_FOLDING = _Folding()


def words(text: str) -> list[str]:
    """List the words of a text, in their order."""
    folded = normalize("NFKC", text).translate(_FOLDING)
    return [word[:LONGEST] for word in folded.split()]


def token_line(texts: Iterable[str]) -> str:
    """Write the words of several texts in a row, with a barrier between two texts."""
    return f" {BARRIER} ".join(" ".join(words(text)) for text in texts)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text with their places in it."""
    pieces = [_FOLDING[ord(sign)] for sign in text]
    ends: list[int] = []
    for place, piece in enumerate(pieces):
        ends.extend([place] * len(piece))
    for found in re.finditer(r"\S+", "".join(pieces)):
        yield Token(found[0][:LONGEST], ends[found.start()], ends[found.end() - 1] + 1)
