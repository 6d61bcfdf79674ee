"""Tell which words of a text could tell somebody's name.

A name is told by one of its words (`xu` of `Xu Fei`), by all of them written as one (`xufei`), and
in scripts without spaces by its characters in a row. Case, diacritics and punctuation do not
matter. Words that stand in many names and name nobody (`the`, `of`, `mr`) do not count, and neither
do numbers and single letters.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from answerable.domain.search.tokenizer import SPACELESS, words

COMMON = frozenset(("and", "dr", "for", "mr", "mrs", "ms", "of", "prof", "sir", "the"))
"""Words that tell nobody's name."""

MOST_JOINED = 3
"""Words of a name that are looked for written as one."""

LONGEST_ROW = 6
"""Characters of a name in a script without spaces."""

SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
"""The letters that are also written as two."""


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """Return the words by which a text would tell a name."""
    found = set[str]()
    for spelling in {name, normalize("NFC", name).casefold().translate(SPELT)}:
        parts = [row[:LONGEST_ROW] if SPACELESS.match(row) else row for row in _rows(spelling)]
        found.update(parts)
        latin = [part for part in parts if part not in COMMON and not SPACELESS.match(part)]
        if 1 < len(latin) <= MOST_JOINED:
            found.update(("".join(latin), "".join(reversed(latin))))
    return frozenset(word for word in found if _tells(word))


@lru_cache(maxsize=65_536)
def words_told(text: str) -> frozenset[str]:
    """Return the words of a text that could tell a name, as `name_words` gives those of a name."""
    found = set[str]()
    for row in _rows(text):
        if SPACELESS.match(row):
            found.update(
                row[start : start + length]
                for start in range(len(row))
                for length in range(2, LONGEST_ROW + 1)
                if start + length <= len(row)
            )
        elif _tells(row):
            found.add(row)
    return frozenset(found)


def _rows(text: str) -> list[str]:
    """Return the words of a text; characters of scripts without spaces stay in their row."""
    rows: list[str] = []
    in_row = False
    for word in words(text):
        spaceless = SPACELESS.match(word) is not None
        if spaceless and in_row:
            rows[-1] += word
        else:
            rows.append(word)
        in_row = spaceless
    return rows


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in COMMON and not word.isdecimal()
