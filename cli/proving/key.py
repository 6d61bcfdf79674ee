"""`answerable key`: the keys that a ledger signs with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.once import Group
from answerable.cli.shared.options import (
    actor_option,
    json_option,
    ledger_option,
    open_ledger,
    recorder,
)
from answerable.cli.shared.output import note, write_json
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.shared.signed.keys import (
    key_file_option,
    key_place,
    say_created,
    unreplicated_option,
)
from answerable.cli.shared.signed.passphrase import (
    FILE,
    new_passphrase,
    passphrase,
    passphrase_option,
)
from answerable.cli.shared.signed.signers import OWN_RECORDS, remark_demand

if TYPE_CHECKING:
    from answerable.ledger.store.log_keys import OwnKey

TYPES = {"ed25519": 0x01, "ml-dsa-44": 0x06}


@click.group("key", cls=Group)
@ledger_option
@click.pass_context
def command(ctx: click.Context, ledger: str | None) -> None:
    """Make, show, rotate and export the keys a ledger signs with.

    The private keys are in a file beside the ledger that only you can read; keep a copy in a safe
    place. Whoever is to check the ledger gets the public keys: `answerable key export`.

    \b
    Example:
      answerable key create --origin example.com/ledger
      answerable key export > log.vkey
    """
    if ledger is not None:
        ctx.find_root().obj["ledger"] = ledger


@command.command("create")
@click.option(
    "--origin", required=True, metavar="NAME", help="What the log is called: example.com/ledger."
)
@key_file_option
@passphrase_option
@ledger_option
@json_option
def create(
    origin: str,
    key_file: Path | None,
    passphrase_file: Path | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Make the first keys of a ledger that has none.

    \b
    Example:
      answerable key create --origin example.com/ledger
    """
    from answerable.ledger.checkpoints.rotation import create_keys as create_first
    from answerable.ledger.tlog.checkpoint import Checkpoint

    place = key_place(key_file, ledger)
    with open_ledger(ledger) as opened:
        made = create_first(opened, origin, place, new_passphrase(passphrase_file))
        head = Checkpoint(origin, *opened.head())
    if as_json:
        told = {"origin": origin, "key_file": str(place), "keys": [str(k.key) for k in made]}
        write_json(told, head)
    else:
        say_created(origin, place)


@command.command("adopt")
@key_file_option
@passphrase_option
@ledger_option
@json_option
def adopt(
    key_file: Path | None, passphrase_file: Path | None, ledger: str | None, as_json: bool
) -> None:
    """Have a ledger that was restored from its entries sign with its keys.

    A copy that `export --entries` wrote brings no keys. Put their file, and the file `.signed`
    that remembers what they signed, beside the restored ledger, or name it with --key-file.

    \b
    Example:
      answerable key adopt --ledger restored.db --key-file safe/log.key
    """
    from answerable.ledger.checkpoints.rotation import take_up_keys

    place = key_place(key_file, ledger)
    secret = passphrase(place, passphrase_file) if place.exists() else None
    with open_ledger(ledger) as opened:
        taken = take_up_keys(opened, place, secret)
    if as_json:
        write_json({"key_file": str(place), "keys": [str(signer.key) for signer in taken]})
    else:
        click.echo(f"{taken[0].key.name} signs with the keys in {place}")


@command.command("show")
@key_file_option
@ledger_option
@json_option
def show(key_file: Path | None, ledger: str | None, as_json: bool) -> None:
    """Show which keys the ledger signs with, and signed with before.

    \b
    Example:
      answerable key show
    """
    from answerable.ledger.store.log_keys import own_keys

    with open_ledger(ledger) as opened:
        keys = own_keys(opened)
    if as_json:
        write_json({"keys": [_key_json(each) for each in keys]})
        return
    if not keys:
        note(WITHOUT)
        return
    click.echo(f"{keys[-1].key.name} signs with")
    for each in keys:
        for line in _described(each):
            click.echo(line)
    place = key_place(key_file, ledger)
    click.echo(f"private keys: {place}" if place.exists() else f"no private keys at {place}")


@command.command("export")
@click.option("--type", "kind", type=Choice(list(TYPES)), help="Only the key of this type.")
@click.option("--all", "retired", is_flag=True, help="Those that were retired, too.")
@ledger_option
@json_option
def export(kind: str | None, retired: bool, ledger: str | None, as_json: bool) -> int:
    """Write the public keys, one a line, for those who check the ledger.

    They read <name>+<id>+<base64>, as C2SP's signed notes have them. Publish them where the ledger
    is not: who can change both can forge both.

    \b
    Example:
      answerable key export > log.vkey
      answerable key export --type ed25519
    """
    from answerable.ledger.store.log_keys import own_keys

    with open_ledger(ledger) as opened:
        keys = [
            str(each.key)
            for each in own_keys(opened)
            if (retired or each.retired is None) and (kind is None or each.key.kind == TYPES[kind])
        ]
    if as_json:
        write_json({"keys": keys})
        return 0
    if not keys:
        note(WITHOUT)
        return 1
    for vkey in keys:
        click.echo(vkey)
    return 0


@command.command("rotate")
@click.option(
    "--reason",
    metavar="TEXT",
    help="Why. Sealed; name nobody, for it is about no party, so no erasure reaches it.",
)
@click.option(
    "--new-passphrase-file",
    type=FILE,
    metavar="FILE|-",
    help="Its first line is the passphrase of the new keys; - asks you. [default: as the old]",
)
@unreplicated_option
@key_file_option
@passphrase_option
@clock_option
@actor_option
@ledger_option
@json_option
def rotate(
    reason: str | None,
    new_passphrase_file: Path | None,
    sign_unreplicated: bool,
    key_file: Path | None,
    passphrase_file: Path | None,
    accept_clock: bool,
    actor: str | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Change the keys for new ones, and record it.

    The old keys sign for the last time, together with the new: a checkpoint that commits to the
    event which names them. Publish it, so that whoever trusts the old keys can go over to the new.

    \b
    Example:
      answerable key rotate --reason "Yearly, as the policy has it"
    """
    from answerable.ledger.checkpoints.rotation import rotate_keys

    place = key_place(key_file, ledger)
    secret = passphrase(place, passphrase_file) if place.exists() else None
    with open_to_record(ledger, accept_clock=accept_clock) as opened:
        opened.signs_unreplicated = sign_unreplicated
        receipt, kept = rotate_keys(
            opened,
            place,
            recorded_by=recorder(actor),
            passphrase=secret,
            new_passphrase=new_passphrase(new_passphrase_file) if new_passphrase_file else secret,
            reason=reason,
        )
        with all_recorded():
            remark_demand(opened, receipt, OWN_RECORDS)
    if as_json:
        told = {"position": receipt.position, "checkpoint": kept.note.decode()}
        write_json(told, kept.checkpoint)
        return
    click.echo(f"Rotated the keys of {kept.checkpoint.origin}")
    click.echo(f"  recorded at  #{receipt.position}")
    click.echo(f"  signed by both  {kept.checkpoint.size} entries")
    note("Tell whoever checks the ledger: `answerable key export`, and publish the checkpoint.")


WITHOUT = (
    "This ledger has no keys. It cannot sign checkpoints, prove an event to a stranger, or be "
    "published; and whoever can write the file can rewrite all of it. Make keys with "
    "`answerable key create --origin example.com/ledger`."
)


def _described(own: OwnKey) -> list[str]:
    from answerable.ledger.tlog.note_signatures import ALGORITHMS

    until = "" if own.retired is None else f", retired at {own.retired:,}"
    return [
        f"  {ALGORITHMS[own.key.kind]:<10} {own.key.id.hex()}  from {own.adopted:,} entries{until}",
        f"    {own.key.fingerprint}",
    ]


def _key_json(own: OwnKey) -> dict[str, Any]:
    from answerable.ledger.tlog.note_signatures import ALGORITHMS

    return {
        "name": own.key.name,
        "algorithm": ALGORITHMS[own.key.kind],
        "id": own.key.id.hex(),
        "fingerprint": own.key.fingerprint,
        "vkey": str(own.key),
        "adopted": own.adopted,
        "retired": own.retired,
    }
