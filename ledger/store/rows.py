"""The rows of the record, and where in the bytes of an entry they are found by.

`stored_events` is the library's table of events, with the row id written out: entry number `rowid -
1` of the log, without gaps. The event id is indexed where it stands in the entry's bytes.
`disclosures` holds what is sealed, in the order of the entry's commitments; `tiles` the tree
(`answerable.ledger.tlog.merkle`); `imports` how far an import came. `keys` holds the ledger's own
public keys, `checkpoints` what they signed, `timestamps` the tokens over it.

`documents` holds the views, and `tracking`, the library's, how many entries they reflect
(`answerable.ledger.indexes.documents`). They can be made again from the record at any time.
So can the indexes of the texts and of the names, whose tables are made at the first search
(`answerable.ledger.indexes.full_text`, `answerable.ledger.indexes.names`).

Statements are written as SQLite takes them, in the part of SQL that other stores have too.
"""

from __future__ import annotations

from typing import NamedTuple

ID_OFFSET = len('{"event_id":"')
ID_LENGTH = 36
HEAD_OFFSET = ID_OFFSET + ID_LENGTH
"""The bytes of an entry before its event id, and before the rest of its head."""

StoredRow = tuple[int, str, int, str, bytes]
"""A row of events: the position counted from 1, case, version, kind, entry."""

DisclosureRow = tuple[int, int, str, str, bytes | None]
"""A row of disclosures: position, number of the commitment, field, parties, text unless erased."""

NUMBERS = 256
"""An entry's texts are numbered below this; row `position * NUMBERS + number` is a text's."""

EVENT_ID = f"substr(state, {ID_OFFSET + 1}, {ID_LENGTH})"


def _value_in_entry(key: str, length: int) -> str:
    """Write in SQL the bytes of an entry behind the first place where it has a key.

    In JSON a quotation mark inside a text is escaped, so only a key can read so. SQLite's own JSON
    functions may not stand in an index of a schema that is not trusted.
    """
    name = f'"{key}":"'
    return f"substr(state, instr(state, CAST('{name}' AS BLOB)) + {len(name)}, {length})"


NAMES_A_PARTY = "topic IN ('correction', 'party-registered')"
PARTY = _value_in_entry("party", 65)
"""The party that a registration, or a correction of one, names; then a quotation mark."""

MOVING = ("correction", "party-registered", "retraction")
"""The kinds that may change what holds of an event of any other case: whose name it tells."""

AMENDS = "topic IN ('authority-revoked', 'correction', 'dispute', 'retraction', 'role-ended')"
AMENDED = (
    f"CASE topic WHEN 'authority-revoked' THEN {_value_in_entry('authority', ID_LENGTH)} "
    f"WHEN 'role-ended' THEN {_value_in_entry('assignment', ID_LENGTH)} "
    f"ELSE {_value_in_entry('target', ID_LENGTH)} END"
)
"""The event that an amendment, or the end of an entry in the house's registers, acts upon."""


class Last(NamedTuple):
    """An entry, told by its place and its hash: the last of a log that was read or written.

    Attributes:
        position: its position.
        leaf: its leaf hash.
    """

    position: int
    leaf: bytes
