"""A language in which every message stands in brackets, so that what is no message shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from gettext import NullTranslations
from typing import Any

from tests.support.languages import labels, terms

from answerable.domain.language.language import Language
from answerable.domain.language.saying import label_in_english
from answerable.domain.policy.shipped import profiles
from answerable.domain.record import RecordedEvent
from answerable.projections.blocks.blocks import Block, Bullets, Paragraph, Quotation, Table
from answerable.projections.blocks.spans import Line

OPENING, CLOSING = "⟦", "⟧"

CODES = frozenset(("UTC", "answerable"))
"""Words that are the same in every language."""

_PLACE = re.compile(r"(\{\w*\})")
_IN_BRACKETS = re.compile(f"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
_NO_WORD = re.compile(r"\S*[\d/@_]\S*")
"""Match pseudonyms with numbers, ids, hashes and media types, which are no words."""

_WORD = re.compile(r"[A-Za-z]{2,}")


def bracketed(sentence: str) -> str:
    """Put the words of a sentence in brackets, and leave its places outside."""
    parts = _PLACE.split(sentence)
    return "".join(
        f"{OPENING}{part}{CLOSING}" if place % 2 == 0 and part else part
        for place, part in enumerate(parts)
    )


class _Bracketed(NullTranslations):
    def __init__(self) -> None:
        super().__init__()
        self._terms = {each.replace("-", " ") for each in dict(terms())}
        self._labels = {label_in_english(each) for each in labels()}

    def gettext(self, message: str) -> str:
        return bracketed(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return bracketed(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        known = {"term": self._terms, "field": self._labels}.get(context)
        return bracketed(message) if known is None or message in known else message


def pseudo_language() -> Language:
    """Return the language; dates and numbers in it are as in Chinese, without English words."""
    return Language("zh-Hans", _Bracketed())


def words_outside(text: str, recorded: Iterable[str] = ()) -> list[str]:
    """Return the words of a text that are in no message.

    Args:
        text: as it was said in the language above.
        recorded: what is told in it as it was recorded, the longest first.
    """
    left = _IN_BRACKETS.sub(" ", text)
    for each in recorded:
        left = left.replace(each, " ")
    return [word for word in _WORD.findall(_NO_WORD.sub(" ", left)) if word not in CODES]


def own_words(events: Iterable[RecordedEvent]) -> list[str]:
    """Return what the public fields of events tell in words that are none of a vocabulary."""
    ours = set(dict(terms()))
    found = {text for event in events for text in _texts(event.fields)}
    found |= {profile.policy.id for profile in profiles()}
    return sorted((each for each in found - ours if len(each) > 2), key=len, reverse=True)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def lines_of(block: Block) -> Iterator[Line]:
    """Yield the lines of a block that are our own words."""
    match block:
        case Paragraph(lines) | Bullets(lines):
            yield from lines
        case Quotation(head, _):
            yield head
        case Table(_, rows, _):
            yield from (line for row in rows for cell in row.cells for line in cell.lines)


def left(block: Block, recorded: list[str]) -> list[str]:
    """Return the words of a block that are neither messages nor out of the record."""
    heads = (*block.heads, block.name) if isinstance(block, Table) else ()
    own = (
        "".join(each.text for each in line if not each.styles & {"recorded", "code"})
        for line in lines_of(block)
    )
    return [word for text in (*heads, *own) for word in words_outside(text, recorded)]
