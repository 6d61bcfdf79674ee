"""The server: on this machine's own address alone, until it is told to end."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
"""The address of this machine that no other reaches (RFC 1122, section 3.2.1.3)."""

WAITING = 128
"""Limit the connections that may wait to be taken up."""

AT_ONCE = 64
"""Limit the requests that are answered at a time; more are told to come back."""

GRACE = 2
"""Seconds that answers under way are given when the server ends."""


def listening(port: int) -> socket.socket:
    """Listen on a port of this machine, or on a free one.

    Args:
        port: which; 0: a free one.

    Raises:
        OSError: somebody else listens on it, or one may not.
    """
    # By its protocol asyncio knows that it may send at once (TCP_NODELAY): else each answer waits
    # for the reader to say that it has the one packet before, which takes 40 ms.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((LOOPBACK, port))
        made.listen(WAITING)
    except OSError:
        made.close()
        raise
    return made


def serve(app: ASGIApp, listens: socket.socket) -> None:
    """Serve an application until Ctrl-C, or until the process is told to end.

    Nothing is logged: an address may hold the token.
    """
    config = uvicorn.Config(
        app,
        access_log=False,
        date_header=False,
        http="h11",
        lifespan="off",
        limit_concurrency=AT_ONCE,
        log_config=None,
        log_level="error",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        ws="none",
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listens])
