"""Finding what the user means: an event by part of its id or position, a party by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from answerable.cli.shared.output import note, visible
from answerable.domain.search.folding import name_key
from answerable.projections.errors import NotFound, no_case
from answerable.projections.facts.known_by.day import known_by_then

if TYPE_CHECKING:
    from collections.abc import Callable

    from answerable.domain.event import Event
    from answerable.domain.record import RecordedEvent
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.indexes.reader import IndexedReader
    from answerable.ledger.store.reader import StoreReader
    from answerable.projections.facts.names import Names

Value = TypeVar("Value")

SHORTEST = 8
"""The fewest letters of an event id that it takes."""

UUID_LENGTH = 36

MOST_ALIKE = 3
"""The most parties that are offered for a name."""

POSITION = re.compile(r"#[0-9]{1,15}|[0-9]{1,7}")
ID_START = re.compile(r"[0-9a-f]{8}[0-9a-f-]{0,28}")
PSEUDONYM = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def find_event(ledger: StoreReader, text: str) -> RecordedEvent:
    """Find the event that a text means: its id, the beginning of it, or a position (`12`, `#12`).

    Raises:
        NotFound: there is none, or the beginning fits several, which are listed.
    """
    cleaned = name_key(text)
    if POSITION.fullmatch(cleaned):
        return _at(ledger, int(cleaned.removeprefix("#")))
    if not ID_START.fullmatch(cleaned):
        raise NotFound(
            f"{text!r:.80} is neither an event id nor the beginning of one ({SHORTEST} letters "
            "or more), nor a position.",
            hint="`answerable log` lists the events.",
        ).seeking("event", text)
    found = ledger.events_by_prefix(cleaned)
    if not found:
        raise NotFound(
            f"there is no event {text} in this ledger.", hint="`answerable log` lists the events."
        ).seeking("event", text)
    if len(found) > 1:
        listed = "".join(f"\n  #{each.position}  {each.event_id}  {each.kind}" for each in found)
        raise NotFound(
            f"{text} is the beginning of several event ids:{listed}\n",
            hint="Give more of the id, or the position.",
        )
    return found[0]


def find_exhibit(ledger: StoreReader, text: str) -> RecordedEvent:
    """Find the registration of an exhibit that a text means.

    Raises:
        NotFound: there is no such event, or it is of another kind.
    """
    found = find_event(ledger, text)
    if found.kind != "evidence-registered":
        raise NotFound(
            f"#{found.position} is a {found.kind}, and registers no exhibit.",
            hint="`answerable evidence list` lists the exhibits.",
        )
    return found


def _at(ledger: StoreReader, position: int) -> RecordedEvent:
    from answerable.ledger.entry.codec import decode

    entry = ledger.entry(position)
    if entry is None:
        raise NotFound(
            f"there is no position {position}: the ledger holds {len(ledger):,} entries.",
            hint="Positions count from 0. `answerable log` lists the events.",
        ).seeking("event", f"#{position}")
    event = decode(position, "", entry)
    return event._replace(kind=event.fields["kind"])


def event_id(ledger: StoreReader, text: str) -> str:
    """Return the id that a text means. A whole id is taken as it is, even if it is not there.

    Raises:
        NotFound: as `find_event`.
    """
    cleaned = name_key(text)
    if len(cleaned) == UUID_LENGTH and ID_START.fullmatch(cleaned):
        return cleaned
    return find_event(ledger, text).event_id


def party(ledger: IndexedReader, text: str) -> str:
    """Return the pseudonym that a text means: itself, or that of the one party of that name.

    A name is compared as a reader does: accents count, and case, width and spaces do not. Whoever
    is called so but for accents is asked about, for that may be somebody else.

    Raises:
        NotFound: no party is registered under that name, or several are.
    """
    if PSEUDONYM.fullmatch(text):
        return text
    from answerable.projections.facts.names import names

    known = names(ledger)
    typed = name_key(text)
    if PSEUDONYM.fullmatch(typed) and known.of(typed).state != "unregistered":
        return typed
    found = known.find(text)
    if not found:
        near = [known.of(each) for each in known.find_alike(text)[:MOST_ALIKE]]
        asked = " or ".join(f"{each.shown} ({each.party})" for each in near)
        raise NotFound(
            f"no party is registered under the name {text!r:.80}.",
            hint=f"Did you mean {asked}?"
            if near
            else "Register it: `answerable append party-registered --type person --name …`, or "
            "give a pseudonym: lower-case letters, digits, `.`, `_`, `-`.",
        ).seeking("party", text)
    if len(found) > 1:
        raise NotFound(
            f"several parties are registered under the name {text!r:.80}: {', '.join(found)}.",
            hint="Give the pseudonym of the one you mean.",
        )
    return found[0]


def asked_about(ledger: IndexedReader, known: Names, text: str) -> str:
    """Return the pseudonym that a question is about: by a name known then, else as `party`.

    To ask does no harm: the one party that is called so but for accents is meant, as a note says.

    Raises:
        NotFound: no party is known by it, or several are.
    """
    found = known.find(text)
    if not found and not PSEUDONYM.fullmatch(text):
        found = known.find_alike(text)
        if len(found) == 1:
            note(f"{visible(text)} is read as {known.called(found[0])} ({found[0]}).")
    return found[0] if len(found) == 1 else party(ledger, text)


def check_on_record(known: Names, who: str, *, named: bool) -> None:
    """Check that a party is on record: only then can the answer be that nothing is said of it.

    Raises:
        NotFound: nothing names it, and it is not registered either.
    """
    if not named and known.of(who).state == "unregistered":
        raise NotFound(
            f"nothing of the kind is on record about {who!r}, and no party is registered so.",
            hint="Give a pseudonym or a registered name.",
        ).seeking("party", who)


def check_case(ledger: IndexedReader, case: str, known_by: Asked | None = None) -> None:
    """Check that a case is there, or was by then.

    Raises:
        NotFound: it is not.
    """
    reader, moment = known_by_then(ledger, known_by)
    if next(reader.events(case=case, known_by=moment), None) is None:
        raise no_case(case, moment)


def resolve_references(
    ledger: IndexedReader, model: type[Event], fields: dict[str, Any]
) -> dict[str, Any]:
    """Return the fields with every event and party that they name resolved.

    Raises:
        NotFound: with the field, as `event_id` and `party`.
    """
    ways: dict[str, Callable[[IndexedReader, str], str]] = dict.fromkeys(model.references, event_id)
    ways.update(dict.fromkeys(model.parties, party))
    return {
        name: _settle(ways[name], ledger, name, value) if name in ways else value
        for name, value in fields.items()
    }


def _settle(
    way: Callable[[IndexedReader, str], str], ledger: IndexedReader, name: str, value: Any
) -> Any:
    try:
        if isinstance(value, list):
            return [way(ledger, each) if isinstance(each, str) else each for each in value]
        # What is no text is none's id or name: it is left to the model to refuse.
        return way(ledger, value) if isinstance(value, str) else value
    except NotFound as error:
        error.field = name
        raise
