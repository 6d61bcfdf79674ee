"""Signatures of OpenSSH's: only what a key made over the message is accepted."""

from __future__ import annotations

from tests.fuzz.surface import material

from answerable.ledger.actors.sshsig import SshSignature
from answerable.ledger.errors import NotVerified

LONGEST = 4_096

MESSAGE = b"what is signed"
GOOD = {
    SshSignature.parse(each + "-----END SSH SIGNATURE-----\n").key.blob
    for each in material("signatures").decode().split("-----END SSH SIGNATURE-----\n")[:-1]
}


def take(data: bytes) -> None:
    """Read a signature, and hold it against the message."""
    try:
        signature = SshSignature.parse(data.decode(errors="replace"))
        assert SshSignature.parse(signature.armored) == signature
        signature.check(MESSAGE)
    except NotVerified:
        return
    assert signature.key.blob in GOOD
