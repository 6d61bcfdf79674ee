"""`answerable checkpoint`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.proving.cosigning import cosign, cosigners, cosigning_options
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import json_option, ledger_option, open_ledger
from answerable.cli.shared.output import head_json, write_json
from answerable.cli.shared.signed.keys import key_file_option, read_signers, unreplicated_option
from answerable.cli.shared.signed.passphrase import passphrase_option
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.ledger.tlog.checkpoint import SignedCheckpoint


@click.command("checkpoint", cls=Command)
@click.option("--note", "raw", is_flag=True, help="Write the signed note itself.")
@unreplicated_option
@cosigning_options
@key_file_option
@passphrase_option
@ledger_option
@json_option
def command(
    raw: bool,
    sign_unreplicated: bool,
    submit: tuple[str, ...],
    attach: tuple[Path, ...],
    witnesses: tuple[str, ...],
    key_file: Path | None,
    passphrase_file: Path | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Sign the head of the log: all that is recorded by now.

    First the ledger proves to itself that the log begins with the one it signed last; if not - a
    restored backup, a rewritten history - it signs nothing and says so. Signed checkpoints are
    kept in the ledger. Send one now and then to someone you do not control; or have witnesses
    cosign it, who see to it that everyone is shown the same log.

    \b
    Example:
      answerable checkpoint
      answerable checkpoint --note > checkpoint.txt
      answerable checkpoint --submit https://witness.example/w1 --witness w1.vkey
    """
    from answerable.ledger.checkpoints.signing import sign_head

    keys = cosigners(submit, attach, witnesses)
    with open_ledger(ledger) as opened:
        opened.signs_unreplicated = sign_unreplicated
        signers, memory = read_signers(opened, key_file, passphrase_file)
        kept = sign_head(opened, signers, memory)
        kept = cosign(opened, submit, attach, keys) or kept
    if as_json:
        write_json(_checkpoint_json(kept), kept.checkpoint)
    elif raw:
        sys.stdout.buffer.write(kept.note)
    else:
        _say_signed(kept)


def _say_signed(kept: SignedCheckpoint) -> None:
    from answerable.ledger.tlog.note import Note

    origin, size, root = kept.checkpoint
    click.echo(f"Signed: {counted(size, 'entry', 'entries')} of {origin}")
    for signature in Note.parse(kept.note).signatures:
        click.echo(f"  by    {signature.name} ({signature.key_id.hex()})")
    click.echo(f"  root  {root.hex()}")


def _checkpoint_json(kept: SignedCheckpoint) -> dict[str, object]:
    return {**head_json(kept.checkpoint), "note": kept.note.decode()}
