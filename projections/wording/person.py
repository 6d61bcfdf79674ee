"""Say whether someone is accountable, and how."""

from __future__ import annotations

from collections.abc import Iterable

from answerable.projections.accountability.accountability import Person
from answerable.projections.wording.answers import whether
from answerable.projections.wording.counts import in_letters, listed, spelt

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

UNFOUND = "by a sanction without a finding"


def accountable_words(person: Person) -> str:
    """Say whether a person is accountable in a case, and how.

    For example "accountable directly", "indeterminate whether accountable as a manager".
    """
    if person.accountable == "no":
        return "not accountable"
    sure = _sure_ways(person)
    certain = person.accountable == "yes"
    ways = [
        WAYS[way] if way in sure or not certain else f"{WAYS[way]} (indeterminate)"
        for way in person.responsibility
    ]
    return whether(person.accountable, f"accountable {listed(ways) if ways else UNFOUND}")


def people_accountable(number: int, *, then: bool = False) -> str:
    """Say how many are accountable: "nobody is accountable", "three people are accountable".

    Args:
        number: how many.
        then: says how many were.
    """
    one, several = ("was", "were") if then else ("is", "are")
    who = spelt(number, f"person {one}", f"people {several}") if number else f"nobody {one}"
    return f"{who} accountable"


def ways_of_all(people: Iterable[Person]) -> str:
    """Say how several people are accountable beyond doubt: "one directly and two as managers"."""
    everyone = tuple(people)
    counts: dict[str, int] = {}
    for person in everyone:
        for way in _sure_ways(person):
            counts[way] = counts.get(way, 0) + 1
    said = [(number, (WAYS if number == 1 else SEVERAL)[way]) for way, number in counts.items()]
    unfound = sum(1 for person in everyone if not _sure_ways(person))
    if unfound:
        said.append((unfound, UNFOUND))
    alone = len(everyone) == 1
    return listed([way if alone else f"{in_letters(number)} {way}" for number, way in said])


def _sure_ways(person: Person) -> dict[str, None]:
    """Return the ways in which they were found responsible beyond doubt, each once."""
    return {each.responsibility: None for each in person.findings if each.blames == "yes"}
