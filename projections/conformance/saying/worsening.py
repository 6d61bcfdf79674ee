"""Tell what an event made worse in its case: what fails since, or cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.projections.conformance.judgement import Judged, Outcome, explained
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.worlds import ORDER, Judgement
from answerable.projections.facts.facts import fold
from answerable.projections.facts.record_view import RecordView

GRAVE: tuple[Judgement, ...] = ("fail", "indeterminate")


class Worse(NamedTuple):
    """A rule that finds more at fault in a case, or more that cannot be told, than before.

    Attributes:
        policy: the policy that the rule is in.
        version: its version.
        rule: the id of the rule.
        text: the rule in words.
        source: where it is from.
        severity: what its failure amounts to.
        was: what it came to before.
        now: the gravest of what is new.
        explanation: what is new, in sentences.
    """

    policy: str
    version: str
    rule: str
    text: str
    source: str
    severity: str
    was: Judgement
    now: Judgement
    explanation: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return as_dict(self)


def worsened_by(record: RecordView, case_id: str, event_id: str) -> tuple[Worse, ...]:
    """Tell what an event made worse in its case, as of the moment that the record is looked at.

    Args:
        record: the record.
        case_id: the case.
        event_id: the event, which was recorded in it.
    """
    judges = Judges(record)
    view = record.case(case_id)
    before = (each for each in record.events(case=case_id) if each.event_id != event_id)
    earlier = record.look_at(fold(case_id, before, view.zone))
    return worse(judges.outcomes(earlier), judges.outcomes(view))


def worse(before: Sequence[Outcome], after: Sequence[Outcome]) -> tuple[Worse, ...]:
    """Tell what is graver, of the same rules on a case as it was and as it is."""
    return tuple(_worse(before, after))


def _worse(before: Sequence[Outcome], after: Sequence[Outcome]) -> Iterator[Worse]:
    for was, now in zip(before, after, strict=True):
        known = {_what(each): ORDER.index(each.judgement) for each in was.judged}
        new = [
            each
            for each in now.judged
            if each.judgement in GRAVE
            and ORDER.index(each.judgement) < known.get(_what(each), len(ORDER))
        ]
        if new:
            head = now.head
            yield Worse(
                head.policy,
                head.version,
                head.rule,
                head.text,
                head.source,
                head.severity,
                was.verdict,
                min((each.judgement for each in new), key=ORDER.index),
                explained(new),
            )


def _what(judged: Judged) -> tuple[str, str]:
    """Return what tells an activation from the others of its rule: its event, and what is said."""
    return (judged.events[0] if judged.events else "", "" if judged.events else judged.telling.said)
