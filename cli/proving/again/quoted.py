"""Hold what a page quotes of the entries that it carries against them, whoever wrote the page.

A page that cannot be made again - of another version, of a part of a case, of a log that has grown
since - quotes the record all the same: in each event that it shows whole by the name of the field,
elsewhere in a row about entries. What it works out is not told by this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser
from typing import Any, NamedTuple

from answerable.cli.proving.again.words import Otherwise
from answerable.domain.kinds import TARGETS
from answerable.domain.language.saying import say
from answerable.domain.record import RecordedEvent
from answerable.ledger.bundle.related_events import named_parties
from answerable.projections.blocks.spans import letters as letters_of
from answerable.projections.facts.names import Name
from answerable.projections.output.markdown_text import lines_seen
from answerable.projections.report.audience.narrowed import PROTECTED
from answerable.projections.wording.party import party_words

EVENTS = "events"
"""Names the part in which each event is shown whole."""

TARGET = re.compile(r"#([0-9]+)")
WORD = re.compile(r"[\w.:-]+")
NOTED = re.compile(r"[(（][^()（）]*[)）]")
EVENT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBER = re.compile(r"[0-9]+")
OFFSET = re.compile(r"\s?(UTC|Z|[+-][0-9]{2}:[0-9]{2})\s*$")
"""Matches what ends the words of a moment: how far its clock is from UTC."""
UNSEEN = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
"""Match how a page spells out what cannot be seen."""

VOID = frozenset(("br", "img", "input", "meta", "link", "hr", "wbr", "col"))


class Told(NamedTuple):
    """Hold what stands in a field of an event that is shown whole."""

    field: str
    first: bool
    words: str


class Quote(NamedTuple):
    """Hold what a row quotes: words of a text or a name, or the whole of an id or a pseudonym."""

    words: str
    whole: bool


class Row(NamedTuple):
    """Hold a row about entries.

    Attributes:
        part: the part that it stands in.
        positions: the entries.
        whole: whether it shows an event whole.
        fields: what stands in its fields.
        quotes: what it quotes of texts, names and ids.
    """

    part: str
    positions: tuple[int, ...]
    whole: bool
    fields: list[Told]
    quotes: list[Quote]


class Rows(HTMLParser):
    """Collects the rows of a page that are about entries, with what they quote.

    Attributes:
        rows: the rows, in order.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._part = ""
        self._stack: list[tuple[str, Row | None, list[str] | None, Told | None]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a part, a row, a field, or a quotation."""
        told = dict(attrs)
        if tag in ("section", "footer") and told.get("id"):
            self._part = str(told["id"])
        if tag in VOID:
            return
        row = next((each[1] for each in reversed(self._stack) if each[1] is not None), None)
        positions = (told.get("data-position") or "").split()
        if positions and all(each.isdecimal() for each in positions):
            whole = tag == "article"
            row = Row(self._part, tuple(map(int, positions)), whole, [], [])
            self.rows.append(row)
            self._stack.append((tag, row, None, None))
            return
        field = None
        if row is not None and told.get("data-field") is not None:
            field = Told(str(told["data-field"]), "data-first" in told, "")
        taken: list[str] | None = [] if field or (row and tag in ("bdi", "code")) else None
        self._stack.append((tag, None, taken, field))

    def handle_endtag(self, tag: str) -> None:
        """End what began by this tag, and whatever is open within."""
        if not any(each[0] == tag for each in self._stack):
            return
        while self._stack:
            name, _, taken, field = self._stack.pop()
            row = next((each[1] for each in reversed(self._stack) if each[1] is not None), None)
            if row is not None and taken is not None:
                words = "".join(taken)
                if field is None:
                    row.quotes.append(Quote(words, name == "code"))
                else:
                    row.fields.append(field._replace(words=words))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Take in a text."""
        for _, _, taken, _ in self._stack:
            if taken is not None:
                taken.append(data)


def letters(words: str) -> str:
    """Return the letters and figures of words, as a page and the record are compared by them."""
    return letters_of(UNSEEN.sub("", words))


def misquoted(
    page: Rows,
    again: Rows | None,
    entries: Collection[RecordedEvent],
    texts: Mapping[int, Mapping[str, Any]],
) -> Iterator[Otherwise]:
    """Yield where a page quotes entries otherwise than they are.

    Args:
        page: the rows of the page at hand.
        again: those of the page made again of the record, where the same version makes it.
        entries: the entries that it carries.
        texts: the texts of these that are open, by position.
    """
    held = _Held(page, entries, texts)
    forms: dict[int, dict[str, set[str]]] = {}
    unnamed = say(PROTECTED)
    known = {Quote(unnamed, whole) for whole in (True, False)}
    for row in [] if again is None else again.rows:
        known.update(row.quotes)
        for each in row.fields if row.whole else ():
            words = forms.setdefault(row.positions[0], {}).setdefault(each.field, set())
            words.add(held.called(each.words))
    for row in page.rows:
        if not all(at in held.entries for at in row.positions):
            continue
        if row.whole:
            yield from _otherwise(row, held, forms)
        for quote in row.quotes:
            if again is None or quote in known or (held.strangers and not quote.whole):
                continue
            if not held.tells(quote) and letters(quote.words) not in held.not_carried:
                yield Otherwise(row.part, "", quote.words)


def _otherwise(
    row: Row, held: _Held, forms: Mapping[int, Mapping[str, set[str]]]
) -> Iterator[Otherwise]:
    """Yield the fields of an event that say otherwise than its entry.

    Args:
        row: what shows the event whole.
        held: the entries.
        forms: what the fields of each event say in the page made again, which may not show it.
    """
    at = row.positions[0]
    wanted = forms.get(at)
    if held.amended(at):
        return
    shown: dict[str, list[str]] = {}
    for each in row.fields:
        if not each.first:
            shown.setdefault(each.field, []).append(each.words)
    for field, told in shown.items():
        value = held.value(field, at)
        if value is None or held.leads_away(value, forms):
            continue
        stands = " ".join(" ".join(told).split())
        if held.unsure(value):
            if missing := held.unnumbered(value, stands):
                yield Otherwise(row.part, ", ".join(missing), stands)
            continue
        if isinstance(value, str) and field in held.texts.get(at, ()):
            if letters(value) not in {letters(each) for each in told}:
                yield Otherwise(row.part, value, stands)
        elif any(_same_moment(each, value) for each in told):
            continue  # It may be told in a zone that nothing here tells.
        elif wanted is not None and not {*map(held.called, told)} <= wanted.get(field, set()):
            yield Otherwise(row.part, "; ".join(sorted(wanted.get(field, ()))), stands)


def _same_moment(words: str, value: Any) -> bool:
    """Tell whether words tell the moment that is on record, in whichever zone, to the second."""
    offset = OFFSET.search(words)
    if offset is None or not isinstance(value, str) or "T" not in value:
        return False
    try:
        recorded = datetime.fromisoformat(value)
        clock = datetime.fromisoformat(f"2000-01-01T00:00:00{offset[1].replace('UTC', 'Z')}")
        numbers = tuple(map(int, NUMBER.findall(words[: offset.start()])[:6]))
    except ValueError:
        return False
    return recorded.tzinfo is not None and (
        numbers == recorded.astimezone(clock.tzinfo).timetuple()[:6]
    )


def _called(words: str) -> str:
    """Return words as they are compared: why a name is not there may not be told by what is."""
    return letters(NOTED.sub("", words)) or letters(words)


class _Held:
    """Hold what is at hand of some entries, and what amends them.

    Args:
        page: the rows of a page, which tell of what amends them and is not at hand.
        entries: the entries.
        texts: their open texts, by position.

    Attributes:
        strangers: the parties whom these name, and whose registration is not among them: they may
            be called by a name that nothing here tells.
        not_carried: what the page says in the fields of events that are not among them.
    """

    def __init__(
        self,
        page: Rows,
        entries: Iterable[RecordedEvent],
        texts: Mapping[int, Mapping[str, Any]],
    ) -> None:
        self.entries = {each.position: each for each in entries}
        self.texts = texts
        self._places = {each.event_id: at for at, each in self.entries.items()}
        registered = {
            each.fields.get("party")
            for each in self.entries.values()
            if each.kind == "party-registered"
        }
        self.strangers = {*named_parties(self.entries.values())} - registered
        away = [
            each
            for row in page.rows
            if row.whole and row.positions[0] not in self.entries
            for each in row.fields
        ]
        self.not_carried = {letters(part) for each in away for part in _parts(each.words)}
        self._unnamed = self.strangers | {*self._renamed()} | {*self._registered_in(away)}
        # What corrected them may be kept back.
        self._corrected = {
            row.positions[0] for row in page.rows if any(each.first for each in row.fields)
        }
        self._titled = dict(self._by_titles())
        self._told, self._said = set[str](), ""
        targets = {each.fields.get(TARGETS.get(each.kind, "")) for each in self.entries.values()}
        self._amended = {self._places[each] for each in targets if each in self._places}
        for each in away:
            self._amended.update(map(int, TARGET.findall(each.words)[:1]))

    def _by_titles(self) -> Iterator[tuple[str, str]]:
        """Yield how a party is called by a title, and how by the pseudonym alone.

        Of a party that has no name it is not told here whether one is kept back.
        """
        for at, each in self.entries.items():
            told = self.texts.get(at, {})
            if each.kind == "party-registered" and "name" not in told:
                party = str(each.fields.get("party"))
                for title in told.get("titles", ())[:1]:
                    name = Name(party, "not told", titles=("".join(lines_seen(str(title))),))
                    yield party_words(name), party

    def called(self, words: str) -> str:
        """Return words as they are compared, parties by their pseudonyms alone."""
        for titled, party in self._titled.items():
            words = words.replace(titled, party)
        return _called(words)

    def _renamed(self) -> Iterator[str]:
        """Yield the parties who may have another name, by a correction that is not open."""
        for at, each in self.entries.items():
            target = self._places.get(each.fields.get("target", ""))
            if each.kind == "correction" and target is not None:
                closed = "sealed_fields" not in self.texts.get(at, {})
                if closed and self.entries[target].kind == "party-registered":
                    yield str(self.entries[target].fields.get("party"))

    def _registered_in(self, fields: Iterable[Told]) -> Iterator[str]:
        """Yield the parties who may have another name, by an event that is not at hand.

        Args:
            fields: what the page says in the fields of such events.
        """
        parties = {*named_parties(self.entries.values())}
        for each in fields:
            if each.field == "party":
                words = WORD.findall(each.words)
                yield from (party for party in parties if party in words)
            for at in map(int, TARGET.findall(each.words)):
                if at in self.entries and self.entries[at].kind == "party-registered":
                    yield str(self.entries[at].fields.get("party"))

    def unsure(self, value: Any) -> bool:
        """Tell whether a value may be said otherwise than by what is at hand.

        It names a party who may have another name, or an event that may read otherwise.
        """
        return any(
            each in self._unnamed
            or any(
                event.position in self._corrected
                or not self._unnamed.isdisjoint(named_parties([event]))
                for event in self._in_a_line(each)
            )
            for each in _leaves(value)
        )

    def unnumbered(self, value: Any, words: str) -> list[str]:
        """List the events at hand that a value names and words do not, by number or by id."""
        told = set(TARGET.findall(words))
        named = {each: str(self._places[each]) for each in _leaves(value) if each in self._places}
        return [f"#{at}" for each, at in named.items() if at not in told and each not in words]

    def _in_a_line(self, event_id: str) -> Iterator[RecordedEvent]:
        """Yield an event, and what it acts upon in turn: a line about it says all of them."""
        passed: list[str] = []
        while event_id in self._places and event_id not in passed:
            event = self.entries[self._places[event_id]]
            yield event
            passed.append(event_id)
            event_id = event.fields.get(TARGETS.get(event.kind, ""), "")

    def amended(self, at: int) -> bool:
        """Tell whether something acts upon an entry, so that it may read otherwise."""
        return at in self._amended

    def value(self, field: str, at: int) -> Any:
        """Return what an entry or its open text says in a field; None where that is not at hand."""
        return self.entries[at].fields.get(field, self.texts.get(at, {}).get(field))

    def leads_away(self, value: Any, shown: Container[int]) -> bool:
        """Tell whether a value names an event that is not at hand, or not shown."""
        named = (each for each in _leaves(value) if EVENT_ID.fullmatch(each))
        return any(self._places.get(each, -1) not in shown for each in named)

    def tells(self, quote: Quote) -> bool:
        """Tell whether the entries and their texts say what is quoted."""
        if not self._told:
            every = (*(each.fields for each in self.entries.values()), *self.texts.values())
            self._told.update(letters(leaf) for each in every for leaf in _leaves(each))
            self._said = "\n".join(self._told)
        said = letters(quote.words)
        return said in self._told or (not quote.whole and said in self._said)


def _parts(words: str) -> Iterator[str]:
    """Yield words as they stand, and without what is noted behind them."""
    yield words
    yield NOTED.sub("", words)


def _leaves(value: Any) -> Iterator[str]:
    match value:
        case None:
            return
        case Mapping():
            for each in value.values():
                yield from _leaves(each)
        case list() | tuple():
            for each in value:
                yield from _leaves(each)
        case _:
            yield str(value)
