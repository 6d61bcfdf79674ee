"""Parties in words: one, and several counted by what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from answerable.projections.accountability.numbers import PartyNumbers
from answerable.projections.facts.names import Name
from answerable.projections.wording.counts import counted, listed
from answerable.projections.wording.vocabulary import size_words

NOUNS: Mapping[str | None, tuple[str, str]] = {
    "person": ("person", "people"),
    "organisation": ("organisation", "organisations"),
    "body": ("body", "bodies"),
    "group": ("group", "groups"),
    "asset": ("thing", "things"),
    None: ("party whose type is not told", "parties whose type is not told"),
}
"""The nouns for one party of a type and for several, in the order in which they are counted."""

Counting = Callable[[int, str, str], str]
"""The way to say a number of things: in figures (`counted`), or in letters (`spelt`)."""


def party_words(name: Name) -> str:
    """Say who a party is: "Xu Fei (person-2)"; "person-4 (name erased)"; "person-5".

    One whose name is not told is called by a title, where that is: "the employee (person-4)".
    """
    if name.name is not None:
        return f"{name.name} ({name.party})"
    if name.state == "not told" and name.titles:
        return f"{name.titles[0]} ({name.party})"
    gone = name.state in ("erased", "withheld")
    return f"{name.party} (name {name.state})" if gone else name.party


def numbers_words(numbers: PartyNumbers) -> str:
    """Say numbers of parties: "2 people and 1 organisation"; "nobody" where there are none."""
    told = zip(numbers, NOUNS.values(), strict=True)
    said = [counted(number, *nouns) for number, nouns in told if number]
    return listed(said) if said else "nobody"


def parties_words(names: Iterable[Name], count: Counting = counted) -> str:
    """Count parties by what they are: "2 people, 1 organisation and 1 group of about 5,300".

    Args:
        names: the parties, one at least, each once.
        count: how a number is said.
    """
    by_type: dict[str | None, list[Name]] = {each: [] for each in NOUNS}
    for name in names:
        by_type[name.type if name.type in NOUNS else None].append(name)
    return listed(
        [f"{count(len(own), *NOUNS[type_])}{_sizes(own)}" for type_, own in by_type.items() if own]
    )


def _sizes(names: Iterable[Name]) -> str:
    """Say how many there are in each of some groups, where that is told of all of them."""
    sizes = [size_words(name.size) for name in names]
    told = [each for each in sizes if each is not None]
    return f" of {listed(told)}" if told and len(told) == len(sizes) else ""
