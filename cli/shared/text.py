"""Texts of the record on a terminal, in few lines, and frank about what is not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.shared.output import visible
from answerable.domain.record import SEALED_BESIDE
from answerable.projections.wording.vocabulary import label

if TYPE_CHECKING:
    from answerable.projections.facts.disclosed import DisclosedTexts

LONGEST = 300
"""The most characters of a sealed text that are shown. `answerable show` has all of it."""

RECORDED_BY = "recorded_by"

SOURCES = ("source: ", "sources: ")
"""The beginnings of a line that tells a source, or that it was erased."""


class TextLine(NamedTuple):
    """A line of an answer, and how it is drawn."""

    text: str
    style: str = ""


def recorded_by(sealed: DisclosedTexts) -> str:
    """Say who recorded an event, or why that is not shown."""
    who = sealed.text(RECORDED_BY)
    return visible(str(who.value)) if who.state == "told" else f"({who.state})"


def lines(sealed: DisclosedTexts) -> Iterator[str]:
    """Quote what is sealed in an event, a line each: `reasons: “as in like cases”`.

    The sources come last.
    """
    texts = sealed.told
    texts.update(texts.get("sealed_fields", {}))
    for name in sorted(texts.keys() - SEALED_BESIDE - {"sources", "sealed_fields"}):
        value = texts[name]
        for each in value if isinstance(value, list) else [value]:
            yield f"{label(name)}: {quoted(each)}"
    for source in texts.get("sources", ()):
        yield f"source: {visible(_source(source))}"
    for name in sealed.erased:
        if name not in SEALED_BESIDE:
            yield f"{label(name)}: (erased)"
    if sealed.doubt is not None:
        yield f"(some of its text is {sealed.doubt})"


def _source(source: Any) -> str:
    parts = (source.get("title"), source.get("url"), source.get("digest"))
    return ", ".join(part for part in parts if part)


def quoted(value: Any) -> str:
    """Quote a sealed text on one line, cut short where it is long."""
    text = visible(" ".join(str(value).split()))
    return f"“{text[: LONGEST - 1]}…”" if len(text) > LONGEST else f"“{text}”"
