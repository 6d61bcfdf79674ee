"""The HTTP client against servers and proxies that wish it ill, and ones that stumble."""

import gzip
import re
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from tests.support.self_signed import self_signed
from tests.support.web_servers import answering, overheard, response

from answerable.ledger.errors import PageMalformed, RedirectRefused, Unreachable
from answerable.ledger.system import deadline, http
from answerable.ledger.system.http import Failed, Web

PAGE = b"a page"


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The certificate of a server on 127.0.0.1, which is trusted."""
    file = tmp_path / "certificate.pem"
    file.write_bytes(self_signed())
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


# How long it may take


def trickling(over: Event) -> Callable[[str, socket.socket], None]:
    """Headers without end, a byte at a time."""

    def answer(_: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while not over.wait(0.02):
            connection.sendall(b"y")

    return answer


def test_a_deadline_holds_over_tls(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.3)
    over = Event()
    with answering(trickling(over), certificate) as url:
        with pytest.raises(Unreachable, match=r"over 0\.3 seconds"):
            Web().get(url, 99)
        over.set()


def test_a_deadline_holds_for_what_a_proxy_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.2)
    over = Event()
    with answering(trickling(over)) as url:
        monkeypatch.setenv("https_proxy", url)
        with pytest.raises(Unreachable, match=r"over 0\.2 seconds"):
            Web().get("https://log.example", 99)
        over.set()


def test_a_deadline_holds_for_a_handshake_by_way_of_a_proxy_over_tls(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.4)
    over = Event()

    def answer(_: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        connection.recv(9999)  # the greeting, which is answered by the head of a long record
        connection.sendall(b"\x16\x03\x03\x3f\xff\x02")
        while not over.wait(0.02):
            connection.sendall(b"y")

    with answering(answer, certificate) as url:
        monkeypatch.setenv("https_proxy", url)
        with pytest.raises(Unreachable, match=r"over 0\.4 seconds"):
            Web().get("https://log.example", 99)
        over.set()


def test_a_deadline_is_not_put_off_by_redirects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.3)

    def answer(path: str, connection: socket.socket) -> None:
        time.sleep(0.1)
        connection.sendall(response(b"", f"Location: {path}x", status="302 Found"))

    with answering(answer) as url, pytest.raises(Unreachable, match=r"over 0\.3 seconds"):
        Web().get(url, 99)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_silence_is_waited_for_no_longer_than_the_deadline(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.1)
    began = time.monotonic()
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Unreachable, match=r"over 0\.1 seconds"):
            Web().get(url, 99)
    assert time.monotonic() - began < http.SILENCE / 2


def test_the_addresses_of_a_name_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "SILENCE", 0.1)
    monkeypatch.setattr(http, "PATIENCE", 0.3)
    with socket.socket() as full, ExitStack() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):  # whoever comes after these is not answered
            queued = waiting.enter_context(socket.socket())
            queued.setblocking(False)
            queued.connect_ex(full.getsockname())
        found = socket.getaddrinfo("127.0.0.1", full.getsockname()[1], type=socket.SOCK_STREAM)
        monkeypatch.setattr(deadline, "getaddrinfo", lambda *_, **__: found * 100)
        tried: list[Any] = []

        class Counted(socket.socket):
            def connect(self, address: Any, /) -> None:
                tried.append(address)
                super().connect(address)

        monkeypatch.setattr(deadline, "socket", Counted)
        with pytest.raises(Unreachable, match=r"over 0\.3 seconds"):
            Web().get("http://log.example/", 99)
    assert 1 < len(tried) < 10


def test_all_that_is_fetched_has_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    over, now = Event(), time.monotonic

    def answer(path: str, connection: socket.socket) -> None:
        if path == "/page":
            connection.sendall(response(PAGE))
        else:
            trickling(over)(path, connection)

    with answering(answer) as url:
        web = Web(seconds=3600.0)
        assert web.get(f"{url}/page", 99) == PAGE
        for module in (time, deadline):  # an hour goes by, but for a moment
            monkeypatch.setattr(module, "monotonic", lambda: now() + 3599.7)
        with pytest.raises(Unreachable, match="within 1 hour,") as late:
            web.get(f"{url}/another", 99)
        over.set()
    assert "--max-time" in late.value.cli_text()
    assert "`seconds`" in str(late.value)


def test_when_the_time_is_over_nothing_more_is_asked() -> None:
    late = pytest.raises(Unreachable, match="within 0 seconds")
    with overheard(response(PAGE)) as (url, asked), late:
        Web(seconds=0.0).get(url, 99)
    assert not asked


# How much is read


def stored_nothing(final: bool) -> bytes:
    """A block of deflate that holds nothing."""
    return bytes([final, 0, 0, 0xFF, 0xFF])


GZIP = bytes.fromhex("1f8b08000000000000ff")


@pytest.mark.parametrize(
    ("head", "padding"),
    [
        (b"Content-Encoding: gzip\r\n\r\n" + GZIP, stored_nothing(False) * 2000),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 60_000 + b"\r\na\r\n"),
        (b"", b"".join(b"X-%d: %s\r\n" % (at, b"x" * 60_000) for at in range(9))),
    ],
    ids=["empty blocks", "remarks on chunks", "headers"],
)
def test_little_that_is_wrapped_in_much_is_refused(head: bytes, padding: bytes) -> None:
    sent = count()

    def answer(_: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + head)
        while next(sent) < 10_000:
            connection.sendall(padding)

    with answering(answer) as url, pytest.raises(PageMalformed, match="more than a page of 99"):
        Web().get(url, 99)
    assert next(sent) * len(padding) < 10_000_000


def test_all_tries_of_a_page_share_what_may_come_in() -> None:
    tried = count()
    packed = GZIP + stored_nothing(False) * 40_000 + stored_nothing(True) + bytes(8)
    cut = response(packed, "Content-Encoding: gzip")[:-9]

    def answer(_: str, connection: socket.socket) -> None:
        next(tried)
        connection.sendall(cut)

    with answering(answer) as url, pytest.raises(PageMalformed, match=r"over 262,342 bytes"):
        Web().get(url, 99)
    assert next(tried) == 2


def test_of_what_is_posted_the_answer_is_bounded_too() -> None:
    def answer(_: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _at in range(1000):
            connection.sendall(b"1;" + b"x" * 60_000 + b"\r\na\r\n")

    with answering(answer) as url, pytest.raises(Failed, match="over 264,144 bytes came in"):
        Web().post(url, b"", {}, 1000)


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "403 Forbidden"])
def test_of_what_is_no_page_little_is_read(status: str) -> None:
    sent = count()

    def answer(path: str, connection: socket.socket) -> None:
        if path == "/there":
            connection.sendall(response(PAGE))
            return
        connection.sendall(f"HTTP/1.0 {status}\r\nLocation: /there\r\n\r\n".encode())
        while next(sent) < 20_000:
            connection.sendall(bytes(8192))

    with answering(answer) as url:
        if status == "404 Not Found":
            assert Web().get(url, 99) is None
        elif status == "302 Found":
            assert Web().get(url, 99) == PAGE
        else:
            with pytest.raises(Unreachable, match="403 Forbidden"):
                Web().get(url, 99)
    assert next(sent) < 2_000


def test_nothing_follows_a_packed_page() -> None:
    sent = response(gzip.compress(PAGE) + bytes(9), "Content-Encoding: gzip")
    with overheard(sent) as (url, _), pytest.raises(PageMalformed):
        Web().get(url, 99)


# How often it is tried, and on what connection


@pytest.mark.parametrize(
    ("reply", "tries"),
    [
        (response(b"", status="403 Forbidden"), 1),
        (response(b"", status="503 Busy"), 3),
        (b"", 3),
    ],
)
def test_only_what_may_pass_is_tried_again(reply: bytes, tries: int) -> None:
    with overheard(reply) as (url, asked), pytest.raises(Unreachable):
        Web().get(url, 99)
    assert len(asked) == tries


@pytest.mark.parametrize("reply", [b"", response(b"", "Location: /x", status="307 Moved")])
def test_what_is_posted_is_posted_once(reply: bytes) -> None:
    with overheard(reply) as (url, asked):
        if reply:
            assert Web().post(url, b"body", {}, 99).status == 307
        else:
            with pytest.raises(Failed):
                Web().post(url, b"body", {}, 99)
    assert len(asked) == 1


def test_a_page_that_is_not_there_costs_no_connection() -> None:
    made = count()

    def answer(path: str, connection: socket.socket) -> None:
        next(made)
        while path:
            missing = response(b"none", status="404 Not Found")
            connection.sendall(missing if path == "/nothing" else response(PAGE))
            path = connection.recv(9999).decode().partition(" ")[2].partition(" ")[0]

    with answering(answer) as url:
        web = Web()
        for _ in range(3):
            assert web.get(f"{url}/nothing", 99) is None
            assert web.get(f"{url}/page", 99) == PAGE
    assert next(made) == 1


def hanging_up(path: str, connection: socket.socket) -> None:
    """Answers once on a connection, and closes it when there is asked more on it."""
    connection.sendall(response(PAGE))
    connection.recv(1)


def test_a_connection_that_is_closed_while_it_waits_costs_no_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http, "PAUSES", ())
    with answering(hanging_up) as url:
        web = Web()
        for _ in range(3):
            assert web.get(url, 99) == PAGE


def test_nothing_is_posted_again_though_the_connection_had_waited() -> None:
    with answering(hanging_up) as url:
        web = Web()
        assert web.get(url, 99) == PAGE
        with pytest.raises(Failed):
            web.post(url, b"body", {}, 99)


def test_another_try_is_not_made_on_a_connection_that_waited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http, "SILENCE", 0.3)
    together, over = Barrier(3), Event()

    def answer(path: str, connection: socket.socket) -> None:
        if path == "/together":
            together.wait(10)
        connection.sendall(response(PAGE))
        connection.recv(1)  # a next request, which is not answered
        over.wait(10)

    with answering(answer) as url:
        web = Web()
        with ThreadPoolExecutor(3) as pool:
            pages = pool.map(lambda _: web.get(f"{url}/together", 99), range(3))
            assert list(pages) == [PAGE] * 3
        assert web.get(f"{url}/alone", 99) == PAGE
        over.set()


# Where it may lead


def test_another_origin_is_not_asked_unless_that_was_allowed() -> None:
    with overheard(response(PAGE)) as (there, asked):
        moved = response(b"", f"Location: {there}/page", status="302 Found")
        with overheard(moved) as (here, tried):
            with pytest.raises(RedirectRefused, match=f"{here} redirects to {there}, "):
                Web().get(here, 99)
            assert (len(tried), len(asked)) == (1, 0)
            assert Web(follow=True).get(here, 99) == PAGE
    assert len(asked) == 1


def test_a_redirect_out_of_tls_is_never_followed(certificate: ssl.SSLContext) -> None:
    with overheard(response(PAGE)) as (there, asked):

        def answer(_: str, connection: socket.socket) -> None:
            connection.sendall(response(b"", f"Location: {there}", status="307 Moved"))

        with answering(answer, certificate) as here, pytest.raises(RedirectRefused, match="never"):
            Web(follow=True).get(here, 99)
    assert not asked


# What is told to whom


def test_a_name_and_password_are_not_sent() -> None:
    with overheard(response(PAGE)) as (url, asked):
        secret = url.replace("//", "//jane:secret@")
        assert Web().get(secret, 99) == PAGE
        moved = response(b"", f"Location: {secret}/there", status="302 Found")
        with overheard(moved) as (elsewhere, _):
            assert Web(follow=True).get(elsewhere, 99) == PAGE
    host = url.removeprefix("http://")
    for head, path in zip(asked, ("/", "/there"), strict=True):
        assert head.startswith(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n")
        assert "uthorization" not in head


def test_a_proxy_is_told_its_own_password_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with overheard(response(PAGE)) as (url, asked):
        for scheme in ("http", "https"):
            monkeypatch.setenv(f"{scheme}_proxy", url.replace("//", "//jane:s%C3%A9cret@"))
        assert Web().get("http://joe:hush@log.example:81/a?b", 99) == PAGE
        with pytest.raises(Unreachable) as failed:
            Web().get("https://log.example/", 99)
    assert asked[0].startswith("GET http://log.example:81/a?b HTTP/1.1\r\n")
    assert "Host: log.example:81\r\n" in asked[0]
    assert asked[1].startswith("CONNECT log.example:443 ")
    credentials = b64encode("jane:sécret".encode()).decode()
    for head in asked:
        assert re.findall("(?i)authorization: basic (.*)\r\n", head) == [credentials]
    assert "cret" not in str(failed.value)


@pytest.mark.parametrize(
    "proxy",
    [
        "http://jane:hu/sh@127.0.0.1:1",
        "http://jane:hush@127.0.0.1:99999",
        "http://jane:hush@[",
        "http://jane:hush@",
        "http://jane:hush@127.0.0.1:1",
        "socks5://jane:hush@127.0.0.1:1",
        "hush",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_cannot_be_used_is_not_told_with_its_password(
    scheme: str, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{scheme}_proxy", proxy)
    with pytest.raises(Unreachable) as failed:
        Web().get(f"{scheme}://log.example", 99)
    assert "hu" not in str(failed.value)


def test_no_proxy_is_used_for_whom_the_environment_excepts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("no_proxy", "localhost")
    with overheard(response(PAGE)) as (url, asked), overheard(response(b"")) as (proxy, passed):
        monkeypatch.setenv("http_proxy", proxy)
        Web().get(url, 99)
        Web().get(url.replace("127.0.0.1", "localhost"), 99)
    assert (len(asked), len(passed)) == (1, 1)


def test_a_proxy_named_with_https_is_spoken_to_over_tls(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(path: str, connection: socket.socket) -> None:
        asked.append(path)
        connection.sendall(response(PAGE))

    with answering(answer, certificate) as url:
        monkeypatch.setenv("http_proxy", url)
        assert Web().get("http://log.example/a", 99) == PAGE
    assert asked == ["http://log.example/a"]
