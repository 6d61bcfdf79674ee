"""The entries of one tile of the stored log, with the texts that belong to them, as they are read.

What is worked out of them for every entry, leaf or commitment, is worked out for all at once, the
first time that it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, cached_property
from hashlib import sha256
from itertools import repeat
from operator import getitem
from typing import Any, TypeVar, cast

from answerable.ledger.entry.disclosure import commit_all
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.tlog import merkle
from answerable.ledger.verify.opened_texts import OpenedTexts, open_texts

Item = TypeVar("Item")

EntryRow = tuple[int, str, int, str, bytes]
"""The number of an entry, from 1; its case, its number there, its kind and its bytes."""

TextRow = tuple[int, int, str, str, bytes | None]
"""The number of its entry, from 1; its own; its field, whom it is about, and the text."""

TAIL = len('"_sd":[]}') - 1
COMMITMENT = 46
"""The bytes at the end of an entry: around its commitments, and for each, with what parts them."""

cut = cast("Callable[[bytes, slice], bytes]", getitem)
"""Cuts out some bytes."""

TIME = len("2026-01-05T00:00:00.000000Z")

ENTRIES = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
)
TEXTS = (
    "SELECT position + 1, number, field, about, disclosure FROM disclosures "
    "WHERE position >= ? AND position < ? ORDER BY position, number"
)


class Tile:
    """Some entries of the log, at most those of one tile, with their texts.

    Attributes:
        entries: the rows of the entries.
        places: of each entry, its number in the log, from 1.
        cases: of each, the case that it is filed under.
        versions: of each, the number in its case that it is filed under.
        kinds: of each, the kind that it is filed under.
        states: of each, its bytes.
        owners: of each text, the number of its entry.
        numbers: of each, its own number among those of its entry.
        fields: of each, the field that it is filed under.
        abouts: of each, whom it is filed as about.
        texts: of each, what opens its commitment; None where it was erased.
        erased: how many texts were erased.
    """

    def __init__(self, entries: list[EntryRow], texts: list[TextRow]) -> None:
        self.entries = entries
        self.places, self.cases, self.versions, self.kinds, self.states = _columns(entries)
        self.owners, self.numbers, self.fields, self.abouts, self.texts = _columns(texts)
        self.erased = self.texts.count(None)
        self._rows = texts

    @classmethod
    def read(cls, cursor: Cursor, start: int, end: int) -> Tile:
        """Read the entries from one position to before another, and their texts."""
        entries = cursor.execute(ENTRIES, (start, end)).fetchall()
        return cls(entries, cursor.execute(TEXTS, (start, end)).fetchall())

    @property
    def in_order(self) -> bool:
        """Tell whether entries and texts come in the order of the log."""
        return _ascend(self.places) and _ascend(self.owners)

    def part(self, aside: Collection[int]) -> tuple[Tile, Tile]:
        """Part some entries, given by their numbers, from the others: the others, and these."""
        return (
            Tile(
                [row for row in self.entries if row[0] not in aside],
                [row for row in self._rows if row[0] not in aside],
            ),
            Tile(
                [row for row in self.entries if row[0] in aside],
                [row for row in self._rows if row[0] in aside],
            ),
        )

    @cached_property
    def leaves(self) -> list[bytes]:
        """Return the leaf of each entry; zeros for what is no bytes."""
        try:
            return [sha256(b"\x00" + state).digest() for state in self.states]
        except TypeError:
            nothing = bytes(merkle.HASH_SIZE)
            return [
                sha256(b"\x00" + state).digest() if type(state) is bytes else nothing
                for state in self.states
            ]

    @cached_property
    def counts(self) -> list[int]:
        """Return how many texts each entry has."""
        counted: Counter[int] = Counter(self.owners)
        return [*map(counted.get, self.places, repeat(0))]

    @cached_property
    def times(self) -> list[bytes]:
        """Return when each entry that is bytes was recorded, by where it stands in the entry."""
        slices = map(_time_in_entry, self.counts)
        if {*map(type, self.states)} <= {bytes}:
            return [*map(cut, self.states, slices)]
        both = zip(self.states, slices, strict=True)
        return [state[place] for state, place in both if type(state) is bytes]

    @cached_property
    def commitments(self) -> list[bytes]:
        """Return the commitment to each text; nothing for one that was erased."""
        return self._with_gaps(commit_all(self._at_hand), [b""] * len(self.texts))

    @cached_property
    def opened(self) -> OpenedTexts:
        """Return the field and value of each text; of an erased one, that which it is filed under.

        None stands for those of what is no text.
        """
        fields, values = open_texts(self._at_hand)
        return OpenedTexts(
            self._with_gaps(fields, self.fields),
            self._with_gaps(values, [None] * len(self.texts)),
        )

    @cached_property
    def _at_hand(self) -> list[bytes]:
        if {*map(type, self.texts)} == {bytes}:
            return [*self.texts]
        return [text if type(text) is bytes else b"" for text in self.texts if text is not None]

    def _with_gaps(self, at_hand: list[Item], instead: Sequence[Item]) -> list[Item]:
        """Return what was found of the texts at hand, with something else for those erased."""
        if not self.erased:
            return at_hand
        found = iter(at_hand)
        return [
            other if text is None else next(found)
            for text, other in zip(self.texts, instead, strict=True)
        ]


def _columns(rows: Sequence[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    return zip(*rows, strict=True) if rows else ((),) * 5


@cache
def _time_in_entry(texts: int) -> slice:
    """Return where it stands when an entry was recorded, by how many texts it commits to."""
    end = TAIL + COMMITMENT * texts + 2
    return slice(-TIME - end, -end)


def _ascend(numbers: Sequence[object]) -> bool:
    """Tell whether these are numbers, as in a damaged file they may not be, and never fall."""
    told = [each for each in numbers if isinstance(each, int)]
    return len(told) == len(numbers) and sorted(told) == told
