"""Fetching pages over HTTP, and posting, with someone at the other end who may wish one ill.

urllib3 speaks HTTP and TLS, and keeps connections for the next page. It is slow to import, so
import this where a request is made. The limits are set here: a page has a most length, before and
after it is unpacked; an answer has a most time, and so has all that is asked together. Proxies are
those that the environment names.

When a page is fetched, redirects are followed a few times, within its origin if no other was
allowed. What answers too late, or not at all, is asked again. What is posted is posted once, and to
nobody else.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from functools import cache, partial
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, make_headers
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.util import parse_url

from answerable.ledger.errors import PageMalformed, Unreachable
from answerable.ledger.system.deadline import DEADLINE, TIMED_POOLS, Allowance, Deadline
from answerable.ledger.system.origin import redirected

SILENCE = 20.0
"""The seconds for which the other side may say nothing."""

PATIENCE = 120.0
"""The seconds that an answer may take in all."""

ALL_PATIENCE = 6 * 60 * 60.0
"""The seconds that all that is fetched together may take, unless another number is given."""

PAUSES = (0.2, 1.0)
"""The seconds to wait before each further try."""

REDIRECTS = 5
"""The number of times that a page may be said to be elsewhere."""

KEPT = 16
"""The number of connections to a server that may wait for the next page."""

BESIDE = 1 << 18
"""The bytes that may come in for a page beside twice its length: headers, redirects, refusals."""

UNITS = (("hour", 3600), ("minute", 60))

CHUNK = 1 << 16
OK = 200
MOVED = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
AGENT = {"User-Agent": "answerable"}
PACKED = {"Accept-Encoding": "gzip, identity"}


class Failed(Exception):
    """A try that failed; `lasting` if another would too."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


class Reply(NamedTuple):
    """The answer to a request that was posted."""

    status: int
    reason: str
    headers: Message
    body: bytes


class Web:
    """Fetches pages. Many threads may use one at once; its connections close when it goes.

    Args:
        follow: whether a page may be said to be at another origin.
        seconds: how long all that is fetched may take, from now on.
    """

    def __init__(self, *, follow: bool = False, seconds: float = ALL_PATIENCE) -> None:
        self._follows = follow
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._managers = cache(_manager)
        self._connecting = Lock()

    def get(self, url: str, most: int) -> bytes | None:
        """Return the page at a URL; None where the server says that there is none.

        Args:
            url: where it is, with http or https.
            most: its most bytes.

        Raises:
            PageMalformed: it is longer, or not what it says it is.
            RedirectRefused: it is said to be where one may not go.
            Unreachable: it cannot be had, or not in time.
        """
        failed, allowance = Failed(""), _allowance(most)
        for pause in (0.0, *PAUSES):
            if pause:
                time.sleep(pause)
            try:
                with _in_time(self._end, allowance):
                    return self._follow(url, most)
            except Failed as failure:
                failed = failure
                if failure.lasting:
                    break
        if time.monotonic() >= self._end:
            raise Unreachable(
                f"{url} was not there within {_in_words(self._seconds)}, which is the most that "
                "all of it may take.",
                hint="If the server is an honest one, give it more time: `seconds`.",
                cli_hint="If the server is an honest one, give it more time with --max-time.",
            )
        if allowance.over:
            raise PageMalformed(
                f"{url} sent over {allowance.most:,} bytes, which is more than a page of "
                f"{most:,} can take."
            )
        raise Unreachable(
            f"{url} cannot be fetched: {failed}.",
            hint="Is the address right, and the server up? Then try again.",
        )

    def post(self, url: str, body: bytes, headers: Mapping[str, str], most: int) -> Reply:
        """Post a request. Whatever its status, what comes back is the answer.

        Args:
            url: where to, with http or https.
            body: what is posted.
            headers: what is said of it.
            most: the most bytes that are wanted of an answer; of a longer one, one more is read.

        Raises:
            Failed: nobody answered, or not in HTTP, or not in time.
        """
        with (
            _in_time(self._end, _allowance(most)),
            self._ask("POST", url, {**AGENT, **headers}, body) as response,
        ):
            told = Message()
            for name, value in response.headers.items():
                told[name] = value
            return Reply(response.status, response.reason or "", told, response.read(most + 1))

    def _follow(self, url: str, most: int) -> bytes | None:
        for _ in range(1 + REDIRECTS):
            with self._ask("GET", url, AGENT | PACKED) as response:
                if response.status == OK:
                    return _page(response, url, most)
                response.read(CHUNK)  # if that was all, its connection can be used again
                if response.status in GONE:
                    return None
                there = response.headers.get("Location")
                if response.status not in MOVED or not there:
                    raise Failed(
                        f"the server answers {response.status} {response.reason}",
                        lasting=response.status not in BUSY,
                    )
                url = redirected(url, there, follow=self._follows)
        raise Failed(f"it is redirected over {REDIRECTS} times", lasting=True)

    def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> BaseHTTPResponse:
        """Send a request, and read of the response no more than its headers."""
        to = parse_url(url)
        if to.scheme not in ("http", "https") or not to.host:
            raise Failed("it leads to what is not on the web", lasting=True)
        with self._connecting:
            manager = self._managers(to.scheme, _proxy(to.scheme, to.host))
        bare = to._replace(auth=None).url
        ask = partial(
            manager.urlopen,
            method,
            bare,
            body=body,
            headers=headers,
            timeout=DEADLINE.get().wait(),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
            enforce_content_length=False,
        )
        pool = manager.connection_from_url(bare)
        made = pool.num_connections
        try:
            return ask()
        except ProtocolError as error:
            # A server may close a connection that waits, without a word: that was no answer yet.
            waited = pool.num_connections == made and isinstance(_root(error), ConnectionError)
            if body is not None or not waited:
                raise
        return ask()


def is_prefix(url: str) -> bool:
    """Tell whether a URL is one of http or https that paths can be put behind."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and not set(' ?#"<>\\') & set(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and plain


def _allowance(most: int) -> Allowance:
    """Return what may come in for a page of at most so many bytes, over all tries."""
    return Allowance(2 * most + BESIDE)


@contextmanager
def _in_time(end: float, allowance: Allowance) -> Iterator[None]:
    """End a request that is made within once it has taken too long, or too much came in.

    Raises:
        Failed: it has, or failed otherwise.
    """
    deadline = Deadline(min(end, time.monotonic() + PATIENCE), SILENCE, allowance)
    outer = DEADLINE.set(deadline)
    try:
        yield
    except (OSError, ValueError, HTTPError) as error:
        if allowance.over:
            raise Failed(f"over {allowance.most:,} bytes came in", lasting=True) from None
        if deadline.over:
            raise Failed(f"it took over {PATIENCE:g} seconds", lasting=True) from None
        raise Failed(_why(error)) from None
    finally:
        DEADLINE.reset(outer)


def _manager(scheme: str, proxy: str | None) -> PoolManager:
    """Make the pool that connects for URLs of a scheme, by way of a proxy if there is one."""
    trusted = ssl.create_default_context() if scheme == "https" else None
    how: dict[str, Any] = {"maxsize": KEPT, "ssl_context": trusted}
    manager = _by_way_of(proxy, **how) if proxy else PoolManager(**how)
    manager.pool_classes_by_scheme = TIMED_POOLS
    return manager


def _by_way_of(proxy: str, **how: Any) -> ProxyManager:
    try:
        to = parse_url(proxy)
        authorization = make_headers(
            proxy_basic_auth=to.auth_decoded_joined, proxy_basic_auth_encoding="utf-8"
        )
        return ProxyManager(to._replace(auth=None).url, proxy_headers=authorization, **how)
    except ValueError:  # its words may hold the password
        raise Failed("the environment names a proxy that cannot be used", lasting=True) from None


def _proxy(scheme: str, host: str) -> str | None:
    """Return the proxy that the environment names for a server."""
    named = getproxies().get(scheme)
    if not named or proxy_bypass(host.strip("[]")):
        return None
    return named if "://" in named else f"http://{named}"


def _page(response: BaseHTTPResponse, url: str, most: int) -> bytes:
    """Read what a response holds, and unpack it."""
    malformed = PageMalformed(
        f"{url} is longer than the {most:,} bytes that it can be, or not what it says it is."
    )
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        raise malformed
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if packing == "gzip" else None
    page = bytearray()
    while chunk := response.read(CHUNK):
        try:
            page += unpack.decompress(chunk, most + 1 - len(page)) if unpack else chunk
        except zlib.error:
            raise malformed from None
        if len(page) > most or (unpack and unpack.unused_data):
            raise malformed
    if response.length_remaining or (unpack and not unpack.eof):
        raise Failed("the answer was cut short")
    return bytes(page)


def _in_words(seconds: float) -> str:
    """Say a time in its largest unit."""
    unit, length = next(((u, n) for u, n in UNITS if seconds >= n), ("second", 1))
    number = seconds / length
    return f"{number:g} {unit}{'' if number == 1 else 's'}"


def _root(error: BaseException) -> BaseException:
    """Return the error that urllib3 wrapped in one of its own."""
    for inner in (*error.args, error.__cause__):
        if isinstance(inner, BaseException):
            return _root(inner)
    return error


def _why(error: Exception) -> str:
    root = _root(error)
    if isinstance(root, TimeoutError):
        return f"no answer in {SILENCE:g} seconds"
    return str(getattr(root, "strerror", None) or str(root) or type(root).__name__)
