"""A witness over HTTP (C2SP tlog-witness): a WSGI application, and a small server to run it on.

    POST /add-checkpoint                            the body is a ConsistencyProof
    GET  /<SHA-256 of the origin, hex>/checkpoint   the checkpoint cosigned last

What the witness refuses is told by the status, and in words below it.
"""

from __future__ import annotations

import re
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import (
    BadSignature,
    Forked,
    MalformedNote,
    MissingExtra,
    ProofFails,
    RolledBack,
    StorageFailed,
    UnknownSigner,
)
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.errors import EmptyRootWrong
from answerable.ledger.witness.admission import LIMITS, Limits, is_loopback
from answerable.ledger.witness.decision import AddCheckpointRequest
from answerable.ledger.witness.errors import NotWatched, OpenToAll, StaleSize
from answerable.ledger.witness.witness import Witness

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from answerable.ledger.witness.connections import Server

MAX_BODY = 256 * 1024
"""The longest request that is read, in bytes: 64 signatures of ML-DSA-44 and a proof fit in it."""

PLAIN = "text/plain; charset=utf-8"
TREE_SIZE = "text/x.tlog.size"
CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")

STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    403: "403 Forbidden",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    409: "409 Conflict",
    411: "411 Length Required",
    413: "413 Content Too Large",
    422: "422 Unprocessable Entity",
    503: "503 Service Unavailable",
}

REFUSALS: tuple[tuple[type[AnswerableError], int], ...] = (
    (EmptyRootWrong, 422),
    (MalformedNote, 400),
    (RolledBack, 400),
    (BadSignature, 403),
    (UnknownSigner, 403),
    (NotWatched, 404),
    (StaleSize, 409),
    (Forked, 422),
    (ProofFails, 422),
    (StorageFailed, 503),
)
"""The status for each refusal; the first that fits. Any other is the witness's own trouble: 503."""

Log = Callable[[str], None]


class Response(NamedTuple):
    """A response to be sent."""

    status: int
    body: bytes
    content_type: str = PLAIN
    allow: str | None = None


def application(witness: Witness, log: Log) -> WSGIApplication:
    """Return the witness as a WSGI application.

    Args:
        witness: the witness.
        log: is told a line about each request.
    """

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        answer, about = _answer(witness, method, path, environ)
        asker, shown = environ.get("REMOTE_ADDR", "-"), f"{quote(method)} {quote(path)}"
        log(f"{asker} {shown:.120} {answer.status}{about}")
        headers = [
            ("Content-Type", answer.content_type),
            ("Content-Length", str(len(answer.body))),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if answer.allow:
            headers.append(("Allow", answer.allow))
        start_response(STATUS[answer.status], headers)
        return [b"" if method == "HEAD" else answer.body]

    return respond


def _answer(
    witness: Witness, method: str, path: str, environ: WSGIEnvironment
) -> tuple[Response, str]:
    """Answer a request; return the response, and what to log of it."""
    found = CHECKPOINT.fullmatch(path)
    try:
        if path == "/add-checkpoint":
            return _add(witness, method, environ)
        if found is not None:
            return _latest(witness, method, found[1]), ""
    except AnswerableError as error:
        return _refused(error), f": {error.message}"
    return Response(404, b"There is nothing here.\n"), ""


def _add(witness: Witness, method: str, environ: WSGIEnvironment) -> tuple[Response, str]:
    if method != "POST":
        return Response(405, b"A checkpoint is added with POST.\n", allow="POST"), ""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > MAX_BODY:
        return Response(413, b"A request is at most %d bytes long.\n" % MAX_BODY), ""
    body = environ["wsgi.input"].read(length) if length > 0 else b""
    asked = AddCheckpointRequest.of(ConsistencyProof.parse(body))
    cosigned = witness.cosign(asked)
    lines = "".join(signature.line for signature in cosigned.signatures)
    return Response(200, lines.encode()), f": {cosigned.head.origin} {cosigned.head.size}"


def _latest(witness: Witness, method: str, origin_hash: str) -> Response:
    if method not in ("GET", "HEAD"):
        return Response(405, b"A checkpoint is read with GET.\n", allow="GET, HEAD")
    note = witness.latest(origin_hash)
    if note is None:
        return Response(404, b"No checkpoint of this log was cosigned here.\n")
    return Response(200, note)


def _refused(error: AnswerableError) -> Response:
    if isinstance(error, StaleSize):
        return Response(409, b"%d\n" % error.size, TREE_SIZE)
    status = next((status for kind, status in REFUSALS if isinstance(error, kind)), 503)
    return Response(status, f"{error.message}\n".encode())


def serve(
    witness: Witness,
    host: str,
    port: int,
    log: Log,
    listening: Log,
    *,
    behind_proxy: bool = False,
) -> None:
    """Answer requests until the process is told to end (SIGTERM, SIGINT).

    What is being answered then is answered.

    Args:
        witness: the witness.
        host: the address to listen on.
        port: the port; 0 for any that is free.
        log: is told a line about each request.
        listening: is told the URL, once requests are answered.
        behind_proxy: whether all come by way of a web server, which limits them by address.

    Raises:
        MissingExtra: the server is not installed.
        OpenToAll: others can reach the address, and nothing is said to be before it.
        OSError: the address cannot be listened on.
    """
    limits = LIMITS._replace(per_address=None) if behind_proxy else LIMITS
    heard = listen(witness, host, port, log, limits, behind_proxy=behind_proxy)
    with heard as (server, url), _ended_by_signals():
        listening(url)
        server.run()


@contextmanager
def listen(
    witness: Witness,
    host: str,
    port: int,
    log: Log,
    limits: Limits,
    *,
    behind_proxy: bool = False,
    clock: Callable[[], float] = monotonic,
) -> Iterator[tuple[Server, str]]:
    """Listen for requests within; give the server, which is to be run, and its URL.

    Raises:
        MissingExtra, OpenToAll, OSError: as `serve` does.
    """
    try:
        from answerable.ledger.witness.connections import Server
    except ImportError:
        raise MissingExtra(
            "the witness's server is not installed.",
            hint="pip install 'answerable[witness]'",
        ) from None

    def stamped(line: str) -> None:
        log(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}")

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    ((*_, address), *_) = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
    if not (behind_proxy or is_loopback(str(address[0]))):
        raise OpenToAll(
            f"{host} can be reached from elsewhere, and this server speaks plain HTTP.",
            hint="Listen on 127.0.0.1, or put a web server before it that has a certificate and "
            "limits each address, and say so: `behind_proxy=True`.",
            cli_hint="Listen on 127.0.0.1, or put a web server before it that has a certificate "
            "and limits each address, and say so with --behind-proxy.",
        )
    with socket.create_server(address, family=family) as bound:
        server = Server(application(witness, stamped), bound, MAX_BODY, limits, stamped, clock)
        shown = f"[{host}]" if ":" in host else host
        try:
            yield server, f"http://{shown}:{bound.getsockname()[1]}"
        finally:
            server.close()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except SystemExit:
        return
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
