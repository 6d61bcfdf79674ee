"""Checking that what is to be recorded tells no name of a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from answerable.domain.event import Event
from answerable.domain.record import RecordedEvent
from answerable.domain.search.name_words import identifier_words, words_told
from answerable.domain.search.spellings import WEAK
from answerable.ledger.anonymity.errors import NameTold
from answerable.ledger.anonymity.people import Names, may_name, type_given_by
from answerable.ledger.anonymity.told import Told, told_by, values_told
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import find_event
from answerable.ledger.store.rows import MOVING, NAMES_A_PARTY, PARTY, StoredRow

if TYPE_CHECKING:
    from answerable.ledger.store.draft import Accepted

MOST_KEPT = 100_000
"""Values that are remembered to tell no name."""

REGISTERED = (
    f"SELECT 1 FROM stored_events WHERE {NAMES_A_PARTY} AND {PARTY} >= ? AND {PARTY} < ? LIMIT 1"
)

STANDS = "SELECT 1 FROM stored_events WHERE instr(state, CAST(? AS BLOB)) > 0 LIMIT 1"

NAMED_SINCE = (
    f"SELECT 1 FROM stored_events WHERE rowid > ? AND rowid <= ? AND topic IN {MOVING} LIMIT 1"
)


class Clean:
    """The values that told no name when they were recorded, so that none is looked at again.

    Attributes:
        values: pseudonyms and terms that tell no name which the first `size` entries give.
        standing: pseudonyms that tell a name and stand in the chain all the same.
    """

    def __init__(self) -> None:
        self.size = 0
        self.values: set[str] = set()
        self.standing: set[str] = set()

    def clear(self) -> None:
        """Forget everything."""
        self.forget_values()
        self.standing.clear()

    def forget_values(self) -> None:
        """Forget which values tell no name."""
        self.size = 0
        self.values.clear()

    def reach(self, cursor: Cursor, size: int) -> None:
        """Go on to another size of the log; names that came since may be told by anything."""
        if (
            self.values
            and self.size != size
            and (
                len(self.values) > MOST_KEPT
                or cursor.execute(NAMED_SINCE, (self.size, size)).fetchone() is not None
            )
        ):
            self.values.clear()
        self.size = size

    def follow(self, rows: Iterable[StoredRow], size: int) -> None:
        """Go on to the size that the log has with what was just recorded, if nothing named anew."""
        if not any(row[3] in MOVING for row in rows):
            self.size = size

    def stands(self, cursor: Cursor, pseudonym: str) -> bool:
        """Tell whether a pseudonym stands in the chain."""
        if pseudonym not in self.standing:
            name = f'{pseudonym}"'.encode()
            if (
                cursor.execute(REGISTERED, (name, name + b"\xff")).fetchone() is None
                and cursor.execute(STANDS, (f'"{pseudonym}"',)).fetchone() is None
            ):
                return False
            self.standing.add(pseudonym)
        return True


def check_no_names(
    cursor: Cursor,
    size: int,
    accepted: Sequence[Accepted],
    allowed: Collection[str],
    clean: Clean,
) -> None:
    """Check that what is to be recorded tells no name of a person.

    A pseudonym that stands in the chain already tells nothing new, and passes. Case ids are named
    afterwards (`names_in_the_open`), for a case that was opened cannot be called otherwise.

    Args:
        cursor: a transaction that sees the log as it will be written to.
        size: how many entries it has.
        accepted: the events, in their order.
        allowed: the words that mean something else here.
        clean: what was found to tell none before; what is found now is added.

    Raises:
        NameTold: an event tells one; its `index` says which.
    """
    clean.reach(cursor, size)
    events = {each.event_id: each.event for each in accepted}

    def find(event_id: str) -> RecordedEvent | Event | None:
        return events.get(event_id) or find_event(cursor, event_id)

    fresh = values_told(events.values(), find)
    naming = [event for event in events.values() if may_name(event)]
    typing = any(event.kind == "correction" and type_given_by(event) for event in naming)
    if not typing:
        fresh -= clean.values
    if not fresh and not naming:
        return
    words = {word for value in fresh for word in identifier_words(value)}
    words -= {each for word in allowed for each in (word, f"{WEAK}{word}")}
    names = Names(cursor, find, words, all_of_them=typing)
    if not naming and not any(map(names.whose, words)):
        clean.values |= fresh
        return
    said = set[str]()
    for each in accepted:
        names.take_in(each.event, each.event_id)
        for told in told_by(each.event, find):
            whose = _whose(names, told, allowed)
            if not whose:
                continue
            if not told.is_party or not (told.value in said or clean.stands(cursor, told.value)):
                raise _refusal(each.place, told, whose)
        said.update(told.value for told in told_by(each.event, find) if told.is_party)
        said.add(each.event.case_id)
    clean.values |= {value for value in fresh if not any(map(names.whose, identifier_words(value)))}


def _whose(names: Names, told: Told, allowed: Collection[str]) -> dict[str, str]:
    """Return the words of a value that tell names of persons, and of each whose."""
    parts = told.words
    found = _those_that_tell(names, parts, allowed)
    # What tells part by part, or is allowed so, tells no more as a whole.
    if found or any(word.removeprefix(WEAK) in allowed for word in parts):
        return found
    return _those_that_tell(names, told.words_over_parts, allowed)


def _those_that_tell(
    names: Names, words: frozenset[str], allowed: Collection[str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in sorted(words):
        plain = word.removeprefix(WEAK)
        person = None if plain in allowed else names.whose(word)
        if person is not None:
            found.setdefault(plain, person)
    return dict(sorted(found.items()))


def _refusal(index: int, told: Told, whose: dict[str, str]) -> NameTold:
    # A word that is part of another one is allowed with it.
    words = [
        word
        for word in whose
        if not any(word in words_told(other) for other in whose if other != word)
    ]
    persons = " and ".join(dict.fromkeys(whose[word] for word in words))
    some = ", ".join(words)
    mean = "the word means" if len(words) == 1 else "the words mean"
    options = " ".join(f"--allow-name {word}" for word in words)
    error = NameTold(
        f"{told.value!r:.80} tells part of the name of {persons} ({some}), and the chain keeps it "
        "for ever.",
        field=told.field,
        hint=f"Choose another pseudonym or term. If {mean} something else here, open the "
        f"ledger with allow_names={words!r}.",
        cli_hint=f"Choose another pseudonym or term. If {mean} something else here, add {options}.",
    )
    error.index = index
    return error
