"""Saying what an erasure covers, and stating in it what it destroyed.

An erasure covers the texts that were recorded before it and are about its subject; and of the
events that it names, whomever their texts are about, those in the fields that it names, or all.
That is read from the entry as it was recorded: no correction and no retraction brings a text back.

The entry of an erasure says how many texts it destroyed, and bears a hash over which: so a text
that is gone, or is filed otherwise since, can be told from one that was erased by record. The hash
covers a line for each text, in the order of the log, of what is left of it: position, number of the
commitment in its entry, field, commitment, and the parties that it was about.

    "destroyed":{"texts":2,"digest":"sha256:…"}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from answerable.domain.errors import Refused

DESTROYED = "destroyed"
"""The field of an erasure that the ledger adds: the statement."""


class Coverage(NamedTuple):
    """The texts that an erasure covers, of those recorded before it.

    Attributes:
        subject: the party whose texts go.
        events: the positions of the events whose texts go too.
        fields: which texts of these; all, where none is named.
    """

    subject: str
    events: frozenset[int] = frozenset()
    fields: frozenset[str] = frozenset()

    @classmethod
    def told_by(
        cls, fields: Mapping[str, Any], position_of: Callable[[str], int | None]
    ) -> Coverage:
        """Return what an erasure with these fields covers.

        Args:
            fields: its public fields.
            position_of: finds the position of an event by its id; None where it is not on record.

        Raises:
            ValueError: they are not those of an erasure, or name an event that is not there.
        """
        subject, events = fields.get("subject"), _names(fields.get("events", ()))
        positions = {position_of(event_id) for event_id in events}
        if not isinstance(subject, str) or None in positions:
            raise ValueError("it does not say whose data, or names an event that is not there")
        found = frozenset(position for position in positions if position is not None)
        return cls(subject, found, frozenset(_names(fields.get("fields", ()))))

    def covers(self, position: int, field: str, about: str) -> bool:
        """Tell whether it covers a text.

        Args:
            position: of the entry that the text belongs to; it is before that of the erasure.
            field: the text's field.
            about: the parties that the text is about, spaces between them.
        """
        named = position in self.events and (not self.fields or field in self.fields)
        return named or self.subject in about.split()


def check_names_texts(
    events: Iterable[str], fields: Iterable[str], kind_of: Callable[[str], str | None]
) -> None:
    """Check that the events that an erasure names seal the fields that it names.

    Args:
        events: the events, by their ids.
        fields: the fields.
        kind_of: finds the kind of an event on record.

    Raises:
        Refused: fields are named and no event, or one that none of the events seals, so that what
            was meant would stay.
    """
    from answerable.ledger.entry.seals import sealable_fields

    kinds = {kind for kind in map(kind_of, events) if kind is not None}
    sealed = frozenset[str]().union(*map(sealable_fields, kinds))
    for name in fields:
        if not kinds:
            raise Refused(
                "fields are named, but no events whose texts they are.",
                field="fields",
                hint="Name the events, too. What is about the subject goes without being named.",
            )
        if name not in sealed:
            raise Refused(
                f"none of the events named seals a field {name!r}.",
                field="fields",
                hint=f"They seal: {', '.join(sorted(sealed))}.",
            )


def _names(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise ValueError("it names events and fields by other than lists of names")
    return list(value)


class Remains(NamedTuple):
    """A destroyed text, as far as it is left: where it stood, and what the entry commits to."""

    position: int
    number: int
    field: str
    commitment: bytes
    about: str


class Destroyed(NamedTuple):
    """The statement of an erasure: how many texts, and the hash over what is left of them."""

    texts: int
    digest: str

    @classmethod
    def of(cls, remains: Iterable[Remains]) -> Destroyed:
        """State which texts are destroyed, given in the order of the log."""
        hashed, texts = sha256(), 0
        for position, number, field, commitment, about in remains:
            hashed.update(b"%d %d %b %b %b\n" % (
                position, number, field.encode(), commitment, about.encode()
            ))  # fmt: skip
            texts += 1
        return cls(texts, f"sha256:{hashed.hexdigest()}")

    @classmethod
    def told_by(cls, fields: Mapping[str, Any]) -> Destroyed | None:
        """Return the statement in an entry's fields; None in one of an earlier version.

        Raises:
            ValueError: what stands there is no statement.
        """
        told = fields.get(DESTROYED)
        if told is None:
            return None
        if not isinstance(told, dict) or told.keys() != {"texts", "digest"}:
            raise ValueError("an erasure states a number of texts and a digest")
        return cls(told["texts"], told["digest"])

    def __bytes__(self) -> bytes:
        return b'"%b":{"texts":%d,"digest":"%b"},' % (
            DESTROYED.encode(), self.texts, self.digest.encode()
        )  # fmt: skip
