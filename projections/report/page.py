"""Parties, events, dates and texts as a written report calls them, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from answerable.domain.zone.days import local
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.facts.disclosed import Text
from answerable.projections.facts.names import Name
from answerable.projections.output.markdown_text import escaped
from answerable.projections.report.report import Report
from answerable.projections.wording.dates import date, minute
from answerable.projections.wording.vocabulary import NOT_TOLD, value_words


class Page(NamedTuple):
    """A report, and where to look things up in it."""

    report: Report
    positions: Mapping[str, int]
    names: Mapping[str, Name]

    def party(self, party: str | None) -> str:
        """Call a party by name and pseudonym, or say why there is no name."""
        if party is None:
            return NOT_TOLD
        name = self.name(party)
        if name.name is not None:
            return f"{escaped(name.name)} (`{party}`)"
        if name.state == "not told" and name.titles:
            return f"`{party}` ({escaped(', '.join(name.titles))}; name not told)"
        return f"`{party}`" if name.state == "unregistered" else f"`{party}` (name {name.state})"

    def name(self, party: str) -> Name:
        """Return a party as it is registered."""
        return self.names.get(party) or Name(party, "unregistered")

    def type_of(self, party: str) -> str | None:
        """Tell what a party is; None where that is not told."""
        return self.name(party).type

    def called(self, party: str) -> str:
        """Call a party by name, else by pseudonym, in plain text."""
        return self.name(party).name or party

    def parties(self, parties: Iterable[str]) -> str:
        """Call several parties."""
        return ", ".join(self.party(party) for party in parties) or NOT_TOLD

    def cite(self, *events: str | None) -> str:
        """Cite events by their positions, runs of them drawn together: "#3, #20 to #26"."""
        named = [each for each in events if each is not None]
        known = {self.positions[each] for each in named if each in self.positions}
        strange = [f"`{each}`" for each in named if each not in self.positions]
        return ", ".join(filter(None, (self.cite_at(*known), *strange)))

    def cite_at(self, *positions: int) -> str:
        """Cite events by their positions."""
        pairs = enumerate(sorted(set(positions)))
        runs = (list(run) for _, run in groupby(pairs, lambda pair: pair[1] - pair[0]))
        return ", ".join(_run([number for _, number in run]) for run in runs)

    def text(self, event_id: str, field: str) -> Text:
        """Return what is sealed in a field of an event."""
        return self.report.texts[event_id].text(field)


def page(report: Report) -> Page:
    """Make a page of a report."""
    positions = {each.event_id: each.position for each in report.timeline}
    for bar in report.bars:
        positions.update((each.event_id, each.position) for each in bar.contacts)
    return Page(report, positions, {name.party: name for name in report.parties})


def text_words(text: Text) -> str:
    """Quote a sealed text, or say why there is none."""
    return escaped(value_words(text.value)) if text.state == "told" else text.state


def value(of: object) -> str:
    """Quote a public value, or say that it is not told."""
    return escaped(value_words(of))


def day(edtf: str | None, zone: Zone = UNTOLD) -> str:
    """Say the date under a heading that calls it one: "not told" is enough where there is none."""
    return NOT_TOLD if edtf is None else escaped(date(edtf, zone))


def moment(at: datetime, zone: Zone) -> str:
    """Say a moment, in the zone of the case, to the second."""
    said = local(at, zone.tz)
    return f"{said:%Y-%m-%d %H:%M:%S} {minute(at, zone).rpartition(' ')[2]}"


def _run(numbers: list[int]) -> str:
    if len(numbers) < 3:
        return ", ".join(f"#{number}" for number in numbers)
    return f"#{numbers[0]} to #{numbers[-1]}"
