"""The options that say whom one trusts: keys of a log, and of witnesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.options import Command

if TYPE_CHECKING:
    from answerable.ledger.tlog.note import VerifierKey
    from answerable.ledger.tlog.trust import Trust

LONGEST = 1_000_000
"""The most of a file of keys that is read, in bytes."""

VKEY = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+")


def trust_options(command: Command) -> Command:
    """Add `--key`, `--witness` and `--quorum`."""
    key = click.option(
        "--key",
        "keys",
        multiple=True,
        metavar="VKEY|FILE",
        help="A key of the log that you trust, or a file of such keys. Repeatable.",
    )
    witness = click.option(
        "--witness",
        "witnesses",
        multiple=True,
        metavar="VKEY|FILE",
        help="A witness that must have cosigned, or a file of such keys. Repeatable.",
    )
    quorum = click.option(
        "--quorum",
        type=click.IntRange(0),
        metavar="NUMBER",
        help="How many of the witnesses must have cosigned. [default: all]",
    )
    return key(witness(quorum(command)))


def trust(keys: Sequence[str], witnesses: Sequence[str], quorum: int | None) -> Trust:
    """Return whom the options say that one trusts.

    Raises:
        MalformedNote: one of them is no key.
    """
    from answerable.ledger.tlog.trust import Trust

    trusted = Trust(read_keys(keys), read_keys(witnesses), quorum)
    names = len({key.name for key in trusted.witnesses})
    if trusted.needed > names:
        raise click.UsageError(f"--quorum {quorum} cannot be reached with {names} witnesses.")
    return trusted


def read_keys(given: Sequence[str]) -> list[VerifierKey]:
    """Read the keys that are given as they are, or stand in files, one on a line.

    Raises:
        MalformedNote: one of them is no key, or a file holds none.
        click.UsageError: there is no such file.
    """
    from answerable.ledger.tlog.note import VerifierKey

    return [
        VerifierKey.parse(vkey)
        for text in given
        for vkey in ([text] if VKEY.match(text) else _lines(Path(text)))
    ]


def _lines(place: Path) -> list[str]:
    from answerable.ledger.errors import NotAKey
    from answerable.ledger.system.regular_file import open_regular

    try:
        with open_regular(place, text=True) as file:
            text = file.read(LONGEST).decode()
    except OSError as error:
        raise click.UsageError(
            f"{str(place)!r:.80} is neither a key nor a file of keys that can be read: "
            f"{error.strerror}."
        ) from None
    except UnicodeDecodeError:
        text = ""
    lines = (line.strip() for line in text.splitlines())
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise NotAKey(
            f"there is no key in {place}.", hint="`answerable key export` writes one on a line."
        )
    return found
