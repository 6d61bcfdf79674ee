"""Check what an erasure names beside a person: events, and which of their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.domain.case import KindElsewhere
from answerable.domain.errors import Refused
from answerable.domain.kinds import model
from answerable.domain.record import SEALED_BESIDE

if TYPE_CHECKING:
    from answerable.domain.kinds.record import PersonalDataErased


def check_erasure(erasure: PersonalDataErased, kind_of: KindElsewhere) -> None:
    """Check that the events that an erasure names seal the fields that it names.

    Args:
        erasure: as its producer wrote it.
        kind_of: finds the kind of an event on record.

    Raises:
        Refused: it names fields and no event, or a field that none of its events seals, so that
            what was meant would stay.
    """
    if erasure.fields and not erasure.events:
        raise Refused(
            "fields are named, but no events whose texts they are.",
            field="fields",
            hint="Name the events, too. What is about the subject goes without being named.",
        )
    kinds = {kind for kind in map(kind_of, erasure.events) if kind is not None}
    sealed = SEALED_BESIDE.union(*(model(kind).sealed for kind in kinds))
    for name in erasure.fields:
        if name not in sealed:
            raise Refused(
                f"none of the events named seals a field {name!r}.",
                field="fields",
                hint=f"They seal: {', '.join(sorted(sealed))}.",
            )
