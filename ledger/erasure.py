"""Erasing what is sealed about a person. The chain is not touched, so every proof still holds.

What an erasure covers is defined by `answerable.ledger.entry.destroyed`, and it states what it
destroyed. So whoever verifies the ledger can hold both against each other: a text that is gone must
have been destroyed by an erasure on record, and what an erasure covers must be gone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from answerable.domain.errors import Refused
from answerable.domain.kinds import ERASURE
from answerable.ledger.entry.codec import decode
from answerable.ledger.entry.destroyed import Coverage, Destroyed, Remains
from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import covered_texts, position_of

ERASURES = f"SELECT rowid - 1, state FROM stored_events WHERE topic = '{ERASURE}' ORDER BY rowid"

DESTROY = "UPDATE disclosures SET disclosure = NULL WHERE position = ? AND number = ?"

TEXTS = (
    "SELECT position, number, field, about, disclosure IS NULL FROM disclosures "
    "WHERE position < ? OR disclosure IS NULL ORDER BY position, number"
)


def erase(cursor: Cursor, position: int, coverage: Coverage) -> int:
    """Destroy the texts that an erasure covers.

    A text about several parties goes as a whole, and with it every word that an index has of it.

    Args:
        cursor: the transaction that records the erasure.
        position: the entry that records it.
        coverage: what it covers.

    Returns:
        How many texts were destroyed.

    Raises:
        Refused: as `check_no_hold` says.
        StorageFailed: the file keeps what is to be destroyed.
    """
    from answerable.ledger.indexes.full_text import forget_texts

    check_no_hold(cursor, position, coverage)
    for problem in cursor.dialect.acting_problems(cursor):
        raise _not_destroyed(f"{problem.what}, so that what is erased might be kept")
    gone = [
        (at, number, field) for at, number, field, *_ in covered_texts(cursor, position, coverage)
    ]
    forget_texts(cursor, gone)
    cursor.executemany(DESTROY, ((at, number) for at, number, _ in gone))
    destroyed = len(gone)
    remaining = sum(1 for _ in covered_texts(cursor, position, coverage))
    stated = Destroyed.told_by(_entry_fields(cursor, position))
    if remaining or stated is None or stated.texts != destroyed:
        raise _not_destroyed(f"{remaining:,} texts that it covers remain")
    return destroyed


def _not_destroyed(why: str) -> StorageFailed:
    return StorageFailed(
        f"nothing is erased: {why}.",
        hint="`verify_ledger` says more.",
        cli_hint="`answerable verify` says more.",
    )


def _entry_fields(cursor: Cursor, position: int) -> dict[str, object]:
    (state,) = cursor.execute(
        "SELECT state FROM stored_events WHERE rowid = ?", (position + 1,)
    ).fetchone()
    return dict(decode(position, ERASURE, state).fields)


class Erasure(NamedTuple):
    """An erasure on record: what it covers, and what it states to have destroyed."""

    position: int
    coverage: Coverage
    stated: Destroyed | None


class _Covering:
    """The erasures on record, to be looked up by the texts that they cover."""

    def __init__(self, erasures: Iterable[Erasure]) -> None:
        self.last = 0
        self._of_subject: dict[str, list[Erasure]] = defaultdict(list)
        self._of_event: dict[int, list[Erasure]] = defaultdict(list)
        for each in erasures:
            self._of_subject[each.coverage.subject].append(each)
            for position in each.coverage.events:
                self._of_event[position].append(each)
            self.last = each.position

    def first(self, position: int, field: str, about: str) -> int | None:
        """Return the position of the first erasure that covers a text; None without one."""
        perhaps = [of for each in about.split() if (of := self._of_subject.get(each))]
        if position in self._of_event:
            perhaps.append(self._of_event[position])
        if not perhaps:
            return None
        found = (_first_after(position, field, about, erasures) for erasures in perhaps)
        return min((each for each in found if each is not None), default=None)


def _first_after(position: int, field: str, about: str, erasures: Sequence[Erasure]) -> int | None:
    later = islice(erasures, bisect_right(erasures, position, key=_position), None)
    covering = (each.position for each in later if each.coverage.covers(position, field, about))
    return next(covering, None)


def _position(erasure: Erasure) -> int:
    return erasure.position


class ErasureReport(NamedTuple):
    """The outcome of holding the erasures on record against the texts.

    Attributes:
        problems: what does not fit.
        unstated: how many texts are gone by erasures of an earlier version, which did not state
            what they destroyed. Which of an entry's texts these were is not proved.
    """

    problems: tuple[Problem, ...]
    unstated: int


def check_erasures(cursor: Cursor) -> ErasureReport:
    """Hold the erasures on record against the texts that are gone, and those that are there."""
    problems: list[Problem] = []
    erasures = list(_erasures_on_record(cursor, problems))
    covering = _Covering(erasures)
    gone: dict[int, list[Remains]] = defaultdict(list)
    for position, number, field, about, erased in cursor.stream(TEXTS, (covering.last,)):
        by = covering.first(position, field, about)
        if erased and by is None:
            problems.append(Problem(position, "lacks a text that no erasure on record destroyed"))
        elif erased and by is not None:
            committed = _commitment(cursor, position, number)
            gone[by].append(Remains(position, number, field, committed, about))
        elif by is not None:
            what = f"has a text that the erasure at position {by} destroyed"
            problems.append(Problem(position, what))
    stated = False
    for each in erasures:
        found = Destroyed.of(gone[each.position])
        if each.stated is None and stated:
            what = "is an erasure that does not state what it destroyed, as earlier ones do"
            problems.append(Problem(each.position, what))
        if each.stated not in (None, found):
            what = "is an erasure that states other texts than those that are gone"
            problems.append(Problem(each.position, what))
        stated = stated or each.stated is not None
    unstated = sum(len(gone[each.position]) for each in erasures if each.stated is None)
    return ErasureReport(tuple(problems), unstated)


def _erasures_on_record(cursor: Cursor, problems: list[Problem]) -> Iterator[Erasure]:
    for position, state in cursor.execute(ERASURES).fetchall():
        fields = decode(position, ERASURE, state).fields
        try:
            coverage = Coverage.told_by(fields, partial(position_of, cursor))
            yield Erasure(position, coverage, Destroyed.told_by(fields))
        except ValueError as error:
            problems.append(Problem(position, f"is no erasure: {error}"))


def _commitment(cursor: Cursor, position: int, number: int) -> bytes:
    row = cursor.execute("SELECT state FROM stored_events WHERE rowid = ?", (position + 1,))
    (state,) = row.fetchone()
    committed: str = decode(position, "", state).fields["_sd"][number]
    return committed.encode()


def check_no_hold(cursor: Cursor, position: int, coverage: Coverage) -> None:
    """Check that nothing an erasure would destroy was held when it was recorded.

    Raises:
        Refused: a legal hold stood on the person, on a case that holds what it covers, or on
            someone else whom one of the texts is about too.
    """
    held_parties, held_cases = _standing_holds(cursor, position)
    parties, cases = {coverage.subject} & held_parties, set()
    if held_parties or held_cases:
        for at, _, _, about, _ in covered_texts(cursor, position, coverage):
            parties |= held_parties.intersection(about.split())
            cases |= held_cases & {_case_at(cursor, at)}
    if parties or cases:
        on = f"the case {min(cases)!r}" if cases else min(parties)
        raise Refused(
            f"a legal hold stands on {on}, so nothing about {coverage.subject} may be erased.",
            field="subject",
            hint="Record legal-hold-lifted first, if the hold has ended.",
        )


def _case_at(cursor: Cursor, position: int) -> str:
    statement = "SELECT originator_id FROM stored_events WHERE rowid = ?"
    found: str = cursor.execute(statement, (position + 1,)).fetchone()[0]
    return found


def _standing_holds(cursor: Cursor, position: int) -> tuple[set[str], set[str]]:
    """Return the parties and the cases on which a legal hold stood before an entry."""
    holds: dict[str, list[tuple[str | None, str]]] = {}
    lifted: dict[str, str] = {}
    retracted: set[str] = set()
    rows = cursor.execute(
        "SELECT topic, state FROM stored_events "
        "WHERE topic IN ('legal-hold-set', 'legal-hold-lifted', 'retraction', 'correction') "
        "AND rowid <= ? ORDER BY rowid",
        (position,),
    ).fetchall()
    for kind, state in rows:
        fields = decode(0, kind, state).fields
        if kind == "legal-hold-set":
            holds[fields["event_id"]] = [(fields.get("subject"), fields["case_id"])]
        elif kind == "correction":
            # Whether the hold stands on the one or on the other, neither may be destroyed.
            if fields["target"] in holds and "subject" in fields.get("fields", {}):
                whom = fields["fields"]["subject"]
                holds[fields["target"]].append((whom, fields["case_id"]))
        elif kind == "legal-hold-lifted":
            lifted[fields["event_id"]] = fields["hold"]
        else:
            retracted.add(fields["target"])
    ended = retracted | {hold for lifting, hold in lifted.items() if lifting not in retracted}
    standing = [whom for hold, held in holds.items() if hold not in ended for whom in held]
    parties = {subject for subject, _ in standing if subject}
    cases = {case_id for subject, case_id in standing if not subject}
    return parties, cases
