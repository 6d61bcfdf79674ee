"""Draw together what is said of several things in the same words, so that it is said once.

"The clause of the finding about Ann (#15)" and "the clause of the finding about Bob (#16)" become
"the clause of the finding about Ann (#15) and Bob (#16)".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from answerable.domain.language.saying import punctuation
from answerable.projections.wording.counts import listed, number_words

_CITED = re.compile(r"(?P<before>.+?)(?: \(|（)#(?P<number>\d+)[)）](?P<after>.*)")
_CITES = re.compile(r"(?: \(|（)#[^)）]*[)）]")
_ROW = re.compile(", | and |、")
_LEADS_TO = re.compile(r" (?:about|against|before|behind|by|for|of|on|to|with) ")
"""Match what a beginning ends with that several things can follow."""


class _Phrase(NamedTuple):
    """Hold what a phrase says before the event that it cites, and after it."""

    before: str
    after: str

    def heads(self) -> list[str]:
        """Return the beginnings that others may have, too, the longest first."""
        return [self.before[: found.end()] for found in _LEADS_TO.finditer(self.before)][::-1]


def drawn_together(phrases: Iterable[str]) -> tuple[str, ...]:
    """Draw together phrases that begin and end alike; each stands where the first of them stood.

    Args:
        phrases: each may cite one event, "(#12)"; the same phrase of several events cites them all.
    """
    numbers = _numbers(phrases)
    shared = Counter((head, each.after) for each in numbers for head in each.heads())
    alike: dict[tuple[str, str], list[str]] = {}
    for each, cited in numbers.items():
        head = next((head for head in each.heads() if shared[head, each.after] > 1), each.before)
        rest = each.before.removeprefix(head)
        opening, closing = punctuation(" ("), punctuation(")")
        cites = f"{opening}{number_words(cited)}{closing}" if cited else ""
        alike.setdefault((head, each.after), []).append(f"{rest}{cites}")
    return tuple(f"{head}{_together(rests)}{after}" for (head, after), rests in alike.items())


def _numbers(phrases: Iterable[str]) -> dict[_Phrase, list[int]]:
    """Find, of each phrase, the events that it is said of."""
    found: dict[_Phrase, list[int]] = {}
    for phrase in phrases:
        cited = _CITED.fullmatch(phrase)
        if cited is None:
            found.setdefault(_Phrase(phrase, ""), [])
        else:
            own = found.setdefault(_Phrase(cited["before"], cited["after"]), [])
            own.append(int(cited["number"]))
    return found


def _together(things: list[str]) -> str:
    """Say things in a row, set apart by semicolons where one of them is a row itself."""
    rows = (_CITES.sub("", each) for each in things)
    return punctuation("; ").join(things) if any(map(_ROW.search, rows)) else listed(things)


def sentences(told: Iterable[str]) -> Iterator[str]:
    """Draw together sentences that say the same of several things.

    For example "No hearing before: A." and "No hearing before: B." as "No hearing before: A and B."

    Args:
        told: each a sentence, with what it is said of after a colon, or without.
    """
    colon_, stop = punctuation(": "), punctuation(".")
    said: dict[str, list[str]] = {}
    for each in told:
        what, colon, of = each.removesuffix(stop).partition(colon_)
        things = said.setdefault(what, [])
        if colon:
            things.append(of)
    for what, things in said.items():
        together = colon_ + _together(list(drawn_together(things))) if things else ""
        yield f"{what}{together}{stop}"
