"""`answerable prove`, and the checking of what it writes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.once import Command
from answerable.cli.shared.options import (
    OutputFile,
    json_option,
    ledger_option,
    open_to_ask,
    read_file,
)
from answerable.cli.shared.output import head_json, note, write_json
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.tlog.consistency import ConsistencyProof
    from answerable.ledger.tlog.trust import Trust, VerifiedCheckpoint

TARGET = click.Path(path_type=Path)


@click.command("prove", cls=Command)
@click.argument("event", required=False)
@click.option(
    "--since",
    type=click.IntRange(0),
    metavar="SIZE",
    help="Instead: prove that the log begins with its first SIZE entries, unchanged.",
)
@click.option(
    "--under",
    type=click.IntRange(1),
    metavar="SIZE",
    help="Prove the EVENT under the checkpoint of SIZE entries. [default: the last]",
)
@click.option("--output", type=OutputFile(), metavar="FILE", help="Where to. [default: stdout]")
@click.option("--entry", type=TARGET, metavar="FILE", help="Write the entry's bytes there, too.")
@click.option("--force", is_flag=True, help="Overwrite the files if they are there.")
@ledger_option
@json_option
def command(
    event: str | None,
    since: int | None,
    under: int | None,
    output: Path | None,
    entry: Path | None,
    force: bool,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Prove an event, or that the log only grew, to a stranger.

    EVENT is an id, at least the first 8 letters of it, or a position. The proof leads from the
    entry to the last signed checkpoint (C2SP tlog-proof). With the entry's bytes and the log's
    public key anyone can check it, with no ledger at hand: `answerable verify --proof FILE
    --entry FILE --key VKEY`.

    With --since, the proof shows that the log of the last signed checkpoint begins with that of an
    earlier one. It is written as witnesses take it (C2SP tlog-witness, add-checkpoint).

    \b
    Example:
      answerable prove 12 --output 12.tlog-proof --entry 12.json
      answerable prove --since 20 --output growth.txt
    """
    if (event is None) == (since is None):
        raise click.UsageError("Name an EVENT, or give --since SIZE.")
    if since is not None and not (entry is None and under is None):
        raise click.UsageError("--entry and --under go with an EVENT.")
    if output is not None and output == entry:
        raise click.UsageError("--output and --entry name the same file.")
    with open_to_ask(ledger) as opened:
        if since is not None:
            from answerable.ledger.checkpoints.proving import prove_growth

            _write(bytes(prove_growth(opened, since)), output, force, as_json)
        else:
            _prove(opened, event or "", under, output, entry, force, as_json)


def _prove(
    opened: Ledger,
    event: str,
    under: int | None,
    output: Path | None,
    entry: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    from answerable.cli.shared.references import find_event
    from answerable.ledger.checkpoints.proving import prove_entry
    from answerable.ledger.system.atomic_file import new_file

    position = find_event(opened, event).position
    stored = opened.entry(position) or b""
    proof = bytes(prove_entry(opened, position, stored, under=under))
    if entry is None:
        _write(proof, output, force, as_json)
        return
    # Both are there in the end, or neither is.
    with new_file(entry, force=force) as file:
        file.write(stored)
        _write(proof, output, force, as_json)


def _write(proof: bytes, output: Path | None, force: bool, as_json: bool) -> None:
    from answerable.ledger.system.atomic_file import new_file

    if output is not None:
        with new_file(output, force=force) as file:
            file.write(proof)
    if as_json:
        write_json({"proof": proof.decode(), "output": None if output is None else str(output)})
    elif output is None:
        sys.stdout.buffer.write(proof)
    else:
        note(f"Wrote {output}. Whoever checks it needs the log's key: `answerable key export`.")


def verify_proof(
    proof: Path, entry: Path | None, old: Path | None, trust: Trust, as_json: bool
) -> int:
    """Verify a proof with no ledger at hand, and say what it shows.

    Returns:
        The exit code.

    Raises:
        NotVerified: it does not show what it should.
    """
    from answerable.ledger.tlog.inclusion import MAX_PROOF, VERSION

    if not trust.keys:
        raise click.UsageError(
            "A proof is checked against a key of the log that you got by another way: --key."
        )
    data = read_file(proof, MAX_PROOF)
    if not data.startswith(b"old "):
        if entry is None or old is not None:
            raise click.UsageError(
                f"A {VERSION} is of an entry: name its file with --entry, and no --old."
            )
        return _verify_entry(data, read_file(entry, MAX_PROOF), trust, as_json)
    if old is None or entry is not None:
        raise click.UsageError(
            "This proof is of growth: name the older checkpoint with --old, and no --entry."
        )
    return _verify_growth(data, read_file(old, MAX_PROOF), trust, as_json)


def _verify_entry(data: bytes, entry: bytes, trust: Trust, as_json: bool) -> int:
    from answerable.ledger.tlog.inclusion import InclusionProof, verify_entry_proof
    from answerable.ledger.tlog.merkle import leaf_hash

    proof = InclusionProof.parse(data)
    found = verify_entry_proof(proof, leaf_hash(entry), trust)
    if as_json:
        told = {"verified": True, "position": proof.index, **_checkpoint_json(found)}
        write_json(told, found.checkpoint)
        return 0
    click.echo(f"Verified: this entry is at position {proof.index}")
    _say_checkpoint(found)
    return 0


def _verify_growth(data: bytes, old: bytes, trust: Trust, as_json: bool) -> int:
    from answerable.ledger.tlog.consistency import ConsistencyProof
    from answerable.ledger.tlog.consistency import verify_growth_proof as check_growth

    proof: ConsistencyProof = ConsistencyProof.parse(data)
    found = check_growth(proof, old, trust)
    if as_json:
        told = {"verified": True, "old": proof.old, **_checkpoint_json(found)}
        write_json(told, found.checkpoint)
        return 0
    click.echo(f"Verified: the log begins with those {proof.old:,} entries, unchanged")
    _say_checkpoint(found)
    return 0


def _say_checkpoint(found: VerifiedCheckpoint) -> None:
    origin, size, root = found.checkpoint
    click.echo(f"  log      {origin}, {counted(size, 'entry', 'entries')}")
    for key in found.signers:
        click.echo(f"  signed   {key.name} ({key.id.hex()})")
    for name, time in sorted(found.witnesses.items()):
        click.echo(f"  witness  {name}, {time:%Y-%m-%d %H:%M:%S} UTC")
    click.echo(f"  root     {root.hex()}")


def _checkpoint_json(found: VerifiedCheckpoint) -> dict[str, object]:
    return {
        **head_json(found.checkpoint),
        "signers": [str(key) for key in found.signers],
        "witnesses": {name: time.isoformat() for name, time in found.witnesses.items()},
    }
