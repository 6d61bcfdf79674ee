"""Asking a time-stamping authority over HTTP (RFC 3161 section 3.4)."""

from __future__ import annotations

from answerable.ledger.errors import AuthorityUnreachable
from answerable.ledger.posting import NoReply, Reply, post
from answerable.ledger.tokens import LONGEST

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"

PATIENCE = 30.0
"""Seconds of silence after which an authority is given up."""

ADDRESS = "Is this the address that the authority gives for RFC 3161?"


def ask(url: str, request: bytes, *, patience: float = PATIENCE) -> bytes:
    """Ask an authority for a time stamp. What it answers is not looked into.

    Args:
        url: where it answers.
        request: the request, in DER.
        patience: seconds of silence to bear.

    Raises:
        AuthorityUnreachable: it did not answer, or not as an authority does.
    """
    headers = {"Content-Type": QUERY, "Accept": REPLY}
    try:
        reply = post(url, request, headers, most=LONGEST, silence=patience)
    except NoReply as error:
        raise AuthorityUnreachable(
            f"{url} did not answer: {error}.",
            hint="Try again later, or carry request and reply yourself: `answerable timestamp "
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
        elsewhere = reply.headers.get("Location", "nowhere")
        hint = f"It points to {elsewhere!r:.200}. If you trust that, ask there."
    return AuthorityUnreachable(f"{url} answered {reply.status} {reply.reason:.80}.", hint=hint)
