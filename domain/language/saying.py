"""Say sentences in the language of the answer.

A sentence stands in the code in English, whole, with named places for what is told in it. It is the
key to its translation. What is told in it may be words that were said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    from decimal import Decimal

    from answerable.domain.language.language import Language

Given = ParamSpec("Given")

_SPOKEN: ContextVar[Language | None] = ContextVar("language", default=None)

LETTERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""The numbers that a sentence in English spells out."""


def spoken() -> Language | None:
    """Return the language that answers are given in; None: English."""
    return _SPOKEN.get()


@contextmanager
def in_language(language: Language | None) -> Iterator[None]:
    """Give answers in a language, for as long as this lasts.

    Args:
        language: which; None: English.
    """
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def kept_words(most: int) -> Callable[[Callable[Given, str]], Callable[Given, str]]:
    """Keep what a function says, for each language by itself, as `lru_cache` does for English.

    Args:
        most: how many things that it said are kept.
    """

    def keeping(says: Callable[Given, str]) -> Callable[Given, str]:
        @lru_cache(maxsize=most)
        def kept(language: Language | None, /, *args: Given.args, **kwargs: Given.kwargs) -> str:
            return says(*args, **kwargs)

        @wraps(says)
        def said(*args: Given.args, **kwargs: Given.kwargs) -> str:
            return kept(_SPOKEN.get(), *args, **kwargs)  # type: ignore[arg-type]

        return said

    return keeping


def say(sentence: str, /, **told: object) -> str:
    """Say a sentence: `say("Contact with {party}", party=name)`.

    Args:
        sentence: in English, with a name in braces for each thing told in it. Where nothing is
            told, it is said as it stands.
        told: what stands in these places.
    """
    language = _SPOKEN.get()
    if language is None:
        return sentence.format_map(told) if told else sentence
    return language.filled(language.sentence(sentence), told)


def say_as(context: str, sentence: str, /, **told: object) -> str:
    """Say words that are understood only by what they are: `say_as("finding", "open")`.

    Args:
        context: tells a translator what the words are, and keeps the same words apart that mean two
            things.
        sentence: in English.
        told: what stands in its places.
    """
    language = _SPOKEN.get()
    if language is None:
        return sentence.format_map(told) if told else sentence
    return language.filled(language.sentence(sentence, context), told)


def say_count(one: str, several: str, number: int, /, **told: object) -> str:
    """Say a sentence about so many things: `say_count("{number} entry", "{number} entries", 3)`.

    Args:
        one: the sentence about one thing; `{number}` is the number in figures, thousands apart, and
            `{letters}` in letters if it is small.
        several: the sentence about any other number of things.
        number: how many there are.
        told: what stands in its other places.
    """
    language = _SPOKEN.get()
    sentence = one if number == 1 else several
    if language is not None:
        sentence = language.count(one, several, number)
        numbers = {"number": figures(number), "letters": in_letters(number)}
        return language.filled(sentence, numbers | told)
    return sentence.format_map({"number": figures(number), "letters": in_letters(number), **told})


def to_say(sentence: str) -> str:
    """Mark a sentence of a table, that is said where it is looked up, and return it.

    What is known when a module is loaded is not yet in the language of an answer. This marks it for
    catalogues; `say` says it.
    """
    return sentence


def to_say_count(one: str, several: str) -> tuple[str, str]:
    """Mark a sentence about one thing and about several, that `say_count` says; return both."""
    return one, several


def to_say_as(context: str, sentence: str) -> str:
    """Mark words that `say_as` says in the same context, and return them."""
    return sentence


def punctuation(mark: str) -> str:
    """Say a mark that joins words, as it is set in the language of the answer: `"; "`, `" ("`.

    Args:
        mark: as it stands in English, with its spaces; one of `MARKS`.
    """
    language = _SPOKEN.get()
    return mark if language is None else language.sentence(mark, "punctuation")


MARKS = (
    to_say_as("punctuation", ", "),
    to_say_as("punctuation", "; "),
    to_say_as("punctuation", ": "),
    to_say_as("punctuation", " ("),
    to_say_as("punctuation", ")"),
    to_say_as("punctuation", "."),
    to_say_as("punctuation", ":"),
    to_say_as("punctuation", "“"),
    to_say_as("punctuation", "”"),
)
"""The marks that join words."""


def listed_words(things: list[str]) -> str:
    """Say things in a row, one at least: "A, B and C"."""
    *others, last = things
    if not others:
        return last
    return say("{others} and {last}", others=say_as("list", ", ").join(others), last=last)


def term_words(word: str) -> str:
    """Say a term of a vocabulary, as `formal-reprimand`; one that is the house's own as it is."""
    said = word.replace("-", " ")
    language = _SPOKEN.get()
    return said if language is None else language.sentence(said, "term")


LABELS = {"sealed_fields": "corrected texts"}
"""Map the names of fields that would tell a reader nothing to what they are called."""


def label_in_english(field: str) -> str:
    """Call a field in English: `offence_class` is "offence class"."""
    return LABELS.get(field) or field.replace("_", " ")


def label_words(field: str) -> str:
    """Say the name of a field, as `offence_class`."""
    said = label_in_english(field)
    language = _SPOKEN.get()
    return said if language is None else language.sentence(said, "field")


MINUS = "\N{MINUS SIGN}"


def figures(number: int | Decimal) -> str:
    """Say a number in figures, thousands apart: "2,000"."""
    language = _SPOKEN.get()
    said = f"{number:,}" if language is None else language.number(number)
    return said.replace("-", MINUS)


def in_letters(number: int) -> str:
    """Say a number in letters if it is small: "three"."""
    if number >= len(LETTERS):
        return figures(number)
    language = _SPOKEN.get()
    return LETTERS[number] if language is None else language.sentence(LETTERS[number], "number")
