"""The options of signing an event: with which key, and the file of who may sign as whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.options import Command
from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from answerable.ledger.actors.allowed_signers import AllowedSigners
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt


OWN_RECORDS = (
    "What a command records by itself is not signed: record a signed event that rests on it."
)


def signers_option(command: Command) -> Command:
    """Add `--signers`, which names the file of who may sign as whom."""
    option = click.option(
        "--signers",
        type=click.Path(path_type=Path),
        metavar="FILE",
        envvar="ANSWERABLE_SIGNERS",
        help="Who may sign as whom: OpenSSH's allowed_signers. [default: $ANSWERABLE_SIGNERS, else "
        "beside the ledger, .signers]",
    )
    return option(command)


def sign_option(command: Command) -> Command:
    """Add `--sign`, which says which key to sign an event with."""
    option = click.option(
        "--sign",
        "key",
        type=click.Path(path_type=Path),
        metavar="KEY",
        help="Sign with this key of OpenSSH's: a private key, or the public half of one that an "
        "ssh-agent holds.",
    )
    return option(command)


def signers_at_hand(given: Path | None, ledger: Path | None) -> AllowedSigners | None:
    """Read who may sign as whom, from the file given or the one beside the ledger; None without.

    Args:
        given: the file.
        ledger: the ledger's file; None of one on a server, which nothing lies beside.

    Raises:
        NoSigners: the file that is given is not there, or cannot be read.
    """
    from answerable.ledger.actors.allowed_signers import AllowedSigners
    from answerable.ledger.actors.verify import signers_file

    place = given or (None if ledger is None else signers_file(ledger))
    if place is None or (given is None and not place.exists()):
        return None
    found = AllowedSigners.read(place)
    for remark in found.remarks:
        note(f"{place}, {remark}")
    return found


def allowed_signers(given: Path | None, ledger: Path | None) -> AllowedSigners:
    """Read who may sign as whom.

    Raises:
        NoSigners: there is no file that says so.
    """
    from answerable.ledger.actors.errors import NoSigners
    from answerable.ledger.actors.verify import signers_file

    found = signers_at_hand(given, ledger)
    if found is None:
        beside = (
            "none lies beside a server" if ledger is None else f"there is no {signers_file(ledger)}"
        )
        raise NoSigners(
            f"nothing says who may sign as whom: {beside}.",
            hint="Write into it a line for each key: jane@example.com ssh-ed25519 AAAA…",
        )
    return found


def remark_demand(ledger: Ledger, receipt: Receipt, advice: str) -> None:
    """Say so if a policy demands a signature of an event that was recorded without one."""
    from answerable.domain.signature_demands import read, requiring_signature

    if receipt.duplicate:
        return
    for version in requiring_signature(read(ledger), receipt.position, receipt.recorded_at):
        note(
            f"The policy {version.name} demands a signature, and the event at position "
            f"{receipt.position} has none. {advice}"
        )
