"""Reading ahead in an import for the cases that it opens, anywhere in it.

A history from elsewhere may tell of a contact before it tells that the case was opened. So a case
may start with any event, if a later line opens it. Lines are read ahead, and kept, only where an
event is of a case that neither the ledger nor an earlier line has.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from answerable.domain.kinds import HOUSE_CASE
from answerable.ledger.entry.intent import OPENING

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.domain.reader import Reader
    from answerable.ledger.transfer.drafts import Part


AnyPart = TypeVar("AnyPart", bound="Part")


class LookAhead(Generic[AnyPart]):
    """The lines or rows of an import, which can be asked whether they open a case."""

    def __init__(self, source: Iterable[AnyPart]) -> None:
        self._source = iter(source)
        self._ahead: deque[AnyPart] = deque()
        self._opened: set[str] = set()

    def __iter__(self) -> Iterator[AnyPart]:
        """Iterate over the lines."""
        return self

    def __next__(self) -> AnyPart:
        """Return the next line."""
        return self._ahead.popleft() if self._ahead else self._noted(next(self._source))

    def opens(self, case_id: str) -> bool:
        """Tell whether a line opens a case: one that was taken or read ahead, or is to come."""
        while case_id not in self._opened:
            line = next(self._source, None)
            if line is None:
                return False
            self._ahead.append(self._noted(line))
        return True

    def _noted(self, line: AnyPart) -> AnyPart:
        """Note which case a line opens: lines that were taken are asked about, too."""
        self._opened.update(line.opened())
        return line


class StartedCases(Generic[AnyPart]):
    """The cases that an import may start: those that it opens."""

    def __init__(self, reader: Reader, source: LookAhead[AnyPart]) -> None:
        self._reader = reader
        self._source = source
        self._known = {HOUSE_CASE}

    def among(self, events: Iterable[Event]) -> set[str]:
        """Find the cases of some events that are there, or are opened in the import."""
        for event in events:
            case_id = event.case_id
            if case_id in self._known:
                continue
            there = event.kind == OPENING or next(self._reader.events(case=case_id), None)
            if there or self._source.opens(case_id):
                self._known.add(case_id)
        return self._known
