"""Zips that are no bundles, and bundles that were packed otherwise."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from tests.support.bundles import Packed, packed_case

from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle import zip_file
from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.tlog.trust import Trust


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


# Zips that are not what they should be.


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def members(packed: Packed) -> list[tuple[str, bytes]]:
    return list(zip_file.unpack(packed.made.data).items())


NOTHING = {(None, None): {"MalformedBundle"}}


def test_a_bundle_that_was_packed_again_passes_and_that_is_said(packed: Packed) -> None:
    data = zipped(*reversed(members(packed)), method=zipfile.ZIP_DEFLATED)
    assert packed.wrong(data) == {}
    assert any("packed again" in each for each in verify_bundle(data, Trust(packed.keys)).unchecked)


@pytest.mark.parametrize(
    "name",
    [
        "checkpoint",
        "../evil.json",
        "/etc/passwd",
        "entries/../../evil.json",
        "entries\\00000001.json",
        "entries/",
        "C:evil",
        "",
        "manifest.json\x00.txt",
        "README.TXT",
        "entries/1.json",
        "entries/0000000٣.json",
        "timestamps/0.tst",
        "x" * 60_000,
    ],
)
def test_a_file_twice_or_of_a_strange_name_is_refused(packed: Packed, name: str) -> None:
    assert packed.wrong(zipped(*members(packed), (name, b"x"))) == NOTHING


def test_a_zip_bomb_is_refused_before_it_goes_off(
    packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = zipped(*members(packed), ("timestamps/1.tst", bytes(5_000_000)), method=8)
    assert len(bomb) < 200_000
    monkeypatch.setattr(zip_file, "LARGEST", 1_000_000)
    monkeypatch.setattr(stranger, "LARGEST", 1_000_000)
    assert packed.wrong(bomb) == NOTHING
    assert packed.wrong(packed.made.data) == {}
    place = packed.folder / "large.zip"
    place.write_bytes(packed.made.data + bytes(1_000_000))
    with pytest.raises(MalformedBundle, match="larger"):
        zip_file.read_zip(place)


def test_a_zip_of_too_many_files_is_refused(
    packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_file, "MOST_FILES", 20)
    monkeypatch.setattr(stranger, "MOST_FILES", 20)
    assert packed.wrong(packed.made.data) == NOTHING


def test_a_zip_bomb_that_lies_of_its_size_is_refused(packed: Packed) -> None:
    bomb = zipped(*members(packed), ("timestamps/1.tst", bytes(5_000_000)), method=8)
    size = (5_000_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert packed.wrong(bomb.replace(size, (10).to_bytes(4, "little"))) == NOTHING


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_refused(packed: Packed, method: int) -> None:
    assert packed.wrong(zipped(*members(packed), method=method)) == NOTHING


def test_an_encrypted_file_is_refused(packed: Packed) -> None:
    data = bytearray(packed.made.data)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert packed.wrong(bytes(data)) == NOTHING


@pytest.mark.parametrize("end", [0, 1, 21, 22, 100, 25_000, -10_000, -30, -22, -1])
def test_a_zip_that_was_cut_short_is_refused(packed: Packed, end: int) -> None:
    assert packed.wrong(packed.made.data[:end]) == NOTHING


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"\0" * 9_999, b"{}"])
def test_junk_is_refused(packed: Packed, data: bytes) -> None:
    assert packed.wrong(data) == NOTHING
