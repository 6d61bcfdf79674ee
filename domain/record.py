"""Hold an event as the ledger keeps it.

The record has two layers. The *structure* is what the chain contains: kinds, dates, pseudonyms,
references. What is *sealed* (names, titles, narratives) is opened apart, by position, so that a
fold pays for no seal that it does not need, and reads the same whether or not the text is still
there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

RECORDED_BY = "recorded_by"
"""Sealed with every event: who recorded it."""

SIGNATURE = "signature"
"""Sealed with an event that its recorder signed: the signature."""

SEALED_BESIDE = frozenset((RECORDED_BY, SIGNATURE))
"""The fields that the ledger seals beside an event's own: on every event, no part of its story."""

LEDGERS_OWN = SEALED_BESIDE | {"version", "schema", "destroyed", "clock", "recorded_at", "_sd"}
"""The fields that the ledger adds to those of an event."""


TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
"""A time as the ledger writes it: UTC, RFC 3339, microseconds."""

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


class ClockReading(NamedTuple):
    """A reading of the clock when something was to be recorded, and when the last entry had been.

    Where the two are far apart and someone accepted the clock nevertheless, the entry tells both in
    its field `clock`. It was recorded at the later of them.

    Attributes:
        said: what the clock said: UTC, RFC 3339, microseconds.
        last: when the entry before was recorded, in the same form.
    """

    said: str
    last: str

    @classmethod
    def told_by(cls, fields: Mapping[str, Any]) -> Self | None:
        """Return what an entry's fields tell of a clock that was accepted; None if nothing.

        Raises:
            ValueError: what stands there is no such reading, or not that of the entry's time.
        """
        if "clock" not in fields:
            return None
        told = fields["clock"]
        if not isinstance(told, dict) or told.keys() != {"said", "last"}:
            raise ValueError("a clock that was accepted is told by two times")
        reading = cls(told["said"], told["last"])
        if not all(TIME.fullmatch(str(time)) for time in told.values()):
            raise ValueError("a clock that was accepted is told by two times")
        if reading.said == reading.last or max(reading) != fields.get("recorded_at"):
            raise ValueError("an entry is recorded at the later of two times")
        return reading

    @property
    def ahead(self) -> timedelta:
        """Return how far the clock was ahead of the last entry; below zero, behind it.

        Raises:
            ValueError: one of the two is no time.
        """
        return datetime.fromisoformat(self.said) - datetime.fromisoformat(self.last)

    @property
    def distance(self) -> str:
        """Say how far the clock was from the last entry: "3 days and 2 hours behind"."""
        ahead = self.ahead
        left, parts = abs(ahead) // timedelta(seconds=1), list[str]()
        for unit, seconds in UNITS:
            number, left = divmod(left, seconds)
            if number:
                parts.append(f"{number:,} {unit}{'' if number == 1 else 's'}")
        told = " and ".join(parts[:2]) or "less than a second"
        return f"{told} {'behind' if ahead < timedelta(0) else 'ahead of'} the last entry"


class RecordedEvent(NamedTuple):
    """One entry of the log.

    `fields` is the entry as it was hashed, decoded: `event_id`, `case_id`, `version` (the event's
    number within its case, from 1), `kind`, `standing`, `recorded_at` (UTC, RFC 3339), and the
    kind's own public fields. What the source did not tell is absent.
    """

    position: int
    kind: str
    fields: Mapping[str, Any]

    @property
    def event_id(self) -> str:
        """Return the event's UUID."""
        value: str = self.fields["event_id"]
        return value

    @property
    def case_id(self) -> str:
        """Return the case that the event belongs to."""
        value: str = self.fields["case_id"]
        return value

    @property
    def version(self) -> int:
        """Return the event's number within the case, from 1."""
        value: int = self.fields["version"]
        return value

    @property
    def occurred(self) -> str | None:
        """Return when the event happened (EDTF), where that is known."""
        return self.fields.get("occurred")

    @property
    def recorded_at(self) -> str:
        """Return when the event was recorded: UTC, RFC 3339, microseconds."""
        value: str = self.fields["recorded_at"]
        return value

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as JSON has it, with the number of its seals in their place."""
        fields = {name: value for name, value in self.fields.items() if name != "_sd"}
        return {"position": self.position, **fields, "sealed": len(self.fields["_sd"])}


class Disclosed(NamedTuple):
    """The texts sealed in one entry, as far as this reader may see it.

    `fields` holds what is open. `missing` counts the commitments in the entry whose text is not at
    hand; `erased` names the fields whose text was destroyed, and `withheld` those whose text is at
    hand and is not for this reader.
    """

    fields: Mapping[str, Any]
    erased: tuple[str, ...] = ()
    missing: int = 0
    withheld: tuple[str, ...] = ()


class OpenedEvent(NamedTuple):
    """One entry of the log, and what is sealed in it."""

    event: RecordedEvent
    sealed: Disclosed

    @property
    def told(self) -> dict[str, Any]:
        """Return the event's fields as its producer told them, and as another ledger takes them.

        Texts that are not at hand are left out: see `sealed.erased` and `sealed.missing`.
        """
        fields = {**self.sealed.fields, **self.event.fields}
        return {name: value for name, value in fields.items() if name not in LEDGERS_OWN}

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as JSON has it, and beside it the texts that are open."""
        return {
            **self.event.as_dict(),
            "opened": dict(self.sealed.fields),
            "erased": list(self.sealed.erased),
            "missing": self.sealed.missing,
        }


class TreeHead(NamedTuple):
    """The state of the whole log: how many entries, and the root of the tree over them."""

    size: int
    root: bytes


class CaseRange(NamedTuple):
    """A range of cases, by their slugs.

    Attributes:
        first: the slug that it begins with.
        end: the slug before which it ends; None: it has all that follow.
    """

    first: str
    end: str | None = None

    def __contains__(self, case_id: object) -> bool:
        """Tell whether a case is in it."""
        return (
            isinstance(case_id, str)
            and self.first <= case_id
            and (self.end is None or case_id < self.end)
        )


class Page(NamedTuple):
    """A page of a list that is asked for: behind what it begins, and how long it may be.

    No page is counted from the first one, so that the last costs what the first does.

    Attributes:
        limit: the most items on it.
        after: the key behind which it begins, or before which, where it goes backwards; None: it
            begins at the end of the list that it goes from.
        begins: only items whose key begins with this.
        backwards: goes from the last key to the first.
    """

    limit: int
    after: str | None = None
    begins: str = ""
    backwards: bool = False


class CaseSummary(NamedTuple):
    """A case as the store sees it: how many events, at which positions the first and last are."""

    case_id: str
    events: int
    first: int
    last: int
