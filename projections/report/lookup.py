"""Parties, events, dates and texts as a written report calls them, in lines of spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from answerable.domain.zone.days import local
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.blocks.spans import Line, Words, code, joined, line, recorded
from answerable.projections.facts.disclosed import Text
from answerable.projections.facts.names import Name, NameOf
from answerable.projections.report.report import Report
from answerable.projections.wording.counts import number_words
from answerable.projections.wording.dates import date, minute
from answerable.projections.wording.vocabulary import NOT_TOLD, value_words

_PLACE = re.compile("\ue000([^\ue001]*)\ue001")
"""Match the place of a party in a sentence, between characters that stand for nothing else."""


class Lookup:
    """Look up, in a report, what a line of it is to call a party, an event or a text.

    Args:
        report: which.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.positions = {each.event_id: each.position for each in report.timeline}
        for bar in report.bars:
            self.positions.update((each.event_id, each.position) for each in bar.contacts)
        self._names: Mapping[str, Name] = {name.party: name for name in report.parties}

    def party(self, party: str | None) -> Line:
        """Call a party by name and pseudonym, or say why there is no name."""
        if party is None:
            return line(NOT_TOLD)
        name = self.name(party)
        if name.name is not None:
            return line(recorded(name.name), " (", code(party), ")")
        if name.state == "not told" and name.titles:
            return line(code(party), " (", recorded(", ".join(name.titles)), "; name not told)")
        if name.state == "unregistered":
            return code(party)
        return line(code(party), f" (name {name.state})")

    def name(self, party: str) -> Name:
        """Return a party as it is registered."""
        return self._names.get(party) or Name(party, "unregistered")

    def type_of(self, party: str) -> str | None:
        """Tell what a party is; None where that is not told."""
        return self.name(party).type

    def called(self, party: str) -> str:
        """Call a party by name, else by pseudonym, within a sentence that `said` takes apart."""
        return self.name(party).name or party

    def all_of(self, parties: Iterable[str]) -> Line:
        """Call several parties, one at least, in a sentence: "A, B and C"."""
        *others, last = map(self.party, parties)
        return line(joined(", ", others), " and ", last) if others else last

    def parties(self, parties: Iterable[str]) -> Line:
        """Call several parties."""
        return joined(", ", map(self.party, parties)) or line(NOT_TOLD)

    def said(self, sentence: str) -> Line:
        """Take a sentence of ours apart: the names of parties in it are recorded texts."""
        if self._named is None:
            return line(sentence)
        return line(*_at_names(self._named, sentence))

    def naming(self, say: Callable[[NameOf], str]) -> Line:
        """Say a sentence that calls parties by name and pseudonym.

        Args:
            say: makes the sentence, given what to call a party.
        """
        parts = _PLACE.split(say("\ue000{}\ue001".format))
        return line(*(self.party(part) if at % 2 else part for at, part in enumerate(parts)))

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        """Match the names of parties, a longer one before one that it begins with."""
        names = {name.name for name in self._names.values() if name.name}
        if not names:
            return None
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")

    def cite(self, *events: str | None) -> Line:
        """Cite events by their positions, runs of them drawn together: "#3, #20 to #26"."""
        named = [each for each in events if each is not None]
        known = number_words(self.positions[each] for each in named if each in self.positions)
        strange = [code(each) for each in named if each not in self.positions]
        return joined(", ", filter(None, (line(known), *strange)))

    def cited(self, event_id: str) -> str:
        """Cite one event within a sentence."""
        position = self.positions.get(event_id)
        return event_id if position is None else f"#{position}"

    def text(self, event_id: str, field: str) -> Text:
        """Return what is sealed in a field of an event; of one that is left out, nothing."""
        texts = self.report.texts.get(event_id)
        return Text(None, "withheld") if texts is None else texts.text(field)


def _at_names(named: re.Pattern[str], sentence: str) -> Iterator[Words]:
    for at, part in enumerate(named.split(sentence)):
        yield recorded(part) if at % 2 else part


def text_words(text: Text) -> Line:
    """Quote a sealed text, or say why there is none."""
    return recorded(value_words(text.value)) if text.state == "told" else line(text.state)


def value(of: object) -> Line:
    """Quote a public value, or say that it is not told."""
    words = value_words(of)
    return line(words) if words == NOT_TOLD else recorded(words)


def day(edtf: str | None, zone: Zone = UNTOLD) -> str:
    """Say the date under a heading that calls it one: "not told" is enough where there is none."""
    return NOT_TOLD if edtf is None else date(edtf, zone)


def moment(at: datetime, zone: Zone) -> str:
    """Say a moment, in the zone of the case, to the second."""
    said = local(at, zone.tz)
    offset = minute(at, zone).rpartition(" ")[2]
    return f"{said.replace(tzinfo=None).isoformat(' ', 'seconds')} {offset}"
