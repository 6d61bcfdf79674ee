"""Take out of plain data the events and the parties that are not to be named in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

ASIDE = r"[\w-]"
"""The signs that a pseudonym is made of, and so cannot stand beside one."""


def scrubbed(value: Any, events: Collection[str], parties: Collection[str], instead: str) -> Any:
    """Return plain data without some events and parties.

    Args:
        value: records, tuples, mappings and texts.
        events: the ids of events: left out of rows of them, and None where one stands alone.
        parties: the pseudonyms of parties, wherever they stand, in sentences, too.
        instead: what stands in their place.
    """
    named = "|".join(map(re.escape, sorted(parties, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!{ASIDE})(?:{named})(?!{ASIDE})") if named else None

    def clean(each: Any) -> Any:
        match each:
            case str():
                if each in events:
                    return None
                return each if pattern is None else pattern.sub(instead, each)
            case tuple() if hasattr(each, "_fields"):
                return type(each)._make(map(clean, each))  # type: ignore[attr-defined]
            case tuple() | list():
                kept = [clean(one) for one in each if not (isinstance(one, str) and one in events)]
                return tuple(kept)
            case Mapping():
                return {clean(key): clean(one) for key, one in each.items() if key not in events}
            case _:
                return each

    return clean(value)
