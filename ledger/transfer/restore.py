"""Restore a ledger from its entries, written by `transfer.export.exported_entries`.

What is restored is what was there: the same bytes, so the same positions, times and root. An entry
is let in only if the ledger could have written it: it says of itself what the rest of it says, its
number in its case comes next, its texts are what it commits to, its event is well formed and
possible, and of what an erasure destroyed nothing is there. Whom its texts are about is derived
again, not taken from the line. Whether it is the *same* record as elsewhere, the root tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import from_json

from answerable.domain.case import check_possible
from answerable.domain.errors import AnswerableError, InvalidEvent, Refused
from answerable.domain.event import Event
from answerable.domain.kinds import FAMILY, TARGETS, model
from answerable.domain.parsing import explain
from answerable.domain.record import RECORDED_BY, SEALED_BESIDE, TIME, ClockReading, TreeHead
from answerable.domain.terms.form import AS_RECORDED
from answerable.ledger.entry.about import (
    Naming,
    naming_of,
    party_fields,
    recorder_about,
    whom_texts_are_about,
)
from answerable.ledger.entry.clock import stated
from answerable.ledger.entry.codec import MAX_ENTRY
from answerable.ledger.entry.disclosure import commit_all, open_disclosure
from answerable.ledger.entry.reading import reading_problem
from answerable.ledger.entry.seals import entry_problem, sealable_fields, texts_problem
from answerable.ledger.erasure import check_erasures
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.case_states import CaseStates
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import find_event, log_size
from answerable.ledger.store.rows import DisclosureRow, StoredRow
from answerable.ledger.tlog import merkle
from answerable.ledger.transfer.json_lines import JsonLine, check_utf8

CHUNK = 256
"""The entries written at a time."""

ABOUT = r"^([a-z0-9][a-z0-9._-]{0,63}( |$))*$"
"""Pseudonyms with spaces between them, or nothing."""


class ExportedEntry(BaseModel):
    """A line of an export of entries."""

    model_config = ConfigDict(extra="forbid", strict=True)

    entry: str
    disclosures: list[str | None]
    erased: list[str]
    about: list[Annotated[str, StringConstraints(pattern=ABOUT)]]


class _Restored(NamedTuple):
    """An entry as it will be on disk, and its content."""

    entry: bytes
    fields: Mapping[str, Any]
    sealed: list[tuple[str, str, bytes | None]]
    """The sealed texts: of each the field, the parties that the line tells that it is about, and
    the text unless erased."""
    recorder: str | None
    """The parties that the text of who recorded it is about; None where that was erased."""
    event: Event | None
    """The event, where nothing that its kind requires was erased."""


def is_entry(line: JsonLine) -> bool:
    """Tell whether a line is an entry, rather than an event as its producer gave it."""
    return line.text.lstrip().startswith(b'{"entry"')


def restore(ledger: Ledger, source: Iterable[JsonLine]) -> TreeHead:
    """Restore entries into an empty ledger: all of them, or none.

    Raises:
        Refused: the ledger is not empty, or an entry does not follow from those before it.
        InvalidEvent: a line is no entry that a ledger wrote. `line` says which.
    """
    kept = (line for line in source if not line.blank)
    with ledger._writing() as cursor:
        if log_size(cursor):
            raise Refused(
                "entries can be restored only into an empty ledger, and this one is not.",
                hint="Make another, empty one.",
                cli_hint="Make another with `answerable init --ledger …`.",
            )
        restoring = _Restoring(cursor)
        while chunk := list(islice(kept, CHUNK)):
            rows = [row for line in chunk for row in restoring.rows(line)]
            restoring.write(ledger, rows)
        for problem in check_erasures(cursor).problems:
            raise Refused(
                f"the entry at position {problem.position} {problem.what}.",
                hint="What was erased is not restored: take an export that was made since.",
            )
    return ledger.head()


class _Restoring:
    """A restoration under way: what the next entry has to follow from."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._states = CaseStates()
        self._namings: dict[str, Naming] = {}
        self._size = 0
        self._last = ""

    def rows(self, line: JsonLine) -> Iterator[tuple[StoredRow, list[DisclosureRow]]]:
        """Yield the rows that restore one line."""
        try:
            restored = _read(line.text)
            self._follow(restored)
        except AnswerableError as error:
            error.line = line.mark.lines
            raise
        position = self._size
        self._size += 1
        fields = restored.fields
        yield (
            (
                position + 1,
                fields["case_id"],
                fields["version"],
                fields["kind"],
                restored.entry,
            ),
            list(self._disclosures(position, restored)),
        )

    def _disclosures(self, position: int, restored: _Restored) -> Iterator[DisclosureRow]:
        """Yield the rows of the texts of an entry, with whom they are about."""
        kind = restored.fields["kind"]
        naming = naming_of(kind, restored.fields, party_fields(kind))
        replaced = restored.fields.get("fields") if kind == "correction" else None
        event = whom_texts_are_about(naming, self._naming, replaced)
        told = {field: about for field, about, _ in restored.sealed}
        recorder = told[RECORDED_BY] if restored.recorder is None else restored.recorder
        for number, (field, _, text) in enumerate(restored.sealed):
            about = recorder if field in SEALED_BESIDE else event
            yield position, number, field, about, text

    def _follow(self, restored: _Restored) -> None:
        """Check that an entry can come next, and take it in."""
        fields = restored.fields
        event_id, kind, version = fields["event_id"], fields["kind"], fields["version"]
        state = self._states.of(self._cursor, fields["case_id"])
        if self._naming(event_id) is not None:
            raise Refused(f"the event {event_id} was there before.", field="event_id")
        if version != state.version + 1:
            raise Refused(
                f"this is event {version} of {fields['case_id']!r}, but {state.version + 1} is "
                "the next.",
                field="version",
                hint="Restore the lines in the order in which they were exported.",
            )
        if fields["recorded_at"] < self._last:
            raise Refused(
                f"{fields['recorded_at']} is earlier than the entry before, and a log's clock "
                "never runs backwards.",
                field="recorded_at",
            )
        clock = ClockReading.told_by(fields)
        if clock is not None and clock.last != self._last:
            raise Refused(
                f"the entry says that the one before it was recorded at {clock.last}, and it was "
                f"not.{'' if self._last else ' There is none.'}",
                field="clock",
            )
        if restored.event is not None:
            check_possible(state, restored.event, self._kind)
        self._last = fields["recorded_at"]
        self._namings[event_id] = naming_of(kind, fields, party_fields(kind))
        target = TARGETS.get(kind)
        state.apply(event_id, kind, None if target is None else fields.get(target))

    def _kind(self, event_id: str) -> str | None:
        found = self._naming(event_id)
        return None if found is None else found.kind

    def _naming(self, event_id: str) -> Naming | None:
        """Return whom an event that was restored names."""
        if event_id in self._namings:
            return self._namings[event_id]
        found = find_event(self._cursor, event_id)
        return found and naming_of(found.kind, found.fields, party_fields(found.kind))

    def write(self, ledger: Ledger, rows: list[tuple[StoredRow, list[DisclosureRow]]]) -> None:
        """Write the rows that were read, with the tree over them."""
        leaves = [merkle.leaf_hash(row[-1]) for row, _ in rows]
        disclosures = [disclosure for _, texts in rows for disclosure in texts]
        before = self._size - len(rows)
        ledger._store.record(self._cursor, before, [row for row, _ in rows], disclosures, leaves)
        self._namings.clear()
        self._states.keep(self._size)


def _read(text: bytes) -> _Restored:
    """Read an entry with its texts, each held against the other.

    Raises:
        InvalidEvent: they are not what a ledger wrote.
    """
    check_utf8(text)
    try:
        kept = ExportedEntry.model_validate_json(text)
    except ValidationError as error:
        raise explain(error) from None
    entry = kept.entry.encode()
    fields = _fields(entry)
    texts = [None if each is None else each.encode() for each in kept.disclosures]
    opened = _opened(fields, texts)
    erased = iter(kept.erased)
    names = [next(erased, "") if each is None else each[0] for each in opened]
    kind = model(fields["kind"])
    if next(erased, None) is not None or "" in names:
        raise InvalidEvent("it names other fields than those that are sealed.", field="erased")
    if len(kept.about) != len(names):
        raise InvalidEvent("it is not told of each text whom it is about.", field="about")
    problem = (
        entry_problem(entry, fields)
        or reading_problem(fields["kind"], entry, sealable_fields(fields["kind"]))
        or texts_problem(fields["kind"], names)
    )
    if problem:
        raise InvalidEvent(f"the entry {problem}.", field="disclosures")
    said = dict(each for each in opened if each is not None)
    sealed = list(zip(names, kept.about, texts, strict=True))
    recorder = None if RECORDED_BY in kept.erased else recorder_about(said.get(RECORDED_BY))
    return _Restored(entry, fields, sealed, recorder, _event(kind, {**said, **fields}, kept.erased))


def _fields(entry: bytes) -> dict[str, Any]:
    """Return the fields of an entry that is written as a ledger writes it."""
    try:
        fields: dict[str, Any] = from_json(entry)
        opening = (
            f'{{"event_id":"{fields["event_id"]}","case_id":"{fields["case_id"]}",'
            f'"version":{fields["version"]:d},"kind":"{fields["kind"]}",'
            f'"schema":{model(fields["kind"]).schema_version},"standing":"{fields["standing"]}",'
        ).encode()
        commitments = '","'.join(fields["_sd"])
        clock = ClockReading.told_by(fields)
        ending = (b"" if clock is None else stated(clock)) + (
            f'"recorded_at":"{fields["recorded_at"]}","_sd":["{commitments}"]}}'.encode()
        )
    except (ValueError, TypeError, KeyError, InvalidEvent):
        raise InvalidEvent("this is not an entry that a ledger wrote.", field="entry") from None
    if not (
        entry.startswith(opening)
        and entry.endswith(ending)
        and len(entry) <= MAX_ENTRY
        and TIME.fullmatch(fields["recorded_at"])
        and sorted(set(fields["_sd"])) == fields["_sd"]
        and fields["kind"] in FAMILY
    ):
        raise InvalidEvent("this is not an entry that a ledger wrote.", field="entry")
    return fields


def _opened(fields: Mapping[str, Any], texts: list[bytes | None]) -> list[tuple[str, Any] | None]:
    """Return the fields and values behind the commitments, None where a text was erased."""
    if len(texts) != len(fields["_sd"]):
        raise InvalidEvent(
            f"the entry commits to {len(fields['_sd'])} texts, and here are {len(texts)}.",
            field="disclosures",
        )
    committed = commit_all([text or b"" for text in texts])
    for number, (text, there) in enumerate(zip(texts, fields["_sd"], strict=True)):
        if text is not None and committed[number] != there.encode():
            raise InvalidEvent(
                f"text {number + 1} is not what the entry commits to.", field="disclosures"
            )
    try:
        return [None if text is None else open_disclosure(text) for text in texts]
    except ValueError as error:
        raise InvalidEvent(f"{error}.", field="disclosures") from None


def _event(kind: type[Event], fields: Mapping[str, Any], erased: list[str]) -> Event | None:
    """Return the event, checked as when it was first recorded, but for what is gone."""
    given = {name: fields[name] for name in kind.attributes if name in fields}
    try:
        return kind.model_validate(given, context=AS_RECORDED)
    except ValidationError as error:
        if all(_tells_of_erased(each, kind, erased) for each in error.errors()):
            return None
        raise explain(error, fields["kind"]) from None


def _tells_of_erased(problem: Any, kind: type[Event], erased: list[str]) -> bool:
    """Tell whether an event may be found wanting only because a text of it was erased."""
    if problem["type"] == "missing":
        return bool(problem["loc"]) and problem["loc"][0] in erased
    # What several fields must be together, one that is gone may have been.
    return (
        problem["type"] == "value_error" and not problem["loc"] and bool({*erased} & {*kind.sealed})
    )
