"""Say verdicts beside another answer: which rules fail, and how many cannot be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.conformance.judgement import Outcome, Verdict, title_words
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
    outcomes = _outcomes(reader, case_id, known, as_of, known_by, now)
    return tuple(found for each in outcomes if (found := each.in_words()).applies)


def verdicts_about(
    reader: Reader,
    case_id: str,
    known: Names,
    events: Collection[str],
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    now: Asked | None = None,
) -> tuple[Verdict, ...]:
    """Judge a case as `verdicts_on` does, and keep what some of its events have a part in.

    All that a verdict tells is of these: its witnesses, what is missing, its deadline.

    Args:
        reader: the record.
        case_id: which case.
        known: the registered parties.
        events: the events, by id.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.
        now: what deadlines are judged by where no moment is asked about; None: by none.
    """
    found = []
    for each in _outcomes(reader, case_id, known, as_of, known_by, now):
        own = [one for one in each.judged if not set(one.events).isdisjoint(events)]
        if own:
            about = each._replace(judged=own, verdict=own[0].judgement)
            found.append(about.in_words())
    return tuple(found)


def _outcomes(
    reader: Reader,
    case_id: str,
    known: Names,
    as_of: Asked | None,
    known_by: Asked | None,
    now: Asked | None,
) -> tuple[Outcome, ...]:
    moment = now if as_of is None else as_of
    record = RecordView(reader, moment, known_by, name_of=known.called, type_of=known.type_of)
    judges = Judges(record, now=as_of is None and now is not None)
    return judges.outcomes(record.case(case_id))


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
    if failing and len(verdicts) == 1:
        fails = say("The one rule that applies fails")
    elif failing:
        fails = say_count(
            "{number} of {rules} fails", "{number} of {rules} fail", len(failing), rules=rules
        )
    elif len(verdicts) == 1:
        fails = say("The one rule that applies does not fail")
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
