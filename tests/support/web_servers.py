"""Web servers on 127.0.0.1: one that serves a folder as it should, and ones that do not."""

from __future__ import annotations

import socket
import socketserver
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from functools import partial
from http.client import parse_headers
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

Answer = Callable[[str, socket.socket], None]
"""Given the path that is asked for, and the connection to answer on."""


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 5

    def log_message(self, *_: Any) -> None:
        pass


class _Static(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, *_: Any) -> None:
        pass  # a client that does not trust the certificate hangs up


class _Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[str]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield "http://{}:{}".format(*server.socket.getsockname())
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def served(folder: Path, certificate: ssl.SSLContext | None = None) -> Iterator[str]:
    """A plain static web server over a folder; gives its URL."""
    server = _Static(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    with _running(server) as url:
        yield url if certificate is None else url.replace("http://", "https://")


@contextmanager
def answering(answer: Answer, certificate: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that reads a request and leaves the rest to a function; gives its URL."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split(b" ")[1].decode()
            while self.rfile.readline().strip():
                pass
            with suppress(OSError):  # whoever asked may have gone
                answer(path, self.request)

    server = _Threads(("127.0.0.1", 0), Handler)
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    with _running(server) as url:
        yield url if certificate is None else url.replace("http://", "https://")


@contextmanager
def overheard(reply: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server that gives all one answer; gives its URL, and the heads of what it is asked."""
    heads: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            heads.append("".join(iter(lambda: self.rfile.readline().decode(), "\r\n")))
            self.wfile.write(reply)

    with _running(_Threads(("127.0.0.1", 0), Handler)) as url:
        yield url, heads


@contextmanager
def posted(answer: Callable[[str, Message, bytes], bytes]) -> Iterator[str]:
    """A server that answers what is posted to a path, by its headers and body; gives its URL."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split(b" ")[1].decode()
            headers = parse_headers(self.rfile)
            body = self.rfile.read(int(headers["Content-Length"]))
            with suppress(OSError):  # whoever asked may have gone
                self.wfile.write(answer(path, headers, body))

    with _running(_Threads(("127.0.0.1", 0), Handler)) as url:
        yield url


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer with its length, and what else is asked for."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
