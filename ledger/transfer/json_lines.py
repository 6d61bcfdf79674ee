"""Reading events from lines of JSON, one at a time, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, BinaryIO, NamedTuple

from answerable.domain.errors import AnswerableError, InvalidEvent
from answerable.domain.event import Event
from answerable.domain.parsing import parse_line, told_by_values, untrue_numbers
from answerable.ledger.transfer.drafts import Draft
from answerable.ledger.transfer.flaws import Flaws
from answerable.ledger.transfer.mark import Mark
from answerable.ledger.transfer.resolving.strict_json import has_each_key_once, read_object

MAX_LINE = 16 * 1024 * 1024
"""The longest line, in bytes, that is read as one event."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


OF_THE_IMPORT = re.compile(rb'"(?:ref|key)"|"\\$')
"""A mark of what is said to the import alone: a key, a reference to another line."""

REFS = re.compile(rb'"ref"\s*:\s*"([^"\\]{1,200})"')

OPENING = b"case-opened"


class JsonLine(NamedTuple):
    """A line without its end, the mark after it, and its length in the stream, in bytes.

    It is a `answerable.ledger.transfer.drafts.Part` of a source.
    """

    text: bytes
    mark: Mark
    length: int

    @property
    def place(self) -> str | None:
        """Return how messages call it, beside its number: not at all."""
        return None

    def drafts(self) -> Sequence[Event | Draft]:
        """Return the event that the line tells, if any; a draft where something is to be looked up.

        Raises:
            Flaws: it is none, or something in it cannot be taken as it is written.
        """
        if self.blank:
            return ()
        event = None if OF_THE_IMPORT.search(self.text) else _event(self.text)
        if event is not None and _is_plain(self.text, event):
            return (event,)
        fields = _object(self.text)
        if event is None or untrue_numbers(event.kind, fields):
            return (Draft(fields),)
        return (event,)

    def opened(self) -> Sequence[str]:
        """Return the case that the line opens, if any. What is wrong with it shows in its turn."""
        if OPENING not in self.text:
            return ()
        try:
            told: Any = _object(self.text)
        except Flaws:
            return ()
        case_id = told.get("case_id") if told.get("kind") == OPENING.decode() else None
        return (case_id,) if isinstance(case_id, str) else ()

    def refs(self) -> Sequence[str]:
        """Return the name by which later lines may call this one, if it has one."""
        return [ref.decode(errors="replace") for ref in REFS.findall(self.text)]

    @property
    def blank(self) -> bool:
        """Tell whether the line has nothing on it."""
        return not self.text or self.text.isspace()


def lines(stream: BinaryIO) -> Iterator[JsonLine]:
    """Yield the lines of a stream. A byte order mark at its start is left out.

    Raises:
        InvalidEvent: a line is longer than `MAX_LINE`.
    """
    running = sha256()
    number = 0
    while raw := stream.readline(MAX_LINE + 2):
        number += 1
        text = raw.removesuffix(b"\n").removesuffix(b"\r")
        if len(text) > MAX_LINE:
            error = InvalidEvent(
                f"the line is longer than {MAX_LINE:,} bytes.",
                hint="Write one JSON object on each line.",
            )
            error.line = number
            raise error
        if number == 1:
            text = text.removeprefix(BYTE_ORDER_MARK)
        running.update(text)
        running.update(b"\n")
        yield JsonLine(text, Mark(number, running.digest()), len(raw))


def _is_plain(text: bytes, event: Event) -> bool:
    """Tell whether nothing in a line can have been read as something else than it says.

    What is told of a field for texts is a text; so are all but few. Nearly all lines are plain.
    """
    told = event.model_fields_set
    return told.isdisjoint(told_by_values(event.kind)) and has_each_key_once(text, len(told))


def _event(text: bytes) -> Event | None:
    """Return the event in a line; None where it tells none, or what is to be looked up first."""
    try:
        return parse_line(text)
    except AnswerableError:
        return None


def _object(text: bytes) -> dict[str, Any]:
    try:
        check_utf8(text)
    except InvalidEvent as error:
        raise Flaws([error]) from None
    return read_object(text)


def check_utf8(text: bytes) -> None:
    """Check that a line is UTF-8.

    Raises:
        InvalidEvent: it is not; the byte is named.
    """
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise InvalidEvent(
            f"this is not UTF-8: byte {error.start + 1} of the line is 0x{text[error.start]:02x}.",
            hint="Save the file as UTF-8.",
        ) from None
