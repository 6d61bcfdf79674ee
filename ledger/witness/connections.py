"""The connections of a witness's server: waitress's, within limits of our own.

waitress parses HTTP, reads all connections in one thread, and hands whole requests to a few others.
It closes what says nothing for long, but not what says a byte now and then; and when it has its
most connections it takes no more, whoever holds them. So the places are given here (`admission`).
"""

from __future__ import annotations

from collections.abc import Callable
from socket import socket
from time import monotonic
from typing import Any

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]

from answerable.ledger.witness.admission import Crowded, Held, Limits, gives_way, is_late, owner_of

THREADS = 4
"""The requests answered at a time. Those that write wait for each other anyway."""

MAX_HEAD = 16 * 1024
"""The longest head of a request that is read, in bytes."""

LOOK = 1.0
"""The seconds after which it is looked for late connections, if nothing happens meanwhile."""

TELL = 60.0
"""The seconds between two lines of the log about connections that were closed."""

OWN = 16
"""The files that the server has open beside its connections, and some to spare."""


class _Channel(HTTPChannel):  # type: ignore[misc]
    def __init__(self, server: Server, sock: socket, addr: Any, adj: Any, map: Any) -> None:  # noqa: A002
        self.owner = owner_of(addr[0])
        self.since = server.clock()
        self.answered = False
        super().__init__(server, sock, addr, adj, map=map)

    @property
    def held(self) -> Held:
        return Held(self.owner, self.since, bool(self.requests))

    @property
    def kept(self) -> bool:
        """Tell whether it was of use, and has been kept for a next request since."""
        return self.answered and self.request is None

    def received(self, data: bytes) -> Any:
        told = super().received(data)
        if self.requests:
            self.since = self.server.clock()
        return told

    def write_soon(self, data: Any) -> Any:
        self.since, self.answered = self.server.clock(), True
        return super().write_soon(data)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Answers requests that come to a socket.

    Args:
        application: the WSGI application that answers.
        bound: the socket, which listens.
        most: the longest body of a request, in bytes.
        limits: what is taken on.
        log: is told now and then how many connections were closed.
        clock: gives seconds that only go on.
    """

    def __init__(
        self,
        application: Any,
        bound: socket,
        most: int,
        limits: Limits,
        log: Callable[[str], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.clock = clock
        self.limits = limits
        self._log = log
        self._closed = 0
        self._tell = clock()
        self._ended = False
        how = Adjustments(
            sockets=[bound],
            threads=THREADS,
            ident=None,
            max_request_body_size=most,
            max_request_header_size=MAX_HEAD,
            connection_limit=limits.connections + OWN,
        )
        about = (bound.family, bound.type, bound.proto, bound.getsockname())
        super().__init__(application, {}, True, bound, adj=how, bind_socket=False, sockinfo=about)
        self.channel_class = self._admit

    def run(self) -> None:
        """Answer until told to end."""
        try:
            while not self._ended:
                # One turn at a time: a connection that is closed within one could leave its number
                # to the next that comes.
                wasyncore.loop(timeout=LOOK, use_poll=True, map=self._map, count=1)
                self._close_late()
                if self.clock() >= self._tell:
                    self._tell_closed()
        finally:
            self.task_dispatcher.shutdown()
            self._tell_closed()

    def end(self) -> None:
        """Have it end. Another thread may call this."""
        self._ended = True
        self.pull_trigger()

    def close(self) -> None:
        """Close it, and all connections."""
        for each in list(self.active_channels.values()):
            each.handle_close()
        super().close()

    def _admit(self, server: Server, sock: socket, addr: Any, adj: Any, map: Any) -> None:  # noqa: A002
        """Give a new connection a place, or close it."""
        there = list(self.active_channels.values())
        try:
            gone = gives_way(owner_of(addr[0]), [each.held for each in there], self.limits)
        except Crowded:
            sock.close()
            self._closed += 1
            return
        if gone is not None:
            self._close(there[gone])
        _Channel(server, sock, addr, adj, map)

    def _close_late(self) -> None:
        now = self.clock()
        for each in list(self.active_channels.values()):
            if is_late(each.held, now, self.limits):
                self._close(each)

    def _close(self, channel: _Channel) -> None:
        self._closed += not channel.kept
        channel.handle_close()

    def _tell_closed(self) -> None:
        if self._closed:
            self._log(f"- closed without a whole request: {self._closed}")
            self._closed, self._tell = 0, self.clock() + TELL
