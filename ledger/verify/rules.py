"""The rules that entries are verified by, with what was worked out of them on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.record import RECORDED_BY, SEALED_BESIDE
from answerable.ledger.entry.about import recorder_about
from answerable.ledger.verify.kind_rules import KindRules
from answerable.ledger.verify.naming import Namings
from answerable.ledger.verify.spelling import spelled

Spelled = Callable[[bytes], object]

NOTHING = re.compile(rb"(?!)")

Shape = tuple[str, tuple[str, ...]]
"""A kind of entries, and the fields that an entry of it seals, in their order."""


class Seals(NamedTuple):
    """The checks of entries of one kind that seal the same fields.

    Attributes:
        problem: what is wrong with sealing these, if anything is.
        names: those of the event, in quotes, as they would be told in the open.
        own: of each, whether the ledger seals it beside those of the event.
        recorder: which of them tells who recorded; -1 if none does.
    """

    problem: str | None
    names: tuple[bytes, ...]
    own: tuple[bool, ...]
    recorder: int


class Rules:
    """The rules that entries are verified by, with what was worked out of them on the way.

    Attributes:
        kinds: those of each kind.
        namings: whom the entries of the log name.
        sound: the shapes found to be allowed: the names, in quotes, of what they seal of the event.
        recorders: whom the text of who recorded an event is about, by who is named there.
    """

    def __init__(self, kinds: Mapping[str, KindRules], namings: Namings) -> None:
        self.kinds = kinds
        self.namings = namings
        self.sound: dict[Shape, tuple[bytes, ...]] = {}
        self.recorders: dict[str, str] = {}
        self._seals: dict[Shape, Seals] = {}
        self._spellings: dict[str, Spelled] = {}

    def seals(self, kind: str, fields: tuple[str, ...]) -> Seals:
        """Return what is to be checked of an entry of a kind that seals these fields."""
        shape = kind, fields
        found = self._seals.get(shape)
        if found is None:
            found = self._seals[shape] = self._work_out(kind, fields)
            if found.problem is None:
                self.sound[shape] = found.names
        return found

    def _work_out(self, kind: str, fields: tuple[str, ...]) -> Seals:
        return Seals(
            _sealing_problem(self.kinds.get(kind), kind, fields),
            tuple(quoted(field) for field in fields if field not in SEALED_BESIDE),
            tuple(field in SEALED_BESIDE for field in fields),
            fields.index(RECORDED_BY) if RECORDED_BY in fields else -1,
        )

    def spelling(self, kind: str) -> Spelled:
        """Return what tells whether an entry of a kind is spelled so, up to its commitments."""
        found = self._spellings.get(kind)
        if found is None:
            pattern = spelled(kind, self.kinds[kind].public) if kind in self.kinds else NOTHING
            found = self._spellings[kind] = pattern.fullmatch
        return found

    def sealable(self, kind: str) -> frozenset[str]:
        """Return the fields that a kind may seal."""
        rules = self.kinds.get(kind)
        return frozenset() if rules is None else rules.sealable

    def about_recorder(self, who: Any) -> str:
        """Return whom the text of who recorded an event is about."""
        if not isinstance(who, str):
            return ""
        found = self.recorders.get(who)
        if found is None:
            found = self.recorders[who] = recorder_about(who)
        return found


def quoted(field: object) -> bytes:
    """Return the name of a field as it stands in an entry that tells it in the open."""
    return f'"{field}"'.encode()


def _sealing_problem(rules: KindRules | None, kind: str, fields: Sequence[str]) -> str | None:
    if rules is None:
        return f"is of a kind that is not known here, {kind!r:.40}"
    if len({*fields}) < len(fields):
        twice = next(field for field in fields if fields.count(field) > 1)
        return f"commits to two texts of its field {twice!r:.40}"
    if strange := next((field for field in fields if field not in rules.sealable), None):
        return f"commits to a text of {strange!r:.40}, which {kind} does not seal"
    return None
