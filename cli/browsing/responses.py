"""Pages as responses: each with the policy that it holds, as a header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from starlette.responses import HTMLResponse, Response, StreamingResponse

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
"""Match the policy that each page holds."""

ALONE = "; frame-ancestors 'none'"
"""Forbid that another page shows one of ours in it: a policy within a page cannot say so."""

NOTHING = "default-src 'none'"
"""Forbid everything, where a page holds no policy."""


def html(page: str, status: int = 200) -> Response:
    """Return a page as a response."""
    return HTMLResponse(page, status, headers=_headers(page))


def streamed(begins: str, rest: Iterator[str]) -> Response:
    """Return a page that goes on while it is read.

    Args:
        begins: its beginning, which holds its policy.
        rest: what follows, piece by piece.
    """

    def pieces() -> Iterator[str]:
        yield begins
        yield from rest

    return StreamingResponse(pieces(), media_type="text/html", headers=_headers(begins))


def _headers(page: str) -> dict[str, str]:
    found = POLICY.search(page)
    return {"content-security-policy": f"{unescape(found[1]) if found else NOTHING}{ALONE}"}
