"""Zip files of a bundle: the same files always make the same bytes, and nothing odd is read.

Files are stored, not deflated, in the order of their names, with one date for all: what deflate
makes of the same bytes differs from one build of zlib to the next. A bundle that was packed again
by someone else is read too, as long as it unpacks to files of a bundle and to nothing more: no byte
of the zip may be something else (`answerable.ledger.bundle.zip_directory`), and how much it unpacks
to is bounded by how much it is. The rules are in docs/formats.md, and
`answerable.ledger.bundle.standalone_verifier` has the same.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.zip_directory import (
    FLAGS,
    Member,
    find_directory,
    list_members,
    packed_contents,
)
from answerable.ledger.system.regular_file import open_regular

POSITION = r"(?:[0-9]{8}|[1-9][0-9]{8,18})"
"""A position in the log as the names of files have it: of 8 digits at least, with no needless 0."""

NAMES = re.compile(
    r"README\.txt|checkpoint|disclosures\.json|evidence\.json|keys\.txt|manifest\.json"
    rf"|policies\.json|report\.html|verify\.py|entries/{POSITION}\.json|proofs/{POSITION}\.proof"
    rf"|hashes/{POSITION}\.hash"
    r"|timestamps/[1-9][0-9]{0,5}\.(?:note|tst)"
)
"""The names that the files of a bundle have."""

FOLDER = re.compile(r"evidence-[a-z0-9][a-z0-9._-]{0,63}/")
"""The name of the folder in the zip that all of them lie in; those made before it lie in none."""

LARGEST = 512 * 1024 * 1024
"""The most bytes that a bundle may have, packed or unpacked."""

MOST_FILES = 500_000
"""The most files."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in it: the first that a zip can tell."""

UNPACKED_PER_BYTE, UNPACKED_BESIDE = 2, 1024 * 1024
"""The most bytes that a byte of a zip may unpack to, and how many more the whole may."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNIX = 3


def folder_of(case: str) -> str:
    """Return the folder that the files of a case's bundle lie in; none where no case is so named.

    It is named after the case, so that two bundles are unpacked beside each other, and is no name
    that a file of a bundle or a device of Windows has.
    """
    folder = f"evidence-{case}/"
    return folder if FOLDER.fullmatch(folder) else ""


def pack(files: Mapping[str, bytes], folder: str = "") -> bytes:
    """Pack files into a zip. The same files make the same bytes, whatever wrote them.

    Args:
        files: the files, by name.
        folder: the folder in it that they lie in, as `folder_of` names it.
    """
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(f"{folder}{name}", EPOCH)
            member.create_system = UNIX
            member.external_attr = 0o100644 << 16
            archive.writestr(member, files[name])
    return stream.getvalue()


def read_zip(place: Path) -> bytes:
    """Read the bytes of a zip, if they are no more than a bundle may have.

    Raises:
        MalformedBundle: they are more, or it is no file.
    """
    try:
        with open_regular(place) as file:
            data = read_at_most(file, LARGEST)
    except OSError as error:
        raise MalformedBundle(f"{place} cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise _too_large()
    return data


def read_at_most(file: BinaryIO, most: int) -> bytes:
    """Read a file, or one byte more than the most that it may have.

    To read so many takes room for so many at once, however few there are.
    """
    return file.read(min(os.fstat(file.fileno()).st_size, most) + 1)


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files in a zip, by name, without the folder that all of them may lie in.

    Raises:
        MalformedBundle: it is no zip, is damaged, is larger than a bundle may be, holds a name
            twice, or one that no file of a bundle has, or its files lie in two folders.
    """
    try:
        directory = find_directory(data)
        if directory.files > MOST_FILES:
            raise _too_large()
        members = sorted(list_members(data, directory), key=lambda member: member.at)
        folder = _folder(members)
        for member in members:
            _check_member(member, folder)
        for name, times in Counter(member.name for member in members).most_common(1):
            if times > 1:
                raise MalformedBundle(f"the zip holds {name} twice.")
        allowed = min(LARGEST, UNPACKED_PER_BYTE * len(data) + UNPACKED_BESIDE)
        if sum(member.unpacked for member in members) > allowed:
            raise _too_large()
        return {
            member.name[len(folder) :]: _unpacked(packed, member)
            for member, packed in packed_contents(data, directory, members)
        }
    except (ValueError, struct.error, zlib.error) as error:
        why = "it is cut short" if isinstance(error, struct.error) else error
        raise MalformedBundle(
            f"this is not a whole zip file: {why}.",
            hint="If it was damaged on its way, get it again.",
            cli_hint="If it was damaged on its way, get it again. A proof is checked with "
            "--proof, a published log with --from, a ledger with --ledger.",
        ) from None


def _unpacked(packed: bytes, member: Member) -> bytes:
    """Return the content of a file, if it is all that was packed, and as long as it is told."""
    content = packed
    if member.method == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        content = stream.decompress(packed, member.unpacked + 1)
        if not stream.eof or stream.unused_data or stream.unconsumed_tail:
            raise ValueError(f"{member.name} is packed with something behind it")
    if len(content) != member.unpacked or zlib.crc32(content) != member.crc:
        raise ValueError(f"{member.name} is damaged")
    return content


def _folder(members: Sequence[Member]) -> str:
    """Return the folder that the first file of a zip lies in, in which all have to."""
    found = FOLDER.match(members[0].name) if members else None
    return found[0] if found else ""


def _check_member(member: Member, folder: str) -> None:
    """Check a file by what the zip's directory says of it, before it is read."""
    if not (member.name.startswith(folder) and NAMES.fullmatch(member.name.removeprefix(folder))):
        raise MalformedBundle(
            f"the zip holds a file that no bundle has: {member.name!r:.80}.",
            hint="Do not unpack it.",
        )
    if stat.S_IFMT(member.mode) not in (0, stat.S_IFREG) or member.remark:
        raise MalformedBundle(f"{member.name} is a link, or no file at all.")
    if member.flags & ~FLAGS or member.method not in METHODS:
        raise MalformedBundle(f"{member.name} is packed in a way that no bundle is.")


def _too_large() -> MalformedBundle:
    return MalformedBundle(
        f"it is larger than a bundle may be, which is {LARGEST // 1024**2} MiB in {MOST_FILES:,} "
        f"files, and {UNPACKED_PER_BYTE} times its own size and a MiB; nothing was unpacked.",
        hint="Do not unpack it.",
    )
