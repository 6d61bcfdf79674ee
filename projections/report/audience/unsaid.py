"""Find the names in a text that it may not tell, however they are written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from answerable.domain.search.folding import name_key
from answerable.domain.search.name_words import identifier_words, name_words, words_told

MARKUP = re.compile(r"<[^<>]*>|[*_~`\\]")
"""Match the signs of markup that may stand within a name, and that a renderer shows as nothing."""

SPELT = re.compile(r"(?<!\w)(?:\w[ .·_-]){2,}\w(?!\w)")
"""Match a word that is spelt letter by letter."""

ARTICLES = ("the ", "a ", "an ")
"""Begin what only describes somebody (`the whistleblower`); a word of it alone names nobody."""


class Unsaid(NamedTuple):
    """The names that no text may tell.

    Attributes:
        keys: whole names, as they are compared (`answerable.domain.search.folding.name_key`).
        words: the words that tell one of them, and none that may be told.
    """

    keys: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

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
        return False


def unsaid(hidden: Iterable[str], shown: Iterable[str]) -> Unsaid:
    """Return the names that no text may tell.

    Args:
        hidden: the names, and other names, of those who are not named.
        shown: those of others: a word that they share with somebody hidden tells nobody.
    """
    names = [name for name in hidden if name]
    keys = filter(None, map(name_key, names))
    told = frozenset[str]().union(*map(name_words, filter(None, shown)))
    words = frozenset[str]().union(*map(name_words, filter(_names_somebody, names)))
    return Unsaid(tuple(dict.fromkeys(keys)), words - told)


def _readings(text: str) -> set[str]:
    """Return a text in the ways in which it may come to be read, markup and escapes undone."""
    plain = unquote(unescape(text))
    read = {text, MARKUP.sub("", plain), MARKUP.sub(" ", plain)}
    return read | {SPELT.sub(lambda found: re.sub(r"\W|_", "", found[0]), each) for each in read}


def _names_somebody(name: str) -> bool:
    return not name_key(name).startswith(ARTICLES)
