"""Define a search through the sealed texts that are open: what is asked, and what is found.

A *text* is one sealed field of one event. What is not at hand is not searched, but counted, so that
"nothing found" is not read as "nothing there".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from answerable.domain.kinds import FAMILY, model
from answerable.domain.record import RecordedEvent
from answerable.domain.search.query import BadQuery, Query

CORRECTED = "sealed_fields"
"""The field in which a correction keeps the texts that it puts in others' place, by field."""


class SearchRequest(NamedTuple):
    """A search: what for, and where.

    Attributes:
        query: the words.
        case: only in this case.
        kinds: only in events of these kinds.
        fields: only in texts of these fields.
        about: only in texts that are about this party.
        known_by: only in what was recorded by then.
    """

    query: Query
    case: str | None = None
    kinds: frozenset[str] | None = None
    fields: frozenset[str] | None = None
    about: str | None = None
    known_by: datetime | None = None


class Hit(NamedTuple):
    """A text that has what is searched for.

    Attributes:
        event: the event.
        field: which of its sealed fields.
        about: the parties that the text is about.
        value: the text; or texts by field, where a correction says what others should say.
    """

    event: RecordedEvent
    field: str
    about: tuple[str, ...]
    value: Any


class SearchResult(NamedTuple):
    """The outcome of a search.

    Attributes:
        total: how many texts have what is searched for.
        hits: these, each opened when its turn comes.
        erased: how many texts that were to be searched are destroyed.
        withheld: how many are not at hand. Of which field they are, and about whom, is not known.
        ranked: whether the best hits come first; else the first recorded do.
    """

    total: int
    hits: Iterator[Hit]
    erased: int
    withheld: int
    ranked: bool


class FoundPage(NamedTuple):
    """A page of what a search found, without regard to how much more there is.

    Attributes:
        total: how many texts were looked at that have what is searched for.
        more: whether there are more, which were not looked at.
        hits: those of the page, each opened when its turn comes.
        erased: how many texts that were to be searched are destroyed.
        withheld: how many are not at hand.
        ranked: whether the best hits come first; else the last recorded do.
    """

    total: int
    more: bool
    hits: Iterator[Hit]
    erased: int
    withheld: int
    ranked: bool


class Passage(NamedTuple):
    """A piece of a text, and the field that it belongs to."""

    field: str
    text: str


def passages(field: str, value: Any) -> list[Passage]:
    """List the pieces of the text of a field, in their order. Each is searched by itself.

    What a correction says belongs to the field that it corrects.
    """
    if field == CORRECTED and isinstance(value, dict):
        return [each for name, inner in value.items() for each in passages(name, inner)]
    return [Passage(field, text) for text in _texts(value)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def passages_in_scope(wanted: SearchRequest, field: str, value: Any) -> list[Passage]:
    """List the pieces of a text that a search looks into."""
    return [
        each
        for each in passages(field, value)
        if wanted.fields is None or each.field in wanted.fields
    ]


def searched_field(name: str) -> str:
    """Find the sealed field that a name means; spaces may stand for its underscores.

    Raises:
        BadQuery: no kind of event has such a field; the nearest ones are named.
    """
    there = sorted({field for kind in FAMILY for field in model(kind).sealed} - {CORRECTED})
    field = name.replace(" ", "_").replace("-", "_")
    if field in there:
        return field
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    near = nearest(field, there, alike=0.5)
    raise BadQuery(
        f"no kind of event has a sealed field {name!r:.80}.",
        hint=did_you_mean(near) or f"There are: {', '.join(there)}.",
    )
