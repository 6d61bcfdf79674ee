"""The options that get a checkpoint cosigned by witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.options import EXISTING, Command, read_file
from answerable.cli.shared.output import note
from answerable.cli.shared.signed.trust import read_keys

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.tlog.checkpoint import SignedCheckpoint
    from answerable.ledger.tlog.note import VerifierKey


def cosigning_options(command: Command) -> Command:
    """Add `--submit`, `--attach` and `--witness`."""
    submit = click.option(
        "--submit",
        multiple=True,
        metavar="URL",
        help="Have the witness at this URL cosign it. Repeatable.",
    )
    attach = click.option(
        "--attach",
        multiple=True,
        type=EXISTING,
        metavar="FILE",
        help="Keep the cosignatures in this file, from `answerable witness cosign`. Repeatable.",
    )
    witness = click.option(
        "--witness",
        "witnesses",
        multiple=True,
        metavar="VKEY|FILE",
        help="A key that the witnesses cosign with, or a file of such keys. Repeatable.",
    )
    return submit(attach(witness(command)))


def cosigners(
    submit: Sequence[str], attach: Sequence[Path], witnesses: Sequence[str]
) -> list[VerifierKey]:
    """Read the keys of the witnesses, if the options go together."""
    if witnesses and not (submit or attach):
        raise click.UsageError("--witness says whose cosignatures: add --submit or --attach.")
    if (submit or attach) and not witnesses:
        raise click.UsageError("Give the keys of the witnesses with --witness.")
    return read_keys(witnesses)


def cosign(
    ledger: Ledger, submit: Sequence[str], attach: Sequence[Path], keys: Sequence[VerifierKey]
) -> SignedCheckpoint | None:
    """Get the last checkpoint cosigned, as the options say, and keep the cosignatures.

    One witness that fails does not keep the others from being asked; at the end, the first failure
    is raised.

    Returns:
        The last checkpoint with what was gathered below it; None if no option asked for any.
    """
    if not (submit or attach):
        return None
    from answerable.domain.errors import AnswerableError
    from answerable.ledger.checkpoints import signing
    from answerable.ledger.tlog.note import MAX_NOTE
    from answerable.ledger.witness import client

    failures: list[AnswerableError] = []
    for file in attach:
        client.attach(ledger, read_file(file, MAX_NOTE), keys)
    for url in submit:
        try:
            client.submit(ledger, url, keys)
        except AnswerableError as error:
            failures.append(error)
    for failure in failures[1:]:
        note(f"Warning: {failure.cli_text()}")
    if failures:
        raise failures[0]
    return signing.latest_checkpoint(ledger)
