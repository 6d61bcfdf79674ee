"""How a written report calls things: parties, events, dates, texts, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from answerable.domain import dates
from answerable.projections.facts.disclosed import Text
from answerable.projections.facts.names import Name
from answerable.projections.output.markdown_text import escaped
from answerable.projections.report.report import Report

NOT_TOLD = "not told"

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Page(NamedTuple):
    """A report, and where to look things up in it."""

    report: Report
    positions: Mapping[str, int]
    names: Mapping[str, Name]

    def party(self, party: str | None) -> str:
        """A party: name and pseudonym; or the pseudonym, and why there is no name."""
        if party is None:
            return NOT_TOLD
        name = self.names.get(party) or Name(party, "unregistered")
        if name.name is not None:
            return f"{escaped(name.name)} (`{party}`)"
        if name.state == "not told" and name.titles:
            return f"`{party}` ({escaped(', '.join(name.titles))}; name not told)"
        return f"`{party}`" if name.state == "unregistered" else f"`{party}` (name {name.state})"

    def parties(self, parties: Iterable[str]) -> str:
        """Several parties."""
        return ", ".join(self.party(party) for party in parties) or NOT_TOLD

    def cite(self, *events: str | None) -> str:
        """Events by their positions, runs of them drawn together: "#3, #20 to #26"."""
        named = [each for each in events if each is not None]
        known = sorted({self.positions[each] for each in named if each in self.positions})
        strange = [f"`{each}`" for each in named if each not in self.positions]
        runs = (list(run) for _, run in groupby(enumerate(known), lambda pair: pair[1] - pair[0]))
        return ", ".join((*(_run([number for _, number in run]) for run in runs), *strange))

    def text(self, event_id: str, field: str) -> Text:
        """What is sealed in a field of an event."""
        return self.report.texts[event_id].text(field)


def page(report: Report) -> Page:
    """A report, ready to be written."""
    positions = {each.event_id: each.position for each in report.timeline}
    for bar in report.bars:
        positions.update((each.event_id, each.position) for each in bar.contacts)
    return Page(report, positions, {name.party: name for name in report.parties})


def said(text: Text) -> str:
    """A sealed text, or why there is none."""
    if text.state != "told":
        return text.state
    value = text.value
    return escaped(", ".join(map(str, value)) if isinstance(value, list | tuple) else value)


def told(value: object) -> str:
    """A public value, or that it is not told."""
    return NOT_TOLD if value is None else escaped(value)


def dated(edtf: str | None) -> str:
    """A date in words, or that it is not told."""
    return NOT_TOLD if edtf is None else escaped(dates.in_words(edtf))


def moment(at: datetime) -> str:
    """A moment, in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number of things: "one person", "three people", "12 events"."""
    return f"{number_word(number)} {one if number == 1 else several or one + 's'}"


def number_word(number: int) -> str:
    """A number, in letters if it is small."""
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def capital(sentence: str) -> str:
    """The sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def _run(numbers: list[int]) -> str:
    if len(numbers) < 3:
        return ", ".join(f"#{number}" for number in numbers)
    return f"#{numbers[0]} to #{numbers[-1]}"
