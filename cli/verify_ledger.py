"""`answerable verify` of the ledger at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.base import note, open_ledger, progress, write_json

if TYPE_CHECKING:
    from answerable.ledger.heads import Signed
    from answerable.ledger.trust import Trust
    from answerable.ledger.verify import Verification

UNSIGNED = (
    "Nothing here is signed. Compare the root with one noted elsewhere: a history rewritten whole "
    "looks whole."
)
UNTRUSTED = (
    "The keys are those that the ledger itself names. Give the one that you got elsewhere with "
    "--key: a ledger made anew, keys and all, looks whole."
)


def verify_ledger(
    ledger: str | None, trust: Trust, signers: Path | None, structure: bool, as_json: bool
) -> int:
    """Check the ledger at hand, and say what was found.

    Returns:
        The exit code.
    """
    from answerable.ledger.heads import check_signed
    from answerable.ledger.signing import key_file, memory_file
    from answerable.ledger.verify import verify

    with open_ledger(ledger) as opened, progress("Verifying", len(opened)) as advance:
        found = verify(opened, structure=structure, progress=advance)
        signed = check_signed(opened, trust, memory_file(key_file(opened.path)))
    verified = found.verified and not signed.problems
    if as_json:
        write_json(_as_json(found, signed))
    elif verified:
        _say(found, signed, bool(trust.keys))
    else:
        _complain(found, signed)
    return 0 if verified else 4


def _say(found: Verification, signed: Signed, trusted: bool) -> None:
    click.echo(
        f"Verified: {found.size:,} entries and {found.disclosures:,} sealed texts"
        + (f" ({found.erased:,} erased)." if found.erased else ".")
    )
    click.echo(f"Root: {found.root.hex()}")
    if signed.last is None:
        note(UNSIGNED)
        return
    checkpoint = signed.last.checkpoint
    by = ", ".join(f"{key.name} ({key.id.hex()})" for key in signed.last.signers)
    click.echo(f"Signed: the first {checkpoint.size:,} entries, by {by}.")
    for name, time in sorted(signed.last.witnesses.items()):
        click.echo(f"Witnessed: by {name}, {time:%Y-%m-%d %H:%M:%S} UTC.")
    if found.size > checkpoint.size:
        later = found.size - checkpoint.size
        note(f"Recorded since, and not signed yet: {later:,}. `answerable checkpoint` signs them.")
    if not trusted:
        note(UNTRUSTED)


def _complain(found: Verification, signed: Signed) -> None:
    click.echo("NOT VERIFIED", err=True)
    for problem in (*found.problems, *signed.problems):
        where = "" if problem.position is None else f"Position {problem.position} "
        click.echo(f"  {where}{problem.what}.", err=True)
    note("Keep the file as it is, as evidence, and restore a copy.")


def _as_json(found: Verification, signed: Signed) -> dict[str, Any]:
    problems = (*found.problems, *signed.problems)
    last = signed.last
    return {
        "verified": not problems,
        "size": found.size,
        "root": found.root.hex(),
        "disclosures": found.disclosures,
        "erased": found.erased,
        "checkpoints": signed.checkpoints,
        "signed": None
        if last is None
        else {
            "origin": last.checkpoint.origin,
            "size": last.checkpoint.size,
            "by": [str(key) for key in last.signers],
            "witnesses": {name: time.isoformat() for name, time in last.witnesses.items()},
        },
        "problems": [problem._asdict() for problem in problems],
    }
