"""The measures of sanctions in words: `other` by its own words, where these can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from answerable.domain.reader import Reader
from answerable.projections.accountability.accountability import Sanction
from answerable.projections.facts.disclosed import Text, chain
from answerable.projections.wording.vocabulary import OTHER, measure

LONGEST = 80
"""The number of characters shown in a line. `answerable show` has all of them."""

Measured = Callable[[Sanction], str]
"""The way to word the measure of a sanction."""


def worded(sanction: Sanction, text: Text | None = None) -> str:
    """Say a measure: "fine, 50 EUR"; “to return the watch”; "another measure (erased)".

    Args:
        sanction: what was imposed.
        text: the words for it, if these were looked up.
    """
    fields = {name: value for name, value in sanction._asdict().items() if value is not None}
    if sanction.measure != OTHER or text is None or text.state == "not told":
        return measure(fields)
    if text.state != "told":
        return f"{measure(fields)} ({text.state})"
    words = " ".join(str(text.value).split())
    return measure(fields, f"“{words[: LONGEST - 1]}…”" if len(words) > LONGEST else f"“{words}”")


def measured(reader: Reader, sanctions: Iterable[Sanction]) -> Measured:
    """Return what to call the measures of some sanctions; their words are read in one go.

    Args:
        reader: the record.
        sanctions: those asked about. The words are as these were corrected.
    """
    versions = {
        each.event_id: (each.position, *_positions(reader, each.corrected_by))
        for each in sanctions
        if each.measure == OTHER
    }
    if not versions:
        return worded
    opened = reader.opened(position for own in versions.values() for position in own)
    texts = {
        event_id: chain(*own, opened=opened).text("measure_text")
        for event_id, own in versions.items()
    }
    return lambda sanction: worded(sanction, texts.get(sanction.event_id))


def _positions(reader: Reader, event_ids: Iterable[str]) -> list[int]:
    found = (reader.event(event_id) for event_id in event_ids)
    return [event.position for event in found if event is not None]
