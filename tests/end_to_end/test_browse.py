"""The command that serves pages: one real server, and what it says where it cannot serve."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.end_to_end.conftest import SCRIPT, Cli
from tests.end_to_end.test_help import modules_after

from answerable.cli.browsing.browse import command
from answerable.cli.browsing.serving import listening
from answerable.ledger.errors import MissingExtra

SERVING = {"starlette", "uvicorn", "anyio", "h11"}


def test_a_server_serves_who_has_the_token_and_ends_when_it_is_told_to(story: Cli) -> None:
    served = subprocess.Popen(
        [SCRIPT, "browse", "--no-open"],
        cwd=story.folder,
        env=story.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert served.stdout is not None
    address = urlsplit(served.stdout.readline().strip())
    assert address.hostname == "127.0.0.1"
    asking = HTTPConnection("127.0.0.1", address.port or 0, timeout=30)

    def status(path: str, **headers: str) -> int:
        asking.request("GET", path, headers=headers)
        answer = asking.getresponse()
        answer.read()
        assert answer.headers["server"] is None
        return answer.status

    assert status("/") == 403
    assert status(f"/?{address.query}", Host="evil.example") == 403
    assert status(f"/?{address.query}") == 303
    asking.close()
    served.send_signal(signal.SIGINT)
    _, said = served.communicate(timeout=30)
    assert served.returncode == 0
    assert said.endswith("Ended.\n")
    token = address.query.removeprefix("token=")
    assert len(token) >= 32
    assert token not in said
    with pytest.raises(OSError, match=r"refused|reset"):
        socket.create_connection(("127.0.0.1", address.port or 0), timeout=5)


def test_an_answer_is_sent_at_once() -> None:
    """By the protocol of its socket asyncio knows that it may send at once (TCP_NODELAY)."""
    with listening(0) as listens:
        assert listens.proto == socket.IPPROTO_TCP
        assert listens.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_refused(story: Cli) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = story("browse", "--no-open", "--port", str(port), code=2).err
    assert f"port {port} cannot be listened on" in told
    assert "Leave --port out" in told


def test_other_commands_load_nothing_of_what_serves(story: Cli) -> None:
    for asked in (["browse", "--help"], ["cases"], ["report", "xiaomi-kol", "--format", "html"]):
        assert not SERVING & modules_after(asked, story), asked


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingExtra) as refused:
        command.main(["--no-open"], standalone_mode=False)
    assert "uvicorn" in refused.value.message
    assert "answerable[browse]" in (refused.value.hint or "")


def test_the_file_that_leads_a_browser_on_is_for_nobody_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """See that the token is not in what a program is called with, which everybody here can read."""
    from answerable.cli.browsing import opening

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    with opening.opened_by_file("http://127.0.0.1:1/?token=secret&x", really=True):
        (folder,) = tmp_path.iterdir()
        (place,) = folder.iterdir()
        assert 'url=http://127.0.0.1:1/?token=secret&amp;x"' in place.read_text()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
    assert all("secret" not in each for each in opened)
    assert [*tmp_path.iterdir()] == []
