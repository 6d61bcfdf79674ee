"""Gathering the events of an import in batches, each to be recorded whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answerable.domain.errors import AnswerableError, InvalidEvent
from answerable.domain.event import Event
from answerable.domain.kinds import ERASURE
from answerable.ledger.transfer.drafts import Drafting, Part
from answerable.ledger.transfer.flaws import Flaws
from answerable.ledger.transfer.mark import START, Mark

BATCH = 1_000
"""The most events recorded in one transaction, unless the caller says otherwise."""

BATCH_BYTES = 16 * 1024 * 1024
"""The bytes of lines from which on a batch takes no more of them."""


@dataclass(slots=True)
class Batch:
    """Events to be recorded together, their lines, and the mark that recording them leads to.

    Attributes:
        events: the events.
        numbers: for each, the number of its line.
        mark: the end of the batch; blank lines count.
        length: how many bytes of the file it takes.
        flaws: what keeps other lines in it from being events. A batch with flaws is not recorded.
    """

    events: list[Event]
    numbers: list[int]
    mark: Mark
    length: int
    flaws: list[AnswerableError]

    @classmethod
    def empty(cls) -> Batch:
        """Begin a batch."""
        return cls([], [], START, 0, [])


def batches(source: Iterable[Part], drafting: Drafting, most: int = BATCH) -> Iterator[Batch]:
    """Yield the events of lines or rows, in batches of about `most`: a row is not divided.

    An erasure is a batch by itself, so that what it leaves can be looked for before it is recorded.
    Where a line is too long to be read, nothing after it is.
    """
    batch = Batch.empty()
    parts = iter(source)
    while True:
        try:
            part = next(parts, None)
        except InvalidEvent as error:
            batch.flaws.append(error)
            yield batch
            return
        if part is None:
            break
        events = _events(part, drafting, batch.flaws)
        erases = ERASURE in [event.kind for event in events]
        if erases and batch.length:
            yield batch
            batch = Batch.empty()
        batch.mark = part.mark
        batch.length += part.length
        batch.events += events
        batch.numbers += [part.mark.lines] * len(events)
        if erases or len(batch.events) + len(batch.flaws) >= most or batch.length >= BATCH_BYTES:
            yield batch
            batch = Batch.empty()
    if batch.length:
        yield batch


def _events(part: Part, drafting: Drafting, flaws: list[AnswerableError]) -> list[Event]:
    try:
        return drafting.events(part)
    except Flaws as error:
        flaws.extend(error.found)
        return []
