"""Keeping what earlier lines of an import told that later ones may call by a name.

A file may have a million lines with names, and memory stays small: they are kept in a database of
SQLite's that has no name, which spills to disk and is gone when the import ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from answerable.domain.kinds.catalogue.periods import TellsField
from answerable.domain.search.folding import name_key
from answerable.ledger.store.sqlite.scratch import Scratch, scratch

CREATE = (
    "CREATE TABLE refs (ref TEXT PRIMARY KEY, event_id TEXT, line INTEGER, kind TEXT, "
    "flawed INTEGER) STRICT",
    "CREATE INDEX ids ON refs (event_id)",
    "CREATE TABLE names (key TEXT, party TEXT, name TEXT, PRIMARY KEY (key, party)) "
    "STRICT, WITHOUT ROWID",
)

MOST_COMPARED = 5_000
"""The names that are compared with one that is not known."""


class Earlier(NamedTuple):
    """An event that an earlier line tells: its id, the number of the line, if that has an error."""

    event_id: str
    line: int
    flawed: bool


class ToldEarlier:
    """The events that earlier lines gave a name to, and the parties that they registered."""

    def __init__(self) -> None:
        self._kept: Scratch | None = None

    def note_ref(
        self, ref: str, event_id: str, kind: str, line: int, *, flawed: bool = False
    ) -> None:
        """Take note of an event that has a name. Of several, the first has it."""
        self._database().execute(
            "INSERT OR IGNORE INTO refs VALUES (?, ?, ?, ?, ?)",
            (ref, event_id, line, kind, flawed),
        )

    def ref(self, ref: str) -> Earlier | None:
        """Return the event that a name means."""
        if self._kept is None:
            return None
        row = self._kept.execute(
            "SELECT event_id, line, flawed FROM refs WHERE ref = ?", (ref,)
        ).fetchone()
        return None if row is None else Earlier(row[0], row[1], bool(row[2]))

    def kind_of(self, event_id: str) -> str | None:
        """Return the kind of an event that has a name."""
        if self._kept is None:
            return None
        row = self._kept.execute("SELECT kind FROM refs WHERE event_id = ?", (event_id,)).fetchone()
        return None if row is None else str(row[0])

    def note_names(self, told: TellsField) -> None:
        """Take note of the names that a registration gives a party.

        Args:
            told: tells what stands in its fields; of one with an error, that may be anything.
        """
        aliases = told("aliases")
        given = (told("name"), *(aliases if isinstance(aliases, list | tuple) else ()))
        names = {name for name in given if isinstance(name, str)}
        rows = [(name_key(name), told("party"), name) for name in names]
        self._database().executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", rows)

    def parties(self, name: str) -> Sequence[str]:
        """Return the parties that were registered under a name, compared as on record."""
        if self._kept is None:
            return ()
        rows = self._kept.execute("SELECT party FROM names WHERE key = ?", (name_key(name),))
        return [party for (party,) in rows]

    def names(self) -> list[str]:
        """List names that parties were registered under, of which one may have been meant."""
        return self._listed("name", "names")

    def refs(self) -> list[str]:
        """List the names of events, of which one may have been meant."""
        return self._listed("ref", "refs")

    def _listed(self, what: str, table: str) -> list[str]:
        if self._kept is None:
            return []
        rows = self._kept.execute(f"SELECT {what} FROM {table} LIMIT {MOST_COMPARED}")
        return [each for (each,) in rows]

    def _database(self) -> Scratch:
        if self._kept is None:
            self._kept = scratch(*CREATE)
        return self._kept
