"""Take out of plain data the events and the parties that are not to be named in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from answerable.domain.language.language import IDEOGRAPH
from answerable.projections.wording.counts import capital

ASIDE = r"[\w-]"
"""The signs that a pseudonym is made of, and so cannot stand beside one."""


SIGNED = re.compile(rf"[{IDEOGRAPH}]+")
"""Match words that are written in ideographs."""


def scrubbed(value: Any, events: Collection[str], parties: Collection[str], instead: str) -> Any:
    """Return plain data without some events and parties.

    Args:
        value: records, tuples, mappings and texts.
        events: the ids of events: they, and records of them, are left out of rows; an id that
            stands alone is None.
        parties: the pseudonyms of parties, wherever they stand, in sentences, too.
        instead: what stands in their place.
    """
    # A sentence may begin with one, and has a capital there.
    every = {form for each in parties for form in (each, capital(each))}
    named = "|".join(map(re.escape, sorted(every, key=len, reverse=True)))
    found = rf"(?<!{ASIDE})(?:{named})(?!{ASIDE})"
    # The space that sets a pseudonym apart from ideographs (CLREQ 3.2.2) goes with it.
    if SIGNED.fullmatch(instead):
        found = rf"(?:(?<=[{IDEOGRAPH}]) )?{found}(?: (?=[{IDEOGRAPH}]))?"
    pattern = re.compile(found) if named else None

    def clean(each: Any) -> Any:
        match each:
            case str():
                if each in events:
                    return None
                return each if pattern is None else pattern.sub(instead, each)
            case tuple() if hasattr(each, "_fields"):
                return type(each)._make(map(clean, each))  # type: ignore[attr-defined]
            case tuple() | list():
                return tuple(clean(one) for one in each if _event_of(one) not in events)
            case Mapping():
                return {clean(key): clean(one) for key, one in each.items() if key not in events}
            case _:
                return each

    return clean(value)


def _event_of(told: Any) -> str | None:
    """Return the event that an id stands for, or a record is of; None of anything else."""
    found = told if isinstance(told, str) else getattr(told, "event_id", None)
    return found if isinstance(found, str) else None
