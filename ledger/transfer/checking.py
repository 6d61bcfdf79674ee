"""Checking the events of a batch one against the other, past those that cannot be recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from answerable.domain.errors import AnswerableError
from answerable.domain.event import Event
from answerable.ledger.entry.intent import Intent
from answerable.ledger.store.errors import DuplicateId
from answerable.ledger.store.receipt import Receipts
from answerable.ledger.transfer.batches import Batch
from answerable.ledger.transfer.error_list import RestsOnError

KEYED = "8"
"""The version of ids that are made of keys, where it stands in them."""

Rehearse = Callable[[Iterable[Event], Intent | None], Receipts]
"""Appends events in a rehearsal (`answerable.ledger.ledger.Ledger.rehearsal`)."""


class Checking:
    """A batch whose events are rehearsed, all but those that cannot be recorded."""

    def __init__(
        self, batch: Batch, append: Rehearse, intent: Intent | None, failed: set[str]
    ) -> None:
        self._batch = batch
        self._append = append
        self._intent = intent
        self._failed = failed
        self.errors = [*batch.flaws]

    def receipts(self) -> Iterator[Receipts]:
        """Yield the receipts of the events that can be recorded.

        What fails is taken out, and what comes before it is rehearsed again: each event twice at
        the most, but for few.
        """
        waiting = [[*range(len(self._batch.events))]]
        while waiting:
            places = self._possible(waiting.pop())
            events = [self._batch.events[place] for place in places]
            try:
                with naming_lines([self._batch.numbers[place] for place in places]):
                    receipts = self._append(events, self._intent)
            except AnswerableError as error:
                if error.index is None:
                    raise
                failing = events[error.index]
                self.errors.append(_of_the_key(error, failing))
                self._fails(failing)
                before, after = places[: error.index], places[error.index + 1 :]
                waiting += [each for each in (after, before) if each]
            else:
                yield receipts

    def _possible(self, places: list[int]) -> list[int]:
        """Return the events that refer to none that failed; note the others."""
        if not self._failed:
            return places
        possible = []
        for place in places:
            event = self._batch.events[place]
            if self._failed.isdisjoint(_referred_to(event)):
                possible.append(place)
                continue
            self._fails(event)
            error = RestsOnError("it refers to a line that has an error.")
            error.line = self._batch.numbers[place]
            self.errors.append(error)
        return possible

    def _fails(self, event: Event) -> None:
        if event.event_id is not None:
            self._failed.add(event.event_id)


def _of_the_key(error: AnswerableError, event: Event) -> AnswerableError:
    """Say of a key what is said of the id that was made of it."""
    event_id = event.event_id or ""
    if isinstance(error, DuplicateId) and event_id[14:15] == KEYED:
        error.field = "key"
        error.message = error.message.replace(
            f"the id {event_id} is taken by an event that says something else in",
            "the event with this key is on record, and says something else in",
        )
        error.hint = "Refresh the source, or give a new event a new key."
        error.cli_hint = (
            "--refresh shows what the source tells otherwise now, and drafts the corrections. A "
            "new event needs a new key."
        )
    return error


def _referred_to(event: Event) -> Iterator[str]:
    """Yield the events that one refers to."""
    for name in event.references:
        value = event.told(name)
        yield from (value,) if isinstance(value, str) else value or ()


@contextmanager
def naming_lines(numbers: Sequence[int]) -> Iterator[None]:
    """Add the number of its line to an error that says which event of a batch it is about."""
    try:
        yield
    except AnswerableError as error:
        if error.index is not None:
            error.line = numbers[error.index]
        raise
