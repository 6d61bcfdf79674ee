"""Private keys in a file: who can read it can sign in the ledger's name, or the witness's.

For each key the file holds its vkey on a line and the private key in PEM (PKCS #8, RFC 5958),
encrypted if there is a passphrase. It is made with mode 0600, and is not used if others can read
it. Who else is to check signatures gets the vkeys.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from answerable.ledger.errors import FileRefused, KeysUnusable, MalformedNote
from answerable.ledger.system import atomic_file
from answerable.ledger.system.regular_file import SAVE_AS_UTF8, encoding_mark, open_regular
from answerable.ledger.tlog.note import VerifierKey
from answerable.ledger.tlog.note_signatures import Signer

KEY = re.compile(
    r"(?P<vkey>\S+)\n(?P<pem>-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----\n"
    r"[A-Za-z0-9+/=\n]+-----END (?:ENCRYPTED )?PRIVATE KEY-----\n)"
)
OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO
LONGEST = 64 * 1024

LONGEST_PASSPHRASE = 1023
"""The bytes of the longest passphrase that OpenSSL takes."""


def generate(name: str, kinds: Iterable[int]) -> list[Signer]:
    """Make new keys of some signature types, under one name.

    Raises:
        MalformedNote: a key cannot be called so.
    """
    return [Signer.generate(name, kind) for kind in kinds]


def write(place: Path, signers: Iterable[Signer], passphrase: str | None = None) -> None:
    """Write keys to a new file that only its owner can read, durably.

    Raises:
        FileRefused: there is something at this place already, or the disk would not take it.
        KeysUnusable: they cannot be put under this passphrase.
    """
    from cryptography.hazmat.primitives import serialization

    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        check_passphrase(passphrase)
        lock = serialization.BestAvailableEncryption(passphrase.encode())
    pems = [
        f"{signer.key}\n".encode()
        + signer.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock
        )
        for signer in signers
    ]
    try:
        opened = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FileRefused(
            f"there are keys at {place} already, and they are not overwritten.",
            hint="To sign with others from now on: `rotate_keys`.",
            cli_hint="To sign with others from now on: `answerable key rotate`.",
        ) from None
    except OSError as error:
        raise _write_error(place, error) from None
    try:
        with open(opened, "wb") as file:  # noqa: PTH123
            file.write(b"".join(pems))
            file.flush()
            os.fsync(file.fileno())
        atomic_file.sync_folder(place.parent)
    except BaseException as error:
        place.unlink()
        if isinstance(error, OSError):
            raise _write_error(place, error) from None
        raise


def check_passphrase(passphrase: str) -> None:
    """Check that keys can be put under a passphrase.

    Raises:
        KeysUnusable: they cannot.
    """
    if len(passphrase.encode()) > LONGEST_PASSPHRASE:
        raise KeysUnusable(f"a passphrase is at most {LONGEST_PASSPHRASE:,} bytes long.")


def read(place: Path, passphrase: str | None = None) -> list[Signer]:
    """Read the keys in a file.

    Raises:
        KeysUnusable: there are none, others can read them, or the passphrase is wrong.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

    signers = []
    for vkey, pem in _read_parts(place):
        try:
            private = serialization.load_pem_private_key(
                pem, passphrase.encode() if passphrase and is_locked(pem) else None
            )
        except TypeError:
            raise KeysUnusable(
                f"the keys in {place} are under a passphrase.",
                hint="Give the passphrase.",
                cli_hint="Give it with --passphrase-file, or in ANSWERABLE_PASSPHRASE.",
            ) from None
        except ValueError:
            raise KeysUnusable(
                f"the keys in {place} do not open with this passphrase.", hint="Try another."
            ) from None
        if not isinstance(private, (Ed25519PrivateKey, MLDSA44PrivateKey)) or (
            private.public_key().public_bytes_raw() != vkey.public
        ):
            raise KeysUnusable(
                f"the private key of {vkey.name} in {place} is not the one named there.",
                hint="Restore it from a copy.",
            )
        signers.append(Signer(vkey, private))
    return signers


def read_public(place: Path) -> list[VerifierKey]:
    """Read the public halves of the keys in a file, for which no passphrase is needed.

    Raises:
        KeysUnusable: as `read`.
    """
    return [vkey for vkey, _ in _read_parts(place)]


def are_locked(place: Path) -> bool:
    """Tell whether the keys in a file are under a passphrase.

    Raises:
        KeysUnusable: as `read`.
    """
    return any(is_locked(pem) for _, pem in _read_parts(place))


def is_locked(pem: bytes) -> bool:
    """Tell whether a private key is encrypted."""
    return pem.startswith(b"-----BEGIN ENCRYPTED")


def _write_error(place: Path, error: OSError) -> FileRefused:
    return FileRefused(f"the keys cannot be written to {place}: {error.strerror}.")


def _read_parts(place: Path) -> Sequence[tuple[VerifierKey, bytes]]:
    """Read each key of a file: its public half, and its private key in PEM."""
    try:
        with open_regular(place) as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and mode & OPEN_TO_OTHERS:
                raise KeysUnusable(
                    f"others can read the private keys in {place} (mode {stat.S_IMODE(mode):04o}), "
                    "so they are not used.",
                    hint=f"chmod 600 {place} - and if others may have read them, rotate them.",
                )
            data = file.read(LONGEST)
        if mark := encoding_mark(data):
            raise KeysUnusable(f"the keys at {place} cannot be read: {mark}.", hint=SAVE_AS_UTF8)
        text = data.decode()
    except FileNotFoundError:
        raise KeysUnusable(
            f"there are no private keys at {place}.",
            hint="Restore them from a copy, or name their file, where it is elsewhere.",
        ) from None
    except OSError as error:
        raise KeysUnusable(f"the keys at {place} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        text = ""
    try:
        found = [
            (VerifierKey.parse(each["vkey"]), each["pem"].encode()) for each in KEY.finditer(text)
        ]
    except MalformedNote as error:
        raise KeysUnusable(f"{place}: {error.message}") from None
    if not found or "".join(each.group() for each in KEY.finditer(text)) != text:
        raise KeysUnusable(
            f"{place} is not a file of private keys.", hint="Restore it from a copy."
        )
    return found
