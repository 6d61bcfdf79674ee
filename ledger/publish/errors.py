"""The errors of publishing a log, and of reading a published one."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import NotVerified


class PublishedNotFound(AnswerableError):
    """There is no published log at this place."""

    exit_code = 2


class PageMissing(NotVerified):
    """A published log lacks a page that its checkpoint says is there: entries are withheld."""


class EntryAltered(NotVerified):
    """A published entry is not the one that the signed tree was built over."""


class TileAltered(NotVerified):
    """A published tile is not of the signed tree, though the entries that it covers are."""


class RootDiffers(NotVerified):
    """The published pages fit together, but are not what the checkpoint's signature is over."""
