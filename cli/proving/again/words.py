"""The words of a page, line by line, by its parts; and where two pages read otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import zip_longest
from typing import NamedTuple

REPLAY = "replay-data"
"""Names the element that holds the words of the replay."""

ENDING = frozenset((
    *("address", "article", "blockquote", "br", "button", "caption", "dd", "div", "dl", "dt"),
    *("figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "header", "label", "li", "main"),
    *("nav", "option", "p", "section", "summary", "table", "td", "text", "th", "title", "tr", "ul"),
))  # fmt: skip
"""The elements at which a line begins, and ends."""

FOLLOWING = frozenset(("bundle", "shown"))
"""The elements of data that are no words, or follow from those."""


PAGE = "the page"
"""Stands for the part where something is wrong with the page as such."""


class Otherwise(NamedTuple):
    """Hold where a page reads otherwise than it would: the part, and the first line that differs.

    Attributes:
        part: the part, by its name; "" is the top of the page.
        expected: the line that would stand there; "" where none would.
        stands: the line that does; "" where none does.
    """

    part: str
    expected: str
    stands: str

    @property
    def told(self) -> str:
        """Say it in a line."""
        if self.part == PAGE:
            return self.stands
        stands = f"it says “{cut(self.stands)}”" if self.stands else "a line is missing"
        if not self.expected:
            return f"the part “{self.part}” does not follow from the record: {stands}"
        return f"the part “{self.part}”: {stands}, and the record comes to “{cut(self.expected)}”"


def of_page(wrong: str) -> Otherwise:
    """Return what is wrong with a page as such."""
    return Otherwise(PAGE, "", wrong)


def cut(line: str, most: int = 80) -> str:
    """Cut a line short that is longer than so many signs; say how many more there are."""
    return line if len(line) <= most else f"{line[:most]}… ({len(line) - most:,} more signs)"


class Words(HTMLParser):
    """Collects the lines of a page by part, and its scripts, styles and data.

    Attributes:
        lines: of each part, by its name; the first part, without a name, begins with the page.
        data: the texts of data, by id.
        runs: the scripts and styles, and what is said of the page at its head.
        tags: the tags of each part, as they are written.
        positions: those of the entries that the rows of each part are about.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: dict[str, list[str]] = {"": []}
        self.data: dict[str, str] = {}
        self.runs: list[str] = []
        self.tags: dict[str, list[str]] = {}
        self.positions: dict[str, set[int]] = {}
        self._part = ""
        self._line: list[str] = []
        self._within: tuple[str, str | None] | None = None
        self.feed(page)
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a part, a line, or what is no line."""
        told = dict(attrs)
        if tag in ENDING:
            self._end()
        if tag in ("section", "footer") and told.get("id"):
            self._part = str(told["id"])
            self.lines.setdefault(self._part, [])
        self.tags.setdefault(self._part, []).append(self.get_starttag_text() or "")
        about = (told.get("data-position") or "").split()
        self.positions.setdefault(self._part, set()).update(map(int, filter(str.isdecimal, about)))
        if tag in ("script", "style"):
            self._within = (tag, told.get("id") if told.get("type") else None)
        elif tag == "meta":
            self.runs.append(str(told.get("content")))

    def handle_endtag(self, tag: str) -> None:
        """End a line, or what is none."""
        if self._within is not None and self._within[0] == tag:
            self._within = None
        if tag in ENDING:
            self._end()

    def handle_data(self, data: str) -> None:
        """Take in a text."""
        if self._within is None:
            self._line.append(data)
        elif self._within[1] is None:
            self.runs.append(data)
        else:
            self.data[self._within[1]] = data

    def _end(self) -> None:
        said = " ".join("".join(self._line).split())
        if said:
            self.lines[self._part].append(said)
        self._line = []


MARKUP = "its markup is not as it would be written"


def otherwise(page: Words, again: Words) -> Iterator[Otherwise]:
    """Yield where a page reads otherwise than another: of each part the first line, or its markup.

    Words may be hidden by markup.
    """
    for part in {**again.lines, **page.lines}:
        lines = zip_longest(again.lines.get(part, []), page.lines.get(part, []), fillvalue="")
        for expected, stands in lines:
            if expected != stands:
                yield Otherwise(part, expected, stands)
                break
        else:
            if page.tags.get(part) != again.tags.get(part):
                yield Otherwise(part, "", MARKUP)


def left_over(lines: Iterable[str], least: Iterable[str]) -> list[str] | None:
    """Return the lines beside some that must be there in their order; None if one is not.

    Args:
        lines: all of them.
        least: those that must be there.
    """
    found: list[str] = []
    wanted = iter(least)
    next_one = next(wanted, None)
    for each in lines:
        if each == next_one:
            next_one = next(wanted, None)
        else:
            found.append(each)
    return found if next_one is None else None


def replayed(page: Words) -> list[str]:
    """Return the lines of the replay of a page."""
    try:
        told = json.loads(page.data.get(REPLAY, "{}"))
        return [str(each) for each in told["lines"]]
    except (ValueError, KeyError, TypeError):
        return []
