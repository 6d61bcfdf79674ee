"""Fetching a page over HTTP from someone who may wish one ill.

A page has a most length, and a most time for all of it however slowly it trickles in. Redirects are
followed a few times, and to HTTP alone. What answers too late, or not at all, is tried again.
"""

from __future__ import annotations

import socket
import time
import zlib
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Any
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from answerable.ledger.errors import PageMalformed, Unreachable

SILENCE = 20.0
"""For how many seconds the other side may say nothing."""

PATIENCE = 120.0
"""How many seconds a page may take in all."""

PAUSES = (0.2, 1.0)
"""How many seconds to wait before each further try."""

CHUNK = 1 << 16
GONE = frozenset({404, 410})
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
HEADERS = {"Accept-Encoding": "gzip, identity", "User-Agent": "answerable"}


class _Failed(Exception):
    """A try that failed; `lasting` if another would too."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


def get(url: str, most: int) -> bytes | None:
    """The page at a URL; None where the server says that there is none.

    Args:
        url: where it is, with http or https.
        most: its most bytes.

    Raises:
        PageMalformed: it is longer, or not what it says it is.
        Unreachable: it cannot be had.
    """
    for pause in (*PAUSES, None):
        try:
            return _try(url, most)
        except _Failed as failure:
            if pause is None or failure.lasting:
                raise Unreachable(
                    f"{url} cannot be fetched: {failure}.",
                    hint="Is the address right, and the server up? Then try again.",
                ) from None
            time.sleep(pause)
    raise AssertionError("the last try answers or raises")


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


def _try(url: str, most: int) -> bytes | None:
    patience = _Patience()
    late = Timer(PATIENCE, patience.end)
    late.daemon = True
    late.start()
    try:
        page = _open(url, most, patience)
    except (_Failed, PageMalformed):
        if not patience.over:
            raise
        page = None
    finally:
        late.cancel()
    if patience.over:
        raise _Failed(f"it took over {PATIENCE:g} seconds", lasting=True)
    return page


def _open(url: str, most: int, patience: _Patience) -> bytes | None:
    try:
        request = Request(url, headers=HEADERS)  # noqa: S310 - it opens no other scheme
        with _opener(patience).open(request, timeout=SILENCE) as response:
            page = _body(response, most)
    except HTTPError as error:
        error.close()
        if error.code in GONE:
            return None
        raise _Failed(
            f"the server answers {error.code} {error.reason}", lasting=error.code not in BUSY
        ) from None
    except (OSError, HTTPException, ValueError) as error:
        raise _Failed(_why(error)) from None
    if page is None:
        raise PageMalformed(
            f"{url} is longer than the {most:,} bytes that it can be, or not what it says it is."
        )
    return page


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
        raise _Failed("the answer was cut short")
    return bytes(page)


class _Http(HTTPConnection):
    """A connection that can be cut."""

    def __init__(self, *arguments: Any, patience: _Patience, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._patience = patience

    def connect(self) -> None:
        super().connect()
        self._patience.watch(self.sock)


class _Https(HTTPSConnection):
    """The same, encrypted."""

    def __init__(self, *arguments: Any, patience: _Patience, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._patience = patience

    def connect(self) -> None:
        super().connect()
        self._patience.watch(self.sock)


class _HttpHandler(HTTPHandler):
    def __init__(self, patience: _Patience) -> None:
        super().__init__()
        self._connection = partial(_Http, patience=patience)

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _HttpsHandler(HTTPSHandler):
    def __init__(self, patience: _Patience) -> None:
        super().__init__()
        self._connection = partial(_Https, patience=patience)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


def _opener(patience: _Patience) -> OpenerDirector:
    """What opens URLs of http and https, and no others, wherever a server sends it."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        _HttpHandler(patience),
        _HttpsHandler(patience),
        HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return f"no answer in {SILENCE:g} seconds"
    return str(getattr(reason, "strerror", None) or reason or type(error).__name__)
