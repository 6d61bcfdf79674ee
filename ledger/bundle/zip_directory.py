"""The directory of a zip, and that the zip holds the files that it lists, and nothing else.

It is read here, byte by byte, and not by the standard library: what that passes over or reads in
another way differs from one version of Python to the next (a second name in an extra field, a count
that is not the directory's, a place that the records of ZIP64 tell and are not at), and then two
readers could be shown two bundles in one zip. The format is that of PKWARE's APPNOTE.TXT, sections
4.3 to 4.5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LOCAL = struct.Struct("<4s5H3L2H")
"""The header before a file: signature, version, flags, method, time, date, CRC, sizes, lengths."""

LISTED = struct.Struct("<4s4B4HL2L5H2L")
"""A file's line in the directory: the same, then lengths, disk, attributes, and its header's place.

The version that made it stands apart from the system that it was made on.
"""

END = struct.Struct("<4s4H2LH")
"""The record at the end: signature, disks, counts, size and place of the directory, remark."""

LONG_END = struct.Struct("<4sQ2H2L4Q")
LONG_LOCATOR = struct.Struct("<4sLQL")
"""The same for more than 65,535 files (ZIP64), and where it is."""

DESCRIBED_BEHIND = 0x0008
FLAGS = 0x0002 | 0x0004 | DESCRIBED_BEHIND | 0x0800
"""The flags that a file may have: how deflate was told to work, sizes behind it, names in UTF-8."""

LONG_SIZES = 0x0001
EXTRAS = {LONG_SIZES, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0xCAFE}
"""The extra fields that a file may have: ZIP64's sizes, times, owners, and Java's mark."""

FULL_16, FULL_32 = 0xFFFF, 0xFFFFFFFF
"""The value that stands where a number has no room."""


class Directory(NamedTuple):
    """The place of a zip's directory, its bytes, and the number of files that it lists."""

    place: int
    size: int
    files: int


class Member(NamedTuple):
    """A file as the directory lists it.

    Attributes:
        name: its name.
        flags: its flags.
        method: how it is packed.
        crc: the checksum of what it unpacks to.
        packed: how many bytes it has in the zip.
        unpacked: how many bytes it unpacks to.
        mode: its type and mode on Unix; 0 where the zip tells none.
        remark: the length of its remark.
        at: where its header is.
    """

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    mode: int
    remark: int
    at: int


def find_directory(data: bytes) -> Directory:
    """Find the directory of a zip, if it and its end are the last in it.

    Raises:
        ValueError: they are not, or the end does not fit the directory.
        struct.error: there is none.
    """
    end = len(data) - END.size
    signature, *told, remark = END.unpack_from(data, max(0, end))
    if signature != b"PK\x05\x06" or remark or told[:2] != [0, 0]:
        raise ValueError("something stands behind the directory")
    here, count, size, place = told[2:]
    locator = end - LONG_LOCATOR.size
    if locator >= 0 and data.startswith(b"PK\x06\x07", locator):
        end = locator - LONG_END.size
        long = LONG_END.unpack_from(data, max(0, end))
        if (
            LONG_LOCATOR.unpack_from(data, locator)[1:] != (0, end, 1)
            or long[:2] != (b"PK\x06\x06", LONG_END.size - 12)
            or long[4:6] != (0, 0)
            or any(
                one not in (other, FULL_16) for one, other in zip(told[2:4], long[6:8], strict=True)
            )
            or any(
                one not in (other, FULL_32) for one, other in zip(told[4:], long[8:], strict=True)
            )
        ):
            raise ValueError("its end is not where it says, or is two ends")
        here, count, size, place = long[6:]
    if here != count or place + size != end:
        raise ValueError("something stands before the first file or behind the last")
    return Directory(place, size, count)


def list_members(data: bytes, directory: Directory) -> Iterator[Member]:
    """Yield the files that a directory lists, in its order.

    Raises:
        ValueError: it lists more or fewer than it says, or in a way that no zip does.
        struct.error: it ends within a file's line.
    """
    at, end = directory.place, directory.place + directory.size
    for _ in range(directory.files):
        line = LISTED.unpack_from(data, at)
        named, more, remark = line[12:15]
        begin = at + LISTED.size
        behind = begin + named + more
        at = behind + remark
        if line[0] != b"PK\x01\x02" or line[15] or at > end:
            raise ValueError("its directory lists something else than files")
        unpacked, packed, place = _in_full(
            data[begin + named : behind], (line[11], line[10], line[18])
        )
        yield Member(
            data[begin : begin + named].decode("ascii"),
            flags=line[5],
            method=line[6],
            crc=line[9],
            packed=packed,
            unpacked=unpacked,
            mode=line[17] >> 16,
            remark=remark,
            at=place,
        )
    if at != end:
        raise ValueError("its directory lists another number of files than it says")


def packed_contents(
    data: bytes, directory: Directory, members: Sequence[Member]
) -> Iterator[tuple[Member, bytes]]:
    """Yield each file and its bytes in the zip, if these and the directory are all there is.

    Args:
        data: the zip.
        directory: where its directory is.
        members: the files that this lists, in the order of their headers.

    Raises:
        ValueError: there is something between, before or behind them.
        struct.error: a header ends too early.
    """
    at = 0
    for member, end in zip(
        members, [*(each.at for each in members[1:]), directory.place], strict=True
    ):
        _, _, flags, method, _, _, *sizes, named, more = LOCAL.unpack_from(data, at)
        name_ends = at + LOCAL.size + named
        begin = name_ends + more
        behind = begin + member.packed
        if (
            member.at != at
            or behind > end
            or not data.startswith(b"PK\x03\x04", at)
            or (flags, method) != (member.flags, member.method)
            or data[at + LOCAL.size : name_ends] != member.name.encode("ascii")
            or not _tells_sizes(sizes, data[name_ends:begin], member)
            or data[behind:end] not in _descriptions(member)
        ):
            raise ValueError(f"{member.name} is otherwise than the directory tells")
        yield member, data[begin:behind]
        at = end
    if at != directory.place:
        raise ValueError("something stands before the directory")


def _tells_sizes(sizes: Sequence[int], extra: bytes, member: Member) -> bool:
    """Tell whether the header before a file says of its sizes what the directory says."""
    crc, packed, unpacked = sizes
    # What stands behind a file may be left out before it.
    absent = (0,) if member.flags & DESCRIBED_BEHIND else ()
    long = _extras(extra).get(LONG_SIZES)
    if crc not in (member.crc, *absent):
        return False
    if long is None:
        return unpacked in (member.unpacked, *absent) and packed in (member.packed, *absent)
    whole = zip(struct.unpack("<2Q", long), (member.unpacked, member.packed), strict=True)
    return (
        all(one in (other, *absent) for one, other in whole)
        and unpacked in (member.unpacked, FULL_32, *absent)
        and packed in (member.packed, FULL_32, *absent)
    )


def _descriptions(member: Member) -> tuple[bytes, ...]:
    """Return what may stand behind a file: nothing, or its checksum and sizes."""
    if not member.flags & DESCRIBED_BEHIND:
        return (b"",)
    told = (member.crc, member.packed, member.unpacked)
    plain = (struct.pack("<LLL", *told), struct.pack("<LQQ", *told))
    return (*plain, *(b"PK\x07\x08" + each for each in plain))


def _in_full(extra: bytes, numbers: Sequence[int]) -> Iterator[int]:
    """Yield numbers of the directory, those that had no room from the extra field of ZIP64."""
    long = _extras(extra).get(LONG_SIZES, b"")
    rest = iter(struct.unpack(f"<{numbers.count(FULL_32)}Q", long))
    for number in numbers:
        yield next(rest) if number == FULL_32 else number


def _extras(data: bytes) -> dict[int, bytes]:
    """Return the extra fields of a file, by their kinds.

    Raises:
        ValueError: there are others than a bundle's zip may have, or one twice.
        struct.error: they end too early.
    """
    at, found = 0, dict[int, bytes]()
    while at < len(data):
        kind, size = struct.unpack_from("<2H", data, at)
        begin, at = at + 4, at + 4 + size
        if kind not in EXTRAS or kind in found or at > len(data):
            raise ValueError("a file has extra fields that no file of a bundle has")
        found[kind] = data[begin:at]
    return found
