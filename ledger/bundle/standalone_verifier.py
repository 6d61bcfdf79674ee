"""Check an evidence bundle, or a report, with nothing but Python 3.9 or later.

    python3 verify.py [--key VKEY] [--read] [--json] [BUNDLE]

BUNDLE is the zip, or the folder that it was unpacked to, or a report in HTML that carries a bundle
in it; left out, where this file lies. Each entry
is held against the signed head of the log (SHA-256, the tree of RFC 6962), each text against its
commitment, the numbering of the case and all that the bundle says of itself against the entries.
Signatures, of the head and of who recorded, are checked where Python's package `cryptography` is
installed; where it is not, that is said. Exit code 0: all that was checked holds; 4: not verified;
2: the command line is wrong.

This is all of it, and it is meant to be read. It shares no code with the program `answerable`,
which checks the same: `answerable verify BUNDLE --key VKEY`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import stat
import struct
import sys
import textwrap
import zlib
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

LARGEST = 512 * 1024 * 1024
MOST_FILES = 500_000
FIXED = (
    *("README.txt", "checkpoint", "disclosures.json", "evidence.json"),
    *("keys.txt", "manifest.json", "policies.json", "verify.py"),
)
BESIDE = ("README.txt", "evidence.json", "policies.json", "report.html", "verify.py")  # in no page
POSITION = "([0-9]{8}|[1-9][0-9]{8,18})"
NAMES = re.compile(
    "|".join(map(re.escape, FIXED))
    + rf"|report\.html|entries/{POSITION}\.json|proofs/{POSITION}\.proof"
    rf"|hashes/{POSITION}\.hash"
    r"|timestamps/[1-9][0-9]{0,5}\.(note|tst)"
)
FOLDER = re.compile("evidence-[a-z0-9][a-z0-9._-]{0,63}/")
REFERENCES = (
    *("against", "agreement", "allegation", "appeal", "assignment", "authority", "bar", "basis"),
    *("blame", "commitment", "conflict", "contradicts", "decision", "events", "evidence", "hold"),
    *("interim_measure", "investigation", "proceeding", "proposal", "reassigned_to"),
    *("remediation", "replaced_by", "report", "sanction", "target", "upon"),
)
ENTRY = ("event_id", "case_id", "kind", "recorded_at", "version", "_sd")
WHICH = ("event_id", "position", "recorded_at", "occurred", "standing")
EXHIBIT = (*WHICH, "digest", "media_type", "size", "collected_by", "description", "location")
CUSTODY = (*WHICH, "from", "to", "location")
POLICY = (*WHICH, "policy", "policy_version", "from", "requires", "digest", "format", "text")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
KINDS = {1: ("Ed25519", 32), 4: ("Ed25519 cosignature", 32), 6: ("ML-DSA-44", 1312)}
MAX_ENTRY, MAX_NOTE, MAX_SIGNATURES, MOST_PROBLEMS = 65_535, 1_000_000, 64, 1_000
LATEST = 253_402_300_799  # the last second that a date can tell
DEEPEST, LONGEST_NUMBER = 64, 40
FULL = 0xFFFFFFFF  # what stands in a zip where a number has no room

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
    "finding-proposed": "conduct",
    "finding-made": "conduct difference",
    "blame-withdrawn": "reason",
    "investigation-concluded": "result",
    "step-taken": "note",
    "decision-taken": "question reasons alternatives mitigating aggravating",
    "decision-withdrawn": "reason",
    "conflict-declared": "interest",
    "recused": "reason",
    "conflict-waived": "reason",
    "representatives-notified": "reason answer",
    "sanction-proposed": "role_then measure_text reason",
    "sanction-imposed": "role_then measure_text reason difference",
    "sanction-executed": "note",
    "sanction-not-executed": "reason",
    "sanction-suspended": "reason",
    "sanction-lifted": "reason",
    "interim-measure-taken": "measure_text reason",
    "interim-measure-ended": "reason",
    "appeal-lodged": "ground",
    "appeal-decided": "becomes_text reasons",
    "commitment-made": "promise",
    "commitment-fulfilled": "note",
    "commitment-breached": "reason",
    "commitment-released": "reason",
    "remediation-opened": "cause action",
    "remediation-verified": "note",
    "lesson-recorded": "lesson",
    "incident-occurred": "description",
    "agreement-made": "matter",
    "agreement-accepted": "reason",
    "agreement-rejected": "reason",
    "agreement-breached": "reason",
    "agreement-ended": "reason",
    "proceeding-opened": "particulars",
    "proceeding-concluded": "sentence reasons",
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
            return from_folder(place)
        if not place.is_file():
            wrong("this is no file")
        if place.stat().st_size > LARGEST:
            wrong("the zip is larger than a bundle may be")
        data = place.read_bytes()
        if data[:1] == b"<":
            return from_page(data)
        members, directory = list_members(data)
        first = FOLDER.match(members[0].name) if members else None
        folder = first[0] if first else ""
        for member in members:
            check_member(member, folder)
        if len({member.name for member in members}) < len(members):
            wrong("the zip holds a file twice")
        if sum(each.unpacked for each in members) > min(LARGEST, 2 * len(data) + 1024 * 1024):
            wrong("the zip unpacks to more than a bundle may")
        files = unpacked(data, members, directory)
        return {name[len(folder) :]: content for name, content in files}
    except (OSError, ValueError, struct.error, zlib.error) as error:
        wrong(f"this is not a whole zip file: {error}")


def from_folder(place: Path) -> dict[str, bytes]:
    """Read the files of a bundle from a folder. What else lies there is passed over."""
    found = {}
    for folder in ("", "entries/", "proofs/", "timestamps/"):
        if (place / folder).is_dir():
            if folder and (place / folder).is_symlink():
                wrong("the folder holds a link")
            found.update({f"{folder}{path.name}": path for path in (place / folder).iterdir()})
    chosen = {name: path for name, path in found.items() if NAMES.fullmatch(name)}
    if any(path.is_symlink() or not path.is_file() for path in chosen.values()):
        wrong("the folder holds a link, or what is no file")
    sizes = [path.stat().st_size for path in chosen.values()]
    if sum(sizes) > LARGEST or len(sizes) > MOST_FILES:
        wrong("the folder holds more than a bundle may")
    return {name: path.read_bytes() for name, path in chosen.items()}


# A page carries a bundle in one element: the files by name, in JSON, those that are no text as
# base64. What else is in the page is not looked at.

OPENING = b'<script type="application/json" id="bundle">'
ELEMENT = re.compile(rb"<[a-z][^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")


def page_in(place: Path) -> bytes | None:
    """Return the page of HTML in a file; None if it is something else."""
    if not place.is_file() or place.stat().st_size > LARGEST:
        return None
    with place.open("rb") as file:
        first = file.read(1)
        return first + file.read() if first == b"<" else None


def from_page(page: bytes) -> dict[str, bytes]:
    """Read the files of the bundle that a page carries."""
    at = page.find(OPENING)
    if at < 0:
        wrong("this page carries no evidence bundle")
    if any(place != at for place in places_of_bundles(page)):
        wrong("a second element of the page calls itself the bundle")
    if page.rfind(b"<!--", 0, at) > page.rfind(b"-->", 0, at):
        wrong("the bundle in the page stands in a comment")
    begin = at + len(OPENING)
    end = page.find(b"<", begin)
    if end < 0 or not page.startswith(b"</script>", end):
        wrong("the bundle in the page has no end")
    told = page[begin:end]
    files = from_json(told if told.isascii() else wrong("the bundle in the page is not ASCII"))
    if len(files) > MOST_FILES:
        wrong("the page carries more files than a bundle may hold")
    return {name: carried(name, value) for name, value in files.items()}


def places_of_bundles(page: bytes) -> Iterator[int]:
    """Yield where elements begin whose id, as a browser reads it, is that of the bundle."""
    for tag in ELEMENT.finditer(page):
        if b"bundle" in tag[0].lower() or b"&#" in tag[0]:
            attributes = [*ATTRIBUTE.finditer(tag[0].decode("utf-8", "replace"))][1:]
            ids = [each for each in attributes if each[1].lower() == "id"][:1]
            if any(
                unescape(each[2] or each[3] or each[4] or "").lower() == "bundle" for each in ids
            ):
                yield tag.start()


def carried(name: str, value: Any) -> bytes:
    """Return the bytes of a file that a page carries."""
    if not NAMES.fullmatch(name) or name in BESIDE:
        wrong(f"the page carries a file that no page does: {name!r:.60}")
    if isinstance(value, str):
        return value.encode("utf-8")
    encoded = value.get("base64") if isinstance(value, dict) and len(value) == 1 else None
    data = from_base64(encoded) if isinstance(encoded, str) else b""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return wrong(f"{name} in the page is neither text nor base64 of what is none")


# A page may carry sums of its own words and markup, part by part, of its title, and of the data
# that its scripts show. Anyone can change them with these.

SUMS = '<script type="application/json" id="shown">'
# What may not follow a name keeps a tag without an end from being tried anew at each letter.
TAG = re.compile("<!--|</?(?P<name>[a-z0-9]*)(?![a-z0-9])[^<>]*>", re.IGNORECASE)
ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
UNSHOWN = re.compile("[\0\ufffd]")
DATA = re.compile(r'<script type="application/json" id="([^"<>]*)">([^<]*)</script>')


def sums_of(page: str) -> dict[str, str]:
    """Return the SHA-256 of the words of each part by its name, and of its markup by `<>` and that.

    Of the title, too, and of data by `#` and the id.
    """
    words: dict[str, list[str]] = {"": []}
    tags: dict[str, list[str]] = {"": []}
    body = max(page.find("<body"), 0)
    read_tags(page[:body], {}, tags)
    read_tags(page[body:], words, tags)
    texts = {name: shown_of("\n".join(told)) for name, told in words.items()}
    bare = r'<script type="application/json" id="\1"></script>'
    for name, told in tags.items():
        # In SVG an element may be closed where it is opened.
        *closed, last = DATA.sub(bare, "".join(told)).replace('=""', "").split("/>")
        ended = (f"{each}></{each.rpartition('<')[2].partition(' ')[0]}>" for each in closed)
        texts[f"<>{name}"] = "".join(ended) + last
    texts["<title>"] = shown_of(unescape(page.partition("<title>")[2].partition("<")[0]))
    data: dict[str, list[str]] = {}
    for name, text in DATA.findall(page):
        if name not in ("bundle", "shown"):
            data.setdefault(f"#{name}", []).append(text)
    texts.update((name, "".join(told)) for name, told in data.items())
    return {name: hashlib.sha256(text.encode("utf-8")).hexdigest() for name, text in texts.items()}


def shown_of(text: str) -> str:
    """Return what is shown of a text, with a space for any white space."""
    return " ".join(UNSHOWN.sub("", text).split())


def read_tags(text: str, words: dict[str, list[str]], tags: dict[str, list[str]]) -> None:
    """Read the words and the tags of a page into its parts."""
    part, at = "", 0
    while True:
        tag = TAG.search(text, at)
        words.setdefault(part, []).append(unescape(text[at : tag.start() if tag else len(text)]))
        if not tag:
            return
        name, at = (tag["name"] or "").lower(), tag.end()
        closing: Any = None
        if tag[0] == "<!--":
            closing = "-->"
        elif name in ("script", "style", "noscript", "template") and tag[0][1] != "/":
            closing = rf"</{name}\s*>"
        if closing:
            end = re.compile(closing, re.IGNORECASE).search(text, at)
            at = end.end() if end else len(text)
        called = ID.search(tag[0]) if name in ("section", "footer") else None
        if called:
            part = unescape(called[1] or called[2] or "")
            tags.setdefault("", []).append(f"#{part}")
        tags.setdefault(part, []).append(text[tag.start() : at])


def altered_parts(page: bytes) -> list[str] | None:
    """Return the parts of a page that do not read as it was written; None if it carries no sums."""
    text = page.decode("utf-8", "replace")
    _, *told = text.split(SUMS)
    try:
        sums = bounded_json(told[0].partition("</script>")[0]) if len(told) == 1 else None
    except (ValueError, RecursionError):
        sums = None
    if not isinstance(sums, dict):
        return None
    # A page by a house's own template has no sums of its markup.
    found = {
        name: each
        for name, each in sums_of(text).items()
        if "<>" in sums or not name.startswith("<>")
    }
    altered = [name for name in {**found, **sums} if found.get(name) != sums.get(name)]
    # Where words are altered, their markup is as a rule.
    return [each for each in altered if not (each[:2] == "<>" and each[2:] in altered)]


class Member(NamedTuple):
    """A file as a zip's directory lists it (PKWARE's APPNOTE.TXT, section 4.3.12)."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    mode: int
    at: int


def list_members(data: bytes) -> tuple[list[Member], int]:
    """Return the files that a zip's directory lists, by their places, and where it begins.

    The standard library would pass over what others read: a second name, another count of files.
    """
    at, size, count = directory_place(data)
    if count > MOST_FILES:
        wrong("the zip holds more files than a bundle may")
    place, end, members = at, at + size, []
    for _ in range(count):
        line = struct.unpack_from("<4s4B4HL2L5H2L", data, at)
        name_at, extra_at = at + 46, at + 46 + line[12]
        at = extra_at + line[13] + line[14]
        if line[0] != b"PK\x01\x02" or line[14] or line[15] or at > end:
            raise ValueError("its directory lists something else than files")
        # What has no room stands in an extra field, in this order.
        numbers = [line[11], line[10], line[18]]
        lacking = [number for number in range(3) if numbers[number] == FULL]
        long = extras(data[extra_at:at]).get(1, b"")
        for number, value in zip(lacking, struct.unpack(f"<{len(lacking)}Q", long)):  # noqa: B905
            numbers[number] = value
        name = data[name_at:extra_at].decode("ascii")
        told = (line[9], numbers[1], numbers[0], line[17] >> 16, numbers[2])
        members.append(Member(name, line[5], line[6], *told))
    if at != end:
        raise ValueError("its directory lists another number of files than it says")
    return sorted(members, key=lambda member: member.at), place


def extras(data: bytes) -> dict[int, bytes]:
    """Return the extra fields of a file: ZIP64's sizes, times, owners, and Java's mark."""
    at, found = 0, {}
    while at < len(data):
        kind, size = struct.unpack_from("<2H", data, at)
        begin, at = at + 4, at + 4 + size
        if kind not in (1, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0xCAFE) or kind in found:
            raise ValueError("a file has extra fields that no file of a bundle has")
        found[kind] = data[begin:at]
    return found if at == len(data) else wrong("an extra field has no end")


def check_member(member: Member, folder: str) -> None:
    """Check a file by what the zip's directory says of it, before it is read."""
    within = member.name.startswith(folder) and member.name[len(folder) :]
    if not (within and NAMES.fullmatch(within)):
        wrong(f"the zip holds a file that no bundle has: {member.name!r:.60}")
    if stat.S_IFMT(member.mode) not in (0, stat.S_IFREG):
        wrong(f"{member.name} is a link, or no file at all")
    if member.flags & ~0x80E or member.method not in (0, 8):
        wrong(f"{member.name} is packed in a way that no bundle is")


def unpacked(data: bytes, members: list[Member], directory: int) -> Iterator[tuple[str, bytes]]:
    """Yield each file, if these and the directory are all that is in the zip."""
    at = 0
    for number, member in enumerate(members, 1):
        end = members[number].at if number < len(members) else directory
        header = struct.unpack_from("<4s5H3L2H", data, at)
        extra_at = at + 30 + header[9]
        begin = extra_at + header[10]
        behind = begin + member.packed
        if (
            member.at != at
            or header[0] != b"PK\x03\x04"
            or header[2:4] != (member.flags, member.method)
            or data[at + 30 : extra_at] != member.name.encode("ascii")
            or behind > end
            or not fits(member, header[6:9], extras(data[extra_at:begin]), data[behind:end])
        ):
            raise ValueError(f"{member.name} is otherwise than the directory tells")
        content = data[begin:behind]
        if member.method:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            content = stream.decompress(content, member.unpacked + 1)
            if not stream.eof or stream.unused_data or stream.unconsumed_tail:
                raise ValueError(f"{member.name} is packed with something behind it")
        if len(content) != member.unpacked or zlib.crc32(content) != member.crc:
            raise ValueError(f"{member.name} is damaged")
        yield member.name, content
        at = end
    if at != directory:
        raise ValueError("something stands before the directory")


def fits(member: Member, before: tuple[int, ...], extra: dict[int, bytes], behind: bytes) -> bool:
    """Tell whether what stands before and behind a file says of it what the directory says."""
    told = (member.crc, member.packed, member.unpacked)
    absent: tuple[int, ...] = ()
    full: tuple[int, ...] = ()
    descriptions = [b""]
    if member.flags & 8:  # its sizes stand behind it, and before it maybe nothing
        absent = (0,)
        descriptions = [struct.pack(form, *told) for form in ("<LLL", "<LQQ")]
        descriptions += [b"PK\x07\x08" + each for each in descriptions]
    if 1 in extra:
        full = (FULL,)
        whole = zip(struct.unpack("<2Q", extra[1]), told[:0:-1])  # noqa: B905 - Python 3.9
        if not all(one in (other, *absent) for one, other in whole):
            return False
    allowed = ((told[0], *absent), *((each, *full, *absent) for each in told[1:]))
    each = zip(before, allowed)  # noqa: B905 - Python 3.9
    return behind in descriptions and all(one in others for one, others in each)


def directory_place(data: bytes) -> tuple[int, int, int]:
    """Return where the zip's directory begins, its size, and how many files it lists.

    It and its end are the last in the zip.
    """
    end = len(data) - 22
    signature, *disks, here, count, size, place, comment = struct.unpack_from(
        "<4s4H2LH", data, max(0, end)
    )
    if signature != b"PK\x05\x06" or comment or disks != [0, 0]:
        raise ValueError("something stands behind the directory")
    if end >= 20 and data.startswith(b"PK\x06\x07", end - 20):
        short, locator = (here, count, size, place), struct.unpack_from("<4sLQL", data, end - 20)
        end -= 76
        head = struct.unpack_from("<4sQ2H2L4Q", data, max(0, end))
        full = (0xFFFF, 0xFFFF, FULL, FULL)
        if (
            locator[1:] != (0, end, 1)
            or head[:2] != (b"PK\x06\x06", 44)
            or head[4:6] != (0, 0)
            or any(short[n] not in (head[6 + n], full[n]) for n in range(4))
        ):
            raise ValueError("its end is not where it says, or is two ends")
        here, count, size, place = head[6:]
    if here != count or place + size != end:
        raise ValueError("something stands before the first file or behind the last")
    return place, size, count


def from_json(data: bytes) -> dict[str, Any]:
    """Return the object that JSON tells."""
    try:
        found = bounded_json(data.decode("utf-8"))
    except (ValueError, RecursionError):
        wrong("this is not JSON, or says a thing twice")
    return found if isinstance(found, dict) else wrong("this is no object in JSON")


def bounded_json(text: str) -> Any:
    """Return the value that JSON tells, within bounds: numbers, nesting, objects and arrays."""
    if holders(text) > 64 + len(text) // 8:
        raise ValueError("it holds too many objects and arrays")

    def number(kind: Any) -> Any:
        return lambda sign: kind(sign) if len(sign) <= LONGEST_NUMBER else int("too long")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return dict(pairs) if len(dict(pairs)) == len(pairs) else {"": int("a name stands twice")}

    told = json.loads(
        text,
        object_pairs_hook=once,
        parse_int=number(int),
        parse_float=number(finite),
        parse_constant=lambda sign: int(sign),
    )
    within, depth = [told], 0
    while within:
        within = [each for value in within for each in inner(value)]
        depth += 1
        if depth > DEEPEST:
            raise ValueError("it is nested too deep")
    if "\\u" in text:
        json.dumps(told, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
    return told


def holders(text: str) -> int:
    """Count the objects and arrays in JSON, strings left out where there may be many."""
    if text.count("[") + text.count("{") <= 64 + len(text) // 8:
        return 0
    parts = text.replace("\\\\", "").replace('\\"', "").split('"')
    return sum(part.count("[") + part.count("{") for part in parts[::2])


def finite(sign: str) -> float:
    """Return a number that is not beyond all bounds."""
    value = float(sign)
    return value if value - value == 0 else float("too large")


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


def from_base64url(text: str) -> bytes | None:
    """Return the bytes that base64url encodes (RFC 4648 section 5, not padded); None if none."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return data if urlsafe_b64encode(data).decode().rstrip("=") == text else None


def tells(data: bytes, value: Any) -> bool:
    """Tell whether these bytes are a value as bundles write JSON, writing no more than they are."""
    at = 0
    for piece in json.JSONEncoder(indent=1).iterencode(value):
        told = piece.encode()
        if not data.startswith(told, at):
            return False
        at += len(told)
    return data[at:] == b"\n"


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


def root_from(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Return the root that a path leads to from a leaf; None if it is too long or too short."""
    node = leaf
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
        own_id = hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + data).digest()[:4]
        if (
            not data
            or data[0] not in KINDS
            or len(data) != 1 + KINDS[data[0]][1]
            or own_id.hex() != key_id
            or not name
            or " " in name
            or not name.isprintable()
        ):
            wrong(f"{line!r:.60} is not a key to verify with")
        keys.append(Key(name, data[0], own_id, data[1:]))
    return keys


def key_text(given: str) -> str:
    """Read a file of keys; a key that was given as it is stands for itself."""
    with suppress(OSError, ValueError):
        if Path(given).is_file():  # a pipe would be waited for
            return Path(given).read_text("utf-8")
    return given


def made_by(key: Key, head: Head) -> list[bytes]:
    """Return the signatures by a key."""
    return [made for *who, made in head.signatures if who == [key.name, key.id]]


def is_good(key: Key, head: Head, made: bytes) -> bool | None:
    """Tell whether a key signed the head; None if that cannot be told here."""
    message, time = head.text.encode(), 1
    if key.kind != 1:
        time, made = int.from_bytes(made[:8], "big"), made[8:]
        if not 0 < time <= LATEST:
            return False
    if key.kind == 4:
        message = b"cosignature/v1\ntime %d\n" % time + message
    if key.kind == 6:
        name, origin = key.name.encode(), head.origin.encode()
        if max(len(name), len(origin)) > 255:
            return False
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
    return True


# Signatures of those who recorded (OpenSSH's PROTOCOL.sshsig), over the entry without what the
# ledger added to it: its number in the case, what it destroyed, which clock was accepted, when it
# was recorded, and the commitment to the signature itself.

ENTRY_HEAD = re.compile(
    rb'\{"event_id":"[0-9a-f-]{36}","case_id":"[a-z0-9._-]{1,64}",("version":[0-9]+,)"kind":"'
)
ENTRY_TAIL = re.compile(
    rb'((?:"destroyed":\{"texts":[0-9]+,"digest":"sha256:[0-9a-f]{64}"\},)?'
    rb'(?:"clock":\{"said":"[0-9TZ:.-]{27}","last":"[0-9TZ:.-]{27}"\},)?'
    rb'"recorded_at":"[0-9TZ:.-]{27}",)"_sd":\[([A-Za-z0-9_",-]+)\]\}'
)
STARTS = (b'"destroyed":{', b'"clock":{', b'"recorded_at":"')
ARMOR = re.compile(
    "-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n?"
)
SSH_CURVES = {
    "ecdsa-sha2-nistp256": "256",
    "ecdsa-sha2-nistp384": "384",
    "ecdsa-sha2-nistp521": "521",
}
SSH_CURVES["sk-ecdsa-sha2-nistp256@openssh.com"] = "256"
SSH_ED25519 = ("ssh-ed25519", "sk-ssh-ed25519@openssh.com")


def statement(entry: bytes, own: str) -> bytes:
    """Return what the recorder of an entry signed, by the commitment to the signature."""
    head = ENTRY_HEAD.match(entry)
    starts = (entry.rfind(start) for start in STARTS)
    tail = ENTRY_TAIL.fullmatch(entry, next((start for start in starts if start >= 0), 0))
    commitments = tail[2].split(b",") if tail else []
    if not head or not tail or b'"%b"' % own.encode() not in commitments:
        wrong("the event has a signature, and is not written as one that is signed")
    commitments.remove(b'"%b"' % own.encode())
    kept = entry[: head.start(1)] + entry[head.end(1) : tail.start(1)]
    return kept + b'"_sd":[' + b",".join(commitments) + b"]}"


class Wire:
    """Bytes that are read from the front (RFC 4251 section 5)."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def take(self, length: int) -> bytes:
        """Read as many bytes."""
        found, self.data = self.data[:length], self.data[length:]
        return found if len(found) == length else wrong("the event has a signature cut short")

    def string(self) -> bytes:
        """Read a string of bytes."""
        return self.take(int.from_bytes(self.take(4), "big"))

    def text(self) -> str:
        """Read a string of printable ASCII."""
        found = self.string().decode("latin-1")
        if not found.isascii() or not found.isprintable():
            wrong("the event has a signature with a name that is none")
        return found

    def integer(self) -> int:
        """Read a number above zero, without needless zeros."""
        found = self.string()
        value = int.from_bytes(found, "big")
        if not value or found[0] & 0x80 or value.bit_length() // 8 + 1 != len(found):
            wrong("the event has a signature with a number that is none")
        return value

    def end(self) -> None:
        """Check that nothing is left."""
        if self.data:
            wrong("the event has a signature with something behind it")


def recorder_signed(signature: Any, message: bytes) -> bool | None:
    """Tell whether a signature of OpenSSH's is over a message; None if that cannot be told here."""
    armor = ARMOR.fullmatch(signature.replace("\r\n", "\n")) if isinstance(signature, str) else None
    if not armor or len(signature) > 16 * 1024:
        wrong("the event has a signature that is not one of OpenSSH's")
    wire = Wire(from_base64(armor[1].replace("\n", "")))
    if wire.take(10) != b"SSHSIG\0\0\0\1":
        wrong("the event has a signature that is not one of OpenSSH's")
    key, namespace, reserved, hashed = Wire(wire.string()), wire.text(), wire.string(), wire.text()
    made = Wire(wire.string())
    wire.end()
    kind, algorithm = key.text(), made.text()
    algorithms = ("rsa-sha2-256", "rsa-sha2-512") if kind == "ssh-rsa" else (kind,)
    named = namespace == "answerable" and hashed in ("sha256", "sha512") and not reserved
    if not named or algorithm not in algorithms:
        wrong("the event has a signature that was made for something else, or not safely")
    parts: list[Any] = []
    if kind == "ssh-rsa":
        parts = [key.integer(), key.integer()]
        if not 2_048 <= parts[1].bit_length() <= 16_384:
            wrong("the event has a signature by a key of too few bits, or too many")
    elif kind in SSH_CURVES:
        parts = [key.string(), key.string()]
        if parts[0] != b"nistp" + SSH_CURVES[kind].encode() or parts[1][:1] != b"\x04":
            wrong("the event has a signature by a key that is none")
    elif kind in SSH_ED25519:
        parts = [key.string()]
    else:
        wrong("the event has a signature by a key of a kind that is not known here")
    device = kind.startswith("sk-")
    application = key.string() if device else b""
    key.end()
    digest = hashlib.new(hashed, message).digest()
    told = (namespace.encode(), b"", hashed.encode(), digest)
    signed = b"SSHSIG" + b"".join(len(each).to_bytes(4, "big") + each for each in told)
    signature = made.string()
    if device:
        flags, count = made.take(1), made.take(4)
        if not flags[0] & 1:
            wrong("the event has a signature by a security key that nobody touched")
        sums = [hashlib.sha256(each).digest() for each in (application, signed)]
        signed = sums[0] + flags + count + sums[1]
    made.end()
    numbers = []
    if kind in SSH_CURVES:
        pair = Wire(signature)
        numbers = [pair.integer(), pair.integer()]
        pair.end()
    return ssh_verified(kind, algorithm, parts, numbers, signature, signed)


def ssh_verified(
    kind: str, algorithm: str, parts: list[Any], numbers: list[int], made: bytes, signed: bytes
) -> bool | None:
    """Tell whether a key, by its parts, made a signature; None if that cannot be told here."""
    try:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
    except ImportError:
        return None
    key: Any
    try:
        if kind in SSH_ED25519:
            key = ed25519.Ed25519PublicKey.from_public_bytes(parts[0])
            key.verify(made, signed)
        elif kind == "ssh-rsa":
            key = rsa.RSAPublicNumbers(*parts).public_key()
            sha: Any = hashes.SHA256() if algorithm == "rsa-sha2-256" else hashes.SHA512()
            key.verify(made, signed, padding.PKCS1v15(), sha)
        else:
            curve, sha = {
                "256": (ec.SECP256R1(), hashes.SHA256()),
                "384": (ec.SECP384R1(), hashes.SHA384()),
                "521": (ec.SECP521R1(), hashes.SHA512()),
            }[SSH_CURVES[kind]]
            key = ec.EllipticCurvePublicKey.from_encoded_point(curve, parts[1])
            key.verify(utils.encode_dss_signature(*numbers), signed, ec.ECDSA(sha))
    except UnsupportedAlgorithm:
        return None
    except (InvalidSignature, ValueError):
        return False
    return True


# The checks: each yields what is wrong.


class Bundle:
    """A bundle, and the outcome of its checks."""

    def __init__(self, files: dict[str, bytes], keys: list[Key], page: bytes | None = None) -> None:
        self.files = files
        self.keys = keys
        self.page = page
        self.called = "bundle" if page is None else "report"
        self.always = [name for name in FIXED if page is None or name not in BESIDE]
        self.manifest = self.read_manifest()
        self.head = Head("", 0, b"", "", [])
        self.signers: list[Key] = []
        self.unchecked: list[str] = []
        self.entries: dict[int, dict[str, Any]] = {}
        self.ids: set[str] = set()
        self.texts: dict[int, dict[str, Any]] = {}
        self.signed: dict[int, str] = {}
        self.closed = 0
        checks = (
            self.attempt("manifest.json", None, self.check_files()),
            self.attempt("checkpoint", None, self.check_head()),
            self.attempt("keys.txt", None, self.check_keys()),
            self.check_entries(),
            self.check_case(),
            self.attempt("disclosures.json", None, self.check_texts()),
            self.check_recorders(),
            self.check_said(),
            self.check_stamps(),
            self.check_shown(),
        )
        # All checks run to their end, for later ones rest on what they read.
        self.problems: list[Problem] = []
        for problem in (problem for check in checks for problem in check):
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)
            elif len(self.problems) == MOST_PROBLEMS:
                self.problems.append(("manifest.json", None, "more is wrong, which is not listed"))
        if self.closed:
            self.unchecked.append(f"{self.closed} texts withheld or erased: what they say")
        if self.left_out():
            number = len(self.left_out())
            what = "what is told there, and what leads there"
            self.unchecked.append(f"{number} entries left out but for the hash: {what}")
        elif self.in_part():
            what = "what leads to other cases, of which a part is left out"
            self.unchecked.append(what)
        if any("signature" in fields for fields in self.texts.values()):
            self.unchecked.append("whether the keys that signed events may sign for who recorded")
        if any(name.startswith("timestamps/") for name in files):
            self.unchecked.append("who made the time stamps: openssl ts -verify does that")
        shown = "what the page shows, which nobody signed: what holds is the record embedded in it"
        beside = "README.txt, which nobody signed"
        if "report.html" in files:
            beside = "report.html and README.txt, which nobody signed"
        self.unchecked.append(beside if page is None else shown)
        self.unchecked.append("whether this program is what it should be")

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

    def left_out(self) -> list[int]:
        """Return the positions of the entries of the case of which the hash alone is here."""
        return sorted(int(name[7:-5]) for name in self.files if name.startswith("hashes/"))

    def in_part(self) -> bool:
        """Tell whether a part of a case is here: what its events refer to may not be."""
        return "left_out" in self.manifest or bool(self.left_out())

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
            wrong(f"the {self.called} is of another version than this program")
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
        for name in sorted({*listed, *self.always, *self.files} - {"manifest.json"}):
            if name not in self.files:
                yield name[:80], None, "the file is missing"
            elif name not in listed:
                yield name, None, "the manifest does not list the file"
            elif listed[name] != hashlib.sha256(self.files[name]).hexdigest():
                yield name, None, "the file is not the one that was packed"

    def check_head(self) -> Iterator[Problem]:
        """Check that a key of the log signed the head, and that no known key's signature is bad."""
        self.head = parse_head(self.file("checkpoint"))
        known = self.keys or self.named_keys()
        for name, key_id, made in self.head.signatures:
            keys = [key for key in known if (key.name, key.id) == (name, key_id)]
            if not keys:
                self.unchecked.append(f"a signature of {name}, key {key_id.hex()}: no key given")
            for key in keys:
                good = is_good(key, self.head, made)
                if good:
                    self.signers.append(key)
                elif good is None:
                    absent = "Python's package cryptography is absent or too old"
                    self.unchecked.append(f"{key}: {absent}")
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
        if sum(1 for line in lines if line and not line.startswith("#")) > MAX_SIGNATURES:
            wrong("it names more keys than can have signed")
        return parse_keys("\n".join(lines))

    def check_keys(self) -> Iterator[Problem]:
        """Check that each key that the bundle names signed the head."""
        for key in self.named_keys():
            good = [is_good(key, self.head, made) for made in made_by(key, self.head)]
            if key.name != self.head.origin or not good or False in good:
                yield "keys.txt", None, f"it names a key that did not sign the checkpoint: {key}"

    def check_entries(self) -> Iterator[Problem]:
        """Check that each entry has its proof, and each proof its entry."""
        for at in self.places():
            name = f"entries/{at:08d}.json"
            yield from self.attempt(name, at, self.check_entry(name, at))
        for at in self.left_out():
            name = f"hashes/{at:08d}.hash"
            yield from self.attempt(name, at, self.check_hash(name, at))
        proofs = {name for name in self.files if name.startswith("proofs/")}
        places = (*self.places(), *self.left_out())
        for name in sorted(proofs - {f"proofs/{at:08d}.proof" for at in places}):
            yield name, None, "it is the proof of no entry here"

    def check_entry(self, name: str, at: int) -> Iterator[Problem]:
        """Check that the entry is in the tree of the head, at its position."""
        if len(self.file(name)) > MAX_ENTRY:
            wrong("this is not an entry of a log: it is too long")
        entry = from_json(self.file(name))
        kinds = [type(entry.get(field)) for field in ENTRY]
        if kinds != [str, str, str, str, int, list] or not all(
            isinstance(each, str) for each in entry["_sd"]
        ):
            wrong("this is not an entry of a log")
        self.check_seals(entry)
        if entry["event_id"] in self.ids:
            wrong("its event id is that of an earlier entry here")
        self.ids.add(entry["event_id"])
        self.entries[at] = entry
        yield from self.check_proof(name, at, hashlib.sha256(b"\x00" + self.files[name]).digest())

    def check_hash(self, name: str, at: int) -> Iterator[Problem]:
        """Check that the hash of an entry that is left out is in the tree, at its position."""
        text = self.file(name).decode("ascii", "replace")
        leaf = from_base64(text[:-1]) if text.endswith("\n") else b""
        if len(leaf) != 32:
            wrong("this is not the hash of an entry")
        if f"entries/{at:08d}.json" in self.files:
            wrong("the entry is here, and is said to be left out")
        yield from self.check_proof(name, at, leaf)

    def check_proof(self, name: str, at: int, leaf: bytes) -> Iterator[Problem]:
        """Check that the proof of a position leads from this leaf to the root."""
        lines = self.file(f"proofs/{at:08d}.proof").decode("ascii", "replace").split("\n")
        if lines[:2] != ["c2sp.org/tlog-proof@v1", f"index {at}"] or lines[-2:] != ["", ""]:
            wrong("its proof is of another position, or none")
        path = [from_base64(line) for line in lines[2:-2]]
        if at >= self.head.size or any(len(each) != 32 for each in path):
            wrong("its proof is of another tree")
        if root_from(leaf, at, self.head.size, path) != self.head.root:
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
        """Check that the events are numbered without a gap, and that what they refer to is here.

        An entry that is left out has a number, too, and may be what is referred to.
        """
        last, left_out = 0, self.left_out()
        for at, entry in self.case().items():
            while left_out and left_out[0] < at:
                left_out.pop(0)
                last += 1
            name = f"entries/{at:08d}.json"
            if entry["version"] != last + 1:
                yield name, at, f"it is event {entry['version']} of the case, after event {last}"
            last = entry["version"]
            for value in [] if self.in_part() else [entry.get(field) for field in REFERENCES]:
                for each in value if isinstance(value, list) else [value]:
                    if isinstance(each, str) and each not in self.ids:
                        yield name, at, f"it refers to the event {each:.36}, which is not here"
        if not self.case():
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
            read = from_base64url(text) if isinstance(text, str) else None
            if read is None:
                wrong("a text is not base64url")
            digest = hashlib.sha256(text.encode()).digest()
            if urlsafe_b64encode(digest).decode().rstrip("=") != commitment:
                yield "disclosures.json", at, "a text is not what the entry commits to"
                return
            try:
                array = bounded_json(read.decode("utf-8"))
            except (ValueError, RecursionError):
                wrong("a text cannot be read")
            if not isinstance(array, list) or [type(each) for each in array[1:2]] != [str]:
                wrong("a text cannot be read")
            if len(array) != 3 or array[1] in opened or array[1] not in sealed_by(entry["kind"]):
                wrong(
                    f"two texts are of one field, or one of none that is sealed: {array[1]!r:.40}"
                )
            opened[array[1]] = array[2]
            if array[1] == "signature":
                self.signed[at] = commitment
        self.texts[at] = opened
        self.closed += given.count(None)

    def check_recorders(self) -> Iterator[Problem]:
        """Check that the signature of who recorded an event, where it is open, is over it."""
        for at in sorted(self.signed.keys() & self.texts.keys()):
            yield from self.attempt("disclosures.json", at, self.check_recorder(at))

    def check_recorder(self, at: int) -> Iterator[Problem]:
        """Check that the signature in the texts of an entry is over the entry."""
        message = statement(self.file(f"entries/{at:08d}.json"), self.signed[at])
        good = recorder_signed(self.texts[at]["signature"], message)
        if good is None:
            absent = "Python's package cryptography is absent or too old"
            self.unchecked.append(f"the signature of the event at position {at}: {absent}")
        elif not good:
            yield "disclosures.json", at, "the event has a signature that is not over it"

    def told(self, at: int, names: tuple[str, ...]) -> dict[str, Any]:
        """Return some fields of an entry, the sealed ones as far as they are open."""
        entry = {**self.texts.get(at, {}), **self.entries[at], "position": at}
        return {name: entry[name] for name in names if name in entry}

    def aimed(
        self, entries: dict[int, dict[str, Any]], field: str, *kinds: str
    ) -> dict[Any, list[int]]:
        """Return the positions of the events of some kinds, by the event that they act upon."""
        found: dict[Any, list[int]] = {}
        for at, entry in entries.items():
            if entry["kind"] in kinds and isinstance(entry.get(field), str):
                found.setdefault(entry[field], []).append(at)
        return found

    def derived(
        self, entries: dict[int, dict[str, Any]], kind: str, names: tuple[str, ...]
    ) -> Iterator[dict[str, Any]]:
        """Derive the bundle's list of a kind of events, with what was later said of them."""
        custody = self.aimed(entries, "evidence", "custody-transferred")
        amending = self.aimed(entries, "target", "correction", "dispute", "retraction")
        for at, entry in entries.items():
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
        exhibits = self.derived(own, "evidence-registered", EXHIBIT)
        adopted = self.derived(self.entries, "policy-adopted", POLICY)
        for name, derived in (("evidence.json", exhibits), ("policies.json", adopted)):
            if name in self.files and not tells(self.files[name], list(derived)):
                yield name, None, "it does not say what the entries say"
        truth: dict[str, Any] = {
            "positions": list(own),
            "others": [at for at in self.places() if at not in own],
            "disclosed": sum(map(len, self.texts.values())),
        }
        if self.head.origin:
            root = b64encode(self.head.root).decode()
            truth.update(origin=self.head.origin, size=self.head.size, root=root)
        if self.in_part():
            truth["left_out"] = self.left_out()
        for field, value in truth.items():
            if json.dumps(said.get(field)) != json.dumps(value):
                what = f"it says {field} otherwise than the rest of the {self.called}"
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

    def check_shown(self) -> Iterator[Problem]:
        """Check that a page reads as it was written, by the sums that it carries."""
        altered = [] if self.page is None else altered_parts(self.page)
        for each in altered or ():
            part = each.removeprefix("<>")
            which = {"": "the top of the page", "<title>": "the title"}.get(part)
            kind = "data" if part.startswith("#") else "part"
            which = which or f"the {kind} {part.removeprefix('#')!r:.60}"
            markup = "the markup of " if each.startswith("<>") else ""
            yield "page", None, f"{markup}{which} does not read as it was written"


# The report.


def write(text: str) -> None:
    """Write to who reads, if anybody does: the exit code is the verdict."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.write(text)


def say(text: str = "", indent: int = 0) -> None:
    """Write a text in lines of at most 80 signs, without what would move a terminal's cursor."""
    first, rest = " " * indent, " " * (indent and indent + 2)
    for at in range(0, len(text) or 1, 10_000):  # by parts, or a long text would take much memory
        part = "".join(sign if sign.isprintable() else " " for sign in text[at : at + 10_000])
        lines = textwrap.wrap(
            part, 80, initial_indent=rest if at else first, subsequent_indent=rest
        )
        write("\n".join(lines) + "\n")


def report(bundle: Bundle) -> None:
    """Say what was found."""
    head, case, texts = bundle.head, len(bundle.case()), sum(map(len, bundle.texts.values()))
    words = "the page" if bundle.page is not None else "report.html"
    if bundle.page is not None or words in bundle.files:
        say(
            f"WHAT {words.upper()} SAYS WAS NOT COMPARED with the record: `answerable verify` does "
            "that. What follows is about the record that lies here."
        )
    say(f"Case: {bundle.manifest['case']}")
    say(f"Log: {head.origin}, {head.size} entries, root {head.root.hex()}")
    say(f"Entries: {case} of the case, {len(bundle.entries) - case} of others, to read it by")
    if bundle.left_out():
        say(f"Left out: {len(bundle.left_out())} entries of the case; of each the hash is here")
    say(f"Texts: {texts} open, {bundle.closed} withheld or erased")
    for key in bundle.signers:
        say(
            f"Signed: {key}"
            + ("" if bundle.keys else f" (a key that only the {bundle.called} names)")
        )
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
            f"WHOSE LOG THIS IS WAS NOT CHECKED. Anyone can make a log and a {bundle.called}. Get "
            "the log's key from whoever runs it, by another way, and give it with --key."
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
    parser = argparse.ArgumentParser(description="Check an evidence bundle or a report.")
    here = Path(__file__).resolve().parent
    parser.add_argument(
        "bundle",
        nargs="?",
        default=here,
        type=Path,
        help="a zip, or the folder unpacked, or a report in HTML",
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
        bundle = Bundle(load(options.bundle), keys, page_in(options.bundle))
        if options.json:
            write(json.dumps(as_json(bundle)) + "\n")
        else:
            report(bundle)
            if options.read:
                read_aloud(bundle)
    except (Wrong, MemoryError) as error:
        if options.json:
            problem = {"file": None, "position": None, "what": str(error) or "out of memory"}
            write(json.dumps({"verified": False, "problems": [problem]}) + "\n")
        else:
            say(f"NOT VERIFIED: {str(error) or 'out of memory'}.")
        return 4
    return 4 if bundle.problems else 0


if __name__ == "__main__":
    code = main()
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    os._exit(code)  # whether or not anybody reads to the end
