"""`answerable verify`."""

from __future__ import annotations

import click

from answerable.cli.base import json_option, ledger_option, note, open_ledger, progress, write_json


@click.command("verify")
@ledger_option
@click.option(
    "--structure",
    is_flag=True,
    help="Also check the file as a database, its indexes among it: half as long again.",
)
@json_option
def command(ledger: str | None, structure: bool, as_json: bool) -> int:
    """Check that the record is what it was.

    Hashes every entry again, builds the tree again, and compares: tiles, root, the texts behind
    the commitments, the guards of the file, the numbering of each case. Names the first position
    that differs. Exit code 0 means verified, 4 not.

    \b
    Example:
      answerable verify
      answerable verify --structure
    """
    from answerable.ledger.verify import verify

    with open_ledger(ledger) as opened, progress("Verifying", len(opened)) as advance:
        found = verify(opened, structure=structure, progress=advance)
    if as_json:
        write_json(
            {
                "verified": found.verified,
                "size": found.size,
                "root": found.root.hex(),
                "disclosures": found.disclosures,
                "erased": found.erased,
                "problems": [problem._asdict() for problem in found.problems],
            }
        )
    elif found.verified:
        click.echo(
            f"Verified: {found.size:,} entries and {found.disclosures:,} sealed texts"
            + (f" ({found.erased:,} erased)." if found.erased else ".")
        )
        click.echo(f"Root: {found.root.hex()}")
        note("Compare the root with one noted elsewhere: a history rewritten whole looks whole.")
    else:
        click.echo("NOT VERIFIED", err=True)
        for problem in found.problems:
            where = "" if problem.position is None else f"Position {problem.position} "
            click.echo(f"  {where}{problem.what}.", err=True)
        note("Keep the file as it is, as evidence, and restore a copy.")
    return 0 if found.verified else 4
