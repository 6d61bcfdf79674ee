"""Checking that an entry reads alike for everybody who reads it.

Most answers parse an entry as JSON. Some find it by its bytes: an id at its fixed place, the party
that it names or the event that it amends behind the first key of that name, as the indexes of the
store have it. What a ledger writes has each key once and no space between its parts, so both find
the same. Whoever writes the whole log could write an entry in which they differ, and have one
answer tell what another does not; so such an entry is refused.
"""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import datetime
from typing import Any

from pydantic_core import from_json

from answerable.domain.kinds import TARGETS
from answerable.domain.record import TIME
from answerable.ledger.entry.seals import repeated_key

START = b'{"event_id":"'
COMMITTED = b'"_sd":["'
REGISTRATION = "party-registered"
NO_ENTRY = "is not an entry that answerable wrote"

TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
"""The texts of JSON, keys among them: what stands between them are its other signs."""


def reading_problem(kind: str, entry: bytes, sealable: Set[str]) -> str | None:
    """Return what in an entry can be read in two ways; None if nothing can.

    Args:
        kind: its kind.
        entry: its bytes.
        sealable: the fields that an entry of this kind may commit to.
    """
    from answerable.ledger.entry.codec import ALWAYS

    try:
        fields = from_json(entry, cache_strings="keys")
    except ValueError:
        return NO_ENTRY
    if not (isinstance(fields, dict) and fields.keys() >= ALWAYS and entry.startswith(START)):
        return NO_ENTRY
    if not _is_time(fields["recorded_at"]):
        return "bears no time"
    if _has_space(entry) and _is_spaced(entry):
        return "is written with spaces between its parts, which no ledger does"
    # Where no text has an escape in it, and no object is within, each key ends so.
    alike = b"\\" not in entry and entry.count(b'":') == len(fields)
    if not alike and (twice := repeated_key(entry)):
        return f"tells {twice!r:.40} twice"
    if not sealable.isdisjoint(fields):
        return f"tells {min(sealable & fields.keys())!r:.40} in the open, which is sealed"
    if kind in TARGETS or kind == REGISTRATION:
        return _found_otherwise(kind, entry, fields)
    return None if alike or entry.count(COMMITTED) == 1 else NO_ENTRY


def _is_time(told: object) -> bool:
    if not (isinstance(told, str) and TIME.fullmatch(told)):
        return False
    try:
        datetime.fromisoformat(told)
    except ValueError:
        return False
    return True


def _has_space(entry: bytes) -> bool:
    return b" " in entry or b"\n" in entry or b"\t" in entry or b"\r" in entry


def _is_spaced(entry: bytes) -> bool:
    return _has_space(TEXTS.sub(b"", entry))


def _found_otherwise(kind: str, entry: bytes, fields: dict[str, Any]) -> str | None:
    """Return what is found otherwise by the bytes of an entry than in its fields."""
    told = {TARGETS[kind]: fields.get(TARGETS[kind])} if kind in TARGETS else {}
    naming = fields.get("fields") if kind == "correction" else fields
    if isinstance(naming, dict) and (kind == "correction" or kind == REGISTRATION):
        told["party"] = naming.get("party")
    for field, value in told.items():
        if isinstance(value, str):
            begin = b'"%b":"' % field.encode()
            at = entry.find(begin)
            if at < 0 or not entry.startswith(b'%b"' % value.encode(), at + len(begin)):
                return f"tells {field!r} where no ledger looks for it"
    return None if entry.count(COMMITTED) == 1 else NO_ENTRY
