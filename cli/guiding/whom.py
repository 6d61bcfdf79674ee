"""Asking for a party: by name, by the list of those that the case knows, or as a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.guiding.prompts import AGAIN, choose, choose_one
from answerable.cli.recording.append import pseudonym
from answerable.cli.shared.output import note, visible

if TYPE_CHECKING:
    from answerable.cli.guiding.drafts import Drafts

TYPES = (
    ("a person", "person", True),
    ("a person whose name is not told: this only describes them", "person", False),
    ("an organisation", "organisation", True),
    ("a body: a board, an account, an office", "body", True),
    ("a group of people", "group", True),
    ("a thing: a licence, a machine, a fund", "asset", True),
)
"""List what a party can be: in words, as a type, and whether what was typed is a name."""

ANEW = "ask again: it was mistyped"


def ask_party(
    drafts: Drafts, question: str, *, needed: bool = False, before: str | None = None
) -> str | None:
    """Ask for a party; gives its pseudonym, `=`, or None where it is not told."""
    while True:
        known = drafts.parties()
        told = choose(
            question, [_called(drafts, each) for each in known], needed=needed, before=before
        )
        if told is None or told == AGAIN:
            return told if isinstance(told, str) else None
        if isinstance(told, int):
            return known[told]
        found = _found(drafts, told)
        if found is not None:
            return found


def _called(drafts: Drafts, party: str) -> str:
    """Say who a party is: by name, else by what describes it beside its pseudonym."""
    name = drafts.name_of(party)
    titles = drafts.known.of(party).titles
    return f"{party} ({', '.join(titles)})" if name == party and titles else name


def _found(drafts: Drafts, told: str) -> str | None:
    """Find whom a name means, or register whom it names; None: ask again."""
    found = drafts.find(told)
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        note(f"Several parties are registered as {visible(told)}:")
        one = choose_one("Which?", [_at_length(drafts, each) for each in found])
        return found[one] if isinstance(one, int) else None
    return _new(drafts, told)


def _at_length(drafts: Drafts, party: str) -> str:
    titles = ", ".join(drafts.known.of(party).titles)
    return f"{drafts.name_of(party)}, {party}{f', {titles}' if titles else ''}"


def _new(drafts: Drafts, told: str) -> str | None:
    from answerable.ledger.meant import meant

    called = {each.name: each.party for each in drafts.registered() if each.name}
    called |= {drafts.name_of(party): party for party in drafts.parties()}
    near = meant(told, called)
    note(f"\nNobody is registered as {visible(told)}. Then they are registered with this step.")
    choices = [
        *(f"it is {drafts.name_of(each)}, who is on record" for each in near),
        *(words for words, _, _ in TYPES),
        ANEW,
    ]
    chosen = choose_one("What are they?", choices, needed=True)
    if not isinstance(chosen, int) or chosen == len(choices) - 1:
        return None
    if chosen < len(near):
        return near[chosen]
    _, type_, named = TYPES[chosen - len(near)]
    party = pseudonym()
    drafts.register(party, type_, told, named=named)
    return party


def ask_parties(drafts: Drafts, question: str, before: str | None = None) -> list[str] | str | None:
    """Ask for parties, one after another, until no more is told."""
    found: list[str] = []
    words = question
    while True:
        one = ask_party(drafts, words, before=None if found else before)
        if one == AGAIN:
            return AGAIN
        if one is None:
            return found or None
        found.append(one)
        words = "Who else?"
