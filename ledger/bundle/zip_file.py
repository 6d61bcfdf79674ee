"""Zip files of a bundle: the same files always make the same bytes, and nothing odd is read.

Files are stored, not deflated, in the order of their names, with one date for all: what deflate
makes of the same bytes differs from one build of zlib to the next. A bundle that was packed again
by someone else is read too, as long as it unpacks to files of a bundle and to nothing more.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from answerable.ledger.bundle.errors import MalformedBundle

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

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNIX = 3
ENCRYPTED = 0x1

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
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
    with place.open("rb") as file:
        data = file.read(LARGEST + 1)
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
            members = archive.infolist()
            for member in members:
                _check_member(member)
            for name, times in Counter(member.filename for member in members).most_common(1):
                if times > 1:
                    raise MalformedBundle(f"the zip holds {name} twice.")
            if sum(member.file_size for member in members) > LARGEST:
                raise _too_large()
            return {member.filename: archive.read(member) for member in members}
    except BROKEN as error:
        raise MalformedBundle(
            f"this is not a whole zip file: {str(error) or type(error).__name__}.",
            hint="If it was damaged on its way, get it again.",
            cli_hint="If it was damaged on its way, get it again. A proof is checked with "
            "--proof, a "
            "published log with --from, a ledger with --ledger.",
        ) from None


def _check_member(member: zipfile.ZipInfo) -> None:
    """Check a file by what the zip's directory says of it, before it is read."""
    if member.orig_filename != member.filename or not NAMES.fullmatch(member.filename):
        raise MalformedBundle(
            f"the zip holds a file that no bundle has: {member.orig_filename!r:.80}.",
            hint="Do not unpack it.",
        )
    if member.flag_bits & ENCRYPTED or member.compress_type not in METHODS:
        raise MalformedBundle(f"{member.filename} is packed in a way that no bundle is.")


def _too_large() -> MalformedBundle:
    return MalformedBundle(
        f"it is larger than a bundle may be, which is {LARGEST // 1024**2} MiB in {MOST_FILES:,} "
        "files; nothing was unpacked.",
        hint="Do not unpack it.",
    )
