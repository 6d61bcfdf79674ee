"""Recording what is imported, a batch at a time; what is wrong is listed to the end."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.recording.importing.erased import record_batch, remark_left
from answerable.cli.recording.importing.summary import Outcome, cases_since, say_errors, summarise
from answerable.cli.shared.open_names import (
    parties_named,
    remark_open_names,
    remark_unregistered,
    without_registration,
)
from answerable.cli.shared.output import note
from answerable.cli.shared.recorded import all_recorded
from answerable.ledger.transfer.error_list import ErrorList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from answerable.cli.recording.importing.erased import Left
    from answerable.cli.recording.importing.refreshing import Refreshing
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.transfer.batches import Batch
    from answerable.ledger.transfer.drafts import Drafting
    from answerable.ledger.transfer.import_ import Import

INTERRUPTED = 130
REFUSED = 3


class Importing:
    """An import under way."""

    def __init__(
        self,
        opened: Ledger,
        run: Import,
        drafting: Drafting,
        file: Any,
        most: int,
        *,
        as_json: bool,
        refreshing: Refreshing | None = None,
        drafts: Path | None = None,
    ) -> None:
        self._opened = opened
        self._run = run
        self._drafting = drafting
        self._file = file
        self._most = most
        self._as_json = as_json
        self._refreshing = refreshing
        self._drafts = drafts
        self._left: list[Left] = []

    def record(self, events: Iterator[Batch]) -> int:
        """Record the batches, up to the first with an error. Return the exit code."""
        from answerable.domain.errors import AnswerableError

        first = len(self._opened)
        named: dict[str, None] = {}
        try:
            refused = self._record_all(events, named)
        except AnswerableError:
            self._say_how_far()
            _remark_names_so_far(self._opened, first)
            raise
        except (KeyboardInterrupt, click.Abort):
            return self._interrupted(first)
        finally:
            remark_left(self._left, as_json=self._as_json)
        if refused is not None:
            return self._refuse(refused, events, first)
        compared = self._compared()
        with all_recorded():
            self._sum_up(compared, first, named)
        return 0

    def _sum_up(self, compared: Refreshing | None, first: int, named: dict[str, None]) -> None:
        nobody = without_registration(self._opened, named)
        outcome = Outcome(
            left=self._left,
            nobody=nobody,
            refreshed=compared,
            cases=cases_since(self._opened, first),
        )
        summarise(self._opened, self._run.tally, "Recorded", outcome, as_json=self._as_json)
        self._say_refreshed()
        remark_unregistered(self._opened, nobody)
        remark_open_names(self._opened, first)

    def _record_all(self, events: Iterable[Batch], named: dict[str, None]) -> Batch | None:
        """Record the batches, and note whom they name. Return the first with an error, if any."""
        from answerable.domain.errors import AnswerableError

        for batch in events:
            if batch.flaws:
                return batch
            try:
                self._left += record_batch(self._opened, self._run, batch)
            except AnswerableError as error:
                if error.index is None:
                    raise
                return batch
            named |= dict.fromkeys(parties_named(self._opened, batch.events))
        return None

    def rehearse(self, events: Iterator[Batch]) -> int:
        """Check the batches, and record nothing. Return the exit code."""
        errors = ErrorList()
        try:
            tally = self._run.check(events, self._drafting, errors)
        except (KeyboardInterrupt, click.Abort):
            say_errors(errors)
            raise
        refreshed = self._refreshing if errors else self._compared()
        outcome = Outcome(not errors, dry_run=True, errors=errors, refreshed=refreshed)
        if not self._as_json:
            say_errors(errors)
        what = "Nothing is recorded; it would be"
        summarise(self._opened, tally, what, outcome, as_json=self._as_json)
        self._say_refreshed()
        return self._exit(errors)

    def _compared(self) -> Refreshing | None:
        """Return what a refreshed source tells otherwise, when all of it was read."""
        if self._refreshing is not None:
            self._refreshing.find_gone()
        return self._refreshing

    def _say_refreshed(self) -> None:
        if self._refreshing is not None and not self._as_json:
            from answerable.cli.recording.importing.refreshed_text import say_refreshed

            say_refreshed(self._refreshing, self._drafts)

    def _refuse(self, batch: Batch, rest: Iterator[Batch], first: int) -> int:
        """List all that is wrong from a batch on, of which nothing is recorded."""
        errors = ErrorList()
        whole = self._file.seekable() or len(batch.events) + len(batch.flaws) < self._most
        waiting: Iterable[Batch] = chain([batch], rest if whole else ())
        try:
            self._run.check(waiting, self._drafting, errors)
        except (KeyboardInterrupt, click.Abort):
            if not self._as_json:
                note("\nInterrupted. Not all lines were checked.")
        if not self._as_json:
            say_errors(errors)
            if not whole:
                note(
                    f"What comes through a pipe is checked a batch at a time: to line "
                    f"{batch.mark.lines:,}. Name a file to have all of it checked."
                )
        self._say_how_far(errors)
        self._say_refreshed()
        _remark_names_so_far(self._opened, first)
        return self._exit(errors)

    def _exit(self, errors: ErrorList) -> int:
        if errors and self._as_json:
            raise errors.kept[0]
        return REFUSED if errors else 0

    def _interrupted(self, first: int) -> int:
        if not self._as_json:
            note("\nInterrupted.")
        self._say_how_far()
        _remark_names_so_far(self._opened, first)
        return INTERRUPTED

    def _say_how_far(self, errors: ErrorList | None = None) -> None:
        """Say which lines are on record, by the record itself."""
        from answerable.domain.errors import AnswerableError

        name = "FILE" if self._file.name == "<stdin>" else self._file.name
        going_on = f"`answerable import --continue {name}`"
        try:
            tally = self._run.tally
            if self._as_json:
                outcome = Outcome(False, left=self._left, errors=errors, refreshed=self._refreshing)
                summarise(self._opened, tally, "", outcome, as_json=True)
                return
        except AnswerableError:
            note(f"Which lines are on record cannot be read just now; {going_on} finds out.")
            return
        note(
            f"Lines 1 to {tally.mark.lines:,} are on record, and nothing after them was recorded. "
            f"Go on with {going_on}."
            if tally.mark.lines
            else "No line of it was recorded."
        )


def _remark_names_so_far(opened: Ledger, first: int) -> None:
    """Note the names in the open after an import that stopped, unless the record cannot be read."""
    from contextlib import suppress

    from answerable.domain.errors import AnswerableError

    with suppress(AnswerableError):
        remark_open_names(opened, first)
