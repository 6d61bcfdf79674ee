"""Allowed signers: who may sign as whom, in OpenSSH's format (ssh-keygen(1), ALLOWED SIGNERS).

    # principals                options                       key
    jane@example.com            namespaces="answerable"       ssh-ed25519 AAAA…
    *@audit.example.com,!x@*    valid-before="20270101Z"      ssh-ed25519 AAAA… a comment

A line is read as OpenSSH reads it, and one that OpenSSH passes over is passed over here, with a
remark that says why. Two things differ. Certificates are not accepted, so a line of a
`cert-authority` never matches. And a key's time is judged at the moment at which the event was
recorded, in whole seconds as OpenSSH counts, not at the present.

A time without `Z` is in the time zone of the machine that reads it, as in OpenSSH, so two machines
can come to two verdicts: that is remarked upon, too. Texts are compared byte by byte.
"""

from __future__ import annotations

import re
import time
from calendar import timegm
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.actors.errors import MalformedSignature, NoSigners, NotAllowed
from answerable.ledger.actors.sshsig import KINDS, NAMESPACE, PublicKey, public_key
from answerable.ledger.system.regular_file import SAVE_AS_UTF8, encoding_mark, read_regular
from answerable.ledger.tlog.note import decode_base64

LONGEST = 16 * 1024 * 1024
"""The longest file that is read, in bytes."""

LONGEST_PATTERN = 1_022
"""A pattern that is longer matches nothing, nor does any behind it, as in OpenSSH."""

SPACE = b" \t\r\n"
PRINCIPALS = re.compile(rb'(?P<bare>[^ \t\r\n"]*+)(?:"(?P<quoted>[^"]*+)")?[ \t\r\n]*')
OPTIONS = re.compile(rb'((?:\\"|"(?:\\"|[^"])*+"|[^ \t"])++)[ \t]+')
OPTION = re.compile(
    rb"(?P<authority>cert-authority)"
    rb'|(?P<name>namespaces|valid-after|valid-before)="(?P<value>(?:\\"|[^"])*+)"',
    re.IGNORECASE,
)
TIME = re.compile(
    rb"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    rb"(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?(?P<utc>Z|UTC)?",
    re.IGNORECASE,
)
WHO = re.compile(r".*<([^<>]+)>\s*", re.DOTALL)


class AllowedSigner(NamedTuple):
    """A line of the file: a key, and whom and what it may sign for.

    Attributes:
        line: its number in the file, from 1.
        principals: patterns of those it may sign for.
        key: the key, as it is on the wire.
        namespaces: patterns of what it may sign for; None for all.
        valid_after: from when it may sign, in seconds of POSIX time; None: from ever.
        valid_before: until when, that second included; None: for ever.
    """

    line: int
    principals: bytes
    key: bytes
    namespaces: bytes | None = None
    valid_after: int | None = None
    valid_before: int | None = None


class AllowedSigners(NamedTuple):
    """The actors and the keys they may sign with, and remarks upon the file that says so."""

    signers: tuple[AllowedSigner, ...]
    remarks: tuple[str, ...] = ()

    @classmethod
    def read(cls, place: Path) -> AllowedSigners:
        """Read the allowed signers in a file.

        Raises:
            NoSigners: there is no such file, or it cannot be read.
        """
        try:
            data = read_regular(place, LONGEST)
        except OSError as error:
            raise NoSigners(
                f"the allowed signers at {place} cannot be read: {error.strerror}.",
                hint="Write a line for each key: jane@example.com ssh-ed25519 AAAA…",
            ) from None
        if len(data) > LONGEST:
            raise NoSigners(f"{place} is too long for a file of allowed signers.")
        if mark := encoding_mark(data):
            raise NoSigners(f"the allowed signers at {place}: {mark}.", hint=SAVE_AS_UTF8)
        return cls.parse(data)

    @classmethod
    def parse(cls, data: bytes) -> AllowedSigners:
        """Read the allowed signers in a text. A line that is none becomes a remark."""
        signers: list[AllowedSigner] = []
        remarks: list[str] = []
        for number, line in enumerate(data.split(b"\n"), 1):
            text = line.strip(SPACE)
            if not text or text.startswith(b"#"):
                continue
            try:
                found, remark = _parse_line(number, text)
            except ValueError as error:
                remarks.append(f"line {number} is passed over: {error}")
                continue
            signers.append(found)
            if remark:
                remarks.append(f"line {number}: {remark}")
        return cls(tuple(signers), tuple(remarks))

    def check(self, who: str, key: PublicKey, at: datetime) -> None:
        """Check that a key may sign for someone, to record an event, at a moment.

        Raises:
            NotAllowed: it may not; the message says why.
        """
        name = principal_of(who)
        second = int(at.timestamp())
        reasons = {
            reason
            for each in self.signers
            if each.key == key.blob and matches_patterns(name.encode(), each.principals)
            for reason in (_reason_against(each, second),)
        }
        if "" in reasons:
            return
        why = " and ".join(sorted(reasons)) or "no line allows it"
        raise NotAllowed(
            f"the key {key.fingerprint} may not sign for {name}: {why}.",
            hint="Who may sign for whom stands in the file of allowed signers.",
        )


def principal_of(who: str) -> str:
    """Return the name in allowed signers: of `Jane Doe <jane@example.com>`, the address."""
    address = WHO.fullmatch(who)
    return address[1] if address else who


def matches_patterns(text: bytes, patterns: bytes) -> bool:
    """Tell whether a text fits one of the patterns (`*`, `?`), and none that `!` precedes."""
    fits = False
    for pattern in patterns.removesuffix(b",").split(b","):
        negated = pattern.startswith(b"!")
        if len(pattern) - negated > LONGEST_PATTERN:
            return False
        if _compile_pattern(pattern[negated:]).fullmatch(text):
            if negated:
                return False
            fits = True
    return fits


@lru_cache(maxsize=4_096)
def _compile_pattern(pattern: bytes) -> re.Pattern[bytes]:
    first, *parts = [re.escape(part).replace(rb"\?", b".") for part in pattern.split(b"*")]
    if not parts:
        return re.compile(first, re.DOTALL)
    # Each part is taken where it first fits, and never given back: no pattern takes long.
    between = b"".join(b"(?>.*?" + part + b")" for part in parts[:-1])
    return re.compile(first + between + b".*" + parts[-1], re.DOTALL)


def _reason_against(signer: AllowedSigner, second: int) -> str:
    """Return why someone's key may not sign at a second all the same; empty if it may."""
    if signer.namespaces is not None and not matches_patterns(
        NAMESPACE.encode(), signer.namespaces
    ):
        return f"line {signer.line} does not allow it to sign for {NAMESPACE!r}"
    if signer.valid_after is not None and second < signer.valid_after:
        return f"line {signer.line} makes it valid only later"
    if signer.valid_before is not None and second > signer.valid_before:
        return f"by line {signer.line} it was no longer valid"
    return ""


def _parse_line(number: int, line: bytes) -> tuple[AllowedSigner, str]:
    """Read the signer that a line gives, and a remark upon it, empty where there is none.

    Raises:
        ValueError: it tells none.
    """
    begins = PRINCIPALS.match(line)
    if begins is None or b"\0" in line:
        raise ValueError("it is not a line of principals, options and key.")
    principals = begins["bare"] + (begins["quoted"] or b"")
    rest = line[begins.end() :]
    if begins["quoted"] is None and rest.startswith(b'"'):
        raise ValueError("a quotation mark is not closed.")
    key = _parse_key(rest)
    if key is not None:
        return AllowedSigner(number, principals, key), ""
    options = OPTIONS.match(rest)
    key = None if options is None else _parse_key(rest[options.end() :])
    if options is None or key is None:
        raise ValueError("it holds no key that is accepted.")
    given = dict(_parse_options(options[1]))
    if "cert-authority" in given:
        raise ValueError("certificates are not accepted.")
    after, before = (given.get(name) for name in ("valid-after", "valid-before"))
    signer = AllowedSigner(
        number, principals, key, given.get("namespaces"), _parse_time(after), _parse_time(before)
    )
    if signer.valid_after and signer.valid_before and signer.valid_before <= signer.valid_after:
        raise ValueError("it ends before it begins.")
    local = any(each and not each.upper().endswith((b"Z", b"UTC")) for each in (after, before))
    return signer, ZONELESS if local else ""


ZONELESS = (
    "a time without a zone is read in the time zone of this machine, and may be another elsewhere; "
    "end it in Z."
)


def _parse_key(text: bytes) -> bytes | None:
    """Return the key that a text begins with, as on the wire; None if no accepted one does."""
    kind, *rest = re.split(rb"[ \t]+", text, maxsplit=2)
    if not rest or kind.decode("latin-1") not in KINDS:
        return None
    blob = decode_base64(rest[0].decode("latin-1"))
    try:
        key = None if blob is None else public_key(blob)
    except MalformedSignature:
        return None
    return blob if key is not None and key.kind.encode() == kind else None


def _parse_options(text: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the options in a text. As OpenSSH reads them, one between two commas may be empty."""
    at, seen = 0, set()
    while at < len(text):
        option = OPTION.match(text, at)
        if option is not None:
            name = "cert-authority" if option["authority"] else option["name"].decode().lower()
            if name in seen and not option["authority"]:
                raise ValueError(f"the option {name} stands there twice.")
            seen.add(name)
            yield name, (option["value"] or b"").replace(rb"\"", b'"')
            at = option.end()
            if at == len(text):
                return
        if text[at : at + 1] != b",":
            raise ValueError("an option is unknown, or its value is not in quotation marks.")
        at += 1
    raise ValueError("its options end in a comma.")


def _parse_time(text: bytes | None) -> int | None:
    """Read a time of OpenSSH's, as seconds of POSIX time."""
    if text is None:
        return None
    parts = TIME.fullmatch(text)
    if parts is None:
        raise ValueError("a time is not written YYYYMMDD[HHMM[SS]][Z].")
    names = ("year", "month", "day", "hour", "minute", "second")
    year, month, day, hour, minute, second = (int(parts[name] or 0) for name in names)
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 62):
        raise ValueError("a time is none.")
    if parts["utc"]:
        found = timegm((year, month, day, hour, minute, second))
    else:
        # As OpenSSH asks for it: never in summer time.
        found = int(time.mktime((year, month, day, hour, minute, second, 0, 0, 0)))
    if found <= 0:
        raise ValueError("a time is before 1970.")
    return found
