"""Checking that an entry and its texts say one thing.

An entry commits to texts that a reader may be shown or not. If two of them could stand for one
field, two readers could be shown two histories, and each of them proved. So every reader refuses an
entry that commits to a text twice, to two texts of one field, or to a field that stands in the open
besides (RFC 9901 section 7.1 step 4). It may commit only to what its kind seals, and to what the
ledger seals of every event: so there are no more commitments than a kind has fields to seal, and
among those that are withheld there is no room to speak of for another text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from answerable.domain.kinds import FAMILY, model
from answerable.domain.record import SEALED_BESIDE
from answerable.ledger.entry.clock import clock_problem
from answerable.ledger.errors import NotVerified


@cache
def sealable_fields(kind: str) -> frozenset[str]:
    """Return the fields that an entry of a kind may commit to."""
    return SEALED_BESIDE.union(model(kind).sealed)


def entry_problem(entry: bytes, fields: Mapping[str, Any]) -> str | None:
    """Return what is wrong with an entry, whatever its texts say; None if nothing is.

    Args:
        entry: its bytes.
        fields: what they are decoded to.
    """
    if problem := fields_problem(fields):
        return problem
    if repeated := repeated_key(entry):
        return f"tells {repeated!r:.40} twice"
    return None


def fields_problem(fields: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the fields of an entry of which none stands twice; None: nothing.

    Args:
        fields: what the entry is decoded to.
    """
    kind, committed = fields.get("kind"), fields.get("_sd")
    if not isinstance(kind, str) or kind not in FAMILY:
        return f"is of a kind that is not known here, {kind!r:.40}"
    if not isinstance(committed, list) or not all(isinstance(each, str) for each in committed):
        return "is not an entry that a ledger wrote"
    if len(set(committed)) < len(committed):
        return "commits to one text twice"
    fields_to_seal = sealable_fields(kind)
    if len(committed) > len(fields_to_seal):
        return (
            f"commits to {len(committed)} texts, and {kind} has {len(fields_to_seal)} fields to "
            "seal"
        )
    if public := fields_to_seal & fields.keys():
        return f"tells {min(public)!r} in the open, which is sealed"
    return clock_problem(fields)


def texts_problem(kind: str, opened: Iterable[str]) -> str | None:
    """Return what is wrong with the fields that the texts of an entry open; None if nothing is."""
    seen: set[str] = set()
    for field in opened:
        if field in seen:
            return f"commits to two texts of its field {field!r:.40}"
        if field not in sealable_fields(kind):
            return f"commits to a text of {field!r:.40}, which {kind} does not seal"
        seen.add(field)
    return None


def check_seals(position: int, entry: bytes, opened: Iterable[str]) -> None:
    """Check that an entry and the fields that its texts open say one thing.

    Raises:
        NotVerified: they do not.
    """
    fields: dict[str, Any] = json.loads(entry)
    problem = entry_problem(entry, fields) or texts_problem(fields["kind"], opened)
    if problem is not None:
        raise NotVerified(
            f"the entry at position {position} {problem}, so none of it is shown.",
            hint="`verify_ledger` says more.",
            cli_hint="`answerable verify` says more.",
        )


def repeated_key(text: bytes) -> str | None:
    """Return a key that an object in a JSON text has twice; None if there is none."""
    repeated: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated.append(next(key for key in keys if keys.count(key) > 1))
        return found

    json.loads(text, object_pairs_hook=note)
    return repeated[0] if repeated else None
