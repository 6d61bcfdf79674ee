"""Importing events from JSON lines, a batch at a time, so that it can be resumed.

Each batch is recorded in one transaction, and with it how far the import came: the number of lines
and their running SHA-256 (table `imports`). To resume is to find the longest beginning of the file
that is on record in this way, and to go on after it. A file whose beginning has changed is found
out: its digest differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple

from answerable.domain.errors import AnswerableError, Refused
from answerable.ledger.entry.intent import Intent
from answerable.ledger.errors import NOTHING_WRITTEN, OutcomeUnknown, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.receipt import Receipts
from answerable.ledger.transfer.batches import Batch
from answerable.ledger.transfer.checking import Checking, naming_lines
from answerable.ledger.transfer.drafts import Drafting
from answerable.ledger.transfer.error_list import ErrorList
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.mark import START, Mark
from answerable.ledger.transfer.opened_cases import StartedCases

PASSED = "DELETE FROM imports WHERE digest = ?"
REACHED = (
    "INSERT INTO imports (lines, digest) VALUES (?, ?) "
    "ON CONFLICT (digest) DO UPDATE SET lines = excluded.lines"
)


class ImportTally(NamedTuple):
    """The progress of an import.

    Attributes:
        mark: the lines that are on record.
        recorded: how many events it added.
        known: how many were on record before.
    """

    mark: Mark = START
    recorded: int = 0
    known: int = 0

    def after(self, mark: Mark, *receipts: Receipts) -> ImportTally:
        """Return the tally after one more batch."""
        added = sum(each.added for each in receipts)
        known = sum(map(len, receipts)) - added
        return ImportTally(mark, self.recorded + added, self.known + known)


class Import:
    """One run of an import. `tally` says how far it came, also after an interruption.

    Attributes:
        started: the cases that it may start; None: as the ledger was opened.
    """

    def __init__(self, ledger: Ledger, recorded_by: str) -> None:
        self._ledger = ledger
        self._recorded_by = recorded_by
        self._reaching = START
        self._tally = ImportTally()
        self._marks = recorded_marks(ledger)
        self._imported = START
        self._unknown = False
        self.started: StartedCases[Any] | None = None

    @property
    def tally(self) -> ImportTally:
        """Return the progress by the ledger, for an interruption may hit just after a commit.

        Where a server was lost as it was to commit, it may yet be at it. Then it is asked as by one
        who writes, who waits until that is over.
        """
        ledger = self._ledger
        with ledger._writing() if self._unknown else ledger._reading() as cursor:
            there = self._reaching in _marks(cursor)
        self._unknown = False
        return self._tally._replace(mark=self._reaching) if there else self._tally

    def resume(self, stream: BinaryIO) -> Mark:
        """Count the longest beginning of a file that is on record as done.

        Args:
            stream: the file, at its start, where it is left too.

        Returns:
            The end of that beginning: no lines, if none of it is on record.
        """
        found = furthest_mark(stream, recorded_marks(self._ledger))
        stream.seek(0)
        self._reaching = found
        self._tally = ImportTally(found)
        return found

    def look_back(self, stream: BinaryIO) -> None:
        """Look how much of a file is on record, so that it is not recorded once more.

        Args:
            stream: the file, at its start, where it is left too.
        """
        self._imported = furthest_mark(stream, self._marks)
        stream.seek(0)

    def record(self, batch: Batch) -> None:
        """Record a batch, and with it how far the import came.

        Raises:
            Refused: one of the events is impossible; its `line` says where it stands.
            StorageFailed: the disk would not take it, or nobody knows whether the server did
                (`OutcomeUnknown`). `tally` says which lines are on record.
        """
        self._check_not_imported(batch)
        before, self._reaching = self._tally.mark, batch.mark

        def keep(cursor: Cursor) -> None:
            cursor.execute(PASSED, (before.digest,))
            cursor.execute(REACHED, batch.mark)

        intent = self._intent(batch)
        try:
            with naming_lines(batch.numbers), leaving_it_to_the_tally():
                receipts = self._ledger.append_all(
                    batch.events, recorded_by=self._recorded_by, alongside=keep, intent=intent
                )
        except OutcomeUnknown:
            self._unknown = True
            raise
        self._tally = self._tally.after(batch.mark, receipts)

    def check(self, source: Iterable[Batch], drafting: Drafting, errors: ErrorList) -> ImportTally:
        """Import with every check that an import makes, and record nothing.

        What refers to a line with an error is not checked further.

        Args:
            source: the batches, also those with flaws.
            drafting: what makes the events of them.
            errors: where to list what is wrong, a line at a time.

        Returns:
            How many events would be recorded, and how many are known, but for those with errors.
        """
        tally = self._tally
        with self._ledger.rehearsal(recorded_by=self._recorded_by) as append:
            for batch in source:
                self._check_not_imported(batch)
                checking = Checking(batch, append, self._intent(batch), drafting.failed)
                tally = tally.after(batch.mark, *checking.receipts())
                errors.add_all(sorted(checking.errors, key=_line))
        drafting.explain(errors.kept)
        return tally

    def _check_not_imported(self, batch: Batch) -> None:
        """Check that a batch is not on record by an earlier import, where no id would tell.

        Raises:
            Refused: it is, and it is not said that it is to be recorded again.
        """
        if self._ledger.intent.again:
            return
        done = batch.mark if batch.mark in self._marks else self._imported
        numbered = zip(batch.numbers, batch.events, strict=True)
        if any(number <= done.lines and event.event_id is None for number, event in numbered):
            which = "line 1 is" if done.lines == 1 else f"lines 1 to {done.lines:,} are"
            raise Refused(
                f"{which} on record, by an earlier import.",
                hint="Go on after them: `Import.resume`. If all of it happened again, say so: "
                "`Intent(again=True)`.",
                cli_hint="Go on after them with --continue; if all of it happened again, say so "
                "with --again. A line with an event_id, or a key, is never recorded twice.",
            )

    def _intent(self, batch: Batch) -> Intent:
        """Return what is meant by a batch. Two of its lines may say the same.

        Whom a pseudonym means was told in the ledger first: another file may mean somebody else.
        """
        intent = self._ledger.intent
        intent = intent._replace(again=True, renames=intent.may_rename)
        if self.started is None:
            return intent
        return intent._replace(new_cases=self.started.among(batch.events))


def _line(error: AnswerableError) -> int:
    return error.line or 0


@contextmanager
def leaving_it_to_the_tally() -> Iterator[None]:
    """Leave out of a storage error that nothing was written: of earlier batches, all was.

    A disk may also fail when the batch is on it already. The record tells, and so the tally.
    """
    try:
        yield
    except StorageFailed as error:
        error.message = f"{error.message.partition(NOTHING_WRITTEN)[0].rstrip('.')}."
        raise


def recorded_marks(ledger: Ledger) -> set[Mark]:
    """Read how far imports came, of whatever files."""
    with ledger._reading() as cursor:
        return _marks(cursor)


def _marks(cursor: Cursor) -> set[Mark]:
    return {Mark(*row) for row in cursor.execute("SELECT lines, digest FROM imports")}


def furthest_mark(stream: BinaryIO, known: set[Mark]) -> Mark:
    """Return the furthest of some marks that a file passes."""
    last = max((mark.lines for mark in known), default=0)
    found = START
    if last:
        for line in lines(stream):
            if line.mark in known:
                found = line.mark
            if line.mark.lines >= last:
                break
    return found
