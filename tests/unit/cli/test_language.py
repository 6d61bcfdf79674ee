"""A report is in the language that is asked for, and what programs read is in none."""

import json

import pytest
from tests.unit.cli.conftest import Here

REPORT = ("report", "xiaomi-kol")


def test_a_report_is_in_chinese_when_it_is_asked_for(story: Here) -> None:
    for form in ("text", "markdown"):
        said = story(*REPORT, "--format", form, "--language", "zh-Hans").out
        assert "3 人被问责：1 人负直接责任，2 人负管理责任" in said.replace("*", "")
        assert "Xu Fei" in said
    assert (
        '<html lang="zh-Hans">' in story(*REPORT, "--format", "html", "--language", "zh-Hans").out
    )
    assert (
        '<html lang="zh-Hans">'
        in story("report", "--all", "--format", "html", "--language", "zh-Hans").out
    )


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "ANSWERABLE_LANGUAGE": "zh-Hans"}, True),
        ({"LANG": "zh_CN.UTF-8", "ANSWERABLE_LANGUAGE": "en"}, False),
    ],
)
def test_the_environment_tells_the_language(
    story: Here, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, chinese: bool
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "ANSWERABLE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = story(*REPORT, "--format", "text").out
    assert ("被问责" in said) is chinese
    assert ("Three people are accountable" in said) is not chinese


@pytest.mark.parametrize("form", [("json",), ("csv", "--register", "accountable")])
def test_what_programs_read_is_the_same_in_every_language(
    story: Here, form: tuple[str, ...]
) -> None:
    asked = (*REPORT, "--format", *form)
    assert story(*asked, "--language", "zh-Hans").out == story(*asked).out


def test_a_question_is_answered_in_the_language_of_the_locale(
    story: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = story("status", "--language", "zh-Hans").out
    assert "被问责：" in asked
    before = story("status", "--json").out
    monkeypatch.delenv("ANSWERABLE_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert story("status").out == asked
    assert story("status", "--json").out == before


def test_a_language_that_is_not_there_is_refused_with_those_that_are(story: Here) -> None:
    refused = story(*REPORT, "--language", "tlh", code=3)
    assert "tlh" in refused.err
    assert "en, zh-Hans" in refused.err


def test_what_is_kept_is_in_no_language(story: Here) -> None:
    story(*REPORT, "--format", "text", "--language", "zh-Hans")
    told = json.loads(story("status", "--json").out)
    assert "被" not in json.dumps(told, ensure_ascii=False)
