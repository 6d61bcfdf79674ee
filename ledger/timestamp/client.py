"""Asking a time-stamping authority over HTTP (RFC 3161 section 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.ledger.timestamp.errors import AuthorityUnreachable
from answerable.ledger.timestamp.token import LONGEST

if TYPE_CHECKING:
    from answerable.ledger.system.http import Reply

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"

ADDRESS = "Is this the address that the authority gives for RFC 3161?"


def ask(url: str, request: bytes) -> bytes:
    """Ask an authority for a time stamp. The answer is not looked into.

    Args:
        url: where it answers.
        request: the request, in DER.

    Raises:
        AuthorityUnreachable: it did not answer, or not as an authority does.
    """
    from answerable.ledger.system.http import Failed, Web

    try:
        reply = Web().post(url, request, {"Content-Type": QUERY, "Accept": REPLY}, LONGEST)
    except Failed as error:
        raise AuthorityUnreachable(
            f"{url} did not answer: {error!s:.200}.",
            hint="Try again later, or carry request and reply yourself.",
            cli_hint="Try again later, or carry request and reply yourself: `answerable timestamp "
            "request` and `attach`.",
        ) from None
    if not 200 <= reply.status < 300:
        raise _not_there(url, reply)
    kind = reply.headers.get_content_type()
    if kind != REPLY:
        raise AuthorityUnreachable(
            f"{url} answered with {kind:.80}, which is no time stamp.", hint=ADDRESS
        )
    if len(reply.body) > LONGEST:
        raise AuthorityUnreachable(f"{url} answered with more than {LONGEST:,} bytes.")
    return reply.body


def _not_there(url: str, reply: Reply) -> AuthorityUnreachable:
    hint = ADDRESS
    if 300 <= reply.status < 400:
        from answerable.ledger.system.origin import pointed_at

        hint = pointed_at(url, reply.headers.get("Location"))
    return AuthorityUnreachable(f"{url} answered {reply.status} {reply.reason:.80}.", hint=hint)
