"""Tell which words of a text could tell somebody's name.

A name is told by one of its words (`xu` of `Xu Fei`), by two or three that stand side by side and
are written as one (`xufei`, `obrien`), and in scripts without spaces by its characters in a row.
Case, diacritics, punctuation and digits around a word of the text (`fei2`) do not matter. Words
that stand in many names and name nobody (`the`, `of`, `mr`, and within a name `de` or `van`) do not
count, and neither do numbers and single letters. In what ways a name is written in Latin letters,
`answerable.domain.search.spellings` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from unicodedata import category, normalize

from answerable.domain.search.spellings import AS_TWO, WEAK, abbreviated, spellings, syllables_told

LONGEST = 200
"""Characters of a word that count, as `answerable.domain.search.tokenizer` has them, too."""

DIGITS = "0123456789"

PLAIN_WORDS = re.compile("[a-z0-9]+")
"""The words of a text in ASCII, as `answerable.domain.search.tokenizer` has them."""

COMMON = frozenset(("and", "dr", "for", "mr", "mrs", "ms", "of", "prof", "sir", "the"))
"""Words that tell nobody's name."""

PARTICLES = frozenset(
    ("al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos",
     "du", "el", "et", "ibn", "la", "le", "les", "und", "van", "vom", "von", "y", "zu", "zum",
     "zur")
)  # fmt: skip
"""Words that tell nobody's name between two others; in front and at the end they are names."""

MOST_JOINED = 3
"""Words of a name that are looked for written as one."""

LONGEST_ROW = 6
"""Characters of a name in a script without spaces."""

GIVEN = 2
"""Characters of most given names, where Chinese or Korean names of three or four are in a row."""

UNSPACED_NAMES = "[\u4e00-\u9fff\uac00-\ud7a3]{3,4}"
"""Chinese or Korean names, whose family name comes first and is mostly a character or two."""


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """Return the words by which a text would tell a name."""
    # Most of what is looked at is in ASCII, and needs none of its tables.
    from answerable.domain.search.tokenizer import SPACELESS

    found = set[str]()
    for spelling in spellings(name):
        rows = _rows(spelling)
        for row in (*rows, *(row for piece in _pieces(spelling) for row in _rows(piece))):
            if SPACELESS.match(row):
                found.update(_in_row(row))
                found.update(syllables_told(row))
        latin = [row for row in rows if row not in COMMON and not SPACELESS.match(row)]
        last = len(latin) - 1
        for place, word in enumerate(latin):
            if not (word in PARTICLES and 0 < place < last):
                found.add(word)
        found.update(_joined(latin))
        found.update(abbreviated([word for word in latin if word not in PARTICLES]))
    return frozenset(word for word in found if _tells(word.removeprefix(WEAK)))


@lru_cache(maxsize=65_536)
def words_told(text: str) -> frozenset[str]:
    """Return the words of a text that could tell a name, as `name_words` gives those of a name."""
    if text.isascii():
        plain = [word[:LONGEST] for word in PLAIN_WORDS.findall(text.lower())]
        return frozenset(filter(_tells, (*plain, *(word.strip(DIGITS) for word in plain))))
    from answerable.domain.search.tokenizer import SPACELESS

    found = set[str]()
    for spelling in (text, normalize("NFC", text).casefold().translate(AS_TWO)):
        for row in _rows(spelling):
            if SPACELESS.match(row):
                found.update(
                    row[start : start + length]
                    for start in range(len(row))
                    for length in range(2, LONGEST_ROW + 1)
                    if start + length <= len(row)
                )
            else:
                found.update(filter(_tells, (row, _without_digits(row))))
    return frozenset(found)


def identifier_words(text: str) -> frozenset[str]:
    """Return the words of an identifier, as a pseudonym or a case id, that could tell a name."""
    return words_of_identifier(text) | words_over_parts(text)


@lru_cache(maxsize=65_536)
def words_of_identifier(text: str) -> frozenset[str]:
    """Return the words between the signs of an identifier; the weak among them count, too."""
    return _also_weak(words_told(text))


@lru_cache(maxsize=65_536)
def words_over_parts(text: str) -> frozenset[str]:
    """Return the words of an identifier that signs divide, as in `mc-donald`."""
    parts = [word.strip(DIGITS)[:LONGEST] for word in PLAIN_WORDS.findall(text.lower())]
    return _also_weak(filter(_tells, _joined([*filter(None, parts)])))


def _also_weak(words: Iterable[str]) -> frozenset[str]:
    found = frozenset(words)
    return found | {f"{WEAK}{word}" for word in found}


def _rows(text: str) -> list[str]:
    """Return the words of a text; characters of scripts without spaces stay in their row."""
    from answerable.domain.search.tokenizer import SPACELESS, words

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


def _pieces(text: str) -> list[str]:
    """Return what spaces and punctuation part, also where a script puts none between words."""
    return "".join(sign if category(sign)[0] in "LMNC" else " " for sign in text).split()


def _in_row(row: str) -> Iterator[str]:
    """Yield a name that is written in a row, and the given name in it."""
    yield row[:LONGEST_ROW]
    if re.fullmatch(UNSPACED_NAMES, row):
        yield row[-GIVEN:]


def _joined(row: Sequence[str]) -> Iterator[str]:
    """Yield the words that stand side by side, as one, forwards and backwards."""
    for start in range(len(row)):
        for end in range(start + 2, min(start + MOST_JOINED, len(row)) + 1):
            yield "".join(row[start:end])
            yield "".join(reversed(row[start:end]))


def _without_digits(word: str) -> str:
    return re.sub(r"^\d+|\d+$", "", word)


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in COMMON and not word.isdecimal()
