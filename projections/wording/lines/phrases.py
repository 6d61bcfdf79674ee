"""Make the phrases that lines are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.counts import listed
from answerable.projections.wording.vocabulary import Fields, value_words, words

Line = Callable[[Fields, NameOf], str]
"""Says an event in one line."""

Detail = Callable[[Fields], str | None]
"""Says one more thing of an event, where its fields tell of it."""


def joined(what: str, *parts: str | None) -> str:
    """Join what is said with its parts, those left out that are not told."""
    return " ".join((what, *(part for part in parts if part)))


def aside(*parts: str | None) -> str | None:
    """Put what is told of several things in brackets; None where nothing is."""
    said = "; ".join(part for part in parts if part)
    return f"({said})" if said else None


def party(word: str, who: str | None, name_of: NameOf) -> str | None:
    """Say a party after a word: "by p-1"; None where none is told."""
    return f"{word} {name_of(who)}" if who else None


def parties(word: str, those: Iterable[str], name_of: NameOf) -> str | None:
    """Say several parties after a word: "by p-1 and p-2"; None where none is told."""
    named = tuple(those)
    return f"{word} {listed(named, name_of)}" if named else None


def value(word: str, told: Any) -> str | None:
    """Say a value after a word: "due 2026-03-31"; None where it is not told."""
    return None if told is None else f"{word} {value_words(told)}"


def announced(fields: Fields, name_of: NameOf) -> str | None:
    """Say who announced something and when; None where neither is told."""
    how = (
        party("by", fields.get("announced_by"), name_of),
        value("on", fields.get("announced")),
    )
    return joined("announced", *how) if any(how) else None


def manner(fields: Fields) -> str | None:
    """Say the manner in which something ended."""
    told = fields.get("manner")
    return None if told is None else words(told)


def says(detail: str, field: str) -> Detail:
    """Make a detail that is told where an event has a field."""
    return lambda fields: detail if fields.get(field) else None


def plain(what: str) -> Line:
    """Make a line that is the same for every event of a kind."""
    return lambda fields, name_of: what


def by(what: str, field: str, word: str = "by") -> Line:
    """Make a line that names one party, where the event does."""
    return lambda fields, name_of: joined(what, party(word, fields.get(field), name_of))


def due(what: str, field: str) -> Line:
    """Make a line that tells who owes something, and by when."""
    return lambda fields, name_of: joined(
        what, party("by", fields.get(field), name_of), value("due", fields.get("due"))
    )


def ended(what: str, field: str, *details: Detail, word: str = " by") -> Line:
    """Make a line that tells that something ended: by whom, in which manner, from when."""
    return lambda fields, name_of: joined(
        f"{what}{party(word, fields.get(field), name_of) or ''}",
        aside(
            *(detail(fields) for detail in details),
            value("with effect from", fields.get("effective")),
        ),
    )
