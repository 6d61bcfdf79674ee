"""Folding cases into the parts of documents: in one pass over the log, or some cases alone.

The entries of a case lie apart in the log, so they are read through the index of streams. A long
log is folded a stretch of cases at a time, side by side in processes of their own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from answerable.domain.documents import DocumentViews
from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import Worker
from answerable.ledger.system.parallel import Advance, processes_worth, side_by_side

STRETCH = 1_000
"""Cases folded before their parts are handed over."""

AHEAD = 3
"""Stretches that a process may have waiting to be written, so that memory is bounded."""

Row = tuple[str, str, str, bytes]
"""A part as it is stored: view, key, case, body."""


class FoldedCases(NamedTuple):
    """The parts of documents that some cases amount to, and from how many entries."""

    rows: list[Row]
    entries: int


def cases_changed_since(cursor: Cursor, kinds: Collection[str], position: int) -> list[str]:
    """Return the cases in which one of these kinds was recorded since a position."""
    rows = cursor.execute(
        f"SELECT DISTINCT originator_id FROM stored_events "
        f"WHERE rowid > ? AND topic IN ({_listed(kinds)}) ORDER BY originator_id",
        (position,),
    )
    return [case_id for (case_id,) in rows.fetchall()]


def fold_cases(
    cursor: Cursor, views: DocumentViews, size: int, cases: Iterable[str]
) -> Iterator[FoldedCases]:
    """Fold some cases, as of the first `size` entries of the log."""
    where = "originator_id = ?"
    for case_id in cases:
        yield _fold(cursor, views, size, where, (case_id,))


def fold_all_cases(
    cursor: Cursor, worker: Worker, views: DocumentViews, size: int, advance: Advance
) -> Iterator[FoldedCases]:
    """Fold every case, as of the first `size` entries, in the order of the cases' slugs.

    Args:
        cursor: reads the ledger.
        worker: opens the ledger in other processes.
        views: what to fold them into.
        size: how many entries.
        advance: called with how many entries were folded.
    """
    slugs = cursor.execute("SELECT DISTINCT originator_id FROM stored_events ORDER BY 1")
    firsts = [case_id for (case_id,) in slugs.fetchall()][::STRETCH]
    ends = [*firsts[1:], None]
    processes = processes_worth(size)
    with side_by_side(processes) as submit:
        waiting = deque[Callable[[], FoldedCases]]()
        for bounds in zip(firsts, ends, strict=True):
            waiting.append(submit(fold_range, worker, views, size, *bounds))
            if len(waiting) >= AHEAD * processes:
                yield _report_progress(waiting.popleft()(), advance)
        while waiting:
            yield _report_progress(waiting.popleft()(), advance)


def fold_range(
    worker: Worker, views: DocumentViews, size: int, first: str, end: str | None
) -> FoldedCases:
    """Fold the cases from one slug to before another."""
    with worker.reading() as cursor:
        where = "originator_id >= ?" + ("" if end is None else " AND originator_id < ?")
        parameters = (first,) if end is None else (first, end)
        return _fold(cursor, views, size, where, parameters)


def _report_progress(folded: FoldedCases, advance: Advance) -> FoldedCases:
    advance(folded.entries)
    return folded


def _fold(
    cursor: Cursor, views: DocumentViews, size: int, where: str, parameters: tuple[str, ...]
) -> FoldedCases:
    found = cursor.stream(
        f"SELECT originator_id, rowid - 1, topic, state FROM stored_events "
        f"WHERE {where} AND rowid <= ? ORDER BY originator_id, originator_version",
        (*parameters, size),
    )
    rows: list[Row] = []
    entries = 0
    for case_id, own in groupby(found, key=lambda row: row[0]):
        events = [decode(*row[1:]) for row in own]
        entries += len(events)
        rows.extend((view, key, case_id, body) for view, key, body in views.fold(case_id, events))
    return FoldedCases(rows, entries)


def _listed(kinds: Collection[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in sorted(kinds)) or "NULL"
