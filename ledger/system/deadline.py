"""A time when a request over urllib3 must be over, and the most that may come in for it.

urllib3 limits how long the other side may say nothing: whoever sends a byte now and then keeps
within that for ever. So each read from the network, be it of a proxy's answer, of headers or of a
body, waits no longer than what is left; so does the try of each address that a name has.

What comes in is counted there, too. A body of few bytes can be wrapped in many: in chunks of a byte
each with remarks of 64 KiB, or in blocks of gzip that hold nothing.
"""

from __future__ import annotations

from contextvars import ContextVar
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from socket import SOCK_STREAM, gaierror, getaddrinfo, socket
from ssl import SSLSocket
from time import monotonic
from typing import Any, NamedTuple

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError


class Allowance:
    """Counts the bytes that may still come in for a page, whatever they are.

    Args:
        most: how many in all, over all tries.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._left = most

    @property
    def over(self) -> bool:
        return self._left < 0

    def take(self, came: int) -> None:
        """Count bytes that came in.

        Raises:
            OSError: they are more than may.
        """
        self._left -= came
        if self.over:
            raise OSError(f"over {self.most:,} bytes came in")


class Deadline(NamedTuple):
    """Limits how long a request may take.

    Attributes:
        end: when it must be over, in seconds of the monotonic clock.
        silence: for how many seconds the other side may say nothing.
        allowance: how many bytes may come in.
    """

    end: float
    silence: float
    allowance: Allowance

    @property
    def over(self) -> bool:
        return monotonic() >= self.end

    def wait(self) -> float:
        """Return how many seconds the other side may be waited for.

        Raises:
            TimeoutError: the request must be over.
        """
        left = self.end - monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self.silence)


DEADLINE = ContextVar[Deadline]("DEADLINE")
"""Holds the deadline of the request that this thread makes."""


class _TimedReads(RawIOBase):
    def __init__(self, connection: socket, reads: RawIOBase) -> None:
        self._connection = connection
        self._reads = reads

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        deadline = DEADLINE.get()
        self._connection.settimeout(deadline.wait())
        came = self._reads.readinto(buffer)
        deadline.allowance.take(came or 0)
        return came

    def close(self) -> None:
        self._reads.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(self, sock: socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = BufferedReader(_TimedReads(sock, self.fp.detach()))


class _TimedHTTP(HTTPConnection):
    response_class = _TimedResponse

    def _new_conn(self) -> socket:
        return _connect(self)


class _TimedHTTPS(HTTPSConnection):
    response_class = _TimedResponse

    def _new_conn(self) -> socket:
        return _connect(self)

    def _connect_tls_proxy(self, hostname: str, sock: socket) -> SSLSocket:
        # TLS within the proxy's TLS is urllib3's own loop over `recv`: a record can trickle in.
        made = super()._connect_tls_proxy(hostname, sock)
        receive = made.recv

        def in_time(*most: int) -> bytes:
            made.settimeout(DEADLINE.get().wait())
            return receive(*most)

        made.recv = in_time  # type: ignore[assignment,method-assign]
        return made


def _connect(to: HTTPConnection) -> socket:
    """Connect to the first address of a name that answers. urllib3 would grant each its own time.

    Raises:
        NameResolutionError: there is no such name.
        NewConnectionError: none answers.
    """
    try:
        addresses = getaddrinfo(to._dns_host.strip("[]"), to.port, type=SOCK_STREAM)
    except gaierror as error:
        raise NameResolutionError(to.host, to, error) from error
    failed = OSError("it has no address")
    for family, kind, protocol, _, address in addresses:
        try:
            return _connected(socket(family, kind, protocol), address, to)
        except OSError as error:
            failed = error
    raise NewConnectionError(to, str(failed)) from failed


def _connected(made: socket, address: Any, to: HTTPConnection) -> socket:
    try:
        for option in to.socket_options or ():
            made.setsockopt(*option)
        made.settimeout(DEADLINE.get().wait())
        made.connect(address)
    except BaseException:
        made.close()
        raise
    return made


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _TimedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _TimedHTTPS


TIMED_POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _HTTPPool, "https": _HTTPSPool}
"""Pools, by scheme, on whose connections a request is over when the deadline says."""
