"""A proxy that counts the round trips between a client and a server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryDirectory
from threading import Thread

SOCKET = ".s.PGSQL.5432"


class Turns:
    """Passes on what is said over a socket, and counts how often the client begins to speak."""

    def __init__(self, listening: Path, server: Path) -> None:
        self.number = 0
        self._server = server
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(listening))
        self._socket.listen()

    def serve(self) -> None:
        """Pass on what is said over each connection, until it is closed."""
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, DefaultSelector() as selector:
            server.connect(str(self._server))
            selector.register(client, EVENT_READ, server)
            selector.register(server, EVENT_READ, client)
            answered = True
            while True:
                for key, _ in selector.select():
                    assert isinstance(key.fileobj, socket.socket)
                    said = key.fileobj.recv(65_536)
                    if not said:
                        return
                    if key.fileobj is client and answered:
                        self.number += 1
                    answered = key.fileobj is server
                    key.data.sendall(said)

    def close(self) -> None:
        """Take no more connections."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextmanager
def counting(server: Path) -> Iterator[tuple[str, Turns]]:
    """Counts the turns of all who connect to a folder instead of to that of a server's socket."""
    with TemporaryDirectory(prefix="turns-", dir="/tmp") as folder:
        turns = Turns(Path(folder, SOCKET), server / SOCKET)
        thread = Thread(target=turns.serve, daemon=True)
        thread.start()
        try:
            yield folder, turns
        finally:
            turns.close()
            thread.join()
