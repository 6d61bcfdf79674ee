"""Checking the entries of a tile one by one, and saying what is wrong with each.

`answerable.ledger.verify.as_written` tells of most tiles at one look that nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic_core import from_json

from answerable.ledger.entry.reading import reading_problem
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.rows import HEAD_OFFSET
from answerable.ledger.verify.rules import Rules, Seals, quoted
from answerable.ledger.verify.tile import EntryRow, Tile


def entry_problems(tile: Tile, rules: Rules) -> Iterator[Problem]:
    """Yield what is wrong with each entry and its texts, in the log's order.

    Then what is wrong with how the texts are filed: as which field, number, and about whom.
    """
    owners = (*tile.owners, -1)
    commitments, fields = tile.commitments, tile.fields
    numbers: list[int] = []
    abouts: list[str] = []
    begin = end = 0
    for at, (number, _, _, kind, state) in enumerate(tile.entries):
        while owners[end] == number:
            end += 1
        first, begin = begin, end
        numbers += range(end - first)
        if type(state) is not bytes:
            yield Problem(number - 1, "is not an entry that answerable wrote")
            abouts += tile.abouts[first:end]
            continue
        sealed, names = commitments[first:end], fields[first:end]
        seals = rules.seals(kind, names)
        found = [*_problems_of(tile.entries[at], sealed, names, seals)]
        if not found:
            reading = reading_problem(kind, state, rules.sealable(kind))
            found += [] if reading is None else [reading]
        yield from (Problem(number - 1, what) for what in found)
        recorder = (
            _about_recorder(tile, rules, first + seals.recorder) if seals.recorder >= 0 else ""
        )
        if seals.names:
            about = rules.namings.whom_about(kind, state)
            abouts += [recorder if own else about for own in seals.own]
        else:
            abouts += [recorder] * (end - first)
    if begin + 1 != len(owners):
        owner: object = owners[begin]
        position = owner - 1 if isinstance(owner, int) else None
        yield Problem(position, "has texts that belong to no entry")
    yield from _filed_otherwise(tile, numbers, abouts)


def _problems_of(
    row: EntryRow, sealed: Sequence[bytes], fields: tuple[str, ...], seals: Seals
) -> Iterator[str]:
    """Yield what is wrong with an entry: how it is filed, and what it commits to."""
    _, case_id, version, kind, state = row
    head = f'","case_id":"{case_id}","version":{version},"kind":"{kind}",'.encode()
    if not state.startswith(head, HEAD_OFFSET) or type(version) is not int:
        yield "is filed under a case, number or kind not its own"
    if not state.endswith(b'"_sd":["' + b'","'.join(sealed) + b'"]}'):
        yield from _commitment_problems(state, sealed)
    if seals.problem is not None:
        yield seals.problem
    told = _told_in_the_open(state, fields)
    if told is not None:
        yield f"tells {told!r:.40} in the open, which is sealed"


def _told_in_the_open(state: bytes, fields: Iterable[str]) -> str | None:
    """Return a field that an entry seals and tells in the open, too; None if there is none."""
    here = [field for field in fields if quoted(field) in state]
    if not here and b"\\" not in state:
        return None
    try:
        public = from_json(state)
    except ValueError:
        return None
    return next((field for field in fields if isinstance(public, dict) and field in public), None)


def _about_recorder(tile: Tile, rules: Rules, at: int) -> str:
    """Return whom a text of who recorded is about; an erased one, under its own pseudonym."""
    erased = tile.texts[at] is None
    return rules.about_recorder(tile.abouts[at] if erased else tile.opened.values[at])


def _filed_otherwise(
    tile: Tile, numbers: Sequence[int], abouts: Sequence[str]
) -> Iterator[Problem]:
    """Yield the texts that the store files as what they are not."""
    for what, expected, there in (
        ("has a text that is filed under a field not its own", tile.opened.fields, tile.fields),
        ("has a text whose number is not its own", numbers, tile.numbers),
        ("has a text that is filed as about others than it is about", abouts, tile.abouts),
    ):
        differing = zip(tile.owners, expected, there, strict=False)
        yield from (Problem(at - 1, what) for at, one, other in differing if one != other)


def _commitment_problems(state: bytes, found: Sequence[bytes]) -> Iterator[str]:
    """Hold texts against commitments one by one, where some were erased or something is off."""
    try:
        committed = [text.encode() for text in from_json(state)["_sd"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "is not an entry that answerable wrote"
        return
    if len(found) != len(committed):
        yield f"has {len(committed)} commitments, but {len(found)} texts or erasures"
    elif any(text and text != there for text, there in zip(found, committed, strict=True)):
        yield "has a text that its entry does not commit to"
    elif len({*committed}) < len(committed):
        yield "commits to one text twice"
