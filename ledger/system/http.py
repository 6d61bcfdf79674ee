"""Fetching pages over HTTP, and posting, with someone at the other end who may wish one ill.

An answer has a most length, and a most time for all of it however slowly it trickles in. Proxies
are those that the environment names.

When a page is fetched, redirects are followed a few times, and to HTTP alone. What answers too
late, or not at all, is asked again. Connections are kept for the next page, as far as the server
keeps them. What is posted is posted once, and to nobody else.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from email.message import Message
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass
from weakref import finalize

from answerable.ledger.errors import (
    PageMalformed,
    Unreachable,
)

SILENCE = 20.0
"""For how many seconds the other side may say nothing."""

PATIENCE = 120.0
"""How many seconds an answer may take in all."""

PAUSES = (0.2, 1.0)
"""How many seconds to wait before each further try."""

REDIRECTS = 5
"""How often a page may be said to be elsewhere."""

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
    """What is answered to a request that was posted."""

    status: int
    reason: str
    headers: Message
    body: bytes


class _Elsewhere(NamedTuple):
    """Where the server says that a page is."""

    url: str


class _Patience:
    """Cuts every connection of one try once it has taken too long, and those made after."""

    def __init__(self) -> None:
        self.over = False
        self._sockets: list[socket.socket] = []

    def watch(self, connection: socket.socket) -> None:
        self._sockets.append(connection)
        if self.over:
            self.end()

    def end(self) -> None:
        self.over = True
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def _patiently() -> Iterator[_Patience]:
    """Ends what is done within once it has taken too long.

    Raises:
        Failed: it has.
    """
    patience = _Patience()
    late = Timer(PATIENCE, patience.end)
    late.daemon = True
    late.start()
    try:
        yield patience
    except (Failed, PageMalformed):
        if not patience.over:
            raise
    finally:
        late.cancel()
    if patience.over:
        raise Failed(f"it took over {PATIENCE:g} seconds", lasting=True)


Idle = defaultdict[str, list[HTTPConnection]]
"""Connections that wait for the next page, by the server that they lead to."""


class Web:
    """Fetches pages. Many threads may use one at once; its connections close when it goes."""

    def __init__(self) -> None:
        self._idle: Idle = defaultdict(list)
        finalize(self, _close, self._idle)

    def get(self, url: str, most: int) -> bytes | None:
        """The page at a URL; None where the server says that there is none.

        Args:
            url: where it is, with http or https.
            most: its most bytes.

        Raises:
            PageMalformed: it is longer, or not what it says it is.
            Unreachable: it cannot be had.
        """
        failed = Failed("")
        for pause in (0.0, *PAUSES):
            time.sleep(pause)
            try:
                return self._try(url, most)
            except Failed as failure:
                failed = failure
                if failure.lasting:
                    break
                _close(self._idle)
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
        with _patiently() as patience:
            try:
                parts = urlsplit(url)
                target, authorization = _target(parts)
                with closing(self._connection(parts)) as connection:
                    connection.connect()
                    patience.watch(connection.sock)
                    connection.request("POST", target, body, {**AGENT, **headers, **authorization})
                    with connection.getresponse() as response:
                        told = response.read(most + 1)
                        return Reply(response.status, response.reason, response.headers, told)
            except (OSError, HTTPException, ValueError) as error:
                raise Failed(_why(error)) from None

    def _try(self, url: str, most: int) -> bytes | None:
        with _patiently() as patience:
            return self._follow(url, most, patience)

    def _follow(self, url: str, most: int, patience: _Patience) -> bytes | None:
        try:
            for _ in range(1 + REDIRECTS):
                answer = self._ask(url, most, patience)
                if not isinstance(answer, _Elsewhere):
                    return answer
                url = urljoin(url, answer.url)
        except (OSError, HTTPException, ValueError) as error:
            raise Failed(_why(error)) from None
        raise Failed(f"it is redirected over {REDIRECTS} times", lasting=True)

    def _ask(self, url: str, most: int, patience: _Patience) -> bytes | _Elsewhere | None:
        parts = urlsplit(url)
        # A server may close a connection that waits, without a word.
        with suppress(IndexError, ConnectionError):
            waiting = self._idle[_server(parts)].pop()
            return self._exchange(waiting, parts, most, patience)
        return self._exchange(self._connection(parts), parts, most, patience)

    def _exchange(
        self, connection: HTTPConnection, parts: SplitResult, most: int, patience: _Patience
    ) -> bytes | _Elsewhere | None:
        """Ask for a page once, and keep the connection if it can be used again."""
        try:
            if connection.sock is None:
                connection.connect()
            kept = connection.sock
            patience.watch(kept)
            target, authorization = _target(parts)
            connection.request("GET", target, headers=AGENT | PACKED | authorization)
            with connection.getresponse() as response:
                answer = _answer(response, parts.geturl(), most)
                whole = response.isclosed() and connection.sock is kept
        except BaseException:
            connection.close()
            raise
        if whole:
            self._idle[_server(parts)].append(connection)
        else:
            connection.close()
        return answer

    def _connection(self, parts: SplitResult) -> HTTPConnection:
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Failed("it leads to what is not on the web", lasting=True)
        proxy = _proxy(parts)
        to = proxy or parts
        host, port = to.hostname or "", to.port
        if parts.scheme == "http":
            return HTTPConnection(host, port, timeout=SILENCE)
        secure = HTTPSConnection(host, port, timeout=SILENCE, context=self._certificates)
        if proxy:
            secure.set_tunnel(parts.hostname, parts.port, headers=_authorization(proxy))
        return secure

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def is_prefix(url: str) -> bool:
    """Whether this is a URL of http or https that paths can be put behind."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and not set(' ?#"<>\\') & set(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and plain


def _close(idle: Idle) -> None:
    for waiting in list(idle.values()):
        while waiting:
            with suppress(IndexError):
                waiting.pop().close()


def _proxy(parts: SplitResult) -> SplitResult | None:
    """The proxy that the environment names for a URL."""
    named = getproxies().get(parts.scheme)
    if not named or not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return urlsplit(named if "://" in named else f"http://{named}")


def _server(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


def _target(parts: SplitResult) -> tuple[str, dict[str, str]]:
    """What to ask a server for, and what lets one through a proxy, which is told the whole URL."""
    proxy = _proxy(parts) if parts.scheme == "http" else None
    if proxy:
        return parts._replace(fragment="").geturl(), _authorization(proxy)
    return parts._replace(scheme="", netloc="", fragment="").geturl() or "/", {}


def _authorization(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    words = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(words.encode()).decode()}"}


def _answer(response: HTTPResponse, url: str, most: int) -> bytes | _Elsewhere | None:
    if response.status == OK:
        page = _body(response, most)
        if page is None:
            raise PageMalformed(
                f"{url} is longer than the {most:,} bytes that it can be, or not what it says it "
                "is."
            )
        return page
    response.read(CHUNK)
    if response.status in GONE:
        return None
    if response.status in MOVED and (there := response.headers.get("Location")):
        return _Elsewhere(there)
    raise Failed(
        f"the server answers {response.status} {response.reason}",
        lasting=response.status not in BUSY,
    )


def _body(response: HTTPResponse, most: int) -> bytes | None:
    """What a response holds, unpacked; None if that is over the most, or not as it is packed."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        return None
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if packing == "gzip" else None
    page = bytearray()
    while chunk := response.read(CHUNK):
        try:
            page += unpack.decompress(chunk, most + 1 - len(page)) if unpack else chunk
        except zlib.error:
            return None
        if len(page) > most:
            return None
    if response.length or (unpack and not unpack.eof):
        raise Failed("the answer was cut short")
    return bytes(page)


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer in {SILENCE:g} seconds"
    return str(getattr(error, "strerror", None) or str(error) or type(error).__name__)
