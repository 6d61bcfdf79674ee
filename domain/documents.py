"""Define a view: documents by key, each the fold of the events that are routed to it.

A store keeps views without knowing what is in them. What bears on a case goes through `fold`,
which tells the documents' parts that the case amounts to; the document of a key is its parts by
case. The same events always give the same bytes, so a view can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from answerable.domain.record import RecordedEvent

NO_PART = b""
"""The bytes of a part that a case has no more under a key that it once gave: nothing is kept."""


class DocumentPart(NamedTuple):
    """The part of one document that one case makes: of which view, under which key, its bytes."""

    view: str
    key: str
    body: bytes


class DocumentViews(NamedTuple):
    """Views that are made in one fold over the events of a case.

    Attributes:
        versions: the views by name, each with the version of its fold. A view whose stored version
            is another is made again.
        kinds: the kinds of events that can change what a case amounts to.
        fold: what a case amounts to, from all its events. A key that it once gave for a case, it
            gives for that case ever after, be it with `NO_PART`.
        counted: the views of which the parts of a document are counted by what they say.
    """

    versions: Mapping[str, int]
    kinds: frozenset[str]
    fold: Callable[[str, Iterable[RecordedEvent]], Iterator[DocumentPart]]
    counted: frozenset[str] = frozenset()


def beyond(key: str) -> str:
    """Return where the rows of a key end: no key is between the two.

    A key has no control characters; and a server's text has no NUL, which would be nearer still.
    """
    return f"{key}\x01"


class DocumentRows(NamedTuple):
    """Rows of a view that are asked for, by key and by case.

    Attributes:
        view: which.
        first: the key that they begin with.
        end: the key before which they end; None: with the last.
        bodies: only parts that say one of these; None: whatever they say.
    """

    view: str
    first: str
    end: str | None = None
    bodies: Collection[bytes] | None = None
