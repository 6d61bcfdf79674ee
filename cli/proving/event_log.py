"""The event logs that `answerable export --format` writes, for process mining."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.output import note
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.cli.shared.options import Times
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.record_view import RecordView

KEPT = 64
"""The cases kept in memory for others that rest on them."""


def event_log(
    opened: Ledger,
    form: str,
    *,
    case: str | None,
    times: Times,
    wrote: Callable[[], None],
) -> Generator[bytes, None, None]:
    """Write the record as an event log, a piece at a time; at the end, note what is left out.

    Args:
        opened: the record.
        form: `ocel` or `xes`.
        case: the case, or None for all of them.
        times: as of when, and as known by when.
        wrote: is told of each event that was written.
    """
    from answerable.projections.facts.record_view import RecordView

    record = RecordView(opened, *times, keep=KEPT)
    retracted = 0

    def views() -> Iterator[CaseView]:
        nonlocal retracted
        for view in record.each_case() if case is None else [record.recorded_case(case)]:
            retracted += sum(not fact.stands for fact in view.facts.values())
            yield view

    if form == "ocel":
        yield from _ocel(record, views(), every_case=case is None, wrote=wrote)
    else:
        from answerable.projections.interchange import xes

        yield from xes.document(views(), wrote)
    if retracted:
        note(f"Left out, because retracted: {counted(retracted, 'event', 'events')}.")


def _ocel(
    record: RecordView,
    views: Iterator[CaseView],
    *,
    every_case: bool,
    wrote: Callable[[], None],
) -> Iterator[bytes]:
    from tempfile import TemporaryFile

    from answerable.projections.facts.names import Names
    from answerable.projections.interchange.ocel import OcelWriter

    with TemporaryFile() as spool:
        names = Names(record.reader, record.known_by)
        writer = OcelWriter(record, names, spool, wrote)
        yield from writer.document(views, every_case=every_case)
