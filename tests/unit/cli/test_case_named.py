"""The environment names a case where one has to be named, says so, and narrows no question."""

from __future__ import annotations

import pytest
from tests.unit.cli.conftest import Here

SAID = "The case is xiaomi-kol, by ANSWERABLE_CASE."
LESSON = ("append", "lesson-recorded", "--lesson", "x")


@pytest.fixture
def named(story: Here, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setenv("ANSWERABLE_CASE", "xiaomi-kol")
    return story


@pytest.mark.parametrize("command", [("timeline",), ("report",), ("replay",)])
def test_a_question_about_a_case_is_about_that(named: Here, command: tuple[str, ...]) -> None:
    told = named(*command)
    assert SAID in told.err
    assert told.out == named(*command, "xiaomi-kol").out
    assert SAID not in named(*command, "xiaomi-kol").err


def test_an_event_is_recorded_in_it_and_the_receipt_names_it(named: Here) -> None:
    told = named(*LESSON)
    assert SAID in told.err
    assert "Contact with a KOL" in told.out
    named("append", "case-opened", "--case", "c-2", "--title", "Gifts")
    other = named(*LESSON, "--case", "c-2")
    assert "Gifts" in other.out
    assert SAID not in other.err


@pytest.mark.parametrize(
    "question", [("status",), ("bars",), ("gaps",), ("log",), ("cases",), ("export",), ("metrics",)]
)
def test_no_question_about_all_cases_is_narrowed(
    named: Here, monkeypatch: pytest.MonkeyPatch, question: tuple[str, ...]
) -> None:
    named("append", "case-opened", "--case", "c-2", "--title", "Gifts")
    with_it = named(*question)
    monkeypatch.delenv("ANSWERABLE_CASE")
    without = named(*question)
    assert (with_it.out, with_it.err) == (without.out, without.err)


def test_the_registers_keep_their_own_case(named: Here) -> None:
    told = named("append", "party-registered", "--party", "p-9", "--type", "person")
    assert SAID not in told.err
    assert '"case_id":"house"' in named("log", "--last", "1", "--json").out


def test_a_wrong_one_is_refused_as_if_it_had_been_given(
    named: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWERABLE_CASE", "xiaomi-kl")
    size = len(named("log").out.splitlines())
    for command, code in ((LESSON, 3), (("timeline",), 2)):
        told = named(*command, code=code)
        assert "The case is xiaomi-kl, by ANSWERABLE_CASE." in told.err
        assert "Did you mean xiaomi-kol (Contact with a KOL)?" in " ".join(told.err.split())
    assert len(named("log").out.splitlines()) == size
    monkeypatch.setenv("ANSWERABLE_CASE", "")
    assert "Missing option '--case'" in named(*LESSON, code=2).err


def test_a_correction_in_the_wrong_case_is_told_the_right_one(named: Here) -> None:
    told = named("append", "retraction", "--target", "3", "--reason", "x", code=3)
    assert "#3 is of the case 'house', not of 'xiaomi-kol'" in " ".join(told.err.split())
    assert "Say --case house." in " ".join(told.err.split())
