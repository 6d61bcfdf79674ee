"""The folder that a bundle was unpacked to, as both verifiers see it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support.bundles import Packed, packed_case

from answerable.ledger.bundle import layout, zip_file
from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle.folder import read_folder
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.errors import NotVerified
from answerable.ledger.tlog.trust import Trust


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


@pytest.fixture
def folder(packed: Packed, tmp_path: Path) -> Path:
    for name, content in zip_file.unpack(packed.made.data).items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    return tmp_path


def good(packed: Packed, place: Path) -> bool:
    """Whether a folder is good, on which both verifiers agree."""
    try:
        ours = verify_bundle(read_folder(place), Trust(packed.keys)).verified
    except NotVerified:
        ours = False
    try:
        keys = [stranger.parse_keys(str(key))[0] for key in packed.keys]
        theirs = not stranger.Bundle(stranger.load(place), keys).problems
    except stranger.Wrong:
        theirs = False
    assert ours == theirs
    return ours


def linked(place: Path) -> None:
    place.rename(place.with_name("moved"))
    place.symlink_to("moved")


def piped(place: Path) -> None:
    place.unlink()
    os.mkfifo(place)


def made_a_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def altered(place: Path) -> None:
    place.write_bytes(place.read_bytes() + b"\n\n")


def of_another_name(place: Path) -> None:
    place.rename(place.with_name(f"0{place.name}"))


ENTRY = layout.entry_name(10)

BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "a linked entry": (linked, ENTRY),
    "a linked checkpoint": (linked, "checkpoint"),
    "linked proofs": (linked, "proofs"),
    "a pipe for an entry": (piped, ENTRY),
    "a pipe for the manifest": (piped, "manifest.json"),
    "a folder for a file": (made_a_folder, "keys.txt"),
    "an entry of a longer name": (of_another_name, ENTRY),
    "an altered text": (altered, "README.txt"),
    "no file": (Path.unlink, "verify.py"),
}


def test_a_folder_is_taken_with_whatever_else_lies_there(packed: Packed, folder: Path) -> None:
    assert good(packed, folder)
    (folder / "__pycache__").mkdir()
    (folder / "entries" / "notes").mkdir()
    (folder / "entries" / "notes" / "00000099.json").write_bytes(b"{}")
    (folder / "notes.txt").symlink_to("/nowhere")
    (folder / "entries" / "99.json").write_bytes(b"{}")
    assert good(packed, folder)


@pytest.mark.parametrize("name", BAD)
def test_a_folder_that_is_not_the_bundle_is_refused(
    packed: Packed, folder: Path, name: str
) -> None:
    change, file = BAD[name]
    change(folder / file)
    assert not good(packed, folder)


def test_a_folder_that_holds_more_than_a_bundle_is_refused(
    packed: Packed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerable.ledger.bundle.folder.LARGEST", 10_000)
    monkeypatch.setattr(stranger, "LARGEST", 10_000)
    assert not good(packed, folder)
