"""Verifying the evidence bundle of a case, with no ledger at hand.

Nothing in a bundle is believed. Each entry is held against its proof, each proof against the root,
the root against the signatures, each text against its commitment, and what the bundle says of
itself against all of these. All that is wrong is listed, by file and position.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from typing import Any, NamedTuple

from answerable.domain.record import SIGNATURE
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.verify import SignatureCheck, check_signature
from answerable.ledger.bundle import inventory, layout, zip_file
from answerable.ledger.bundle.errors import (
    EntriesMissing,
    FileAltered,
    MalformedBundle,
    ManifestDiffers,
    PageAltered,
    SignedByAnother,
)
from answerable.ledger.bundle.in_page.shown import altered_parts, called
from answerable.ledger.bundle.layout import Bundle
from answerable.ledger.bundle.stamps import check_stamps
from answerable.ledger.bundle.texts import BundleProblem, Texts, open_texts
from answerable.ledger.errors import NotVerified, ProofFails, UnknownSigner
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.inclusion import InclusionProof, check_inclusion
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.note_signatures import open_note
from answerable.ledger.tlog.trust import Trust, VerifiedCheckpoint, verify_checkpoint

MOST_PROBLEMS = 1_000
"""The most that is listed: a few bytes of a bundle can be wrong in a way that takes a thousand."""


OF_WORDS = "what the page shows"
"""Begin what is said of the words of a page that were held against nothing but sums."""


class BundleReport(NamedTuple):
    """The outcome of verifying a bundle.

    Attributes:
        bundle: what was read.
        texts: the sealed fields that are open, by position.
        closed: how many texts are withheld or erased.
        signed: who signed the checkpoint; None if it is not vouched for.
        trusted: whether it was held against keys of the caller's. If not, against the bundle's own.
        actors: what the signatures of those who recorded came to, by position.
        stamps: when time-stamp tokens say that the checkpoint was there.
        problems: all that is wrong.
        unchecked: what could not be checked, in words.
    """

    bundle: Bundle
    texts: Texts
    closed: int
    signed: VerifiedCheckpoint | None
    trusted: bool
    actors: dict[int, SignatureCheck]
    stamps: tuple[datetime, ...]
    problems: tuple[BundleProblem, ...]
    unchecked: tuple[str, ...]

    @property
    def verified(self) -> bool:
        """Tell whether all that could be checked is as it should be."""
        return not self.problems


def verify_bundle(
    given: bytes | Mapping[str, bytes],
    trust: Trust,
    signers: AllowedSigners | None = None,
    *,
    page: bytes | None = None,
) -> BundleReport:
    """Verify a bundle.

    Args:
        given: the zip, or its files, by name, from a folder or a page.
        trust: whom one trusts to speak for the log. Where it names no key of a log, the head is
            held against the keys that the bundle itself names, which anyone can have put there.
        signers: who may sign events as whom. Without it, only whether signatures fit is checked.
        page: the page that carries these files (`answerable.ledger.bundle.in_page.extracted`), if
            one does.

    Raises:
        MalformedBundle: it is not a bundle at all, or of a version not known here.
    """
    packed = given if isinstance(given, bytes) else None
    files = zip_file.unpack(given) if isinstance(given, bytes) else given
    bundle = layout.read_bundle(files, in_page=page is not None)
    altered = [] if page is None else altered_parts(page)
    signed, unsigned = _signatures_of_head(bundle, trust)
    texts, closed, others = open_texts(bundle)
    stamps = check_stamps(bundle)
    checked = _signatures_of_recorders(bundle, texts, signers)
    problems = chain(
        _files(bundle),
        unsigned,
        _keys(bundle),
        _inclusions(bundle),
        _numbering(bundle),
        _references(bundle),
        others,
        _misattributed(checked),
        _derived(bundle, texts),
        _manifest(bundle, texts, closed),
        stamps.problems,
        _reading_otherwise(altered or ()),
    )
    return BundleReport(
        bundle,
        texts,
        closed,
        signed,
        bool(trust.keys),
        checked,
        tuple(stamps.times),
        tuple(_first(problems)),
        (
            *_unattributed(checked),
            *stamps.unread,
            *_unchecked(bundle, packed, trust, closed),
            *(() if page is None else _unsigned_words(summed=altered is not None)),
        ),
    )


def _first(problems: Iterator[BundleProblem]) -> Iterator[BundleProblem]:
    """Yield the first problems, and say if there are more."""
    yield from islice(problems, MOST_PROBLEMS)
    if next(problems, None) is not None:
        more = MalformedBundle("more is wrong, which is not listed.")
        yield BundleProblem(layout.MANIFEST, None, more)


def _files(bundle: Bundle) -> Iterator[BundleProblem]:
    """Hold the files against the manifest: none more, none fewer, none other."""
    listed = bundle.manifest["files"]
    for name in sorted({*listed, *bundle.always} - bundle.files.keys()):
        yield BundleProblem(f"{name:.80}", None, MalformedBundle("the file is missing."))
    for name in sorted(bundle.files.keys() - {layout.MANIFEST}):
        if name not in listed:
            yield BundleProblem(name, None, MalformedBundle("the manifest does not list the file."))
        elif listed[name] != sha256(bundle.files[name]).hexdigest():
            yield BundleProblem(name, None, FileAltered("the file is not the one that was packed."))


def _signatures_of_head(
    bundle: Bundle, trust: Trust
) -> tuple[VerifiedCheckpoint | None, list[BundleProblem]]:
    """Verify the signatures below the head."""
    try:
        keys = trust.keys or bundle.named_keys()
        return verify_checkpoint(bundle.note, trust._replace(keys=keys)), []
    except NotVerified as error:
        return None, [BundleProblem(layout.CHECKPOINT, None, error)]


def _keys(bundle: Bundle) -> Iterator[BundleProblem]:
    """Hold each key that the bundle names against the head, which it must have signed."""
    try:
        for key in bundle.named_keys():
            if bundle.head is None or key.name != bundle.head.origin:
                raise UnknownSigner(f"it names a key of {key.name}, which did not sign the head.")
            open_note(bundle.note, [key])
    except NotVerified as error:
        yield BundleProblem(layout.KEYS, None, error)


def _inclusions(bundle: Bundle) -> Iterator[BundleProblem]:
    """Check that each entry is one, of an event of its own, and in the log at its position."""
    read = {event.position for event in bundle.entries}
    for position in bundle.positions:
        name = layout.entry_name(position)
        try:
            content = bundle.file(name)
            if position not in read:
                layout.read_entry(name, content)
                raise MalformedBundle("its event id is that of an earlier entry here.")
            _check_proof(bundle, position, merkle.leaf_hash(content))
        except NotVerified as error:
            yield BundleProblem(name, position, error)
    for position in bundle.left_out:
        name = layout.hash_name(position)
        try:
            leaf = layout.leaf_hash_in(bundle.file(name))
            if layout.entry_name(position) in bundle.files:
                raise MalformedBundle("the entry is here, and is said to be left out.")
            _check_proof(bundle, position, leaf)
        except NotVerified as error:
            yield BundleProblem(name, position, error)
    places = (*bundle.positions, *bundle.left_out)
    there = {layout.proof_name(position) for position in places}
    for name in sorted(bundle.files):
        if name.startswith("proofs/") and name not in there:
            yield BundleProblem(name, None, MalformedBundle("it is the proof of no entry here."))


def _check_proof(bundle: Bundle, position: int, leaf: bytes) -> None:
    written = bundle.file(layout.proof_name(position))
    proof = InclusionProof.parse(written + bundle.note)
    whole = proof.note == bundle.note and proof.extra is None
    if bundle.head is None or proof.index != position or not whole:
        raise ProofFails(f"its proof is of position {proof.index:,}, or of another tree.")
    check_inclusion(leaf, position, bundle.head.size, proof.hashes, bundle.head.root)


def _numbering(bundle: Bundle) -> Iterator[BundleProblem]:
    """Check that the case is whole: numbered from 1 on, in the order of the log.

    An entry that is left out has a number, too.
    """
    last = 0
    left_out = bundle.left_out
    for event in bundle.case:
        while left_out and left_out[0] < event.position:
            left_out.pop(0)
            last += 1
        if event.version != last + 1:
            yield BundleProblem(
                layout.entry_name(event.position),
                event.position,
                EntriesMissing(
                    f"it is event {event.version:,} of the case, and the one before it here is "
                    f"event {last:,}."
                ),
            )
        last = event.version
    if not bundle.case:
        yield BundleProblem("entries", None, EntriesMissing("no event of the case is here."))


def _references(bundle: Bundle) -> Iterator[BundleProblem]:
    """Check that what the events of the case refer to is here too, where the whole is given."""
    if bundle.in_part:
        return
    there = {event.event_id for event in bundle.entries}
    for event in bundle.case:
        for event_id in inventory.referenced_ids(event.fields):
            if event_id not in there:
                yield BundleProblem(
                    layout.entry_name(event.position),
                    event.position,
                    EntriesMissing(f"it refers to the event {event_id:.40}, which is not here."),
                )


def _signatures_of_recorders(
    bundle: Bundle, texts: Texts, signers: AllowedSigners | None
) -> dict[int, SignatureCheck]:
    """Verify the signatures of those who recorded, by position, where there is one."""
    signed = [position for position, fields in texts.items() if SIGNATURE in fields]
    if not signed:
        return {}
    given = layout.read_object(layout.DISCLOSURES, bundle.files[layout.DISCLOSURES])
    found = {
        position: check_signature(
            bundle.files[layout.entry_name(position)],
            [text.encode() for text in given[str(position)] if text is not None],
            signers,
        )
        for position in signed
    }
    return {position: each for position, each in found.items() if each is not None}


def _misattributed(checked: dict[int, SignatureCheck]) -> Iterator[BundleProblem]:
    for position, found in checked.items():
        if found.problem:
            error = SignedByAnother(f"the event {found.problem.rstrip('.')}.")
            yield BundleProblem(layout.DISCLOSURES, position, error)


def _unattributed(checked: dict[int, SignatureCheck]) -> Iterator[str]:
    """Say of how many signatures only the key is known."""
    unknown = [position for position, each in checked.items() if each.allowed is None]
    if unknown:
        yield (
            f"whether the keys that signed {_events(len(unknown))} may sign for who recorded: give "
            "--signers"
        )


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"


def _derived(bundle: Bundle, texts: Texts) -> Iterator[BundleProblem]:
    """Derive again what follows from the entries, and compare it with what is listed."""
    for name, derived in (
        (layout.EVIDENCE, inventory.list_evidence(bundle.case, texts)),
        (layout.POLICIES, inventory.list_policies(bundle.entries, texts)),
    ):
        if name in bundle.files and not inventory.is_json_file(bundle.files[name], derived):
            yield BundleProblem(
                name, None, ManifestDiffers("it does not say what the entries say.")
            )


def _manifest(bundle: Bundle, texts: Texts, closed: int) -> Iterator[BundleProblem]:
    """Hold the manifest against the rest of the bundle."""
    own = [event.position for event in bundle.case]
    expected: dict[str, Any] = {
        "positions": own,
        "others": sorted({*bundle.positions} - {*own}),
        "disclosed": sum(map(len, texts.values())),
    }
    if bundle.head is not None:
        expected |= {
            "origin": bundle.head.origin,
            "size": bundle.head.size,
            "root": b64encode(bundle.head.root).decode(),
        }
    if bundle.in_part:
        expected[layout.HIDDEN] = bundle.left_out
    for name, value in expected.items():
        if json.dumps(bundle.manifest.get(name)) != json.dumps(value):
            what = f"it says {name} otherwise than the rest of the {bundle.called}."
            yield BundleProblem(layout.MANIFEST, None, ManifestDiffers(what))
    counts = [*bundle.manifest["withheld"].values(), *bundle.manifest["erased"].values()]
    if not all(type(count) is int and count > 0 for count in counts) or sum(counts) != closed:
        what = f"{closed:,} texts are not here, and it counts others as withheld or erased."
        yield BundleProblem(layout.MANIFEST, None, ManifestDiffers(what))


def _unchecked(bundle: Bundle, packed: bytes | None, trust: Trust, closed: int) -> Iterator[str]:
    """Say what could not be checked here."""
    yield from _strange_signatures(bundle, trust)
    if closed:
        yield f"{closed:,} texts that are withheld or erased: what they say"
    if bundle.left_out:
        number = len(bundle.left_out)
        entries = "1 entry that is" if number == 1 else f"{number:,} entries that are"
        yield f"{entries} left out but for the hash: what is told there, and what leads there"
    elif bundle.in_part:
        yield "what leads to other cases, of which a part is left out"
    if bundle.stamps:
        yield "who made the time stamps: `openssl ts -verify` does that"
    if bundle.in_page:
        return
    if bundle.files.get(layout.VERIFIER) != layout.STANDALONE_VERIFIER.read_bytes():
        yield (
            "verify.py: it is not the one that this version of answerable packs; do not run it "
            "unless you know who wrote it"
        )
    folders = (zip_file.folder_of(bundle.manifest["case"]), "")
    if packed is not None and all(packed != zip_file.pack(bundle.files, each) for each in folders):
        yield "the zip itself: it was packed again, or bears more than its files"
    if layout.REPORT in bundle.files:
        yield "report.html and README.txt, which nobody signed"
    else:
        yield "README.txt, which nobody signed"


def _reading_otherwise(parts: Iterable[str]) -> Iterator[BundleProblem]:
    for part in parts:
        error = PageAltered(f"{called(part)} does not read as it was written.")
        yield BundleProblem("page", None, error)


def _unsigned_words(*, summed: bool) -> Iterator[str]:
    """Say what the words of a page are worth."""
    held = (
        "they are held only against sums that whoever changes them can change, too"
        if summed
        else "the page carries no sums of them"
    )
    yield (
        f"{OF_WORDS}: nobody signed its words, its marks and its scripts, and "
        f"{held}; what holds is the record that is embedded in it"
    )


def _strange_signatures(bundle: Bundle, trust: Trust) -> Iterator[str]:
    try:
        named = bundle.named_keys()
        signatures = Note.parse(bundle.note).signatures
    except NotVerified:
        return
    known: list[VerifierKey] = [*(trust.keys or named), *trust.witnesses]
    for signature in signatures:
        if not any(signature.is_by(key) for key in known):
            yield (
                f"the signature of {signature.name} (key {signature.key_id.hex()}): you did not "
                "give its key"
            )
