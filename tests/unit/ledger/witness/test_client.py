"""Asking a witness: what is sent, and what is believed of the answer."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import Message
from functools import partial
from pathlib import Path
from threading import Event
from typing import NamedTuple

import click
import pytest
from tests.support.growing_log import NAME, NOW
from tests.support.signed_ledger import ORIGIN, contact, first_keys
from tests.support.web_servers import answering as raw_answering
from tests.support.web_servers import posted, response

from answerable.cli.proving import cosigning
from answerable.domain.errors import Refused
from answerable.ledger.checkpoints import signing
from answerable.ledger.checkpoints.proving import prove_growth
from answerable.ledger.errors import (
    BadSignature,
    Forked,
    MalformedNote,
    NotVerified,
    RolledBack,
    UnknownSigner,
)
from answerable.ledger.ledger import Ledger
from answerable.ledger.system import http as web
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.note import COSIGNATURE_ED25519, MAX_SIGNATURES, Note, VerifierKey
from answerable.ledger.tlog.note_signatures import Signer, open_note
from answerable.ledger.witness import client
from answerable.ledger.witness.decision import AddCheckpointRequest
from answerable.ledger.witness.errors import NotCosigned
from answerable.ledger.witness.witness import Witness

Answer = tuple[int, bytes] | tuple[int, bytes, dict[str, str]]


class Signing(NamedTuple):
    """A ledger with keys, and a witness that watches it."""

    ledger: Ledger
    signers: list[Signer]
    witness: Witness

    def grow(self, events: int = 1) -> SignedCheckpoint:
        """Record so many events, and sign the head."""
        for _ in range(events):
            self.ledger.append(contact(len(self.ledger)), recorded_by="w")
        memory = self.ledger.path.with_suffix(".signed")
        return signing.sign_head(self.ledger, self.signers, memory, clock=lambda: NOW)

    @property
    def witness_keys(self) -> list[VerifierKey]:
        return [signer.key for signer in self.witness.signers]

    def cosigned(self, old: int) -> bytes:
        """The lines that the witness makes for the last checkpoint."""
        made = self.witness.cosign(
            AddCheckpointRequest.of(prove_growth(self.ledger, old))
        ).signatures
        return "".join(each.line for each in made).encode()


@pytest.fixture
def signed(tmp_path: Path) -> Iterator[Signing]:
    with Ledger.create(tmp_path / "a.db") as ledger:
        signers = first_keys(ledger)
        made = Witness.create(tmp_path / "w1", NAME)
        witness = Witness(tmp_path / "w1", made.signers, lambda: NOW)
        witness.watch([signer.key for signer in signers])
        yield Signing(ledger, signers, witness)


@contextmanager
def answering(answer: Callable[[bytes], Answer]) -> Iterator[str]:
    """A server that answers so whatever it is asked; gives its URL."""

    def reply(_: str, __: Message, asked: bytes) -> bytes:
        status, body, *more = answer(asked)
        headers = more[0].items() if more else ()
        return response(body, *(f"{name}: {each}" for name, each in headers), status=f"{status} x")

    with posted(reply) as url:
        yield f"{url}/prefix/"


def fixed(reply: bytes, _: bytes) -> Answer:
    return 200, reply


def test_cosignatures_are_kept_below_the_checkpoint(signed: Signing) -> None:
    signed.grow(3)
    lines = signed.cosigned(0)
    with answering(lambda _: (200, lines)) as url:
        kept = client.submit(signed.ledger, url, signed.witness_keys)
        assert kept.note.endswith(lines)
        # A second time adds nothing: one signature of a key is enough.
        assert client.submit(signed.ledger, url, signed.witness_keys) == kept
    assert signing.latest_checkpoint(signed.ledger) == kept
    assert set(open_note(kept.note, signed.witness_keys).by) == set(signed.witness_keys)


def test_only_those_of_keys_that_are_known_are_kept(signed: Signing) -> None:
    kept = signed.grow(3)
    stranger = Signer.generate("witness.example/other", COSIGNATURE_ED25519)
    text = Note.parse(kept.note).text
    lines = stranger.sign(text, NOW).line.encode() + signed.cosigned(0)
    with answering(lambda _: (200, lines)) as url:
        kept = client.submit(signed.ledger, url, signed.witness_keys[:1])
    names = [each.name for each in Note.parse(kept.note).signatures]
    assert names == [ORIGIN, ORIGIN, NAME]


def test_it_first_tries_the_size_that_the_witness_cosigned_last(signed: Signing) -> None:
    asked: list[int] = []

    def answer(body: bytes) -> Answer:
        proof = ConsistencyProof.parse(body)
        asked.append(proof.old)
        made = signed.witness.cosign(AddCheckpointRequest.of(proof)).signatures
        return 200, "".join(each.line for each in made).encode()

    with answering(answer) as url:
        for _ in range(3):
            signed.grow(2)
            client.submit(signed.ledger, url, signed.witness_keys)
    assert asked == [0, 2, 4]


def test_it_tries_once_more_with_the_size_that_it_is_told(signed: Signing) -> None:
    signed.grow(2)
    signed.cosigned(0)  # and the lines are lost on their way
    signed.grow(3)
    asked: list[int] = []

    def answer(body: bytes) -> Answer:
        proof = ConsistencyProof.parse(body)
        asked.append(proof.old)
        if proof.old != 2:
            return 409, b"2\n", {"Content-Type": "text/x.tlog.size"}
        made = signed.witness.cosign(AddCheckpointRequest.of(proof)).signatures
        return 200, "".join(each.line for each in made).encode()

    with answering(answer) as url:
        kept = client.submit(signed.ledger, url, signed.witness_keys)
    assert asked == [0, 2]
    assert kept.checkpoint.size == 5


def test_a_witness_that_goes_on_telling_other_sizes_is_not_asked_for_ever(signed: Signing) -> None:
    signed.grow(5)
    told = iter(range(1, 9))
    with answering(lambda _: (409, b"%d\n" % next(told))) as url, pytest.raises(NotCosigned):
        client.submit(signed.ledger, url, signed.witness_keys)
    assert next(told) == 3


def test_a_witness_that_has_seen_more_than_there_is(signed: Signing) -> None:
    signed.grow(2)
    with answering(lambda _: (409, b"7\n")) as url, pytest.raises(RolledBack, match="7 entries"):
        client.submit(signed.ledger, url, signed.witness_keys)


@pytest.mark.parametrize("told", [b"", b"\n", b"-1\n", b"01\n", b"x" * 99, b"\xff\n", b"9" * 25])
def test_a_size_that_is_none(signed: Signing, told: bytes) -> None:
    signed.grow(2)
    with answering(lambda _: (409, told)) as url, pytest.raises(NotCosigned):
        client.submit(signed.ledger, url, signed.witness_keys)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, NotCosigned),
        (403, NotCosigned),
        (404, NotCosigned),
        (422, Forked),
        (500, NotCosigned),
        (503, NotCosigned),
        (204, NotCosigned),
        (301, NotCosigned),
        (307, NotCosigned),
    ],
)
def test_what_a_refusal_is_called(signed: Signing, status: int, error: type[Exception]) -> None:
    kept = signed.grow(2)
    reply = status, b"", {"Location": "http://127.0.0.1:1/"}
    with answering(lambda _: reply) as url, pytest.raises(error):
        client.submit(signed.ledger, url, signed.witness_keys)
    assert signing.latest_checkpoint(signed.ledger) == kept


def test_a_witness_that_points_elsewhere_is_not_followed(signed: Signing) -> None:
    signed.grow(2)
    asked: list[bytes] = []

    def elsewhere(body: bytes) -> Answer:
        asked.append(body)
        return 200, b""

    with answering(elsewhere) as there:
        moved = {"Location": there}
        with answering(lambda _: (307, b"", moved)) as here, pytest.raises(NotCosigned) as refused:
            client.submit(signed.ledger, here, signed.witness_keys)
    assert not asked
    for url in (here, there):
        assert url.removesuffix("/prefix/") in str(refused.value)
    assert "another origin" in refused.value.cli_text()


def test_answers_that_are_not_believed(signed: Signing) -> None:
    signed.grow(2)
    earlier = signed.cosigned(0)
    kept = signed.grow(2)
    good = signed.cosigned(2)
    name = NAME.encode()
    for reply, error in (
        (b"", MalformedNote),
        (b"\n", MalformedNote),
        (b"hello\n", MalformedNote),
        (b"\xff\xfe\n", MalformedNote),
        (good[:-1], MalformedNote),
        (good + b"\n", MalformedNote),
        (good * MAX_SIGNATURES, MalformedNote),
        (kept.note, MalformedNote),
        (earlier, BadSignature),
        (good + earlier, BadSignature),
        (good.replace(name, b"witness.example/w2"), UnknownSigner),
    ):
        with answering(partial(fixed, reply)) as url, pytest.raises(error):
            client.submit(signed.ledger, url, signed.witness_keys)
        assert signing.latest_checkpoint(signed.ledger) == kept


def test_a_key_of_a_log_is_not_one_of_a_witness(signed: Signing) -> None:
    kept = signed.grow(2)
    with pytest.raises(MalformedNote, match="not one of a witness"):
        client.cosignatures(kept.note, signed.cosigned(0), [signed.signers[0].key])


def test_an_answer_without_end(signed: Signing) -> None:
    signed.grow(2)
    endless = b"x" * (client.MAX_REPLY + 1)
    with answering(lambda _: (200, endless)) as url, pytest.raises(NotCosigned, match="no end"):
        client.submit(signed.ledger, url, signed.witness_keys)


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.0 200 OK\r\n\r\n"])
def test_an_answer_that_trickles_in_is_cut_off(
    signed: Signing, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(web, "PATIENCE", 0.2)
    signed.grow(2)
    over = Event()

    def trickle(_: str, connection: socket.socket) -> None:
        connection.sendall(begun)
        while not over.wait(0.02):
            connection.sendall(b"y")

    with raw_answering(trickle) as url:
        with pytest.raises(NotCosigned, match=r"took over 0\.2 seconds"):
            client.submit(signed.ledger, url, signed.witness_keys)
        over.set()


def test_nobody_answers(signed: Signing) -> None:
    signed.grow(2)
    with answering(lambda _: (200, b"")) as url:
        pass
    with pytest.raises(NotCosigned, match="refused"):
        client.submit(signed.ledger, url, signed.witness_keys)


@pytest.mark.parametrize(
    "url",
    ["", "w1", "file:///etc/passwd", "ftp://a/", "http://", "http://a?b", "http://a/#", "http://é",
     "http://a:0", "http://a:99999", "http://[", "http://a b"],
)  # fmt: skip
def test_a_url_where_no_witness_can_be(signed: Signing, url: str) -> None:
    signed.grow(2)
    with pytest.raises(NotCosigned, match="not where a witness can be"):
        client.submit(signed.ledger, url, signed.witness_keys)


def test_nothing_signed_is_nothing_to_cosign(signed: Signing) -> None:
    with pytest.raises(Refused, match="nothing is signed"):
        client.submit(signed.ledger, "http://127.0.0.1:1", signed.witness_keys)
    with pytest.raises(Refused, match="nothing that could be cosigned"):
        client.attach(signed.ledger, "— x AAAAAAAA\n".encode(), signed.witness_keys)


def test_lines_from_a_file_find_the_checkpoint_that_they_are_of(signed: Signing) -> None:
    signed.grow(2)
    lines = signed.cosigned(0)
    newest = signed.grow(2)
    kept = client.attach(signed.ledger, lines, signed.witness_keys)
    assert (kept.checkpoint.size, kept.note.endswith(lines)) == (2, True)
    assert signing.latest_checkpoint(signed.ledger) == newest
    forged = signed.witness.signers[0].sign(f"{ORIGIN}\n2\n{'A' * 43}=\n", NOW)
    with pytest.raises(BadSignature):
        client.attach(signed.ledger, forged.line.encode(), signed.witness_keys)


def test_a_cosigned_checkpoint_from_a_file(signed: Signing) -> None:
    kept = signed.grow(2)
    cosigned = kept.note + signed.cosigned(0)
    signed.grow(2)
    assert client.attach(signed.ledger, cosigned, signed.witness_keys).note == cosigned
    signer = signed.witness.signers[0]
    for size, error in ((2, NotVerified), (3, Refused)):
        text = f"{ORIGIN}\n{size}\n{'A' * 43}=\n"
        fork = bytes(Note(text, ()).signed([signer.sign(text, NOW + timedelta(1))]))
        with pytest.raises(error):
            client.attach(signed.ledger, fork, signed.witness_keys)


# The options of `answerable checkpoint`


def test_the_options_ask_all_witnesses_though_one_fails(signed: Signing, tmp_path: Path) -> None:
    signed.grow(3)
    lines = signed.cosigned(0)
    vkeys = signed.witness_keys
    assert cosigning.cosign(signed.ledger, (), (), ()) is None
    with answering(lambda _: (404, b"")) as bad, answering(lambda _: (200, lines)) as good:
        with pytest.raises(NotCosigned, match="does not watch"):
            cosigning.cosign(signed.ledger, (bad, good, bad), (), vkeys)
        kept = cosigning.cosign(signed.ledger, (good,), (), vkeys)
    assert kept is not None
    assert kept.note.endswith(lines)


def test_the_options_keep_what_is_in_files(signed: Signing, tmp_path: Path) -> None:
    signed.grow(3)
    file, vkeys = tmp_path / "lines.txt", tmp_path / "w1.vkey"
    file.write_bytes(signed.cosigned(0))
    vkeys.write_text("".join(f"{key}\n" for key in signed.witness_keys))
    keys = cosigning.cosigners((), (file,), (str(vkeys),))
    kept = cosigning.cosign(signed.ledger, (), (file,), keys)
    assert kept == signing.latest_checkpoint(signed.ledger)
    assert kept is not None
    assert kept.note.endswith(file.read_bytes())


def test_options_that_do_not_go_together() -> None:
    with pytest.raises(click.UsageError, match="--witness"):
        cosigning.cosigners(("http://127.0.0.1:1",), (), ())
    with pytest.raises(click.UsageError, match="--submit"):
        cosigning.cosigners((), (), ["w.vkey"])


@pytest.mark.parametrize("given", [b"", b"\n", b"x\n\ny", b"\xff", "— x\n".encode()])
def test_a_file_of_something_else(signed: Signing, given: bytes) -> None:
    signed.grow(2)
    with pytest.raises(MalformedNote):
        client.attach(signed.ledger, given, signed.witness_keys)
