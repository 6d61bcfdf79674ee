"""Zip files of a bundle: the same files always make the same bytes, and nothing odd is read.

Files are stored, not deflated, in the order of their names, with one date for all: what deflate
makes of the same bytes differs from one build of zlib to the next. A bundle that was packed again
by someone else is read too, as long as it unpacks to files of a bundle and to nothing more: no byte
of the zip may be something else, and how much it unpacks to is bounded by how much it is. The rules
are in docs/formats.md, and `answerable.ledger.bundle.standalone_verifier` has the same.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.system.regular_file import read_regular

NAMES = re.compile(
    r"README\.txt|checkpoint|disclosures\.json|evidence\.json|keys\.txt|manifest\.json"
    r"|policies\.json|verify\.py|entries/[0-9]{8,19}\.json|proofs/[0-9]{8,19}\.proof"
    r"|timestamps/[1-9][0-9]{0,5}\.(?:note|tst)"
)
"""The names that the files of a bundle have."""

LARGEST = 512 * 1024 * 1024
"""The most bytes that a bundle may have, packed or unpacked."""

MOST_FILES = 500_000
"""The most files, since the standard library lists them all before it looks at one."""

DIRECTORY_ENTRY = b"PK\x01\x02"
"""The beginning of each file's line in a zip's directory."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in it: the first that a zip can tell."""

UNPACKED_PER_BYTE, UNPACKED_BESIDE = 4, 1024 * 1024
"""The most bytes that a byte of a zip may unpack to, and how many more the whole may."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNIX = 3
ENCRYPTED, DESCRIBED_BEHIND = 0x1, 0x8
"""The flags of a file that is encrypted, and of one whose size stands behind it."""

LOCAL = struct.Struct("<4s5H3L2H")
"""The header before a file: signature, version, flags, method, time, date, CRC, sizes, lengths."""

LONGEST_DESCRIPTION = 24
END = struct.Struct("<4s4H2LH")
"""The record at the end: signature, disks, counts, size and place of the directory, comment."""

LONG_LOCATOR = struct.Struct("<4sLQL")
LONG_END = struct.Struct("<4sQ2H2L4Q")
"""The same for more than 65,535 files (ZIP64), and where it is."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    IndexError,
    OverflowError,
)
"""The errors that the standard library raises, somewhere, on zips that are none."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip. The same files make the same bytes, whatever wrote them."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, EPOCH)
            member.create_system = UNIX
            member.external_attr = 0o100644 << 16
            archive.writestr(member, files[name])
    return stream.getvalue()


def read_zip(place: Path) -> bytes:
    """Read the bytes of a zip, if they are no more than a bundle may have.

    Raises:
        MalformedBundle: they are more.
    """
    data = read_regular(place, LARGEST)
    if len(data) > LARGEST:
        raise _too_large()
    return data


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files in a zip, by name.

    Raises:
        MalformedBundle: it is no zip, is damaged, is larger than a bundle may be, holds a name
            twice, or one that no file of a bundle has.
    """
    if data.count(DIRECTORY_ENTRY) > MOST_FILES:
        raise _too_large()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.header_offset)
        for member in members:
            _check_member(member)
        for name, times in Counter(member.filename for member in members).most_common(1):
            if times > 1:
                raise MalformedBundle(f"the zip holds {name} twice.")
        allowed = min(LARGEST, UNPACKED_PER_BYTE * len(data) + UNPACKED_BESIDE)
        if sum(member.file_size for member in members) > allowed:
            raise _too_large()
        return dict(_read_members(data, members))
    except BROKEN as error:
        raise MalformedBundle(
            f"this is not a whole zip file: {str(error) or type(error).__name__}.",
            hint="If it was damaged on its way, get it again.",
            cli_hint="If it was damaged on its way, get it again. A proof is checked with "
            "--proof, a "
            "published log with --from, a ledger with --ledger.",
        ) from None


def _read_members(data: bytes, members: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file, if these and the directory are all there is.

    Raises:
        ValueError: there is something between, before or behind them.
    """
    directory = _directory_place(data)
    at = 0
    for member, end in zip(
        members, [*(each.header_offset for each in members[1:]), directory], strict=True
    ):
        if member.header_offset != at:
            raise ValueError(f"something stands before {member.filename}")
        header = LOCAL.unpack_from(data, at)
        named = at + LOCAL.size
        begin = named + header[9] + header[10]
        behind = begin + member.compress_size
        described = header[2] & DESCRIBED_BEHIND
        if (
            header[0] != b"PK\x03\x04"
            or header[2:4] != (member.flag_bits, member.compress_type)
            or data[named : named + header[9]] != member.filename.encode("ascii")
            or not behind <= end <= behind + (LONGEST_DESCRIPTION if described else 0)
            or (not described and not _tells_sizes(header, member))
        ):
            raise ValueError(f"{member.filename} is otherwise than the directory tells")
        yield member.filename, _unpacked(data[begin:behind], member)
        at = end
    if at != directory:
        raise ValueError("something stands before the directory")


def _tells_sizes(header: tuple[int, ...], member: zipfile.ZipInfo) -> bool:
    told = zip(header[6:9], (member.CRC, member.compress_size, member.file_size), strict=True)
    return all(one in (other, 0xFFFFFFFF) for one, other in told)


def _directory_place(data: bytes) -> int:
    """Return where the directory begins, if it and its end are the last of the zip."""
    end = len(data) - END.size
    signature, *_, size, place, comment = END.unpack_from(data, max(0, end))
    if signature != b"PK\x05\x06" or comment:
        raise ValueError("something stands behind the directory")
    if data[end - LONG_LOCATOR.size :].startswith(b"PK\x06\x07"):
        end -= LONG_LOCATOR.size + LONG_END.size
        signature, length, *_, size, place = LONG_END.unpack_from(data, max(0, end))
        if signature != b"PK\x06\x06" or length != LONG_END.size - 12:
            raise ValueError("its end is not where it says")
    if place + size != end:
        raise ValueError("something stands before the first file or behind the last")
    return int(place)


def _unpacked(packed: bytes, member: zipfile.ZipInfo) -> bytes:
    """Return the content of a file, if it is all that was packed, and as long as it is told."""
    content = packed
    if member.compress_type == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        content = stream.decompress(packed, member.file_size + 1)
        if not stream.eof or stream.unused_data or stream.unconsumed_tail:
            raise ValueError(f"{member.filename} is packed with something behind it")
    if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
        raise ValueError(f"{member.filename} is damaged")
    return content


def _check_member(member: zipfile.ZipInfo) -> None:
    """Check a file by what the zip's directory says of it, before it is read."""
    if member.orig_filename != member.filename or not NAMES.fullmatch(member.filename):
        raise MalformedBundle(
            f"the zip holds a file that no bundle has: {member.orig_filename!r:.80}.",
            hint="Do not unpack it.",
        )
    kind = stat.S_IFMT(member.external_attr >> 16) if member.create_system == UNIX else 0
    if kind not in (0, stat.S_IFREG) or member.comment:
        raise MalformedBundle(f"{member.filename} is a link, or no file at all.")
    if member.flag_bits & ENCRYPTED or member.compress_type not in METHODS:
        raise MalformedBundle(f"{member.filename} is packed in a way that no bundle is.")


def _too_large() -> MalformedBundle:
    return MalformedBundle(
        f"it is larger than a bundle may be, which is {LARGEST // 1024**2} MiB in {MOST_FILES:,} "
        f"files, and {UNPACKED_PER_BYTE} times its own size and a MiB; nothing was unpacked.",
        hint="Do not unpack it.",
    )
