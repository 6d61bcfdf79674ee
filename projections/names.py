"""Who stands behind a pseudonym: names, other names and titles, as registered.

A registration may lie in any case. Where the name was erased, is withheld from this reader, or
never was told, the pseudonym stands in its place, and `Name.state` says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from answerable.domain.recorded import Reader
from answerable.projections.facts import CaseFacts, fold
from answerable.projections.texts import Sealed, opened_all

AMENDING = ("party-registered", "correction", "retraction")

NameState = Literal["told", "not told", "withheld", "erased", "unregistered"]


class Name(NamedTuple):
    """A party as registered; of several registrations, the latest that tells its name leads.

    Attributes:
        party: the pseudonym.
        name: the name; None unless `state` is `told`.
        aliases: other names, and the names that earlier registrations gave.
        titles: posts and titles.
        type: person, organisation, body or group.
        registered_by: the registrations, by event id.
    """

    party: str
    state: NameState
    name: str | None = None
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    type: str | None = None
    registered_by: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The name, or else the pseudonym."""
        return self.name or self.party


class Names:
    """The registered parties, by pseudonym."""

    def __init__(self, registered: Mapping[str, Name]) -> None:
        self._registered = registered

    def of(self, party: str) -> Name:
        """The party behind a pseudonym."""
        return self._registered.get(party) or Name(party, "unregistered")

    def called(self, party: str) -> str:
        """What to call a party: its name, or its pseudonym where the name is not at hand."""
        return self.of(party).shown

    def find(self, text: str) -> tuple[str, ...]:
        """The pseudonyms that a text may mean.

        A registered pseudonym means itself. Otherwise names and other names are compared without
        regard to case; several parties may share one.
        """
        if text in self._registered:
            return (text,)
        wanted = text.strip().casefold()
        return tuple(
            party
            for party, name in self._registered.items()
            if wanted in {each.casefold() for each in (name.name, *name.aliases) if each}
        )

    def __iter__(self) -> Iterator[Name]:
        """Every registered party, in the order of first registration."""
        return iter(self._registered.values())


def names(
    reader: Reader, *, only: Collection[str] | None = None, known_by: datetime | None = None
) -> Names:
    """The parties registered in any case, as far as their names are at hand.

    Args:
        reader: the record.
        only: the pseudonyms wanted; every one, if left out. Seals of others stay shut.
        known_by: reads the record as it was known by then.
    """
    registrations = reader.events(kinds={"party-registered"}, known_by=known_by)
    cases = dict.fromkeys(event.case_id for event in registrations)
    registered: dict[str, Name] = {}
    for case_id in cases:
        facts = fold(case_id, reader.events(case=case_id, kinds=AMENDING, known_by=known_by))
        _register(registered, reader, facts, only)
    return Names(registered)


def _register(
    registered: dict[str, Name], reader: Reader, facts: CaseFacts, only: Collection[str] | None
) -> None:
    wanted = [
        fact
        for fact in facts.standing("party-registered")
        if only is None or fact.fields["party"] in only
    ]
    texts = opened_all(reader, facts, wanted)
    for fact in wanted:
        now = _read(fact.fields["party"], fact.fields["type"], fact.event_id, texts[fact.event_id])
        before = registered.get(now.party)
        registered[now.party] = now if before is None else _merged(before, now)


def _read(party: str, kind: str, event_id: str, texts: Sealed) -> Name:
    name = texts.text("name")
    return Name(
        party=party,
        state=name.state,
        name=name.value,
        aliases=tuple(texts.text("aliases").value or ()),
        titles=tuple(texts.text("titles").value or ()),
        type=kind,
        registered_by=(event_id,),
    )


def _merged(before: Name, now: Name) -> Name:
    leading = before if now.name is None and before.state != "not told" else now
    others = (before.name, *before.aliases, now.name, *now.aliases)
    known = dict.fromkeys(each for each in others if each and each != leading.name)
    return leading._replace(
        aliases=tuple(known),
        titles=tuple(dict.fromkeys((*before.titles, *now.titles))),
        type=now.type,
        registered_by=(*before.registered_by, *now.registered_by),
    )
