"""Faults of the signature of who records an event."""

from __future__ import annotations

from answerable.domain.errors import Refused
from answerable.ledger.errors import NotVerified


class MalformedSignature(NotVerified):
    """An actor's signature is not one as OpenSSH writes it, or is by a key that is not accepted."""


class WrongNamespace(NotVerified):
    """An actor's signature was made for another purpose than to record an event."""


class NotAllowed(NotVerified):
    """A key that is not allowed to sign for the one who is said to have recorded, or not then."""


class NoSigners(Refused):
    """Nothing says who may sign as whom: there is no file of allowed signers, or none to read."""


class NotSigned(Refused):
    """`ssh-keygen` is not there, or did not sign."""


class SignatureRefused(Refused):
    """The signature that an event was to be recorded with is not good, or not one of its actor."""
