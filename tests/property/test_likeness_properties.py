"""Hold what cases of one pattern share against what each is found to be when it is judged alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.large import case, varied
from tests.property.test_policy_properties import POLICIES
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples
from tests.support.possible_worlds import DATES, end_of

from answerable.domain.errors import AnswerableError
from answerable.domain.parsing import parse
from answerable.domain.record import LEDGERS_OWN
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.conformance import handfuls
from answerable.projections.conformance.in_force.versions import Versions
from answerable.projections.conformance.judgement import Outcome
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.likeness import at_hand, letters, pattern, sharing
from answerable.projections.conformance.likeness.watching import Watch
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.time import read

DAY = re.compile("2026-01-0[1-9]")

PLACE = letters.Place

SWAPPED = {"p-1": "p-2", "p-2": "p-1"}

ADOPTED = Versions(
    tuple(
        version._replace(event_id=f"v-{at}", position=at, begins=begins, ends=ends)
        for at, (version, begins, ends) in enumerate(
            (version, read(begins), read(ends))
            for version, (begins, ends) in zip(
                [POLICIES.readable[0], *POLICIES.readable],
                (("2025", "2026-01-02"), ("2026-01-02", None), *[("2026-01-03", None)] * 9),
                strict=False,
            )
        )
    )
)
"""The profiles as a house adopted them: the first in two versions, one after the other."""


def _stretched(told: dict[str, Any], days: int) -> dict[str, Any]:
    """Put days further apart, each in its place."""

    def later(found: re.Match[str]) -> str:
        day = date.fromisoformat(found[0])
        return str(date(2026, 1, 1) + (day - date(2026, 1, 1)) * days)

    changed: dict[str, Any] = json.loads(DAY.sub(later, json.dumps(told)))
    return changed


def _by_days(told: dict[str, Any]) -> dict[str, Any]:
    """Tell of dates their days alone."""
    text = re.sub(r"T[0-9:]+|[~?%](?=[/\"])", "", json.dumps(told))
    changed: dict[str, Any] = json.loads(text)
    return changed


def several(log: Memory, changes: Sequence[tuple[int, str, str | None]], zone: Zone) -> Memory:
    """Record a case several times: its events and people are others, and one date may be.

    Args:
        log: the case.
        changes: of each time but the first two, which event is told otherwise; its date, or
            nothing, where it is about someone else; and how its days are told.
        zone: where days are days.
    """
    found = Memory(zone)
    for number, (changed, date_, way) in enumerate([*[(-1, "", None)] * 2, *changes]):
        ids: dict[str, str] = {"p-1": f"p-1-{number}", "p-2": f"p-2-{number}"}
        for at, event in enumerate(log.log):
            told = {
                name: value
                for name, value in {**event.fields, **log.texts[event.position]}.items()
                if name not in LEDGERS_OWN and name not in ("event_id", "case_id")
            }
            if at == changed and date_:
                told["occurred"] = date_
            told = _by_days(told) if way == "by days" else told
            told = _stretched(told, 2) if way == "stretched" else told
            text = json.dumps(told)
            if at == changed and not date_:
                text = re.sub("p-[12]", lambda found: SWAPPED[found[0]], text)
            for old, new in ids.items():
                text = text.replace(f'"{old}"', f'"{new}"')
            try:
                new = found.add(f"c-{number}", **json.loads(text))
            except AnswerableError:
                continue
            ids[event.event_id] = new
    return found


def told(outcome: Outcome) -> tuple[object, ...]:
    """Tell all that an outcome tells."""
    found = [(each.values, each.events, each.versions, each.whole) for each in outcome.judged]
    witnesses, words = outcome.witnesses, outcome.in_words()
    return (outcome.head, outcome.verdict, found, witnesses, outcome.late, words)


def shared_as_alone(record: RecordView, versions: Versions) -> None:
    """Hold what cases share against what each is found to be when it is judged alone."""
    judges, alone = (Judges(record, versions, every=True) for _ in range(2))
    for view, outcomes in judges.outcomes_of_each(record.each_case()):
        assert [*map(told, outcomes)] == [*map(told, alone.outcomes(view))], view.case_id


CHANGES = st.lists(
    st.tuples(
        st.sampled_from((-1, -1, *range(8))),
        st.sampled_from(["", "", *filter(None, DATES)]) | st.just(""),
        st.sampled_from((None, None, None, "stretched", "stretched", "by days")),
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=examples(12))
@given(
    records(moves=8, imprecise=4),
    CHANGES,
    st.none() | st.integers(1, 6),
    st.sampled_from(("shipped", "adopted")),
    st.sampled_from((UNTOLD, Zone("Asia/Shanghai", "asker"))),
    st.lists(st.sampled_from(("roles", "authorities")), max_size=1),
)
def test_what_cases_of_a_pattern_share_is_what_each_is_found_to_be(
    log: Memory,
    changes: list[tuple[int, str, str | None]],
    day: int | None,
    policies: str,
    zone: Zone,
    registers: list[str],
) -> None:
    cases = several(log, changes, zone)
    if "roles" in registers:
        cases.add("house", kind="role-assigned", party="p-1-1", role="lead", reports_to="p-2-1")
    if "authorities" in registers:
        cases.add("house", kind="authority-granted", party="p-1-1", **{"from": "2026-01-02"})
    as_of = None if day is None else end_of(day) + timedelta(days=day // 6 * 300)
    record = RecordView(cases, as_of)
    shared_as_alone(record, ADOPTED if policies == "adopted" else POLICIES)


def variants(events: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield a case, and it again with each thing that is told in it left out or told otherwise."""
    yield from ([*events], [*events])
    for at, event in enumerate(events):
        for field in event.keys() - {"event_id", "case_id", "kind"}:
            for other in (None, *_otherwise(field, event[field], events)):
                changed = {name: value for name, value in event.items() if name != field}
                if other is not None:
                    changed[field] = other
                yield [*events[:at], changed, *events[at + 1 :]]
        yield [*events[:at], event | {"standing": "alleged"}, *events[at + 1 :]]
        yield [*events[:at], *events[at + 1 :]]
    yield [*events]


def _otherwise(field: str, value: object, events: Sequence[dict[str, Any]]) -> Iterator[object]:
    """Yield what else a field may tell: other dates, other people of the case, other events."""
    if field in ("occurred", "due", "from"):
        yield from ("2026-01-04", "2026-01-07", "2026-01", "../2026-01-06", "2026-01-06T10:00:00Z")
    elif field in ("subject", "counterparty", "collected_by", "owner"):
        yield from {str(each["subject"]) for each in events if "subject" in each} - {value}
    elif field == "deciders":
        yield from ([str(each["subject"])] for each in events if "subject" in each)
    elif isinstance(value, list):
        yield from ([each] for each in value[1:])
        yield [events[1]["event_id"]]
    elif field == "measure":
        yield "dismissal"
    elif field == "responsibility":
        yield "managerial"


@pytest.mark.parametrize("day", ["2026-01-06", "2026-01-31", "2026-11-01"])
def test_no_difference_between_cases_is_overlooked(
    day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "IN_VAIN", 1_000_000)
    log = Memory()
    for number, told_of in enumerate(variants(list(case(0, 8)))):
        text = json.dumps(told_of).replace("8c00", f"{number:04x}")
        text = text.replace("case-0", f"c-{number:03}")
        text = text.replace('"board"', f'"board-{number}"')
        for fields in json.loads(text):
            with suppress(AnswerableError):
                log.record(parse(fields), recorded_at="2026-03-01T12:00:00.000000Z")
    types = {f"board-{number}": "body"}
    as_of = datetime.fromisoformat(f"{day}T23:00:00Z")
    shared_as_alone(RecordView(log, as_of, type_of=types.get), POLICIES)


@pytest.mark.parametrize(
    "left_out",
    [at_hand.answer, at_hand.field, at_hand.kind_of_party, pattern._take_in, letters.Place],
    ids=["what dates tell", "what fields tell", "what a party is", "who is who", "the letter"],
)
def test_what_is_not_noted_would_be_noticed(left_out: Callable[..., Any]) -> None:
    asked = Watch.ask

    def unnoted(watch: Watch, question: Callable[..., Any], *about: object) -> Any:
        if question is left_out:
            return question(watch.case, *about)
        return asked(watch, question, *about)

    with pytest.MonkeyPatch.context() as patch:
        if left_out is pattern._take_in:
            patch.setattr(pattern, "_take_in", lambda *_: True)
        elif left_out is letters.Place:
            patch.setattr(letters, "Place", lambda *_: PLACE(0, "kind", False, False))
        else:
            patch.setattr(Watch, "ask", unnoted)
        with pytest.raises((AssertionError, IndexError)):
            test_no_difference_between_cases_is_overlooked("2026-11-01", patch)


def asked_by_case(
    monkeypatch: pytest.MonkeyPatch, of: Callable[[int, int], Iterator[dict[str, Any]]], cases: int
) -> list[int]:
    """Judge cases; count the questions that dates were asked for each."""
    log, asked = Memory(), 0
    for number in range(cases):
        for event in of(number, 8):
            log.record(parse(event), recorded_at="2027-03-01T12:00:00.000000Z")
    answer = at_hand.answer

    def counting(*about: Any) -> object:
        nonlocal asked
        asked += 1
        return answer(*about)

    monkeypatch.setattr(at_hand, "answer", counting)
    monkeypatch.setattr(handfuls, "HANDFUL", 2)
    record = RecordView(log, datetime.fromisoformat("2030-01-01T00:00:00Z"))
    judged = Judges(record, POLICIES, every=True).outcomes_of_each(record.each_case())
    return [after - before for before, after in pairwise([asked for _ in judged])]


def test_cases_that_are_alike_to_the_letter_are_asked_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = asked_by_case(monkeypatch, case, 16)
    assert max(asked[:6]) > 0
    assert set(asked[6:]) == {0}


def test_reading_cases_to_the_letter_in_vain_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[None] = []
    monkeypatch.setattr(sharing, "IN_VAIN", 3)
    monkeypatch.setattr(letters.Letters, "learn", lambda *_: read.append(None))
    assert sum(asked_by_case(monkeypatch, varied, 24)[12:])
    assert len(read) == 3
