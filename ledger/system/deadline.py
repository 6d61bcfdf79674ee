"""A time when a request over urllib3 must be over, however slowly the answer trickles in.

urllib3 limits how long the other side may say nothing: whoever sends a byte now and then keeps
within that for ever. So each read from the network, be it of a proxy's answer, of headers or of a
body, waits no longer than what is left.
"""

from __future__ import annotations

from contextvars import ContextVar
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from socket import socket
from time import monotonic
from typing import Any, NamedTuple

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Deadline(NamedTuple):
    """Limits how long a request may take.

    Attributes:
        end: when it must be over, in seconds of the monotonic clock.
        silence: for how many seconds the other side may say nothing.
    """

    end: float
    silence: float

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
        self._connection.settimeout(DEADLINE.get().wait())
        return self._reads.readinto(buffer)

    def close(self) -> None:
        self._reads.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(self, sock: socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = BufferedReader(_TimedReads(sock, self.fp.detach()))


class _TimedHTTP(HTTPConnection):
    response_class = _TimedResponse


class _TimedHTTPS(HTTPSConnection):
    response_class = _TimedResponse


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _TimedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _TimedHTTPS


TIMED_POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _HTTPPool, "https": _HTTPSPool}
"""Pools, by scheme, on whose connections a request is over when the deadline says."""
