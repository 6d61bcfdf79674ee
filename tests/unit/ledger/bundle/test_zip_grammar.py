"""One grammar of zips: each that holds more than its files, or says two things, is refused by both.

What the standard library writes, and what other tools write, is taken.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from tests.support.bundles import Packed, packed_case
from tests.support.zips import DESCRIBED, Part, extra, written

from answerable.ledger.bundle import zip_file


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


def members(packed: Packed) -> list[tuple[str, bytes]]:
    return list(zip_file.unpack(packed.made.data).items())


def zipped(packed: Packed, *, method: int = 0, change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members(packed):
            member = zipfile.ZipInfo(name)
            member.create_system = 3
            change(member)
            archive.writestr(member, content, method)
    return stream.getvalue()


class Unseekable(BytesIO):
    """Where a zip is written without going back: sizes stand behind each file."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def moved(packed: Packed, folder_of: Callable[[str], str]) -> bytes:
    """The bundle with each file in a folder that its name tells."""
    files = zip_file.unpack(packed.made.data)
    return zip_file.pack({f"{folder_of(name)}{name}": files[name] for name in files})


def test_a_bundle_unpacks_into_one_folder_named_after_the_case(packed: Packed) -> None:
    with zipfile.ZipFile(BytesIO(packed.made.data)) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"evidence-acme"}


@pytest.mark.parametrize("folder", ["", "evidence-acme/", "evidence-0/", "evidence-a.b_c-d../"])
def test_a_bundle_in_one_folder_or_in_none_is_taken(packed: Packed, folder: str) -> None:
    assert packed.wrong(moved(packed, lambda _: folder)) == {}


@pytest.mark.parametrize(
    "folder_of",
    [
        *(
            lambda _, folder=folder: folder
            for folder in (
                *("acme/", "evidence-/", "evidence-A/", "evidence-../", "../evidence-a/"),
                *("/evidence-a/", "evidence-a/evidence-a/", "evidence-a//", "evidence-a\\"),
                f"evidence-{'a' * 65}/",
            )
        ),
        lambda name: "evidence-a/" if name == "manifest.json" else "",
        lambda name: "" if name == "verify.py" else "evidence-a/",
        lambda name: "evidence-a/" if name == "verify.py" else "evidence-b/",
    ],
)
def test_a_bundle_in_another_folder_or_in_two_is_refused(
    packed: Packed, folder_of: Callable[[str], str]
) -> None:
    assert packed.wrong(moved(packed, folder_of)) == {(None, None): {"MalformedBundle"}}


def streamed(packed: Packed) -> bytes:
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(packed):
            archive.writestr(name, content)
    return stream.getvalue()


def link(member: zipfile.ZipInfo) -> None:
    member.external_attr = (stat.S_IFLNK | 0o777) << 16


def fifo(member: zipfile.ZipInfo) -> None:
    member.external_attr = (stat.S_IFIFO | 0o644) << 16


def remark(member: zipfile.ZipInfo) -> None:
    member.comment = b"x"


def with_comment(data: bytes) -> bytes:
    return data[:-2] + b"\x03\x00abc"


def other_local_name(data: bytes) -> bytes:
    at = data.index(b"checkpoint")
    return data[:at] + b"checkpoinT" + data[at + 10 :]


def other_local_crc(data: bytes) -> bytes:
    return data[:14] + b"\x01\x02\x03\x04" + data[18:]


def between(data: bytes) -> bytes:
    """A byte before the directory, with every offset mended."""
    end = len(data) - 22
    (place,) = struct.unpack_from("<L", data, end + 16)
    mended = bytearray(data[:place] + b"x" + data[place:])
    struct.pack_into("<L", mended, end + 17, place + 1)
    return bytes(mended)


def behind_deflate(packed: Packed) -> bytes:
    """A deflated file with something behind its stream."""
    name, content = "README.txt", dict(members(packed))["README.txt"]
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = deflate.compress(content) + deflate.flush() + b"hidden"
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), stream)
        for other, kept in members(packed):
            if other != name:
                archive.writestr(zipfile.ZipInfo(other), kept)
    data = bytearray(made.getvalue())
    for at, crc, size, method in ((0, 14, 22, 8), (data.index(b"PK\x01\x02"), 16, 24, 10)):
        struct.pack_into("<L", data, at + crc, zlib.crc32(content))
        struct.pack_into("<L", data, at + size, len(content))
        struct.pack_into("<H", data, at + method, 8)
    return bytes(data)


def nothing(member: zipfile.ZipInfo) -> None:
    pass


def test_a_zip_that_was_written_in_one_go_is_taken(packed: Packed) -> None:
    assert packed.wrong(streamed(packed)) == {}
    assert packed.wrong(zipped(packed, method=8, change=nothing)) == {}


ZIPS: dict[str, Callable[[Packed], bytes]] = {
    "something before the first file": lambda packed: b"#!/bin/sh\n" + packed.made.data,
    "something behind the end": lambda packed: packed.made.data + b"x",
    "a zip behind a zip": lambda packed: packed.made.data * 2,
    "a remark at the end": lambda packed: with_comment(packed.made.data),
    "a remark of a file": lambda packed: zipped(packed, change=remark),
    "links": lambda packed: zipped(packed, change=link),
    "pipes": lambda packed: zipped(packed, change=fifo),
    "another name before a file": lambda packed: other_local_name(packed.made.data),
    "another sum before a file": lambda packed: other_local_crc(packed.made.data),
    "a byte between": lambda packed: between(packed.made.data),
    "something behind a stream": behind_deflate,
}


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_that_holds_more_than_its_files_is_refused(packed: Packed, name: str) -> None:
    data = ZIPS[name](packed)
    assert packed.wrong(data) == {(None, None): {"MalformedBundle"}}


# Each field of a zip, one that says something else.


def parts(packed: Packed, **odd: Any) -> list[Part]:
    """The files of a bundle, the third of which is odd."""
    made = [Part(name, content) for name, content in members(packed)]
    made[2] = made[2]._replace(**odd)
    return made


def third(packed: Packed) -> Part:
    return parts(packed)[2]


def described(packed: Packed, form: str, signature: bytes = b"") -> bytes:
    told = third(packed).told
    return signature + struct.pack(form, told["crc"], told["packed"], told["unpacked"])


def sized_behind(form: str, signature: bytes = b"") -> Callable[[Packed], bytes]:
    def make(packed: Packed) -> bytes:
        behind = described(packed, form, signature)
        return written(parts(packed, before=UNTOLD, listed=DESCRIBED, behind=behind))

    return make


UNTOLD = {**DESCRIBED, "crc": 0, "packed": 0, "unpacked": 0}
FULL = {"packed": 0xFFFFFFFF, "unpacked": 0xFFFFFFFF}


def long_sizes(packed: Packed, more: int = 0) -> bytes:
    told = third(packed).told
    return extra(1, struct.pack("<2Q", told["unpacked"] + more, told["packed"]))


TAKEN: dict[str, Callable[[Packed], bytes]] = {
    "written by hand": lambda packed: written(parts(packed)),
    "deflated": lambda packed: written(parts(packed, pad=0)),
    "deflated with empty blocks": lambda packed: written(parts(packed, pad=9)),
    "times": lambda packed: written(parts(packed, extra=extra(0x5455, b"\1abcd"))),
    "owners": lambda packed: written(parts(packed, extra_listed=extra(0x7875, b"\1\4abcd"))),
    "ZIP64's sizes though there is room": lambda packed: written(
        parts(packed, extra=long_sizes(packed))
    ),
    "ZIP64's sizes": lambda packed: written(parts(packed, before=FULL, extra=long_sizes(packed))),
    "ZIP64's sizes in the directory": lambda packed: written(
        parts(packed, listed=FULL, extra_listed=long_sizes(packed))
    ),
    "ZIP64's end": lambda packed: written(parts(packed), long={}),
    "ZIP64's end where there is no room": lambda packed: written(
        parts(packed),
        long={},
        end={"here": 0xFFFF, "files": 0xFFFF, "size": 0xFFFFFFFF, "place": 0xFFFFFFFF},
    ),
    "sizes behind a file": sized_behind("<LLL"),
    "long sizes behind a file": sized_behind("<LQQ"),
    "sizes behind a file, and a signature": sized_behind("<LLL", b"PK\x07\x08"),
    "long sizes behind a file, and a signature": sized_behind("<LQQ", b"PK\x07\x08"),
    "a file made on DOS": lambda packed: written(parts(packed, listed={"system": 0, "mode": 0x20})),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_zip_as_tools_write_it_is_taken(packed: Packed, name: str) -> None:
    assert packed.wrong(TAKEN[name](packed)) == {}


def odd(**fields: Any) -> Callable[[Packed], bytes]:
    return lambda packed: written(parts(packed, **fields))


def ended(long: dict[str, int] | None = None, **end: int) -> Callable[[Packed], bytes]:
    return lambda packed: written(parts(packed), end=end, long=long)


def overlapping(packed: Packed) -> bytes:
    """A file that is said to reach into the next."""
    content = third(packed).content + b"PK\3\4\x14\0\0\0\0"
    longer = {"packed": len(content), "unpacked": len(content), "crc": zlib.crc32(content)}
    return written(parts(packed, before=longer, listed=longer))


def more_files(number: int) -> Callable[[Packed], bytes]:
    def make(packed: Packed) -> bytes:
        files = len(parts(packed)) + number
        return written(parts(packed), end={"here": files, "files": files})

    return make


REFUSED: dict[str, Callable[[Packed], bytes]] = {
    "a second name in the directory": odd(extra_listed=extra(0x7075, b"\1abcdREADME.txt")),
    "a second name before a file": odd(extra=extra(0x7075, b"\1abcdREADME.txt")),
    "an extra field that nobody knows": odd(extra=extra(0x4141, b"x" * 100)),
    "an extra field twice": odd(extra=extra(0x5455, b"") * 2),
    "an extra field without end": odd(extra_listed=extra(0x5455, b"")[:2] + b"\xff\xff"),
    "half an extra field": odd(extra=b"\1"),
    "ZIP64's sizes that are others": lambda packed: written(
        parts(packed, extra=long_sizes(packed, 1))
    ),
    "ZIP64's sizes where none are asked for": lambda packed: written(
        parts(packed, extra_listed=long_sizes(packed))
    ),
    "no room, and no ZIP64": odd(before=FULL),
    "no room in the directory, and no ZIP64": odd(listed=FULL),
    "another disk": odd(listed={"disk": 1}),
    "a remark's length": odd(listed={"remark": 1}),
    "a longer name": odd(listed={"named": 30}),
    "another checksum": odd(before={"crc": 1}),
    "no checksum": odd(before={"crc": 0}),
    "a full checksum": odd(before={"crc": 0xFFFFFFFF}),
    "an encrypted file": odd(before={"flags": 1}, listed={"flags": 1}),
    "a patch": odd(before={"flags": 0x20}, listed={"flags": 0x20}),
    "a masked header": odd(before={"flags": 0x2000}, listed={"flags": 0x2000}),
    "flags before a file alone": odd(before={"flags": 8}),
    "sizes behind that are not there": odd(before=DESCRIBED, listed=DESCRIBED),
    "sizes behind that are others": odd(before=DESCRIBED, listed=DESCRIBED, behind=bytes(12)),
    "more behind than sizes": lambda packed: written(
        parts(
            packed,
            before=DESCRIBED,
            listed=DESCRIBED,
            behind=described(packed, "<LLL") + b"hidden",
        )
    ),
    "a byte behind a file": odd(behind=b"x"),
    "a file that reaches into the next": overlapping,
    "a link of another system": odd(listed={"system": 19, "mode": (stat.S_IFLNK | 0o777) << 16}),
    "a folder": odd(listed={"mode": (stat.S_IFDIR | 0o755) << 16}),
    "a place that is another's": odd(listed={"at": 0}),
    "a file fewer in the end": more_files(-1),
    "a file more in the end": more_files(1),
    "two counts of files": ended(here=3),
    "a disk": ended(disk=1),
    "a first disk": ended(first=1),
    "a remark's length at the end": ended(remark=1),
    "two ends": ended(long={}, files=3),
    "two places": ended(long={}, place=0),
    "ZIP64's end elsewhere": ended(long={"locator": 0}),
    "ZIP64's end on two disks": ended(long={"disks": 2}),
    "a longer end": ended(long={"length": 45}),
    "ZIP64's end on another disk": ended(long={"disk": 1}),
    "another count in ZIP64's end": ended(long={"files": 3}, files=0xFFFF),
    "another place in ZIP64's end": ended(long={"place": 1}, place=0xFFFFFFFF),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_zip_that_says_two_things_is_refused(packed: Packed, name: str) -> None:
    assert packed.wrong(REFUSED[name](packed)) == {(None, None): {"MalformedBundle"}}


def test_a_position_has_one_name(packed: Packed) -> None:
    """A second file of an entry, by another name, would be looked at by nobody."""
    for name in ("entries/000000010.json", "proofs/000000010.proof", "timestamps/01.tst"):
        data = zip_file.pack({**zip_file.unpack(packed.made.data), name: b"hidden"})
        assert packed.wrong(data) == {(None, None): {"MalformedBundle"}}
