"""Tell what each step of a case changed in its verdicts, as it was known right after the step.

At each step the case is judged by what was on record by then: its own events, the policies, the
registers, and other cases. So the verdicts after the last step are those that `check` gives; but
where too many findings of other cases are like one, how it was answered is not held against them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from answerable.domain.edtf import moment
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.conformance.house import House
from answerable.projections.conformance.in_force.versions import versions_of
from answerable.projections.conformance.judgement import Outcome, title_words
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import NameOf, TypeOf
from answerable.projections.facts.record_view import RecordView
from answerable.projections.like_findings import LikeFindings
from answerable.projections.replay.moving.keeping import Keeping
from answerable.projections.replay.moving.moved import Moving
from answerable.projections.replay.remembering import RememberingReader

MOST_JUDGED = 500
"""The most events of a case that is judged at each step: what moves a rule has it judged anew, over
all that it is about, so that the effort grows with more than their number."""

MOST_LIKE = 200
"""The most like findings of other cases that are worked out anew at each step. Of more, the step
says so: what it costs to replay a case does not grow with the house."""


class VerdictChange(NamedTuple):
    """A rule whose verdict a step changed.

    Attributes:
        rule: the rule, with its policy: `generic/heard-first`.
        title: the rule in words.
        was: its verdict before.
        now: its verdict after.
        explanation: the verdict after, in plain sentences.
    """

    rule: str
    title: str
    was: Judgement
    now: Judgement
    explanation: str


class RunningVerdicts:
    """The verdicts on a case, as they stood after each of its steps."""

    def __init__(
        self,
        reader: Reader,
        events: Sequence[RecordedEvent],
        as_of: Asked | None,
        *,
        name_of: NameOf,
        type_of: TypeOf,
    ) -> None:
        """Begin before the first event of a case.

        Args:
            reader: the record.
            events: all that is known of the case, in the order of recording.
            as_of: what had not happened by then is left out.
            name_of: what to call a party.
            type_of: what a party is.
        """
        self._reader = RememberingReader(reader)
        self._moving = Moving(self._reader, events, timeless=as_of is not None)
        self._as_of = as_of
        self._name_of = name_of
        self._type_of = type_of
        self._before: dict[str, Judgement] = {}
        self._preparing = Keeping()
        self._judges: Judges | None = None

    def take_in(self, view: CaseView, event: RecordedEvent) -> tuple[VerdictChange, ...]:
        """Take in one more event of the case, and tell which verdicts it changed.

        Args:
            view: the case with the event.
            event: the event.
        """
        record = RecordView(
            self._reader,
            self._as_of,
            moment(event.recorded_at),
            name_of=self._name_of,
            type_of=self._type_of,
        )
        then = record.look_at(view.case)
        record.keep(then)
        changed = []
        after: dict[str, Judgement] = {}
        judging = self._judging(record)
        adopted = any(each.adopted for each in judging.versions.readable)
        self._preparing.go_on(self._moving.after(then, event), adopted=adopted)
        for outcome in judging.outcomes(then):
            rule = f"{outcome.head.policy}/{outcome.head.rule}"
            after[rule] = outcome.verdict
            was = self._before.get(rule, "not-applicable")
            if was != outcome.verdict:
                changed.append(_change(rule, was, outcome))
        self._before = after
        return tuple(changed)

    def _judging(self, record: RecordView) -> Judges:
        """Return what judges a record; its rules are made ready where other versions judge."""
        versions = versions_of(record)
        house = House(record, comparing=LikeFindings(record, most=MOST_LIKE))
        known = self._judges
        if known is not None and known.judge_by(versions):
            self._judges = known.of(house)
        else:
            self._judges = Judges(record, versions, house=house, preparing=self._preparing)
        return self._judges


def _change(rule: str, was: Judgement, outcome: Outcome) -> VerdictChange:
    verdict = outcome.in_words()
    title = title_words(verdict.title, adopted=verdict.adopted)
    return VerdictChange(rule, title, was, outcome.verdict, verdict.explanation)
