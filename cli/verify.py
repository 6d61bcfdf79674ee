"""`answerable verify`: the ledger at hand, or what it gave away, with no ledger at hand."""

from __future__ import annotations

from pathlib import Path

import click

from answerable.cli.base import json_option, ledger_option
from answerable.cli.passphrase import key_file_option
from answerable.cli.signers import signers_option
from answerable.cli.trusting import trust, trust_options

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("verify")
@click.argument("bundle", required=False, type=EXISTING)
@click.option("--from", "published", metavar="URL|DIR", help="Audit a published log.")
@click.option("--proof", type=EXISTING, metavar="FILE", help="Check a proof that `prove` wrote.")
@click.option("--entry", type=EXISTING, metavar="FILE", help="The entry that the proof is of.")
@click.option(
    "--old",
    type=EXISTING,
    metavar="FILE",
    help="The older checkpoint that the proof goes out from.",
)
@trust_options
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --from: remembers the last checkpoint found good, to go on from there.",
)
@signers_option
@key_file_option
@click.option(
    "--structure",
    is_flag=True,
    help="Also check the file as a database, its indexes among it: half as long again.",
)
@ledger_option
@json_option
def command(
    bundle: Path | None,
    published: str | None,
    proof: Path | None,
    entry: Path | None,
    old: Path | None,
    keys: tuple[str, ...],
    witnesses: tuple[str, ...],
    quorum: int | None,
    state: Path | None,
    signers: Path | None,
    key_file: Path | None,
    structure: bool,
    ledger: str | None,
    as_json: bool,
) -> int:
    """Check that the record is what it was.

    Without more, checks the ledger at hand: hashes every entry again, builds the tree again, and
    compares tiles, root, the texts behind the commitments, the numbering of each case, signed
    checkpoints and signatures of actors; and, by what lies beside the private keys, that no more
    was signed than is there. Names the first position that differs.

    With BUNDLE, --from or --proof it needs no ledger: it checks an evidence bundle, a published
    log, or a proof, against the keys that you trust. Exit code 0 means verified, 4 not.

    \b
    Example:
      answerable verify
      answerable verify case.zip --key log.vkey
      answerable verify --proof 12.tlog-proof --entry 12.json --key log.vkey
      answerable verify --from https://example.com/ledger --key log.vkey
    """
    modes = [name for name in (bundle, published, proof) if name is not None]
    if len(modes) > 1:
        raise click.UsageError("BUNDLE, --from and --proof exclude each other.")
    if proof is None and (entry is not None or old is not None):
        raise click.UsageError("--entry and --old say what a proof is of: add --proof.")
    if published is None and state is not None:
        raise click.UsageError("--state goes with --from.")
    trusted = trust(keys, witnesses, quorum)
    if bundle is not None:
        from answerable.cli.bundles import verify_bundle

        return verify_bundle(bundle, trusted, signers, as_json)
    if published is not None:
        from answerable.cli.publish import verify_published

        return verify_published(published, trusted, state, as_json)
    if proof is not None:
        from answerable.cli.prove import verify_proof

        return verify_proof(proof, entry, old, trusted, as_json)
    from answerable.cli.verify_ledger import verify_ledger

    return verify_ledger(ledger, trusted, signers, key_file, structure, as_json)
