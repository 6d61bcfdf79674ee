"""Check an evidence bundle with nothing but Python 3.9 or later.

    python3 verify.py [--key VKEY] [--read] [--json] [BUNDLE]

BUNDLE is the zip, or the folder that it was unpacked to; left out, where this file lies. Each entry
is held against the signed head of the log (SHA-256, the tree of RFC 6962), each text against its
commitment, the numbering of the case and all that the bundle says of itself against the entries.
Signatures are checked where Python's package `cryptography` is installed; where it is not, that is
said. Exit code 0: all that was checked holds; 4: not verified; 2: the command line is wrong.

This is all of it, and it is meant to be read. It shares no code with the program `answerable`,
which checks the same: `answerable verify BUNDLE --key VKEY`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import stat
import struct
import sys
import textwrap
import zipfile
import zlib
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

LARGEST = 512 * 1024 * 1024
MOST_FILES = 500_000
FIXED = (
    *("README.txt", "checkpoint", "disclosures.json", "evidence.json"),
    *("keys.txt", "manifest.json", "policies.json", "verify.py"),
)
NAMES = re.compile(
    "|".join(map(re.escape, FIXED)) + r"|entries/[0-9]{8,19}\.json|proofs/[0-9]{8,19}\.proof"
    r"|timestamps/[1-9][0-9]{0,5}\.(note|tst)"
)
REFERENCES = (
    *("against", "allegation", "appeal", "assignment", "authority", "bar", "basis", "commitment"),
    *("conflict", "events", "evidence", "hold", "investigation", "remediation", "report"),
    *("sanction", "target"),
)
ENTRY = ("event_id", "case_id", "kind", "recorded_at", "version", "_sd")
WHICH = ("event_id", "position", "recorded_at", "occurred", "standing")
EXHIBIT = (*WHICH, "digest", "media_type", "size", "collected_by", "description", "location")
CUSTODY = (*WHICH, "from", "to", "location")
POLICY = (*WHICH, "policy", "policy_version", "from", "requires", "text")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
KINDS = {1: ("Ed25519", 32), 4: ("Ed25519 cosignature", 32), 6: ("ML-DSA-44", 1312)}
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError),
    *(IndexError, OverflowError),
)
MAX_ENTRY, MAX_NOTE, MAX_SIGNATURES = 65_535, 1_000_000, 64
DEEPEST, LONGEST_NUMBER = 64, 40

# The fields that a kind of event seals, beside those that are sealed in every one.
ALWAYS_SEALED = ("sources", "recorded_by", "signature")
SEALED = {
    "case-opened": "title summary",
    "case-closed": "reason",
    "case-reopened": "reason",
    "contact-made": "purpose",
    "backlash-observed": "audience claim",
    "apology-issued": "addressed_to statement admits commits_to",
    "statement-published": "statement",
    "engagement-terminated": "scope",
    "counterparty-barred": "scope",
    "bar-lifted": "reason",
    "report-received": "report",
    "report-acknowledged": "",
    "feedback-given": "feedback",
    "verification-completed": "question",
    "investigation-opened": "scope",
    "allegation-made": "conduct",
    "subject-heard": "account",
    "evidence-registered": "description location",
    "custody-transferred": "location",
    "finding-made": "conduct",
    "investigation-concluded": "result",
    "decision-taken": "question reasons alternatives mitigating aggravating",
    "conflict-declared": "interest",
    "recused": "reason",
    "conflict-waived": "reason",
    "sanction-imposed": "role_then measure_text reason",
    "sanction-executed": "note",
    "sanction-suspended": "reason",
    "sanction-lifted": "reason",
    "interim-measure-taken": "reason",
    "appeal-lodged": "ground",
    "appeal-decided": "reasons",
    "commitment-made": "promise",
    "commitment-fulfilled": "note",
    "remediation-opened": "cause action",
    "remediation-verified": "note",
    "lesson-recorded": "lesson",
    "party-registered": "name aliases titles",
    "role-assigned": "role",
    "role-ended": "reason",
    "authority-granted": "",
    "authority-revoked": "reason",
    "policy-adopted": "text",
    "correction": "sealed_fields reason",
    "retraction": "reason",
    "dispute": "ground",
    "personal-data-erased": "",
    "legal-hold-set": "reason",
    "legal-hold-lifted": "reason",
    "disclosure-made": "recipient",
    "key-rotated": "reason",
}


def check_clock(told: Any, recorded: str) -> None:
    """Check that an accepted clock is told by two times, the later of which is the entry's."""
    times = [*told.values()] if isinstance(told, dict) and {*told} == {"said", "last"} else []
    if not times or not all(isinstance(each, str) and TIME.fullmatch(each) for each in times):
        wrong("it does not tell of an accepted clock as a ledger does")
    if times[0] == times[1] or max(times) != recorded:
        wrong("it was recorded at another time than its accepted clock tells")


def sealed_by(kind: str) -> set[str]:
    """Return the fields that an entry of a kind may commit to."""
    return {*ALWAYS_SEALED, *SEALED[kind].split()}


Problem = tuple[str, "int | None", str]  # the file, the position in the log, what is wrong


class Wrong(Exception):
    """Something is not as it should be."""


def wrong(what: str) -> NoReturn:
    """End a check by raising what is wrong."""
    raise Wrong(what)


# Reading, within bounds. Nothing is unpacked to the disk.


def load(place: Path) -> dict[str, bytes]:
    """Read the files of a bundle, by name, from a zip or a folder."""
    try:
        if place.is_dir():
            found = {path.relative_to(place).as_posix(): path for path in place.rglob("*")}
            chosen = {name: path for name, path in found.items() if NAMES.fullmatch(name)}
            if any(path.is_symlink() for path in chosen.values()):
                wrong("the folder holds a link")
            if sum(path.stat().st_size for path in chosen.values()) > LARGEST:
                wrong("the folder holds more than a bundle may")
            return {name: path.read_bytes() for name, path in chosen.items() if path.is_file()}
        if not place.is_file():
            wrong("this is no file")
        if place.stat().st_size > LARGEST:
            wrong("the zip is larger than a bundle may be")
        data = place.read_bytes()
        if data.count(b"PK\x01\x02") > MOST_FILES:
            wrong("the zip holds more files than a bundle may")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.header_offset)
        for member in members:
            check_member(member)
        if len({member.filename for member in members}) < len(members):
            wrong("the zip holds a file twice")
        if sum(each.file_size for each in members) > min(LARGEST, 2 * len(data) + 1024 * 1024):
            wrong("the zip unpacks to more than a bundle may")
        return dict(unpacked(data, members))
    except BROKEN as error:
        wrong(f"this is not a whole zip file: {error}")


def check_member(member: zipfile.ZipInfo) -> None:
    """Check a file by what the zip's directory says of it, before it is read."""
    kind = stat.S_IFMT(member.external_attr >> 16) if member.create_system == 3 else 0
    if member.orig_filename != member.filename or not NAMES.fullmatch(member.filename):
        wrong(f"the zip holds a file that no bundle has: {member.orig_filename!r:.60}")
    if kind not in (0, stat.S_IFREG) or member.comment:
        wrong(f"{member.filename} is a link, or no file at all")
    if member.flag_bits & 1 or member.compress_type not in (0, 8):
        wrong(f"{member.filename} is packed in a way that no bundle is")


def unpacked(data: bytes, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Yield each file, if these and the directory are all that is in the zip."""
    directory, at = directory_place(data), 0
    for number, member in enumerate(members, 1):
        end = members[number].header_offset if number < len(members) else directory
        header = struct.unpack_from("<4s5H3L2H", data, at)
        begin = at + 30 + header[9] + header[10]
        behind, described = begin + member.compress_size, header[2] & 8
        told = (member.CRC, member.compress_size, member.file_size)
        sizes = zip(header[6:9], told)  # noqa: B905 - Python 3.9
        if (
            member.header_offset != at
            or header[0] != b"PK\x03\x04"
            or header[2:4] != (member.flag_bits, member.compress_type)
            or data[at + 30 : at + 30 + header[9]] != member.filename.encode("ascii")
            or not behind <= end <= behind + (24 if described else 0)
            or not (described or all(one in (other, 0xFFFFFFFF) for one, other in sizes))
        ):
            raise ValueError(f"{member.filename} is otherwise than the directory tells")
        content = data[begin:behind]
        if member.compress_type:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            content = stream.decompress(content, member.file_size + 1)
            if not stream.eof or stream.unused_data or stream.unconsumed_tail:
                raise ValueError(f"{member.filename} is packed with something behind it")
        if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise ValueError(f"{member.filename} is damaged")
        yield member.filename, content
        at = end
    if at != directory:
        raise ValueError("something stands before the directory")


def directory_place(data: bytes) -> int:
    """Return where the zip's directory begins, if it and its end are the last in it."""
    end = len(data) - 22
    signature, *_, size, place, comment = struct.unpack_from("<4s4H2LH", data, max(0, end))
    if signature != b"PK\x05\x06" or comment:
        raise ValueError("something stands behind the directory")
    if data[end - 20 :].startswith(b"PK\x06\x07"):
        end -= 76
        signature, length, *_, size, place = struct.unpack_from("<4sQ2H2L4Q", data, max(0, end))
        if signature != b"PK\x06\x06" or length != 44:
            raise ValueError("its end is not where it says")
    if place + size != end:
        raise ValueError("something stands before the first file or behind the last")
    return int(place)


def from_json(data: bytes) -> dict[str, Any]:
    """Return the object that JSON tells. No name may stand twice in one."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return dict(pairs) if len(dict(pairs)) == len(pairs) else wrong("it says a thing twice")

    try:
        found = bounded_json(data.decode("utf-8"), once)
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except (ValueError, RecursionError):
        wrong("this is not JSON")
    return found if isinstance(found, dict) else wrong("this is no object in JSON")


def bounded_json(text: str, pairs: Any = None) -> Any:
    """Return the value that JSON tells: no number of over 40 signs, nothing in over 64 others."""

    def number(kind: Any) -> Any:
        return lambda sign: kind(sign) if len(sign) <= LONGEST_NUMBER else int("too long")

    told = json.loads(
        text,
        object_pairs_hook=pairs,
        parse_int=number(int),
        parse_float=number(float),
        parse_constant=lambda sign: int(sign),
    )
    within, depth = [told], 0
    while within:
        within = [each for value in within for each in inner(value)]
        depth += 1
        if depth > DEEPEST:
            raise ValueError("it is nested too deep")
    return told


def inner(value: Any) -> list[Any]:
    """Return the values in a value."""
    return (
        [*value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    )


def from_base64(text: str) -> bytes:
    """Return the bytes that base64 encodes (RFC 4648 section 4, padded)."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        wrong(f"{text!r:.50} is not base64")
    return data if b64encode(data).decode() == text else wrong(f"{text!r:.50} is not base64")


# The head of the log, and the way from an entry to its root (RFC 9162, section 2.1.3.2).


class Head(NamedTuple):
    """The head of the log; the text that is signed; names, key ids and signatures."""

    origin: str
    size: int
    root: bytes
    text: str
    signatures: list[tuple[str, bytes, bytes]]


def parse_head(note: bytes) -> Head:
    """Read the head in a signed checkpoint (C2SP tlog-checkpoint): text, blank line, signatures."""
    try:
        text, parted, below = note.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError:
        wrong("this is not a signed checkpoint")
    lines = text.split("\n")
    controls = any(sign < " " and sign != "\n" for sign in text + below)
    if not parted or len(lines) < 3 or not all(lines) or below[-1:] != "\n" or controls:
        wrong("this is not a signed checkpoint")
    if len(note) > MAX_NOTE or below.count("\n") > MAX_SIGNATURES:
        wrong("the checkpoint is too long, or has too many signatures")
    root = from_base64(lines[2])
    sized = re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]) and int(lines[1]) < 2**63
    if not sized or len(root) != 32:
        wrong("the checkpoint tells no size or no root")
    if lines[1] == "0" and root != hashlib.sha256().digest():
        wrong("the checkpoint tells of an empty log, with the root of another")
    signatures = []
    for line in below[:-1].split("\n"):
        found = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        blob = from_base64(found[2]) if found else b""
        if not found or len(blob) <= 4 or not found[1].isprintable():
            wrong("a line below the checkpoint is not a signature")
        signatures.append((found[1], blob[:4], blob[4:]))
    return Head(lines[0], int(lines[1]), root, text + "\n", signatures)


def root_from(entry: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Return the root that a path leads to from an entry; None if it is too long or too short."""
    node = hashlib.sha256(b"\x00" + entry).digest()
    at, last = index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        at, last = at // 2, last // 2
    return node if last == 0 else None


# Signatures of the head (C2SP signed-note and tlog-cosignature).


class Key(NamedTuple):
    """A public key, and the name that it signs under."""

    name: str
    kind: int
    id: bytes
    public: bytes

    def __str__(self) -> str:
        return f"{KINDS[self.kind][0]} of {self.name}, key {self.id.hex()}"


def parse_keys(text: str) -> list[Key]:
    """Read the keys in a text, one a line: <name>+<id>+<base64 of type and public key>."""
    keys = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("#"):
            continue
        name, _, rest = line.partition("+")
        key_id, _, encoded = rest.partition("+")
        data = from_base64(encoded)
        own_id = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
        if (
            len(data) != 1 + KINDS.get(data[0] if data else 0, ("", -1))[1]
            or own_id.hex() != key_id
        ):
            wrong(f"{line!r:.60} is not a key to verify with")
        keys.append(Key(name, data[0], own_id, data[1:]))
    return keys


def key_text(given: str) -> str:
    """Read a file of keys; a key that was given as it is stands for itself."""
    try:
        return Path(given).read_text("utf-8")
    except (OSError, ValueError):
        return given


def made_by(key: Key, head: Head) -> bytes | None:
    """Return the signature by a key, if there is one."""
    return next((made for *who, made in head.signatures if who == [key.name, key.id]), None)


def is_good(key: Key, head: Head, made: bytes) -> bool | None:
    """Tell whether a key signed the head; None if that cannot be told here."""
    message, time = head.text.encode(), 1
    if key.kind != 1:
        time, made = int.from_bytes(made[:8], "big"), made[8:]
    if key.kind == 4:
        message = b"cosignature/v1\ntime %d\n" % time + message
    if key.kind == 6:
        name, origin = key.name.encode()[:255], head.origin.encode()[:255]
        message = b"subtree/v1\n\0" + bytes([len(name)]) + name + time.to_bytes(8, "big")
        message += bytes([len(origin)]) + origin + bytes(8) + head.size.to_bytes(8, "big")
        message += head.root
    public: Any
    try:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

        if key.kind == 6:
            from cryptography.hazmat.primitives.asymmetric import mldsa

            public = mldsa.MLDSA44PublicKey
        else:
            from cryptography.hazmat.primitives.asymmetric import ed25519

            public = ed25519.Ed25519PublicKey
    except ImportError:
        return None
    try:
        public.from_public_bytes(key.public).verify(made, message)
    except UnsupportedAlgorithm:
        return None
    except (InvalidSignature, ValueError):
        return False
    return 0 < time < 2**63


# The checks: each yields what is wrong.


class Bundle:
    """A bundle, and the outcome of its checks."""

    def __init__(self, files: dict[str, bytes], keys: list[Key]) -> None:
        self.files = files
        self.keys = keys
        self.manifest = self.read_manifest()
        self.head = Head("", 0, b"", "", [])
        self.signers: list[Key] = []
        self.unchecked: list[str] = []
        self.entries: dict[int, dict[str, Any]] = {}
        self.texts: dict[int, dict[str, Any]] = {}
        self.closed = 0
        self.problems = [
            *self.attempt("manifest.json", None, self.check_files()),
            *self.attempt("checkpoint", None, self.check_head()),
            *self.attempt("keys.txt", None, self.check_keys()),
            *self.check_entries(),
            *self.check_case(),
            *self.attempt("disclosures.json", None, self.check_texts()),
            *self.check_said(),
            *self.check_stamps(),
        ]
        if self.closed:
            self.unchecked.append(f"{self.closed} texts withheld or erased: what they say")
        if any("signature" in fields for fields in self.texts.values()):
            self.unchecked.append("who signed what is recorded: ssh-keygen -Y verify does that")
        if any(name.startswith("timestamps/") for name in files):
            self.unchecked.append("who made the time stamps: openssl ts -verify does that")
        self.unchecked.append("README.txt, and whether this program is what it should be")

    def attempt(self, file: str, at: int | None, check: Iterator[Problem]) -> Iterator[Problem]:
        """Yield what a check finds wrong, and last what ends it."""
        try:
            yield from check
        except Wrong as error:
            yield file, at, str(error)

    def file(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return self.files[name] if name in self.files else wrong(f"{name} is missing")

    def places(self) -> list[int]:
        """Return the positions of the entries."""
        return sorted(int(name[8:-5]) for name in self.files if name.startswith("entries/"))

    def case(self) -> dict[int, dict[str, Any]]:
        """Return the entries of the case, in order. The others are there to read them by."""
        own = self.manifest["case"]
        return {at: entry for at, entry in self.entries.items() if entry["case_id"] == own}

    def read_manifest(self) -> dict[str, Any]:
        """Read what the bundle says of itself."""
        said = from_json(self.file("manifest.json"))
        if said.get("format") != "answerable-bundle":
            wrong("this is not an evidence bundle")
        if said.get("version") != 1:
            wrong("the bundle is of another version than this program")
        types = {"size": int, "disclosed": int, "positions": list, "others": list}
        types.update(dict.fromkeys(("case", "origin", "root"), str))
        types.update(dict.fromkeys(("withheld", "erased", "files"), dict))
        for name, kind in types.items():
            if type(said.get(name)) is not kind:
                wrong(f"it does not say {name} as it should")
        return said

    def check_files(self) -> Iterator[Problem]:
        """Check that the files are those that the manifest lists."""
        listed = self.manifest["files"]
        for name in sorted({*listed, *FIXED, *self.files} - {"manifest.json"}):
            if name not in self.files:
                yield name, None, "the file is missing"
            elif name not in listed:
                yield name, None, "the manifest does not list the file"
            elif listed[name] != hashlib.sha256(self.files[name]).hexdigest():
                yield name, None, "the file is not the one that was packed"

    def check_head(self) -> Iterator[Problem]:
        """Check that a key of the log signed the head, and that no known key's signature is bad."""
        self.head = parse_head(self.file("checkpoint"))
        known = self.keys or self.named_keys()
        for name, key_id, made in self.head.signatures:
            key = next((each for each in known if (each.name, each.id) == (name, key_id)), None)
            good = key and is_good(key, self.head, made)
            if key is None:
                self.unchecked.append(f"a signature of {name}, key {key_id.hex()}: no key given")
            elif good:
                self.signers.append(key)
            elif good is None:
                self.unchecked.append(f"{key}: Python's package cryptography is absent or too old")
            else:
                yield "checkpoint", None, f"the signature does not fit: {key}"
        log = [key for key in known if key.name == self.head.origin and made_by(key, self.head)]
        if not log:
            yield "checkpoint", None, f"no key that is known for {self.head.origin} signed it"
        elif self.keys and not {*log} & {*self.signers}:
            yield "checkpoint", None, "you gave a key, and its signature could not be checked here"

    def named_keys(self) -> list[Key]:
        """Return the keys that the bundle names: one a line, or a remark, or nothing."""
        text = self.file("keys.txt")
        lines = text.decode("ascii").split("\n") if text.isascii() else wrong("it is not ASCII")
        if any(line != line.strip() or not line.isprintable() for line in lines):
            wrong("a line of it is not a key to verify with")
        return parse_keys("\n".join(lines))

    def check_keys(self) -> Iterator[Problem]:
        """Check that each key that the bundle names signed the head."""
        for key in self.named_keys():
            made = made_by(key, self.head)
            if key.name != self.head.origin or not made or is_good(key, self.head, made) is False:
                yield "keys.txt", None, f"it names a key that did not sign the checkpoint: {key}"

    def check_entries(self) -> Iterator[Problem]:
        """Check that each entry has its proof, and each proof its entry."""
        for at in self.places():
            name = f"entries/{at:08d}.json"
            yield from self.attempt(name, at, self.check_entry(name, at))
        proofs = {name for name in self.files if name.startswith("proofs/")}
        for name in sorted(proofs - {f"proofs/{at:08d}.proof" for at in self.places()}):
            yield name, None, "it is the proof of no entry here"

    def check_entry(self, name: str, at: int) -> Iterator[Problem]:
        """Check that the entry is in the tree of the head, at its position."""
        entry = from_json(self.file(name))
        if len(self.files[name]) > MAX_ENTRY:
            wrong("this is not an entry of a log: it is too long")
        kinds = [type(entry.get(field)) for field in ENTRY]
        if kinds != [str, str, str, str, int, list] or not all(
            isinstance(each, str) for each in entry["_sd"]
        ):
            wrong("this is not an entry of a log")
        self.check_seals(entry)
        self.entries[at] = entry
        lines = self.file(f"proofs/{at:08d}.proof").decode("ascii", "replace").split("\n")
        if lines[:2] != ["c2sp.org/tlog-proof@v1", f"index {at}"] or lines[-2:] != ["", ""]:
            wrong("its proof is of another position, or none")
        path = [from_base64(line) for line in lines[2:-2]]
        if at >= self.head.size or any(len(each) != 32 for each in path):
            wrong("its proof is of another tree")
        if root_from(self.files[name], at, self.head.size, path) != self.head.root:
            yield name, at, "its proof does not lead from this entry to the root"

    def check_seals(self, entry: dict[str, Any]) -> None:
        """Check that an entry commits to no more than its kind seals, and tells none of it."""
        kind, committed = entry["kind"], entry["_sd"]
        if kind not in SEALED:
            wrong(f"it is of a kind that is not known here: {kind!r:.40}")
        if len({*committed}) < len(committed) or len(committed) > len(sealed_by(kind)):
            wrong("it commits to a text twice, or to more texts than its kind seals")
        if {*entry} & sealed_by(kind):
            wrong("it tells in the open what is sealed")
        if "clock" in entry:
            check_clock(entry["clock"], entry["recorded_at"])

    def check_case(self) -> Iterator[Problem]:
        """Check that the events are numbered without a gap, and that what they refer to is here."""
        there = {entry["event_id"] for entry in self.entries.values()}
        last = 0
        for at, entry in self.case().items():
            name = f"entries/{at:08d}.json"
            if entry["version"] != last + 1:
                yield name, at, f"it is event {entry['version']} of the case, after event {last}"
            last = entry["version"]
            for value in [entry.get(field) for field in REFERENCES]:
                for each in value if isinstance(value, list) else [value]:
                    if isinstance(each, str) and each not in there:
                        yield name, at, f"it refers to the event {each:.36}, which is not here"
        if not last:
            yield "entries", None, "no event of the case is here"

    def check_texts(self) -> Iterator[Problem]:
        """Check that there are texts, or nulls in their place, for each entry and no other."""
        told = from_json(self.file("disclosures.json"))
        for at, entry in self.entries.items():
            check = self.check_text(at, entry, told.pop(str(at), None))
            yield from self.attempt("disclosures.json", at, check)
        if told:
            yield "disclosures.json", None, f"it has texts of {min(told)!r:.30}, which is not here"

    def check_text(self, at: int, entry: dict[str, Any], given: Any) -> Iterator[Problem]:
        """Check that each text is the one that its entry commits to, each of a field of its own."""
        committed = entry["_sd"]
        if not isinstance(given, list) or len(given) != len(committed):
            wrong(f"the entry commits to {len(committed)} texts, and here are others")
        opened = {}
        for text, commitment in zip(given, committed):  # noqa: B905 - Python 3.9
            if text is None:
                continue
            if not isinstance(text, str) or not text.isascii():
                wrong("a text is not base64url")
            digest = hashlib.sha256(text.encode()).digest()
            if urlsafe_b64encode(digest).decode().rstrip("=") != commitment:
                yield "disclosures.json", at, "a text is not what the entry commits to"
                return
            try:
                array = bounded_json(
                    urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8")
                )
            except (ValueError, TypeError, RecursionError):
                wrong("a text cannot be read")
            if not isinstance(array, list) or [type(each) for each in array[1:2]] != [str]:
                wrong("a text cannot be read")
            if len(array) != 3 or array[1] in opened or array[1] not in sealed_by(entry["kind"]):
                wrong(
                    f"two texts are of one field, or one of none that is sealed: {array[1]!r:.40}"
                )
            opened[array[1]] = array[2]
        self.texts[at] = opened
        self.closed += given.count(None)

    def told(self, at: int, names: tuple[str, ...]) -> dict[str, Any]:
        """Return some fields of an entry, the sealed ones as far as they are open."""
        entry = {**self.texts.get(at, {}), **self.entries[at], "position": at}
        return {name: entry[name] for name in names if name in entry}

    def aimed(self, field: str, *kinds: str) -> dict[Any, list[int]]:
        """Return the positions of the events of some kinds, by the event that they act upon."""
        found: dict[Any, list[int]] = {}
        for at, entry in self.entries.items():
            if entry["kind"] in kinds and isinstance(entry.get(field), str):
                found.setdefault(entry[field], []).append(at)
        return found

    def derived(self, kind: str, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Derive the bundle's list of a kind of events, with what was later said of them."""
        custody = self.aimed("evidence", "custody-transferred")
        amending = self.aimed("target", "correction", "dispute", "retraction")
        for at, entry in self.entries.items():
            if entry["kind"] == kind:
                passed = custody.get(entry["event_id"], []) if names == EXHIBIT else []
                listed = self.told(at, names)
                if names == EXHIBIT:
                    listed["custody"] = [self.told(place, CUSTODY) for place in passed]
                about = [self.entries[place]["event_id"] for place in (at, *passed)]
                places = [place for event_id in about for place in amending.get(event_id, [])]
                listed["amended_by"] = [self.entries[place]["event_id"] for place in places]
                yield listed

    def check_said(self) -> Iterator[Problem]:
        """Check that what the bundle says of itself follows from the entries."""
        own, said = self.case(), self.manifest
        exhibits = [
            each for each in self.derived("evidence-registered", EXHIBIT) if each["position"] in own
        ]
        adopted = list(self.derived("policy-adopted", POLICY))
        for name, listed in (("evidence.json", exhibits), ("policies.json", adopted)):
            written = json.dumps(listed, indent=1).encode() + b"\n"
            if self.files.get(name, written) != written:
                yield name, None, "it does not say what the entries say"
        truth: dict[str, Any] = {
            "positions": list(own),
            "others": [at for at in self.places() if at not in own],
            "disclosed": sum(map(len, self.texts.values())),
        }
        if self.head.origin:
            root = b64encode(self.head.root).decode()
            truth.update(origin=self.head.origin, size=self.head.size, root=root)
        for field, value in truth.items():
            if json.dumps(said[field]) != json.dumps(value):
                what = f"it says {field} otherwise than the rest of the bundle"
                yield "manifest.json", None, what
        counts = [*said["withheld"].values(), *said["erased"].values()]
        if any(type(each) is not int or each < 1 for each in counts) or sum(counts) != self.closed:
            yield "manifest.json", None, "it counts other texts than those that are not here"

    def check_stamps(self) -> Iterator[Problem]:
        """Check that each time stamp is over the head."""
        names = (name[11:].split(".")[0] for name in self.files if name.startswith("timestamps/"))
        for number in sorted({*names}, key=int):
            name = f"timestamps/{number}.tst"
            yield from self.attempt(name, None, self.check_stamp(name, f"{name[:-3]}note"))

    def check_stamp(self, token: str, note: str) -> Iterator[Problem]:
        """Check that the token bears the hash of a note of this head. By whom is not checked."""
        hashes = (hashlib.sha256, hashlib.sha384, hashlib.sha512)
        if not any(each(self.file(note)).digest() in self.file(token) for each in hashes):
            yield token, None, "it was not made over the note beside it"
        elif parse_head(self.file(note)).text != self.head.text:
            yield token, None, "it stamps another checkpoint"


# The report.


def write(text: str) -> None:
    """Write to who reads, if anybody does: the exit code is the verdict."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.write(text)


def say(text: str = "", indent: int = 0) -> None:
    """Write a text in lines of at most 80 signs, without what would move a terminal's cursor."""
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    first, rest = " " * indent, " " * (indent and indent + 2)
    lines = textwrap.wrap(text, 80, initial_indent=first, subsequent_indent=rest)
    write("\n".join(lines) + "\n")


def report(bundle: Bundle) -> None:
    """Say what was found."""
    head, case, texts = bundle.head, len(bundle.case()), sum(map(len, bundle.texts.values()))
    say(f"Case: {bundle.manifest['case']}")
    say(f"Log: {head.origin}, {head.size} entries, root {b64encode(head.root).decode()}")
    say(f"Entries: {case} of the case, {len(bundle.entries) - case} of others, to read it by")
    say(f"Texts: {texts} open, {bundle.closed} withheld or erased")
    for key in bundle.signers:
        say(f"Signed: {key}" + ("" if bundle.keys else " (a key that only the bundle names)"))
    say()
    if bundle.problems:
        say("NOT VERIFIED. This is wrong:")
    for file, at, what in bundle.problems:
        say(f"- {file}{'' if at is None else f' (position {at})'}: {what}.", 2)
    if not bundle.problems:
        say(
            "All that was checked holds. The entries are in the log with this root, the events of "
            "the case have no gap up to the last one here, the texts are what was recorded."
        )
    if not bundle.keys:
        say()
        say(
            "WHOSE LOG THIS IS WAS NOT CHECKED. Anyone can make a log and pack a bundle. Get the "
            "log's key from whoever runs it, by another way, and give it with --key."
        )
    say()
    say("Not checked here:")
    for each in bundle.unchecked:
        say(f"- {each}", 2)


def read_aloud(bundle: Bundle) -> None:
    """Write the events of the case, with the texts that are open."""
    for at, entry in bundle.case().items():
        say()
        say(f"{entry['version']}. {entry['kind']} (position {at})")
        for name, value in {**bundle.texts.get(at, {}), **entry}.items():
            if name not in ("_sd", "kind", "version", "case_id", "schema"):
                told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                say(f"{name}: {told}", 3)


def as_json(bundle: Bundle) -> dict[str, Any]:
    """Return what was found, for programs."""
    return {
        "verified": not bundle.problems,
        "trusted": bool(bundle.keys),
        "case": bundle.manifest["case"],
        "origin": bundle.head.origin,
        "size": bundle.head.size,
        "root": b64encode(bundle.head.root).decode(),
        "positions": list(bundle.case()),
        "signed": [str(key) for key in bundle.signers],
        "problems": [{"file": f, "position": at, "what": what} for f, at, what in bundle.problems],
        "unchecked": bundle.unchecked,
    }


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Check an evidence bundle.")
    here = Path(__file__).resolve().parent
    parser.add_argument(
        "bundle", nargs="?", default=here, type=Path, help="a zip, or the folder unpacked"
    )
    parser.add_argument("--key", action="append", default=[], help="a key, or a file of keys")
    parser.add_argument("--read", action="store_true", help="show the events and their texts")
    parser.add_argument("--json", action="store_true", help="write JSON, for programs")
    options = parser.parse_args()
    if sys.stdout is not None:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        keys = parse_keys("\n".join(map(key_text, options.key)))
        if options.key and not keys:
            wrong("no key is in what you gave as one")
        bundle = Bundle(load(options.bundle), keys)
    except (Wrong, MemoryError) as error:
        if options.json:
            problem = {"file": None, "position": None, "what": str(error) or "out of memory"}
            write(json.dumps({"verified": False, "problems": [problem]}) + "\n")
        else:
            say(f"NOT VERIFIED: {str(error) or 'out of memory'}.")
        return 4
    if options.json:
        write(json.dumps(as_json(bundle)) + "\n")
    else:
        report(bundle)
        if options.read:
            read_aloud(bundle)
    return 4 if bundle.problems else 0


if __name__ == "__main__":
    code = main()
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    os._exit(code)  # whether or not anybody reads to the end
