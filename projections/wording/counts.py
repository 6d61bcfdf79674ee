"""Numbers of things, amounts of money, and several things in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby

LETTERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

RANGE = 3
"""The fewest numbers in a row that are said as a range."""


def counted(number: int, one: str, several: str | None = None) -> str:
    """Say how many there are, in figures: "1 entry", "2,000 entries".

    Args:
        number: how many.
        one: the noun for one thing.
        several: the noun for several; with an s at its end, if left out.
    """
    return f"{number:,} {_noun(number, one, several)}"


def spelt(number: int, one: str, several: str | None = None) -> str:
    """Say how many there are, in a sentence: "one person", "three people", "12 events"."""
    return f"{in_letters(number)} {_noun(number, one, several)}"


def in_letters(number: int) -> str:
    """Say a number, in letters if it is small."""
    return LETTERS[number] if number < len(LETTERS) else f"{number:,}"


def repeated(number: int, what: str) -> str:
    """Say how often the same thing is listed: "7 × sanction to execute"; once, it stands alone."""
    return what if number == 1 else f"{number:,} × {what}"


def listed(things: Iterable[str], name_of: Callable[[str], str] = str) -> str:
    """Say things in a row: "A, B and C".

    Args:
        things: one at least.
        name_of: what to call each.
    """
    *others, last = map(name_of, things)
    return f"{', '.join(others)} and {last}" if others else last


def capital(sentence: str) -> str:
    """Give the sentence a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def amount_words(amount: str) -> str:
    """Say an amount of money, as everywhere: thousands apart, the currency after it.

    For example "12,000.00 CNY" for `12000.00 CNY`, with the decimal places that it was told with.
    """
    number, _, currency = amount.rpartition(" ")
    return f"{Decimal(number):,} {currency}"


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
            said.append(f"#{row[0]} to #{row[-1]}")
    return ", ".join(said)
