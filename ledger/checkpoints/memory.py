"""The file beside the private keys that remembers the last checkpoint they signed.

The file is that checkpoint as it was signed. Whoever restores a ledger from a backup restores what
its database remembers too, but not this file: so the keys do not sign another history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from answerable.ledger.errors import FileRefused, KeysUnusable, NotVerified
from answerable.ledger.system import atomic_file
from answerable.ledger.system.regular_file import read_regular
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.note import MAX_NOTE, VerifierKey
from answerable.ledger.tlog.note_signatures import open_note


def memory_file(keys: Path) -> Path:
    """Return where the last checkpoint that some keys signed is remembered: beside them."""
    return keys.with_name(f"{keys.name.removesuffix('.key')}.signed")


def remember(memory: Path, note: bytes) -> None:
    """Replace the checkpoint in the memory, durably and as a whole.

    Raises:
        FileRefused: the disk would not take it.
    """
    try:
        atomic_file.write(memory, note)
        atomic_file.sync_folder(memory.parent)
    except OSError as error:
        raise _memory_error(memory, error) from None


def last_remembered(memory: Path, keys: Iterable[VerifierKey]) -> SignedCheckpoint | None:
    """Return the last checkpoint in the memory; None if there is no file.

    Raises:
        KeysUnusable: what is there was not signed by these keys.
    """
    note = read_memory(memory)
    return None if note is None else check_memory(memory, note, keys)


def read_memory(memory: Path) -> bytes | None:
    """Return the bytes of the memory, not looked at; None if there is no file.

    Raises:
        KeysUnusable: it cannot be read.
    """
    try:
        return read_regular(memory, MAX_NOTE)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeysUnusable(f"{memory} cannot be read: {error.strerror}.") from None


def check_memory(memory: Path, note: bytes, keys: Iterable[VerifierKey]) -> SignedCheckpoint:
    """Check that the memory's bytes are a checkpoint that these keys signed.

    Raises:
        KeysUnusable: it was not signed by these keys.
    """
    try:
        kept = SignedCheckpoint.parse(note)
        open_note(note, keys)
    except NotVerified as error:
        raise KeysUnusable(
            f"{memory} does not hold the last checkpoint signed: {error.message}",
            hint="Restore it from a copy, or from wherever the last checkpoint was published.",
        ) from None
    return kept


@contextmanager
def signing_alone(memory: Path) -> Iterator[None]:
    """Keep all others from signing by this memory: of a copied ledger, too, they ask it first."""
    with ExitStack() as stack:
        try:
            stack.enter_context(atomic_file.hold_alone(memory.parent))
        except OSError as error:
            raise _memory_error(memory, error) from None
        yield


def _memory_error(memory: Path, error: OSError) -> FileRefused:
    return FileRefused(
        f"what is signed cannot be remembered in {memory}: {error.strerror}; nothing is signed."
    )
