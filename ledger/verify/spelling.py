"""Telling at one look that entries are spelled as a ledger spells them.

Behind its id, its case, its number there and its kind, an entry tells the fields of its kind in
their order, each at most once, without spaces, escapes or objects within; then when it was
recorded. Whoever parses an entry that is spelled so, and whoever looks for a key among its bytes,
find the same (`answerable.ledger.entry.reading`). One that is spelled otherwise is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

TEXT = rb'"[^"\\\x00-\x1f]*+"'
NUMBER = rb"-?(?:0|[1-9][0-9]*+)"
LIST = rb"\[%b(?:,%b)*+\]" % (TEXT, TEXT)

YEAR = rb"[1-9][0-9]{3}"
DAY = (
    rb"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|"
    rb"02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
HOUR = rb"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}"
TIME = re.compile(rb"%b-%bT%bZ" % (YEAR, DAY, HOUR))
"""A time as a ledger writes it, but for the 29th of February."""


@cache
def spelled(kind: str, public: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return the pattern of an entry of a kind, up to its commitments.

    Whether it tells a time when it was recorded, `are_times` says.

    Args:
        kind: the kind.
        public: the fields that it tells in the open, in their order.
    """
    head = rb'\{"event_id":"[0-9a-f-]{36}","case_id":%b,"version":%b,"kind":"%b",' % (
        TEXT, NUMBER, kind.encode()
    )  # fmt: skip
    value = rb"(?>%b|%b|%b)" % (TEXT, NUMBER, LIST)
    fields = b"".join(rb'(?>"%b":%b,)?+' % (name.encode(), value) for name in public)
    recorded = rb'"recorded_at":"[^"]{27}",'
    return re.compile(rb'%b"schema":%b,"standing":%b,%b%b' % (head, NUMBER, TEXT, fields, recorded))


def are_times(told: Iterable[bytes]) -> bool:
    """Tell whether some texts are times as a ledger writes them."""
    return all(map(TIME.fullmatch, {*told}))


def are_text(states: Sequence[bytes]) -> bool:
    """Tell whether entries are text, in UTF-8."""
    joined = b"".join(states)
    if joined.isascii():
        return True
    try:
        joined.decode()
    except UnicodeDecodeError:
        return False
    return True
