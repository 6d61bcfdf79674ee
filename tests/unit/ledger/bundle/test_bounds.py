"""What a small bundle can cost, and the codes that verifiers end with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support.bundles import (
    Files,
    Packed,
    found_by_answerable,
    found_by_stranger,
    packed_case,
    repacked,
)
from tests.support.forged_bundles import entries_of, forged, texts_of
from tests.support.zips import Part, written

from answerable.ledger.bundle import layout, zip_file
from answerable.ledger.entry.disclosure import commitment


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


# What a small bundle can cost.


ENTRY = layout.entry_name(10)
UNPACKED = 200_000


def deflated(files: Files, pad: int = 0) -> bytes:
    """A zip of these files. Empty blocks make it larger, and so what it may unpack to."""
    return written([Part(name, files[name], pad=pad * (name == "README.txt")) for name in files])


def manifest_of(value: bytes) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["manifest.json"] = files["manifest.json"].replace(b"{", b'{"x":%b,' % value, 1)

    return change


def references(files: Files) -> None:
    """Entries that refer to events which are not there, each by three bytes."""
    told = {**json.loads(files[ENTRY]), "basis": [""] * 21_000}
    for at in range(11, 11 + UNPACKED // 65_000):
        entry = {**told, "event_id": f"{at}"}
        files[layout.entry_name(at)] = json.dumps(entry, separators=(",", ":")).encode()


def exhibits(files: Files) -> None:
    """Exhibits, transfers and corrections, each of which would be in the lists of all others."""
    for number in range(UNPACKED // 400):
        of = (6, 7, 9)[number % 3]
        files[layout.entry_name(11 + number)] = files[layout.entry_name(of)]


def indented(files: Files) -> None:
    """Exhibits of many values deep down, each of which takes a line of sixty spaces in a list."""
    deep = "[" * 58 + ",".join("0" * 31_000) + "]" * 58
    for at in range(11, 11 + UNPACKED // 65_000):
        exhibit = {**json.loads(files[layout.entry_name(6)]), "occurred": "?", "event_id": f"{at}"}
        told = json.dumps(exhibit, separators=(",", ":")).replace('"?"', deep)
        files[layout.entry_name(at)] = told.encode()


def absent(files: Files) -> None:
    """Files that the manifest lists, and that are not there."""
    listed = {f"{number:x}": 0 for number in range(UNPACKED // 9)}
    files["manifest.json"] = json.dumps(
        {**json.loads(files["manifest.json"]), "files": listed}
    ).encode()


BOMBS: dict[str, Callable[[Files], None]] = {
    "arrays in arrays": manifest_of(
        b"[" + b"[" * 60 + (b"]" * 60 + b"," + b"[" * 60) * (UNPACKED // 121) + b"]" * 61
    ),
    "objects in objects": manifest_of(
        b"[" + (b'{"":' * 60 + b"0" + b"}" * 60 + b",") * (UNPACKED // 302) + b"0]"
    ),
    "empty arrays": manifest_of(b"[" + b"[]," * (UNPACKED // 3) + b"0]"),
    "references": references,
    "exhibits": exhibits,
    "indented": indented,
    "files that are absent": absent,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_small_bundle_takes_much_memory(packed: Packed, name: str) -> None:
    """Of what a bundle of a megabyte may unpack to, a fifteenth takes less of memory, too."""
    files = zip_file.unpack(packed.made.data)
    BOMBS[name](files)
    data = deflated(files)
    assert UNPACKED < sum(map(len, files.values())) < 2 * UNPACKED
    place = packed.folder / "bomb.zip"
    place.write_bytes(data)
    verifiers: tuple[Callable[[], object], ...] = (
        lambda: found_by_answerable(place.read_bytes(), []),
        lambda: found_by_stranger(place.read_bytes(), [], packed.folder),
    )
    for verify in verifiers:
        tracemalloc.start()
        try:
            assert verify()
            assert tracemalloc.get_traced_memory()[1] < 13_000_000
        finally:
            tracemalloc.stop()


MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], check=False).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""A process between, since a child's memory begins with that of the process that it came of."""


def test_a_bundle_of_a_megabyte_takes_less_than_200_mb(packed: Packed, tmp_path: Path) -> None:
    """The text that takes most, by each command, its start included."""
    array = f'["0","lesson",[{",".join(["""{"":11}"""] * 265_000)}]]'
    text = urlsafe_b64encode(array.encode()).decode().rstrip("=")
    files = zip_file.unpack(packed.made.data)
    entries, texts = entries_of(files), texts_of(files)
    texts[10] = [text]
    told = json.loads(entries[10])
    told |= {"kind": "lesson-recorded", "_sd": [commitment(text.encode()).decode()]}
    entries[10] = json.dumps(told).encode()
    made = deflated(forged(files, entries, texts, packed.signers), 190_000)
    assert 950_000 < len(made) < 1_000_000
    place = tmp_path / "bomb.zip"
    place.write_bytes(made)
    for command in (
        [sys.executable, str(layout.STANDALONE_VERIFIER), str(place)],
        [str(Path(sys.executable).with_name("answerable")), "verify", str(place)],
    ):
        measured = [sys.executable, "-c", MEASURED, *command]
        done = subprocess.run(measured, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert int(done.stderr.splitlines()[-1]) < 200_000


# Codes that nobody reads the words of.


def spoilt(files: Files) -> None:
    files[layout.proof_name(10)] += b"\n"


@pytest.mark.parametrize("closed", [">&-", "> /dev/full", "| true", "2>&- >&-"])
@pytest.mark.parametrize("good", [True, False])
@pytest.mark.parametrize("options", ["", "--json", "--read"])
def test_the_code_is_the_verdict_though_nobody_reads(
    packed: Packed, tmp_path: Path, closed: str, good: bool, options: str
) -> None:
    place = tmp_path / "a.zip"
    data = packed.made.data if good else repacked(packed.made.data, spoilt, relist=True)
    place.write_bytes(data)
    (tmp_path / "verify.py").write_bytes(layout.STANDALONE_VERIFIER.read_bytes())
    script = f"set -o pipefail; {sys.executable} verify.py a.zip {options} {closed}"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == (0 if good else 4)


VERIFIERS = {
    "verify.py": f"{sys.executable} {layout.STANDALONE_VERIFIER}",
    "answerable": f"{Path(sys.executable).with_name('answerable')} verify",
}


@pytest.mark.parametrize("verifier", VERIFIERS)
@pytest.mark.parametrize(("more", "kilobytes", "code"), [(10**8, 150_000, 4), (0, 300_000, 0)])
def test_too_little_memory_is_not_verified(
    packed: Packed, tmp_path: Path, verifier: str, more: int, kilobytes: int, code: int
) -> None:
    """Nor does a small bundle ask for the room that a large one would take."""
    place = tmp_path / "a.zip"
    place.write_bytes(packed.made.data + bytes(more))
    limited = f"ulimit -v {kilobytes}; exec {VERIFIERS[verifier]} {place} --json"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, check=False)
    assert done.returncode == code
    assert json.loads(done.stdout)["verified"] is (code == 0)
    assert b"Traceback" not in done.stderr


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    done = subprocess.run(
        [sys.executable, str(layout.STANDALONE_VERIFIER), str(tmp_path / "pipe.zip")],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 4
