"""Files of allowed signers: no key may sign that is not in one."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.fuzz.surface import material

from answerable.domain.errors import AnswerableError
from answerable.ledger.actors.allowed_signers import AllowedSigners, principal_of
from answerable.ledger.actors.sshsig import SshSignature

LONGEST = 8_192

ANY = SshSignature.parse(
    material("signatures").decode().partition("-----END SSH SIGNATURE-----\n")[0]
    + "-----END SSH SIGNATURE-----\n"
).key


def take(data: bytes) -> None:
    """Read such a file, and ask it who may sign as whom."""
    try:
        signers = AllowedSigners.parse(data)
    except AnswerableError:
        return
    named = {each.key for each in signers.signers}
    for who in ("jane", "jane@example.org", "Jane Doe <jane@example.org>", "*", ""):
        try:
            signers.check(principal_of(who), ANY, datetime(2026, 6, 1, tzinfo=UTC))
        except AnswerableError:
            continue
        assert ANY.blob in named
