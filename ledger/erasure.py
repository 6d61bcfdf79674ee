"""Erasing what is sealed about a person. The chain is not touched, so every proof still holds."""

from __future__ import annotations

import sqlite3

from answerable.domain.errors import Refused
from answerable.ledger.entry.codec import decode

ABOUT = "disclosure IS NOT NULL AND instr(' ' || about || ' ', ' ' || ? || ' ') > 0"


def erase(cursor: sqlite3.Cursor, position: int, subject: str) -> int:
    """Destroy the texts about a party that were recorded before an entry.

    A text about several parties goes as a whole, and with it every word that an index has of it.

    Args:
        cursor: the transaction that records the erasure.
        position: the entry that records it.
        subject: whose data.

    Returns:
        How many texts were destroyed.

    Raises:
        Refused: as `check_no_hold` says.
    """
    from answerable.ledger.indexes.full_text import forget_texts

    check_no_hold(cursor, position, subject)
    forget_texts(
        cursor,
        cursor.execute(
            f"SELECT position, number, field FROM disclosures WHERE position < ? AND {ABOUT}",
            (position, subject),
        ).fetchall(),
    )
    cursor.execute(
        f"UPDATE disclosures SET disclosure = NULL WHERE position < ? AND {ABOUT}",
        (position, subject),
    )
    return cursor.rowcount


def check_no_hold(cursor: sqlite3.Cursor, position: int, subject: str) -> None:
    """Check that nothing an erasure would destroy was held when it was recorded.

    Raises:
        Refused: a legal hold stood on the person, on a case that holds their data, or on someone
            else whom one of the texts is about too.
    """
    held_parties, held_cases = _standing_holds(cursor, position)
    rows = cursor.execute(
        "SELECT DISTINCT originator_id, about FROM disclosures "
        f"JOIN stored_events ON stored_events.rowid = position + 1 WHERE position < ? AND {ABOUT}",
        (position, subject),
    ).fetchall()
    parties = {subject, *(party for _, about in rows for party in about.split())} & held_parties
    cases = {case_id for case_id, _ in rows} & held_cases
    if parties or cases:
        on = f"the case {min(cases)!r}" if cases else min(parties)
        raise Refused(
            f"a legal hold stands on {on}, so nothing about {subject} may be erased.",
            field="subject",
            hint="Record legal-hold-lifted first, if the hold has ended.",
        )


def _standing_holds(cursor: sqlite3.Cursor, position: int) -> tuple[set[str], set[str]]:
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
