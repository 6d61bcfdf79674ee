r"""List how a page writes what is on record, where that is otherwise than it stands there.

    <script type="application/json" id="written">{"occurred\n../2026-01-05":["on or before …"],…}

A browser finds in an entry what a row has to say, and here in which words: of a term in another
language, a date, a party by the name. What is written by its own letters is not listed. The script
that reads it is `quoting.js` of the verifier that a page carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from answerable.projections.blocks.spans import letters, plain
from answerable.projections.pages.events import EventShown
from answerable.projections.show.fields import Field

SAID, LABEL, FIRST = "said", "label", "first"
"""Begin the names of what is listed beside values: an event in a line, the name of a field, and
what is said of a value that was corrected since."""


def written_as(events: Iterable[EventShown]) -> Mapping[str, list[str]]:
    """List the words that a page has for what is on record, by field and value.

    Args:
        events: those that the page shows.
    """
    shown = list(events)
    said = {each.event_id: f"#{each.position} {each.said}" for each in shown}
    found: dict[str, dict[str, None]] = {}
    for event in shown:
        for name, words in _written(event, said):
            found.setdefault(name, {})[words] = None
    return {name: list(words) for name, words in found.items()}


def _written(event: EventShown, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield f"{SAID}\n{event.event_id}", event.said
    yield from _told("kind", event.recorded_kind, event.kind, said)
    yield from _told("occurred", event.occurred, event.when, said)
    for (label, _), field in zip(event.fields, event.told, strict=True):
        if field.of and label and letters(label) != letters(field.of):
            yield f"{LABEL}\n{field.of}", label
        if field.of:
            yield from _of_field(field, said)


def _of_field(field: Field, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    words = plain(field.value)
    if field.first:
        yield f"{FIRST}\n{field.of}\n{key(field.told)}", words
    else:
        yield from _told(field.of, field.told, words, said)


def _told(of: str, value: Any, words: str, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if value is not None and letters(words) == letters(_by_itself(value, said)):
        return
    yield f"{of}\n{key(value)}", words
    lines = words.split("\n")
    if isinstance(value, list | tuple) and len(lines) == len(value):
        # Of events, each on a line, a page for a part of a case shows some.
        for each, line in zip(value, lines, strict=True):
            yield f"{of}\n{key(each)}", line


def key(value: Any) -> str:
    """Return a recorded value as one text, by which it is found again."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "{" + ",".join(f"{name}:{key(each)}" for name, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ",".join(map(key, value)) + "]"
        case _:
            return str(value)


def _by_itself(value: Any, said: Mapping[str, str]) -> str:
    """Return what a browser finds in the record alone: the texts in a value, one behind another."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "".join(_by_itself(each, said) for each in value.values())
        case list() | tuple():
            return "".join(_by_itself(each, said) for each in value)
        case _:
            return said.get(str(value), str(value))
