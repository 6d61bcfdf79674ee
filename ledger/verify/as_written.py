"""Telling at one look whether the entries of a tile, and their texts, are as a ledger writes them.

Nearly all are. So each check is made of all entries at once, by few steps of Python: what they
should read is put together and compared whole. Whatever is otherwise, or merely seldom, is left to
`answerable.ledger.verify.one_by_one`, which knows what is wrong with it, if anything is. What is
said to be as written here has no problem there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, chain, compress, repeat

from answerable.domain.record import RECORDED_BY, SEALED_BESIDE, SIGNATURE
from answerable.ledger.store.rows import HEAD_OFFSET
from answerable.ledger.verify.rules import Rules
from answerable.ledger.verify.spelling import are_text, are_times
from answerable.ledger.verify.tile import COMMITMENT, TAIL, Tile, cut

MOST_TEXTS = 32
"""Entries with as many texts are looked at one by one."""

NUMBERS = tuple(tuple(range(count)) for count in range(MOST_TEXTS))
"""The numbers of an entry's texts, by how many there are."""

TAILS = tuple(slice(-TAIL - COMMITMENT * count, None) for count in range(MOST_TEXTS))
"""Where an entry's commitments stand, by how many there are."""

BODIES = tuple(slice(None, -TAIL - COMMITMENT * count) for count in range(MOST_TEXTS))
"""The slices before an entry's commitments, by how many there are."""

BEFORE = (b'"]}"_sd":["', *(b'","' for _ in range(MOST_TEXTS)))
"""The bytes before a commitment, by its number, where entries' commitments follow each other."""


def unusual_entries(tile: Tile) -> set[int]:
    """Return which entries are to be looked at one by one, though there may be nothing wrong.

    They have an erased text, an escape or an object within.
    """
    erased = {owner for owner, text in zip(tile.owners, tile.texts, strict=True) if text is None}
    telling = {
        place
        for place, state in zip(tile.places, tile.states, strict=True)
        if type(state) is not bytes or b"\\" in state or state.find(b"{", 1) > 0
    }
    return erased | telling


def is_as_written(tile: Tile, rules: Rules) -> bool:
    """Tell whether entries and texts are as a ledger writes them; False where it is not certain."""
    if not tile.entries:
        return not tile.owners
    if tile.erased or not 0 < min(tile.counts) <= max(tile.counts) < MOST_TEXTS:
        return False
    try:
        return (
            _texts_are_in_order(tile)
            and _begin_as_filed(tile)
            and _end_in_commitments(tile)
            and tile.opened.fields == [*tile.fields]
            and are_text(tile.states)
            and are_times(tile.times)
            and _tell_of_parties(tile, rules)
        )
    except TypeError:
        return False  # What is stored is not of the type that it is stored as.


def _texts_are_in_order(tile: Tile) -> bool:
    """Tell whether the texts follow each other as their entries do, and are numbered so."""
    numbers = chain.from_iterable(map(NUMBERS.__getitem__, tile.counts))
    # Each entry has texts: so, in this order, there is none of another's between those of one.
    return tile.in_order and sum(tile.counts) == len(tile.owners) and (*numbers,) == tile.numbers


def _begin_as_filed(tile: Tile) -> bool:
    """Tell whether each entry begins with the case, number and kind that it is filed under."""
    if {*map(type, tile.versions)} != {int}:
        return False
    heads = [
        f'","case_id":"{case_id}","version":{version},"kind":"{kind}",'.encode()
        for case_id, version, kind in zip(tile.cases, tile.versions, tile.kinds, strict=True)
    ]
    return all(map(bytes.startswith, tile.states, heads, repeat(HEAD_OFFSET)))


def _end_in_commitments(tile: Tile) -> bool:
    """Tell whether each entry ends in the commitments to its texts, and nothing else."""
    tails = b"".join(map(cut, tile.states, map(TAILS.__getitem__, tile.counts)))
    before = map(BEFORE.__getitem__, tile.numbers)
    expected = b"".join(chain.from_iterable(zip(before, tile.commitments, strict=True)))
    return expected + b'"]}' == b'"]}' + tails


def _tell_of_parties(tile: Tile, rules: Rules) -> bool:
    """Tell whether texts are filed as about their parties, and entries seal what their kind may.

    And whether they are spelled as a ledger spells them, kind by kind.
    """
    groups: defaultdict[tuple[str, tuple[bytes, ...]], list[int]] = defaultdict(list)
    for at, (kind, names) in enumerate(zip(tile.kinds, _sealed_names(tile, rules), strict=True)):
        if names is None:
            return False
        groups[kind, names].append(at)
    bodies = [*map(cut, tile.states, map(BODIES.__getitem__, tile.counts))]
    abouts: dict[int, str] = {}
    for (kind, names), places in groups.items():
        group = [bodies[at] for at in places]
        if not all(map(rules.spelling(kind), group)):
            return False
        if names:
            entries = [tile.states[at] for at in places]
            each = rules.namings.whom_each_is_about(kind, entries, group, b"".join(group))
            abouts.update(zip([tile.places[at] for at in places], each, strict=True))
    return _are_filed_by_party(tile, rules, abouts)


def _sealed_names(tile: Tile, rules: Rules) -> Sequence[tuple[bytes, ...] | None]:
    """Return of each entry what it seals of the event; None where it may not."""
    ends = [*accumulate(tile.counts)]
    fields = map(tile.fields.__getitem__, map(slice, [0, *ends], ends))
    shapes = [*zip(tile.kinds, fields, strict=True)]
    found: list[tuple[bytes, ...] | None] = [*map(rules.sound.get, shapes)]
    if None in found:
        seals = [rules.seals(*shape) for shape in shapes]
        found = [each.names if each.problem is None else None for each in seals]
    return found


def _are_filed_by_party(tile: Tile, rules: Rules, abouts: dict[int, str]) -> bool:
    """Tell whether the texts are filed as about whom they are about.

    Args:
        tile: the texts.
        rules: tell whom the texts of who recorded an event are about.
        abouts: by the numbers of entries, whom their other texts are about.
    """
    telling = [field == RECORDED_BY for field in tile.fields]
    recorders: list[str | None] = [*map(rules.recorders.get, compress(tile.opened.values, telling))]
    if None in recorders:
        recorders = [*map(rules.about_recorder, compress(tile.opened.values, telling))]
    of_event = [field not in SEALED_BESIDE for field in tile.fields]
    expected = map(abouts.__getitem__, compress(tile.owners, of_event))
    return (
        recorders == [*compress(tile.abouts, telling)]
        and [*expected] == [*compress(tile.abouts, of_event)]
        and (
            SIGNATURE not in tile.fields
            or _signatures_are_filed(
                tile, dict(zip(compress(tile.owners, telling), recorders, strict=True))
            )
        )
    )


def _signatures_are_filed(tile: Tile, recorders: dict[int, str | None]) -> bool:
    signatures = [field == SIGNATURE for field in tile.fields]
    expected = [recorders.get(owner, "") for owner in compress(tile.owners, signatures)]
    return expected == [*compress(tile.abouts, signatures)]
