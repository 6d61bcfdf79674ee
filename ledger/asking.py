"""Asking a time-stamping authority over HTTP (RFC 3161 section 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.ledger.errors import AuthorityUnreachable
from answerable.ledger.tokens import LONGEST

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from urllib.error import HTTPError

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
    from http.client import HTTPException
    from urllib.error import HTTPError

    try:
        with _post(url, request, patience) as response:
            kind = response.headers.get_content_type()
            answer = response.read(LONGEST + 1)
    except HTTPError as error:
        # The error holds the connection open.
        with error:
            raise _not_there(url, error) from None
    except (OSError, HTTPException, ValueError) as error:
        cause = str(getattr(error, "reason", None) or error) or type(error).__name__
        raise AuthorityUnreachable(
            f"{url} did not answer: {cause:.200}.",
            hint="Try again later, or carry request and reply yourself: `answerable timestamp "
            "request` and `attach`.",
        ) from None
    if kind != REPLY:
        raise AuthorityUnreachable(
            f"{url} answered with {kind:.80}, which is no time stamp.", hint=ADDRESS
        )
    if len(answer) > LONGEST:
        raise AuthorityUnreachable(f"{url} answered with more than {LONGEST:,} bytes.")
    return answer


def _post(url: str, request: bytes, patience: float) -> HTTPResponse:
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class Stay(HTTPRedirectHandler):
        """Follows nothing: the request would get lost on the way."""

        def redirect_request(self, *_: object) -> None:
            return None

    if not url.lower().startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    question = Request(url, request, {"Content-Type": QUERY, "Accept": REPLY})  # noqa: S310
    response: HTTPResponse = build_opener(Stay).open(question, timeout=patience)
    return response


def _not_there(url: str, error: HTTPError) -> AuthorityUnreachable:
    hint = ADDRESS
    if 300 <= error.code < 400:
        elsewhere = error.headers.get("Location", "nowhere")
        hint = f"It points to {elsewhere!r:.200}. If you trust that, ask there."
    return AuthorityUnreachable(f"{url} answered {error.code} {error.reason!s:.80}.", hint=hint)
