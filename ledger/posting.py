"""Posting a request over HTTP to someone who may wish one ill: once, and no redirect is followed.

An answer has a most length and a most time, and whatever its status, it is an answer. Proxies are
those that the environment names.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException
from typing import NamedTuple
from urllib.request import (
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

SILENCE = 20.0
"""For how many seconds the other side may say nothing."""

PATIENCE = 60.0
"""How many seconds its answer may take in all."""


class NoReply(Exception):
    """No answer came; says why."""


class Reply(NamedTuple):
    """An answer. `body` is one byte longer than it may be if there was more of it."""

    status: int
    reason: str
    headers: Message
    body: bytes


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, most: int, silence: float = SILENCE
) -> Reply:
    """Post a request.

    Args:
        url: where to, with http or https.
        body: what is posted.
        headers: what is said of it.
        most: the most bytes of an answer.
        silence: for how many seconds the other side may say nothing.

    Raises:
        NoReply: nobody answered, or not in HTTP, or not in time.
    """
    opener = OpenerDirector()
    for handler in (ProxyHandler(), UnknownHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    until = time.monotonic() + PATIENCE
    try:
        # No other scheme is opened.
        asked = Request(url, body, {"User-Agent": "answerable", **headers})  # noqa: S310
        with opener.open(asked, timeout=silence) as response:
            told = bytearray()
            while chunk := response.read1(most + 1 - len(told)):
                told += chunk
                if time.monotonic() > until:
                    raise NoReply(f"it took over {PATIENCE:g} seconds")
            return Reply(response.status, response.reason, response.headers, bytes(told))
    except (OSError, HTTPException, ValueError) as error:
        cause = getattr(error, "reason", error)
        why = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
        raise NoReply(f"{why:.200}") from None
