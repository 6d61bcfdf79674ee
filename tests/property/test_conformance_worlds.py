"""Test that the engine says of small made-up cases what brute force over their worlds says.

The brute force reads a case as the published suite writes it, and shares nothing with the engine:
dates, order, selection and templates, with windows and closings, as of some day.
"""

import json
from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples
from tests.support.published_suite import SuiteCase, activations, answered, position_of
from tests.support.suite_answers import Answers

KINDS = ("report-received", "investigation-opened", "backlash-observed")
PAST = ("precedence", "alternate-precedence", "chain-precedence")
WHOLE = ("existence", "absence", "exactly", "init", "end", "choice", "exclusive-choice")
FORWARD = (
    *("response", "succession", "alternate-response", "alternate-succession", "chain-response"),
    *("chain-succession", "responded-existence", "co-existence", "not-co-existence"),
    *("not-succession", "not-chain-succession"),
)
HEAD = 'format = "answerable-policy/1"\nid = "s"\nversion = "1"\ntitle = "S"\njurisdictions = ["*"]'


def date(random: Random) -> str | None:
    """Make up a date between 5 and 8 January, or none; instants are in the published suite."""
    one, other = sorted(random.randint(5, 8) for _ in range(2))
    return random.choice(
        (
            *(f"2026-01-0{one}",) * 4,
            *(f"2026-01-0{one}/2026-01-0{other}",) * 3,
            f"../2026-01-0{one}",
            None,
        )
    )


def event(random: Random, number: int) -> dict[str, Any]:
    """Make up an event; some that are dated rest on an earlier one."""
    told = date(random)
    made = {
        "kind": random.choice(KINDS),
        "case_id": "c",
        "event_id": _id(number),
        "occurred": told,
        "basis": [_id(random.randint(1, number - 1))]
        if number > 1 and random.random() < 0.25
        else None,
    }
    return {name: value for name, value in made.items() if value is not None}


def rule(random: Random) -> dict[str, Any]:
    """Make up a rule of a template, some with a deadline."""
    template = random.choice((*PAST, *WHOLE, *FORWARD, "response"))
    found: dict[str, Any] = {"id": "x", "kind": "declare", "template": template}
    other = random.choice(KINDS[:2])
    if template in PAST:
        return {**found, "first": KINDS[0], "then": other}
    found["when"] = KINDS[0]
    if template in ("existence", "absence", "exactly"):
        return {**found, "count": random.choice((1, 2))}
    if template in ("init", "end"):
        return {**found, "when": random.choice((KINDS[0], "case-closed"))}
    found["then"] = random.choice((other, other, other, "case-closed"))
    if template == "response" and random.random() < 0.6:
        found["within"] = {"days": random.choice((1, 2))}
    return found


def made_up(random: Random) -> SuiteCase:
    """Make up a case with a policy of one rule, and a day to judge it by."""
    opened = {"kind": "case-opened", "title": "S", "occurred": "2025-01-01"}
    lines = [{**opened, "case_id": "c", "event_id": _id(0)}]
    lines += [event(random, number + 1) for number in range(random.choice((1, 2, 2, 3, 3, 4)))]
    if random.random() < 0.6:
        on = random.choice(("2026-01-09", "2026-01-07", "2026-01-06/2026-01-08", "../2026-01-09"))
        closed = {"kind": "case-closed", "disposition": "other", "occurred": on}
        lines.append({**closed, "case_id": "c", "event_id": _id(len(lines))})
    policy = [HEAD, "[[rule]]", *map(_line, rule(random).items()), 'text = "S."', 'source = "s"']
    question = {
        "case": "c",
        "as_of": random.choice(("2026-01-06", "2026-01-08", "2026-01-20")),
        "known_by": None,
        "recorded_at": [f"2026-01-10T00:{minute:02}:00Z" for minute in range(len(lines))],
    }
    return SuiteCase("made up", question, {}, tuple(lines), "\n".join(policy).encode())


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(20))
def test_what_is_said_of_each_activation_is_so_in_some_world_and_all_is_said(
    random: Random,
) -> None:
    case = made_up(random)
    answers = Answers(case)
    right = answers.values("x")
    verdict = answered(case)["x"]
    whole = case.document().policy.rule[0].template in WHOLE  # type: ignore[union-attr]
    found = activations(verdict, position_of(case))
    assert {each.whole for each in verdict.activations} <= {whole}
    told = [case.policy, case.question["as_of"], *map(str, case.lines)]
    if answers.drawn:
        assert all(found.get(each, set()) >= values for each, values in right.items()), told
    else:
        assert found == right, told


def _basis(random: Random, number: int) -> list[str] | None:
    if number == 1 or random.random() > 0.25:
        return None
    return [_id(random.randint(1, number - 1))]


def _id(number: int) -> str:
    return f"019b8a5e-7c00-7000-8000-{number:012x}"


def _line(field: tuple[str, Any]) -> str:
    name, value = field
    if isinstance(value, Mapping):
        return f"{name} = {{ {', '.join(f'{key} = {each}' for key, each in value.items())} }}"
    return f"{name} = {json.dumps(value)}"
