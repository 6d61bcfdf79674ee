"""Making the evidence bundle of a case.

The last signed checkpoint says what can be in it: entries that came later are under no signature.
Beside the entries of the case go those of others that it takes to read them
(`answerable.ledger.bundle.related_events`). Texts of other cases stay shut, but for the house's own
registers: who is told of one case is not thereby told of another.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from answerable.domain.kinds import AMENDING, ERASURE, FAMILIES
from answerable.domain.record import RecordedEvent
from answerable.ledger.bundle import inventory, layout, zip_file
from answerable.ledger.bundle.errors import NothingGiven, NotNamed
from answerable.ledger.bundle.related_events import named_parties, related_events
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.checkpoints import signing
from answerable.ledger.entry.disclosure import open_disclosure
from answerable.ledger.errors import NoCheckpoint, NotVerified
from answerable.ledger.given_away import GivenAway
from answerable.ledger.store.log_keys import own_keys, read_keys
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import (
    entries_at,
    events_of_case,
    texts_at,
    tile_reader,
    tree_errors,
)
from answerable.ledger.store.reader import GREATEST, StoreReader
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint, SignedCheckpoint
from answerable.ledger.tlog.inclusion import InclusionProof
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.note_signatures import ALGORITHMS
from answerable.ledger.tlog.trust import Trust

README = Path(__file__).with_name("readme.txt")

LATER = "SELECT count(*) FROM stored_events WHERE originator_id = ? AND +rowid > ? AND +rowid <= ?"
STAMPS = "SELECT token, note FROM timestamps WHERE size = ? ORDER BY token"

CORRECTED = "sealed_fields"
"""The field of a correction that holds its sealed fields, by their names."""

HOUSE = (*FAMILIES["house"], "key-rotated", ERASURE)
"""The kinds whose texts are the house's own, in whichever case they lie."""

SIGN_FIRST = "Sign the head of the log first"


class Withheld(NamedTuple):
    """The texts that are not to be disclosed.

    Attributes:
        fields: the sealed fields of these names, and the corrections of them.
        parties: every text about these, by their pseudonyms.
        everything: every text.
    """

    fields: Collection[str] = ()
    parties: Collection[str] = ()
    everything: bool = False

    def covers(self, field: str, about: str, value: Any) -> bool:
        """Tell whether a field's value, about parties with spaces between them, is withheld."""
        fields = [field, *value] if field == CORRECTED else [field]
        return (
            self.everything
            or any(name in self.fields for name in fields)
            or any(party in self.parties for party in about.split())
        )


class Given(NamedTuple):
    """A part of a case: what of it is given, where it is not the whole.

    Attributes:
        carries: tells whether an entry is given; of one of the case that is not, the hash is.
        fields: tells which sealed fields of an entry are given.
    """

    carries: Callable[[RecordedEvent], bool]
    fields: Callable[[RecordedEvent], Collection[str]]


class MadeBundle(NamedTuple):
    """A bundle that was made.

    Attributes:
        data: the zip; empty where none was asked for.
        files: what is in it, by name.
        checkpoint: the head of the log that it hangs on.
        case: the events of the case in it, and `others` those of other cases.
        open_fields: the fields of each event that are open, by its position.
        withheld: how many texts of each field were withheld, and `erased` how many were gone.
        later: how many events of the case, of those asked for, came after the checkpoint, and are
            not in it.
        left_out: the positions of the entries of the case of which the hash alone is in it.
        in_part: whether a part of the case was given, though it may lack nothing of it.
        closed: the fields of each event that are not open, by its position: each withheld or
            erased.
    """

    data: bytes
    files: Mapping[str, bytes]
    checkpoint: Checkpoint
    case: Sequence[RecordedEvent]
    others: Sequence[RecordedEvent]
    open_fields: Mapping[int, Collection[str]]
    withheld: Mapping[str, int]
    erased: Mapping[str, int]
    later: int
    left_out: Sequence[int] = ()
    in_part: bool = False
    closed: Mapping[int, Mapping[str, str]] = {}

    @property
    def disclosed(self) -> int:
        """Count the texts that are open."""
        return sum(map(len, self.open_fields.values()))


class _Texts(NamedTuple):
    """The texts of some entries: as they are given away and as opened, and those not given."""

    given: dict[str, list[str | None]]
    opened: dict[int, dict[str, Any]]
    withheld: Counter[str]
    erased: Counter[str]
    about: set[str]
    closed: dict[int, dict[str, str]]


def make_bundle(
    ledger: StoreReader,
    case: str,
    withheld: Withheld,
    *,
    known_by: datetime | None = None,
    zipped: bool = True,
    part: Given | None = None,
    report: Callable[[MadeBundle], bytes] | None = None,
) -> MadeBundle:
    """Make the bundle of a case, and verify it as a stranger would.

    The same ledger under the same checkpoint makes the same bytes.

    Args:
        ledger: the ledger.
        case: the case.
        withheld: the texts that are not to be disclosed.
        known_by: what was recorded later is left out, though the checkpoint commits to it.
        zipped: whether it is to be a zip, too; a page carries the files alone.
        part: what is given, of what is not withheld; None: the whole case.
        report: writes the report that lies in it, of what it gives; None: none does.

    Raises:
        NoCheckpoint: no checkpoint was signed yet, or none that commits to an event of the case.
        NothingGiven: no entry of the case is to be given.
        NotNamed: a party whose texts are to be withheld is not named in it.
        NotVerified: the ledger is damaged; no bundle is made of it.
    """
    ledger._check_texts_shown("no bundle of a case is made")
    known = GREATEST if known_by is None else ledger.size_at(known_by)
    with ledger._reading() as cursor:
        kept = _checkpoint(cursor)
        size = kept.checkpoint.size
        events = events_of_case(cursor, case, min(size, known))
        if not events:
            raise NoCheckpoint(
                f"the last checkpoint commits to no event of the case {case!r}.",
                hint="Sign the head of the log first.",
                cli_hint=signing.command_to_sign(read_keys(cursor), SIGN_FIRST),
            )
        left_out = [each for each in events if part is not None and not part.carries(each)]
        hidden = {each.position for each in left_out}
        events = [each for each in events if each.position not in hidden]
        if not events:
            raise NothingGiven(f"no entry of the case {case!r} may be given as it was recorded.")
        others = related_events(cursor, events, min(size, known))
        if part is not None:
            others = list(filter(part.carries, others))
        everything = sorted([*events, *others], key=lambda event: event.position)
        texts = _texts(cursor, case, everything, withheld, part)
        _check_parties(withheld, {*named_parties(events), *texts.about})
        files = {
            **dict(_entries(cursor, everything, size)),
            **dict(_entries(cursor, left_out, size, whole=False)),
            **dict(_stamps(cursor, size)),
            layout.CHECKPOINT: kept.note,
            layout.DISCLOSURES: inventory.json_file(texts.given),
            layout.EVIDENCE: inventory.json_file(inventory.list_evidence(events, texts.opened)),
            layout.POLICIES: inventory.json_file(inventory.list_policies(everything, texts.opened)),
            layout.VERIFIER: layout.STANDALONE_VERIFIER.read_bytes(),
        }
        (later,) = cursor.execute(LATER, (case, size, known)).fetchone()
    keys = _signers(ledger, kept)
    made = MadeBundle(
        b"",
        files,
        kept.checkpoint,
        events,
        others,
        {position: tuple(opened) for position, opened in texts.opened.items()},
        dict(sorted(texts.withheld.items())),
        dict(sorted(texts.erased.items())),
        later,
        [each.position for each in left_out],
        part is not None,
        texts.closed,
    )
    files[layout.KEYS] = _keys(kept.checkpoint.origin, keys)
    files[layout.README] = _readme(made, case, keys)
    if report is not None:
        files[layout.REPORT] = report(made)
    files[layout.MANIFEST] = inventory.json_file(_manifest(made, case, files))
    data = zip_file.pack(files, zip_file.folder_of(case)) if zipped else b""
    _check(data or files, keys)
    return made._replace(data=data)


def given_away(made: MadeBundle) -> GivenAway:
    """Tell what leaves the house with a bundle."""
    case = made.case[0].case_id
    return GivenAway(
        case,
        [event.event_id for event in (*made.case, *made.others)],
        made.withheld,
        f"the evidence bundle of {case}",
        f"sha256:{sha256(made.data).hexdigest()}",
    )


def _checkpoint(cursor: Cursor) -> SignedCheckpoint:
    row = cursor.execute(signing.LATEST).fetchone()
    if row is None:
        raise NoCheckpoint(
            "no checkpoint was signed yet, and a bundle proves its entries by one.",
            hint="Sign the head of the log first.",
            cli_hint=signing.command_to_sign(read_keys(cursor), SIGN_FIRST),
        )
    return SignedCheckpoint.parse(row[1])


def _texts(
    cursor: Cursor,
    case: str,
    events: Sequence[RecordedEvent],
    withheld: Withheld,
    part: Given | None,
) -> _Texts:
    """Read the texts of entries, in the order of their commitments; None where one is not given."""
    texts = _Texts({}, {}, Counter(), Counter(), set(), {})
    shown: set[str] = set()
    sealed = texts_at(cursor, [event.position for event in events])
    for event in events:
        if (
            event.case_id == case
            or event.kind in HOUSE
            or (event.kind in AMENDING and event.fields["target"] in shown)
        ):
            shown.add(event.event_id)
        may_give = None if part is None else part.fields(event)
        given: list[str | None] = []
        opened: dict[str, Any] = {}
        closed: dict[str, str] = {}
        for field, about, text in sealed[event.position]:
            texts.about.update(about.split())
            given.append(None)
            if text is None:
                texts.erased[field] += 1
                closed[field] = "erased"
                continue
            name, value = open_disclosure(text)
            barred = may_give is not None and name not in may_give
            if barred or event.event_id not in shown or withheld.covers(name, about, value):
                texts.withheld[name] += 1
                closed[name] = "withheld"
                continue
            given[-1], opened[name] = text.decode(), value
        texts.given[str(event.position)] = given
        texts.opened[event.position] = opened
        if closed:
            texts.closed[event.position] = closed
    return texts


def _check_parties(withheld: Withheld, known: Collection[str]) -> None:
    strange = sorted({*withheld.parties} - {*known})
    if strange:
        raise NotNamed(
            f"nothing here is about {strange[0]}, so nothing about them can be withheld.",
            hint="Check the pseudonym among the parties that are registered.",
            cli_hint="Check the pseudonym: `answerable log --kind party-registered`.",
        )


def _entries(
    cursor: Cursor, events: Iterable[RecordedEvent], size: int, *, whole: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of entries, or of their hashes alone, and of their proofs."""
    positions = [event.position for event in events]
    with tree_errors():
        proofs = list(merkle.inclusion_proofs(positions, size, tile_reader(cursor)))
    states = dict(entries_at(cursor, positions))
    for position, hashes in zip(positions, proofs, strict=True):
        state = states[position]
        if whole:
            yield layout.entry_name(position), state
        else:
            yield layout.hash_name(position), b64encode(merkle.leaf_hash(state)) + b"\n"
        yield layout.proof_name(position), bytes(InclusionProof(position, hashes, b""))


def _stamps(cursor: Cursor, size: int) -> Iterator[tuple[str, bytes]]:
    for number, stamped in enumerate(cursor.execute(STAMPS, (size,)).fetchall(), 1):
        yield from zip(layout.stamp_names(number), stamped, strict=True)


def _signers(ledger: StoreReader, kept: SignedCheckpoint) -> list[VerifierKey]:
    """Return the ledger's own keys that signed a checkpoint."""
    signatures = Note.parse(kept.note).signatures
    return [
        own.key
        for own in own_keys(ledger)
        if any(signature.is_by(own.key) for signature in signatures)
    ]


def _keys(origin: str, keys: Iterable[VerifierKey]) -> bytes:
    listed = "".join(
        f"#\n# {ALGORITHMS[key.kind]}, fingerprint\n# {key.fingerprint}\n{key}\n" for key in keys
    )
    return (
        f"# The keys of the log {origin}, as this bundle tells them. Anyone can\n"
        "# write such a file: compare the fingerprints with ones that you got from\n"
        f"# whoever runs the log, by another way.\n{listed}"
    ).encode()


def _readme(made: MadeBundle, case: str, keys: Sequence[VerifierKey]) -> bytes:
    head = made.checkpoint
    return (
        README.read_text(encoding="utf-8")
        .format(
            case=case,
            origin=head.origin,
            size=head.size,
            root=b64encode(head.root).decode(),
            events=len(made.case),
            others=len(made.others),
            first=f"{made.case[0].position:08d}",
            index=made.case[0].position,
            fingerprints="\n".join(
                f"    {ALGORITHMS[key.kind]}\n    {key.fingerprint}" for key in keys
            ),
        )
        .encode()
    )


def _manifest(made: MadeBundle, case: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "origin": made.checkpoint.origin,
        "case": case,
        "size": made.checkpoint.size,
        "root": b64encode(made.checkpoint.root).decode(),
        "positions": [event.position for event in made.case],
        "others": [event.position for event in made.others],
        "disclosed": made.disclosed,
        "withheld": made.withheld,
        "erased": made.erased,
        **({layout.HIDDEN: list(made.left_out)} if made.in_part else {}),
        "files": {name: sha256(files[name]).hexdigest() for name in sorted(files)},
    }


def _check(given: bytes | Mapping[str, bytes], keys: Sequence[VerifierKey]) -> None:
    """Check that a bundle holds before it is given away."""
    found = verify_bundle(given, Trust(keys))
    if not found.verified:
        file, _, error = found.problems[0]
        raise NotVerified(
            f"the ledger makes no bundle that holds: {file}: {error.message}",
            hint="`verify_ledger` says more.",
            cli_hint="`answerable verify` says more.",
        )
