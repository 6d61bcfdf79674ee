"""The origin of a page (RFC 6454 section 4): the scheme, host and port that it is asked from.

Whoever names a URL trusts what answers there to be asked, and no more. A server that says "look
elsewhere" could have one ask inside the house, where it cannot get itself. So a redirect to another
origin is followed only where that was allowed, and one that leaves TLS never.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urljoin

from urllib3.util import parse_url

from answerable.ledger.errors import RedirectRefused

PORTS = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """The scheme, host and port of a URL."""

    scheme: str | None
    host: str | None
    port: int | None

    @classmethod
    def of(cls, url: str) -> Origin:
        """Take the origin of a URL.

        Raises:
            ValueError, HTTPError: it is no URL.
        """
        parts = parse_url(url)
        return cls(parts.scheme, parts.host, parts.port or PORTS.get(parts.scheme or ""))

    @property
    def on_the_web(self) -> bool:
        return self.scheme in PORTS and bool(self.host)

    def __str__(self) -> str:
        usual = self.port == PORTS.get(self.scheme or "")
        port = "" if usual else f":{self.port}"
        return f"{self.scheme}://{quote(self.host or '', safe='[:].-_~%'):.200}{port}"


def redirected(url: str, location: str, *, follow: bool) -> str:
    """Return where a page leads that is said to be elsewhere, if one may go there.

    Args:
        url: where it was asked for.
        location: where the server says that it is.
        follow: whether another origin was allowed.

    Raises:
        RedirectRefused: it is at another origin, and that was not allowed, or TLS is left.
        ValueError, HTTPError: there is no URL.
    """
    there = urljoin(url, location)
    old, new = Origin.of(url), Origin.of(there)
    if old == new or not new.on_the_web:
        return there
    if (old.scheme, new.scheme) == ("https", "http"):
        raise RedirectRefused(
            f"{old} redirects to {new}, where nothing protects what is asked and answered.",
            hint="That is never followed. Ask whoever runs the server to redirect to https.",
        )
    if not follow:
        raise RedirectRefused(
            f"{old} redirects to {new}, which is another origin.",
            hint="If you trust that, name its URL instead, or allow it: `follow=True`.",
            cli_hint="If you trust that, name its URL instead, or allow it with --follow.",
        )
    return there


def pointed_at(url: str, location: str | None) -> str:
    """Say where a server points that was posted to. What is posted goes to nobody else."""
    nowhere = "It points to nowhere that one could ask."
    if not location:
        return nowhere
    try:
        here, there = Origin.of(url), Origin.of(urljoin(url, location))
    except ValueError:
        return nowhere
    whose = "its own origin" if here == there else f"{there}, which is another origin than {here}"
    return f"It points to {location!r:.200}, at {whose}. If you trust that, name it yourself."
