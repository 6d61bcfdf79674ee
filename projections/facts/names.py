"""The parties behind pseudonyms: names, other names and titles, as registered.

A registration may lie in any case. Where the name was erased, is withheld from this reader, or
never was told, the pseudonym stands in its place, and `Name.state` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from answerable.domain.answers import judging
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.search.folding import name_key, plain_key
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.disclosed import DisclosedTexts, positions, sealed
from answerable.projections.facts.facts import Fact, fold
from answerable.projections.facts.known_by.day import known_by_then

NameOf = Callable[[str], str]
"""Tells what to call a party: its pseudonym as it is, or the name behind it."""

TypeOf = Callable[[str], str | None]
"""Tells what a party is: person, organisation, body, group or asset; None where not told."""

KEPT = 20_000
"""The number of parties kept in memory, once read."""

NameState = Literal["told", "not told", "withheld", "erased", "unregistered"]

GRAVER: tuple[NameState, ...] = ("not told", "told", "erased", "withheld")
"""The states of texts that several registrations tell: one that lacks some leads."""


@judging("shown")
class Name(NamedTuple):
    """A party as registered; of several registrations, the latest that tells its name leads.

    Attributes:
        party: the pseudonym.
        name: the name; None unless `state` is `told`.
        aliases: other names, and the names that earlier registrations gave.
        titles: posts and titles.
        type: person, organisation, body, group or asset; None where that is not told.
        registered_by: the registrations, by event id.
        size: how many a group is, as recorded; None where that is not told.
        aliases_state: whether other names are told, all of them that are on record.
        titles_state: whether posts and titles are told, all of them that are on record.
    """

    party: str
    state: NameState
    name: str | None = None
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    type: str | None = None
    registered_by: tuple[str, ...] = ()
    size: str | None = None
    aliases_state: NameState = "not told"
    titles_state: NameState = "not told"

    @property
    def shown(self) -> str:
        """Return the name, or else the pseudonym."""
        return self.name or self.party


class Names:
    """The registered parties, by pseudonym. Each is read when it is first asked for.

    Args:
        reader: the record; it must be open for as long as there is a party to ask for.
        known_by: reads the record as it was known by then.
    """

    def __init__(self, reader: Reader, known_by: Asked | None = None) -> None:
        self._reader, self._known_by = known_by_then(reader, known_by)
        self._known: dict[str, Name] = {}
        self._everyone: dict[str, Name] | None = None

    def of(self, party: str) -> Name:
        """Tell who is behind a pseudonym."""
        if party not in self._known:
            self.read((party,))
        return self._known[party]

    def of_each(self, parties: Iterable[str]) -> tuple[Name, ...]:
        """Tell who is behind each of some pseudonyms, read in one go."""
        asked = tuple(parties)
        self.read(asked)
        return tuple(map(self.of, asked))

    def read(self, parties: Iterable[str]) -> None:
        """Read the registrations of some parties in one go, as far as they were not read yet."""
        unread = {party for party in parties if party not in self._known}
        if not unread:
            return
        if len(self._known) + len(unread) > KEPT:
            self._known.clear()
        found = self._registered(self._reader.registrations(unread, known_by=self._known_by))
        for party in unread:
            self._known[party] = found.get(party) or Name(party, "unregistered")

    def called(self, party: str) -> str:
        """Give a party its name, or its pseudonym where the name is not at hand."""
        return self.of(party).shown

    def type_of(self, party: str) -> str | None:
        """Tell what a party is: person, organisation, body, group or asset; None: not told."""
        return self.of(party).type

    def find(self, text: str) -> tuple[str, ...]:
        """Find the pseudonyms that a text may mean.

        A registered pseudonym means itself. Otherwise names and other names are compared as a
        reader does (`name_key`): accents count, and case, width and spaces do not. Several
        parties may share one.
        """
        if self.of(text).state != "unregistered":
            return (text,)
        return self._so_called(text, name_key)

    def find_alike(self, text: str) -> tuple[str, ...]:
        """Find the pseudonyms of parties whose name is a text but for accents and punctuation."""
        return self._so_called(text, plain_key)

    def _so_called(self, text: str, key: Callable[[str], str]) -> tuple[str, ...]:
        wanted = key(text)
        return tuple(
            name.party
            for name in self._perhaps(text)
            if any(key(each) == wanted for each in (name.name, *name.aliases) if each)
        )

    def _perhaps(self, name: str) -> Iterable[Name]:
        """Find parties that may have a name, all that do among them, in the order of `__iter__`."""
        given = self._reader.registered_as(name, known_by=self._known_by)
        if given is None:
            return self
        amended = self._reader.amended(given, known_by=self._known_by)
        said = (event.fields.get("fields", event.fields).get("party") for event in amended)
        found = self.of_each(dict.fromkeys(party for party in said if party))
        return sorted((each for each in found if each.registered_by), key=self._first_registered)

    def _first_registered(self, name: Name) -> int:
        first = self._reader.event(name.registered_by[0])
        return -1 if first is None else first.position

    def __iter__(self) -> Iterator[Name]:
        """Iterate over every registered party, in the order of first registration."""
        if self._everyone is None:
            kinds = {"party-registered"}
            self._everyone = self._registered(
                self._reader.events(kinds=kinds, known_by=self._known_by)
            )
        return iter(self._everyone.values())

    def _registered(self, registrations: Iterable[RecordedEvent]) -> dict[str, Name]:
        """Read some registrations, as amended; of one party, the latest last."""
        registered: dict[str, Name] = {}
        for _, now in registrations_read(self._reader, registrations, known_by=self._known_by):
            before = registered.get(now.party)
            registered[now.party] = now if before is None else _merged(before, now)
        return registered


def registrations_read(
    reader: Reader, registrations: Iterable[RecordedEvent], *, known_by: datetime | None
) -> Iterator[tuple[Fact, Name]]:
    """Yield those of some registrations that stand, as amended, in order, and what each tells."""
    amended = reader.amended(registrations, known_by=known_by)
    by_case = attrgetter("case_id")
    found = [
        (facts, fact)
        for case_id, own in groupby(sorted(amended, key=by_case), key=by_case)
        for facts in (fold(case_id, own),)
        for fact in facts.standing("party-registered")
    ]
    opened = reader.opened(at for facts, fact in found for at in positions(facts, [fact]))
    for facts, fact in sorted(found, key=lambda each: each[1].event.position):
        yield fact, _read(fact, sealed(facts, fact, opened))


def untold(_: str) -> str | None:
    """Tell the type of no party."""
    return None


def read_none(_: Iterable[str]) -> None:
    """Read nothing of any party."""


def names(reader: Reader, *, known_by: Asked | None = None) -> Names:
    """Look up the parties registered in any case, as far as their names are at hand."""
    return Names(reader, known_by)


def _read(fact: Fact, texts: DisclosedTexts) -> Name:
    name, aliases, titles = map(texts.text, ("name", "aliases", "titles"))
    return Name(
        party=fact.fields["party"],
        state=name.state,
        name=name.value,
        aliases=tuple(aliases.value or ()),
        titles=tuple(titles.value or ()),
        type=fact.fields["type"],
        registered_by=(fact.event_id,),
        size=fact.fields.get("size"),
        aliases_state=aliases.state,
        titles_state=titles.state,
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
        size=now.size or before.size,
        aliases_state=max(before.aliases_state, now.aliases_state, key=GRAVER.index),
        titles_state=max(before.titles_state, now.titles_state, key=GRAVER.index),
    )
