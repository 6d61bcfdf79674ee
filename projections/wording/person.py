"""Say whether someone is accountable, and how.

One of a body is a member of it; a body, an organisation or a group that is held responsible with
others, or a party of which it is not told what it is, is said to be so otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from answerable.domain.language.saying import (
    in_letters,
    punctuation,
    say,
    say_as,
    say_count,
    to_say,
)
from answerable.projections.accountability.accountability import Person
from answerable.projections.accountability.numbers import THING
from answerable.projections.facts.names import Name, TypeOf
from answerable.projections.wording.answers import whether
from answerable.projections.wording.counts import listed
from answerable.projections.wording.party import SPELT, parties_words

WAYS = {
    "direct": to_say("directly"),
    "managerial": to_say("as a manager"),
    "executive": to_say("as an executive"),
    "collective": to_say("as one of a body"),
    "contributory": to_say("as a contributor"),
    "third-party": to_say("as a third party"),
}
"""Responsibility in a sentence: "accountable directly"."""

SEVERAL = {
    **WAYS,
    "managerial": to_say("as managers"),
    "executive": to_say("as executives"),
    "collective": to_say("as members of a body"),
    "contributory": to_say("as contributors"),
    "third-party": to_say("as third parties"),
}

AS_A_WHOLE = to_say("as a whole")
EACH_AS_A_WHOLE = to_say("each as a whole")
COLLECTIVELY = to_say("collectively")

NOT_HELD = to_say("a thing, which is not held accountable")

UNFOUND = to_say("by a sanction without a finding")
UNBORNE = to_say("by a sanction, and by no finding that stands")

ACCOUNTABLE = to_say("accountable {how}")


def accountable_words(person: Person, type_of: TypeOf) -> str:
    """Say whether a party is accountable in a case, and how.

    For example "accountable directly", "indeterminate whether accountable as a manager".

    Args:
        person: the party, in the case.
        type_of: what a party is.
    """
    if type_of(person.party) == THING:
        return say(NOT_HELD)
    if person.accountable == "no":
        return _only_alleged(person, type_of)
    sure = _sure_ways(person)
    certain = person.accountable == "yes"
    ways = [
        _perhaps(way_words(way, person, type_of), sure=way in sure or not certain)
        for way in person.responsibility
    ]
    how = listed(ways) if ways else say(_by_sanction(person))
    return whether(person.accountable, say(ACCOUNTABLE, how=how))


def _perhaps(way: str, *, sure: bool) -> str:
    return way if sure else say("{way} (indeterminate)", way=way)


def _only_alleged(person: Person, type_of: TypeOf) -> str:
    """Say that a party is not accountable, or is by what is merely alleged."""
    alleged = person.accountable_as_alleged
    if alleged == "no":
        return say("not accountable")
    found = dict.fromkeys(
        each.responsibility for each in person.findings if each.blames_as_alleged != "no"
    )
    ways = [way_words(way, person, type_of) for way in found]
    said = say(ACCOUNTABLE, how=listed(ways) if ways else say(_by_sanction(person)))
    return say("only alleged: {what}", what=whether(alleged, said))


def those_accountable(names: Iterable[Name], *, then: bool = False) -> str:
    """Say how many are accountable: "three people and one organisation are accountable".

    Args:
        names: who they are; where nobody is, "nobody is accountable". Things are left out.
        then: says how many were.
    """
    everyone = tuple(name for name in names if name.type != THING)
    who = parties_words(everyone, SPELT) if everyone else say("nobody")
    number = max(1, len(everyone))
    if then:
        return say_count("{who} was accountable", "{who} were accountable", number, who=who)
    return say_count("{who} is accountable", "{who} are accountable", number, who=who)


def ways_of_all(people: Iterable[Person], type_of: TypeOf) -> str:
    """Say how several are accountable beyond doubt: "one directly and two as managers".

    Where all are in one way, "all directly", or "both as managers". Of things alone, nothing is
    said.
    """
    everyone = tuple(person for person in people if type_of(person.party) != THING)
    counts: dict[tuple[str, str], int] = {}
    for person in everyone:
        for way in _sure_ways(person):
            said = (_way(way, person, type_of), _several(way, person, type_of))
            counts[said] = counts.get(said, 0) + 1
    ways = [(number, said[number > 1]) for said, number in counts.items()]
    others = Counter(_by_sanction(person) for person in everyone if not _sure_ways(person))
    ways.extend((number, how) for how, number in others.items())
    if not ways:
        return ""
    alone = len(everyone) == 1
    if not alone and len(ways) == 1 and ways[0][0] == len(everyone):
        how = ways[0][1]
        if how == EACH_AS_A_WHOLE:
            return say(how)
        both = len(everyone) == 2
        return say("both {how}", how=say(how)) if both else say("all {how}", how=say(how))
    *first, last = [say(way) if alone else _so_many(number, say(way)) for number, way in ways]
    if not first:
        return last
    return say_as("people", "{others} and {last}", others=punctuation(", ").join(first), last=last)


def _so_many(number: int, way: str) -> str:
    return say_as("people", "{letters} {way}", letters=in_letters(number), way=way)


def _sure_ways(person: Person) -> dict[str, None]:
    """Return the ways in which they were found responsible beyond doubt, each once."""
    return {each.responsibility: None for each in person.findings if each.blames == "yes"}


def _by_sanction(person: Person) -> str:
    """Say that a sanction alone holds somebody accountable, and whether a finding once did."""
    fallen = any(each.undone == "yes" for each in person.findings)
    return UNBORNE if fallen else UNFOUND


def way_words(way: str, person: Person, type_of: TypeOf) -> str:
    """Say in which way one party is responsible: "directly"; "as a manager"."""
    return say(_way(way, person, type_of))


def _way(way: str, person: Person, type_of: TypeOf) -> str:
    type_ = type_of(person.party)
    if way != "collective" or type_ == "person":
        return WAYS[way]
    return COLLECTIVELY if type_ is None else AS_A_WHOLE


def _several(way: str, person: Person, type_of: TypeOf) -> str:
    """Say the same of several that are what a party is."""
    type_ = type_of(person.party)
    if way != "collective" or type_ == "person":
        return SEVERAL[way]
    return COLLECTIVELY if type_ is None else EACH_AS_A_WHOLE
