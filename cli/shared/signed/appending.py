"""Signing an event as who records it, and recording it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from answerable.cli.shared.signed.signers import allowed_signers

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt


def append_signed(
    opened: Ledger,
    event: Event,
    who: str,
    key: Path,
    signers: Path | None,
    expected_version: int | None = None,
) -> Receipt:
    """Sign an event as its recorder with a key of OpenSSH's, and record it."""
    from answerable.ledger.actors.ssh_keygen import ssh_sign

    allowed = allowed_signers(signers, opened.place)
    prepared = opened.prepare(event, recorded_by=who, expected_version=expected_version)
    made = ssh_sign(prepared.statement, key)
    return opened.append_prepared(prepared, made, allowed, expected_version=expected_version)
