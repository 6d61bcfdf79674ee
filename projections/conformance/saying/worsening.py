"""Tell what an event made worse in its case: what fails since, or cannot be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
        known = _by_what(was.judged)
        new = [
            each
            for what, judged in _by_what(now.judged).items()
            for each in _graver(known.get(what, ()), judged)
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


def _by_what(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """Sort activations by what they are about: an event, which may have several; or the case."""
    found: dict[str, list[Judged]] = {}
    for each in judged:
        about = each.events[0] if each.events and not each.whole else ""
        found.setdefault(about, []).append(each)
    return found


def _graver(before: Sequence[Judged], after: Sequence[Judged]) -> Iterator[Judged]:
    """Yield what is graver, of all that is found about one thing before and after.

    What is said of it as before is left aside. The rest is paired, the gravest with the gravest.
    """
    said = Counter(map(_as_said, before))
    new = []
    for each in after:
        words = _as_said(each)
        if said[words]:
            said[words] -= 1
        else:
            new.append(each)
    left = sorted(ORDER.index(judgement) for judgement, *_ in said.elements())
    left += [len(ORDER)] * len(new)
    new.sort(key=_gravity)
    for each, was in zip(new, left, strict=False):
        if each.judgement in GRAVE and _gravity(each) < was:
            yield each


def _as_said(judged: Judged) -> tuple[Judgement, str, str]:
    told = judged.telling
    return judged.judgement, told.said, str(told.item or "")


def _gravity(judged: Judged) -> int:
    return ORDER.index(judged.judgement)
