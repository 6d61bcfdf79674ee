"""Making events of drafts: what a line or a row tells, before its names are looked up.

A source (lines of JSON, the rows of a sheet) is read part by part: a *part* is a line or a row,
with its place in the source. It gives *drafts*: an event of which each field holds a JSON value.
`Drafting.events` makes the events of a part, or raises all that is wrong with it. To import from
something else, give parts; nothing else has to be known of it.

Beside the fields of its kind, a draft may tell:

- `ref`: a name that other drafts of the same source call it by, as in `"ref": "d1"`. Where a field
  refers to an event, also in a list or in the `fields` of a correction, `"$d1"` means that one. It
  must come earlier.
- `key`: what the source itself knows it by, as in `"key": "row-17"`. Its id is made of that and of
  the name of the source (`answerable.ledger.transfer.resolving.source_keys`), so that it is
  recorded once, however often the source is imported.

The other fields may hold what `answerable append` takes: a kind by its everyday word, an event by
the beginning of its id or its position (`"#16"`, `16`), a party by its name, also one that an
earlier draft registers. A registration without a pseudonym gets one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, TypeGuard

from answerable.domain.errors import AnswerableError, InvalidEvent
from answerable.domain.event import Event
from answerable.ledger.transfer.flaws import Flaws
from answerable.ledger.transfer.mark import Mark
from answerable.ledger.transfer.resolving.draft_fields import REGISTRATION, Lookup, Resolving
from answerable.ledger.transfer.resolving.meant import explain
from answerable.ledger.transfer.resolving.told_earlier import ToldEarlier


class Draft(NamedTuple):
    """An event as a source tells it.

    Attributes:
        fields: JSON values by the names of the fields; `kind`, `ref` and `key` among them.
    """

    fields: Mapping[str, Any]


class Part(Protocol):
    """A line or a row of a source: what is read in one go.

    Attributes:
        mark: where it ends: its number, and the digest of the source up to there.
        length: how many bytes of the source it takes.
        place: how messages call it, as `row 17 of Cases`; None: by its number, as a line.
    """

    @property
    def mark(self) -> Mark: ...

    @property
    def length(self) -> int: ...

    @property
    def place(self) -> str | None: ...

    def drafts(self) -> Sequence[Event | Draft]:
        """Return what it tells. An event is one in which nothing has to be looked up.

        Raises:
            Flaws: something in it cannot be taken.
        """
        ...

    def opened(self) -> Sequence[str]:
        """Return the cases that it opens. It raises nothing: what is wrong shows in its turn."""
        ...

    def refs(self) -> Sequence[str]:
        """Return the names by which later drafts may call its own, as far as they can be read."""
        ...


class Drafting:
    """Makes the events of a source.

    Args:
        lookup: the record.
        source: the name of the source, which keys are keys of; None where it was not told.
        identified: whether each draft must have a key, or an id of its own.

    Attributes:
        failed: the ids of events that cannot be recorded, so that what refers to them need not be
            told of.
    """

    def __init__(
        self, lookup: Lookup, source: str | None = None, *, identified: bool = False
    ) -> None:
        self._lookup = lookup
        self._identified = identified
        self._source = source
        self._earlier = ToldEarlier()
        self.failed: set[str] = set()

    def events(self, part: Part) -> list[Event]:
        """Make the events of a part.

        Raises:
            Flaws: all that is wrong with it, each with the line or the place.
        """
        try:
            drafts = part.drafts()
        except Flaws as error:
            for ref in part.refs():
                self._earlier.note_ref(ref, "", "", part.mark.lines, flawed=True)
            raise _at(part, error.found) from None
        if len(drafts) == 1 and self._is_made(drafts[0]):
            return [drafts[0]]
        events: list[Event] = []
        found: list[AnswerableError] = []
        for number, draft in enumerate(drafts):
            try:
                events.append(self._event(draft, part.mark, number))
            except Flaws as error:
                found += error.found
        if found:
            raise _at(part, found)
        return events

    def pass_over(self, part: Part) -> None:
        """Take note of a part that is on record already, since later ones may refer to it."""
        if not part.refs():
            return
        with suppress(Flaws):
            for number, draft in enumerate(part.drafts()):
                if isinstance(draft, Draft):
                    resolving = Resolving(self._lookup, self._earlier, dict(draft.fields))
                    kind = resolving.identify(self._source, part.mark, number)
                    self._note(resolving, kind, part.mark.lines)

    def _is_made(self, draft: Event | Draft) -> TypeGuard[Event]:
        """Tell whether nothing more is to be done with a draft, as with nearly all lines."""
        return isinstance(draft, Event) and draft.kind != REGISTRATION and not self._identified

    def _event(self, draft: Event | Draft, mark: Mark, number: int) -> Event:
        if self._identified:
            _check_identified(draft)
        if isinstance(draft, Event):
            if draft.kind == REGISTRATION:
                self._earlier.note_names(draft.told)
            return draft
        resolving = Resolving(self._lookup, self._earlier, dict(draft.fields))
        kind = ""
        try:
            kind = resolving.identify(self._source, mark, number)
            event = resolving.event(kind)
        except Flaws:
            self._note(resolving, kind, mark.lines, flawed=True)
            raise
        self._note(resolving, kind, mark.lines)
        if event.kind == REGISTRATION:
            self._earlier.note_names(event.told)
        return event

    def _note(self, draft: Resolving, kind: str, line: int, *, flawed: bool = False) -> None:
        """Take note of what later drafts may call by a name: also where it cannot be recorded."""
        told = draft.fields
        if draft.ref is not None:
            self._earlier.note_ref(draft.ref, str(told.get("event_id")), kind, line, flawed=flawed)
        if flawed and told.get("event_id") is not None:
            self.failed.add(str(told["event_id"]))
        if flawed and kind == REGISTRATION and isinstance(told.get("party"), str):
            self._earlier.note_names(told.get)

    def explain(self, errors: Iterable[AnswerableError]) -> None:
        """Say of names that no earlier draft has what they may have been meant for."""
        explain(errors, self._earlier, self._lookup)


def _at(part: Part, found: Iterable[AnswerableError]) -> Flaws:
    """Say of errors in which line or row they are."""
    flaws = Flaws(found)
    for each in flaws.found:
        each.line, each.place = part.mark.lines, part.place
    return flaws


def _check_identified(draft: Event | Draft) -> None:
    """Check that what a draft tells can be found on record again.

    Raises:
        Flaws: it has neither a key nor an id.
    """
    told: Mapping[str, Any] = (
        {"event_id": draft.event_id} if isinstance(draft, Event) else draft.fields
    )
    if told.get("key") is None and told.get("event_id") is None:
        raise Flaws(
            [
                InvalidEvent(
                    "is required: without a key it cannot be found on record again.",
                    field="key",
                    hint="Give each a key, as row-17, or an event_id.",
                )
            ]
        )
