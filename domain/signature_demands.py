"""Find what policies demand of every event recorded while they are in force: a signature.

A version of a policy is in force for what is recorded after it was adopted, and from its `from` on
where it tells one, until a later version of the same policy is in force or it is retracted. The
event that ends it still falls under it. What counts is what was on record at the time: a correction
or a retraction changes nothing for what was recorded before it.

The ledger records, and policy judges: an event without a signature is recorded all the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from answerable.domain import edtf
from answerable.domain.kinds import REVISING
from answerable.domain.reader import EventReader
from answerable.domain.record import RecordedEvent

KINDS = ("policy-adopted", *REVISING)
"""The kinds of events that bear on which policies are in force."""


class Version(NamedTuple):
    """A version of a policy that was adopted and stands.

    Attributes:
        event_id: the event that adopted it.
        policy: the policy's id.
        version: its version.
        begins: from when it is in force; None: from its adoption.
        signature: whether it demands a signature.
    """

    event_id: str
    policy: str
    version: str
    begins: datetime | None
    signature: bool

    @property
    def name(self) -> str:
        """Name the policy and its version, as one says it: `conduct 2`."""
        return f"{self.policy} {self.version}"


class PoliciesInForce(NamedTuple):
    """The versions that stand for what is recorded after a position, oldest first."""

    after: int
    versions: tuple[Version, ...]


def read(reader: EventReader, *, known_by: datetime | None = None) -> list[PoliciesInForce]:
    """Read how the versions that stand changed over a record, as known by a moment."""
    adoptions = reader.events(kinds=("policy-adopted",), known_by=known_by)
    # What is said of an event later is said in its own case.
    cases = {event.case_id for event in adoptions}
    found = [
        event
        for case in cases
        for event in reader.events(case=case, kinds=KINDS, known_by=known_by)
    ]
    return versions_in_force(sorted(found, key=lambda event: event.position))


def versions_in_force(events: Iterable[RecordedEvent]) -> list[PoliciesInForce]:
    """List how the versions that stand changed.

    Args:
        events: those of `KINDS`, or all, in the order of the log.
    """
    adopted: dict[str, Mapping[str, Any]] = {}
    corrections: dict[str, tuple[str, Mapping[str, Any]]] = {}
    retracted: set[str] = set()
    found: list[PoliciesInForce] = []
    for event in events:
        fields = event.fields
        target = fields.get("target")
        if event.kind == "policy-adopted":
            adopted[event.event_id] = fields
        elif event.kind == "correction" and target in adopted:
            corrections[event.event_id] = (target, fields.get("fields", {}))
        elif event.kind == "retraction" and (target in adopted or target in corrections):
            retracted.add(target)
        else:
            continue
        standing = {each: dict(own) for each, own in adopted.items() if each not in retracted}
        for event_id, (amended, corrected) in corrections.items():
            if event_id not in retracted and amended in standing:
                standing[amended].update(corrected)
        found.append(
            PoliciesInForce(event.position, tuple(_version(each) for each in standing.values()))
        )
    return found


def any_requires_signature(found: Iterable[PoliciesInForce]) -> bool:
    """Tell whether a version that stood at any time demands a signature."""
    return any(version.signature for each in found for version in each.versions)


def requiring_signature(
    found: list[PoliciesInForce], position: int, recorded_at: str
) -> tuple[Version, ...]:
    """List the versions that demand a signature of the event at a position.

    Args:
        found: what `versions_in_force` gave.
        position: where the event is, or would be, in the log.
        recorded_at: when it was recorded (RFC 3339).
    """
    at = bisect_left(found, position, key=lambda each: each.after)
    if at == 0:
        return ()
    moment = datetime.fromisoformat(recorded_at)
    current: dict[str, Version] = {}
    for version in found[at - 1].versions:
        if version.begins is None or version.begins <= moment:
            current[version.policy] = version
    return tuple(version for version in current.values() if version.signature)


def _version(fields: Mapping[str, Any]) -> Version:
    begins = fields.get("from")
    span = None if begins is None else edtf.parse(begins)
    return Version(
        fields["event_id"],
        fields["policy"],
        fields["policy_version"],
        # Of a beginning that is known as "on or before", its latest moment.
        None if span is None else span.earliest or span.latest,
        "signature" in (fields.get("requires") or ()),
    )
