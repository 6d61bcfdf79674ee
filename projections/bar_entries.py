"""The bar register to be read: each bar with its scope, and what it rests on, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.projections.accountability.bars import Bar
from answerable.projections.facts.basis import case_lookup
from answerable.projections.facts.disclosed import (
    Text,
    disclose,
)
from answerable.projections.facts.facts import (
    CaseFacts,
    of_case,
)
from answerable.projections.wording.sentence import (
    NameOf,
    sentence,
)


class BarBasis(NamedTuple):
    """An event that a bar rests on."""

    event_id: str
    case_id: str
    position: int
    gist: str
    stands: bool


class BarEntry(NamedTuple):
    """A bar, with what the register's reader asks of it.

    Attributes:
        scope: from what the party is barred: sealed, so it may be withheld or erased.
        rests_on: what the bar names as its basis, as far as that is on record.
    """

    bar: Bar
    scope: Text
    rests_on: tuple[BarBasis, ...]

    @property
    def breached(self) -> bool:
        """Whether a contact is known to lie inside the bar."""
        return any(contact.inside == "yes" for contact in self.bar.contacts)


def bar_entries(
    reader: Reader,
    bars: Iterable[Bar],
    *,
    known_by: datetime | None = None,
    called: NameOf = str,
) -> Iterator[BarEntry]:
    """The bars with their scope and basis; the case of a bar is read once for those in a row.

    Args:
        reader: the record.
        bars: what `bar_register` gave.
        known_by: the same as it was given.
        called: what to call a party.
    """
    find = case_lookup(reader, known_by=known_by)
    facts: CaseFacts | None = None
    for bar in bars:
        if facts is None or facts.case_id != bar.case_id:
            facts = of_case(reader, bar.case_id, known_by=known_by)
        own = facts.facts
        text = disclose(reader, facts, [own[bar.event_id]])[bar.event_id].text("scope")
        named = (own.get(event_id) or find(event_id) for event_id in bar.basis)
        grounds = tuple(
            BarBasis(
                fact.event_id,
                fact.event.case_id,
                fact.event.position,
                sentence(fact.kind, fact.fields, called),
                fact.stands,
            )
            for fact in named
            if fact is not None
        )
        yield BarEntry(bar, text, grounds)
