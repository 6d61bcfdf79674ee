"""Time-stamp tokens: only what the authority stamped is accepted."""

from __future__ import annotations

from cryptography.x509 import load_pem_x509_certificate
from tests.fuzz.surface import material

from answerable.domain.errors import AnswerableError
from answerable.ledger.timestamp.authority import Authorities, verify_token
from answerable.ledger.timestamp.token import TimestampRequest, Token

LONGEST = 16_384

TRUSTED = Authorities((load_pem_x509_certificate(material("authority.pem")),))
STAMPED = b"what is stamped"
GOOD = Token.parse(material("reply.tsr"))


def take(data: bytes) -> None:
    """Read a request, or a reply with a token, and hold it against what was stamped."""
    try:
        request = TimestampRequest.parse(data)
    except AnswerableError:
        pass
    else:
        assert request.data == data
    try:
        token = Token.parse(data)
        verify_token(token, STAMPED, TRUSTED)
    except AnswerableError:
        return
    assert token._replace(data=b"", certificates=()) == GOOD._replace(data=b"", certificates=())
