"""Texts of the record on a terminal, in few lines, and frank about what is not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.shared.output import visible
from answerable.domain.language.saying import punctuation, say, to_say
from answerable.domain.record import SEALED_BESIDE
from answerable.projections.wording.vocabulary import label, state_words

if TYPE_CHECKING:
    from answerable.projections.facts.disclosed import DisclosedTexts

LONGEST = 300
"""The most characters of a sealed text that are shown. `answerable show` has all of it."""

RECORDED_BY = "recorded_by"

SOURCE = to_say("source: {source}")
"""Says a source."""


class TextLine(NamedTuple):
    """A line of an answer, and how it is drawn."""

    text: str
    style: str = ""


def recorded_by(sealed: DisclosedTexts) -> str:
    """Say who recorded an event, or why that is not shown."""
    who = sealed.text(RECORDED_BY)
    if who.state == "told":
        return visible(str(who.value))
    return say("({why})", why=state_words(who.state))


def lines(sealed: DisclosedTexts) -> Iterator[str]:
    """Quote what is sealed in an event, a line each: `reasons: “as in like cases”`.

    The sources come last.
    """
    texts = sealed.told
    texts.update(texts.get("sealed_fields", {}))
    for name in sorted(texts.keys() - SEALED_BESIDE - {"sources", "sealed_fields"}):
        value = texts[name]
        for each in value if isinstance(value, list) else [value]:
            yield named(name, quoted(each))
    yield from source_lines(sealed)
    for name in sealed.erased:
        if name not in SEALED_BESIDE:
            yield erased_line(name)
    if sealed.doubt is not None:
        yield say("(some of its text is {state})", state=state_words(sealed.doubt))


def source_lines(sealed: DisclosedTexts) -> Iterator[str]:
    """Say the sources of an event, a line each; as they were corrected, where they were."""
    told = sealed.told
    for source in told.get("sealed_fields", {}).get("sources", told.get("sources", ())):
        yield say(SOURCE, source=visible(_source(source)))


def erased_line(field: str) -> str:
    """Say that a text was erased."""
    return say("{field}: (erased)", field=label(field))


def named(field: str, value: str) -> str:
    """Say a field and what it holds: "title: “Gifts”"."""
    return say("{field}: {value}", field=label(field), value=value)


def _source(source: Any) -> str:
    parts = (source.get("title"), source.get("url"), source.get("digest"))
    return punctuation(", ").join(part for part in parts if part)


def quoted(value: Any) -> str:
    """Quote a sealed text on one line, cut short where it is long."""
    text = visible(" ".join(str(value).split()))
    return f"“{text[: LONGEST - 1]}…”" if len(text) > LONGEST else f"“{text}”"
