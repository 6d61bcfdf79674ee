"""A line of a written answer: spans of text, each with the styles that it stands in.

What a reader may follow is found by the renderer: the number of an event, "#12", in a span of our
own words. A recorded text is quoted as it stands, and nothing in it is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, get_args
from unicodedata import category

from answerable.domain.language.language import apart, parts
from answerable.domain.language.saying import spoken

Style = Literal["strong", "struck", "code", "recorded", "emphasis", "good", "bad", "doubt"]
"""Name how a span stands out.

`recorded` is somebody else's words, out of the record. `good`, `bad` and `doubt` are how what the
words say is taken; they say it by themselves, too.
"""


class Span(NamedTuple):
    """Hold a text and the styles that it stands in.

    Attributes:
        text: plain text, with nothing escaped. A line break in it is one.
        styles: none for our own plain words.
    """

    text: str
    styles: frozenset[Style] = frozenset()


ONE: Mapping[Style, frozenset[Style]] = {each: frozenset((each,)) for each in get_args(Style)}
"""Hold each style alone."""

SIGNS = re.compile(r"[^0-9A-Za-z]+")
"""Match what is neither letter nor figure, in ASCII."""

Line = tuple[Span, ...]
"""Hold the spans of a line, in order; the empty line has none."""

Words = str | Span | Iterable[Span]
"""Name what a line is made of: plain words, a span, or another line."""


def line(*parts: Words) -> Line:
    """Join words, spans and lines into one line; plain words have no style."""
    if len(parts) == 1:
        (part,) = parts
        if isinstance(part, str):  # as most cells of tables are
            return (Span(part),) if part else ()
        if type(part) is tuple:  # another line, whose spans are joined already
            return part
    return tuple(_joined(span for part in parts for span in _spans(part)))


def say_line(sentence: str, /, **told: Words) -> Line:
    """Say a sentence, as `say` does, of which parts stand out: `say_line("{who}.", who=strong(x))`.

    Args:
        sentence: in English, with a name in braces for each part.
        told: the parts.
    """
    language = spoken()
    if language is None:
        return tuple(_joined(_filled(sentence, told)))
    found: list[Words] = []
    for words, name in parts(language.sentence(sentence)):
        for part in (words, *(() if name is None else (told[name],))):
            if found and apart(_text(found[-1])[-1:], _text(part)[:1]):
                found.append(" ")
            if _text(part):
                found.append(part)
    return line(*found)


def _filled(sentence: str, told: Mapping[str, Words]) -> Iterator[Span]:
    """Yield the spans of a sentence in English and of what is told in it."""
    for words, name in parts(sentence):
        if words:
            yield Span(words)
        if name is not None:
            yield from _spans(told[name])


def lines_in_a_row(sentences: Iterable[Line]) -> Line:
    """Say sentences one behind the other."""
    said: Line = ()
    for each in sentences:
        said = say_line("{first} {then}", first=said, then=each) if said else each
    return said


def _text(of: Words) -> str:
    return of if isinstance(of, str) else "".join(span.text for span in _spans(of))


def _spans(part: Words) -> Iterable[Span]:
    if isinstance(part, Span):
        return (part,)
    return (Span(part),) if isinstance(part, str) else part


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    """Draw together neighbours of the same styles; leave out the empty ones."""
    last: Span | None = None
    for span in spans:
        if not span.text:
            continue
        if last is not None and last.styles == span.styles:
            last = last._replace(text=last.text + span.text)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def styled(style: Style, *parts: Words) -> Line:
    """Join words into a line that stands in one style more."""
    if len(parts) == 1 and isinstance(parts[0], str):  # as most are
        return (Span(parts[0], ONE[style]),) if parts[0] else ()
    return tuple(_joined(Span(span.text, span.styles | {style}) for span in line(*parts)))


def strong(*parts: Words) -> Line:
    """Stress words."""
    return styled("strong", *parts)


def struck(*parts: Words) -> Line:
    """Strike words through: they were taken back."""
    return styled("struck", *parts)


def emphasised(*parts: Words) -> Line:
    """Set words apart: the title of a section, a state that stands where a text would."""
    return styled("emphasis", *parts)


def code(text: str) -> Line:
    """Write a pseudonym, an id or a hash."""
    return styled("code", text)


def recorded(text: object) -> Line:
    """Quote a text out of the record."""
    return styled("recorded", str(text))


def quoted(words: str, value: object) -> Line:
    """Quote a recorded value that is said by its own letters; say one that is put otherwise.

    Args:
        words: what is said.
        value: what is on record.
    """
    verbatim = isinstance(value, str) and letters(words) == letters(value)
    return recorded(words) if verbatim and words else line(words)


def letters(text: str) -> str:
    """Return the letters and figures of a text, without its signs and white space."""
    if text.isascii():  # as nearly all are
        return SIGNS.sub("", text)
    return "".join(each for each in text if category(each)[0] in "LN")


def joined(separator: Words, lines: Iterable[Words]) -> Line:
    """Join lines with a separator between each two."""
    parts: list[Words] = []
    for each in lines:
        parts.extend((separator, each) if parts else (each,))
    return line(*parts)


def plain(of: Line) -> str:
    """Return the text of a line without its styles."""
    return "".join(span.text for span in of)
