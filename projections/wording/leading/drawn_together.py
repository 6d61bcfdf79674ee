"""Draw together what is said of several things in the same words, so that it is said once.

"The clause of the finding about Ann (#15)" and "the clause of the finding about Bob (#16)" become
"the clause of the finding about Ann (#15) and Bob (#16)".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from answerable.domain.language.saying import punctuation, say_as, to_say_as
from answerable.projections.wording.counts import listed, number_words

_CITED = re.compile(r"(?P<before>.+?)(?: \(|（)#(?P<number>\d+)[)）](?P<after>.*)")
_CITES = re.compile(r"(?: \(|（)#[^)）]*[)）]")
_ROW = re.compile(", | and |、")
_LEADING = to_say_as("leading", "about against before behind by for of on to with")
"""Name the words that several things can follow; in other languages also those that several can
stand between, as in 对…的."""


class _Cut(NamedTuple):
    """Hold a phrase in three: what others may begin with, too, its own, and how others may end."""

    head: str
    own: str
    tail: str


class _Phrase(NamedTuple):
    """Hold what a phrase says before the event that it cites, and after it."""

    before: str
    after: str

    def cuts(self) -> list[_Cut]:
        """Return how it can be cut to be drawn together with others, by its longest head first."""
        found = (
            cut for each in _leading(say_as("leading", _LEADING)) for cut in each.cuts(self.before)
        )
        return sorted(found, key=lambda cut: len(cut.head), reverse=True)


class _Leading(NamedTuple):
    """Match a word that several things can follow, or a pair that several can stand between."""

    opens: re.Pattern[str]
    closes: re.Pattern[str] | None

    def cuts(self, before: str) -> Iterator[_Cut]:
        """Cut a phrase at each place where it stands."""
        for opened in self.opens.finditer(before):
            head, rest = before[: opened.end()], before[opened.end() :]
            closed = self.closes.search(rest) if self.closes else None
            if closed is not None:
                yield _Cut(head.rstrip(), rest[: closed.start()].strip(), rest[closed.start() :])
            elif self.closes is None:
                yield _Cut(head, rest, "")


@lru_cache(maxsize=16)
def _leading(words: str) -> tuple[_Leading, ...]:
    """Read the words that lead to several things, as a language has them."""
    found = []
    for each in words.split():
        opens, between, closes = each.partition("…")
        if between:
            found.append(_Leading(re.compile(re.escape(opens)), re.compile(re.escape(closes))))
        else:
            found.append(_Leading(re.compile(f" {re.escape(opens)} "), None))
    return tuple(found)


def drawn_together(phrases: Iterable[str]) -> tuple[str, ...]:
    """Draw together phrases that begin and end alike; each stands where the first of them stood.

    Args:
        phrases: each may cite one event, "(#12)"; the same phrase of several events cites them all.
    """
    numbers = _numbers(phrases)
    cuts = {each: each.cuts() for each in numbers}
    shared = Counter((cut.head, cut.tail, each.after) for each in numbers for cut in cuts[each])
    alike: dict[tuple[str, str, str], list[str]] = {}
    for each, cited in numbers.items():
        ways = (cut for cut in cuts[each] if shared[cut.head, cut.tail, each.after] > 1)
        head, own, tail = next(ways, _Cut(each.before, "", ""))
        opening, closing = punctuation(" ("), punctuation(")")
        cites = f"{opening}{number_words(cited)}{closing}" if cited else ""
        alike.setdefault((head, tail, each.after), []).append(f"{own}{cites}")
    return tuple(
        say_as("drawn", "{head}{things}{tail}", head=head, things=_together(own), tail=tail + after)
        for (head, tail, after), own in alike.items()
    )


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
