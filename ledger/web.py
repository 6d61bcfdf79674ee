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


def _try(url: str, most: int) -> bytes | None:
    sockets: list[socket.socket] = []
    late = Timer(PATIENCE, _cut, [sockets])
    late.daemon = True
    late.start()
    try:
        request = Request(url, headers=HEADERS)  # noqa: S310 - it opens no other scheme
        with _opener(sockets).open(request, timeout=SILENCE) as response:
            page = _body(response, most)
    except HTTPError as error:
        error.close()
        if error.code in GONE:
            return None
        raise _Failed(
            f"the server answers {error.code} {error.reason}", lasting=error.code not in BUSY
        ) from None
    except (OSError, HTTPException, ValueError) as error:
        if late.finished.is_set():
            raise _Failed(f"it took over {PATIENCE:g} seconds", lasting=True) from None
        raise _Failed(_why(error)) from None
    finally:
        late.cancel()
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
    """A connection that notes its socket, for who is to cut it."""

    def __init__(self, *arguments: Any, sockets: list[socket.socket], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._sockets = sockets

    def connect(self) -> None:
        super().connect()
        self._sockets.append(self.sock)


class _Https(HTTPSConnection):
    """The same, encrypted."""

    def __init__(self, *arguments: Any, sockets: list[socket.socket], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._sockets = sockets

    def connect(self) -> None:
        super().connect()
        self._sockets.append(self.sock)


class _HttpHandler(HTTPHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._connection = partial(_Http, sockets=sockets)

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _HttpsHandler(HTTPSHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._connection = partial(_Https, sockets=sockets)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


def _opener(sockets: list[socket.socket]) -> OpenerDirector:
    """What opens URLs of http and https, and no others, wherever a server sends it."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        _HttpHandler(sockets),
        _HttpsHandler(sockets),
        HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _cut(sockets: list[socket.socket]) -> None:
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return f"no answer in {SILENCE:g} seconds"
    return str(getattr(reason, "strerror", None) or reason or type(error).__name__)
