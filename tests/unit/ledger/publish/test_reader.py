"""Reading a published log from a folder and from a web server, well-meaning and hostile ones."""

import gzip
import os
import socket
import ssl
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from tests.support.self_signed import self_signed
from tests.support.web_servers import answering, response, served
from urllib3.connection import HTTPConnection

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import PageMalformed, RedirectRefused, Unreachable
from answerable.ledger.publish.errors import PageMissing, PublishedNotFound
from answerable.ledger.publish.reader import open_published
from answerable.ledger.system import http as web
from answerable.ledger.tlog.note import MAX_NOTE
from answerable.ledger.tlog.tiles import bundle

TILE = bytes(range(256)) * 32


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(web, "PAUSES", (0.0, 0.0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "log"
    (place / "tile/0/000.p").mkdir(parents=True)
    (place / "tile/entries/000.p").mkdir(parents=True)
    (place / "checkpoint").write_bytes(b"a note")
    (place / "tile/0/000.p/3").write_bytes(TILE[:96])
    (place / "tile/entries/000.p/2").write_bytes(bundle([b"one", b"two"]))
    return place


@pytest.fixture(params=["folder", "web"])
def source(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "folder":
        yield str(folder)
        return
    with served(folder) as url:
        yield f"{url}/"


def test_pages_are_read(source: str) -> None:
    log = open_published(source)
    assert log.checkpoint() == b"a note"
    assert log.tile(0, 0, 3) == TILE[:96]
    assert log.tiles(3)(0, 0) == TILE[:96]
    assert log.tiles(3)(1, 0) == b""
    assert log.entries(0, 2) == [b"one", b"two"]


def test_the_full_page_takes_the_place_of_a_partial_one(source: str, folder: Path) -> None:
    (folder / "tile/0/000").write_bytes(TILE)
    (folder / "tile/entries/000").write_bytes(bundle([bytes([at]) for at in range(256)]))
    log = open_published(source)
    assert log.tile(0, 0, 5) == TILE[:160]
    assert log.tile(0, 0, 256) == TILE
    assert log.tiles(70)(0, 0) == TILE[: 70 * 32]
    assert log.tiles(300)(0, 0) == TILE
    assert log.entries(0, 3) == [b"\0", b"\1", b"\2"]


def test_what_is_missing_is_named(source: str) -> None:
    log = open_published(source)
    with pytest.raises(PageMissing, match=r"tile/0/000\.p/5 .*hashes of level 0, 0 to 4"):
        log.tile(0, 0, 5)
    with pytest.raises(PageMissing, match=r"tile/entries/001 .*entries 256 to 511"):
        log.entries(1, 256)


def test_what_is_of_the_wrong_length_is_named(source: str, folder: Path) -> None:
    log = open_published(source)
    for length in (0, 95, 97):
        (folder / "tile/0/000.p/3").write_bytes(TILE[:length])
        with pytest.raises(PageMalformed, match=r"tile/0/000\.p/3"):
            log.tile(0, 0, 3)
    page = bundle([b"one", b"two"])
    for cut, whole in ((0, 0), (1, 0), (4, 0), (5, 1), (len(page) - 1, 1)):
        (folder / "tile/entries/000.p/2").write_bytes(page[:cut])
        with pytest.raises(PageMalformed, match=f"lacks the entry at position {whole}"):
            log.entries(0, 2)
    (folder / "tile/entries/000.p/2").write_bytes(page + b"x")
    with pytest.raises(PageMalformed, match="goes on"):
        log.entries(0, 2)
    (folder / "checkpoint").write_bytes(b"x" * (MAX_NOTE + 1))
    with pytest.raises(PageMalformed, match="longer than"):
        log.checkpoint()


def test_where_there_is_no_log(source: str, folder: Path) -> None:
    (folder / "checkpoint").unlink()
    with pytest.raises(PublishedNotFound, match="no page `checkpoint`"):
        open_published(source).checkpoint()


@pytest.mark.parametrize(
    "wrong",
    [
        "/no/such/folder",
        "",
        "ftp://example.com/log",
        "file:///etc",
        "https://",
        "https:///log",
        "https://example.com/log?tile=",
        "https://example.com/log#x",
        "https://example.com/a log",
        "https://example.com/log\r\nX: y",
        "https://example.com:99999999/log",
        "https://[::1/log",
        "\0",
        "https://exämple.com/",
    ],
)
def test_what_cannot_be_a_published_log(wrong: str) -> None:
    with pytest.raises(PublishedNotFound):
        open_published(wrong).checkpoint()


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    log = open_published(str(folder))
    (folder / "checkpoint").unlink()
    os.mkfifo(folder / "checkpoint")
    with pytest.raises(PageMalformed, match="not a file"):
        log.checkpoint()
    (folder / "checkpoint").unlink()
    (folder / "checkpoint").symlink_to("/dev/zero")
    with pytest.raises(PageMalformed, match="not a file"):
        log.checkpoint()
    (folder / "checkpoint").unlink()
    (folder / "checkpoint").mkdir()
    with pytest.raises(PageMalformed, match="not a file"):
        log.checkpoint()
    (folder / "tile/0/000.p/3").unlink()
    (folder / "tile/0/000.p/3").symlink_to("3")
    with pytest.raises(Unreachable):
        log.tile(0, 0, 3)


def test_a_compressed_page_is_unpacked() -> None:
    def answer(_: str, connection: socket.socket) -> None:
        connection.sendall(response(gzip.compress(TILE), "Content-Encoding: gzip"))

    with answering(answer) as url:
        assert open_published(url).tile(0, 0, 256) == TILE


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(bytes(50_000_000)),
        b"\x1f\x8b\x08" + bytes(50),
        b"plain",
    ],
    ids=["a bomb", "broken", "not packed"],
)
def test_a_page_packed_with_malice_is_refused(packed: bytes) -> None:
    def answer(_: str, connection: socket.socket) -> None:
        connection.sendall(response(packed, "Content-Encoding: gzip"))

    with answering(answer) as url, pytest.raises(PageMalformed):
        open_published(url).tile(0, 0, 256)


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (b"", Unreachable),
        (b"\0\xff" * 10, Unreachable),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n", Unreachable),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000, Unreachable),
        (response(b"x" * 100)[:-50], Unreachable),
        (response(gzip.compress(TILE)[:-9], "Content-Encoding: gzip"), Unreachable),
        (response(TILE + b"x"), PageMalformed),
        (response(TILE, "Content-Encoding: br"), PageMalformed),
        (response(b"", status="404 Not Found"), PageMissing),
        (response(b"", status="410 Gone"), PageMissing),
        (response(b"", status="403 Forbidden"), Unreachable),
        (response(b"", status="500 Oops"), Unreachable),
        (response(b"", status="999 What"), Unreachable),
        (response(b"", "Location: file:///etc/passwd", status="302 Found"), Unreachable),
        (response(b"", "Location: ftp://127.0.0.1/", status="302 Found"), Unreachable),
        (response(b"", "Location: http://[", status="302 Found"), Unreachable),
        (response(b"", status="302 Found"), Unreachable),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", PageMalformed),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Unreachable),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nx", Unreachable),
    ],
)
def test_a_hostile_answer_has_a_clear_end(sent: bytes, error: type[AnswerableError]) -> None:
    with answering(lambda _, connection: connection.sendall(sent)) as url, pytest.raises(error):
        open_published(url).tile(0, 0, 256)


def test_redirects_are_followed_but_not_round_and_round() -> None:
    def answer(path: str, connection: socket.socket) -> None:
        there = {"/log/checkpoint": "/moved", "/moved": "/moved/on"}.get(path)
        if there:
            connection.sendall(response(b"", f"Location: {there}", status="302 Found"))
        elif path == "/moved/on":
            connection.sendall(response(b"a note"))
        else:
            connection.sendall(response(b"", f"Location: {path}x", status="302 Found"))

    with answering(answer) as url:
        assert open_published(f"{url}/log").checkpoint() == b"a note"
        with pytest.raises(Unreachable, match="redirect"):
            open_published(f"{url}/round").checkpoint()


def test_an_endless_page_is_not_read_to_its_end() -> None:
    sent = count()

    def answer(_: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        while next(sent) < 1_000_000:
            connection.sendall(TILE)

    with answering(answer) as url, pytest.raises(PageMalformed, match="longer"):
        open_published(url).tile(0, 0, 256)
    assert next(sent) < 20_000


Trickle = Callable[[socket.socket, Event], None]


def _header(connection: socket.socket, over: Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while not over.wait(0.02):
        connection.sendall(b"y")


def _redirects(connection: socket.socket, over: Event) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nX: ")
    while not over.wait(0.02):
        connection.sendall(b"y")


def _body(connection: socket.socket, over: Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8192\r\n\r\n")
    while not over.wait(0.02):
        connection.sendall(b"y")


@pytest.mark.parametrize("trickle", [_header, _redirects, _body])
def test_a_page_that_trickles_in_is_cut_off(
    trickle: Trickle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "PATIENCE", 0.2)
    over = Event()
    with answering(lambda _, connection: trickle(connection, over)) as url:
        with pytest.raises(Unreachable, match=r"over 0\.2 seconds"):
            open_published(url).tile(0, 0, 256)
        over.set()


def test_how_far_and_how_long_to_go_is_told_to_the_reader(folder: Path) -> None:
    with served(folder) as there:

        def answer(path: str, connection: socket.socket) -> None:
            connection.sendall(response(b"", f"Location: {there}{path}", status="308 Moved"))

        with answering(answer) as here:
            with pytest.raises(RedirectRefused, match=f"{here} redirects to {there}, "):
                open_published(here).checkpoint()
            assert open_published(here, follow=True).checkpoint() == b"a note"
            with pytest.raises(Unreachable, match="within 0 seconds"):
                open_published(here, follow=True, seconds=0.0).checkpoint()


def test_silence_is_not_waited_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SILENCE", 0.05)
    over = Event()

    def answer(*_: object) -> None:
        over.wait(30)

    with answering(answer) as url:
        with pytest.raises(Unreachable, match=r"no answer in 0\.05 seconds"):
            open_published(url).tile(0, 0, 256)
        over.set()


def test_a_server_that_stumbles_is_asked_again() -> None:
    asked = count(1)

    def answer(_: str, connection: socket.socket) -> None:
        tries = next(asked)
        if tries == 1:
            connection.sendall(response(b"", status="503 Busy"))
        elif tries == 3:
            connection.sendall(response(TILE))

    with answering(answer) as url:
        assert open_published(url).tile(0, 0, 256) == TILE
    assert next(asked) == 4


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable, match="refused"):
            open_published(f"http://127.0.0.1:{free.getsockname()[1]}").checkpoint()


def test_a_connection_is_used_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = count()
    connect = HTTPConnection.connect

    def counted(connection: HTTPConnection) -> None:
        next(made)
        connect(connection)

    monkeypatch.setattr(HTTPConnection, "connect", counted)
    with served(folder) as url:
        log = open_published(url)
        for _ in range(5):
            assert log.checkpoint() == b"a note"
            assert log.tile(0, 0, 3) == TILE[:96]
    assert next(made) == 1


def test_a_connection_that_the_server_closed_is_made_again() -> None:
    asked: list[str] = []

    def answer(path: str, connection: socket.socket) -> None:
        asked.append(path)
        connection.sendall(response(b"a note"))  # and closes, though it did not say so

    with answering(answer) as url:
        log = open_published(url)
        for _ in range(3):
            assert log.checkpoint() == b"a note"
    assert len(asked) == 3


def test_by_way_of_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(path: str, connection: socket.socket) -> None:
        asked.append(path)
        connection.sendall(response(b"a note"))

    monkeypatch.delenv("no_proxy")
    with answering(answer) as url:
        monkeypatch.setenv("http_proxy", url.replace("//", "//jane:secret@"))
        monkeypatch.setenv("https_proxy", url)
        assert open_published("http://log.example/a").checkpoint() == b"a note"
        with pytest.raises(Unreachable):
            open_published("https://log.example/b").checkpoint()
    assert asked[0] == "http://log.example/a/checkpoint"
    assert asked[1] == "log.example:443"


def test_over_tls(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(self_signed())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with served(folder, context) as url:
        with pytest.raises(Unreachable, match="certificate"):
            open_published(url).checkpoint()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        log = open_published(url)
        assert log.checkpoint() == b"a note"
        assert log.tile(0, 0, 3) == TILE[:96]
