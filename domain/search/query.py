"""Read what a search asks for, in the few signs that most people know.

    late gift           both words, anywhere in one text
    "late gift"         the words in a row
    repriman*           words that begin so; also the last in a row
    dismissal OR fine   either; OR binds closer than the space
    -rumour             texts without the word

Everything else means itself. A word with signs inside it (`person-9`, `a@b.org`) is the row of its
parts; so is a row of ideographs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from answerable.domain.errors import AnswerableError
from answerable.domain.search.tokenizer import words

MOST_WORDS = 300
"""The most words that a query may have."""

LONGEST = 100_000
"""The most characters that a query may have."""

PART = re.compile(r"""(?P<minus>-?)(?:"(?P<quoted>[^"]*)(?:"|$)(?P<star>\*?)|(?P<plain>[^\s"]+))""")


class BadQuery(AnswerableError):
    """A query that asks for nothing, or for too much at once."""

    exit_code: ClassVar[int] = 2


class Term(NamedTuple):
    """Words in a row; the last of them may be the beginning of one (`prefix`)."""

    words: tuple[str, ...]
    prefix: bool = False

    def __str__(self) -> str:
        row = " ".join(self.words)
        return f'"{row}"{"*" if self.prefix else ""}'


class Query(NamedTuple):
    """The words that a text must have, some of each group, and those that it must not have."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()

    @property
    def terms(self) -> Iterator[Term]:
        """Yield what the query asks for."""
        return (term for group in self.groups for term in group)

    def __str__(self) -> str:
        asked = [" OR ".join(map(str, group)) for group in self.groups]
        return " ".join((*asked, *(f"-{term}" for term in self.without)))


def query(text: str) -> Query:
    """Read the query that a text means.

    Raises:
        BadQuery: there is no word in it, it only says what not to find, or it is too long.
    """
    if len(text) > LONGEST:
        raise BadQuery(
            f"the query is {len(text):,} characters long.", hint=f"{LONGEST:,} are the most."
        )
    groups: list[list[Term]] = []
    without: list[Term] = []
    parts = list(PART.finditer(text))
    either = False
    for place, part in enumerate(parts):
        if part[0] == "OR" and either is False and groups and _asks(parts[place + 1 : place + 2]):
            either = True
            continue
        term = _term(part)
        if term is None:
            continue
        if _excludes(part):
            without.append(term)
        elif either:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    found = Query(tuple(map(tuple, groups)), tuple(without))
    _check(found, text)
    return found


def matches(asked: Query, row: str) -> bool:
    """Tell whether a row of words (`tokenizer.token_line`) is what a query asks for."""
    spaced = f" {row} "
    return all(any(_in(term, spaced) for term in group) for group in asked.groups) and not any(
        _in(term, spaced) for term in asked.without
    )


def _in(term: Term, spaced: str) -> bool:
    return f" {' '.join(term.words)}{'' if term.prefix else ' '}" in spaced


def _excludes(part: re.Match[str]) -> bool:
    return bool(part["minus"])


def _asks(parts: list[re.Match[str]]) -> bool:
    """Tell whether the next part asks for something, so that OR can stand before it."""
    return bool(parts) and _term(parts[0]) is not None and not _excludes(parts[0])


def _term(part: re.Match[str]) -> Term | None:
    """Read what a part of the query asks for, where there is a word in it."""
    asked = part["plain"] if part["quoted"] is None else part["quoted"]
    found = tuple(words(asked))
    return Term(found, bool(part["star"]) or asked.endswith("*")) if found else None


def _check(found: Query, text: str) -> None:
    if not found.groups:
        shown = ascii(text) if len(text) <= 40 else f"{text[:40]!a}…"
        raise BadQuery(
            f"the query only says what not to find: {shown}."
            if found.without
            else f"there is no word in the query {shown}.",
            hint='Give a word, as in: reprimand, or "a row of words".',
            cli_hint='Give a word, as in `answerable search reprimand`, or "a row of words".',
        )
    count = sum(len(term.words) for term in (*found.terms, *found.without))
    if count > MOST_WORDS:
        raise BadQuery(
            f"the query has {count:,} words.", hint=f"{MOST_WORDS} are the most; leave some out."
        )
