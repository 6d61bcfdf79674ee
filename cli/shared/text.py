"""What the record says, on a terminal: in few lines, and frank about what is not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.shared.output import counted, visible
from answerable.domain.record import SEALED_BESIDE

if TYPE_CHECKING:
    from answerable.domain.dates import When
    from answerable.domain.record import TreeHead
    from answerable.projections.facts.disclosed import DisclosedTexts

LONGEST = 300
"""How many characters of a sealed text are shown. `answerable show` has all of it."""

RECORDED_BY = "recorded_by"


class TextLine(NamedTuple):
    """A line of an answer, and how it is drawn."""

    text: str
    style: str = ""


def recorded_by(sealed: DisclosedTexts) -> str:
    """Return who recorded an event, or why that is not shown."""
    who = sealed.text(RECORDED_BY)
    return visible(str(who.value)) if who.state == "told" else f"({who.state})"


def lines(sealed: DisclosedTexts) -> Iterator[str]:
    """Write what an event seals, a line each, sources last: `reasons: “as in like cases”`."""
    told = sealed.told
    told.update(told.get("sealed_fields", {}))
    for name in sorted(told.keys() - SEALED_BESIDE - {"sources", "sealed_fields"}):
        value = told[name]
        for each in value if isinstance(value, list) else [value]:
            yield f"{_label(name)}: {quoted(each)}"
    for source in told.get("sources", ()):
        yield f"source: {visible(_source(source))}"
    for name in sealed.erased:
        if name not in SEALED_BESIDE:
            yield f"{_label(name)}: (erased)"
    if sealed.doubt is not None:
        yield f"(some of its text is {sealed.doubt})"


def holds_for(as_of: datetime | None, known_by: datetime | None, head: TreeHead) -> str:
    """Say what an answer holds for: the two times, and the log that it was read from."""
    times = [
        f"{word} {minute(moment)}"
        for word, moment in (("as of", as_of), ("as known by", known_by))
        if moment is not None
    ]
    log = f"{counted(head.size, 'entry', 'entries')}, root {head.root.hex()[:16]}…"
    return " · ".join([*times, log])


def date(edtf: str | None) -> str:
    """Write a date in words, where a word says more than its sign: "on or before 2026-01-05"."""
    from answerable.domain import dates

    return "date not told" if edtf is None else dates.in_words(edtf)


def by_then(as_of: When) -> str | None:
    """Say whether something had happened by the moment asked about; None where it had."""
    if as_of == "yes":
        return None
    return (
        "indeterminate: may not have happened by then"
        if as_of == "unknown"
        else "had not happened by then"
    )


def minute(moment: datetime) -> str:
    """Write a moment to the minute, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _label(name: str) -> str:
    return name.replace("_", " ")


def _source(source: Any) -> str:
    told = (source.get("title"), source.get("url"), source.get("digest"))
    return ", ".join(each for each in told if each)


def quoted(value: Any) -> str:
    """Quote a sealed text, on one line, cut short where it is long."""
    text = visible(" ".join(str(value).split()))
    return f"“{text[: LONGEST - 1]}…”" if len(text) > LONGEST else f"“{text}”"
