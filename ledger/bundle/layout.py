"""The evidence bundle of a case: what one zip holds, and how it is read.

It holds the entries of a case, their proofs, the texts that may be disclosed, what follows from
these, and the signed head of the log that it all hangs on; docs/bundles.md has every file.
`answerable.ledger.bundle.writer` makes bundles, `answerable.ledger.bundle.verify` checks them, and
`answerable.ledger.bundle.standalone_verifier`, which lies in every one of them, does so without
answerable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from answerable.domain.record import RecordedEvent
from answerable.ledger.bundle.bounded_json import bounded_json
from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.entry.codec import MAX_ENTRY
from answerable.ledger.entry.seals import fields_problem
from answerable.ledger.errors import MalformedNote
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import MAX_SIGNATURES, Note, VerifierKey, decode_base64

FORMAT = "answerable-bundle"
VERSION = 1

MANIFEST, CHECKPOINT, KEYS = "manifest.json", "checkpoint", "keys.txt"
DISCLOSURES, EVIDENCE, POLICIES = "disclosures.json", "evidence.json", "policies.json"
README, VERIFIER, REPORT = "README.txt", "verify.py", "report.html"
ALWAYS = (README, CHECKPOINT, DISCLOSURES, EVIDENCE, KEYS, MANIFEST, POLICIES, VERIFIER)
"""The files that every zip of a bundle has. A report to be read may lie beside them."""

BESIDE = (README, EVIDENCE, POLICIES, VERIFIER, REPORT)
"""The files that a page leaves out: they make sense only beside it, or follow from the rest."""

IN_PAGE = (CHECKPOINT, DISCLOSURES, KEYS, MANIFEST)
"""The files that every bundle in a page has."""

STANDALONE_VERIFIER = Path(__file__).with_name("standalone_verifier.py")
"""The program that goes into a bundle as verify.py."""

ENTRY = re.compile(r"entries/([0-9]+)\.json")
LEFT_OUT = re.compile(r"hashes/([0-9]+)\.hash")
STAMP = re.compile(r"timestamps/([0-9]+)\.(?:note|tst)")

MANIFEST_TYPES: Mapping[str, type] = {
    "origin": str,
    "case": str,
    "size": int,
    "root": str,
    "positions": list,
    "others": list,
    "disclosed": int,
    "withheld": dict,
    "erased": dict,
    "files": dict,
}
"""The fields of a manifest beside its format and version."""

HIDDEN = "left_out"
"""The field of a manifest that lists the entries left out, where a part of a case is given."""

HASH_SIZE = 32
"""The bytes of a hash of the tree."""

ENTRY_TYPES: Mapping[str, type] = {
    "event_id": str,
    "case_id": str,
    "version": int,
    "kind": str,
    "recorded_at": str,
    "_sd": list,
}
"""The fields of every entry."""


def entry_name(position: int) -> str:
    """Return the name of an entry's file."""
    return f"entries/{position:08d}.json"


def proof_name(position: int) -> str:
    """Return the name of its proof's file: a `.tlog-proof` up to the checkpoint, a file apart."""
    return f"proofs/{position:08d}.proof"


def hash_name(position: int) -> str:
    """Return the name of the file that holds the hash of an entry that is left out."""
    return f"hashes/{position:08d}.hash"


def leaf_hash_in(data: bytes) -> bytes:
    """Read the hash of an entry that is left out: a line of base64 (RFC 6962, the leaf's hash).

    Raises:
        MalformedBundle: it is none.
    """
    text = data.decode("ascii", "replace")
    found = decode_base64(text[:-1]) if text.endswith("\n") else None
    if found is None or len(found) != HASH_SIZE:
        raise MalformedBundle("this is not the hash of an entry.")
    return found


def stamp_names(number: int) -> tuple[str, str]:
    """Return the names of the files of a time-stamp token and of the note that it stamps."""
    return f"timestamps/{number}.tst", f"timestamps/{number}.note"


class Bundle(NamedTuple):
    """A bundle that was read. Nothing in it is checked.

    Attributes:
        files: what is in the zip, by name.
        manifest: what the bundle says of itself.
        head: the head of the log that it hangs on; None where the checkpoint cannot be read.
        entries: those that can be read, in the order of the log; of one event id, the first.
        in_page: whether a page carries it, as a report does.
    """

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    head: Checkpoint | None
    entries: tuple[RecordedEvent, ...]
    in_page: bool = False

    @property
    def called(self) -> str:
        """Return what whoever checks it has at hand: a report or a bundle."""
        return "report" if self.in_page else "bundle"

    @property
    def always(self) -> tuple[str, ...]:
        """Return the files that it must have."""
        return IN_PAGE if self.in_page else ALWAYS

    @property
    def case(self) -> tuple[RecordedEvent, ...]:
        """Return the entries of the case that the bundle is of."""
        return tuple(each for each in self.entries if each.case_id == self.manifest["case"])

    @property
    def positions(self) -> list[int]:
        """List the positions of the entries in the log, by the names of their files."""
        return sorted(int(found[1]) for found in map(ENTRY.fullmatch, self.files) if found)

    @property
    def left_out(self) -> list[int]:
        """List the positions of the entries of the case of which the hash alone is here."""
        return sorted(int(found[1]) for found in map(LEFT_OUT.fullmatch, self.files) if found)

    @property
    def in_part(self) -> bool:
        """Tell whether a part of a case is here: what its events refer to may not be."""
        return HIDDEN in self.manifest or bool(self.left_out)

    @property
    def stamps(self) -> list[int]:
        """List the numbers of the time stamps, by the names of their files."""
        return sorted({int(found[1]) for found in map(STAMP.fullmatch, self.files) if found})

    @property
    def note(self) -> bytes:
        """Return the signed checkpoint, as it is; nothing, if it is not there."""
        return self.files.get(CHECKPOINT, b"")

    def file(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            MalformedBundle: it is not there.
        """
        if name not in self.files:
            raise MalformedBundle(f"{name} is missing.")
        return self.files[name]

    def named_keys(self) -> list[VerifierKey]:
        """Return the keys of the log that the bundle names.

        Raises:
            MalformedNote: it tells something else.
        """
        try:
            lines = self.files.get(KEYS, b"").decode("ascii").split("\n")
        except UnicodeDecodeError:
            lines = ["\0"]
        if any(line != line.strip() or not line.isprintable() for line in lines):
            raise MalformedNote("a line of it is not a key to verify with.")
        vkeys = [line for line in lines if line and not line.startswith("#")]
        if len(vkeys) > MAX_SIGNATURES:
            raise MalformedNote(f"it names {len(vkeys):,} keys, more than can have signed.")
        return [VerifierKey.parse(vkey) for vkey in vkeys]


def read_bundle(files: Mapping[str, bytes], *, in_page: bool = False) -> Bundle:
    """Read a bundle from its files, of a zip or in a page.

    Raises:
        MalformedBundle: it is not one, or of a version not known here.
    """
    try:
        head = Checkpoint.parse(Note.parse(files.get(CHECKPOINT, b"")).text)
    except MalformedNote:
        head = None
    return Bundle(files, _manifest(files), head, tuple(_entries(files)), in_page)


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in files:
        raise MalformedBundle(
            f"this is not an evidence bundle: {MANIFEST} is missing.",
            cli_hint="`answerable export --case CASE --bundle FILE` makes one.",
        )
    manifest = read_object(MANIFEST, files[MANIFEST])
    if manifest.get("format") != FORMAT:
        raise MalformedBundle(f"{MANIFEST} is not that of an evidence bundle.")
    if manifest.get("version") != VERSION:
        raise MalformedBundle(
            f"the bundle is of version {manifest.get('version')!r:.20}; this version of answerable "
            f"reads version {VERSION}.",
            hint="Use the verify.py inside, or another version of answerable.",
        )
    if wrong := mistyped(manifest, MANIFEST_TYPES):
        raise MalformedBundle(f"{MANIFEST} does not say {wrong} as it should.")
    return manifest


def _entries(files: Mapping[str, bytes]) -> Iterator[RecordedEvent]:
    """Yield the entries that can be read, in the order of the log: of one event id, the first."""
    ids: set[str] = set()
    for _, name in sorted(
        (int(found[1]), found[0]) for found in map(ENTRY.fullmatch, files) if found
    ):
        try:
            entry = read_entry(name, files[name])
        except MalformedBundle:
            continue
        if entry.event_id not in ids:
            ids.add(entry.event_id)
            yield entry


def read_entry(name: str, content: bytes) -> RecordedEvent:
    """Read the entry in a file.

    Raises:
        MalformedBundle: it is not one, or the file is not named as it should be.
    """
    found = ENTRY.fullmatch(name)
    if found is None or name != entry_name(int(found[1])) or len(content) > MAX_ENTRY:
        raise MalformedBundle("this is not an entry of a log.")
    fields = read_object(name, content)
    if mistyped(fields, ENTRY_TYPES):
        raise MalformedBundle("this is not an entry of a log.")
    if problem := fields_problem(fields):
        raise MalformedBundle(f"the entry {problem}.")
    return RecordedEvent(int(found[1]), fields["kind"], fields)


def read_object(name: str, data: bytes) -> dict[str, Any]:
    """Read the object in a JSON file of a bundle.

    Raises:
        MalformedBundle: it is not JSON in UTF-8, no object, or a name stands twice in one.
    """
    try:
        found = bounded_json(data.decode())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise MalformedBundle(f"{name} is not an object in JSON, or says a thing twice.")
    return found


def mistyped(fields: Mapping[str, Any], types: Mapping[str, type]) -> str | None:
    """Return the first of the fields that is absent or of another type; None if none is."""
    return next((name for name, kind in types.items() if type(fields.get(name)) is not kind), None)
