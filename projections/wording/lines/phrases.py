"""Make the phrases that lines are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from answerable.domain.language.saying import punctuation, say, say_as, to_say
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.counts import listed
from answerable.projections.wording.dates import DUE, as_recorded
from answerable.projections.wording.vocabulary import Fields, as_term, words

Line = Callable[[Fields, NameOf], str]
"""Says an event in one line."""

Detail = Callable[[Fields], str | None]
"""Says one more thing of an event, where its fields tell of it."""


class Aside(str):
    """Words that stand in brackets behind what they are said of."""


class Actor(str):
    """Words that tell who did what is said before: "by Ann"; in other languages, they may lead.

    Attributes:
        name: whom they name.
    """

    name: str


def joined(what: str, *parts: str | None) -> str:
    """Join what is said with its parts, those left out that are not told."""
    for part in parts:
        if isinstance(part, Actor):
            what = say_as("actor", "{what} by {party}", what=what, party=part.name)
        elif isinstance(part, Aside):
            what = say("{what} ({marks})", what=what, marks=part)
        elif part:
            what = say_as("line", "{what} {part}", what=what, part=part)
    return what


def aside(*parts: str | None) -> Aside | None:
    """Put what is told of several things in brackets; None where nothing is."""
    said = punctuation("; ").join(part for part in parts if part)
    return Aside(said) if said else None


def party(words: str, who: str | None, name_of: NameOf) -> str | None:
    """Say a party in its words, `by {party}`: "by p-1"; None where none is told."""
    return _named(words, name_of(who)) if who else None


def parties(words: str, those: Iterable[str], name_of: NameOf) -> str | None:
    """Say several parties in their words, `by {party}`: "by p-1 and p-2"; None where none is."""
    named = tuple(those)
    return _named(words, listed(named, name_of)) if named else None


def _named(words: str, name: str) -> str:
    said = say(words, party=name)
    if words != BY:
        return said
    actor = Actor(said)
    actor.name = name
    return actor


def value(words: str, told: Any) -> str | None:
    """Say a value in its words, `stage: {value}`: "stage: signed"; None where it is not told."""
    return None if told is None else say(words, value=as_term(told))


def day(words: str, told: str | None) -> str | None:
    """Say a date in its words, `due {date}`: "due 2026-03-31"; None where it is not told."""
    return None if told is None else say(words, date=as_recorded(told))


def term_of(told: str | None) -> str | None:
    """Say a term as it stands; None where none is told."""
    return None if told is None else as_term(told)


def announced(fields: Fields, name_of: NameOf) -> str | None:
    """Say who announced something and when; None where neither is told."""
    who, when = fields.get("announced_by"), as_recorded(fields.get("announced"))
    if who and when is not None:
        return say("announced by {party} on {date}", party=name_of(who), date=when)
    if who:
        return say("announced by {party}", party=name_of(who))
    return None if when is None else say("announced on {date}", date=when)


BY = to_say("by {party}")
UNDER = to_say("under {value}")


def manner(fields: Fields) -> str | None:
    """Say the manner in which something ended; nothing where that is merely that it ended."""
    told = fields.get("manner")
    return None if told in (None, "ended") else words(told)


def says(detail: str, field: str) -> Detail:
    """Make a detail that is told where an event has a field."""
    return lambda fields: say(detail) if fields.get(field) else None


def plain(what: str) -> Line:
    """Make a line that is the same for every event of a kind."""
    return lambda fields, name_of: say(what)


def by(what: str, field: str, words: str = BY) -> Line:
    """Make a line that names one party, where the event does."""
    return lambda fields, name_of: joined(say(what), party(words, fields.get(field), name_of))


def due(what: str, field: str) -> Line:
    """Make a line that tells who owes something, and by when."""
    return lambda fields, name_of: joined(
        say(what), party(BY, fields.get(field), name_of), day(DUE, fields.get("due"))
    )


def ended(what: str, field: str, *details: Detail, words: str = BY) -> Line:
    """Make a line that tells that something ended: by whom, in which manner, from when."""
    return lambda fields, name_of: joined(
        say(what),
        party(words, fields.get(field), name_of),
        aside(
            *(detail(fields) for detail in details),
            day(to_say("with effect from {date}"), fields.get("effective")),
        ),
    )
