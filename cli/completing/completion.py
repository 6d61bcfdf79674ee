"""`answerable completion`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from answerable.cli.completing.places import SHELLS, Places, places, shell_of
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import json_option
from answerable.cli.shared.output import note, write_json


@click.command("completion", cls=Command)
@click.argument("shell", type=Choice(SHELLS), required=False, metavar="[SHELL]")
@click.option("--install", "wanted", flag_value="install", help="Write it where the shell looks.")
@click.option(
    "--uninstall",
    "wanted",
    flag_value="uninstall",
    help="Remove what --install wrote.",
)
@json_option
def command(shell: str | None, wanted: str | None, as_json: bool) -> None:
    """Have a shell complete what is typed, and install man pages.

    Commands, options, kinds, cases, parties and the numbers of events are completed, the last
    three from the ledger, with their titles. SHELL is bash, zsh or fish; left out, yours.

    Without --install the script is written to stdout. With it, script and man pages go to your own
    folders, as XDG_DATA_HOME and XDG_CONFIG_HOME have them, and no start-up file is edited.

    \b
    Example:
      answerable completion --install
      answerable completion bash > answerable.bash
      answerable completion --uninstall
    """
    shell = shell or shell_of(os.environ)
    if wanted is None:
        from answerable.cli.completing.shells import script

        if as_json:
            write_json({"shell": shell, "script": script(shell)})
        else:
            click.echo(script(shell), nl=False)
        return
    there = places(shell, os.environ)
    changed = _install(shell, there) if wanted == "install" else _uninstall(there)
    if as_json:
        write_json({"shell": shell, f"{wanted}ed": [str(each) for each in changed]})
        return
    _tell(shell, there, changed, done="Wrote" if wanted == "install" else "Removed")
    if wanted == "install":
        if there.advice:
            note(f"If a new shell does not complete it: add {there.advice}.")
        note(f"`answerable completion {shell} --uninstall` takes all of it away again.")


def _install(shell: str, there: Places) -> list[Path]:
    from answerable.cli.completing.installing import install
    from answerable.cli.completing.man_pages import man_pages
    from answerable.cli.completing.shells import script

    cli = click.get_current_context().find_root().command
    pages = {there.pages / name: text for name, text in man_pages(cli).items()}
    return install({there.script: script(shell), **pages})


def _uninstall(there: Places) -> list[Path]:
    from answerable.cli.completing.installing import pages_in, uninstall

    others = (places(each, os.environ).script for each in SHELLS)
    shared = any(each.exists() for each in others if each != there.script)
    return uninstall([there.script, *(() if shared else pages_in(there.pages))])


def _tell(shell: str, there: Places, changed: list[Path], *, done: str) -> None:
    """Say what was written or removed."""
    if not changed:
        click.echo("Everything is there already." if done == "Wrote" else "Nothing was there.")
        return
    if there.script in changed:
        click.echo(f"{done} {there.script}: completion in {shell}")
    pages = len(changed) - (there.script in changed)
    if pages:
        click.echo(f"{done} {pages} man pages in {there.pages}: man answerable")
