"""Saying in words what will be recorded, the texts that are sealed among it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from answerable.cli.guiding.drafts import Drafts
    from answerable.domain.event import Event


def summary_lines(drafts: Drafts) -> Iterator[str]:
    """Say each step in a line, and below it what is sealed in it."""
    for number, event in enumerate(drafts.events, 1):
        yield f"{number:3}. {_sentence(drafts, event)}"
        for name in event.sealed:
            told = event.told(name)
            if told:
                yield f"     {name.replace('_', ' ')}: {_text(told)}"


def _sentence(drafts: Drafts, event: Event) -> str:
    from answerable.projections.wording.dates import date
    from answerable.projections.wording.sentence import sentence, sentence_in

    fact = drafts.view.facts.get(str(event.event_id))
    if fact is None:
        fields = event.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return sentence(event.kind, fields, drafts.name_of)
    when = fact.fields.get("occurred")
    line = sentence_in(drafts.view, fact)
    return line if when is None else f"{line}, {date(when, drafts.view.zone)}"


def _text(told: Any) -> str:
    if isinstance(told, tuple | list):
        return "; ".join(map(_text, told))
    if isinstance(told, str):
        return told
    return str(getattr(told, "title", None) or getattr(told, "url", None) or told)
