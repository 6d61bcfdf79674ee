"""`answerable publish`, and `answerable verify --from` of what it wrote."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.once import Command
from answerable.cli.shared.options import json_option, ledger_option, open_ledger
from answerable.cli.shared.output import head_json, note, progress, visible, write_json
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.ledger.publish.reader import PublishedLog
    from answerable.ledger.tlog.trust import Trust


@click.command("publish", cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@ledger_option
@json_option
def command(folder: Path, ledger: str | None, as_json: bool) -> None:
    """Write the signed log as files that any web server can serve.

    Writes the entries, the tiles of the tree and, last, the checkpoint that was signed last. What
    DIR holds already is not written again. The files hold what the chain holds: no name and no
    narrative. Their layout is that of C2SP tlog-tiles.

    Whoever has the log's key can audit them: `answerable verify --from DIR --key VKEY`.

    \b
    Example:
      answerable publish /srv/www/ledger
      answerable checkpoint && answerable publish /srv/www/ledger
    """
    from answerable.ledger.publish.writer import publish

    with open_ledger(ledger) as opened:
        done = publish(opened, folder, partial(progress, "Publishing"))
    head = done.checkpoint
    if as_json:
        write_json(
            {
                "folder": str(folder),
                **head_json(head),
                "before": done.before,
                "pages": done.pages,
                "checkpoint_written": done.announced,
                "beyond": done.beyond,
            },
            head,
        )
    if not as_json:
        new = head.size - (done.before or 0)
        did = (
            f"Published {counted(new, 'new entry', 'new entries')} of"
            if done.pages
            else "Published a checkpoint of"
        )
        if not done.announced:
            did = "Nothing new to publish of"
        click.echo(f"{did} {head.origin} in {folder}: {head.size:,} in all.")
    if done.beyond:
        note(
            f"Entries recorded since the checkpoint was signed, and not published: "
            f"{done.beyond:,}. `answerable checkpoint` signs them."
        )
    if not as_json:
        click.echo(f"Root: {head.root.hex()}")


def verify_published(
    published: PublishedLog, trust: Trust, state: Path | None, as_json: bool
) -> int:
    """Verify a published log, and say what was found.

    Returns:
        The exit code.
    """
    if not trust.keys:
        raise click.UsageError(
            "--from needs --key, the log's key: without one, whoever can write the files can "
            "rewrite history. Get it from whoever runs the log (`answerable key show`), by another "
            "way than these files."
        )
    from answerable.ledger.publish.audit import verify_published as verify

    found = verify(published, trust, state=state, progress=partial(progress, "Auditing"))
    head = found.checkpoint
    if as_json:
        write_json(
            {
                "verified": True,
                **head_json(head),
                "since": found.since,
                "signed_by": [str(key) for key in found.signers],
                "witnesses": found.witnesses,
            },
            head,
        )
        return 0
    new = head.size - found.since
    already = f", {found.since:,} of them found good before" if found.since else ""
    click.echo(f"Verified: {head.size:,} entries of {visible(head.origin)}{already}.")
    click.echo(f"Hashed: {counted(new, 'new entry', 'new entries')}, each under this root.")
    for key in found.signers:
        click.echo(f"Signed by: {key.name}+{key.id.hex()}")
    for name, time in found.witnesses.items():
        click.echo(f"Cosigned by: {name} at {time:%Y-%m-%dT%H:%M:%SZ}")
    if not found.witnesses:
        note("No witness: the log could show others another history. Ask for --witness.")
    click.echo(f"Root: {head.root.hex()}")
    return 0
