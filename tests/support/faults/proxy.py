"""A proxy between ledgers and a server, which cuts a connection at a message that it is told.

It understands so much of PostgreSQL's protocol as to count the messages of the client, and to know
when the server has done what they ask: https://www.postgresql.org/docs/15/protocol-message-formats.html.
So a cut comes always at the same place, before a message reached the server or after the server has
answered it, and the client never hears.
"""

from __future__ import annotations

import selectors
import socket
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Literal, NamedTuple, Self

from tests.support.postgresql import Server

When = Literal["before", "after"]
"""Tells where a cut comes: before the server has a message, or after it has answered that."""

ENCRYPTION = (80877103, 80877104)
"""The codes by which a client asks for TLS or GSSAPI, in place of a version."""

START, QUERY, SYNC, COPY_DONE, COPY_FAIL, TERMINATE = b"", b"Q", b"S", b"c", b"f", b"X"
READY, COPY_IN, ERROR = b"Z", b"G", b"E"

ANSWERED = (START, QUERY, SYNC, COPY_DONE)
"""The messages that a server answers; what comes between, it takes in silence."""


class Message(NamedTuple):
    """A message of a client's: its letter, none for the first, and what it holds."""

    letter: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.letter + struct.pack("!i", len(self.body) + 4) + self.body

    def __str__(self) -> str:
        said = self.body.replace(b"\x00", b" ").decode("latin-1") if self.letter in b"QP" else ""
        return f"{self.letter.decode() or 'start'} {said[:60]}"


class Cut(NamedTuple):
    """A place to cut at.

    Attributes:
        number: the number of a statement, which may be several messages, or of a message.
        when: on which side of it.
        harm: what is done there, too, before the client hears anything.
        each_message: the number is that of a message.
    """

    number: int
    when: When
    harm: Callable[[], None] | None = None
    each_message: bool = False

    def is_at(self, before: Sequence[Message], message: Message) -> bool:
        """Tell whether it is at a message that comes after others."""
        if self.each_message:
            return len(before) == self.number
        statements = sum(each.letter in ANSWERED for each in before)
        ends = message.letter in ANSWERED
        return statements == self.number and (ends or self.when == "before")


class _Messages:
    """The messages in bytes as they come in."""

    def __init__(self, *, first_has_letter: bool) -> None:
        self._buffer = bytearray()
        self._letters = int(first_has_letter)

    def add(self, data: bytes) -> Iterator[Message]:
        """Yield the messages that are there whole now."""
        self._buffer += data
        while len(self._buffer) >= self._letters + 4:
            (length,) = struct.unpack_from("!i", self._buffer, self._letters)
            end = self._letters + length
            if len(self._buffer) < end:
                return
            message = Message(
                bytes(self._buffer[: self._letters]), bytes(self._buffer[self._letters + 4 : end])
            )
            del self._buffer[:end]
            if message.letter or not _asks_for_encryption(message):
                self._letters = 1
            yield message


def _asks_for_encryption(message: Message) -> bool:
    return len(message.body) == 4 and struct.unpack("!i", message.body)[0] in ENCRYPTION


class CutOff(Exception):
    """The connection is to end here."""


class _Line:
    """One connection of a client through the proxy."""

    def __init__(self, proxy: CuttingProxy, client: socket.socket) -> None:
        self._proxy = proxy
        self._client = client
        self._server = socket.socket(socket.AF_UNIX)
        self._from_client = _Messages(first_has_letter=False)
        self._from_server = _Messages(first_has_letter=True)
        self._awaited = 0

    def run(self) -> None:
        """Carry messages both ways until one side ends, or the connection is to be cut."""
        with self._client, self._server, suppress(OSError, CutOff):
            self._server.connect(str(self._proxy.server))
            with selectors.DefaultSelector() as ready:
                ready.register(self._client, selectors.EVENT_READ)
                ready.register(self._server, selectors.EVENT_READ)
                while True:
                    for key, _ in ready.select():
                        self._carry(key.fileobj)

    def sever(self) -> None:
        """End the connection from outside."""
        for each in (self._client, self._server):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _carry(self, side: object) -> None:
        if side is self._client:
            for message in self._from_client.add(_received(self._client)):
                self._say(message)
        else:
            data = _received(self._server)
            self._hear(data)
            self._client.sendall(data)

    def _say(self, message: Message) -> None:
        """Pass a message to the server, unless a cut comes first."""
        if not message.letter and _asks_for_encryption(message):
            self._client.sendall(b"N")
            return
        cut = self._proxy.counted(message)
        if cut is not None and cut.when == "before":
            raise self._cut(cut)
        if message.letter in ANSWERED:
            self._awaited += 1
        self._server.sendall(message.whole)
        if cut is not None:
            while self._awaited:
                self._hear(_received(self._server))
            raise self._cut(cut)

    def _cut(self, cut: Cut) -> CutOff:
        if cut.harm is not None:
            cut.harm()
        return CutOff()

    def _hear(self, data: bytes) -> None:
        """Note what of what was asked is answered."""
        for message in self._from_server.add(data):
            if message.letter in (READY, COPY_IN):
                self._awaited = max(0, self._awaited - 1)


def _received(side: socket.socket) -> bytes:
    data = side.recv(1 << 16)
    if not data:
        raise CutOff
    return data


class CuttingProxy:
    """Stands between ledgers and a server.

    Attributes:
        server: the server's socket.
        messages: the messages of clients since the last call of `cutting`.
        struck: the one that was cut at; None if none was.
    """

    def __init__(self, server: Path) -> None:
        self.server = server
        self.messages: list[Message] = []
        self.struck: Message | None = None
        self._cut: Cut | None = None
        self._lock = Lock()
        self._lines: set[_Line] = set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._accepting = Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.sever()
        self._accepting.join()

    def address(self, database: str, *, user: str = "owner") -> str:
        """The address of a database, through the proxy."""
        host, port = self._listening.getsockname()
        return f"postgresql://{user}@{host}:{port}/{database}"

    @contextmanager
    def cutting(self, cut: Cut | None) -> Iterator[None]:
        """Count the messages within the block, and cut at one of them."""
        with self._lock:
            self.messages, self.struck, self._cut = [], None, cut
        try:
            yield
        finally:
            with self._lock:
                self._cut = None

    @property
    def statements(self) -> int:
        """Return how many statements were counted."""
        return sum(each.letter in ANSWERED for each in self.messages)

    def counted(self, message: Message) -> Cut | None:
        """Count a message; tell where to cut at it, if it is to be cut at."""
        with self._lock:
            cut = self._cut
            struck = cut is not None and cut.is_at(self.messages, message)
            self.messages.append(message)
            if not struck:
                return None
            # Whatever else the client does from here on goes through.
            self.struck, self._cut = message, None
            return cut

    def sever(self) -> None:
        """Cut all connections that there are, wherever they are."""
        with self._lock:
            lines = [*self._lines]
        for line in lines:
            line.sever()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            line = _Line(self, client)
            Thread(target=self._run, args=(line,), daemon=True).start()

    def _run(self, line: _Line) -> None:
        with self._lock:
            self._lines.add(line)
        try:
            line.run()
        finally:
            with self._lock:
                self._lines.discard(line)


@contextmanager
def proxied(server: Server) -> Iterator[CuttingProxy]:
    """A proxy before a server, for as long as the block lasts."""
    with CuttingProxy(server.folder / f".s.PGSQL.{server.port}") as proxy:
        yield proxy
