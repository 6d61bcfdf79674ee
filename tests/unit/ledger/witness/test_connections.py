"""A witness's server and those who keep it waiting: real sockets, and a clock set by hand."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

import pytest
from tests.support.growing_log import Watching, leaves

from answerable.ledger.witness import server as witness_server
from answerable.ledger.witness.admission import Limits
from answerable.ledger.witness.connections import Server
from answerable.ledger.witness.errors import OpenToAll

LIMITS = Limits(request_seconds=30.0, per_address=4, connections=8)
ALONE = "127.0.0.1"


class Clock:
    """Seconds that go on when they are told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Running(NamedTuple):
    """A server that runs."""

    place: tuple[str, int]
    clock: Clock
    lines: list[str]

    def connect(self, sent: bytes = b"", address: str = ALONE) -> socket.socket:
        made = socket.create_connection(self.place, 20, (address, 0))
        made.sendall(sent)
        return made

    def ask(self, made: socket.socket, sent: bytes) -> bytes:
        """Ask on a connection; gives the first line of the answer, once it is whole."""
        made.sendall(sent)
        read = made.makefile("rb")
        status = read.readline()
        length = 0
        while line := read.readline().strip():
            name, _, value = line.partition(b": ")
            length = int(value) if name == b"Content-Length" else length
        read.read(length)
        return status.strip()

    def is_answered(self, address: str = ALONE) -> bool:
        """Ask on a new connection; tells whether there is an answer."""
        with self.connect(address=address) as made:
            return self.ask(made, NOTHING) == b"HTTP/1.1 404 Not Found"


NOTHING = b"GET / HTTP/1.1\r\nHost: w\r\n\r\n"
SLOW_HEAD = b"POST /add-checkpoint HTTP/1.1\r\nX: "
SLOW_BODY = b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 5000\r\n\r\nold 5\n"


def is_open(made: socket.socket) -> bool:
    """Tell whether the other side has not closed a connection."""
    made.setblocking(False)
    try:
        return bool(made.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except ConnectionError:
        return False
    finally:
        made.settimeout(20)


def is_closed(made: socket.socket) -> bool:
    """Wait until the other side closes a connection, on which it says nothing."""
    try:
        return made.recv(1) == b""
    except ConnectionError:
        return True


@contextmanager
def run_by_thread(server: Server) -> Iterator[None]:
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield
    finally:
        server.end()
        thread.join()


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching.make(tmp_path / "w1")


Start = Callable[[Limits], Running]


@pytest.fixture
def start(watching: Watching) -> Iterator[Start]:
    """Starts a server within some limits."""
    with ExitStack() as running:

        def started(limits: Limits) -> Running:
            clock, lines = Clock(), list[str]()
            heard = witness_server.listen(
                watching.witness, ALONE, 0, lines.append, limits, clock=clock
            )
            server, url = running.enter_context(heard)
            running.enter_context(run_by_thread(server))
            return Running((ALONE, int(url.rpartition(":")[2])), clock, lines)

        yield started


# The time for a request


@pytest.mark.parametrize("begun", [b"", SLOW_HEAD, SLOW_BODY], ids=["silence", "head", "body"])
def test_who_sends_a_byte_now_and_then_is_cut_off(start: Start, begun: bytes) -> None:
    server = start(LIMITS)
    with server.connect(begun) as slow:
        for _ in range(6):
            assert server.is_answered()
            assert is_open(slow)
            server.clock.now += 5
            if begun:
                slow.sendall(b"x")
        server.clock.now += 1
        assert server.is_answered()
        assert is_closed(slow)
    assert server.is_answered()
    assert any("closed without a whole request: 1" in line for line in server.lines)


def test_the_time_begins_anew_with_each_answer(start: Start) -> None:
    server = start(LIMITS)
    with server.connect() as kept:
        for _ in range(3):
            assert server.ask(kept, NOTHING) == b"HTTP/1.1 404 Not Found"
            server.clock.now += 29
        assert server.is_answered()
        assert is_open(kept)
        server.clock.now += 2
        assert server.is_answered()
        assert is_closed(kept)
    assert server.is_answered()
    assert not any("closed without" in line for line in server.lines)


def test_what_is_being_answered_has_its_time() -> None:
    begun, go_on, clock = Event(), Event(), Clock()

    def slowly(environ: Any, start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            begun.set()
            go_on.wait(20)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    limits = LIMITS._replace(per_address=2)
    with socket.create_server((ALONE, 0)) as bound:
        made = Server(slowly, bound, 99, limits, lambda _: None, clock)
        server = Running(bound.getsockname(), clock, [])
        with run_by_thread(made), ExitStack() as open_ones:
            asking = [open_ones.enter_context(server.connect()) for _ in range(2)]
            for each in asking:
                begun.clear()
                each.sendall(NOTHING.replace(b"/ ", b"/slow "))
                assert begun.wait(20)
            clock.now += 99
            # Both places are of use: who comes now has none, and they are answered.
            with server.connect() as crowded:
                assert is_closed(crowded)
            with server.connect(address="127.0.0.2") as other:
                assert server.ask(other, NOTHING) == b"HTTP/1.1 200 OK"
            go_on.set()
            for each in asking:
                assert server.ask(each, b"") == b"HTTP/1.1 200 OK"
            # However long that took, they now have all the time for a next request.
            with server.connect(address="127.0.0.2") as other:
                assert server.ask(other, NOTHING) == b"HTTP/1.1 200 OK"
            assert [is_open(each) for each in asking] == [True, True]
        made.close()


# The places


def test_an_address_has_so_many_places(start: Start) -> None:
    server = start(LIMITS)
    with ExitStack() as open_ones:
        slow = [open_ones.enter_context(server.connect(SLOW_HEAD)) for _ in range(6)]
        assert [is_closed(each) for each in slow[:2]] == [True, True]
        assert server.is_answered()
        assert is_closed(slow[2])
        assert server.is_answered("127.0.0.2")
        assert [is_open(each) for each in slow[3:]] == [True] * 3


def test_many_addresses_do_not_keep_others_out(start: Start, watching: Watching) -> None:
    server = start(LIMITS)
    with ExitStack() as open_ones:
        for at in range(40):
            open_ones.enter_context(server.connect(SLOW_BODY, f"127.0.1.{at // 4 + 1}"))
        body = bytes(watching.log.proof(0, leaves(5)))
        head = f"POST /add-checkpoint HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        with server.connect(address="127.0.0.2") as honest:
            assert server.ask(honest, head + body) == b"HTTP/1.1 200 OK"
    assert watching.size == 5


def test_behind_a_proxy_only_all_places_are_counted(start: Start) -> None:
    server = start(LIMITS._replace(per_address=None))
    with ExitStack() as open_ones:
        slow = [open_ones.enter_context(server.connect(SLOW_HEAD)) for _ in range(8)]
        assert all(is_open(each) for each in slow)
        assert server.is_answered()
        assert is_closed(slow[0])
        assert [is_open(each) for each in slow[1:]] == [True] * 7


def test_the_log_tells_in_few_lines_what_was_closed(start: Start) -> None:
    server = start(LIMITS)
    with ExitStack() as open_ones:
        for _ in range(50):
            open_ones.enter_context(server.connect(SLOW_HEAD))
        assert server.is_answered("127.0.0.2")
        server.clock.now += 61
        assert server.is_answered("127.0.0.2")
    told = [line for line in server.lines if "closed without" in line]
    assert 1 <= len(told) <= 2
    assert sum(int(line.rpartition(" ")[2]) for line in told) in (46, 50)


# Where it listens


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_it_does_not_listen_to_others_unless_a_proxy_is_before_it(
    watching: Watching, host: str
) -> None:
    given = (watching.witness, host, 0, print, LIMITS)
    refusal = pytest.raises(OpenToAll, match="can be reached from elsewhere")
    with refusal as refused, witness_server.listen(*given):
        pass
    assert "--behind-proxy" in refused.value.cli_text()
    assert "behind_proxy=True" in str(refused.value)


def test_behind_a_proxy_it_listens_where_it_is_told_to(watching: Watching) -> None:
    given = (watching.witness, "0.0.0.0", 0, print, LIMITS)
    with witness_server.listen(*given, behind_proxy=True) as (_, url):
        assert url.startswith("http://0.0.0.0:")
