"""Reading and writing DER (ITU-T X.690), as much of it as time stamps need.

An element is a tag, a length and its content. Here tags are of one byte, and lengths as DER demands
them: definite, and as short as can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OBJECT_IDENTIFIER = 0x06
GENERALIZED_TIME = 0x18
SEQUENCE = 0x30
SET = 0x31


def context(number: int) -> int:
    """Return the tag of a constructed element that its place gives a meaning: `[number]`."""
    return 0xA0 | number


class NotDer(ValueError):
    """The bytes are not DER, or other elements than there should be."""


class Element(NamedTuple):
    """An element: its tag and its content."""

    tag: int
    content: bytes

    def __bytes__(self) -> bytes:
        return encoded(self.tag, self.content)

    @property
    def parts(self) -> list[Element]:
        """Read the elements within this one.

        Raises:
            NotDer: its content is not made of such.
        """
        return list(elements(self.content))

    def of(self, tag: int) -> list[Element]:
        """Return the elements within this one, if it is of this tag.

        Raises:
            NotDer: it is of another, or its content is not made of such.
        """
        if self.tag != tag:
            raise NotDer(f"tag {self.tag:#04x} where {tag:#04x} should be")
        return self.parts

    @property
    def number(self) -> int:
        """Read the number of an INTEGER.

        Raises:
            NotDer: it is none.
        """
        if self.tag != INTEGER or not self.content:
            raise NotDer("no number where one should be")
        return int.from_bytes(self.content, "big", signed=True)

    def alone(self, tag: int) -> Element:
        """Return the one element within this one, which is of this tag.

        Raises:
            NotDer: it holds something else, or more.
        """
        found = element(self.content)
        if found.tag != tag:
            raise NotDer(f"tag {found.tag:#04x} where {tag:#04x} should be")
        return found


def element(data: bytes) -> Element:
    """Return the one element that the bytes are.

    Raises:
        NotDer: they are something else.
    """
    found = list(elements(data))
    if len(found) != 1:
        raise NotDer(f"{len(found)} elements where one should be")
    return found[0]


def elements(data: bytes) -> Iterator[Element]:
    """Yield the elements that follow each other in the bytes.

    Raises:
        NotDer: they are something else.
    """
    at = 0
    while at < len(data):
        tag, start, end = _bounds(data, at)
        yield Element(tag, data[start:end])
        at = end


def encoded(tag: int, *contents: bytes) -> bytes:
    """Return an element of a tag and a content, the parts of which are put together."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes(-(-size.bit_length() // 8), "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _bounds(data: bytes, at: int) -> tuple[int, int, int]:
    """Return the tag of the element at a place, and where its content begins and ends."""
    if at + 2 > len(data):
        raise NotDer("it ends within an element")
    tag, length = data[at], data[at + 1]
    start = at + 2
    if tag & 0x1F == 0x1F:
        raise NotDer("a tag of several bytes")
    if length == 0x80:
        raise NotDer("a length left open, as BER has it and DER has not")
    if length > 0x80:
        wide = length & 0x7F
        length = int.from_bytes(data[start : start + wide], "big")
        start += wide
        if wide > 4 or length < 0x80 or length < 1 << (8 * (wide - 1)):
            raise NotDer("a length not as short as it can be")
    if start + length > len(data):
        raise NotDer("it ends within an element")
    return tag, start, start + length
