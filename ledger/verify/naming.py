"""Finding whom the entries of a log name, in their bytes.

An entry as a ledger writes it has each of its keys once, without an escape or an object within it;
a party's pseudonym needs no escape. So what it names is found without parsing it. Where anything is
otherwise, it is parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from string import ascii_lowercase, digits
from typing import NamedTuple

from pydantic_core import from_json

from answerable.ledger.entry.about import Naming, join_parties, naming_of, whom_texts_are_about
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.rows import EVENT_ID
from answerable.ledger.verify.kind_rules import KindRules

LETTERS = f"{ascii_lowercase}{digits}._-".encode()
"""The letters of a pseudonym, and of an event's id."""

FIND = f"SELECT topic, state FROM stored_events WHERE {EVENT_ID} = ?"


class _Name(NamedTuple):
    """The name of a field as it stands in an entry: alone, before a text, and before a list."""

    alone: bytes
    before_text: bytes
    before_list: bytes


class _Names(NamedTuple):
    """The names of the fields by which a kind names parties, and the event that it acts upon."""

    parties: tuple[_Name, ...]
    target: _Name | None


class Namings:
    """Whom the entries of a log name; what they act upon is looked up in the file."""

    def __init__(self, cursor: Cursor, rules: Mapping[str, KindRules]) -> None:
        self._cursor = cursor
        self._declared = {kind: each.declared for kind, each in rules.items()}
        self._names = {
            kind: _Names(
                tuple(_name(field) for field in each.parties),
                _name(each.target) if each.target else None,
            )
            for kind, each in self._declared.items()
            if each.parties or each.target
        }
        self._found: dict[str, Naming | None] = {}

    def whom_about(self, kind: str, entry: bytes) -> str:
        """Return the parties that the sealed texts of an entry are about; none where it is no JSON.

        Args:
            kind: its kind.
            entry: its bytes.
        """
        if kind not in self._names:
            return ""
        try:
            own = self._naming(kind, entry)
            if own.target is None:
                return own.parties
            replaced = from_json(entry).get("fields") if kind == "correction" else None
            return whom_texts_are_about(own, self._find, replaced, self._declared.__getitem__)
        except (LookupError, ValueError, AttributeError, TypeError):
            return ""

    def whom_each_is_about(
        self, kind: str, entries: list[bytes], bodies: list[bytes], joined: bytes
    ) -> list[str]:
        """Return the parties that the sealed texts of each of some entries are about.

        Args:
            kind: their kind.
            entries: their bytes, without any escape.
            bodies: those of them before their commitments.
            joined: all bodies, one after the other.
        """
        names = self._names.get(kind)
        if names is None:
            return [""] * len(entries)
        flat = joined.count(b"{") == len(bodies)
        if flat and (names.target is None or names.target.alone not in joined):
            found = _parties_of_each(bodies, joined, names.parties)
            if found is not None:
                return found
        return [self.whom_about(kind, entry) for entry in entries]

    def _find(self, event_id: str) -> Naming | None:
        if event_id not in self._found:
            row = self._cursor.execute(FIND, (event_id.encode(),)).fetchone()
            self._found[event_id] = None if row is None else self._naming(*row)
        return self._found[event_id]

    def _naming(self, kind: str, entry: bytes) -> Naming:
        names = self._names.get(kind)
        if names is None:
            return Naming(kind, "", None)
        if b"\\" not in entry and entry.find(b"{", 1) < 0:
            parties = _parties_of_each([entry], entry, names.parties)
            targets = names.target and _texts_of_each([entry], entry, names.target)
            if parties is not None and (targets is not None or names.target is None):
                return Naming(kind, parties[0], targets[0].decode() if targets else None)
        return naming_of(kind, from_json(entry), self._declared[kind])


def _name(field: str) -> _Name:
    quoted = b'"%b"' % field.encode()
    return _Name(quoted, quoted + b':"', quoted + b':["')


def _parties_of_each(
    entries: list[bytes], joined: bytes, names: tuple[_Name, ...]
) -> list[str] | None:
    """Return the parties that each entry has behind some names; None where any is to be parsed."""
    columns = []
    for name in names:
        told = _texts_of_each(entries, joined, name)
        if told is None:
            return None
        if any(told):
            columns.append([text.decode() for text in told])
    if len(columns) == 1:
        return columns[0]
    if not columns:
        return [""] * len(entries)
    return [join_parties(*told) for told in zip(*columns, strict=True)]


def _texts_of_each(entries: list[bytes], joined: bytes, name: _Name) -> list[bytes] | None:
    """Return the text, or the one text of the list, that each entry has behind a name, if any.

    None where an entry has the name twice, or something else behind it.
    """
    often = joined.count(name.alone)
    if not often:
        return [b""] * len(entries)
    in_list = name.before_list in joined
    opening, closing = (name.before_list, b'"]') if in_list else (name.before_text, b'"')
    rests = [rest for _, _, rest in map(bytes.partition, entries, repeat(opening))]
    told = [text for text, _, _ in map(bytes.partition, rests, repeat(closing))]
    if often + told.count(b"") != len(told) or b"".join(told).translate(None, LETTERS):
        return None
    return told
