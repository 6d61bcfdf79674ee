"""The signatures of those who recorded: checked when an event is recorded, and whenever one asks.

A signature lies beside its entry as one more sealed text, whose commitment is in the entry and so
under the tree. It is good if its key made it over the entry's statement
(`answerable.ledger.entry.statement`), and allowed if that key may sign for whoever recorded the
event, at the moment of recording (`answerable.ledger.actors.allowed_signers`).

That a text is filed under the field that it is of, the check of the record tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from answerable.domain.record import RECORDED_BY, SIGNATURE
from answerable.domain.signature_demands import Version, read, requiring_signature
from answerable.ledger.actors.allowed_signers import AllowedSigners, principal_of
from answerable.ledger.actors.errors import MalformedSignature, SignatureRefused
from answerable.ledger.actors.prepared import SignedEvent
from answerable.ledger.actors.sshsig import SshSignature
from answerable.ledger.entry.disclosure import commitment, open_disclosure
from answerable.ledger.entry.statement import statement
from answerable.ledger.errors import NotVerified
from answerable.ledger.store.draft import Draft
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import disclosed_at, log_size, recorded_at
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system.regular_file import real_file

MOST_PROBLEMS = 20
"""The most problems, and the most positions of unsigned events, that are listed."""

SIGNED = f"SELECT position FROM disclosures WHERE field = '{SIGNATURE}' ORDER BY position"

EVENT = """
SELECT state, disclosure FROM stored_events, disclosures
WHERE stored_events.rowid = ? + 1 AND position = stored_events.rowid - 1"""

UNSIGNED = f"""
FROM stored_events WHERE rowid > ? AND rowid <= ? AND NOT EXISTS (
    SELECT 1 FROM disclosures WHERE field = '{SIGNATURE}' AND position = stored_events.rowid - 1
)"""


class SignatureCheck(NamedTuple):
    """The result of checking the signature of one event.

    Attributes:
        fingerprint: the key's; None where the signature cannot be read.
        principal: whom it has to be allowed for; None where that text is not at hand.
        allowed: whether it is; None where nothing at hand says who may sign as whom, or for whom
            it would have to be.
        problem: what is wrong with it; None if nothing is.
    """

    fingerprint: str | None
    principal: str | None
    allowed: bool | None
    problem: str | None


class UnsignedThoughRequired(NamedTuple):
    """Events without the signature that a policy demanded when they were recorded.

    `positions` holds the first of them.
    """

    demand: Version
    events: int
    positions: tuple[int, ...]


class SignatureReport(NamedTuple):
    """The result of checking all signatures of a ledger.

    Attributes:
        signed: how many events are signed.
        unsigned: how many are not.
        erased: how many are signed, but the signature was erased.
        unchecked: of how many it was not checked that the key may sign, for nothing says who may.
        unattributed: of how many it could not be, for who recorded was erased.
        problems: what is wrong, the first of it.
    """

    signed: int
    unsigned: int
    erased: int
    unchecked: int
    unattributed: int
    problems: tuple[Problem, ...]


def signers_file(ledger: Path) -> Path:
    """Return where the allowed signers of a ledger lie by default: beside its real file."""
    place = real_file(ledger)
    return place.with_name(f"{place.name}.signers")


def check_signature(
    entry: bytes, texts: Iterable[bytes], signers: AllowedSigners | None
) -> SignatureCheck | None:
    """Check the signature of one event.

    Args:
        entry: the entry's bytes.
        texts: what is at hand of the texts that the entry commits to.
        signers: who may sign as whom, where that is at hand.

    Returns:
        What it came to; None if none of the texts is a signature.
    """
    opened = [(text, *_open_text(text)) for text in texts]
    made = [(text, value) for text, field, value in opened if field == SIGNATURE]
    if not made:
        return None
    name = next(
        (
            principal_of(who)
            for text, field, who in opened
            if field == RECORDED_BY and isinstance(who, str) and commitment(text) in entry
        ),
        None,
    )
    if len(made) > 1:
        return SignatureCheck(None, name, None, "has more than one signature")
    ((text, value),) = made
    try:
        signature = SshSignature.parse(value) if isinstance(value, str) else None
        if signature is None:
            raise MalformedSignature("this is not an OpenSSH signature.")
    except NotVerified as error:
        return SignatureCheck(None, name, None, f"has a signature that is none: {error.message}")
    fingerprint = signature.key.fingerprint
    try:
        signature.check(statement(entry, commitment(text)))
    except NotVerified as error:
        return SignatureCheck(fingerprint, name, None, f"has a bad signature: {error.message}")
    if signers is None or name is None:
        return SignatureCheck(fingerprint, name, None, None)
    try:
        signers.check(name, signature.key, _recorded_at(entry))
    except ValueError:
        return SignatureCheck(fingerprint, name, None, "does not tell when it was recorded")
    except NotVerified as error:
        return SignatureCheck(
            fingerprint, name, False, f"is signed by a key that may not: {error.message}"
        )
    return SignatureCheck(fingerprint, name, True, None)


def check_signatures(ledger: StoreReader, signers: AllowedSigners | None) -> SignatureReport:
    """Check the signatures of all events.

    Raises:
        NotVerified: the file is so damaged that it cannot be read.
    """
    signed = erased = unchecked = unattributed = 0
    problems: list[Problem] = []
    with ledger._reading() as cursor:
        size = log_size(cursor)
        for position, found in _check_each(cursor, signers):
            if found is None:
                erased += 1
                continue
            signed += 1
            unchecked += signers is None
            unattributed += found.principal is None and signers is not None
            if found.problem:
                problems.append(Problem(position, found.problem.rstrip(".")))
    return SignatureReport(
        signed,
        size - signed - erased,
        erased,
        unchecked,
        unattributed,
        tuple(problems[:MOST_PROBLEMS]),
    )


def unsigned_though_required(ledger: StoreReader) -> tuple[UnsignedThoughRequired, ...]:
    """Return the events, in a verified record, that policies demanded a signature of."""
    with ledger._reading() as cursor:
        return tuple(_find_unsigned(cursor, ledger, log_size(cursor)))


@contextmanager
def refuse_bad_signature() -> Iterator[None]:
    """Turn what is wrong with a signature into a refusal to record it."""
    try:
        yield
    except NotVerified as error:
        raise SignatureRefused(
            f"{error.message} Nothing is recorded.",
            field=SIGNATURE,
            hint=error.hint,
            cli_hint=error.cli_hint,
        ) from None


def check_signed_draft(cursor: Cursor, drafted: Draft, signed: SignedEvent) -> None:
    """Check that a signature holds for the entry that its event will be.

    Raises:
        SignatureRefused: it does not; or the event is on record already, without a signature.
    """
    if not drafted.rows:
        receipt = drafted.answers[0]
        if not isinstance(receipt, int):
            there = disclosed_at(cursor, receipt.position)
            if SIGNATURE not in (*there.fields, *there.erased):
                raise SignatureRefused(
                    f"the event is on record already, at position {receipt.position}, without a "
                    "signature, and none can be added.",
                    field=SIGNATURE,
                    hint="Record a new event that rests on it, and sign that one.",
                )
        return
    entry = drafted.rows[0][-1]
    text = next(row[-1] for row in drafted.disclosures if row[2] == SIGNATURE)
    with refuse_bad_signature():
        signed.signature.check(statement(entry, commitment(text or b"")))
        signed.signers.check(
            signed.prepared.recorded_by,
            signed.signature.key,
            datetime.fromisoformat(drafted.recorded_at),
        )


def _check_each(
    cursor: Cursor, signers: AllowedSigners | None
) -> Iterator[tuple[int, SignatureCheck | None]]:
    """Yield each signed event's position, and its signature's check; None where it was erased."""
    for (position,) in cursor.stream(SIGNED):
        rows = cursor.execute(EVENT, (position,)).fetchall()
        # What is missing or of another type is for `answerable.ledger.verify.tile_range` to tell.
        if rows and isinstance(rows[0][0], bytes):
            texts = [text for _, text in rows if text is not None]
            yield position, check_signature(rows[0][0], texts, signers)


def _open_text(text: bytes) -> tuple[str, Any]:
    """Return the field and value of a text; of one that no ledger wrote, nothing."""
    try:
        return open_disclosure(text)
    except ValueError:
        return "", None


def _recorded_at(entry: bytes) -> datetime:
    fields: dict[str, Any] = from_json(entry)
    return datetime.fromisoformat(fields["recorded_at"])


def _find_unsigned(
    cursor: Cursor, ledger: StoreReader, size: int
) -> Iterator[UnsignedThoughRequired]:
    """Yield the events without a demanded signature, by the version that demanded it."""
    totals: dict[Version, UnsignedThoughRequired] = {}
    for first, end, versions in _spans_of_demand(cursor, ledger, size):
        if versions:
            (events,) = cursor.execute(f"SELECT count(*) {UNSIGNED}", (first, end)).fetchone()
            rows = cursor.execute(
                f"SELECT rowid - 1 {UNSIGNED} ORDER BY rowid LIMIT {MOST_PROBLEMS}", (first, end)
            ).fetchall()
            for version in versions if events else ():
                before = totals.get(version, UnsignedThoughRequired(version, 0, ()))
                positions = (*before.positions, *(position for (position,) in rows))
                totals[version] = UnsignedThoughRequired(
                    version, before.events + events, positions[:MOST_PROBLEMS]
                )
    yield from totals.values()


def _spans_of_demand(
    cursor: Cursor, ledger: StoreReader, size: int
) -> Iterator[tuple[int, int, tuple[Version, ...]]]:
    """Yield spans of the log under one demand: first position, end, the versions that demand."""
    found = read(ledger)
    for epoch, following in zip_longest(found, found[1:]):
        first = epoch.after + 1
        end = size if following is None else min(size, following.after + 1)
        if first >= end:
            continue
        begins = (ledger.size_before(each.begins) for each in epoch.versions if each.begins)
        cuts = sorted({first, end, *(each for each in begins if first < each < end)})
        for low, high in pairwise(cuts):
            yield low, high, requiring_signature(found, low, recorded_at(cursor, low))
