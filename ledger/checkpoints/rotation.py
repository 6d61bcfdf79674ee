"""Making a ledger's keys, and changing them for others on the record.

A rotation is an event of the log, and is signed by both: the last checkpoint under the old keys
commits to the entry that names the new ones, and bears the signatures of either. Whoever trusts the
old keys can go from there to the new.

The new private keys lie beside the old, as `.new`, until all of that is on disk. A rotation that
was broken off is finished, or undone if nothing of it was recorded, when the keys are next read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from answerable.domain.errors import AnswerableError, Refused
from answerable.domain.kinds import HOUSE_CASE
from answerable.domain.kinds.record import KeyRotated
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.signing import adopt_first_keys, keys_exist, no_keys, sign_head
from answerable.ledger.checkpoints.verify import Rotation, recorded_rotations
from answerable.ledger.errors import FileRefused, KeysUnusable, NoKeys, OnStandby
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.log_keys import insert_keys, own_keys, read_keys
from answerable.ledger.store.queries import log_size
from answerable.ledger.store.receipt import Receipt
from answerable.ledger.system import atomic_file
from answerable.ledger.system.clock import Clock
from answerable.ledger.system.regular_file import real_file
from answerable.ledger.tlog import private_keys
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.note import LOG_KEYS, VerifierKey
from answerable.ledger.tlog.note_signatures import Signer, check_signer_name


def create_keys(
    ledger: Ledger, origin: str, place: Path, passphrase: str | None = None
) -> list[Signer]:
    """Make the first keys of a ledger.

    Args:
        ledger: the ledger.
        origin: what the log is called, a URL without its scheme; also the name of its keys.
        place: the file that the private keys are written to.
        passphrase: what they are put under.

    Raises:
        MalformedNote: a log cannot be called so.
        Refused: the ledger has keys already, or something is at that place.
    """
    check_signer_name(origin)
    if own_keys(ledger):
        raise keys_exist()
    memory = memory_file(place)
    if memory.exists():
        raise FileRefused(
            f"{memory} remembers what other keys signed, and would keep new ones from signing.",
            hint="Keep it with those keys, elsewhere; or put the new ones elsewhere.",
            cli_hint="Keep it with those keys, elsewhere; or put the new ones elsewhere: "
            "--key-file.",
        )
    signers = private_keys.generate(origin, LOG_KEYS)
    private_keys.write(place, signers, passphrase)
    try:
        adopt_first_keys(ledger, [signer.key for signer in signers])
    except BaseException as error:
        if _came_to_nothing(error, ledger, signers):
            place.unlink()
        raise
    return signers


def take_up_keys(ledger: Ledger, place: Path, passphrase: str | None = None) -> list[Signer]:
    """Have a ledger that was restored from its entries sign with the keys that it had.

    Which keys it signed with, and until when, is what its own rotations say.

    Raises:
        Refused: the ledger has keys already.
        NoKeys: the keys are not those that it signed with last.
        KeysUnusable: the file does not open.
    """
    found = private_keys.read(place, passphrase)
    current = [str(signer.key) for signer in found]
    with ledger._writing() as cursor:
        if cursor.execute("SELECT 1 FROM keys").fetchone():
            raise keys_exist()
        spans = _spans_of_keys(list(recorded_rotations(cursor)), current)
        if {vkey for vkey, (_, retired) in spans.items() if retired is None} != {*current}:
            raise NoKeys(
                f"the keys in {place} are not those that this log was signed with last.",
                hint="The events of the kind `key-rotated` tell which they are.",
                cli_hint="`answerable log --kind key-rotated` tells which they are.",
            )
        rows = [(vkey, *span) for vkey, span in spans.items()]
        cursor.executemany("INSERT INTO keys VALUES (?, ?, ?)", rows)
    return found


def _spans_of_keys(
    recorded: Sequence[Rotation], current: Sequence[str]
) -> dict[str, tuple[int, int | None]]:
    """Return from and until which size of the log each key signs."""
    first = _sort_by_type(recorded[0].retired) if recorded else current
    spans: dict[str, tuple[int, int | None]] = dict.fromkeys(first, (0, None))
    for rotation in recorded:
        spans |= {vkey: (spans[vkey][0], rotation.size) for vkey in rotation.retired & {*spans}}
        spans |= dict.fromkeys(_sort_by_type(rotation.adopted), (rotation.size, None))
    return spans


def _sort_by_type(vkeys: Iterable[str]) -> list[str]:
    """Return keys in the order of their types, with which their base64 begins."""
    return sorted(vkeys, key=lambda vkey: vkey.split("+", 2)[2])


def open_keys(
    ledger: Ledger, place: Path, passphrase: str | None = None, *, clock: Clock | None = None
) -> list[Signer]:
    """Read the private keys that a ledger signs with now.

    Raises:
        NoKeys: it has none.
        KeysUnusable: the file does not open.
    """
    with _hold_keys_alone(ledger, place):
        return _open_keys(ledger, place, (passphrase,), clock)


def _open_keys(
    ledger: Ledger, place: Path, passphrases: Sequence[str | None], clock: Clock | None
) -> list[Signer]:
    """Read the keys under the first passphrase, and those of a broken rotation under any."""
    found = private_keys.read(place, passphrases[0])
    if _pending(place).exists():
        return _finish_or_undo(ledger, place, passphrases, found, clock)
    return found


@contextmanager
def _hold_keys_alone(ledger: Ledger, place: Path) -> Iterator[None]:
    """Wait until no one else reads or changes a ledger's keys, and keep others waiting.

    Raises:
        NoKeys: it has none.
        KeysUnusable: there is no such file.
    """
    if not own_keys(ledger):
        raise no_keys()
    private_keys.read_public(place)
    with ExitStack() as stack:
        try:
            stack.enter_context(atomic_file.hold_alone(place))
        except OSError as error:
            raise KeysUnusable(f"the keys at {place} cannot be read: {error.strerror}.") from None
        yield


def rotate_keys(
    ledger: Ledger,
    place: Path,
    *,
    recorded_by: str,
    passphrase: str | None = None,
    new_passphrase: str | None = None,
    reason: str | None = None,
    clock: Clock | None = None,
) -> tuple[Receipt, SignedCheckpoint]:
    """Change the keys of a ledger for new ones, and record it.

    Args:
        ledger: the ledger.
        place: the file of its private keys.
        recorded_by: who does it. Sealed.
        passphrase: what the old keys are under.
        new_passphrase: what to put the new keys under.
        reason: why. Sealed.
        clock: tells the time that cosignatures bear.

    Returns:
        The receipt of the event, and the checkpoint that both sets of keys signed.

    Raises:
        NoKeys, KeysUnusable: the old keys cannot be used; a key that is lost cannot be rotated.
        RolledBack, Forked: the log is not the one that the old keys signed.
    """
    with _hold_keys_alone(ledger, place):
        old = _open_keys(ledger, place, (passphrase, new_passphrase), clock)
        sign_head(ledger, old, memory_file(place), clock=clock)
        new = private_keys.generate(old[0].key.name, [signer.key.kind for signer in old])
        private_keys.write(_pending(place), new, new_passphrase)
        event = KeyRotated(
            case_id=HOUSE_CASE,
            retired=tuple(str(signer.key) for signer in old),
            adopted=tuple(str(signer.key) for signer in new),
            reason=reason,
        )
        try:
            (receipt,) = ledger.append_all(
                [event],
                recorded_by=recorded_by,
                alongside=lambda cursor: insert_keys(
                    cursor, [signer.key for signer in new], log_size(cursor)
                ),
            )
        except BaseException as error:
            if _came_to_nothing(error, ledger, new):
                _pending(place).unlink()
            raise
        return receipt, _finish(ledger, place, old, new, clock)


def _finish_or_undo(
    ledger: Ledger,
    place: Path,
    passphrases: Sequence[str | None],
    old: list[Signer],
    clock: Clock | None,
) -> list[Signer]:
    """Finish a rotation that was broken off, or undo it if it was not recorded."""
    new_keys = private_keys.read_public(_pending(place))
    if not _settled_keys(ledger).issuperset(new_keys):
        # In a backup it is not on record either, and there the new keys must stay.
        sign_head(ledger, old, memory_file(place), clock=clock)
        _pending(place).unlink()
        return old
    new = _open_pending(_pending(place), passphrases)
    _finish(ledger, place, old, new, clock)
    return new


def _open_pending(pending: Path, passphrases: Sequence[str | None]) -> list[Signer]:
    for passphrase in passphrases:
        with suppress(KeysUnusable):
            return private_keys.read(pending, passphrase)
    raise KeysUnusable(
        f"the keys were being rotated, and the new ones in {pending} do not open with this "
        "passphrase.",
        hint="Finish it: rotate again, with the passphrases of the old and of the new.",
        cli_hint="Finish it: `answerable key rotate`, with --passphrase-file for the old ones and "
        "--new-passphrase-file for the new; it then rotates those.",
    )


def _finish(
    ledger: Ledger, place: Path, old: list[Signer], new: list[Signer], clock: Clock | None
) -> SignedCheckpoint:
    """Retire the old keys, and put the file of the new ones in their place."""
    current = {each.key for each in own_keys(ledger) if each.retired is None}
    retiring = [signer for signer in old if signer.key in current and signer not in new]
    kept = sign_head(ledger, new, memory_file(place), retiring=retiring, clock=clock)
    try:
        _pending(place).replace(real_file(place))
        atomic_file.sync_folder(place.parent)
    except OSError as error:
        raise FileRefused(
            f"the rotation is recorded, but the new keys are still in {_pending(place)}: "
            f"{error.strerror}.",
            hint="They are put in place when the keys are next used.",
        ) from None
    return kept


def _came_to_nothing(error: BaseException, ledger: Ledger, new: list[Signer]) -> bool:
    """Tell whether new keys are surely not the ledger's, and will not be.

    Where the ledger cannot be asked, private keys are kept.
    """
    if isinstance(error, Refused | OnStandby):
        return True
    try:
        own = _settled_keys(ledger)
    except AnswerableError:
        return False
    return own.isdisjoint(signer.key for signer in new)


def _settled_keys(ledger: Ledger) -> set[VerifierKey]:
    """Return all keys that the ledger has, or ever had.

    A server that was lost as it was to commit may yet be at it. So it is asked as by one who
    writes, who waits until that is over.
    """
    with ledger._writing() as cursor:
        return {each.key for each in read_keys(cursor)}


def _pending(place: Path) -> Path:
    place = real_file(place)
    return place.with_name(f"{place.name}.new")
