"""Appending without looking at the log first, where all that is asked of it is remembered.

A store that can append so is told what was remembered, and takes it only if it still holds: that
nobody recorded in the same cases, under the same ids, or what may change what holds of any case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from answerable.domain.event import Event
from answerable.ledger.entry.clock import MOST_BEHIND
from answerable.ledger.store.case_states import CaseStates
from answerable.ledger.store.protocol.cursor import Cursor, Dialect
from answerable.ledger.store.queries import timestamp
from answerable.ledger.store.rows import MOVING

MOST = 20
"""The most events that are appended so: for more, a look at the log costs little."""


class NotRemembered(Exception):
    """Raised where something has to be looked up after all."""


class NothingSeen:
    """Implements `answerable.ledger.store.protocol.cursor.Cursor` over nothing: all raises."""

    @property
    def dialect(self) -> Dialect:
        """Raise: who asks for it looks something up."""
        raise NotRemembered

    def beside(self) -> Cursor:
        """Raise."""
        raise NotRemembered

    def stream(self, *_: object, **__: object) -> NoReturn:
        """Raise."""
        raise NotRemembered

    def execute(self, *_: object) -> NoReturn:
        """Raise."""
        raise NotRemembered

    def executemany(self, _: str, __: Iterable[Sequence[Any]]) -> NoReturn:
        """Raise."""
        raise NotRemembered

    def fetchone(self) -> NoReturn:
        """Raise."""
        raise NotRemembered

    def fetchmany(self, _: int = 0) -> NoReturn:
        """Raise."""
        raise NotRemembered

    def fetchall(self) -> NoReturn:
        """Raise."""
        raise NotRemembered

    def __iter__(self) -> Iterator[Any]:
        raise NotRemembered


def may_go_unseen(events: Collection[Event], states: CaseStates) -> bool:
    """Tell whether events may be recorded without a look: they are few, in cases at hand."""
    return 0 < len(events) <= MOST and all(
        event.kind not in MOVING and states.holds(event.case_id) for event in events
    )


def latest_for(recorded_at: str) -> str:
    """Return the latest time that the last entry may bear for a clock that says this one."""
    return timestamp(datetime.fromisoformat(recorded_at).astimezone(UTC) + MOST_BEHIND)
