"""Hold that what is mistyped is asked about in one way, and all that is missing told at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.cli.conftest import Here

from answerable.domain.mistyped.nearest import MOST, did_you_mean, nearest

CASE = "xiaomi-kol (Contact with a KOL)"


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=20))
def test_what_is_offered_is_there_and_each_once(word: str, known: list[str]) -> None:
    found = nearest(word, known)
    assert {*found} <= {*known}
    assert len({*found}) == len(found) <= MOST


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=20), st.data())
def test_a_word_in_other_case_is_what_was_meant(known: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(known))
    assert word.casefold() in {each.casefold() for each in nearest(word.upper().casefold(), known)}


def test_one_question_is_asked_of_one_and_of_several() -> None:
    assert did_you_mean([]) == ""
    assert did_you_mean(["a"]) == "Did you mean a?"
    assert did_you_mean(["a", "b"]) == "Did you mean a or b?"
    assert did_you_mean(iter("abc")) == "Did you mean a, b or c?"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("stauts",), "No such command 'stauts'. Did you mean status?"),
        (("evidence", "lst"), "No such command 'lst'. Did you mean list?"),
        (("append", "sanctoin"), "there is no kind 'sanctoin'. Did you mean sanction"),
        (("status", "--acountable"), "No such option '--acountable'. Did you mean --accountable?"),
        (("--versoin",), "No such option '--versoin'. Did you mean --version?"),
        (("append", "contact", "--cas", "x"), "Did you mean --case"),
        (("timeline", "xiaomi-kl"), f"Did you mean {CASE}? `answerable cases`"),
        (("report", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("replay", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("report", "contact with a kol"), f"Did you mean {CASE}?"),
        (("status", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("gaps", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("metrics", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("bars", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("log", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("search", "KOL", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("export", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("evidence", "list", "--case", "xiaomi-kl"), f"Did you mean {CASE}?"),
        (("status", "--person", "Xu Fey"), "Did you mean person-2 (Xu Fei)?"),
        (("why", "Xu Fey"), "Did you mean person-2 (Xu Fei)?"),
        (("why", "person-22"), "Did you mean person-2 (Xu Fei)"),
        (("bars", "--party", "the KOl's"), "Did you mean person-1 (the KOL)?"),
        (("why", "xiaomi-kol"), "'xiaomi-kol' is a case: `answerable timeline xiaomi-kol`."),
        (("timeline", "person-2"), "is a party: `answerable status --party person-2`."),
        (("timeline", "Xu Fei"), "'Xu Fei' is a party: `answerable status --party person-2`."),
        (("report", "xiaomi-kol", "--format", "markdwn"), "Did you mean markdown?"),
        (
            ("report", "xiaomi-kol", "--format", "docx"),
            "'docx' is not one of text, markdown, html, pdf, json, csv, xlsx.",
        ),
    ],
)
def test_what_was_meant_is_asked_and_the_code_is_that_of_a_wrong_command_line(
    story: Here, command: tuple[str, ...], said: str
) -> None:
    told = story(*command, code=2)
    assert said in " ".join(told.err.split())
    assert told.out == ""


def test_what_is_like_nothing_is_not_asked_about(story: Here) -> None:
    for command in (("timeline", "zz"), ("qqqq",), ("why", "Qqqq Zzzz"), ("log", "--qqqq")):
        assert "Did you mean" not in story(*command, code=2).err


@pytest.mark.parametrize("wrong", ["", " ", "é" * 300, "%", "'; --", "#16", "-1", "\x1b[31m"])
def test_no_word_ends_in_anything_but_an_error(story: Here, wrong: str) -> None:
    for command in (("timeline", "--", wrong), ("status", f"--case={wrong}"), ("why", "--", wrong)):
        if command[0] == "why" and wrong == "#16":
            continue
        story(*command, code=2)


def test_a_choice_that_is_mistyped_is_asked_about_in_every_kind(story: Here) -> None:
    sanction = ("append", "sanction", "--case", "xiaomi-kol", "--subject", "p-1", "--measure")
    assert "Did you mean formal-reprimand?" in story(*sanction, "formal-repriman", code=2).err
    wrong = story("append", "correction", "--case", "xiaomi-kol", "--target", "22", "--set",
                  "measure=formal-repriman", code=2)  # fmt: skip
    assert "Did you mean formal-reprimand?" in wrong.err
    field = story("append", "correction", "--case", "xiaomi-kol", "--target", "22", "--set",
                  "measur=fine", code=3)  # fmt: skip
    assert "Did you mean measure or measure_text?" in " ".join(field.err.split())


def test_all_that_is_missing_is_told_at_once(story: Here) -> None:
    said = " ".join(story("append", "sanction", code=2).err.split())
    assert "Missing options: --case CASE The case that the event belongs to" in said
    assert "--subject PARTY Against whom." in said
    assert "--measure MEASURE The measure. One of training," in said
    assert "--subject" not in story("append", "sanction", "--subject", "p-1", code=2).err
    lesson = " ".join(story("append", "lesson-recorded", code=2).err.split())
    assert "Missing options: --case" in lesson
    assert "--lesson TEXT Which. Sealed. Or --edit, to write it there." in lesson
    assert "'--lesson'" not in story("append", "lesson-recorded", "--edit", code=2).err
    assert "Missing argument 'CASE': which case. `answerable cases`" in story("next", code=2).err
    error = story("append", "sanction", "--json", code=2).err
    assert "Missing options:" in error


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("audit", "--case", "xiaomi-kol"), "takes the case by itself: `answerable audit [CASE]`"),
        (("replay", "--case", "xiaomi-kol"), "takes the case by itself: `answerable replay CASE`"),
        (("gaps", "xiaomi-kol"), "A case is named by --case CASE."),
        (("log", "xiaomi-kol"), "A case is named by --case CASE."),
    ],
)
def test_a_case_given_in_the_other_way_is_told_the_right_one(
    story: Here, given: tuple[str, ...], said: str
) -> None:
    assert said in " ".join(story(*given, code=2).err.split())


def test_a_missing_option_is_told_in_json_whole(story: Here) -> None:
    told = story("append", "contact", "--case", "xiaomi-kol", "--json", code=2).err
    assert "Missing option '--counterparty': " in told
