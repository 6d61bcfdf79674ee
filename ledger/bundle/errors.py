"""The errors of a bundle, and of what is to go into one."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import NotVerified


class MalformedBundle(NotVerified):
    """A bundle is not a zip of the files that it should hold, or one of them cannot be read."""


class FileAltered(NotVerified):
    """A file of a bundle is not the one that its manifest lists."""


class EntriesMissing(NotVerified):
    """The events of a case are not numbered without gaps, or one that others rest on is absent."""


class TextAltered(NotVerified):
    """A text is not the one that its entry commits to."""


class ManifestDiffers(NotVerified):
    """The manifest of a bundle differs from what the entries say."""


class PageAltered(NotVerified):
    """The words of a page are not those that it was written with."""


class NotNamed(AnswerableError):
    """A party whose texts are to be withheld is not named in what is given away."""

    exit_code = 2


class SignedByAnother(NotVerified):
    """The signature of who recorded an event is bad, or by a key that may not sign for them."""


class NothingGiven(AnswerableError):
    """No entry of a case may be given to those whom a page is for."""
