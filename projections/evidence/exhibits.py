"""The exhibits of a case: what they are, who keeps them where, and which findings rest on them.

Findings of other cases that rest on an exhibit are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.projections.evidence.custody import Custody, custody
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import DisclosedTexts, Text, disclose
from answerable.projections.facts.facts import CaseFacts, Fact
from answerable.projections.facts.record_view import RecordView


class Whereabouts(NamedTuple):
    """The place where an exhibit is kept.

    Attributes:
        text: what the record says of it, as far as it is at hand.
        told_by: the event that says it; None where none does.
    """

    text: Text
    told_by: str | None = None


class FindingResting(NamedTuple):
    """A finding that rests on an exhibit."""

    event_id: str
    position: int
    subject: str
    outcome: str


class Exhibit(NamedTuple):
    """One exhibit, as registered and as corrected.

    Attributes:
        happened: whether it had been collected by the moment asked about.
        retracted_by: the retraction of its registration, by event id, if it no longer stands.
        place: where its last keeper of whom that is told keeps it.
    """

    case_id: str
    event_id: str
    position: int
    digest: str
    size: int | None
    media_type: str | None
    standing: str
    recorded_at: str
    happened: When
    retracted_by: str | None
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    description: Text
    place: Whereabouts
    custody: Custody
    findings: tuple[FindingResting, ...]


def exhibits(
    reader: Reader, view: CaseView, texts: Mapping[str, DisclosedTexts] | None = None
) -> Iterator[Exhibit]:
    """Yield the exhibits of a case, in the order of their registration, retracted ones among them.

    Args:
        reader: the record.
        view: the case. What had not happened by the moment asked about is left out.
        texts: the sealed texts of the case, by event id, where they were read already.
    """
    chosen = [fact for fact in view.happened() if fact.kind == "evidence-registered"]
    passed = list(view.standing("custody-transferred"))
    if texts is None:
        texts = disclose(reader, view.case, [*chosen, *passed]) if chosen else {}
    resting = _resting(view) if chosen else {}
    for fact in chosen:
        kept = custody(view, fact)
        yield Exhibit(
            case_id=view.case_id,
            event_id=fact.event_id,
            position=fact.event.position,
            digest=fact.fields["digest"],
            size=fact.fields.get("size"),
            media_type=fact.fields.get("media_type"),
            standing=fact.fields["standing"],
            recorded_at=fact.event.recorded_at,
            happened=view.when(fact),
            retracted_by=fact.retracted_by,
            disputed_by=fact.disputes,
            corrected_by=fact.corrections,
            description=texts[fact.event_id].text("description"),
            place=whereabouts(kept, texts),
            custody=kept,
            findings=tuple(resting.get(fact.event_id, ())),
        )


def whereabouts(kept: Custody, texts: Mapping[str, DisclosedTexts]) -> Whereabouts:
    """Tell where an exhibit is, by the last step of its custody that tells.

    A step that may have told, but whose text is withheld or erased, hides every earlier one.
    """
    for step in (*(link.step for link in reversed(kept.links)), kept.collection):
        text = texts[step.event_id].text("location")
        if text.state != "not told":
            return Whereabouts(text, step.event_id)
    return Whereabouts(Text(None, "not told"))


def of_cases(record: RecordView, case: str | None = None) -> Iterator[CaseView]:
    """Look at a case, or at each case with an exhibit in turn; one is in memory at a time."""
    if case is not None:
        return record.each_of((case,))
    registered = record.events(kinds={"evidence-registered"})
    return record.each_of(dict.fromkeys(event.case_id for event in registered))


def parties(facts: CaseFacts) -> set[str]:
    """Find who is named where exhibits are told of: their keepers, and subjects of findings."""
    named = ("collected_by", "from", "to", "subject")
    kinds = ("evidence-registered", "custody-transferred", "finding-made")
    return {
        fact.fields[name]
        for fact in facts.facts.values()
        if fact.kind in kinds
        for name in named
        if name in fact.fields
    }


def same_bytes(facts: CaseFacts, digest: str) -> Iterator[Fact]:
    """Yield the exhibits of a case that stand and have a digest."""
    for fact in facts.standing("evidence-registered"):
        if fact.fields["digest"] == digest:
            yield fact


def _resting(view: CaseView) -> dict[str, list[FindingResting]]:
    """Find the findings that rest on each exhibit, by its event id."""
    found: dict[str, list[FindingResting]] = {}
    for finding in view.standing("finding-made"):
        rest = FindingResting(
            finding.event_id,
            finding.event.position,
            finding.fields["subject"],
            finding.fields["outcome"],
        )
        for exhibit in view.basis_in_case(finding).of("evidence-registered"):
            found.setdefault(exhibit.event_id, []).append(rest)
    return found
