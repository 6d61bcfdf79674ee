"""Tell whether keys may sign on a server: nothing that a standby may lack, nor on a succeeded one.

A standby that takes over has what it was sent. What was signed and not sent is then missing, and
the keys can never sign that log again. So where a server is followed and its commits wait for no
standby, nothing is signed without the operator's word. And a primary that comes back after its
standby was promoted is a second log under one key.

Which server was signed on is remembered in a file beside the keys, for a promoted standby has the
same tables. That the log goes on from what was signed, is compared each time anyway
(`answerable.ledger.checkpoints.signing`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.errors import FileRefused, KeysUnusable, OldPrimary, Unreplicated
from answerable.ledger.system import atomic_file
from answerable.ledger.system.regular_file import open_regular
from answerable.ledger.system.server_standing import Standing

MOST_BYTES = 1_000
"""The most bytes that are read of the memory."""


class SignedOn(NamedTuple):
    """The server that keys signed on last.

    Attributes:
        system: the number of its cluster.
        timeline: how often a standby of it had been promoted, beginning with 1; 0 where nothing
            was signed on it yet.
        followed: whether it had a standby, be it only when signing was refused for that.
    """

    system: str
    timeline: int
    followed: bool


def server_memory(memory: Path) -> Path:
    """Return where it is remembered which server was signed on: beside what was signed."""
    return memory.with_name(f"{memory.name.removesuffix('.signed')}.server")


def read_signed_on(memory: Path) -> SignedOn | None:
    """Return the server that was signed on last; None where none was.

    Raises:
        KeysUnusable: what is remembered cannot be read.
    """
    place = server_memory(memory)
    try:
        with open_regular(place, text=True) as file:
            told = json.loads(file.read(MOST_BYTES))
        return SignedOn(str(told["system"]), int(told["timeline"]), bool(told["followed"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeysUnusable(
            f"{place} does not tell which server was signed on last ({type(error).__name__}).",
            hint="Restore it from a copy; or remove it, if you know which server is the primary.",
        ) from None


def remember_signed_on(memory: Path, standing: Standing) -> None:
    """Remember the server that is signed on.

    Raises:
        FileRefused: the disk would not take it.
    """
    _remember(
        memory,
        SignedOn(standing.system, standing.timeline, standing.followed or standing.covered),
    )


def remember_followed(memory: Path, standing: Standing, last: SignedOn | None) -> None:
    """Remember that a server has a standby, though nothing is signed on it now.

    Else a standby that is gone by the next attempt would never have been, and yet may take over.

    Raises:
        FileRefused: the disk would not take it.
    """
    same = last is not None and last.system == standing.system
    if standing.followed and not (same and last is not None and last.followed):
        timeline = last.timeline if same and last is not None else 0
        _remember(memory, SignedOn(standing.system, timeline, True))


def _remember(memory: Path, now: SignedOn) -> None:
    place = server_memory(memory)
    try:
        atomic_file.write(place, f"{json.dumps(now._asdict())}\n".encode(), private=True)
        atomic_file.sync_folder(place.parent)
    except OSError as error:
        raise FileRefused(
            f"which server is signed on cannot be remembered in {place}: {error.strerror}; "
            "nothing is signed."
        ) from None


def check_confirmable(name: str, standing: Standing) -> None:
    """Check that somebody is there to confirm what the server's commits wait for.

    Raises:
        Unreplicated: nobody is: it would be waited for without end.
    """
    if standing.covered and not standing.streaming:
        raise Unreplicated(
            f"nothing is signed: each commit of {name} waits for a standby, and none is there.",
            hint="See to the standby; or, if there is to be none, empty the server's "
            "`synchronous_standby_names`.",
        )


def check_not_succeeded(name: str, standing: Standing, last: SignedOn | None) -> None:
    """Check that no standby of a server was promoted, and signed on since.

    Args:
        name: what messages call the ledger.
        standing: how the server stands now.
        last: the server that was signed on last.

    Raises:
        OldPrimary: one was.
    """
    if last is None or last.system != standing.system:
        return
    if standing.timeline < last.timeline:
        raise OldPrimary(
            f"{name} is an old primary: it is on timeline {standing.timeline}, and what was signed "
            f"last was signed on timeline {last.timeline}, after a standby of it was promoted; "
            "nothing is signed.",
            hint="Name the server that was promoted, and make this one a standby of it "
            "(pg_rewind, pg_basebackup). What was recorded here alone meanwhile, record there.",
        )


def check_replicated(
    name: str, standing: Standing, last: SignedOn | None, new: int, *, unreplicated: bool
) -> None:
    """Check that no standby lacks what would be signed, as far as that can be known.

    Args:
        name: what messages call the ledger.
        standing: how the server stands now.
        last: the server that was signed on last.
        new: how many entries would be signed that were not before.
        unreplicated: whether the operator said that they may be signed though a standby may lack
            them.

    Raises:
        Unreplicated: a standby may lack them.
    """
    followed = standing.followed or (
        last is not None and last.system == standing.system and last.followed
    )
    if standing.covered or not followed or not new or unreplicated:
        return
    raise Unreplicated(
        f"nothing is signed: no commit of {name} waits for its standby, which may lack what would "
        f"be signed{_lacking(standing)}. If it takes over then, whatever it lacks of the "
        f"{new:,} {'entry' if new == 1 else 'entries'} recorded since the last checkpoint is lost, "
        "and these keys can sign that log no more.",
        hint="Have the server wait for a standby (`synchronous_standby_names`), or set "
        "`signs_unreplicated` of the ledger.",
        cli_hint="Have the server wait for a standby (`synchronous_standby_names`), or take that "
        "upon you: --sign-unreplicated.",
    )


def _lacking(standing: Standing) -> str:
    if not standing.followed:
        return ", and is not there just now"
    if standing.lacking is None:
        return " (how much, a member of pg_read_all_stats is told)"
    return f" (just now {standing.lacking:,} bytes of the server's log)"
