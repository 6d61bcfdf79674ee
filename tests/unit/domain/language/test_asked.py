"""The language of an answer is what is asked for by name, else by the locale, else English."""

import pytest

from answerable.domain.language.asked import asked_for, of_locale
from answerable.domain.language.loading import UnknownLanguage, language, languages


@pytest.mark.parametrize(
    ("variables", "tag"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN"}, "zh-Hans"),
        ({"LANG": "zh_SG.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh"}, "zh-Hans"),
        ({"LANG": "zh_CN.GB18030@pinyin"}, "zh-Hans"),
        ({"LANG": "zh_Hans_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANG": "zh_HK.UTF-8"}, "en"),
        ({"LANG": "zh_Hant"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "C", "LC_MESSAGES": "C", "LC_ALL": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-Hans"),
        ({"LANG": "../zh_Hans"}, "en"),
    ],
)
def test_a_locale_tells_a_language(variables: dict[str, str], tag: str) -> None:
    assert of_locale(variables) == tag


def test_what_is_asked_for_by_name_leads() -> None:
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert asked_for("en", chinese) is None
    assert asked_for(None, chinese | {"ANSWERABLE_LANGUAGE": "en"}) is None
    found = asked_for(None, {"ANSWERABLE_LANGUAGE": "zh-Hans", "LANG": "C"})
    assert found is not None
    assert (found.tag, found.locale) == ("zh-Hans", "zh_Hans")
    assert asked_for("ZH-hans", {}) is found
    assert asked_for("zh_Hans", {}) is found


@pytest.mark.parametrize("name", ["zh", "ZH", "zh-CN", "zh_SG", "zh-Hans-CN", "zh-Hans"])
def test_a_tag_means_the_language_that_is_nearest(name: str) -> None:
    assert asked_for(name, {}) is language("zh-Hans")


@pytest.mark.parametrize("name", ["en", "en-GB", "EN_us"])
def test_an_english_of_any_region_is_english(name: str) -> None:
    assert asked_for(name, {"LANG": "zh_CN.UTF-8"}) is None


@pytest.mark.parametrize("name", ["zh-TW", "zh-Hant", "C", "posix", "fr-CA", "../zh_Hans", "zhx"])
def test_another_tag_is_refused(name: str) -> None:
    with pytest.raises(UnknownLanguage, match="there are no answers in the language"):
        asked_for(name, {})


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    assert languages() == ("en", "zh-Hans")
    with pytest.raises(UnknownLanguage, match="'fr'") as refused:
        language("fr")
    assert "en, zh-Hans" in str(refused.value.hint)
    with pytest.raises(UnknownLanguage):
        asked_for(None, {"ANSWERABLE_LANGUAGE": "de"})
