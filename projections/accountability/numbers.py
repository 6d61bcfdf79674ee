"""Count parties by what they are: people apart from organisations, bodies, groups and things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from answerable.domain.language.saying import figures, say
from answerable.projections.accountability.accountability import Person
from answerable.projections.facts.names import TypeOf

FEWEST = 5
"""The least number of people that is told to the public; a smaller one leads to a person."""


class PartyNumbers(NamedTuple):
    """The numbers of some parties, each counted once.

    Attributes:
        assets: things: an aircraft type, a licence, a fund.
        type_not_told: those of which it is not told what they are.
    """

    people: int = 0
    organisations: int = 0
    bodies: int = 0
    groups: int = 0
    assets: int = 0
    type_not_told: int = 0


TYPES = ("person", "organisation", "body", "group", "asset", None)
"""The types of parties, in the order of the numbers."""

THING = "asset"
"""The type of what measures are taken on, and which answers for nothing."""

FIELD_OF = dict(zip(TYPES, PartyNumbers._fields, strict=True))
"""The number that parties of a type are counted in."""


class AccountableNumbers(NamedTuple):
    """The numbers of those who are accountable, and of those of whom dates do not tell.

    Attributes:
        alleged: of those who are neither, and are accountable, or may be, by what is only alleged.
    """

    certain: PartyNumbers
    indeterminate: PartyNumbers
    alleged: PartyNumbers = PartyNumbers()


def numbers_of(parties: Iterable[str], type_of: TypeOf) -> PartyNumbers:
    """Count parties, each once, by what they are."""
    found = Counter(FIELD_OF.get(type_of(party), "type_not_told") for party in set(parties))
    return PartyNumbers(**found)


def accountable_numbers(people: Iterable[Person], type_of: TypeOf) -> AccountableNumbers:
    """Count those who are accountable in any of some cases, each once. A thing never is."""
    everyone = tuple(each for each in people if type_of(each.party) != THING)
    sure = {each.party for each in everyone if each.accountable == "yes"}
    perhaps = {each.party for each in everyone if each.accountable == "unknown"} - sure
    alleged = {each.party for each in everyone if each.accountable_as_alleged != "no"}
    return AccountableNumbers(
        numbers_of(sure, type_of),
        numbers_of(perhaps, type_of),
        numbers_of(alleged - sure - perhaps, type_of),
    )


def coarse_words(number: int) -> str | None:
    """Say in steps how many people there are, so that no step leads to one; None of nobody."""
    if not number:
        return None
    if number < FEWEST:
        return say("fewer than five people")
    least = number // FEWEST * FEWEST
    return say("{least} to {most} people", least=figures(least), most=figures(least + FEWEST - 1))
