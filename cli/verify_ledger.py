"""`answerable verify` of the ledger at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.base import note, open_ledger, progress, write_json
from answerable.cli.signers import signers_at_hand
from answerable.ledger.trust import Trust

if TYPE_CHECKING:
    from answerable.ledger.actors import Signatures, Unmet
    from answerable.ledger.ledger import Ledger


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
        actors, unmet = _actors(opened, signers, whole=found.verified)
    found = found._replace(problems=found.problems + actors.problems)
    if as_json:
        write_json(
            {
                "verified": found.verified,
                "size": found.size,
                "root": found.root.hex(),
                "disclosures": found.disclosures,
                "erased": found.erased,
                "problems": [problem._asdict() for problem in found.problems],
                "signatures": _actors_json(actors, unmet),
            }
        )
    elif found.verified:
        click.echo(
            f"Verified: {found.size:,} entries and {found.disclosures:,} sealed texts"
            + (f" ({found.erased:,} erased)." if found.erased else ".")
        )
        for line in _actors_lines(actors, unmet):
            click.echo(line)
        click.echo(f"Root: {found.root.hex()}")
        note("Compare the root with one noted elsewhere: a history rewritten whole looks whole.")
    else:
        click.echo("NOT VERIFIED", err=True)
        for problem in found.problems:
            where = "" if problem.position is None else f"Position {problem.position} "
            click.echo(f"  {where}{problem.what}.", err=True)
        note("Keep the file as it is, as evidence, and restore a copy.")
    if not found.verified:
        return 4
    return 1 if unmet else 0


def _actors(
    opened: Ledger, signers: Path | None, *, whole: bool
) -> tuple[Signatures, tuple[Unmet, ...]]:
    """What the signatures came to, and, of a record that is whole, what policies demanded."""
    from answerable.ledger.actors import Signatures, check_all, unmet
    from answerable.ledger.errors import NotVerified

    try:
        found = check_all(opened, signers_at_hand(signers, opened.path))
    except NotVerified:
        if whole:
            raise
        # So damaged that signatures cannot be read; what was found before is to be told.
        found = Signatures(0, 0, 0, 0, 0, ())
    return found, unmet(opened) if whole else ()


def _actors_json(actors: Signatures, unmet: tuple[Unmet, ...]) -> dict[str, Any]:
    listed = [
        {
            "policy": each.demand.name,
            "adopted_by": each.demand.event_id,
            "events": each.events,
            "positions": each.positions,
        }
        for each in unmet
    ]
    return {
        "signed": actors.signed,
        "unsigned": actors.unsigned,
        "erased": actors.erased,
        "unchecked": actors.unchecked,
        "unattributed": actors.unattributed,
        "unmet": listed,
    }


def _actors_lines(actors: Signatures, unmet: tuple[Unmet, ...]) -> Iterator[str]:
    if actors.signed or actors.erased:
        told = [f"{actors.signed:,} signed", f"{actors.unsigned:,} not"]
        told += [f"{actors.erased:,} whose signature was erased"] if actors.erased else []
        yield f"Events: {', '.join(told)}."
    if actors.unchecked:
        yield (
            "Whether their keys may sign for who recorded is not checked: nothing says who may. "
            "Give --signers."
        )
    if actors.unattributed:
        yield f"Of {actors.unattributed:,} only the key can be told: who recorded was erased."
    for each in unmet:
        listed = ", ".join(map(str, each.positions))
        more = ", …" if each.events > len(each.positions) else ""
        yield (
            f"{each.events:,} {'event' if each.events == 1 else 'events'} recorded while policy "
            f"{each.demand.name} demanded a signature "
            f"{'has' if each.events == 1 else 'have'} none: positions {listed}{more}"
        )
