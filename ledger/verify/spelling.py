"""Telling at one look that entries are spelled as a ledger spells them.

Behind its head, an entry tells the fields of its kind in their order, each at most once, without
spaces, escapes or objects within; then when it was recorded. Whoever parses an entry that is
spelled so, and whoever looks for a key among its bytes, find the same
(`answerable.ledger.entry.reading`). One that is spelled otherwise is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import repeat

from answerable.ledger.entry.reading import START
from answerable.ledger.store.schema import ID_LENGTH

TEXT = rb'"[^"\\\x00-\x1f]*"'
NUMBER = rb"-?(?:0|[1-9][0-9]*)"
YEAR = rb"[1-9][0-9]{3}"
DAY = (
    rb"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|"
    rb"02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
HOUR = rb"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}"
TIME = rb'"%b-%bT%bZ"' % (YEAR, DAY, HOUR)
"""A time as a ledger writes it, but for the 29th of February."""
LIST = rb"\[%b(?:,%b)*\]" % (TEXT, TEXT)

ID = slice(len(START), len(START) + ID_LENGTH)
STRANGE = re.compile(rb'["\\\x00-\x1f]')
"""What stands in no text of JSON as itself."""


@cache
def spelled(public: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return the pattern of an entry behind its head and before its commitments.

    Args:
        public: the fields that its kind tells in the open, in their order.
    """
    value = rb"(?:%b|%b|%b)" % (TEXT, NUMBER, LIST)
    fields = b"".join(rb'(?:"%b":%b,)?' % (name.encode(), value) for name in public)
    return re.compile(
        rb'"schema":%b,"standing":%b,%b"recorded_at":%b,' % (NUMBER, TEXT, fields, TIME)
    )


def are_spelled(cases: Sequence[str], kinds: Sequence[str], states: Sequence[bytes]) -> bool:
    """Tell whether entries begin with their ids, and their cases and kinds need no escape.

    Args:
        cases: their cases.
        kinds: their kinds.
        states: their bytes. They are held to be text (UTF-8), too.
    """
    filed = "".join((*cases, *kinds)).encode("utf-8", "surrogatepass")
    ids = b"".join([state[ID] for state in states])
    try:
        b"".join(states).decode()
    except UnicodeDecodeError:
        return False
    return (
        STRANGE.search(filed) is None
        and STRANGE.search(ids) is None
        and all(map(bytes.startswith, states, repeat(START)))
    )
