"""Say once, above many lines, what holds of all of them.

A line that it does not hold of says so itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from answerable.domain import dates
from answerable.domain.dates import Days
from answerable.domain.language.saying import figures, punctuation, say, say_as

REPEATED = 2
"""The fewest lines of which something is said once."""


def mostly(values: Iterable[str]) -> str | None:
    """Return what holds of most lines, the first of those that hold of as many; None: of none."""
    return next((value for value, _ in Counter(values).most_common(1)), None)


def repeated_among(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return what is said of several lines, in their order."""
    counts = Counter(value for value in values if value)
    return tuple(value for value, number in counts.items() if number >= REPEATED)


def without_aside(line: str, said: str) -> str:
    """Take out of a line's brackets what is said above it.

    For example "Dismissal (announced by Ann)" without "announced by Ann" is "Dismissal".
    """
    opening, closing, apart = map(punctuation, (" (", ")", "; "))
    for found, instead in (
        (f"{opening}{said}{closing}", ""),
        (f"{opening}{said}{apart}", opening),
        (f"{apart}{said}", ""),
    ):
        if found in line:
            return line.replace(found, instead, 1)
    return line


YEAR = 365.25
"""The days in a year, on average."""

LONG = 3 * YEAR
"""The days from which on whole years say how long it was."""


def lags_words(lags: Sequence[Days | None]) -> str | None:
    """Say how long after they happened some things were recorded: "at least 327 days later".

    None where that is known of none of them, or where some were recorded before.
    """
    known = [each for each in lags if each is not None]
    least = [each.least for each in known if each.least is not None]
    if not known or not least or min(least) < 0:
        return None
    most = (
        None if any(each.most is None for each in known) else max(each.most or 0 for each in known)
    )
    if (min(least), most) == (0, 0):
        return say("the same day")
    if (min(least), most) == (0, None):
        return None
    if min(least) >= LONG:
        return _years_later(min(least), most)
    return say("{days} later", days=dates.describe(Days(min(least), most)))


def _years_later(least: int, most: int | None) -> str:
    """Say of thousands of days how many years they are: "more than 27 years later"."""
    first = int(least / YEAR)
    last = None if most is None else int(most / YEAR)
    if last is None:
        return say("more than {number} years later", number=figures(first))
    if last == first:
        return say("{number} years later", number=figures(first))
    return say("{least} to {most} years later", least=figures(first), most=figures(last))


def numbers(positions: Iterable[int]) -> str:
    """Cite events, those in a row by their ends: "#6, #9 to #12"."""
    runs: list[list[int]] = []
    for position in sorted(set(positions)):
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    comma = say_as("list", ", ")
    return comma.join(
        say("#{first} to #{last}", first=run[0], last=run[-1])
        if len(run) > REPEATED
        else comma.join(f"#{at}" for at in run)
        for run in runs
    )
