"""Reading ahead in an import for the cases that it opens, anywhere in it.

A history from elsewhere may tell of a contact before it tells that the case was opened. So a case
may start with any event, if a later line opens it. Lines are read ahead, and kept, only where an
event is of a case that neither the ledger nor an earlier line has.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from answerable.domain.kinds import HOUSE_CASE
from answerable.ledger.entry.intent import OPENING

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.domain.reader import Reader
    from answerable.ledger.transfer.json_lines import JsonLine


class LookAhead:
    """The lines of an import, which can be asked whether they open a case."""

    def __init__(self, source: Iterable[JsonLine]) -> None:
        self._source = iter(source)
        self._ahead: deque[JsonLine] = deque()
        self._opened: set[str] = set()

    def __iter__(self) -> Iterator[JsonLine]:
        """Iterate over the lines."""
        return self

    def __next__(self) -> JsonLine:
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

    def _noted(self, line: JsonLine) -> JsonLine:
        """Note which case a line opens: lines that were taken are asked about, too."""
        opened = _opened_by(line)
        if opened is not None:
            self._opened.add(opened)
        return line


def _opened_by(line: JsonLine) -> str | None:
    """Return the case that a line opens, if any. What is wrong with a line shows in its turn."""
    if OPENING.encode() not in line.text:
        return None
    try:
        told: Any = from_json(line.text)
    except ValueError:
        return None
    opens = isinstance(told, dict) and told.get("kind") == OPENING
    case_id = told.get("case_id") if opens else None
    return case_id if isinstance(case_id, str) else None


class StartedCases:
    """The cases that an import may start: those that it opens."""

    def __init__(self, reader: Reader, source: LookAhead) -> None:
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
