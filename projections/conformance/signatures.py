"""The check `signed`: whether each event has the signature that a policy demanded of it.

Whether a signature is good is not for a projection to say: `answerable verify` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from answerable.domain.policies import Version, any_requires_signature, read, requiring_signature
from answerable.domain.record import Disclosed
from answerable.projections.conformance.verdict import Point, Verdict, nothing, numbered, verdict
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.record_view import RecordView

RULE = "signed"
SIGNATURE = "signature"


def signed(
    record: RecordView, facts: Iterable[Fact], opened: Mapping[int, Disclosed]
) -> tuple[Verdict, ...]:
    """Check the signatures of some facts; no verdict where no policy ever demanded one.

    Args:
        record: the record.
        facts: those to look at. One that was retracted was recorded all the same.
        opened: what is sealed in them, by position.
    """
    epochs = read(record.reader, known_by=record.known_by)
    if not any_requires_signature(epochs):
        return ()
    found = [
        (fact, versions)
        for fact in facts
        if (versions := requiring_signature(epochs, fact.event.position, fact.event.recorded_at))
    ]
    if not found:
        return (nothing(RULE, "no event was recorded while a policy demanded a signature."),)
    said = "Every event that a policy demanded to be signed has a signature."
    witnesses = (fact.event_id for fact, _ in found)
    return (verdict(RULE, _points(found, opened), said, witnesses),)


def _points(
    found: Iterable[tuple[Fact, tuple[Version, ...]]], opened: Mapping[int, Disclosed]
) -> Iterator[Point]:
    for fact, versions in found:
        there = opened[fact.event.position]
        if SIGNATURE in there.fields or SIGNATURE in there.erased:
            continue
        for version in versions:
            about = f"a signature of {numbered(fact)}"
            if there.missing:
                text = "Some of its texts are withheld, so whether it is signed cannot be told"
                yield Point("indeterminate", (fact.event_id,), text, numbered(fact), about)
            else:
                text = f"Recorded without a signature while {version.name} demanded one"
                yield Point("fail", (fact.event_id,), text, numbered(fact), about)
