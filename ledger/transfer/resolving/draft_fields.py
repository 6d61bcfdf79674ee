"""Resolving the fields of one draft: what they call by a name becomes an id or a pseudonym."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from os import urandom
from typing import Any, Protocol

from answerable.domain.errors import AnswerableError, InvalidEvent
from answerable.domain.event import Event
from answerable.domain.fields import EVENT_ID
from answerable.domain.kinds import kind_named, model
from answerable.domain.parsing import flaws, parse, untrue_numbers
from answerable.ledger.transfer.error_list import RestsOnError
from answerable.ledger.transfer.flaws import Flaws
from answerable.ledger.transfer.mark import Mark
from answerable.ledger.transfer.resolving.source_keys import event_id_at, event_id_of
from answerable.ledger.transfer.resolving.told_earlier import ToldEarlier

WHOLE_ID = re.compile(EVENT_ID)
PSEUDONYM = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
REF = re.compile(r"[^\s$]{1,200}")
MOST_KEY = 1_000
"""The most characters of a key."""

REGISTRATION = "party-registered"
SOME_ID = "00000000-0000-7000-8000-000000000000"
"""Stands for what could not be looked up, while the rest of a draft is checked."""


class NoSuchParty(InvalidEvent):
    """A party is called by a name under which nobody is registered."""


class NotTold(InvalidEvent):
    """A reference is to a name that no earlier line has."""


class Lookup(Protocol):
    """The record, as far as names and references are looked up in it."""

    def event_id(self, text: str) -> str:
        """Return the id that the beginning of one, or a position, means.

        Raises:
            AnswerableError: there is none, or there are several.
        """
        ...

    def parties(self, name: str) -> Sequence[str]:
        """Return the pseudonyms of the parties that are registered under a name."""
        ...

    def type_of(self, party: str) -> str | None:
        """Return what a party on record is: a person, an organisation…; None where not told."""
        ...

    def near(self, name: str) -> Sequence[str]:
        """Return what parties on record are called that a name may have been meant for."""
        ...

    def kind_of(self, event_id: str) -> str | None:
        """Return the kind of an event on record."""
        ...


class Resolving:
    """A draft whose names are being looked up; `found` is what is wrong with it so far."""

    def __init__(self, lookup: Lookup, earlier: ToldEarlier, fields: dict[str, Any]) -> None:
        self._lookup = lookup
        self._earlier = earlier
        self.fields = fields
        self._found: list[AnswerableError] = []
        self.ref: str | None = None
        self._keyed = fields.get("key") is not None or fields.get("event_id") is not None

    def identify(self, source: str | None, mark: Mark, number: int) -> str:
        """Give the event its id, if it has one before it is recorded. Return its kind.

        Raises:
            Flaws: it is of no kind.
        """
        fields = self.fields
        self.ref = self._own_ref(mark.lines)
        kind = self._kind()
        key = self._own_key(source)
        if key is not None and source is not None:
            fields["event_id"] = event_id_of(source, key)
        elif fields.get("event_id") is None and (self.ref is not None or _refers(fields)):
            fields["event_id"] = event_id_at(mark.digest, number)
        return kind

    def event(self, kind: str) -> Event:
        """Make the event.

        Raises:
            Flaws: it cannot be made.
        """
        fields = self.fields
        self._resolve(kind)
        if kind == REGISTRATION and fields.get("party") is None:
            fields["party"] = self._on_record() or _pseudonym(fields.get("event_id"))
        self._found += untrue_numbers(kind, fields)
        wrong = {error.field for error in self._found}
        self._found += [
            each for each in flaws(fields) if each.field not in wrong and each.value != SOME_ID
        ]
        if self._found:
            raise Flaws(self._found)
        return parse(fields)

    def _on_record(self) -> str | None:
        """Find the party that a registration without a pseudonym registers again.

        What has an id or a key of its own was given its pseudonym with that; and whom an earlier
        line registers under the same name is somebody else, or repeated.
        """
        name = self.fields.get("name")
        if self._keyed or not isinstance(name, str) or self._earlier.parties(name):
            return None
        found = self._lookup.parties(name)
        if len(found) != 1 or self._lookup.type_of(found[0]) != self.fields.get("type"):
            return None
        return found[0]

    def _kind(self) -> str:
        told = self.fields.get("kind")
        if not isinstance(told, str):
            raise Flaws([InvalidEvent("is required: the kind of event.", field="kind")])
        try:
            kind = kind_named(told)
        except InvalidEvent as error:
            raise Flaws([error]) from None
        self.fields["kind"] = kind
        return kind

    def _own_ref(self, line: int) -> str | None:
        ref = self.fields.pop("ref", None)
        if ref is None:
            return None
        if not isinstance(ref, str) or not REF.fullmatch(ref):
            self._wrong("ref", f"{ref!r:.80} is no name for a line: as d1, without blanks and `$`.")
            return None
        earlier = self._earlier.ref(ref)
        if earlier is not None and earlier.line != line:
            self._wrong(
                "ref",
                f"{ref!r:.80} is the name of line {earlier.line:,} already.",
                "Give each line a name of its own.",
            )
        return ref

    def _own_key(self, source: str | None) -> str | None:
        key = self.fields.pop("key", None)
        if key is None:
            return None
        if isinstance(key, int) and not isinstance(key, bool):
            key = str(key)
        if not isinstance(key, str) or not key.strip() or len(key) > MOST_KEY:
            self._wrong("key", f"{key!r:.80} is no key: a text, as row-17.")
        elif self.fields.get("event_id") is not None:
            self._wrong("key", "an event has a key or an event_id, and here are both.", "Keep one.")
        elif source is None:
            self._wrong(
                "key",
                "a key is one of some source, and which that is was not told.",
                "Name the source: the same name at each import of it.",
                "Name the source, with the same name at each import of it: --source NAME.",
            )
        else:
            return key
        return None

    def _resolve(self, kind: str) -> None:
        """Look up what the fields name."""
        fields = self.fields
        self._resolve_as(kind, fields, "")
        corrected = fields.get("fields")
        if kind == "correction" and isinstance(corrected, dict):
            target = fields.get("target")
            of_kind = self._kind_of(target) if isinstance(target, str) else None
            if of_kind is not None:
                fields["fields"] = dict(corrected)
                self._resolve_as(of_kind, fields["fields"], "fields.")

    def _kind_of(self, event_id: str) -> str | None:
        return self._earlier.kind_of(event_id) or self._lookup.kind_of(event_id)

    def _resolve_as(self, kind: str, fields: dict[str, Any], where: str) -> None:
        for name in model(kind).references:
            if fields.get(name) is not None:
                fields[name] = self._each(self._event_id, fields[name], where + name)
        for name in model(kind).parties:
            if fields.get(name) is not None:
                fields[name] = self._each(self._party, fields[name], where + name)

    def _each(self, way: Callable[[Any], Any], value: Any, field: str) -> Any:
        if isinstance(value, list):
            return [self._one(way, each, f"{field}.{number}") for number, each in enumerate(value)]
        return self._one(way, value, field)

    def _one(self, way: Callable[[Any], Any], value: Any, field: str) -> Any:
        try:
            return way(value)
        except AnswerableError as error:
            found = error if isinstance(error, InvalidEvent) else _invalid(error)
            found.field = field
            self._found.append(found.about(value))
            return SOME_ID

    def _event_id(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            value = f"#{value}"
        if not isinstance(value, str) or WHOLE_ID.fullmatch(value):
            return value
        if value.startswith("$"):
            return self._referred_to(value)
        return self._lookup.event_id(value)

    def _referred_to(self, value: str) -> str:
        earlier = self._earlier.ref(value[1:])
        if earlier is None:
            raise NotTold(
                f"no line has the name {value[1:]!r:.80}.",
                hint=f'Give the line that is meant `"ref": "{value[1:]:.80}"`, before this one.',
            )
        if earlier.flawed:
            raise RestsOnError(f"{value} is line {earlier.line:,}, which has an error.")
        return earlier.event_id

    def _party(self, value: Any) -> Any:
        if not isinstance(value, str) or PSEUDONYM.fullmatch(value):
            return value
        found = dict.fromkeys((*self._earlier.parties(value), *self._lookup.parties(value)))
        if len(found) == 1:
            return next(iter(found))
        if not found:
            raise NoSuchParty(
                f"no party is registered under the name {value!r:.80}, nor by an earlier line.",
                hint="Register it first, by `party-registered`, or give a pseudonym: lower-case "
                "letters, digits, `.`, `_`, `-`.",
            )
        raise InvalidEvent(
            f"several parties are registered under the name {value!r:.80}: {', '.join(found)}.",
            hint="Give the pseudonym of the one that is meant.",
        )

    def _wrong(
        self, field: str, message: str, hint: str | None = None, cli_hint: str | None = None
    ) -> None:
        self._found.append(InvalidEvent(message, field=field, hint=hint, cli_hint=cli_hint))


def _invalid(error: AnswerableError) -> InvalidEvent:
    """Make an error of the line of one that is raised where a command names what is not there."""
    return InvalidEvent(error.message, hint=error.hint, cli_hint=error.cli_hint)


def _refers(value: Any) -> bool:
    """Tell whether a value refers to another draft, or may do so."""
    if isinstance(value, dict | list):
        return any(map(_refers, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and value.startswith("$") and REF.fullmatch(value[1:]) is not None


def _pseudonym(event_id: Any) -> str:
    """Return a pseudonym that tells nothing; the same one for the same id, where there is one."""
    drawn = urandom(7) if event_id is None else sha256(str(event_id).encode()).digest()[:7]
    return f"p-{b32encode(drawn)[:10].decode().lower()}"
