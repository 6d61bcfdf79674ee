"""Opening files to read them: what is no regular file is refused, and nothing else opens files."""

import ast
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answerable.domain.errors import AnswerableError
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.prepared import Prepared, read_signature
from answerable.ledger.actors.ssh_keygen import ssh_sign
from answerable.ledger.bundle.zip_file import read_zip
from answerable.ledger.checkpoints.memory import read_memory
from answerable.ledger.ledger import Ledger
from answerable.ledger.system.regular_file import (
    NotRegular,
    check_regular,
    encoding_mark,
    open_regular,
    read_regular,
)
from answerable.ledger.timestamp.authority import read_certificates
from answerable.ledger.tlog import private_keys
from answerable.ledger.tlog.note import Note

ROOT = Path(__file__).parents[4]


def listening(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(place))


def device(place: Path) -> None:
    place.symlink_to("/dev/zero")


def linked_pipe(place: Path) -> None:
    os.mkfifo(place.with_name("pipe"))
    place.symlink_to("pipe")


OTHERS = pytest.mark.parametrize(
    ("make", "what"),
    [
        (os.mkfifo, "a named pipe"),
        (linked_pipe, "a named pipe"),
        (Path.mkdir, "a directory"),
        (listening, "a socket"),
        (device, "a device"),
    ],
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where nothing is yet; its name is short, for a socket's may have 107 bytes."""
    monkeypatch.chdir(tmp_path)
    return Path("f")


def test_a_file_is_read_up_to_a_byte_more_than_it_may_be_long(place: Path) -> None:
    place.write_bytes(bytes(range(10)))
    assert read_regular(place, 10) == bytes(range(10))
    assert len(read_regular(place, 8)) == 9


@OTHERS
@pytest.mark.parametrize(
    "read",
    [
        check_regular,
        open_regular,
        Ledger.open,
        private_keys.read,
        private_keys.read_public,
        read_memory,
        read_signature,
        Prepared.read,
        AllowedSigners.read,
        read_zip,
        lambda place: read_certificates([place]),
        lambda place: ssh_sign(b"", place),
    ],
)
def test_what_is_no_regular_file_is_not_waited_for(
    place: Path, make: Callable[[Path], None], what: str, read: Callable[[Path], object]
) -> None:
    make(place)
    with pytest.raises((NotRegular, AnswerableError), match=what):
        read(place)


def test_a_file_becomes_a_pipe_before_it_is_opened(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.touch()
    really_open = os.open

    def swapped(path: Path, flags: int) -> int:
        place.unlink()
        os.mkfifo(place)
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(NotRegular, match="named pipe"):
        open_regular(place)


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
@pytest.mark.parametrize("read", [check_regular, open_regular])
def test_no_file_can_be_called_so(name: str, read: Callable[[Path], object]) -> None:
    with pytest.raises(FileNotFoundError, match="no file can be called so"):
        read(Path(name))
    with pytest.raises(AnswerableError, match="there is no ledger"):
        Ledger.open(name)


@pytest.mark.parametrize(
    ("mark", "said"), [(b"\xef\xbb\xbf", "byte order mark"), (b"\xff\xfe", "UTF-16")]
)
@pytest.mark.parametrize(
    "read",
    [
        private_keys.read,
        Prepared.read,
        AllowedSigners.read,
        lambda place: Note.parse(place.read_bytes()),
    ],
)
def test_a_mark_of_an_encoding_is_named(
    place: Path, mark: bytes, said: str, read: Callable[[Path], object]
) -> None:
    place.write_bytes(mark + b"text\n")
    place.chmod(0o600)
    with pytest.raises(AnswerableError, match=said) as caught:
        read(place)
    assert "UTF-8" in (caught.value.hint or "")


def test_a_text_without_a_mark() -> None:
    assert encoding_mark(b"") is None
    assert encoding_mark("\u00e9 \ufeff".encode()) is None


ELSEWHERE = {
    # What it opens to write, or to hold, is its own.
    "ledger/system/atomic_file.py",
    # It ships alone.
    "ledger/bundle/standalone_verifier.py",
    "ledger/system/regular_file.py",
}

OWN_FILES = ("layout.STANDALONE_VERIFIER", "README", "file.with_name('statement.sig')")
"""What is read that lies in this package, or in a folder that this program made."""

STREAMS = ("given",)
"""What may be a pipe: a passphrase comes from `<(pass show …)`."""


def opened() -> Iterator[str]:
    """What opens a file by its path, in any module but those that may."""
    for package in ("ledger", "cli"):
        for module in sorted((ROOT / package).rglob("*.py")):
            name = module.relative_to(ROOT).as_posix()
            if name in ELSEWHERE:
                continue
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and opens(node.func):
                    yield f"{name}: {ast.unparse(node)}"


def opens(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        owner = ast.unparse(called.value)
        if called.attr in ("read_bytes", "read_text"):
            return owner not in (*OWN_FILES, *STREAMS)
        return called.attr == "open" and owner not in ("cls", "Ledger")
    return isinstance(called, ast.Name) and called.id == "open"


def test_nothing_else_opens_what_it_reads() -> None:
    found = [
        each
        for each in opened()
        # A new file of keys, and the output that the shell closed.
        if not each.startswith(
            (
                "ledger/tlog/private_keys.py: os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL",
                "ledger/tlog/private_keys.py: open(opened, 'wb')",
                "cli/main.py: os.open(os.devnull",
            )
        )
    ]
    assert found == []
