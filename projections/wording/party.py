"""Parties in words: one, and several counted by what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from answerable.domain.language.saying import punctuation, say, say_count, term_words, to_say_count
from answerable.projections.accountability.numbers import PartyNumbers
from answerable.projections.facts.names import Name
from answerable.projections.wording.counts import listed
from answerable.projections.wording.vocabulary import size_words

NOUNS: Mapping[str | None, tuple[str, str]] = {
    "person": to_say_count("{number} person", "{number} people"),
    "organisation": to_say_count("{number} organisation", "{number} organisations"),
    "body": to_say_count("{number} body", "{number} bodies"),
    "group": to_say_count("{number} group", "{number} groups"),
    "asset": to_say_count("{number} thing", "{number} things"),
    None: to_say_count(
        "{number} party whose type is not told", "{number} parties whose type is not told"
    ),
}
"""Counts parties of a type, in the order in which they are counted, in figures."""

SPELT: Mapping[str | None, tuple[str, str]] = {
    "person": to_say_count("{letters} person", "{letters} people"),
    "organisation": to_say_count("{letters} organisation", "{letters} organisations"),
    "body": to_say_count("{letters} body", "{letters} bodies"),
    "group": to_say_count("{letters} group", "{letters} groups"),
    "asset": to_say_count("{letters} thing", "{letters} things"),
    None: to_say_count(
        "{letters} party whose type is not told", "{letters} parties whose type is not told"
    ),
}
"""Counts parties of a type as in a sentence, in letters."""


def party_words(name: Name) -> str:
    """Say who a party is: "Xu Fei (person-2)"; "person-4 (name erased)"; "person-5".

    One whose name is not told is called by a title, where that is: "the employee (person-4)".
    """
    if name.name is not None:
        return say("{name} ({party})", name=name.name, party=name.party)
    if name.state == "not told" and name.titles:
        return say("{name} ({party})", name=name.titles[0], party=name.party)
    if name.state == "erased":
        return say("{party} (name erased)", party=name.party)
    return (
        say("{party} (name withheld)", party=name.party) if name.state == "withheld" else name.party
    )


def titles_words(name: Name) -> str:
    """Say the posts and titles of a party, or why they cannot be read; "" where none is told."""
    if name.titles_state in ("withheld", "erased"):
        return say("posts and titles: {why}", why=term_words(name.titles_state))
    return punctuation(", ").join(name.titles)


def numbers_words(numbers: PartyNumbers) -> str:
    """Say numbers of parties: "2 people and 1 organisation"; "nobody" where there are none."""
    told = zip(numbers, NOUNS.values(), strict=True)
    said = [say_count(*nouns, number) for number, nouns in told if number]
    return listed(said) if said else say("nobody")


def parties_words(
    names: Iterable[Name], nouns: Mapping[str | None, tuple[str, str]] = NOUNS
) -> str:
    """Count parties by what they are: "2 people, 1 organisation and 1 group of about 5,300".

    Args:
        names: the parties, one at least, each once.
        nouns: how they are counted: in figures (`NOUNS`), or in letters (`SPELT`).
    """
    by_type: dict[str | None, list[Name]] = {each: [] for each in NOUNS}
    for name in names:
        by_type[name.type if name.type in NOUNS else None].append(name)
    return listed(
        [
            _of_sizes(say_count(*nouns[type_], len(own)), own)
            for type_, own in by_type.items()
            if own
        ]
    )


def _of_sizes(groups: str, names: Iterable[Name]) -> str:
    """Say how many there are in each of some groups, where that is told of all of them."""
    sizes = [size_words(name.size) for name in names]
    told = [each for each in sizes if each is not None]
    if not told or len(told) < len(sizes):
        return groups
    return say("{groups} of {sizes}", groups=groups, sizes=listed(told))
