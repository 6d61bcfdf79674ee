"""The states of cases that were recorded in lately, so that few appends fold a case again."""

from __future__ import annotations

from answerable.domain.case import CaseState
from answerable.domain.kinds import TARGETS
from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor

STATES_KEPT = 500
"""The most cases whose states are kept between appends."""


class CaseStates:
    """The states of cases, as of a log of some size. Whoever appends brings them up to date."""

    def __init__(self) -> None:
        self._states: dict[str, CaseState] = {}
        self._size = 0

    def of(self, cursor: Cursor, case_id: str) -> CaseState:
        """Return the state of a case: as it is kept, or folded from the case's events."""
        state = self._states.get(case_id)
        if state is None:
            state = self._states[case_id] = _fold_case(cursor, case_id)
        return state

    def begin(self, size: int) -> None:
        """Forget the states unless they are of a log of this size: someone else appended."""
        if self._size != size:
            self._states.clear()

    def keep(self, size: int) -> None:
        """Note that the states are now of a log of this size. Where they are many, forget them."""
        self._size = size
        if len(self._states) > STATES_KEPT:
            self._states.clear()

    def holds(self, case_id: str) -> bool:
        """Tell whether the state of a case is kept."""
        return case_id in self._states

    def follow(self, first: int, size: int) -> None:
        """Note that a log of `first` entries came to this size, without a look at what came before.

        Of the cases that nothing was recorded in, others may have recorded meanwhile.
        """
        if self._size == first:
            self.keep(size)
        else:
            self._size = -1

    def clear(self) -> None:
        """Forget the states: what they were brought up to is not on record."""
        self._states.clear()


def _fold_case(cursor: Cursor, case_id: str) -> CaseState:
    """Fold the state of a case from its events on record."""
    state = CaseState(case_id)
    rows = cursor.execute(
        "SELECT topic, state FROM stored_events "
        "WHERE originator_id = ? ORDER BY originator_version",
        (case_id,),
    ).fetchall()
    for kind, entry in rows:
        fields = decode(0, kind, entry).fields
        target = TARGETS.get(kind)
        state.apply(fields["event_id"], kind, None if target is None else fields.get(target))
    return state
