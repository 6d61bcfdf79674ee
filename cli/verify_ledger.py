"""`answerable verify` of the ledger at hand."""

from __future__ import annotations

from pathlib import Path

import click

from answerable.cli.base import note, open_ledger, progress, write_json
from answerable.ledger.trust import Trust


def verify_ledger(
    ledger: str | None, trust: Trust, signers: Path | None, structure: bool, as_json: bool
) -> int:
    """Check the ledger at hand, and say what was found.

    Returns:
        The exit code.
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
