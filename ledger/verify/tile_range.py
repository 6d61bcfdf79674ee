"""Verifying some tiles of the stored log, against the file itself: 256 entries at a time.

Each entry is held against the tree, against the columns that the store finds it by, and against its
texts; each text against its commitment, and against the columns that say which field it is and whom
it is about. It needs no more than the file and the standard library's sqlite3, so that it is
quickly loaded into a process of its own. `answerable.ledger.publish.tile_range` does so for a
published log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from pydantic_core import from_json

from answerable.domain.record import RECORDED_BY, SEALED_BESIDE
from answerable.ledger.entry.about import recorder_about
from answerable.ledger.entry.destroyed import ERASURE
from answerable.ledger.entry.disclosure import commit_all
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.schema import HEAD_OFFSET
from answerable.ledger.system.access import connect
from answerable.ledger.tlog import merkle
from answerable.ledger.verify.accepted_clock import CLOCK, clock_problems
from answerable.ledger.verify.kind_rules import KindRules
from answerable.ledger.verify.naming import Namings
from answerable.ledger.verify.opened_texts import open_texts

Item = TypeVar("Item")

TAIL = len('"_sd":[]}') - 1
COMMITMENT = 46
"""The bytes at the end of an entry: around its commitments, and for each, with what parts them."""

TIME = len("2026-01-05T00:00:00.000000Z")

EARLIER = "was recorded earlier than the entry before it, and a log's clock never runs backwards"

ENTRIES = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
)
DISCLOSURES = (
    "SELECT position + 1, number, field, about, disclosure FROM disclosures "
    "WHERE position >= ? AND position < ? ORDER BY position, number"
)


class TileRange(NamedTuple):
    """The outcome of verifying some tiles.

    Attributes:
        entries: how many entries they hold.
        roots: the root of each tile, as worked out again.
        disclosures: how many texts are at hand.
        erased: how many are not.
        erasures: how many of the entries record an erasure.
        times: when the first and the last of the entries were recorded.
        problems: what is wrong, the first of it.
    """

    entries: int
    roots: tuple[bytes, ...]
    disclosures: int
    erased: int
    erasures: int
    times: tuple[bytes, bytes]
    problems: tuple[Problem, ...]


def verify_stored_tiles(
    uri: str, rules: Mapping[str, KindRules], first: int, last: int, size: int, most: int
) -> TileRange:
    """Verify tiles `first` up to but not including `last` of a log of `size` entries.

    Args:
        uri: the ledger's file, as SQLite names it.
        rules: what entries of each kind may commit to, and whom they name.
        first: the first tile.
        last: the tile behind the last.
        size: how many entries the log has.
        most: how many problems to list before giving up.
    """
    with closing(connect(uri)) as connection:
        try:
            return _verify_tiles(connection, rules, range(first, last), size, most)
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
        # Damage made text of what is none: read so that it shows where it is compared.
        connection.text_factory = _text
        return _verify_tiles(connection, rules, range(first, last), size, most)


def _verify_tiles(
    connection: sqlite3.Connection,
    rules: Mapping[str, KindRules],
    numbers: range,
    size: int,
    most: int,
) -> TileRange:
    cursor = connection.cursor()
    record = _Rules(rules, Namings(connection.cursor(), rules))
    roots: list[bytes] = []
    problems: list[Problem] = []
    disclosures = erased = erasures = 0
    times = [b""]
    for number in numbers:
        start = number * merkle.TILE_WIDTH
        tile = _Tile(cursor, record, start, min(size, start + merkle.TILE_WIDTH))
        problems.extend(tile.problems(times[-1]))
        times += tile.times[:: max(1, len(tile.times) - 1)]
        roots.append(merkle.subtree_root(tile.leaves) if tile.leaves else merkle.EMPTY_ROOT)
        erased += tile.erased
        disclosures += len(tile.texts) - tile.erased
        erasures += tile.erasures
        if len(problems) >= most:
            break
    entries = min(size, numbers.stop * merkle.TILE_WIDTH) - numbers.start * merkle.TILE_WIDTH
    found = tuple(problems[:most])
    spanned = times[min(1, len(times) - 1)], times[-1]
    return TileRange(entries, tuple(roots), disclosures, erased, erasures, spanned, found)


class _Seals(NamedTuple):
    """What is to be checked of entries of one kind that seal the same fields.

    Attributes:
        problem: what is wrong with sealing these, if anything is.
        keys: the bytes that would tell those of the event in the open.
        own: of each, whether the ledger seals it beside those of the event.
        of_event: whether there are others than those.
        recorder: which of them tells who recorded; -1 if none does.
        to_note: whether there is a problem, or the entry is an erasure.
    """

    problem: str | None
    keys: tuple[bytes, ...]
    own: tuple[bool, ...]
    of_event: bool
    recorder: int
    to_note: bool


class _Rules:
    """The rules that entries are verified by, with what was worked out of them on the way."""

    def __init__(self, kinds: Mapping[str, KindRules], namings: Namings) -> None:
        self.kinds = kinds
        self.namings = namings
        self._seals: dict[tuple[str, tuple[str, ...]], _Seals] = {}
        self._recorders: dict[str, str] = {}

    def seals(self, kind: str, fields: tuple[str, ...]) -> _Seals:
        """Return what is to be checked of an entry of a kind that seals these fields."""
        key = kind, fields
        found = self._seals.get(key)
        if found is None:
            found = self._seals[key] = self._work_out(kind, fields)
        return found

    def _work_out(self, kind: str, fields: tuple[str, ...]) -> _Seals:
        problem = _sealing_problem(self.kinds.get(kind), kind, fields)
        return _Seals(
            problem,
            tuple(_key(field) for field in fields if field not in SEALED_BESIDE),
            tuple(field in SEALED_BESIDE for field in fields),
            not SEALED_BESIDE.issuperset(fields),
            fields.index(RECORDED_BY) if RECORDED_BY in fields else -1,
            problem is not None or kind == ERASURE,
        )

    def about_recorder(self, who: Any) -> str:
        """Return whom the text of who recorded an event is about."""
        if not isinstance(who, str):
            return ""
        found = self._recorders.get(who)
        if found is None:
            found = self._recorders[who] = recorder_about(who)
        return found


def _sealing_problem(rules: KindRules | None, kind: str, fields: Sequence[str]) -> str | None:
    if rules is None:
        return f"is of a kind that is not known here, {kind!r:.40}"
    if len({*fields}) < len(fields):
        twice = next(field for field in fields if fields.count(field) > 1)
        return f"commits to two texts of its field {twice!r:.40}"
    if strange := next((field for field in fields if field not in rules.sealable), None):
        return f"commits to a text of {strange!r:.40}, which {kind} does not seal"
    return None


class _Tile:
    """The entries of one tile, with the texts that belong to them."""

    def __init__(self, cursor: sqlite3.Cursor, rules: _Rules, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.rules = rules
        self.cursor = cursor
        self.leaves: list[bytes] = []
        self.times: list[bytes] = []
        self.erasures = 0
        self.entries: list[tuple[int, str, int, str, bytes]] = cursor.execute(
            ENTRIES, (start, end)
        ).fetchall()
        rows = cursor.execute(DISCLOSURES, (start, end)).fetchall()
        columns: Iterable[tuple[Any, ...]] = zip(*rows, strict=True) if rows else ((),) * 5
        owners, self.numbers, self.fields, self.abouts, self.texts = columns
        self.owners: tuple[int, ...] = (*owners, -1)
        at_hand = [text if type(text) is bytes else b"" for text in self.texts if text is not None]
        self.commitments = commit_all(at_hand)
        self.said, self.values = open_texts(at_hand)
        self.erased = len(rows) - len(at_hand)
        if self.erased:
            self.commitments = self._with_gaps(self.commitments, [b""] * len(rows))
            self.said = self._with_gaps(self.said, self.fields)
            self.values = self._with_gaps(self.values, [None] * len(rows))
        stored = cursor.execute(
            "SELECT hashes FROM tiles WHERE level = 0 AND number = ?",
            (start // merkle.TILE_WIDTH,),
        ).fetchone()
        self.stored = stored[0] if stored and isinstance(stored[0], bytes) else b""

    def _with_gaps(self, at_hand: Iterable[Item], instead: Sequence[Item]) -> list[Item]:
        """Return what was found of the texts at hand, with something else for those erased."""
        found = iter(at_hand)
        return [
            other if text is None else next(found)
            for text, other in zip(self.texts, instead, strict=True)
        ]

    def problems(self, before: bytes) -> Iterator[Problem]:
        """Yield what is wrong in this tile, in the log's order; work out the leaves on the way.

        Args:
            before: when the entry before the first was recorded.
        """
        if len(self.entries) < self.end - self.start:
            there = {number for number, *_ in self.entries}
            gap = next(at for at in range(self.start, self.end) if at + 1 not in there)
            yield Problem(gap, "is not there, though later entries are")
        self.rules.namings.take_in(self.entries)
        owners, commitments, fields = self.owners, self.commitments, self.fields
        numbers: list[int] = []
        abouts: list[str] = []
        joined = b"".join([row[-1] for row in self.entries if type(row[-1]) is bytes])
        all_plain = b"\\" not in joined and joined.count(b"{") == len(self.entries)
        clock_told = CLOCK in joined
        own_told = [field for field in SEALED_BESIDE if _key(field) in joined]
        begin = end = 0
        for number, case_id, version, kind, state in self.entries:
            while owners[end] == number:
                end += 1
            first, begin = begin, end
            numbers += range(end - first)
            if type(state) is not bytes:
                yield Problem(number - 1, "is not an entry that answerable wrote")
                self.leaves.append(bytes(merkle.HASH_SIZE))
                abouts += self.abouts[first:end]
                continue
            head = f'","case_id":"{case_id}","version":{version},"kind":"{kind}",'.encode()
            if not state.startswith(head, HEAD_OFFSET) or type(version) is not int:
                yield Problem(number - 1, "is filed under a case, number or kind not its own")
            self.leaves.append(sha256(b"\x00" + state).digest())
            sealed = commitments[first:end]
            if not state.endswith(b'"_sd":["' + b'","'.join(sealed) + b'"]}'):
                yield from _commitment_problems(number - 1, state, sealed)
            seals = self.rules.seals(kind, fields[first:end])
            if seals.to_note:
                self.erasures += kind == ERASURE
                if seals.problem is not None:
                    yield Problem(number - 1, seals.problem)
            body = state[HEAD_OFFSET + len(head) : -TAIL - COMMITMENT * len(sealed)]
            self.times.append(body[-TIME - 2 : -2])
            for key in seals.keys:
                if key in body:
                    yield from _told_in_the_open(number - 1, state, fields[first:end])
            plain = all_plain or (b"\\" not in state and state.find(b"{", 1) < 0)
            if not plain or own_told:
                yield from _told_in_the_open(number - 1, state, fields[first:end])
            if clock_told or (not plain and b"\\" in state):
                yield from clock_problems(self.cursor, number - 1, state)
            recorder = self._about_recorder(first + seals.recorder) if seals.recorder >= 0 else ""
            if seals.of_event:
                about = self._about_event(kind, state, body, plain=plain)
                abouts += [recorder if own else about for own in seals.own]
            else:
                abouts += [recorder] * (end - first)
        if begin + 1 != len(owners):
            owner: object = owners[begin]
            position = owner - 1 if isinstance(owner, int) else None
            yield Problem(position, "has texts that belong to no entry")
        yield from self._filed_otherwise(tuple(numbers), tuple(abouts))
        yield from self._tree()
        yield from self._recorded_earlier(before)

    def _about_event(self, kind: str, state: bytes, body: bytes, *, plain: bool) -> str:
        try:
            return self.rules.namings.whom_about(kind, state, body, plain=plain)
        except (LookupError, ValueError, AttributeError, TypeError):
            return ""

    def _about_recorder(self, at: int) -> str:
        """Return whom a text of who recorded is about; an erased one, under its own pseudonym."""
        return self.rules.about_recorder(
            self.abouts[at] if self.texts[at] is None else self.values[at]
        )

    def _filed_otherwise(
        self, numbers: tuple[int, ...], abouts: tuple[str, ...]
    ) -> Iterator[Problem]:
        """Yield the texts that the store files as what they are not."""
        for what, expected, there in (
            ("has a text that is filed under a field not its own", tuple(self.said), self.fields),
            ("has a text whose number is not its own", numbers, self.numbers),
            ("has a text that is filed as about others than it is about", abouts, self.abouts),
        ):
            if expected != there:
                differing = zip(self.owners, expected, there, strict=False)
                yield from (Problem(at - 1, what) for at, one, other in differing if one != other)

    def _recorded_earlier(self, before: bytes) -> Iterator[Problem]:
        """Yield the first entry that was recorded earlier than the one before it."""
        times = [before, *self.times]
        if times != sorted(times):
            at = next(at for at, (one, next_) in enumerate(pairwise(times)) if one > next_)
            yield Problem(self.start + at, EARLIER)

    def _tree(self) -> Iterator[Problem]:
        # The tile may have grown since the check began, so what is beyond the entries is let be.
        if self.stored.startswith(b"".join(self.leaves)):
            return
        for at, leaf in enumerate(self.leaves):
            if self.stored[32 * at : 32 * at + 32] != leaf:
                yield Problem(self.start + at, "is not the entry that the tree was built over")
                return


def _key(field: object) -> bytes:
    return f'"{field}":'.encode()


def _told_in_the_open(position: int, state: bytes, fields: Sequence[str]) -> Iterator[Problem]:
    """Yield a sealed field that an entry tells in the open, too."""
    try:
        public = from_json(state)
    except ValueError:
        return
    told = next((field for field in fields if field in public), None)
    if told is not None:
        yield Problem(position, f"tells {told!r:.40} in the open, which is sealed")


def _commitment_problems(position: int, state: bytes, found: list[bytes]) -> Iterator[Problem]:
    """Hold texts against commitments one by one, where some were erased or something is off."""
    try:
        committed = [text.encode() for text in from_json(state)["_sd"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Problem(position, "is not an entry that answerable wrote")
        return
    if len(found) != len(committed):
        yield Problem(
            position, f"has {len(committed)} commitments, but {len(found)} texts or erasures"
        )
    elif any(text and text != there for text, there in zip(found, committed, strict=True)):
        yield Problem(position, "has a text that its entry does not commit to")
    elif len({*committed}) < len(committed):
        yield Problem(position, "commits to one text twice")


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "backslashreplace")
