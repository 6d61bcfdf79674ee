"""Say whether someone is accountable, and how.

One of a body is a member of it; a body, an organisation or a group that is held responsible with
others, or a party of which it is not told what it is, is said to be so otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from answerable.projections.accountability.accountability import Person
from answerable.projections.accountability.numbers import THING
from answerable.projections.facts.names import Name, TypeOf
from answerable.projections.wording.answers import whether
from answerable.projections.wording.counts import in_letters, listed, spelt
from answerable.projections.wording.party import parties_words

WAYS = {
    "direct": "directly",
    "managerial": "as a manager",
    "executive": "as an executive",
    "collective": "as one of a body",
    "contributory": "as a contributor",
    "third-party": "as a third party",
}
"""Responsibility in a sentence: "accountable directly"."""

SEVERAL = {
    **WAYS,
    "managerial": "as managers",
    "executive": "as executives",
    "collective": "as members of a body",
    "contributory": "as contributors",
    "third-party": "as third parties",
}

AS_A_WHOLE = "as a whole"
COLLECTIVELY = "collectively"

NOT_HELD = "a thing, which is not held accountable"

UNFOUND = "by a sanction without a finding"
UNBORNE = "by a sanction, and by no finding that stands"


def accountable_words(person: Person, type_of: TypeOf) -> str:
    """Say whether a party is accountable in a case, and how.

    For example "accountable directly", "indeterminate whether accountable as a manager".

    Args:
        person: the party, in the case.
        type_of: what a party is.
    """
    if type_of(person.party) == THING:
        return NOT_HELD
    if person.accountable == "no":
        return _only_alleged(person, type_of)
    sure = _sure_ways(person)
    certain = person.accountable == "yes"
    ways = [
        way_words(way, person, type_of) + ("" if way in sure or not certain else " (indeterminate)")
        for way in person.responsibility
    ]
    how = listed(ways) if ways else _by_sanction(person)
    return whether(person.accountable, f"accountable {how}")


def _only_alleged(person: Person, type_of: TypeOf) -> str:
    """Say that a party is not accountable, or is by what is merely alleged."""
    alleged = person.accountable_as_alleged
    if alleged == "no":
        return "not accountable"
    found = dict.fromkeys(
        each.responsibility for each in person.findings if each.blames_as_alleged != "no"
    )
    ways = [way_words(way, person, type_of) for way in found]
    said = f"accountable {listed(ways) if ways else _by_sanction(person)}"
    return f"only alleged: {whether(alleged, said)}"


def those_accountable(names: Iterable[Name], *, then: bool = False) -> str:
    """Say how many are accountable: "three people and one organisation are accountable".

    Args:
        names: who they are; where nobody is, "nobody is accountable". Things are left out.
        then: says how many were.
    """
    one, several = ("was", "were") if then else ("is", "are")
    everyone = tuple(name for name in names if name.type != THING)
    who = parties_words(everyone, spelt) if everyone else "nobody"
    return f"{who} {several if len(everyone) > 1 else one} accountable"


def ways_of_all(people: Iterable[Person], type_of: TypeOf) -> str:
    """Say how several are accountable beyond doubt: "one directly and two as managers".

    Where all are in one way, "all directly", or "both as managers". Of things alone, nothing is
    said.
    """
    everyone = tuple(person for person in people if type_of(person.party) != THING)
    counts: dict[tuple[str, str], int] = {}
    for person in everyone:
        for way in _sure_ways(person):
            said = (way_words(way, person, type_of), _several(way, person, type_of))
            counts[said] = counts.get(said, 0) + 1
    ways = [(number, said[number > 1]) for said, number in counts.items()]
    others = Counter(_by_sanction(person) for person in everyone if not _sure_ways(person))
    ways.extend((number, how) for how, number in others.items())
    if not ways:
        return ""
    alone = len(everyone) == 1
    if not alone and len(ways) == 1 and ways[0][0] == len(everyone):
        how = ways[0][1]
        return how if how.startswith("each ") else f"{_everyone(len(everyone))} {how}"
    return listed([way if alone else f"{in_letters(number)} {way}" for number, way in ways])


def _everyone(number: int) -> str:
    return "both" if number == 2 else "all"


def _sure_ways(person: Person) -> dict[str, None]:
    """Return the ways in which they were found responsible beyond doubt, each once."""
    return {each.responsibility: None for each in person.findings if each.blames == "yes"}


def _by_sanction(person: Person) -> str:
    """Say that a sanction alone holds somebody accountable, and whether a finding once did."""
    fallen = any(each.undone == "yes" for each in person.findings)
    return UNBORNE if fallen else UNFOUND


def way_words(way: str, person: Person, type_of: TypeOf) -> str:
    """Say in which way one party is responsible: "directly"; "as a manager"."""
    type_ = type_of(person.party)
    if way != "collective" or type_ == "person":
        return WAYS[way]
    return COLLECTIVELY if type_ is None else AS_A_WHOLE


def _several(way: str, person: Person, type_of: TypeOf) -> str:
    """Say the same of several that are what a party is."""
    type_ = type_of(person.party)
    if way != "collective" or type_ == "person":
        return SEVERAL[way]
    return COLLECTIVELY if type_ is None else f"each {AS_A_WHOLE}"
