"""Hold what other answers say of the rules of a case against `check`, as of the same moment."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from tests.support.clock import set_clock
from tests.unit.cli.conftest import LATER, Here

PENDING = ("--occurred", "2026-10-30", "--due", "2026-12-01")


@pytest.fixture
def waiting(story: Here) -> Here:
    """The example, in which somebody promised something by a month from now."""
    promise = ("commitment-made", "--by", "person-2", "--promise", "a word")
    story.append(*promise, "--case", "xiaomi-kol", *PENDING)
    return story


def told(here: Here, *arguments: str) -> dict[str, Any]:
    found = here(*arguments, "--json", code=1 if arguments[0] == "check" else 0).out
    value: dict[str, Any] = json.loads(found.splitlines()[0])
    return value


def verdicts(value: dict[str, Any]) -> dict[str, str]:
    return {f"{v['policy']}/{v['rule']}": v["verdict"] for v in value["verdicts"] if v["applies"]}


@pytest.mark.parametrize("asked", [(), ("--as-of", "2026-12-02"), ("--as-of", "2026-02-01")])
def test_status_and_audit_say_what_check_says(waiting: Here, asked: tuple[str, ...]) -> None:
    right = told(waiting, "check", "xiaomi-kol", *asked)
    for command in (("status", "--case", "xiaomi-kol"), ("audit", "xiaomi-kol")):
        value = told(waiting, *command, *asked)
        assert verdicts(value) == verdicts(right)
        assert value["verdicts_as_of"] == right["as_of"]
        assert value["verdicts"] == [each for each in right["verdicts"] if each["applies"]]
    if asked:
        report = json.loads(waiting("report", "xiaomi-kol", *asked, "--format", "json").out)
        found = [each for each in report["checks"] if each["applies"]]
        assert found == [each for each in right["verdicts"] if each["applies"]]


def test_why_says_of_an_event_what_check_says_of_it_and_nothing_of_others(waiting: Here) -> None:
    right = {each["rule"]: each for each in told(waiting, "check", "xiaomi-kol")["verdicts"]}
    derivation = told(waiting, "why", "16")
    asked = set(derivation["nodes"])
    found = derivation["verdicts"]["xiaomi-kol"]
    assert len(found) > 1
    for each in found:
        own = [
            one for one in right[each["rule"]]["activations"] if not asked.isdisjoint(one["events"])
        ]
        assert each["activations"] == own
        assert each["verdict"] == own[0]["verdict"]
        assert set(each["witnesses"]) <= {event for one in own for event in one["events"]}
        assert set(each["missing"]) == {what for one in own for what in one["missing"]}
    (heard,) = (each for each in found if each["rule"] == "heard-first")
    assert heard["explanation"] == "No hearing before: the finding about Xu Fei (#16)."
    said = told(waiting, "why", "21")["verdicts"]["xiaomi-kol"]
    (several,) = (each for each in said if each["rule"] == "heard-first")
    assert several["explanation"].count("No hearing before") == 1, "what is said of several, once"


def test_what_is_pending_now_is_overdue_once_its_day_is_past(
    waiting: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = ("status", "--case", "xiaomi-kol")
    assert verdicts(told(waiting, *status))["generic/promised"] == "pending"
    assert "as of now; " in waiting(*status).out
    promise = told(waiting, "log", "--last", "1")["position"]
    found = told(waiting, "why", str(promise))["verdicts"]["xiaomi-kol"]
    assert [each["verdict"] for each in found if each["rule"] == "promised"] == ["pending"]
    set_clock(monkeypatch, lambda: datetime(2026, 12, 2, tzinfo=LATER.tzinfo))
    assert verdicts(told(waiting, *status))["generic/promised"] == "fail"


def test_the_report_tells_that_it_is_of_no_day(waiting: Here) -> None:
    said = waiting("report", "xiaomi-kol").out
    assert "As of no day: whether what is not done yet is late, as one rule asks" in said
    assert "he moment to judge by" not in said


def test_gaps_and_replay_tell_that_they_are_of_no_day(waiting: Here) -> None:
    assert waiting("gaps").err.startswith("As of no day: nothing is judged to be overdue, and ")
    assert "As of no day" not in waiting("gaps", "--as-of", "2026-12-02").err
    said = waiting("replay", "xiaomi-kol").out
    assert "Rules are judged as of no day: by what was on record after each step. As of" in said
    assert "of no day" not in waiting("replay", "xiaomi-kol", "--as-of", "2026-12-02").out
