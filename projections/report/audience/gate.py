"""Tell which texts each audience may read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from answerable.domain.record import RecordedEvent
from answerable.projections.report.audience.audiences import (
    ABOUT_REPORTS,
    FIELDS,
    INSIDE,
    PUBLIC_TEXTS,
    Audience,
    For,
)
from answerable.projections.report.audience.gated_reader import Allows
from answerable.projections.report.audience.matter import Matter

REGISTRATION = "party-registered"

NAMING = ("name", "aliases")
"""The texts of a registration that are names themselves."""


def everything(event: RecordedEvent, field: str, text: Any) -> bool:
    """Allow every text."""
    return True


def all_but(fields: Collection[str]) -> Allows:
    """Return what allows all texts but those of some sealed fields."""
    return lambda event, field, text: field not in fields


WHOLE: Mapping[Audience, Allows] = {
    "board": all_but(FIELDS["board"]),
    "auditor": everything,
    "regulator": everything,
}
"""Tell what those may read who are shown the whole case."""


def in_part(whom: For, matter: Matter) -> Allows:
    """Return what those may read who are shown a part of a case.

    A text that holds the name of somebody who is not named to them is none of these.

    Args:
        whom: who they are.
        matter: what of the case concerns them.
    """

    def allows(event: RecordedEvent, field: str, text: Any) -> bool:
        if field in INSIDE:
            return False
        if event.kind == REGISTRATION:
            named = event.fields["party"] in matter.named
            return named and (field in NAMING or not matter.unsaid.told_by(text))
        if event.event_id not in matter.concerned or event.kind in ABOUT_REPORTS:
            return False
        if whom.audience == "public" and field not in PUBLIC_TEXTS.get(event.kind, ()):
            return False
        if event.kind == "case-opened" and field != "title":
            return False
        return not matter.unsaid.told_by(text)

    return allows
