"""Numbers of things, amounts of money, and several things in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby

from answerable.domain.language.saying import (
    figures,
    in_letters,
    listed_words,
    say,
    say_as,
    spoken,
    to_say_as,
)

RANGE = 3
"""The fewest numbers in a row that are said as a range."""


def counted(number: int, one: str, several: str | None = None) -> str:
    """Say how many there are, in figures: "1 entry", "2,000 entries".

    Args:
        number: how many.
        one: the noun for one thing.
        several: the noun for several; with an s at its end, if left out.
    """
    return f"{figures(number)} {_noun(number, one, several)}"


def spelt(number: int, one: str, several: str | None = None) -> str:
    """Say how many there are, in a sentence: "one person", "three people", "12 events"."""
    return f"{in_letters(number)} {_noun(number, one, several)}"


def repeated(number: int, what: str) -> str:
    """Say how often the same thing is listed: "7 × sanction to execute"; once, it stands alone."""
    return what if number == 1 else say("{number} × {what}", number=figures(number), what=what)


def listed(things: Iterable[str], name_of: Callable[[str], str] = str) -> str:
    """Say things in a row: "A, B and C".

    Args:
        things: one at least.
        name_of: what to call each.
    """
    return listed_words([*map(name_of, things)])


def in_a_row(sentences: Iterable[str]) -> str:
    """Say sentences one behind the other."""
    said = ""
    for each in sentences:
        said = say("{first} {then}", first=said, then=each) if said else each
    return said


def capital(sentence: str) -> str:
    """Give the sentence a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def amount_words(amount: str) -> str:
    """Say an amount of money, as everywhere: thousands apart, the currency after it.

    For example "12,000.00 CNY" for `12000.00 CNY`, with the decimal places that it was told with.
    """
    number, _, currency = amount.rpartition(" ")
    language = spoken()
    if language is None:
        return f"{Decimal(number):,} {currency}"
    told = {"number": language.number(Decimal(number)), "currency": language.currency(currency)}
    return say_as("money", MONEY.get(currency, MONEY[""]), **told)


MONEY = {
    "": to_say_as("money", "{number} {currency}"),
    "CNY": to_say_as("money", "{number} {currency} (CNY)"),
}
"""The sentences of amounts in currencies that a language may say otherwise than any other."""


def _noun(number: int, one: str, several: str | None) -> str:
    return one if number == 1 else several or f"{one}s"


def number_words(positions: Iterable[int]) -> str:
    """Say which events are meant: "#6, #9 to #12, #18"."""
    said: list[str] = []
    for _, each in groupby(enumerate(sorted(set(positions))), key=lambda pair: pair[1] - pair[0]):
        row = [position for _, position in each]
        if len(row) < RANGE:
            said.extend(f"#{position}" for position in row)
        else:
            said.append(say("#{first} to #{last}", first=row[0], last=row[-1]))
    return say_as("list", ", ").join(said)
