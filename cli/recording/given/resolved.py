"""The fields of an event as the record keeps them, made of numbers, names and what is set anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.recording.given.command import ORDER
from answerable.cli.recording.given.links import Link, links_given
from answerable.cli.recording.given.options import given_fields
from answerable.cli.recording.given.referring import check_references
from answerable.cli.shared.references import resolve_references
from answerable.domain.kinds import model

if TYPE_CHECKING:
    from answerable.cli.recording.given.corrected import Assigned
    from answerable.ledger.indexes.reader import IndexedReader


def told_fields(kind: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Link]]:
    """Return the fields that options gave, and what stands in the basis as it was given.

    Args:
        kind: the kind of event, whose command is a `KindCommand`.
        values: what its options gave.
    """
    given = given_fields(kind, values)
    links = links_given(click.get_current_context().meta.get(ORDER, ()), values)
    if links:
        given["basis"] = [link.text for link in links]
    return given, links


def resolved_fields(
    ledger: IndexedReader,
    kind: str,
    given: Mapping[str, Any],
    links: Sequence[Link] = (),
    assigned: Assigned | None = None,
) -> dict[str, Any]:
    """Return the fields of an event as the record keeps them.

    Args:
        ledger: the ledger.
        kind: the kind of event.
        given: its fields as they were given: events by id or number, parties also by name.
        links: what stands in its basis, in that order, as it was given.
        assigned: of a correction, what it sets.

    Raises:
        NotFound: an event or a party is not there.
        Refused: an event is of a kind that is not meant.
        UsageError: a correction sets something twice, or to what it cannot take.
    """
    fields = resolve_references(ledger, model(kind), {**given})
    check_references(ledger, model(kind), fields, links)
    if "basis" in fields:
        fields["basis"] = [*dict.fromkeys(fields["basis"])]
    if assigned is not None:
        from answerable.cli.recording.given.corrected import corrected_fields

        target, case = fields["target"], fields["case_id"]
        fields["fields"] = corrected_fields(ledger, target, case, assigned)
    return fields
