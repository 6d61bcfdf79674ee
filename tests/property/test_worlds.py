"""Whatever the dates leave open, an answer is yes or no only where every possible world agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from random import Random
from typing import Any, NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import ENDS, RECORD, records
from tests.support.lengths import examples
from tests.support.possible_worlds import PEOPLE, World, end_of, loose

from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.appeals import appeal_state
from answerable.projections.accountability.bars import bars_of
from answerable.projections.accountability.interim import STATE
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.accountability.outside.agreements import agreements_of
from answerable.projections.accountability.outside.proceedings import proceedings_of
from answerable.projections.accountability.sanctions import course
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import CaseFacts, fold, of_case
from answerable.projections.facts.lifecycle import case_status

MOST_WORLDS = 4_000

days = st.integers(1, 4)

Told = Mapping[tuple[str, str], frozenset[Any]]
"""Of each question about each thing, the answers that are held to be possible."""

YES_NO: Mapping[str, frozenset[Any]] = {
    "yes": frozenset((True,)),
    "no": frozenset((False,)),
    "unknown": frozenset((True, False)),
}


ANSWERS = {state: answer for answer, state in STATE.items()}


class Question(NamedTuple):
    """Something that can be asked of each event of a kind."""

    name: str
    kind: str
    of: Callable[[World, str], Any]


QUESTIONS = (
    Question("blames", "finding-made", World.blames),
    Question("blames as alleged", "finding-made", World.blames_as_alleged),
    Question("in force as alleged", "sanction-imposed", World.in_force_as_alleged),
    Question("in force", "sanction-imposed", World.in_force),
    Question("to execute", "sanction-imposed", World.to_execute),
    Question("running", "interim-measure-taken", World.running),
    Question("barred", "counterparty-barred", World.barred),
    Question("to decide", "appeal-lodged", World.to_decide),
    Question("to answer", "allegation-made", World.to_answer),
    Question("owed", "commitment-made", World.owed),
    Question("state", "sanction-imposed", World.state),
    Question("state", "agreement-made", World.agreement),
    Question("state", "commitment-made", World.promise),
    Question("state", "proceeding-opened", lambda world, about: world.proceeding(about)[0]),
    Question("outcome", "proceeding-opened", lambda world, about: world.proceeding(about)[1]),
    Question("appeal", "finding-made", World.appeal),
    Question("appeal", "decision-taken", World.appeal),
)

OPEN = {
    "sanction to execute": "to execute",
    "appeal to decide": "to decide",
    "allegation without a finding": "to answer",
    "commitment to fulfil": "owed",
}

APPEALS = frozenset(("none", "withdrawn", "dismissed", "partly-allowed", "pending", "allowed"))
STATUS = frozenset(("open", "closed", None))

OUTCOMES = frozenset(("acquitted", "convicted", None))

STATES = ("state", "outcome", "appeal")
"""Questions that are not answered by yes or no."""

VAGUE = ("appeal", "outcome", "case")
"""Questions to which `indeterminate` does not say which answers are possible."""


def told(facts: CaseFacts, as_of: datetime | None) -> dict[tuple[str, str], frozenset[Any]]:
    """What the projections answer."""
    # What had not happened, whichever way the dates fell, is not listed at all.
    found: dict[tuple[str, str], frozenset[Any]] = {
        (question.name, fact.event_id): YES_NO["no"]
        for fact in facts.standing()
        for question in QUESTIONS
        if question.kind == fact.kind and question.name not in STATES
    }
    found |= {("accountable", party): YES_NO["no"] for party in PEOPLE}
    found |= {("accountable as alleged", party): YES_NO["no"] for party in PEOPLE}
    for person in accountability_of(CaseView(facts, as_of)).people:
        found["accountable", person.party] = YES_NO[person.accountable]
        alleged = YES_NO[person.accountable_as_alleged]
        found["accountable as alleged", person.party] = alleged
        for finding in person.findings:
            found["blames", finding.event_id] = YES_NO[finding.blames]
            found["blames as alleged", finding.event_id] = YES_NO[finding.blames_as_alleged]
        for sanction in person.sanctions:
            found["in force", sanction.event_id] = YES_NO[sanction.in_force]
            held = YES_NO[sanction.in_force_as_alleged]
            found["in force as alleged", sanction.event_id] = held
            assert (
                course(CaseView(facts, as_of), facts.facts[sanction.event_id]).state
                == sanction.state
            )
            states = frozenset(sanction.may_be or (sanction.state,))
            found["state", sanction.event_id] = states
        for interim in person.interim:
            found["running", interim.event_id] = YES_NO[ANSWERS[interim.state]]
    for agreement in agreements_of(CaseView(facts, as_of)):
        found["state", agreement.event_id] = frozenset(agreement.may_be or (agreement.state,))
        for promise in agreement.terms:
            found["state", promise.event_id] = frozenset(promise.may_be or (promise.state,))
    for proceeding in proceedings_of(CaseView(facts, as_of)):
        found["state", proceeding.event_id] = frozenset(proceeding.may_be or (proceeding.state,))
        vague = proceeding.outcome == "indeterminate"
        found["outcome", proceeding.event_id] = (
            OUTCOMES if vague else frozenset((proceeding.outcome,))
        )
    for bar in bars_of(CaseView(facts, as_of)):
        found["barred", bar.event_id] = YES_NO[bar.in_force]
    for each in obligations_of(CaseView(facts, as_of)):
        if each.what in OPEN:
            found[OPEN[each.what], each.event_id] = YES_NO[each.open]
    for fact in facts.standing("finding-made", "decision-taken"):
        appeal = appeal_state(CaseView(facts, as_of), fact)
        vague = appeal == "indeterminate"
        found["appeal", fact.event_id] = APPEALS if vague else frozenset((appeal,))
    status = case_status(CaseView(facts, as_of))
    found["case", ""] = STATUS if status == "indeterminate" else frozenset((status,))
    view = CaseView(facts, as_of)
    found |= {
        ("happened", fact.event_id): YES_NO[view.when(fact)]
        for fact in facts.standing()
        if fact.kind not in RECORD
    }
    return found


def true(
    worlds: Iterable[World], asked: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], set[Any]]:
    """What is so in the worlds."""
    of = {(each.name, each.kind): each.of for each in QUESTIONS}
    found: dict[tuple[str, str], set[Any]] = {each: set() for each in asked}
    for world in worlds:
        for (name, about), answers in found.items():
            if name == "accountable":
                answers.add(world.accountable(about))
            elif name == "accountable as alleged":
                answers.add(world.accountable_as_alleged(about))
            elif name == "case":
                answers.add(world.case())
            elif name == "happened":
                answers.add(world.happened(about))
            else:
                answers.add(of[name, world.steps[about]["kind"]](world, about))
    return found


def known(log: Memory, count: int) -> CaseFacts:
    """The case as it was known when so many events were recorded."""
    return of_case(log, "c", known_by=datetime.fromisoformat(log.log[count - 1].recorded_at))


@settings(max_examples=examples(90))
@given(records(moves=8, imprecise=9), days, st.integers(1, 18), st.randoms())
def test_no_answer_is_given_that_a_possible_world_contradicts(
    log: Memory, day: int, count: int, random: Random
) -> None:
    assume(log.log)
    count = min(count, len(log.log))
    answers = told(known(log, count), end_of(day))
    worlds = loose(log.log[:count]).some(day, random, 40)
    for question, values in true(worlds, answers).items():
        assert values <= answers[question], question


@settings(max_examples=examples(45))
@given(records(moves=6, imprecise=9, themes=ENDS), days, st.randoms())
def test_what_was_withdrawn_stood_until_then_in_every_possible_world(
    log: Memory, day: int, random: Random
) -> None:
    answers = told(fold("c", log.log), end_of(day))
    for question, values in true(loose(log.log).some(day, random, 40), answers).items():
        assert values <= answers[question], question


def test_an_answer_is_seldom_indeterminate_where_all_possible_worlds_agree() -> None:
    """Decision 15 lists where answers are more careful than they need be."""
    answered: list[bool] = []

    @settings(max_examples=examples(90))
    @given(records(moves=5, imprecise=3), days)
    def ask(log: Memory, day: int) -> None:
        left_open = loose(log.log)
        assume(log.log and left_open.size <= MOST_WORLDS)
        answers = told(fold("c", log.log), end_of(day))
        found = true(left_open.worlds(day), answers)
        assume(all(found.values()))
        for question, values in found.items():
            assert values <= answers[question], question
            vague = question[0] in VAGUE and len(values) > 1
            answered.append(vague or values == answers[question])

    ask()
    assert answered.count(False) <= len(answered) // 100
