"""Finding whom the entries of a log name, in their bytes.

An entry as a ledger writes it has each of its keys once and no object within it; a party's
pseudonym needs no escape. So what it names is found without parsing it. Where anything is
otherwise, it is parsed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic_core import from_json

from answerable.ledger.entry.about import Naming, join_parties, naming_of, whom_texts_are_about
from answerable.ledger.store.schema import EVENT_ID, HEAD_OFFSET, ID_OFFSET
from answerable.ledger.verify.kind_rules import KindRules

QUOTE = ord('"')

FIND = f"SELECT topic, state FROM stored_events WHERE {EVENT_ID} = ?"

Row = tuple[int, str, int, str, bytes]


class _Keys(NamedTuple):
    """The keys of the fields by which a kind names parties, and of the event that it acts upon."""

    parties: tuple[bytes, ...]
    target: bytes


class Namings:
    """Whom the entries of a log name: those that were read, and any other, from the file."""

    def __init__(self, cursor: sqlite3.Cursor, rules: Mapping[str, KindRules]) -> None:
        self._cursor = cursor
        self._declared = {kind: each.declared for kind, each in rules.items()}
        self._keys = {
            kind: _Keys(tuple(map(_key, each.parties)), _key(each.target or ""))
            for kind, each in self._declared.items()
            if each.parties or each.target
        }
        self._unread: list[Sequence[Row]] = []
        self._read: dict[str, tuple[str, bytes]] = {}
        self._found: dict[str, Naming | None] = {}

    def take_in(self, entries: Sequence[Row]) -> None:
        """Take in entries, which later ones may act upon."""
        self._unread.append(entries)

    def whom_about(self, kind: str, entry: bytes, body: bytes, *, plain: bool) -> str:
        """Return the parties that the sealed texts of an entry are about.

        Args:
            kind: its kind.
            entry: its bytes.
            body: those of them between its kind and its commitments.
            plain: whether it has no escape and no object within it.

        Raises:
            ValueError: it is not JSON.
        """
        keys = self._keys.get(kind)
        if keys is None:
            return ""
        if plain and keys.target not in body:
            return _parties(body, keys.parties)
        own = self._naming(kind, entry)
        if own.target is None:
            return own.parties
        replaced = from_json(entry).get("fields") if kind == "correction" else None
        return whom_texts_are_about(own, self._find, replaced, self._declared.__getitem__)

    def _find(self, event_id: str) -> Naming | None:
        if event_id not in self._found:
            row = self._look_up(event_id)
            self._found[event_id] = None if row is None else self._naming(*row)
        return self._found[event_id]

    def _look_up(self, event_id: str) -> tuple[str, bytes] | None:
        for entries in self._unread:
            for *_, kind, entry in entries:
                named = entry[ID_OFFSET:HEAD_OFFSET].decode("ascii", "replace")
                self._read[named] = kind, entry
        self._unread.clear()
        if event_id in self._read:
            return self._read[event_id]
        row: tuple[str, bytes] | None = self._cursor.execute(FIND, (event_id.encode(),)).fetchone()
        return row

    def _naming(self, kind: str, entry: bytes) -> Naming:
        keys = self._keys.get(kind)
        if keys is None:
            return Naming(kind, "", None)
        if b"\\" in entry or entry.find(b"{", 1) > 0:
            return naming_of(kind, from_json(entry), self._declared[kind])
        target = _values(entry, keys.target)
        return Naming(kind, _parties(entry, keys.parties), target[0] if target else None)


def _key(field: str) -> bytes:
    return b'"%b":' % field.encode()


def _parties(entry: bytes, keys: Iterable[bytes]) -> str:
    """Return the parties that an entry, or the body of one, has behind some keys."""
    named: list[str] = []
    for key in keys:
        at = entry.find(key)
        if at >= 0:
            at += len(key) + 1
            if entry[at - 1] == QUOTE:
                named.append(entry[at : entry.index(b'"', at)].decode())
            else:
                named += _values(entry, key)
    return named[0] if len(named) == 1 else join_parties(*named)


def _values(entry: bytes, key: bytes) -> list[str]:
    """Return the text, or the texts of the list, that an entry has behind a key."""
    at = entry.find(key)
    if at < 0:
        return []
    at += len(key)
    end = entry.index(b"]" if entry[at] != QUOTE else b'"', at + 1)
    return entry[at + 1 : end].decode().replace('"', "").split(",")
