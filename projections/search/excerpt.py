"""An excerpt of a text: where it has what was searched for, with that marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from answerable.domain.search.query import Query, Term
from answerable.domain.search.tokenizer import Token, tokens

LENGTH = 160
"""The number of characters of a text that are told."""

BEFORE = 40
"""The most characters before the first that was searched for."""

SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """A piece of an excerpt, and whether it is what was searched for."""

    text: str
    hit: bool


def excerpt(text: str, query: Query) -> tuple[Piece, ...]:
    """Cut out the text around the first place that has something of what was searched for.

    Where the rest is left out stands `…`. Runs of white space are told as one space.
    """
    marks = _merged(sorted(_marks(list(tokens(text)), tuple(query.terms))))
    start = _start(text, marks[0][0] if marks else 0)
    end = _end(text, start, marks[0][1] if marks else 0)
    pieces = [Piece("…", False)] if start else []
    pieces.extend(_pieces(text, start, end, marks))
    if end < len(text):
        pieces.append(Piece("…", False))
    return tuple(pieces)


def has_any(text: str, query: Query) -> bool:
    """Tell whether a text has something of what was searched for."""
    return next(_marks(list(tokens(text)), tuple(query.terms)), None) is not None


def _marks(words: Sequence[Token], terms: Iterable[Term]) -> Iterator[tuple[int, int]]:
    """Find where something that was searched for stands, from its first word to its last one."""
    beginnings: list[str] = []
    rows: dict[str, list[Term]] = {}
    for term in terms:
        if term.prefix and len(term.words) == 1:
            beginnings.append(term.words[0])
        else:
            rows.setdefault(term.words[0], []).append(term)
    some = tuple(beginnings)
    for first, each in enumerate(words):
        if each.word.startswith(some):
            yield each.start, each.end
        for term in rows.get(each.word, ()):
            if _goes_on(term, words, first):
                yield each.start, words[first + len(term.words) - 1].end


def _goes_on(term: Term, words: Sequence[Token], first: int) -> bool:
    """Tell whether the words of a term follow one another from here on."""
    there = [each.word for each in words[first : first + len(term.words)]]
    *whole, last = term.words
    if len(there) < len(term.words) or there[:-1] != whole:
        return False
    return there[-1].startswith(last) if term.prefix else there[-1] == last


def _merged(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge the stretches that marks cover; none touches another."""
    merged: list[tuple[int, int]] = []
    for start, end in marks:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _start(text: str, first: int) -> int:
    """Find where to begin: at a word's beginning, if there is one near."""
    start = max(0, first - BEFORE)
    space = SPACE.search(text, start - 1, first) if start else None
    return space.end() if space else start


def _end(text: str, start: int, first_end: int) -> int:
    end = max(start + LENGTH, first_end)
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space if space > max(start + BEFORE, first_end) else end


def _pieces(text: str, start: int, end: int, marks: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    place = start
    for begin, stop in marks:
        if begin >= end:
            break
        if begin > place:
            yield _piece(text[place:begin], hit=False)
        yield _piece(text[begin : min(stop, end)], hit=True)
        place = min(stop, end)
    if place < end:
        yield _piece(text[place:end], hit=False)


def _piece(text: str, *, hit: bool) -> Piece:
    return Piece(SPACE.sub(" ", text), hit)
