"""Parties, events, dates and texts as a written report calls them, in lines of spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time
from functools import cached_property

from answerable.domain.language.saying import punctuation, say_as, term_words, to_say
from answerable.domain.zone.days import local
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.blocks.spans import Line, Words, code, joined, line, recorded, say_line
from answerable.projections.facts.disclosed import Text
from answerable.projections.facts.names import Name, NameOf
from answerable.projections.report.report import Report
from answerable.projections.wording.counts import number_words
from answerable.projections.wording.dates import date, moment_words
from answerable.projections.wording.vocabulary import not_told, value_words

_PLACE = re.compile("\ue000([^\ue001]*)\ue001")
"""Match the place of a party in a sentence, between characters that stand for nothing else."""


NAMELESS = {
    "not told": to_say("{party} (name not told)"),
    "withheld": to_say("{party} (name withheld)"),
    "erased": to_say("{party} (name erased)"),
}
"""Calls a party that has no name to be read, by why it has none."""


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
            return line(not_told())
        name = self.name(party)
        if name.name is not None:
            return say_line("{name} ({party})", name=recorded(name.name), party=code(party))
        if name.state == "not told" and name.titles:
            titles = recorded(punctuation(", ").join(name.titles))
            return say_line("{party} ({titles}; name not told)", party=code(party), titles=titles)
        if name.state == "unregistered":
            return code(party)
        return say_line(NAMELESS[name.state], party=code(party))

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
        if not others:
            return last
        first = joined(say_as("list", ", "), others)
        return say_line("{others} and {last}", others=first, last=last)

    def parties(self, parties: Iterable[str]) -> Line:
        """Call several parties."""
        return joined(say_as("list", ", "), map(self.party, parties)) or line(not_told())

    def said(self, sentence: str) -> Line:
        """Take a sentence of ours apart: the names of parties in it are recorded texts."""
        if self._named is None:
            return line(sentence)
        return line(*_at_names(self._named, sentence))

    def naming(self, worded: Callable[[NameOf], str]) -> Line:
        """Say a sentence that calls parties by name and pseudonym.

        Args:
            worded: makes the sentence, given what to call a party.
        """
        parts = _PLACE.split(worded("\ue000{}\ue001".format))
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
        return joined(punctuation(", "), filter(None, (line(known), *strange)))

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
    if text.state == "told":
        return recorded(value_words(text.value))
    return line(term_words(text.state))


CONDUCT = 240
"""The most characters of what somebody did that stand on the first page."""


def gist(text: Text, most: int) -> Line:
    """Quote a sealed text in one line, cut short where it is long; the event has it whole."""
    if text.state != "told":
        return text_words(text)
    said = " ".join(value_words(text.value).split())
    return recorded(said if len(said) <= most else f"{said[: most - 1].rstrip()}…")


def value(of: object) -> Line:
    """Quote a public value, or say that it is not told."""
    words = value_words(of)
    return line(words) if of in (None, (), []) else recorded(words)


def day(edtf: str | None, zone: Zone = UNTOLD) -> str:
    """Say the date under a heading that calls it one: "not told" is enough where there is none."""
    return not_told() if edtf is None else date(edtf, zone)


def moment(at: datetime, zone: Zone) -> str:
    """Say a moment, in the zone of the case, to the second; the end of a day as that day."""
    said = local(at, zone.tz)
    if said.time() == time.max:
        return date(said.date().isoformat())
    return moment_words(said.replace(tzinfo=None).isoformat(" ", "seconds"), at, zone)
