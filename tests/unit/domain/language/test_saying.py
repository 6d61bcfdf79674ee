"""Sentences are said in English as they stand, and in another language by its catalogue."""

from collections.abc import Mapping
from gettext import NullTranslations
from typing import ClassVar

import pytest

from answerable.domain.language.language import Language, apart
from answerable.domain.language.saying import (
    figures,
    in_language,
    in_letters,
    kept_words,
    listed_words,
    punctuation,
    say,
    say_as,
    say_count,
    spoken,
    term_words,
)


class Told(NullTranslations):
    """Translations that are written here."""

    SENTENCES: ClassVar[Mapping[str, str]] = {
        "Contact with {party}": "与{party}接触",
        "{letters} contact": "{letters}次接触",
        "three": "3",
        "formal reprimand": "书面申诫",
        "; ": "；",
        "open": "未结",
    }

    def gettext(self, message: str) -> str:
        return self.SENTENCES.get(message, message)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1)


CHINESE = Language("zh-Hans", Told())


def test_english_is_said_as_it_stands() -> None:
    assert spoken() is None
    assert say("Contact with {party}", party="{p-1}") == "Contact with {p-1}"
    assert say("Nothing {in} it") == "Nothing {in} it"
    assert say_as("case", "open") == "open"
    assert say_count("{number} entry", "{number} entries", 2000) == "2,000 entries"
    assert say_count("{letters} person", "{letters} people", 1) == "one person"
    assert say_count("{letters} person", "{letters} people", 0) == "no people"
    assert (term_words("formal-reprimand"), punctuation("; ")) == ("formal reprimand", "; ")
    assert listed_words(["a", "b", "c"]) == "a, b and c"
    assert (figures(1234567), in_letters(3), in_letters(11)) == ("1,234,567", "three", "11")


def test_another_language_is_said_by_its_catalogue() -> None:
    with in_language(CHINESE):
        assert spoken() is CHINESE
        assert say("Contact with {party}", party="徐菲") == "与徐菲接触"
        assert say_count("{letters} contact", "{letters} contacts", 3) == "3 次接触"
        assert term_words("formal-reprimand") == "书面申诫"
        assert term_words("house-word") == "house word"
        assert say_as("case", "open") == "未结"
        assert punctuation("; ") == "；"
        assert say("Of no catalogue: {what}", what="x") == "Of no catalogue: x"
        assert figures(1234567) == "1,234,567"
    assert spoken() is None


def test_what_is_told_is_never_taken_for_a_place() -> None:
    with in_language(CHINESE):
        assert say("Contact with {party}", party="{party} {0}") == "与{party} {0}接触"


def test_latin_letters_stand_apart_from_ideographs() -> None:
    with in_language(CHINESE):
        assert say("Contact with {party}", party="Xu Fei") == "与 Xu Fei 接触"


@pytest.mark.parametrize(
    ("before", "after", "set_apart"),
    [
        ("与", "X", True),
        ("X", "接", True),
        ("第", "#1", True),
        ("与", "徐", False),
        ("，", "X", False),
        ("1", "。", False),
        ("1", "、", False),
        ("一", "1", True),
        ("", "X", False),
        ("a", "b", False),
    ],
)
def test_a_space_is_set_between_scripts(before: str, after: str, *, set_apart: bool) -> None:
    assert apart(before, after) is set_apart


def test_a_language_ends_with_what_it_was_set_for() -> None:
    with in_language(CHINESE):
        with in_language(None):
            assert say_as("case", "open") == "open"
        assert say_as("case", "open") == "未结"


def test_what_is_kept_is_kept_for_each_language() -> None:
    asked = 0

    @kept_words(most=10)
    def contact(party: str) -> str:
        nonlocal asked
        asked += 1
        return say("Contact with {party}", party=party)

    with in_language(CHINESE):
        assert [contact("p"), contact("p")] == ["与 p 接触"] * 2
    assert [contact("p"), contact("p")] == ["Contact with p"] * 2
    with in_language(CHINESE):
        assert contact(party="p") == "与 p 接触"
    assert asked == 3
