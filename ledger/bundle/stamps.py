"""The time stamps of a bundle, held against its head: what they were made over, not by whom."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256, sha384, sha512
from typing import NamedTuple

from answerable.ledger.bundle import layout
from answerable.ledger.bundle.layout import Bundle
from answerable.ledger.bundle.texts import BundleProblem
from answerable.ledger.errors import NotVerified
from answerable.ledger.timestamp.errors import StampOfOther, StampRefused
from answerable.ledger.tlog.note import Note


class Stamps(NamedTuple):
    """The time stamps of a bundle: the times that they tell, what is wrong, and what is unread."""

    times: list[datetime]
    problems: list[BundleProblem]
    unread: list[str]


def check_stamps(bundle: Bundle) -> Stamps:
    """Hold the time stamps against the head: over which bytes they were made, not by whom.

    What stands inside one bears on no verdict, for nobody's signature on it is checked here.
    """
    found = Stamps([], [], [])
    for number in bundle.stamps:
        name, note = layout.stamp_names(number)
        try:
            _check_stamp(bundle.file(name), bundle.file(note), bundle)
        except NotVerified as error:
            found.problems.append(BundleProblem(name, None, error))
            continue
        told = _time_told(bundle.file(name), bundle.file(note))
        if isinstance(told, str):
            found.unread.append(f"{name}, which tells no time: {told.rstrip('.')}")
        else:
            found.times.append(told)
    return found


def _check_stamp(data: bytes, note: bytes, bundle: Bundle) -> None:
    """Check that a time stamp bears the hash of the note beside it, and that is of this head."""
    if not any(made(note).digest() in data for made in (sha256, sha384, sha512)):
        raise StampOfOther("it was not made over the note beside it.")
    if bundle.head is None or Note.parse(note).text != Note.parse(bundle.note).text:
        raise StampOfOther("it stamps another checkpoint.")


def _time_told(data: bytes, note: bytes) -> datetime | str:
    """Return the time that a time stamp tells; or why it tells none."""
    from answerable.ledger.timestamp.token import Token

    try:
        token = Token.parse(data)
    except (NotVerified, StampRefused) as error:
        return error.message
    return token.time if token.imprint.fits(note) else "it was made over something else"
