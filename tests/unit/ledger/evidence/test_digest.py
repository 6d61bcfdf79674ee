"""Hashing files: the digest is of the bytes that lie there, or there is none."""

import os
import socket
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from answerable.domain.errors import AnswerableError
from answerable.ledger.evidence.digest import AT_ONCE, hash_file
from answerable.ledger.evidence.errors import FileChanged, FileMissing, FileUnreadable, NotAFile


@pytest.mark.parametrize("size", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_a_digest_is_that_of_the_whole_file(tmp_path: Path, size: int) -> None:
    content = (bytes(range(256)) * (size // 256 + 1))[:size]
    place = tmp_path / "f"
    place.write_bytes(content)
    read: list[int] = []
    found = hash_file(place, read.append)
    assert found.digest == f"sha256:{sha256(content).hexdigest()}"
    assert (found.size, found.head, sum(read)) == (size, content[:64], size)


def pipe(place: Path) -> None:
    os.mkfifo(place)


def listening(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(place))


def loop(place: Path) -> None:
    place.symlink_to(place)


def dangling(place: Path) -> None:
    place.symlink_to("nowhere")


def nothing(place: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (nothing, FileMissing, "there is no file"),
        (dangling, FileMissing, "there is no file"),
        (Path.mkdir, NotAFile, "is a directory"),
        (pipe, NotAFile, "is a named pipe"),
        (listening, NotAFile, "is a socket"),
        (loop, FileUnreadable, "symbolic links"),
    ],
)
def test_what_is_no_file_is_not_waited_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], None],
    error: type[AnswerableError],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's whole path may be no longer than 107 bytes
    make(Path("f"))
    with pytest.raises(error, match=said):
        hash_file(Path("f"))


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
def test_devices_are_not_read(name: str) -> None:
    with pytest.raises(NotAFile, match="is a device"):
        hash_file(Path(name))


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "f/below-a-file"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    (tmp_path / "f").touch()
    with pytest.raises(FileMissing):
        hash_file(tmp_path / name)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="too long"):
        hash_file(tmp_path / ("x" * 300))


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "f"
    place.touch()

    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(FileUnreadable, match="Permission denied"):
        hash_file(place)


def test_a_file_becomes_a_pipe_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "f"
    place.touch()
    really_open = os.open

    def swapped(path: Path, flags: int) -> int:
        place.unlink()
        os.mkfifo(place)
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(NotAFile, match="named pipe"):
        hash_file(place)


def appended(place: Path) -> None:
    with place.open("ab") as file:
        file.write(b"more")


def rewritten(place: Path) -> None:
    with place.open("r+b") as file:
        file.write(b"x")
    os.utime(place, ns=(0, 0))  # a writer can put the time of its writing back


def cut(place: Path) -> None:
    os.truncate(place, 10)


def replaced(place: Path) -> None:
    other = place.with_name("other")
    other.write_bytes(place.read_bytes())
    other.replace(place)


def in_another_folder(place: Path) -> None:
    content = place.read_bytes()
    place.parent.rename(place.parent.with_name("elsewhere"))
    place.parent.mkdir()
    place.write_bytes(content)


def removed(place: Path) -> None:
    place.unlink()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (appended, FileChanged),
        (rewritten, FileChanged),
        (cut, FileChanged),
        (replaced, FileChanged),
        (in_another_folder, FileChanged),
        (removed, FileMissing),
    ],
)
def test_a_file_that_changes_while_it_is_read_has_no_digest(
    tmp_path: Path, change: Callable[[Path], None], error: type[AnswerableError]
) -> None:
    place = tmp_path / "d" / "f"
    place.parent.mkdir()
    place.write_bytes(bytes(2 * AT_ONCE))
    os.utime(place, ns=(0, 0))
    done: list[int] = []

    def meanwhile(count: int) -> None:
        if not done:
            change(place)
        done.append(count)

    with pytest.raises(error):
        hash_file(place, meanwhile)
    assert done


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc")
def test_a_file_with_more_in_it_than_its_size_tells_has_no_digest() -> None:
    with pytest.raises(FileChanged):
        hash_file(Path("/proc/self/status"))


def test_reading_a_file_that_others_read_too_is_no_change(tmp_path: Path) -> None:
    place = tmp_path / "f"
    place.write_bytes(b"x")
    assert hash_file(place, lambda _: place.read_bytes()).size == 1
