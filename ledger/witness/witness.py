"""A witness: watches logs that it does not run, and cosigns what extends what it saw before.

A log that shows one history to one and another to others cannot get both cosigned by one witness
(C2SP tlog-witness). So whoever asks for the cosignature of a witness of their own choice sees what
everyone else sees. A witness is a folder: its private keys, and what it remembers.

    <folder>/witness.key        (`answerable.ledger.tlog.private_keys`)
    <folder>/witness.db         (`answerable.ledger.witness.store`)
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Cursor
from typing import NamedTuple

from answerable.ledger.errors import ClockUnusable, FileRefused, NotAKey, ProofFails
from answerable.ledger.publish.reader import PublishedLog
from answerable.ledger.system.clock import Clock, checked
from answerable.ledger.tlog import merkle, private_keys
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.note import (
    COSIGNATURE_ED25519,
    COSIGNATURE_ML_DSA_44,
    LOG_KEYS,
    Note,
    Signature,
    VerifierKey,
)
from answerable.ledger.tlog.note_signatures import Signer, check_signer_name
from answerable.ledger.witness import store
from answerable.ledger.witness.decision import (
    SHORTER,
    AddCheckpointRequest,
    Grant,
    Watched,
    decide,
    trusted_signers,
)
from answerable.ledger.witness.errors import ClockBehind, NotWatched
from answerable.ledger.witness.store import Evidence

MEMORY = "witness.db"

WITNESS_KEYS = (COSIGNATURE_ED25519, COSIGNATURE_ML_DSA_44)
"""The types of keys that a witness cosigns with."""

TOLERANCE = 60
"""The most that the clock may have been set back since the last cosignature, in seconds."""


class Cosigned(NamedTuple):
    """A cosigned checkpoint, as a witness gives it out.

    Attributes:
        head: the checkpoint.
        signatures: the witness's cosignatures.
        note: the checkpoint with the log's signatures and the witness's.
    """

    head: Checkpoint
    signatures: tuple[Signature, ...]
    note: Note


class Witness:
    """A witness. To cosign, its keys must be unlocked.

    Args:
        folder: where it lives.
        signers: its keys, unlocked.
        clock: tells the time that cosignatures bear; the system's by default.

    Raises:
        LedgerNotFound: there is none in this folder.
        NotALedger: what is there is something else.
    """

    def __init__(
        self, folder: Path, signers: Sequence[Signer] = (), clock: Clock | None = None
    ) -> None:
        self.folder = folder
        self.signers = signers
        self._clock = checked(clock)
        self._memory = folder / MEMORY
        store.check_is_memory(self._memory)

    @classmethod
    def create(cls, folder: Path, name: str, passphrase: str | None = None) -> Witness:
        """Make a witness: new keys, and a memory of nothing.

        Raises:
            MalformedNote: a witness cannot be called so.
            FileRefused: there is one already, or the folder cannot be made.
        """
        check_signer_name(name)
        if key_file(folder).exists() or (folder / MEMORY).exists():
            raise FileRefused(f"there is a witness in {folder} already; it is not overwritten.")
        signers = private_keys.generate(name, WITNESS_KEYS)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FileRefused(f"{folder} cannot be made: {error.strerror}.") from None
        private_keys.write(key_file(folder), signers, passphrase)
        store.create(folder / MEMORY)
        return cls(folder, signers)

    def unlock(self, passphrase: str | None = None) -> None:
        """Take the private keys out of their file, to cosign with.

        Raises:
            KeysUnusable: they are missing, open to others, or do not open with the passphrase.
        """
        self.signers = private_keys.read(key_file(self.folder), passphrase)

    def watch(self, trusted: Sequence[VerifierKey], retired: Sequence[VerifierKey] = ()) -> str:
        """Trust keys to speak for the log of their name, beside those that are trusted already.

        Args:
            trusted: keys of one log.
            retired: keys to trust no more.

        Returns:
            The log's origin.

        Raises:
            MalformedNote: they are not keys that one log signs with.
            NotWatched: one to be retired is not trusted.
        """
        origin = _origin([*trusted, *retired])
        with store.writing(self._memory) as cursor:
            known = store.watched(cursor, origin)
            if known is None and trusted:
                store.watch(cursor, origin)
            if strange := set(retired) - set(known.keys if known else ()):
                raise NotWatched(
                    f"the key {strange.pop().id.hex()} of {origin} is not trusted anyway.",
                    cli_hint="`answerable witness show` tells which are.",
                )
            store.trust(cursor, trusted)
            store.retire(cursor, retired)
        return origin

    def logs(self) -> list[Watched]:
        """Return what is known of every log that is watched, ordered by origin."""
        with store.reading(self._memory) as cursor:
            return store.all_watched(cursor)

    def log(self, origin: str) -> Watched | None:
        """Return what is known of one log; None if it is not watched."""
        with store.reading(self._memory) as cursor:
            return store.watched(cursor, origin)

    def latest(self, origin_hash: str) -> bytes | None:
        """Return the checkpoint cosigned last for the log whose origin has this SHA-256, if any."""
        with store.reading(self._memory) as cursor:
            return store.latest_by_hash(cursor, origin_hash)

    def evidence(self) -> list[Evidence]:
        """Return all that is kept against logs."""
        with store.reading(self._memory) as cursor:
            return store.all_evidence(cursor)

    def cosign(self, asked: AddCheckpointRequest, *, own_reading: bool = False) -> Cosigned:
        """Cosign a checkpoint that extends the last one, and remember it as the last.

        Deciding and remembering is one transaction, on disk before any cosignature is given out.

        Args:
            asked: the checkpoint, and the proof that it extends the last one.
            own_reading: whether the witness fetched it from the log itself. Only then does it
                keep a shorter tree that no times tell to be the later: anyone could replay one.

        Raises:
            NotWatched, BadSignature, UnknownSigner, RolledBack, StaleSize, Forked, ProofFails:
                it does not; what shows that the log misbehaved is kept.
            ClockBehind: the clock is behind the last cosignature, or tells no time.
        """
        now = self._now()
        with store.writing(self._memory) as cursor:
            verdict = decide(store.watched(cursor, asked.head.origin), asked)
            if isinstance(verdict, Grant):
                return self._cosigned(cursor, asked, verdict, now)
            shown = verdict.misbehaviour
            if shown is not None and (own_reading or shown.kind != SHORTER):
                store.keep_evidence(cursor, shown, asked, now)
        raise verdict.error

    def _now(self) -> int:
        """Return the clock's time, in seconds since 1970."""
        try:
            return int(self._clock().timestamp())
        except ClockUnusable as error:
            raise ClockBehind(error.message, hint=error.hint) from error

    def read(self, published: PublishedLog) -> AddCheckpointRequest:
        """Read from a published log what is needed to cosign its checkpoint.

        The proof is worked out from the log's own tiles. Nothing is fetched beyond the checkpoint
        unless a trusted key signed it.

        Raises:
            NotWatched, BadSignature, UnknownSigner: it is not a log that is watched.
            MalformedNote: it is no checkpoint.
            ProofFails: its tiles are not those of the tree that it signed.
        """
        asked = AddCheckpointRequest.of(ConsistencyProof(0, (), published.checkpoint()))
        log, _ = trusted_signers(self.log(asked.head.origin), asked)
        old, size = log.head.size, asked.head.size
        proof = asked.proof._replace(old=old)
        if not 0 < old < size:
            return asked._replace(proof=proof)
        hashes, beginning = _proof(log.origin, old, size, published.tiles(size))
        return asked._replace(proof=proof._replace(hashes=hashes), beginning=beginning)

    def _cosigned(
        self, cursor: Cursor, asked: AddCheckpointRequest, grant: Grant, now: int
    ) -> Cosigned:
        """Sign a checkpoint, and remember it as signed."""
        log, text, time = grant.log, asked.note.text, _time(grant.log, now)
        moment = datetime.fromtimestamp(time, UTC)
        made = tuple(signer.sign(text, moment) for signer in self.signers)
        earlier: Iterable[Signature] = ()
        if log.note is not None and log.note.text == text:
            # Who asks again with fewer of the log's signatures must not take the others away.
            earlier = [
                each for each in log.note.signatures if any(each.is_by(key) for key in log.keys)
            ]
        # An ML-DSA-44 signature is another each time that it is made: one of a key is enough.
        by_key = {(each.name, each.key_id): each for each in (*grant.signatures, *earlier, *made)}
        note = Note(text, tuple(by_key.values()))
        store.remember_cosigned(cursor, note, time)
        return Cosigned(asked.head, made, note)


def _proof(
    origin: str, old: int, size: int, read: merkle.TileReader
) -> tuple[tuple[bytes, ...], bytes]:
    """Return the proof that a log extends its first entries, and the root of those in it."""
    try:
        return tuple(merkle.consistency_proof(old, size, read)), merkle.tree_root(old, read)
    except merkle.ShortTileError as error:
        raise ProofFails(
            f"the tiles of {origin} are not those of the tree that it signed: {error}."
        ) from None


def key_file(folder: Path) -> Path:
    """Return the place of a witness's private keys."""
    return folder / "witness.key"


def _time(log: Watched, now: int) -> int:
    """Return the time that a cosignature bears: never zero, nor before the last one for the log.

    Raises:
        ClockBehind: the clock is further behind than a clock that is set now and then would be.
    """
    if now <= 0 or now + TOLERANCE < log.cosigned:
        raise ClockBehind(
            f"the clock says {datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M:%S} UTC, before the "
            f"last cosignature for {log.origin}.",
            hint="Set it right.",
        )
    return max(now, log.cosigned)


def _origin(given: Sequence[VerifierKey]) -> str:
    """Return the origin of the log that all these keys are of."""
    names = {key.name for key in given}
    if len(names) != 1:
        raise NotAKey(
            f"the keys of one log bear one name, its origin; these bear {len(names)}.",
            hint="Make the logs known one by one.",
        )
    for key in given:
        if key.kind not in LOG_KEYS:
            raise NotAKey(
                f"{key.name}+{key.id.hex()} is a key that witnesses cosign with, not one of a log."
            )
    (origin,) = names
    check_signer_name(origin)
    return origin


def export_evidence(
    evidence: Iterable[Evidence], logs: Sequence[Watched], folder: Path
) -> list[Path]:
    """Write what is kept against logs into a folder, one for each, for others to see.

    Raises:
        FileRefused: the disk would not take it.
    """
    trusted = {log.origin: [str(key) for key in log.keys] for log in logs}
    written = []
    for each in evidence:
        place = folder / f"{each.number:04}-{each.kind}"
        try:
            place.mkdir(parents=True, exist_ok=True)
            for name, content in _files(each, trusted.get(each.origin, [])).items():
                (place / name).write_bytes(content)
        except OSError as error:
            raise FileRefused(f"{place} cannot be written: {error.strerror}.") from None
        written.append(place)
    return written


def _files(evidence: Evidence, trusted: Sequence[str]) -> dict[str, bytes]:
    proof = ConsistencyProof.parse(evidence.proof)
    about = {
        "kind": evidence.kind,
        "origin": evidence.origin,
        "found": evidence.found.isoformat().replace("+00:00", "Z"),
        "beginning": None if evidence.beginning is None else b64encode(evidence.beginning).decode(),
    }
    return {
        "cosigned.txt": evidence.cosigned,
        "refused.txt": proof.checkpoint_note,
        "proof.txt": evidence.proof,
        "log.vkey": "".join(f"{key}\n" for key in trusted).encode(),
        "about.json": json.dumps(about, indent=2).encode() + b"\n",
    }
