"""What a witness answers over HTTP: to the byte and the status that C2SP tlog-witness has."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.growing_log import NAME, NOW, Growing, Watching, leaves
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.note import Note, Signature, VerifierKey
from answerable.ledger.tlog.note_signatures import open_note
from answerable.ledger.witness import store
from answerable.ledger.witness.server import MAX_BODY, application
from answerable.ledger.witness.witness import Witness


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching.make(tmp_path / "w1")


class Answered(NamedTuple):
    status: str
    headers: dict[str, str]
    body: bytes


def ask(
    witness: Witness, method: str, path: str, body: bytes | io.BytesIO = b"", **environ: Any
) -> tuple[Answered, str]:
    """What the application answers, and the line that it logs."""
    lines: list[str] = []
    answered: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
        answered.extend((status, dict(headers)))

    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)) if isinstance(body, bytes) else "",
        "wsgi.input": io.BytesIO(body) if isinstance(body, bytes) else body,
        **environ,
    }
    parts = application(witness, lines.append)(given, start_response)
    (line,) = lines
    return Answered(answered[0], answered[1], b"".join(parts)), line


def post(watching: Watching, proof: ConsistencyProof | bytes) -> Answered:
    return ask(watching.witness, "POST", "/add-checkpoint", bytes(proof))[0]


def test_what_is_cosigned_is_answered_in_signature_lines(watching: Watching) -> None:
    answer = post(watching, watching.log.proof(0, leaves(5)))
    assert answer.status == "200 OK"
    lines = answer.body.decode().splitlines(keepends=True)
    assert len(lines) == 2
    assert all(line.startswith(f"— {NAME} ") and line.endswith("\n") for line in lines)
    note = watching.log.note(leaves(5)) + answer.body
    assert open_note(note, [signer.key for signer in watching.witness.signers])
    assert answer.headers["Content-Length"] == str(len(answer.body))


def test_each_refusal_has_its_status(watching: Watching) -> None:
    log = watching.log
    assert post(watching, log.proof(0, leaves(5))).status == "200 OK"
    empty = bytes(Note(f"{ORIGIN}\n0\n{'A' * 43}=\n", ()).signed([Signature("x", b"1234", b"5")]))
    text = log.request(5, leaves(9)).note
    bad = text._replace(signatures=(text.signatures[0]._replace(made=bytes(64)),))
    for proof, status in (
        (b"", "400 Bad Request"),
        (b"old 5\n\n", "400 Bad Request"),
        (b"old 5\n\nnot a note", "400 Bad Request"),
        (ConsistencyProof(6, (), log.note(leaves(5))), "400 Bad Request"),
        (Growing().proof(5, leaves(9)), "403 Forbidden"),
        (log.proof(5, leaves(9))._replace(checkpoint_note=bytes(bad)), "403 Forbidden"),
        (Growing("example.com/x").proof(5, leaves(9)), "404 Not Found"),
        (log.proof(4, leaves(9)), "409 Conflict"),
        (ConsistencyProof(0, (), empty), "422 Unprocessable Entity"),
        (log.proof(5, leaves(9))._replace(hashes=()), "422 Unprocessable Entity"),
        (log.proof(5, leaves(9, "other")), "422 Unprocessable Entity"),
        (log.proof(5, leaves(5, "other")), "422 Unprocessable Entity"),
    ):
        answer = post(watching, proof)
        assert answer.status == status, answer
        assert answer.body.endswith(b"\n")
    assert watching.size == 5


def test_a_proof_for_nothing_is_unprocessable(watching: Watching) -> None:
    proof = watching.log.proof(0, leaves(5))._replace(hashes=(bytes(32),))
    assert post(watching, proof).status == "422 Unprocessable Entity"


def test_a_conflict_tells_the_size_known(watching: Watching) -> None:
    watching.cosign(0, 5)
    answer = post(watching, watching.log.proof(0, leaves(9)))
    assert answer.status == "409 Conflict"
    assert answer.headers["Content-Type"] == "text/x.tlog.size"
    assert answer.body == b"5\n"
    never = watching.log.proof(3, leaves(9))
    fresh = Growing("example.com/fresh")
    watching.witness.watch([VerifierKey.parse(key) for key in fresh.keys])
    answer = post(watching, fresh.proof(3, leaves(9)))
    assert (answer.status, answer.body) == ("409 Conflict", b"0\n")
    assert post(watching, never).body == b"5\n"


def test_the_last_checkpoint_is_served_by_the_hash_of_the_origin(watching: Watching) -> None:
    path = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    assert ask(watching.witness, "GET", path)[0].status == "404 Not Found"
    cosigned = watching.cosign(0, 5)
    answer, _ = ask(watching.witness, "GET", path)
    assert (answer.status, answer.body) == ("200 OK", bytes(cosigned.note))
    head, _ = ask(watching.witness, "HEAD", path)
    assert (head.status, head.headers, head.body) == (answer.status, answer.headers, b"")
    for other in (path.upper(), f"{path}/", path.replace("a", "b"), f"/x{path}"):
        assert ask(watching.witness, "GET", other)[0].status == "404 Not Found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/add-checkpoint", "POST"),
        ("PUT", "/add-checkpoint", "POST"),
        ("POST", f"/{'a' * 64}/checkpoint", "GET, HEAD"),
    ],
)
def test_another_method(watching: Watching, method: str, path: str, allowed: str) -> None:
    answer, _ = ask(watching.witness, method, path)
    assert (answer.status, answer.headers["Allow"]) == ("405 Method Not Allowed", allowed)


@pytest.mark.parametrize("path", ["", "/", "/add-checkpoint/", "/sign-subtree", "/\x00\r\nx: y"])
def test_elsewhere_there_is_nothing(watching: Watching, path: str) -> None:
    answer, line = ask(watching.witness, "POST", path)
    assert answer.status == "404 Not Found"
    assert line.isprintable()


def test_a_body_that_is_too_long_is_not_read(watching: Watching) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("it was read")

    answer, _ = ask(
        watching.witness, "POST", "/add-checkpoint", Unread(), CONTENT_LENGTH=str(MAX_BODY + 1)
    )
    assert answer.status == "413 Content Too Large"
    for length in ("", "x", "-5"):
        answer, _ = ask(watching.witness, "POST", "/add-checkpoint", CONTENT_LENGTH=length)
        assert answer.status == "400 Bad Request"


def test_the_witness_own_trouble_is_not_blamed_on_who_asks(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.cosign(0, 3)
    proof = watching.log.proof(3, leaves(5))
    watching.clock.now -= timedelta(days=1)
    assert post(watching, proof).status == "503 Service Unavailable"
    monkeypatch.setattr(store, "PATIENCE", 0.0)
    with closing(sqlite3.connect(watching.witness.folder / "witness.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert post(watching, proof).status == "503 Service Unavailable"


def test_the_log_tells_what_was_asked_and_answered(watching: Watching) -> None:
    body = bytes(watching.log.proof(0, leaves(5)))
    _, line = ask(watching.witness, "POST", "/add-checkpoint", body, REMOTE_ADDR="192.0.2.1")
    assert line == f"192.0.2.1 POST /add-checkpoint 200: {ORIGIN} 5"
    _, line = ask(watching.witness, "POST", "/add-checkpoint", body, REMOTE_ADDR="192.0.2.1")
    assert line.startswith("192.0.2.1 POST /add-checkpoint 409: ")


@pytest.mark.parametrize(
    "origin", ["example.com/\x1b[31mred", "example.com/\u202egnp", "exam ple", "é"]
)
def test_a_hostile_origin_reaches_the_log_harmless(watching: Watching, origin: str) -> None:
    (signer,) = Growing().signers
    text = f"{origin}\n5\n{'A' * 43}=\n"
    note = bytes(Note(text, ()).signed([signer.sign(text, NOW)]))
    body = bytes(ConsistencyProof(0, (), note))
    answer, line = ask(watching.witness, "POST", "/add-checkpoint", body)
    assert answer.status.startswith(("400", "404"))
    assert line.isprintable()
