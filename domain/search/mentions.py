"""Tell whether a text has a person's name in it, so that it can be offered to who erases.

Names and texts fall into words in one way (`answerable.domain.search.tokenizer`): case, accents and
punctuation do not count, and an ideograph is a word, so that a Chinese name is found anywhere in a
sentence. A *whole* name is found where its words stand in a row, family name first or last, or are
written as one (`janedoe`); so is each script of a name that is told in two. A *part* of it is any
word of a person's name that has three letters or more and is no particle (`van`, `bin`): it may be
somebody else's, which only a reader can tell. One letter alone, or one ideograph, is no name.

What is declined (`Doe` in a language that writes `Doen`), misspelt or cut short is not found.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import unquote

from answerable.domain.record import SIGNATURE
from answerable.domain.search.query import Query, Term, matches
from answerable.domain.search.request import Passage, passages
from answerable.domain.search.tokenizer import SPACELESS, token_line, words

SHORTEST_PART = 3
"""The fewest letters of a word of a name that is looked for by itself."""

PARTICLES = frozenset(
    (
        *("abu", "and", "bin", "bint", "dal", "das", "dei", "del", "della", "den", "der", "des"),
        *("dos", "ibn", "las", "les", "los", "the", "und", "van", "von", "zum", "zur"),
        *("dott", "frau", "herr", "miss", "mrs", "prof"),
    )
)
"""Words of three letters or more in many names, which tell nobody apart."""

ARMOUR = re.compile(r"-----[^-]*-----|\s+")
"""What stands around and between the base64 of an OpenSSH signature."""


class Mention(NamedTuple):
    """A name in a text.

    Attributes:
        whole: whether a whole name stands there, or only a part of one.
        passage: where: the field that the piece of the text belongs to, and the piece.
    """

    whole: bool
    passage: Passage


class NamesSought:
    """The names that are looked for.

    Args:
        names: as they are registered.
        person: whether they are a person's, so that a part of one may mean the person.
    """

    def __init__(self, names: Iterable[str], *, person: bool) -> None:
        self.names = tuple(dict.fromkeys(names))
        rows = [row for name in self.names for row in _rows(words(name))]
        whole = dict.fromkeys(each for row in rows for each in _written(row, person=person))
        parts = dict.fromkeys((word,) for row in rows for word in row if person and _tells(word))
        self.whole = Query((tuple(map(Term, whole)),))
        self.parts = Query((tuple(Term(each) for each in parts if each not in whole),))

    def __bool__(self) -> bool:
        """Tell whether there is a name to look for."""
        return any(self.whole.groups)

    @property
    def query(self) -> Query:
        """Return what is looked for, as a search for either: whole names or parts."""
        return Query((self.whole.groups[0] + self.parts.groups[0],))

    @cached_property
    def _first_words(self) -> re.Pattern[bytes] | None:
        firsts = {term.words[0] for term in self.query.terms if term.words[0].isascii()}
        return (
            re.compile(b"|".join(map(re.escape, (each.encode() for each in firsts))))
            if firsts
            else None
        )

    def may_be_in(self, text: bytes) -> bool:
        """Tell, far quicker than `find`, whether one may be in a text as JSON has it."""
        if not text.isascii() or b"\\u" in text or b"%" in text:
            return True
        # In ASCII, a word of a text is what it is written as, but for its case.
        return self._first_words is not None and self._first_words.search(text.lower()) is not None

    def find(self, field: str, value: Any) -> Mention | None:
        """Return where a name stands in the text of a field, a whole one before a part of one."""
        there = [(passage, token_line((passage.text,))) for passage in _readable(field, value)]
        for whole, query in ((True, self.whole), (False, self.parts)):
            for passage, line in there:
                if matches(query, line):
                    return Mention(whole, passage)
        return None


def _rows(row: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name; where it is told in scripts with and without spaces, of each."""
    runs = [tuple(run) for _, run in groupby(row, lambda word: bool(SPACELESS.match(word)))]
    for run in runs if len(runs) > 1 else [tuple(row)]:
        if len("".join(run)) > 1:
            yield run


def _written(row: tuple[str, ...], *, person: bool) -> Iterator[tuple[str, ...]]:
    """Yield the ways in which a name is written."""
    yield row
    if len(row) > 1 and not SPACELESS.match(row[0]):
        ways = {row, (row[-1], *row[:-1]), (*row[1:], row[0])} if person else {row}
        for way in sorted(ways):
            yield way
            yield ("".join(way),)


def _tells(word: str) -> bool:
    return (
        len(word) >= SHORTEST_PART
        and word not in PARTICLES
        and not word.isdigit()
        and not SPACELESS.match(word)
    )


def _readable(field: str, value: Any) -> Iterator[Passage]:
    """Yield the pieces of a text, and what can be read of those that are written in a code."""
    for passage in passages(field, value):
        yield passage
        if field == SIGNATURE:
            yield Passage(passage.field, _decoded(passage.text))
        elif "%" in passage.text:
            yield Passage(passage.field, unquote(passage.text))


def _decoded(armored: str) -> str:
    try:
        return b64decode(ARMOUR.sub("", armored)).decode("utf-8", "replace")
    except ValueError:
        return ""
