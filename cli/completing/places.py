"""The places where a user keeps what shells complete by, and manual pages (XDG base directories).

None of them is a file of the user's own writing: start-up files are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

SHELLS = ("bash", "zsh", "fish")


class Places(NamedTuple):
    """The places for one shell.

    Attributes:
        script: the script that completes.
        pages: the folder of the manual pages.
        advice: what whoever sees no completion has to add to which start-up file.
    """

    script: Path
    pages: Path
    advice: str


def places(shell: str, environment: Mapping[str, str]) -> Places:
    """Return the places for a shell.

    Args:
        shell: the shell.
        environment: tells where the user's files are.

    Raises:
        UsageError: it does not tell.
    """
    data = _folder(environment, "XDG_DATA_HOME", ".local", "share")
    pages = data / "man" / "man1"
    if shell == "fish":
        config = _folder(environment, "XDG_CONFIG_HOME", ".config")
        return Places(config / "fish" / "completions" / "answerable.fish", pages, "")
    if shell == "zsh":
        folder = data / "zsh" / "site-functions"
        advice = f"fpath=({folder} $fpath), before compinit, in ~/.zshrc"
        return Places(folder / "_answerable", pages, advice)
    own = environment.get("BASH_COMPLETION_USER_DIR", "")
    base = Path(own) if own.startswith("/") else data / "bash-completion"
    script = base / "completions" / "answerable"
    return Places(script, pages, f"source {script}, in ~/.bashrc")


def shell_of(environment: Mapping[str, str]) -> str:
    """Return which shell a user has.

    Raises:
        UsageError: it is none that is known here.
    """
    shell = environment.get("SHELL", "").rpartition("/")[2]
    if shell not in SHELLS:
        raise click.UsageError(
            "$SHELL names none of bash, zsh and fish. Say for which: `answerable completion bash`."
        )
    return shell


def _folder(environment: Mapping[str, str], variable: str, *below_home: str) -> Path:
    """Return one of the base directories; a relative path is to be ignored, as XDG has it."""
    told = environment.get(variable, "")
    if told.startswith("/"):
        return Path(told)
    home = environment.get("HOME", "")
    if not home.startswith("/"):
        raise click.UsageError(f"neither $HOME nor ${variable} says where your files are.")
    return Path(home).joinpath(*below_home)
