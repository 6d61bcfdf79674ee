"""The lists of a bundle beside its entries: the evidence of a case, and the policies of the house.

Both follow from the entries and the texts that are open, and from nothing else, so whoever checks a
bundle derives them again and compares the bytes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from answerable.domain.kinds import AMENDING, TARGETS
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.record import RecordedEvent

REFERENCES = tuple(
    sorted({"basis", *TARGETS.values(), *(name for kind in ROWS for name in kind.cites)})
)
"""The public fields, of any kind, that hold ids of other events."""

WHICH = ("event_id", "position", "recorded_at", "occurred", "standing")
EXHIBIT = (*WHICH, "digest", "media_type", "size", "collected_by", "description", "location")
CUSTODY = (*WHICH, "from", "to", "location")
POLICY = (*WHICH, "policy", "policy_version", "from", "requires", "digest", "format", "text")

Texts = Mapping[int, Mapping[str, Any]]
"""The fields that are open at each position."""


def json_file(value: Any) -> bytes:
    """Write JSON as every file of a bundle has it: ASCII, one space a level, a line feed last."""
    return json.dumps(value, indent=1).encode() + b"\n"


def is_json_file(data: bytes, value: Any) -> bool:
    """Tell whether these bytes are what `json_file` writes, without writing more than they are."""
    at = 0
    for piece in json.JSONEncoder(indent=1).iterencode(value):
        told = piece.encode()
        if not data.startswith(told, at):
            return False
        at += len(told)
    return data[at:] == b"\n"


def list_evidence(events: Sequence[RecordedEvent], texts: Texts) -> list[dict[str, Any]]:
    """List the evidence that the events of a case register, each with its keepers, in order.

    Fields are as they were recorded; the corrections, retractions and disputes of them are named.
    """
    custody = _by_target(events, ("custody-transferred",), "evidence")
    amending = _by_target(events, AMENDING, "target")
    exhibits = []
    for event in events:
        if event.kind == "evidence-registered":
            passed = custody[event.event_id]
            exhibits.append(
                {
                    **_known(event, EXHIBIT, texts),
                    "custody": [_known(each, CUSTODY, texts) for each in passed],
                    "amended_by": _amended([event, *passed], amending),
                }
            )
    return exhibits


def list_policies(events: Sequence[RecordedEvent], texts: Texts) -> list[dict[str, Any]]:
    """List the policies that were adopted, in the order of the log."""
    amending = _by_target(events, AMENDING, "target")
    return [
        {**_known(event, POLICY, texts), "amended_by": _amended([event], amending)}
        for event in events
        if event.kind == "policy-adopted"
    ]


def referenced_ids(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the events that an entry refers to."""
    for name in REFERENCES:
        value = fields.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield each


def _known(event: RecordedEvent, names: Sequence[str], texts: Texts) -> dict[str, Any]:
    known = {**texts.get(event.position, {}), **event.fields, "position": event.position}
    return {name: known[name] for name in names if name in known}


def _by_target(
    events: Sequence[RecordedEvent], kinds: Sequence[str], field: str
) -> Mapping[str, list[RecordedEvent]]:
    """Group the events of some kinds by the event id that a field of theirs holds."""
    found = defaultdict[str, list[RecordedEvent]](list)
    for event in events:
        target = event.fields.get(field)
        if event.kind in kinds and isinstance(target, str):
            found[target].append(event)
    return found


def _amended(
    events: Sequence[RecordedEvent], amending: Mapping[str, list[RecordedEvent]]
) -> list[str]:
    """Return the ids of the corrections, retractions and disputes of some events."""
    return [each.event_id for event in events for each in amending[event.event_id]]
