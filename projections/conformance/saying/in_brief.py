"""Say verdicts beside another answer: which rules fail, and how many cannot be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.conformance.judgement import Activation, Verdict, title_words
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.output.judged_case import is_fault
from answerable.projections.facts.names import Names
from answerable.projections.facts.record_view import RecordView


def verdicts_on(
    reader: Reader,
    case_id: str,
    known: Names,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    now: Asked | None = None,
) -> tuple[Verdict, ...]:
    """Judge a case by the policies in force, as `answerable check` does; what applies alone.

    Args:
        reader: the record.
        case_id: which case.
        known: the registered parties.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.
        now: what deadlines are judged by where no moment is asked about; None: by none.
    """
    moment = now if as_of is None else as_of
    record = RecordView(reader, moment, known_by, name_of=known.called, type_of=known.type_of)
    judges = Judges(record, now=as_of is None and now is not None)
    found = judges.judge(record.case(case_id))
    return tuple(each for each in found if each.applies)


def about(verdicts: Sequence[Verdict], events: Collection[str]) -> Iterator[Verdict]:
    """Yield verdicts with what they say of some events alone: what those have a part in.

    Args:
        verdicts: those on a case.
        events: the events, by id.
    """
    for each in verdicts:
        own = tuple(one for one in each.activations if not set(one.events).isdisjoint(events))
        if own:
            yield each._replace(activations=own, verdict=own[0].verdict, explanation=_told(own))


def _told(activations: Sequence[Activation]) -> str:
    worst = activations[0].verdict
    return " ".join(each.text for each in activations if each.verdict == worst)


def brief_lines(verdicts: Sequence[Verdict], *, now: bool = False) -> Iterator[str]:
    """Say which rules fail, and how many cannot be told or are pending; nothing of none.

    Args:
        verdicts: those on a case.
        now: whether no moment was asked about, so that deadlines are judged as of now.
    """
    if not verdicts:
        return
    failing = [each for each in verdicts if is_fault(each)]
    beside = [
        say(said, number=figures(number))
        for what, said in BESIDE.items()
        if (number := sum(each.verdict == what for each in verdicts))
    ]
    rules = say_count("{number} rule", "{number} rules", len(verdicts))
    if failing:
        fails = say_count(
            "{number} of {rules} fails", "{number} of {rules} fail", len(failing), rules=rules
        )
    else:
        fails = say("None of {rules} fails", rules=rules)
    if now:
        fails = say("{verdicts}, as of now", verdicts=fails)
    yield punctuation("; ").join((fails, *beside))
    yield from (f"  {title_words(each.title, adopted=each.adopted)}" for each in failing)


BESIDE = {
    "indeterminate": to_say("{number} cannot be told"),
    "pending": to_say("{number} pending"),
}
"""Says how many rules neither fail nor pass, by their verdict."""
