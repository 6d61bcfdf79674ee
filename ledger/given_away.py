"""The events that record that a part of the record left the house."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from answerable.domain.event import Event
from answerable.domain.parsing import parse

MOST_EVENTS = 1_400
"""The most ids of events that one entry has room for."""


class GivenAway(NamedTuple):
    """Hold what left the house.

    Attributes:
        events: the events that were told of, by id.
        withheld: the sealed fields of which texts were withheld.
        title: what was given away, in words.
        digest: of its bytes: sha256, a colon and the digits.
    """

    case_id: str
    events: Sequence[str]
    withheld: Collection[str]
    title: str
    digest: str


def disclosures(
    given: GivenAway, *, to: str | None, recipient: str | None, legal_basis: str, occurred: str
) -> list[Event]:
    """Return the events that record that something left the house; several, where one is too small.

    Args:
        given: what did.
        to: the pseudonym of who gets it, or `recipient` who that is in words.
        legal_basis: the clause on which it is given.
        occurred: when (EDTF).

    Raises:
        InvalidEvent: the recipient or the clause is not one.
    """
    return [
        parse(
            {
                "kind": "disclosure-made",
                "case_id": given.case_id,
                "occurred": occurred,
                "to": to,
                "recipient": recipient,
                "events": list(given.events[start : start + MOST_EVENTS]),
                "withheld": sorted(given.withheld),
                "legal_basis": legal_basis,
                "sources": [{"title": given.title, "digest": given.digest}],
            }
        )
        for start in range(0, len(given.events), MOST_EVENTS)
    ]
