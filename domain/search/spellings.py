"""Write a name in the ways in which people write it in Latin letters.

Umlauts and their like are also two letters (`ue` of `ü`, `aa` of `å`). Other alphabets are written
letter by letter as the tables of anyascii have it, and as passports, English and German texts do
(Юрий: yuriy, iurii, yuri, jurij). Ideographs and Hangul are read a syllable each (徐飞: xu, fei;
kanji as if they were Chinese).

A name of several words is also an initial and a word (`jmueller`). Such words, and single
syllables, are words of a language as well (`price`, `long`): they tell a name only where somebody
made an identifier, and so are marked as weak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

TABLES = "0.3.3"
"""The version of anyascii whose tables are used. With another, the index of names is another, too:
the number in `answerable.ledger.indexes.names.NAME` is raised."""

WEAK = "~"
"""Marks a word that tells a name only in an identifier. No word begins so."""

AS_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"})
"""The letters that are also written as two."""

SYSTEMS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("iy", "y"),),
    (("iy", "i"),),
    (("iy", "ii"), ("yu", "iu"), ("ya", "ia"), ("iya", "iia")),
    (("iy", "ij"), ("yu", "ju"), ("ya", "ja"), ("kh", "ch"), ("zh", "sch"), ("v", "w")),
)
"""List what other ways of writing Cyrillic put in place of letters: each from the left, once."""

HAN_OR_HANGUL = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]{2,4}")
"""A Chinese or Korean name in a row: a family name of a syllable or two, and a given name."""

LONG_ENOUGH = 4
"""Letters from which on a row of syllables is hardly a word of another language."""

SHORTEST_FAMILY = 3
"""The fewest letters of a word that is looked for behind an initial."""


def spellings(name: str) -> set[str]:
    """Return a name as it is, with two letters for one, and in Latin letters."""
    found = {name, normalize("NFC", name).casefold().translate(AS_TWO)}
    if name.isascii():
        return found
    latin = _in_latin(name)
    if latin is not None:
        found.add(latin)
        found.update(_replaced(latin, system) for system in SYSTEMS)
    return found


def _in_latin(name: str) -> str | None:
    """Write letters of other alphabets in Latin; None where there are none."""
    from answerable.domain.search.tokenizer import SPACELESS, words

    other = [word for word in words(name) if not word.isascii() and not SPACELESS.match(word)]
    if not other:
        return None
    from anyascii import anyascii

    plain = "".join(
        sign if sign.isascii() or SPACELESS.match(sign) else anyascii(sign)
        for sign in normalize("NFC", name)
    )
    return plain.lower()


def _replaced(latin: str, system: Sequence[tuple[str, str]]) -> str:
    there = dict(sorted(system, key=lambda pair: -len(pair[0])))
    return re.sub("|".join(there), lambda found: there[found[0]], latin)


def syllables_told(row: str) -> Iterator[str]:
    """Yield the words by which a Chinese or Korean name in a row is told in Latin letters."""
    if not HAN_OR_HANGUL.fullmatch(row):
        return
    from anyascii import anyascii

    read = [anyascii(sign).lower().strip() for sign in row]
    cut = 2 if len(row) == LONG_ENOUGH else 1
    family, given = "".join(read[:cut]), "".join(read[cut:])
    for whole in (family + given, given + family):
        yield whole if len(whole) >= LONG_ENOUGH else WEAK + whole
    several = len(row) - cut > 1
    yield given if several and len(given) >= LONG_ENOUGH else WEAK + given
    yield WEAK + family
    initials = "".join(each[:1] for each in read[cut:])
    yield from (f"{WEAK}{initials}{family}", f"{WEAK}{family}{initials}")


def abbreviated(words: Sequence[str]) -> Iterator[str]:
    """Yield the ways to write a name of several words with initials for all but one of them."""
    if len(words) < 2:
        return
    for family, given in ((words[-1], words[:-1]), (words[0], words[1:])):
        if len(family) < SHORTEST_FAMILY:
            continue
        for initials in {given[0][0], "".join(word[0] for word in given)}:
            yield f"{WEAK}{initials}{family}"
            yield f"{WEAK}{family}{initials}"
