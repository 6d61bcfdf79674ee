"""The errors of a time stamp, and of asking for one."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError, Refused
from answerable.ledger.errors import NotVerified


class StampNotFound(AnswerableError):
    """No time stamp of this number is kept."""

    exit_code = 2


class MalformedStamp(NotVerified):
    """A request for a time stamp, or what answers it, is not as RFC 3161 has it."""


class StampOfOther(NotVerified):
    """A time stamp is over something else than it should be, or answers another request."""


class StampAltered(NotVerified):
    """A time stamp is not what its authority signed."""


class UnknownAuthority(NotVerified):
    """No authority that is trusted made the time stamp."""


class UnfitAuthority(NotVerified):
    """Whoever made the time stamp may not make any, or not at that time, or has another policy."""


class StampRefused(Refused):
    """The authority answered, but made no time stamp."""


class AuthorityUnreachable(AnswerableError):
    """The authority did not answer as one."""


class CertificatesUnusable(Refused):
    """A file holds no certificates."""
