"""Recording a batch, and telling what an erasure in it leaves though it names the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.output import note
from answerable.domain.kinds import ERASURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answerable.cli.recording.erasing import Found
    from answerable.domain.event import Event
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.transfer.batches import Batch
    from answerable.ledger.transfer.import_ import Import


class Left(NamedTuple):
    """The texts that an erasure left though they name its subject, and the line that it is in."""

    line: int
    subject: str
    texts: list[Found]


def record_batch(opened: Ledger, run: Import, batch: Batch) -> Iterator[Left]:
    """Record a batch; yield the texts that an erasure leaves, though they name the person.

    They are looked for before, since no name is left after it.
    """
    from answerable.ledger.errors import BytesRemain

    stay = [*_that_stay(opened, batch)]
    try:
        run.record(batch)
    except BytesRemain:
        yield from stay
        raise
    yield from stay


def _that_stay(opened: Ledger, batch: Batch) -> Iterator[Left]:
    for event, line in zip(batch.events, batch.numbers, strict=True):
        if event.kind == ERASURE and not _is_on_record(opened, event):
            from answerable.cli.recording.erasing import look_for_others

            texts = look_for_others(opened, event).texts
            if texts:
                yield Left(line, event.__dict__["subject"], texts)


def _is_on_record(opened: Ledger, event: Event) -> bool:
    return event.event_id is not None and opened.event(event.event_id) is not None


def remark_left(left: Sequence[Left], *, as_json: bool) -> None:
    """Note the texts that erasures left, unless JSON tells of them."""
    if as_json or not left:
        return
    from answerable.cli.recording.erasing import remark_others

    for line, subject, texts in left:
        note(f"After the erasure in line {line:,}:")
        remark_others(texts, subject)
