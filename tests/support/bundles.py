"""A signed ledger with a case worth a bundle, and bundles taken apart, altered and packed again."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.signed_ledger import first_keys

from answerable.domain.parsing import parse
from answerable.ledger.bundle import inventory, layout, zip_file
from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.in_page.embedded import CLOSING, OPENING, embedded, page_files
from answerable.ledger.bundle.in_page.extracted import extracted, is_page
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.bundle.writer import MadeBundle, Withheld, make_bundle
from answerable.ledger.checkpoints import signing
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.note import VerifierKey
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.trust import Trust

STARTED = datetime(2026, 2, 1, tzinfo=UTC)
ZEROS = "0" * 64

Files = dict[str, bytes]

STEPS: tuple[dict[str, Any], ...] = (
    {
        "as": "registered",
        "case_id": "house",
        "kind": "party-registered",
        "party": "p-9",
        "type": "person",
        "name": "Jane Doe-Ravenscroft",
    },
    {
        "case_id": "house",
        "kind": "party-registered",
        "party": "p-77",
        "type": "person",
        "name": "Someone Else",
    },
    {
        "as": "policy",
        "case_id": "house",
        "kind": "policy-adopted",
        "policy": "conduct",
        "policy_version": "1",
        "text": "Nobody takes gifts.",
    },
    {
        "case_id": "house",
        "kind": "correction",
        "target": "@registered",
        "fields": {"name": "Jane Ravenscroft"},
    },
    {
        "case_id": "acme",
        "kind": "case-opened",
        "title": "Gifts from a supplier",
        "jurisdiction": "eu",
    },
    {"as": "elsewhere", "case_id": "other", "kind": "case-opened", "title": "Not to be told"},
    {
        "as": "memo",
        "case_id": "acme",
        "kind": "evidence-registered",
        "digest": f"sha256:{ZEROS}",
        "media_type": "application/pdf",
        "size": 9,
        "description": "A memo",
        "location": "Room 5",
        "collected_by": "p-9",
    },
    {
        "case_id": "acme",
        "kind": "custody-transferred",
        "evidence": "@memo",
        "from": "p-9",
        "to": "p-8",
        "location": "Room 6",
    },
    {
        "as": "finding",
        "case_id": "acme",
        "kind": "finding-made",
        "subject": "p-9",
        "outcome": "substantiated",
        "responsibility": "direct",
        "conduct": "took a watch",
        "basis": ["@memo", "@elsewhere"],
    },
    {
        "case_id": "acme",
        "kind": "correction",
        "target": "@memo",
        "fields": {"media_type": "text/plain"},
        "reason": "It is plain text.",
    },
    {
        "case_id": "acme",
        "kind": "sanction-imposed",
        "subject": "p-9",
        "measure": "written-warning",
        "basis": ["@finding"],
    },
)


def signed_ledger(
    folder: Path,
    steps: Iterable[Mapping[str, Any]] = STEPS,
    *,
    sign: bool = True,
    clock: Callable[[], datetime] | None = None,
) -> tuple[Ledger, list[Signer]]:
    """A ledger of these events, its head signed; and its keys. Close it after use.

    Unless a clock is given, they are recorded minute after minute from `STARTED` on.
    """
    minutes = Minutes()
    ledger = Ledger.create(folder / "answerable.db", clock=clock or minutes)
    signers = first_keys(ledger)
    record(ledger, minutes.of_each(steps))
    if sign:
        sign_head(ledger, folder, signers)
    return ledger, signers


class Minutes:
    """A clock that tells one minute while a step is recorded, however often it is asked.

    Between steps it goes on each time it is asked. A server may draft an append twice.
    """

    def __init__(self) -> None:
        self._number = -1
        self._held = False

    def __call__(self) -> datetime:
        if not self._held:
            self._number += 1
        return STARTED + timedelta(minutes=self._number)

    def of_each(self, steps: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Yield steps, each at the next minute."""
        self._held = True
        for step in steps:
            self._number += 1
            yield step
        self._held = False


def record(ledger: Ledger, steps: Iterable[Mapping[str, Any]], who: str = "clerk Quill") -> None:
    """Record events; `@label` stands for the id of the event that is `as` label."""
    ids: dict[str, str] = {}
    for step in steps:
        fields = json.loads(
            json.dumps({name: value for name, value in step.items() if name != "as"}),
            object_hook=lambda found: {name: _linked(value, ids) for name, value in found.items()},
        )
        receipt = ledger.append(parse(fields), recorded_by=who)
        ids[str(step.get("as"))] = receipt.event_id


def _linked(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_linked(each, ids) for each in value]
    return ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def sign_head(ledger: Ledger, folder: Path, signers: list[Signer]) -> SignedCheckpoint:
    """Sign the head as it is now, always at the same time."""
    return signing.sign_head(ledger, signers, folder / "memory.signed", clock=lambda: STARTED)


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None], *, relist: bool) -> bytes:
    """A bundle with its files changed; if `relist`, its manifest lists them as they are now."""
    files = zip_file.unpack(data)
    change(files)
    if relist:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = {
            name: sha256(files[name]).hexdigest()
            for name in sorted(files)
            if name != "manifest.json"
        }
        files["manifest.json"] = inventory.json_file(manifest)
    return zip_file.pack(files, zip_file.folder_of("acme"))


def everything_in(data: bytes) -> bytes:
    """All that a bundle tells: its files, and what base64 hides in them."""
    return everything_told(zip_file.unpack(data))


def everything_told(files: Files) -> bytes:
    """All that the files of a bundle tell, and what base64 hides in them."""
    told = json.loads(files["disclosures.json"])
    texts = [text for given in told.values() for text in given if text is not None]
    opened = [urlsafe_b64decode(text + "=" * (-len(text) % 4)) for text in texts]
    return b"\n".join((*files.values(), *opened))


def as_page(data: bytes) -> bytes | None:
    """A page that carries the bundle in a zip, if it can be unpacked, and nothing else."""
    if is_page(data):
        return None
    try:
        files = zip_file.unpack(data)
    except MalformedBundle:
        return None
    carried = {name: files[name] for name in files if name not in layout.BESIDE}
    with suppress(MalformedBundle, KeyError, AttributeError):  # Its manifest is none.
        carried = page_files(files)
    return f"<!doctype html>{OPENING}{embedded(carried)}{CLOSING}".encode()


Place = tuple[str | None, int | None]
"""A file of a bundle, and a position in the log."""


def found_by_answerable(data: bytes, given: Iterable[VerifierKey]) -> dict[Place, set[str]]:
    """Where `answerable verify` finds something wrong, and the names of what it finds there.

    The bundle is a zip, or in a page.
    """
    page = data if is_page(data) else None
    try:
        read = data if page is None else extracted(page)
        problems = verify_bundle(read, Trust(list(given)), page=page).problems
    except MalformedBundle as refusal:
        return {(None, None): {type(refusal).__name__}}
    found: dict[Place, set[str]] = {}
    for file, position, error in problems:
        found.setdefault((file, position), set()).add(type(error).__name__)
    return found


def found_by_stranger(data: bytes, given: Iterable[VerifierKey], folder: Path) -> set[Place]:
    """Where the verifier inside a bundle finds something wrong, in a zip or in a page."""
    place = folder / "given.zip"
    place.write_bytes(data)
    told = [stranger.parse_keys(str(key))[0] for key in given]
    try:
        problems = stranger.Bundle(stranger.load(place), told, stranger.page_in(place)).problems
    except stranger.Wrong:
        return {(None, None)}
    return {(file, position) for file, position, _ in problems}


class Packed(NamedTuple):
    """A ledger, its keys, and the bundle of its case."""

    folder: Path
    ledger: Ledger
    signers: list[Signer]
    made: MadeBundle

    @property
    def keys(self) -> list[VerifierKey]:
        return [signer.key for signer in self.signers]

    def wrong(self, data: bytes, keys: list[VerifierKey] | None = None) -> dict[Any, set[str]]:
        """Return what is wrong with a bundle, after making sure that both verifiers say so.

        They say so too when a page carries it, but for the files that no page does.
        """
        given = self.keys if keys is None else keys
        found = found_by_answerable(data, given)
        assert found_by_stranger(data, given, self.folder) == found.keys()
        page = as_page(data)
        if page is not None:
            carried = {place: found[place] for place in found if place[0] not in layout.BESIDE}
            assert found_by_answerable(page, given) == carried
            assert found_by_stranger(page, given, self.folder) == carried.keys()
        return found


@contextmanager
def packed_case(folder: Path) -> Iterator[Packed]:
    """The case of `STEPS` in a signed ledger, and its bundle."""
    ledger, signers = signed_ledger(folder)
    with ledger:
        yield Packed(folder, ledger, signers, make_bundle(ledger, "acme", Withheld()))


def told(files: Files, name: str) -> Any:
    return json.loads(files[name])


def retold(files: Files, name: str, **changes: Any) -> None:
    files[name] = inventory.json_file({**told(files, name), **changes})
