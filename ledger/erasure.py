"""Erasing what is sealed about a person. The chain is not touched, so every proof still holds."""

from __future__ import annotations

import sqlite3

from answerable.domain.errors import Refused
from answerable.ledger.codec import decode

ABOUT = "disclosure IS NOT NULL AND instr(' ' || about || ' ', ' ' || ? || ' ') > 0"


def erase(cursor: sqlite3.Cursor, position: int, subject: str) -> int:
    """Destroy the texts about a party that were recorded before an entry.

    A text about several parties goes as a whole.

    Args:
        cursor: the transaction that records the erasure.
        position: the entry that records it.
        subject: whose data.

    Returns:
        How many texts were destroyed.

    Raises:
        Refused: a legal hold stands on the person, or on a case that holds their data.
    """
    held_parties, held_cases = _holds(cursor)
    rows = cursor.execute(
        "SELECT DISTINCT originator_id FROM disclosures "
        f"JOIN stored_events ON stored_events.rowid = position + 1 WHERE position < ? AND {ABOUT}",
        (position, subject),
    )
    cases = {case_id for (case_id,) in rows} & held_cases
    if subject in held_parties or cases:
        on = f"the case {min(cases)!r}" if cases else subject
        raise Refused(
            f"a legal hold stands on {on}, so nothing about {subject} may be erased.",
            field="subject",
            hint="Record legal-hold-lifted first, if the hold has ended.",
        )
    cursor.execute(
        f"UPDATE disclosures SET disclosure = NULL WHERE position < ? AND {ABOUT}",
        (position, subject),
    )
    return cursor.rowcount


def _holds(cursor: sqlite3.Cursor) -> tuple[set[str], set[str]]:
    """The parties and the cases on which a legal hold stands."""
    standing: dict[str, tuple[str | None, str]] = {}
    rows = cursor.execute(
        "SELECT topic, state FROM stored_events "
        "WHERE topic IN ('legal-hold-set', 'legal-hold-lifted', 'retraction') ORDER BY rowid"
    ).fetchall()
    for kind, state in rows:
        fields = decode(0, kind, state).fields
        if kind == "legal-hold-set":
            standing[fields["event_id"]] = (fields.get("subject"), fields["case_id"])
        else:
            standing.pop(fields.get("hold") or fields["target"], None)
    parties = {subject for subject, _ in standing.values() if subject}
    cases = {case_id for subject, case_id in standing.values() if not subject}
    return parties, cases
