"""All that is on record of an event, as names and values in words, below what it says in a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from answerable.domain.language.saying import (
    figures,
    punctuation,
    say,
    say_count,
    term_words,
    to_say,
)
from answerable.domain.record import SEALED_BESIDE
from answerable.domain.terms.several import is_provision
from answerable.domain.zone.zone import Zone
from answerable.projections.blocks.spans import Line, emphasised, joined, line, recorded, say_line
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.names import Name
from answerable.projections.grounds.proposals import proposal_words, proposed
from answerable.projections.show.show import ShownEvent
from answerable.projections.wording.answers import by_then, marked
from answerable.projections.wording.dates import accepted_clock, bound, in_zone, recorded_second
from answerable.projections.wording.party import party_words
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import field_words
from answerable.projections.wording.vocabulary import label as label_of

HEAD = ("event_id", "case_id", "version", "kind", "schema", "clock", "recorded_at", "_sd")
"""Name the fields that are shown above or below the others, or not at all."""

TAKEN_BACK = to_say("taken back")
FIRST = to_say("as first recorded: {value}")

EVENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Match an event's id."""


class Field(NamedTuple):
    """Hold what is told below an event: a name and a value.

    Attributes:
        name: "" where the value goes on with the one above.
        value: in words.
        of: the recorded field that is told, by its name in the record; "" where none is.
        told: what is on record of it, which the words say; None where that cannot be read.
        first: whether the words say, of something corrected, how it was recorded first.
    """

    name: str
    value: Line
    of: str = ""
    told: Any = None
    first: bool = False


class Unseen(NamedTuple):
    """Hold what an event refers to and its readers are not shown.

    Attributes:
        whole: the event as those read it who may see all of it; None: these may.
        events: the events that are not shown, by id.
    """

    whole: Fact | None = None
    events: Collection[str] = ()

    def first(self, name: str) -> Any:
        """Return what a field referred to as it was first recorded."""
        return None if self.whole is None else self.whole.event.fields.get(name)

    def now(self, name: str) -> Any:
        """Return what a field refers to as it reads now."""
        return None if self.whole is None else self.whole.fields.get(name)

    def number(self, told: Any) -> int:
        """Count the events in a value that are not shown."""
        every = told if isinstance(told, list | tuple) else (told,)
        return sum(isinstance(each, str) and each in self.events for each in every)


SEEN = Unseen()
"""Nothing is withheld of what an event refers to."""


def fields(
    shown: ShownEvent, named: Callable[[str], Name], unseen: Unseen = SEEN
) -> Iterator[Field]:
    """Tell what an event says, as it reads now and as it was first recorded, and what came later.

    Args:
        shown: the event.
        named: tells who a party is.
        unseen: what it refers to and is not shown: it is counted.
    """
    fact = shown.fact
    told = fact.event.fields
    parties = set(shown.parties)
    for name in dict.fromkeys((*told, *fact.fields)):
        first, now = (each.get(name) for each in (told, fact.fields))
        if name not in HEAD and (name, first) != ("occurred", now):
            yield from _changed(shown, name, (first, now), parties, named, unseen)
    for number, each in enumerate(shown.bounds):
        yield Field("" if number else "happened", line(bound(each)))
    recommended = proposed(FactInCase(shown.view, fact))
    if recommended is not None and not recommended.other_person:
        yield Field("", line(proposal_words(recommended)))
    yield from _sealed(shown)
    yield from _later(shown)
    at = fact.event.recorded_at
    yield Field("recorded at", line(recorded_second(at, fact.zone)), "recorded_at", at)
    if accepted := accepted_clock(told):
        yield Field("", line(accepted))
    who = shown.first.fields.get("recorded_by")
    by = recorded(who) if who else _absent(term_words(shown.absence("recorded_by")))
    yield Field("recorded by", by, "recorded_by", who)


def _absent(why: str) -> Line:
    return emphasised(say("({why})", why=why))


def _changed(
    shown: ShownEvent,
    name: str,
    values: tuple[Any, Any],
    parties: set[str],
    named: Callable[[str], Name],
    unseen: Unseen,
) -> Iterator[Field]:
    zone = shown.fact.zone
    (first, now), (first_whole, now_whole) = values, (unseen.first(name), unseen.now(name))
    gone = unseen.number(now_whole)
    # No entry holds a field of nothing: in a part of a case, what it names is not shown.
    unnamed = first in (None, []) and name in shown.fact.event.fields and now == first
    if unnamed or (gone and not now):
        yield Field(name, emphasised(_withheld(gone)), name)
    elif now is None and first is not None:
        yield Field(name, _absent(say(TAKEN_BACK)), name)
    else:
        words = _value(shown, name, _in_zone(now, zone), parties, named, unseen, now_whole)
        yield Field(name, line(words), name, now)
        if gone:
            yield Field("", emphasised(_more(gone)))
    if first != now or unseen.number(first_whole) != gone:
        words = _value(shown, name, _in_zone(first, zone), parties, named, unseen, first_whole)
        if gone := unseen.number(first_whole):
            words = f"{words} {_more(gone)}" if first else _withheld(gone)
        yield Field("", line(say(FIRST, value=words)), name, first, first=True)


def _withheld(number: int) -> str:
    """Say in place of a value that the events that it names, so many, are withheld."""
    if number > 1:
        return say("({number} withheld)", number=figures(number))
    return say("({why})", why=term_words("withheld"))


def _more(number: int) -> str:
    """Say beside the events that a value names that so many more are withheld."""
    return say_count("(one more withheld)", "({number} more withheld)", number)


def _in_zone(value: Any, zone: Zone) -> Any:
    """Say a moment in the zone of the case; leave anything else as it is."""
    return in_zone(value, zone) if isinstance(value, str) else value


def _value(
    shown: ShownEvent,
    name: str,
    value: Any,
    parties: set[str],
    named: Callable[[str], Name],
    unseen: Unseen = SEEN,
    whole: Any = None,
) -> str:
    if isinstance(value, list):
        said = [_value(shown, name, each, parties, named) for each in value]
        events = all(isinstance(each, str) and EVENT_ID.fullmatch(each) for each in value)
        return ("\n" if events else punctuation("; ")).join(said)
    if isinstance(value, dict) and not is_provision(value):
        every = whole if isinstance(whole, Mapping) else value
        return punctuation(", ").join(
            f"{label_of(each)}{punctuation(': ')}"
            f"{_within(shown, each, value[each], every.get(each), named, unseen)}"
            for each in value
        )
    if isinstance(value, str) and value in parties:
        return party_words(named(value))
    if isinstance(value, str) and EVENT_ID.fullmatch(value):
        return _event(shown, value)
    return say("(nothing)") if value is None else field_words(name, value)


def _within(
    shown: ShownEvent,
    name: str,
    value: Any,
    whole: Any,
    named: Callable[[str], Name],
    unseen: Unseen,
) -> str:
    """Say the value of a field within another, as of one that a correction puts right."""
    gone = unseen.number(whole)
    if gone and not value:
        return _withheld(gone)
    words = _value(shown, name, value, set(), named, unseen, whole)
    return f"{words} {_more(gone)}" if gone else words


def _event(shown: ShownEvent, event_id: str) -> str:
    """Say another event by its number and in words; by its id where it was not on record."""
    found = shown.view.facts.get(event_id)
    if found is not None:
        return f"#{found.event.position} {sentence_in(shown.view, found)}"
    placed = shown.view.place(event_id)
    if placed is None:
        return event_id
    said = f"#{placed.fact.event.position} {sentence_in(placed.view, placed.fact)}"
    return say("{what} ({case})", what=said, case=placed.view.case_id)


def _sealed(shown: ShownEvent) -> Iterator[Field]:
    first, now = shown.first.fields, shown.now
    # The commitments of an entry stand in the order of their hashes, which says nothing.
    names = {*first, *now.fields} - SEALED_BESIDE
    for name in sorted(names, key=lambda name: (name == "sources", name)):
        yield from _text(name, now.fields.get(name), say(TAKEN_BACK))
        if first.get(name) != now.fields.get(name):
            yield from _text(name, first.get(name), say("nothing"), FIRST)
    for name in sorted(shown.first.erased):
        if name not in SEALED_BESIDE:
            yield Field(name, _absent(term_words("erased")), name)
    for name in sorted({*shown.first.withheld} - SEALED_BESIDE):
        yield Field(name, _absent(term_words("withheld")), name)
    if shown.first.missing:
        withheld = say_count(
            "{number} sealed texts are withheld",
            "{number} sealed texts are withheld",
            shown.first.missing,
        )
        yield Field("", _absent(withheld))


def _text(name: str, value: Any, nothing: str, told_as: str = "{value}") -> Iterator[Field]:
    """Yield a sealed field: a text, several of them, or sources, an item a line.

    Told as it was first, it goes on with how it reads now.
    """
    first = told_as == FIRST
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items):
        told = _absent(nothing) if item is None else _item(name, item)
        named = "" if number or first else name
        yield Field(named, say_line(told_as, value=told), name, item, first)


def _item(name: str, item: Any) -> Line:
    """Quote a sealed text; of the corrections of some, each behind the name of its field."""
    if not isinstance(item, dict):
        return recorded(item)
    if name != "sealed_fields":
        return recorded("  ".join(str(each) for each in item.values() if each is not None))
    return joined(
        punctuation("; "),
        (
            line(label_of(field), punctuation(": "), _corrected(field, told))
            for field, told in item.items()
        ),
    )


def _corrected(field: str, told: Any) -> Line:
    """Quote what a correction puts in place of a sealed field; say that it puts nothing there."""
    if told is None:
        return _absent(say(TAKEN_BACK))
    items = told if isinstance(told, list) else [told]
    return joined(punctuation("; "), (_item(field, each) for each in items))


def _later(shown: ShownEvent) -> Iterator[Field]:
    said = ""
    for bearing, later, when in shown.later:
        words = f"#{later.event.position} {sentence_in(shown.view, later)}"
        yield Field("" if bearing == said else bearing, line(marked(words, (by_then(when),))))
        said = bearing
