"""`answerable record`: an event that was prepared, and signed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.recording.receipt_text import show_receipt, verbose_option
from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.once import Command
from answerable.cli.shared.open_names import remark_open_names, remark_unregistered, unregistered
from answerable.cli.shared.options import (
    EXISTING,
    allow_name_option,
    intent_options,
    json_option,
    ledger_option,
)
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.shared.signed.signers import allowed_signers, signers_option
from answerable.domain.kinds import ERASURE

if TYPE_CHECKING:
    from answerable.cli.recording.erasing import Found


@click.command("record", cls=Command)
@click.argument("file", type=EXISTING)
@click.option(
    "--signature",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The signature over the statement. [default: FILE.statement.sig]",
)
@signers_option
@allow_name_option
@clock_option
@intent_options
@ledger_option
@verbose_option
@json_option
def command(
    file: Path,
    signature: Path | None,
    signers: Path | None,
    accept_clock: bool,
    ledger: str | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """Record an event that was prepared and signed.

    FILE is what `answerable append … --prepare FILE` wrote. Beside it lies FILE.statement, which
    is what its recorder signs, here or on another machine. The signature must be good, and its
    key allowed to sign for whoever records, or nothing is recorded. Of an erasure, it says which
    texts with the person's name in them stay.

    \b
    Example:
      answerable record event.json
      answerable append contact --case acme --counterparty org-7 --prepare event.json
      ssh-keygen -Y sign -n answerable -f ~/.ssh/id_ed25519 event.json.statement
    """
    from answerable.ledger.actors.prepared import Prepared, read_signature, signature_file

    with open_to_record(ledger, accept_clock=accept_clock) as opened:
        prepared = Prepared.read(file)
        made = read_signature(signature or signature_file(file))
        allowed = allowed_signers(signers, opened.place)
        stay: list[Found] = []
        if prepared.event.kind == ERASURE:
            from answerable.cli.recording.erasing import look_for_others

            # After it, no name is left to look for them by.
            stay = look_for_others(opened, prepared.event).texts
        receipt = opened.append_prepared(prepared, made, allowed)
        with all_recorded():
            if prepared.event.kind == ERASURE:
                from answerable.cli.recording.erasing import show_erasures

                subject: str = prepared.event.__dict__["subject"]
                show_erasures(opened, [receipt], stay, subject, as_json=as_json)
                return
            nobody = unregistered(opened, [prepared.event])
            show_receipt(opened, receipt, as_json=as_json, nobody=nobody, verbose=verbose)
            if not receipt.duplicate:
                remark_unregistered(opened, nobody)
                remark_open_names(opened, receipt.position)
