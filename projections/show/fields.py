"""All that is on record of an event, as names and values in words, below what it says in a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from answerable.domain.language.saying import (
    punctuation,
    say,
    say_count,
    spoken,
    term_words,
    to_say,
)
from answerable.domain.record import SEALED_BESIDE
from answerable.domain.terms.several import is_provision
from answerable.domain.zone.zone import Zone
from answerable.projections.blocks.spans import Line, emphasised, line, recorded, say_line
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.names import Name
from answerable.projections.grounds.proposals import proposal_words, proposed
from answerable.projections.show.show import ShownEvent
from answerable.projections.wording.answers import by_then, marked
from answerable.projections.wording.dates import accepted_clock, as_recorded, bound, in_zone
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

Field = tuple[str, Line]
"""Hold the name of a field, "" where its value goes on with the one above, and the value."""


def fields(shown: ShownEvent, named: Callable[[str], Name]) -> Iterator[Field]:
    """Tell what an event says, as it reads now and as it was first recorded, and what came later.

    Args:
        shown: the event.
        named: tells who a party is.
    """
    fact = shown.fact
    told = fact.event.fields
    parties = set(shown.parties)
    for name in dict.fromkeys((*told, *fact.fields)):
        first, now = (_in_zone(each.get(name), fact.zone) for each in (told, fact.fields))
        if name not in HEAD and (name, first) != ("occurred", now):
            yield from _changed(shown, name, first, now, parties, named)
    for number, each in enumerate(shown.bounds):
        yield "" if number else "happened", line(bound(each))
    recommended = proposed(FactInCase(shown.view, fact))
    if recommended is not None and not recommended.other_person:
        yield "", line(proposal_words(recommended))
    yield from _sealed(shown)
    yield from _later(shown)
    yield "recorded at", line(as_recorded(in_zone(fact.event.recorded_at, fact.zone)) or "")
    if accepted := accepted_clock(told):
        yield "", line(accepted)
    who = shown.first.fields.get("recorded_by")
    yield "recorded by", recorded(who) if who else _absent(term_words(shown.absence("recorded_by")))


def _absent(why: str) -> Line:
    return emphasised(say("({why})", why=why))


def _changed(
    shown: ShownEvent,
    name: str,
    first: Any,
    now: Any,
    parties: set[str],
    named: Callable[[str], Name],
) -> Iterator[Field]:
    if now is None and first is not None:
        yield name, _absent(say(TAKEN_BACK))
    else:
        yield name, line(_value(shown, name, now, parties, named))
    if first != now:
        yield "", line(say(FIRST, value=_value(shown, name, first, parties, named)))


def _in_zone(value: Any, zone: Zone) -> Any:
    """Say a moment in the zone of the case; leave anything else as it is."""
    return in_zone(value, zone) if isinstance(value, str) else value


def _value(
    shown: ShownEvent, name: str, value: Any, parties: set[str], named: Callable[[str], Name]
) -> str:
    if isinstance(value, list):
        said = [_value(shown, name, each, parties, named) for each in value]
        events = all(isinstance(each, str) and EVENT_ID.fullmatch(each) for each in value)
        return ("\n" if events else punctuation("; ")).join(said)
    if isinstance(value, dict) and not is_provision(value):
        return punctuation(", ").join(
            f"{_key(each)}{punctuation(': ')}{_value(shown, each, value[each], set(), named)}"
            for each in value
        )
    if isinstance(value, str) and value in parties:
        return party_words(named(value))
    if isinstance(value, str) and EVENT_ID.fullmatch(value):
        return _event(shown, value)
    return say("(nothing)") if value is None else field_words(name, value)


def _key(field: str) -> str:
    """Say the name of a field within another: as programs call it, in English alone."""
    return field if spoken() is None else label_of(field)


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
            yield from _text("", first.get(name), say("nothing"), FIRST)
    for name in shown.first.erased:
        if name not in SEALED_BESIDE:
            yield name, _absent(term_words("erased"))
    for name in sorted({*shown.first.withheld} - SEALED_BESIDE):
        yield name, _absent(term_words("withheld"))
    if shown.first.missing:
        yield (
            "",
            _absent(
                say_count(
                    "{number} sealed texts are withheld",
                    "{number} sealed texts are withheld",
                    shown.first.missing,
                )
            ),
        )


def _text(name: str, value: Any, nothing: str, told_as: str = "{value}") -> Iterator[Field]:
    """Yield a sealed field: a text, several of them, or sources, an item a line."""
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items):
        said = item
        if isinstance(item, dict) and name == "sealed_fields":
            colon = punctuation(": ")
            said = punctuation("; ").join(
                f"{label_of(field)}{colon}{each}" for field, each in item.items()
            )
        elif isinstance(item, dict):
            said = "  ".join(str(each) for each in item.values() if each is not None)
        told = _absent(nothing) if item is None else recorded(said)
        yield name if number == 0 else "", say_line(told_as, value=told)


def _later(shown: ShownEvent) -> Iterator[Field]:
    said = ""
    for bearing, later, when in shown.later:
        words = f"#{later.event.position} {sentence_in(shown.view, later)}"
        yield "" if bearing == said else bearing, line(marked(words, (by_then(when),)))
        said = bearing
