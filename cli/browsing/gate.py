"""Who is let in: only a browser of this machine that was given the token, and only to read.

A page of the web could ask a server on the reader's own machine, by its address or by a name that
it makes resolve to it (DNS rebinding). So the name that is asked for has to be ours; a request that
another page makes is turned away; and nothing is told without the token, which stands in the
address that the command prints, and from then on in a cookie that no script reads.

Sources: Fetch Metadata (https://www.w3.org/TR/fetch-metadata/); RFC 6265bis on SameSite; the way of
Jupyter's server with tokens (https://jupyter-server.readthedocs.io).
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from hmac import new as keyed
from secrets import token_urlsafe
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from answerable.projections.pages.browsing.refusal import Reason

READING = ("GET", "HEAD")
"""The methods that read, and the only ones that are answered."""

TOKEN = "token"  # noqa: S105 - the name of it
"""The name of the token in an address."""

ELSEWHERE = frozenset(("cross-site", "same-site"))
"""List what a browser says in `Sec-Fetch-Site` where a page of another origin asks."""

HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""The headers of every answer: nothing of it is kept, told to others, framed, or guessed at."""


def new_token() -> str:
    """Make a token that nobody guesses: 192 bits of the system's randomness."""
    return token_urlsafe(24)


class Door(NamedTuple):
    """Hold by what one is let in.

    Attributes:
        token: what whoever asks has to know.
        port: the port that is listened on.
    """

    token: str
    port: int

    @property
    def hosts(self) -> frozenset[str]:
        """Return the names that may be asked for."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost"))

    @property
    def address(self) -> str:
        """Return the address to open, with the token."""
        return f"http://127.0.0.1:{self.port}/?{TOKEN}={self.token}"

    @property
    def cookie(self) -> str:
        """Return the name of the cookie: ports of one machine share their cookies."""
        return f"answerable-{self.port}"

    @property
    def pass_(self) -> str:
        """Return what the cookie holds: made of the token, which it does not tell."""
        return keyed(self.token.encode(), self.cookie.encode(), sha256).hexdigest()

    def knows(self, token: str) -> bool:
        """Tell whether a token is the one, in the same time for any."""
        return compare_digest(token.encode(errors="replace"), self.token.encode())

    def has_been_let_in(self, cookies: Mapping[str, str]) -> bool:
        """Tell whether the cookie of a request lets it in."""
        held = cookies.get(self.cookie, "")
        return compare_digest(held.encode(errors="replace"), self.pass_.encode())


def turned_away(door: Door, method: str, headers: Mapping[str, list[str]]) -> Reason | None:
    """Tell why a request is turned away before it is asked for the token; None: it is not.

    Args:
        door: by what one is let in.
        method: of the request.
        headers: its headers, by their names in lower case.
    """
    if not _is_one_of(headers.get("host", []), door.hosts):
        return "host"
    origins = frozenset(f"http://{host}" for host in door.hosts)
    if "origin" in headers and not _is_one_of(headers["origin"], origins):
        return "origin"
    site, mode = headers.get("sec-fetch-site", []), headers.get("sec-fetch-mode", [])
    if ELSEWHERE.intersection(site) and mode != ["navigate"]:
        return "origin"
    if method not in READING:
        return "method"
    return None


def _is_one_of(values: list[str], allowed: frozenset[str]) -> bool:
    """Tell whether a header was given once, and holds one of some values."""
    return len(values) == 1 and values[0].lower() in allowed
