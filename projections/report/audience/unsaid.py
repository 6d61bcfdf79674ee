"""Find the names in a text that it may not tell, however they are written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote

from answerable.domain.search.folding import name_key
from answerable.domain.search.name_words import identifier_words, name_words, words_told
from answerable.domain.search.ordinary import GRAMMAR, ORDINARY
from answerable.domain.search.tokenizer import words

MARKUP = re.compile(r"<[^<>]*>|[*_~`\\]")
"""Match the signs of markup that may stand within a name, and that a renderer shows as nothing."""

SPELT = re.compile(r"(?<!\w)(?:\w[ .·_-]){2,}\w(?!\w)")
"""Match a word that is spelt letter by letter."""

AS_A_NAME = re.compile(
    r"(?:(?<=[^\W\d] )|(?<=[,;] )|(?<=\bMr\. )|(?<=\bMs\. )|(?<=\bMrs\. )|(?<=\bDr\. ))"
    r"[A-Z][A-Za-z]+\b(?! \d)"
)
"""Match a word with a capital within a sentence, or after a title; no month in a date."""

BEGINNING = re.compile(
    r"(?:^|(?<=[.!?:;\"“] ))([A-Z][a-z]+)(?:['’]s\b|(?= (?:said|says|told|asked|wrote|knew|saw|met|"
    r"took|gave|sent|paid|signed|approved|reported|denied|admitted|confirmed|refused|agreed|"
    r"resigned|called|warned|claimed|accepted|received|decided)\b))",
    re.MULTILINE,
)
"""Match a word that begins a sentence as somebody who says, does or has something.

Without that, a word at the beginning has a capital whatever it is, and is none of a name:
`Price is no object`, `May we say so?`
"""

BEGINNERS = frozenset(map(str.casefold, GRAMMAR.split())) - {"an", "can", "day", "may", "will"}
"""The words that begin such a sentence and are nobody: `Some said so`, `It's late`."""

ARTICLES = ("the ", "a ", "an ")
"""Begin what only describes somebody (`the whistleblower`); a word of it alone names nobody."""


class Unsaid(NamedTuple):
    """The names that no text may tell.

    Attributes:
        keys: whole names, as they are compared (`answerable.domain.search.folding.name_key`).
        words: the words that tell one of them, and none that may be told.
        shown: the words of those who may be named.
        others: the words that tell the name of a person whom the case does not name, as
            `other_words` finds them in a text.
    """

    keys: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def told_by(self, told: Any) -> bool:
        """Tell whether a value, or a text anywhere in it, tells one of the names."""
        match told:
            case str():
                return self._in_text(told)
            case Mapping():
                return any(map(self.told_by, (*told.keys(), *told.values())))
            case list() | tuple():
                return any(map(self.told_by, told))
            case _:
                return False

    def told_by_identifier(self, identifier: str) -> bool:
        """Tell whether a pseudonym or a case id tells one of the names, or a part of one."""
        return not self.words.isdisjoint(identifier_words(identifier))

    def _in_text(self, text: str) -> bool:
        for each in _readings(text):
            said = name_key(each)
            if any(key in said for key in self.keys) or self.words & words_told(each):
                return True
        return bool(self.others) and bool(self.others & other_words(text, self.shown))


def unsaid(hidden: Iterable[str], shown: Iterable[str]) -> Unsaid:
    """Return the names that no text may tell.

    Args:
        hidden: the names, and other names, of those who are not named.
        shown: those of others: a word that they share with somebody hidden tells nobody.
    """
    names = [name for name in hidden if name]
    keys = filter(None, map(name_key, names))
    told = frozenset[str]().union(*map(name_words, filter(None, shown)))
    telling = frozenset[str]().union(*map(name_words, filter(names_somebody, names)))
    return Unsaid(tuple(dict.fromkeys(keys)), telling - told, told)


@lru_cache(maxsize=4096)
def other_words(text: str, shown: frozenset[str]) -> frozenset[str]:
    """Return the words of a text that could tell a person whom the case does not name.

    A house has people of all names, and a word that is one, too, mostly names none of them
    (`answerable.domain.search.ordinary`). It counts where it is written as a name within a
    sentence, or begins one as somebody who says or does something. Two words that would not count
    do where they stand side by side as in a name.

    Args:
        text: the text.
        shown: the words of those who may be named: alone, they tell nobody else.
    """
    found = set[str]()
    for each in _readings(text):
        plain = ORDINARY - {word.lower() for word in AS_A_NAME.findall(each)}
        plain -= {word.lower() for word in BEGINNING.findall(each)} - BEGINNERS
        found |= words_told(each) - plain
        found.update(
            one + other
            for one, other in pairwise(words(each))
            if (one in plain or one in shown) and (other in plain or other in shown)
        )
    return frozenset(found) - shown


def names_somebody(name: str) -> bool:
    """Tell whether a name is one, and not what only describes somebody."""
    return not name_key(name).startswith(ARTICLES)


def _readings(text: str) -> set[str]:
    """Return a text in the ways in which it may come to be read, markup and escapes undone."""
    plain = unquote(unescape(text))
    read = {text, MARKUP.sub("", plain), MARKUP.sub(" ", plain)}
    return read | {SPELT.sub(lambda found: re.sub(r"\W|_", "", found[0]), each) for each in read}
